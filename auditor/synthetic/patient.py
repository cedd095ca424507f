"""The words of an invented patient: what happened, before it is written into tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Lesion:
    """A lesion. ``group`` is TARGET, NON-TARGET or NEW; ``size`` is in mm, 0 if not measured."""

    link: str
    group: str
    organ: str
    method: str
    size: int = 0

    @property
    def node(self) -> bool:
        return self.organ == "LYMPH NODE"


@dataclass(frozen=True, slots=True)
class Reading:
    """A lesion at a visit: ``size`` in mm, or ``state``; neither: it was not assessed."""

    lesion: Lesion
    size: int | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit with imaging. The responses are empty at screening and where nothing applies."""

    number: float
    name: str
    day: date
    readings: tuple[Reading, ...]
    target: str = ""
    nontarget: str = ""
    overall: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A regimen: one line of anticancer treatment. ``start`` may be partial ("2019-03")."""

    number: int
    treatments: tuple[str, ...]
    category: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Dose:
    """A period of exposure, both days included; ``unit`` as in "mg"."""

    treatment: str
    amount: float
    unit: str
    start: date
    end: date
    visit: str
    number: float


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """An adverse event; ``end`` is empty while it lasts, dates may be partial."""

    term: str
    system: str
    grade: int
    start: str
    end: str
    outcome: str
    related: bool


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient. ``first_dose`` is missing for somebody never treated; ``more`` are further
    columns of the patients table."""

    subject: str
    site: str
    arm: str
    sex: str
    birth: date
    age: int
    ecog: int
    height: float | None
    weight: float | None
    consent: date
    randomised: date
    first_dose: date | None
    last_alive: date
    death: date | None
    status: str
    new_therapy: date | None
    visits: tuple[Visit, ...]
    lines: tuple[Line, ...]
    doses: tuple[Dose, ...]
    events: tuple[AdverseEvent, ...]
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def last_dose(self) -> date | None:
        return self.doses[-1].end if self.doses else None

    @property
    def assessments(self) -> tuple[Visit, ...]:
        """Visits with a response: all but screening."""
        return tuple(visit for visit in self.visits if visit.overall)

    @property
    def progression(self) -> date | None:
        return next((visit.day for visit in self.visits if visit.overall == "PD"), None)

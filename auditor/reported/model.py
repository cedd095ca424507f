"""A result as reported, tied to an endpoint and to subjects as far as its words allow."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.claims import Population
from auditor.finding import Place
from auditor.printed import PrintedNumber

EVERYBODY = Population()


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported number.

    Attributes:
        endpoint: as in ``auditor.estimate.Estimate``: "ORR", "BOR=CR", "PFS", "N" for a number
            of subjects, "SEX=F" for a category of the patients table, "AGE" for one of its
            numbers, "AE DECOD=Nausea grade>=3"; of adverse events also "grade=3-4".
        statistic: as in ``Estimate``.
        population: terms of the patients table, or ("group", name) of a group of the study.
        text: as printed.
        printed: the number, or None where words stand for it ("NR").
        place: where it stands.
        of: what the bound of an interval belongs to.
        at: time of survival, in ``unit``; unit: of a time, or "" for the study's.
        level: confidence level of an interval, as a fraction of 1.
        versus: the population compared with.
        convention: as the report names it, or "".
        certain: whether endpoint and population are named exactly.
        stated_n: how many subjects the report says there are in the population.
        scope: a group to which a caption or a heading of a section restricts it, perhaps.
        why: why it cannot be compared, or "".
    """

    endpoint: str
    statistic: str
    population: Population
    text: str
    printed: PrintedNumber | None
    place: Place
    of: str = ""
    at: float | None = None
    unit: str = ""
    level: float | None = None
    versus: Population | None = None
    convention: str = ""
    certain: bool = True
    stated_n: int | None = None
    scope: tuple[str, str] | None = None
    why: str = ""

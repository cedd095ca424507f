"""One invented patient of a trial with two arms, from consent to the last contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.synthetic.disease import baseline_lesions, course, screening
from auditor.synthetic.draw import Draw
from auditor.synthetic.patient import Dose, Line, Patient, Visit
from auditor.synthetic.treatment import (
    LATER,
    REGIMENS,
    STUDY,
    adverse_events,
    doses,
    prior_lines,
)

MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: what is given, its dose levels in mg, and median months to progression and death
    from there."""

    name: str
    treatment: str
    levels: tuple[float, ...]
    progression: float = 5.0
    survival: float = 9.0


ARMS = (
    Arm("Experimental", "STUDY DRUG", (12.0, 10.0, 8.0), 6.5, 11.0),
    Arm("Control", "DOXORUBICIN", (120.0, 100.0), 4.5, 9.0),
)


def enrol(
    draw: Draw, subject: str, site: str, arm: Arm, recruiting: tuple[date, date], cutoff: date
) -> Patient:
    """A patient of this arm; nothing happens after ``cutoff``."""
    randomised = recruiting[0] + timedelta(
        days=draw.integer(0, (recruiting[1] - recruiting[0]).days)
    )
    treated = not draw.chance(0.015)
    first_dose = randomised + timedelta(days=draw.integer(0, 5)) if treated else None
    progression = randomised + timedelta(days=20 + int(draw.waiting(arm.progression * 30.4)))
    after = progression if draw.chance(0.85) else randomised + timedelta(days=30)
    death = max(after, randomised + timedelta(days=12)) + timedelta(
        days=int(draw.waiting(arm.survival * 30.4))
    )
    contact = cutoff - timedelta(days=draw.integer(0, 45))
    dropout = randomised + timedelta(days=30 + int(draw.waiting(90 * 30.4)))
    dead = death < min(contact, dropout)
    end = min(death - timedelta(days=draw.integer(0, 10)) if dead else dropout, contact)
    end = max(end, randomised + timedelta(days=6))
    left = not dead and dropout <= contact

    lesions = baseline_lesions(draw, measurable=not draw.chance(0.06))
    seen = course(draw, lesions, randomised, end, progression) if treated else ()
    visits: tuple[Visit, ...] = seen or (screening(lesions, randomised - timedelta(days=7)),)
    consent = visits[0].day - timedelta(days=draw.integer(0, 14))
    progressed = next((visit.day for visit in visits if visit.overall == "PD"), None)

    given: tuple[Dose, ...] = ()
    if first_dose:
        stop = progressed or end
        if draw.chance(0.08):
            stop = min(stop, first_dose + timedelta(days=draw.integer(10, 120)))
        given = doses(draw, arm.treatment, arm.levels, first_dose, max(min(stop, end), first_dose))
    new_therapy = _new_therapy(draw, progressed, end)
    number = draw.choose(range(1, MOST_LINES + 1), (0.5, 0.35, 0.15))
    lines = _lines(draw, number, consent, given, new_therapy)
    events = (
        adverse_events(draw, given[0].start, given[-1].end, end, death if dead else None)
        if given
        else ()
    )

    birth, age = born(draw, draw.normal(57, 13, 19, 84), consent)
    sex = draw.choose("FM")
    height = round(draw.normal(163 if sex == "F" else 176, 7, 140, 205), 1)
    weight = round(draw.normal(25.5, 3.6, 17, 38) * (height / 100) ** 2, 1)
    unknown = draw.chance(0.02)
    status = "COMPLETED" if dead else "DISCONTINUED" if left else "ONGOING"
    return Patient(
        subject=subject,
        site=site,
        arm=arm.name,
        sex=sex,
        birth=birth,
        age=age,
        ecog=draw.choose((0, 1, 2), (0.45, 0.45, 0.1)),
        height=None if unknown else height,
        weight=None if unknown else weight,
        consent=consent,
        randomised=randomised,
        first_dose=first_dose,
        last_alive=end,
        death=death if dead else None,
        status=status,
        new_therapy=new_therapy,
        visits=visits,
        lines=lines,
        doses=given,
        events=events,
    )


def born(draw: Draw, years: float, consent: date) -> tuple[date, int]:
    """A birth date and the age at consent; the birthday is not within weeks of the consent, so
    that the age is the same at randomisation and first dose."""
    birth = consent - timedelta(days=int(years) * 365 + int(years) // 4 + draw.integer(40, 320))
    age = consent.year - birth.year - ((consent.month, consent.day) < (birth.month, birth.day))
    return birth, age


def _new_therapy(draw: Draw, progressed: date | None, end: date) -> date | None:
    if progressed is None or not draw.chance(0.6):
        return None
    start = progressed + timedelta(days=draw.integer(14, 50))
    return start if start <= end else None


def _lines(
    draw: Draw, number: int, consent: date, given: Sequence[Dose], later: date | None
) -> tuple[Line, ...]:
    """Prior lines, the study treatment as line ``number``, and the next line if there is one."""
    lines = list(prior_lines(draw, number - 1, consent))
    if given:
        start, end = given[0].start.isoformat(), given[-1].end.isoformat()
        lines.append(Line(number, (given[0].treatment,), STUDY, start, end))
    if later:
        after = Line(number + 1, draw.choose(REGIMENS), LATER, later.isoformat(), "")
        lines.append(after)
    return tuple(lines)

"""Treatment of an invented patient: doses, lines of treatment, adverse events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from auditor.synthetic.draw import Draw
from auditor.synthetic.patient import AdverseEvent, Dose, Line

PRIOR = "PRIOR ANTICANCER THERAPY"
STUDY = "STUDY TREATMENT"
LATER = "SUBSEQUENT ANTICANCER THERAPY"
REGIMENS = (
    ("DOXORUBICIN",),
    ("DOXORUBICIN", "IFOSFAMIDE"),
    ("GEMCITABINE", "DOCETAXEL"),
    ("PAZOPANIB",),
    ("TRABECTEDIN",),
    ("ERIBULIN",),
)
TERMS = (
    ("HYPERTENSION", "VASCULAR DISORDERS"),
    ("DIARRHOEA", "GASTROINTESTINAL DISORDERS"),
    ("NAUSEA", "GASTROINTESTINAL DISORDERS"),
    ("FATIGUE", "GENERAL DISORDERS AND ADMINISTRATION SITE CONDITIONS"),
    ("ANAEMIA", "BLOOD AND LYMPHATIC SYSTEM DISORDERS"),
    ("NEUTROPENIA", "BLOOD AND LYMPHATIC SYSTEM DISORDERS"),
    ("PNEUMONIA", "INFECTIONS AND INFESTATIONS"),
    ("PALMAR-PLANTAR ERYTHRODYSAESTHESIA SYNDROME", "SKIN AND SUBCUTANEOUS TISSUE DISORDERS"),
    ("DECREASED APPETITE", "METABOLISM AND NUTRITION DISORDERS"),
    ("PULMONARY HAEMORRHAGE", "RESPIRATORY, THORACIC AND MEDIASTINAL DISORDERS"),
)
FATAL = (6, 9)
CYCLE = 21


def doses(
    draw: Draw, treatment: str, levels: Sequence[float], first: date, last: date
) -> tuple[Dose, ...]:
    """Cycles of 14 days in 21, none beyond ``last``; the dose may be lowered, never raised."""
    periods: list[Dose] = []
    level, start, cycle = 0, first, 1
    while start <= last:
        if cycle > 1 and level + 1 < len(levels) and draw.chance(0.05):
            level += 1
        end = min(start + timedelta(days=13), last)
        name = f"CYCLE {cycle}"
        periods.append(Dose(treatment, levels[level], "mg", start, end, name, float(cycle)))
        delay = draw.choose((0, 7), (0.92, 0.08))
        start += timedelta(days=CYCLE + delay)
        cycle += 1
    return tuple(periods)


def prior_lines(draw: Draw, count: int, before: date) -> tuple[Line, ...]:
    """Lines 1 to ``count``, the last over two weeks or more before ``before``; some dates are
    known to the month alone."""
    lines: list[Line] = []
    end = before - timedelta(days=draw.integer(14, 120))
    for number in range(count, 0, -1):
        start = end - timedelta(days=draw.integer(42, 240))
        dates = [partial(draw, start, 0.15), partial(draw, end, 0.1)]
        lines.append(Line(number, draw.choose(REGIMENS), PRIOR, *dates))
        end = start - timedelta(days=draw.integer(32, 200))
    return tuple(reversed(lines))


def partial(draw: Draw, day: date, probability: float) -> str:
    """The day in ISO 8601, now and then without its day of the month."""
    text = day.isoformat()
    return text[:7] if draw.chance(probability) else text


def adverse_events(
    draw: Draw, first: date, last_dose: date, last_alive: date, death: date | None
) -> tuple[AdverseEvent, ...]:
    """What happened from the first dose until 30 days after the last one, in order of start.

    A grade 5 event ends with the death; there is at most one, and only where death follows the
    last dose within 30 days. No event outlasts the patient.
    """
    reach = min(last_dose + timedelta(days=30), last_alive)
    found: list[tuple[date, AdverseEvent]] = []
    terms = draw.shuffled(range(len(TERMS)))[: draw.choose((0, 1, 2, 3, 4, 5), (2, 3, 4, 3, 2, 1))]
    for place in terms:
        term, system = TERMS[place]
        start = first + timedelta(days=draw.integer(0, (reach - first).days))
        end = start + timedelta(days=draw.integer(2, 40))
        grade = draw.choose((1, 2, 3, 4), (0.45, 0.35, 0.16, 0.04))
        over = end <= last_alive
        outcome = "RECOVERED/RESOLVED" if over else "NOT RECOVERED/NOT RESOLVED"
        dates = partial(draw, start, 0.06), partial(draw, end, 0.06) if over else ""
        related = draw.chance(0.6)
        found.append((start, AdverseEvent(term, system, grade, *dates, outcome, related)))
    if death and death <= reach + timedelta(days=30) and draw.chance(0.15):
        term, system = TERMS[draw.choose([p for p in FATAL if p not in terms] or [6])]
        start = max(first, death - timedelta(days=draw.integer(0, 12)))
        dates = start.isoformat(), death.isoformat()
        if all(event.term != term for _, event in found):
            found.append((start, AdverseEvent(term, system, 5, *dates, "FATAL", True)))
    return tuple(event for _, event in sorted(found, key=lambda pair: (pair[0], pair[1].term)))

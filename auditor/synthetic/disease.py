"""Lesions of an invented patient and how they change from visit to visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from auditor.synthetic.draw import Draw
from auditor.synthetic.patient import Lesion, Reading, Visit
from auditor.synthetic.recist import (
    PROGRESSION,
    nontarget_response,
    overall_response,
    target_response,
    total,
)

ORGANS = ("LUNG", "LIVER", "LYMPH NODE", "SOFT TISSUE", "PLEURA", "ADRENAL GLAND")
UNMEASURED = ("BONE", "PLEURA", "PERITONEUM", "LUNG", "LIVER")
METHODS = ("CT SCAN", "MRI")


def baseline_lesions(draw: Draw, *, measurable: bool = True, others: int = 2) -> tuple[Lesion, ...]:
    """Lesions at screening: one to five targets, at most two an organ, and up to ``others`` more.

    Targets are at least 10 mm, nodes at least 15 mm in their short axis; without measurable
    disease there are non-targets alone (at least one).
    """
    method = draw.choose(METHODS, (0.85, 0.15))
    lesions: list[Lesion] = []
    if measurable:
        wanted = draw.choose((1, 2, 3, 4, 5), (0.25, 0.3, 0.2, 0.15, 0.1))
        organs = draw.shuffled([organ for organ in ORGANS for _ in range(2)])[:wanted]
        for number, organ in enumerate(sorted(organs, key=ORGANS.index), 1):
            least = 15 if organ == "LYMPH NODE" else 12
            size = int(draw.normal(32, 14, least, 95))
            lesions.append(Lesion(f"T{number:02d}", "TARGET", organ, method, size))
    least = 0 if measurable else 1
    for number in range(1, draw.integer(least, max(others, least)) + 1):
        organ = draw.choose(UNMEASURED)
        lesions.append(Lesion(f"NT{number:02d}", "NON-TARGET", organ, method))
    return tuple(lesions)


def screening(lesions: Sequence[Lesion], day: date) -> Visit:
    """The visit at which the lesions are first measured."""
    readings = tuple(
        Reading(lesion, size=lesion.size)
        if lesion.group == "TARGET"
        else Reading(lesion, state="PRESENT")
        for lesion in lesions
    )
    return Visit(1, "SCREENING", day, readings)


def shrunk(draw: Draw, lesion: Lesion, factor: float) -> int:
    """Size of a target lesion in mm at ``factor`` of its first size, measured with some error."""
    if factor <= 0:
        return draw.integer(4, 8) if lesion.node else 0
    size = round(lesion.size * factor * draw.uniform(0.98, 1.02))
    return max(size, 10 if lesion.node else 5)


def next_visit(
    draw: Draw,
    before: Sequence[Visit],
    day: date,
    name: str,
    number: float,
    factor: float | None,
    progress: str = "",
) -> Visit:
    """The next assessment of these lesions, with its responses.

    Args:
        before: all visits so far, screening first.
        factor: burden of the targets as a fraction of the first; None: not evaluable.
        progress: how the disease progresses, if it does: "target", "non-target" or "new".
    """
    first = before[0].readings
    sums = [size for visit in before if (size := total(visit.readings)) is not None]
    known = {r.lesion.link: r.lesion for visit in before for r in visit.readings}
    readings: list[Reading] = []
    for lesion in known.values():
        if factor is None:
            readings.append(Reading(lesion))
        elif lesion.group == "TARGET":
            readings.append(Reading(lesion, size=shrunk(draw, lesion, factor)))
        elif lesion.group == "NEW":
            readings.append(Reading(lesion, state="PRESENT"))
        else:
            readings.append(Reading(lesion, state="PRESENT" if factor > 0 else "ABSENT"))
    if progress == "target":
        readings = _grown(readings, min(sums))
    elif progress == "non-target":
        place = next(i for i, r in enumerate(readings) if r.lesion.group == "NON-TARGET")
        readings[place] = replace(readings[place], state=PROGRESSION)
    elif progress == "new":
        number_new = 1 + sum(lesion.group == "NEW" for lesion in known.values())
        method = first[0].lesion.method
        lesion = Lesion(f"NEW{number_new:02d}", "NEW", draw.choose(ORGANS[:2]), method)
        readings.append(Reading(lesion, state="PRESENT"))
    target = target_response(readings, sums[0], min(sums)) if sums else ""
    nontarget = nontarget_response(readings)
    new = any(r.lesion.group == "NEW" for r in readings)
    overall = overall_response(target, nontarget, new)
    return Visit(number, name, day, tuple(readings), target, nontarget, overall)


def _grown(readings: Sequence[Reading], nadir: int) -> list[Reading]:
    """The targets grown from their present sizes until the sum is 30% and 8 mm above nadir."""
    result = list(readings)
    places = [i for i, r in enumerate(result) if r.lesion.group == "TARGET"]
    turn = 0
    while 10 * (size := total(result) or 0) < 13 * nadir or size < nadir + 8:
        place = places[turn % len(places)]
        grown = (result[place].size or 0) + 3
        result[place] = replace(result[place], size=max(grown, 12))
        turn += 1
    return result


def ways_to_progress(lesions: Sequence[Lesion]) -> tuple[str, ...]:
    """How a disease with these lesions can progress."""
    groups = {lesion.group for lesion in lesions}
    return (
        "new",
        *(("target",) if "TARGET" in groups else ()),
        *(("non-target",) if "NON-TARGET" in groups else ()),
    )


def course(
    draw: Draw, lesions: Sequence[Lesion], randomised: date, end: date, progression: date
) -> tuple[Visit, ...]:
    """All visits with imaging until progression, or until ``end``.

    Every eight weeks, give or take five days; one visit in fifty is missed, one in thirty is not
    evaluable (never the last). Progression is seen at the first visit on or after its day, now
    and then at an unscheduled one.
    """
    pattern = draw.choose(("CR", "PR", "SD"), (0.1, 0.35, 0.55))
    depth = draw.uniform(0.25, 0.65)
    drift = draw.uniform(-0.015, 0.02)
    visits = [screening(lesions, randomised - timedelta(days=draw.integer(1, 14)))]
    week, number = 8, 2
    while True:
        day = randomised + timedelta(days=7 * week + draw.integer(-5, 5))
        name = f"WEEK {week}"
        early = progression + timedelta(days=draw.integer(0, 6))
        unscheduled = draw.chance(0.1) and early < day - timedelta(days=14)
        unscheduled = unscheduled and early > visits[-1].day + timedelta(days=14)
        if unscheduled:
            day, name = early, f"UNSCHEDULED {number - 1}.1"
        if day > end:
            break
        seen = week // 8
        factor = {
            "CR": (0.5, 0.0)[min(seen, 2) - 1],
            "PR": depth + (1 - depth) * 0.45**seen,
            "SD": 0.97 + drift * seen,
        }[pattern]
        if day >= progression:
            way = draw.choose(ways_to_progress(lesions))
            at = number - 1 + 0.1 if unscheduled else float(number)
            visits.append(next_visit(draw, visits, day, name, at, factor, way))
            break
        missed, blurred = draw.chance(0.02), draw.chance(0.03)
        if not missed:
            value = None if blurred else factor
            visits.append(next_visit(draw, visits, day, name, number, value))
            if visits[-1].overall == "PD":
                break
        week, number = week + 8, number + 1
    while visits[-1].overall == "NE":
        visits.pop()
    return tuple(visits)

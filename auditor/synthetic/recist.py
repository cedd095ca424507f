"""RECIST 1.1 in the plainest form: whole millimetres, one patient, one visit after the other.

Written apart from ``auditor.endpoints`` on purpose: the invented cohorts carry these responses,
and the product derives its own from the lesions, so that each proves the other.

Reference: Eisenhauer et al., Eur J Cancer 2009;45:228-247 (sections 4.3 and 4.4, Tables 1 to 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.synthetic.patient import Reading, Visit

PROGRESSION = "UNEQUIVOCAL PROGRESSION"


def total(readings: Sequence[Reading]) -> int | None:
    """Sum of diameters of the target lesions in mm; None if one was not measured."""
    sizes = [r.size for r in readings if r.lesion.group == "TARGET"]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def target_response(readings: Sequence[Reading], baseline: int, nadir: int) -> str:
    """Response of the target lesions; ``nadir`` is the smallest sum before, baseline included."""
    targets = [r for r in readings if r.lesion.group == "TARGET"]
    if not targets:
        return ""
    size = total(readings)
    if size is None:
        return "NE"
    if all((r.size or 0) < 10 if r.lesion.node else r.size == 0 for r in targets):
        return "CR"
    if 10 * size >= 12 * nadir and size - nadir >= 5:
        return "PD"
    return "PR" if 10 * size <= 7 * baseline else "SD"


def nontarget_response(readings: Sequence[Reading]) -> str:
    """Response of the non-target lesions; "" where there are none."""
    states = [r.state for r in readings if r.lesion.group == "NON-TARGET"]
    if not states:
        return ""
    if PROGRESSION in states:
        return "PD"
    if None in states:
        return "NE"
    return "CR" if set(states) == {"ABSENT"} else "NON-CR/NON-PD"


def overall_response(target: str, nontarget: str, new: bool) -> str:
    """Tables 1 and 2 of the guideline."""
    if new or "PD" in (target, nontarget):
        return "PD"
    if not target:
        return nontarget
    if target == "CR":
        return "CR" if nontarget in ("", "CR") else "PR"
    return target


def best_response(
    visits: Sequence[Visit], start: date, *, confirmed: bool = False
) -> tuple[str, date | None]:
    """Best overall response and the day it was first seen.

    SD counts from day 42 after ``start`` on. Confirmed: a CR needs a CR, a PR needs a PR or CR at
    least 28 days later, with at most one NE (and, for PR, any SD) in between. Nothing seen: NE.
    """
    seen: list[Visit] = []
    for visit in visits:
        if visit.overall:
            seen.append(visit)
            if visit.overall == "PD":
                break
    for label in ("CR", "PR", "SD", "NON-CR/NON-PD", "PD"):
        for place, visit in enumerate(seen):
            if _counts(label, visit, start) and (
                not confirmed or label not in ("CR", "PR") or _confirmed(label, seen[place:])
            ):
                return label, visit.day
    return "NE", seen[0].day if seen else None


def _counts(label: str, visit: Visit, start: date) -> bool:
    late = (visit.day - start).days >= 42
    if label == "PR":
        return visit.overall in ("CR", "PR")
    if label == "SD":
        return visit.overall in ("CR", "PR", "SD") and late
    if label == "NON-CR/NON-PD":
        return visit.overall == label and late
    return visit.overall == label


def _confirmed(label: str, visits: Sequence[Visit]) -> bool:
    good = {"CR"} if label == "CR" else {"CR", "PR"}
    between = good | {"NE"} | (set() if label == "CR" else {"SD"})
    missed = 0
    for visit in visits[1:]:
        if visit.overall in good and (visit.day - visits[0].day).days >= 28:
            return True
        missed += visit.overall == "NE"
        if visit.overall not in between or missed > 1:
            return False
    return False

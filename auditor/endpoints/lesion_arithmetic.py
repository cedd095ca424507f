"""The arithmetic behind a response derived from lesions, in lines that a reader can redo."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from auditor.endpoints.lesion_readings import MM
from auditor.endpoints.lesion_responses import LEAST_INCREASE


def millimetres(size: int) -> str:
    """A size in nm as mm, all digits ("20.4 mm")."""
    return f"{_plain(Decimal(int(size)) / MM)} mm"


def steps(point: Mapping[str, Any]) -> tuple[str, ...]:
    """The steps from sums to the response of a time point (a row of ``TimePoints.frame``)."""
    lines: list[str] = []
    total, base, nadir = int(point["sum"]), int(point["baseline_sum"]), int(point["nadir"])
    measured, targets = int(point["measured"]), int(point["targets"])
    if targets:
        of = "" if measured == targets else f" ({measured} of {targets} target lesions measured)"
        now = millimetres(total) if total >= 0 else "none"
        lines.append(f"sum of target diameters: {now}{of}")
        lines.append(f"baseline {millimetres(base)}, nadir {millimetres(nadir)}")
    if targets and total >= 0:
        for name, reference in (("baseline", base), ("nadir", nadir)):
            lines.append(
                f"against {name}: {_signed(total - reference)} mm{_percent(total, reference)}"
            )
        if point["largest_node"] >= 0:
            lines.append(f"largest target node: {millimetres(int(point['largest_node']))}")
        lines.append(f"target lesions: {point['target']}")
    if point["nontarget"]:
        lines.append(f"non-target lesions: {point['nontarget']}")
    lines.append(f"new lesions: {'yes' if point['new'] else 'no'}")
    lines.append(f"overall: {point['overall']} (RECIST 1.1, Tables 1 and 2)")
    return tuple(lines)


def ignoring_nadir(point: Mapping[str, Any]) -> str:
    """The target response that comparing with the baseline instead of the nadir would give."""
    total, base = int(point["sum"]), int(point["baseline_sum"])
    if point["target"] not in ("PD", "PR", "SD") or point["measured"] < point["targets"]:
        return str(point["target"])
    if 10 * (total - base) >= 2 * base and total - base >= LEAST_INCREASE:
        return "PD"
    return "PR" if 10 * (base - total) >= 3 * base else "SD"


def by_rounding(point: Mapping[str, Any]) -> tuple[str, ...]:
    """Target responses that sums in whole millimetres or whole percentages would give."""
    total, base, nadir = int(point["sum"]), int(point["baseline_sum"]), int(point["nadir"])
    if point["target"] not in ("PD", "PR", "SD") or point["measured"] < point["targets"]:
        return ()
    whole = [_half_up(Decimal(size) / MM) * MM for size in (total, base, nadir)]
    found = {_rule(*whole)}
    if base and nadir:
        fall = _half_up(Decimal(100 * (base - total)) / base)
        rise = _half_up(Decimal(100 * (total - nadir)) / nadir)
        progressed = rise >= 20 and _half_up(Decimal(total - nadir) / MM) * MM >= LEAST_INCREASE
        found.add("PD" if progressed else "PR" if fall >= 30 else "SD")
    return tuple(sorted(found))


def _rule(total: int, base: int, nadir: int) -> str:
    if 10 * (total - nadir) >= 2 * nadir and total - nadir >= LEAST_INCREASE:
        return "PD"
    return "PR" if 10 * (base - total) >= 3 * base else "SD"


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _percent(total: int, reference: int) -> str:
    if not reference:
        return ""
    return f", {Decimal(100 * (total - reference)) / reference:+.2f}%"


def _signed(size: int) -> str:
    return f"{'+' if size >= 0 else '-'}{_plain(abs(Decimal(size) / MM))}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

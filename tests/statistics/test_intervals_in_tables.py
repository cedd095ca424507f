"""Tables of rates with their intervals: right ones by any method stay silent, wrong ones do not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from auditor.audit import Audit
from auditor.discovery import load_rulebook
from auditor.engine import audit
from auditor.finding import Severity
from auditor.rounding import Rounding, round_fraction
from auditor.statistics.printed_intervals import METHODS, Method

RATES = [(1, 13), (3, 44), (6, 31), (9, 40), (12, 40), (27, 45), (61, 103), (88, 97), (120, 250)]


def row(at: int, x: int, n: int, limits: tuple[float, float], decimals: int, way: Rounding) -> str:
    lower, upper = (
        f"{round_fraction(Fraction(100 * max(0.0, min(1.0, b))), decimals, way):f}" for b in limits
    )
    share = f"{round_fraction(Fraction(100 * x, n), decimals):f}"
    return f"| Group {chr(65 + at)} | {x}/{n} ({share}; {lower}-{upper}) |"


def audited(folder: Path, rows: list[str]) -> Audit:
    lines = ["Table 1. Response", "", "| | Response, n/N (%; 95% CI) |", "| --- | --- |", *rows]
    path = folder / "paper.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return audit([path], rulebooks=[load_rulebook(None)], select=["INT003"])


@pytest.mark.parametrize("way", [Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_right_intervals_stay_silent(tmp_path: Path, decimals: int, way: Rounding) -> None:
    rows = [
        row(at, x, n, method.function(x, n, 0.95), decimals, way)
        for method in METHODS
        for at, (x, n) in enumerate(RATES)
        if round(100 * x / n) >= 1
    ]
    result = audited(tmp_path, rows)
    assert [f.message for f in result.findings] == []
    assert len(result.recomputed) == len(rows)
    assert all(one.reproduced_by for one in result.recomputed)


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_the_interval_of_other_counts_is_found(tmp_path: Path, method: Method) -> None:
    rows = []
    for at, (x, n) in enumerate(RATES):
        lower, upper = method.function(x, n, 0.95)
        width = upper - lower
        rows.append(row(at, x, n, (lower, upper + width / 2), 1, Rounding.HALF_UP))
    result = audited(tmp_path, rows)
    found = {f.places[0].row: f.severity for f in result.findings}
    kept = {at + 1 for at, (x, n) in enumerate(RATES) if method.function(x, n, 0.95)[1] < 0.85}
    assert kept <= set(found)
    many = {at for at in kept if RATES[at - 1][1] > 30}  # of few patients methods differ widely
    assert all(found[at] is Severity.WARNING for at in many)

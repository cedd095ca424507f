"""Intervals of proportions equal R's; script and results are in tests/reference/statistics."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from auditor.printed import PrintedNumber, parse_number
from auditor.statistics.printed_intervals import (
    LEVELS,
    METHODS,
    counts_of,
    envelope,
    intervals_of,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "statistics"
RESULTS = "intervals_results.csv"

Case = tuple[int, int, float]


def read_results(path: Path) -> dict[str, dict[Case, tuple[float, float]]]:
    found: dict[str, dict[Case, tuple[float, float]]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            case = (int(row["x"]), int(row["n"]), float(row["level"]))
            found[row["method"]][case] = (float(row["lower"]), float(row["upper"]))
    return found


ANSWERS = read_results(REFERENCE / RESULTS)


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_every_interval(method: object) -> None:
    chosen = next(m for m in METHODS if m is method)
    assert len(ANSWERS[chosen.name]) >= 200
    for (x, n, level), theirs in ANSWERS[chosen.name].items():
        ours = chosen.function(x, n, level)
        where = f"{chosen.name} of {x}/{n} at {level}: {ours} and {theirs}"
        assert all(abs(a - b) <= 1e-9 for a, b in zip(ours, theirs, strict=True)), where


def test_every_method_and_level_has_a_reference() -> None:
    assert set(ANSWERS) == {method.name for method in METHODS}
    assert {level for _, _, level in ANSWERS["Wald"]} == set(LEVELS)


@pytest.mark.slow
def test_r_still_gives_these_results(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    command = [rscript, str(REFERENCE / "intervals.R"), str(tmp_path)]
    subprocess.run(command, capture_output=True, check=True)
    again = read_results(tmp_path / RESULTS)
    assert again.keys() == ANSWERS.keys()
    for method, answers in ANSWERS.items():
        for case, theirs in answers.items():
            ours = again[method][case]
            assert all(abs(a - b) <= 1e-12 for a, b in zip(ours, theirs, strict=True)), case


def number(text: str) -> PrintedNumber:
    found = parse_number(text)
    assert found is not None
    return found


def fits(x: int, n: int, lower: str, upper: str, level: float = 0.95) -> set[str]:
    given = intervals_of([(x, n)], number(lower), number(upper), [level])
    return {one.method.name for one in given if one.fits}


def test_published_examples() -> None:
    """Newcombe, Stat Med 1998;17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    assert "Wald" in fits(81, 263, "25.22", "36.38")
    assert "Wald with continuity correction" in fits(81, 263, "25.03", "36.57")
    assert "Wilson (score)" in fits(81, 263, "25.53", "36.62")
    assert "Wilson with continuity correction" in fits(81, 263, "25.35", "36.82")
    assert "Clopper-Pearson (exact)" in fits(81, 263, "25.27", "36.76")
    assert "mid-P exact" in fits(81, 263, "25.44", "36.58")
    assert "Wilson (score)" in fits(0, 20, "0.00", "16.11")
    assert "Clopper-Pearson (exact)" in fits(0, 20, "0.00", "16.84")
    assert "mid-P exact" in fits(0, 20, "0.00", "13.91")
    assert "Wald" in fits(1, 29, "-3.19", "10.09")  # printed below 0, and
    assert "Wald" in fits(1, 29, "0", "10.09")  # cut at 0
    assert "Clopper-Pearson (exact)" in fits(1, 29, "0.09", "17.76")


def test_rounding_and_distance() -> None:
    assert "Clopper-Pearson (exact)" in fits(6, 31, "7.5", "37.5")
    assert "Clopper-Pearson (exact)" in fits(6, 31, "7.4", "37.4")  # truncated
    assert "Clopper-Pearson (exact)" not in fits(6, 31, "7.5", "37.6")
    assert not fits(6, 31, "7.5", "47.5")
    assert "Clopper-Pearson (exact)" in fits(6, 31, "9", "35", level=0.90)
    worst = intervals_of([(6, 31)], number("7.5"), number("37.6"))
    exact = next(one for one in worst if one.method.name.startswith("Clopper"))
    assert 0 < exact.off < 1


def test_the_envelope_holds_every_method() -> None:
    given = intervals_of([(6, 31)], number("7.5"), number("37.5"))
    least, most, low, high = envelope(given)
    assert all(least <= max(0.0, g.lower) <= most and low <= g.upper <= high for g in given)


def test_counts_of_a_percentage() -> None:
    assert counts_of(number("19"), 31) == (6,)
    assert counts_of(number("0.0"), 0) == ()
    assert counts_of(number("5"), 10**30) == ()
    assert counts_of(number("19.4%"), 31) == (6,)
    assert counts_of(number("50"), 1000) == tuple(range(495, 510))  # rounded, or truncated
    assert counts_of(number("30.0"), 45) == ()

"""Odds ratios and risk ratios of counts equal those of R's binomial models."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from auditor.statistics.count_ratios import RATIO_KINDS

RESULTS = Path(__file__).resolve().parent.parent / "reference/statistics/ratios_results.csv"
ROWS = list(csv.DictReader(RESULTS.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(list(row.values())[:6]))
def test_ratio_and_interval_equal_r(row: dict[str, str]) -> None:
    first, turned = (k for k in RATIO_KINDS if k.odds == (row["kind"] == "odds"))
    a, n, c, m = (int(row[key]) for key in ("a", "n", "c", "m"))
    expected = tuple(float(row[key]) for key in ("estimate", "lower", "upper"))
    found = first.of((a, n, c, m), float(row["level"]))
    assert found == pytest.approx(expected, rel=1e-9)
    assert turned.of((c, m, a, n), float(row["level"])) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("pair", [(0, 10, 3, 11), (3, 10, 0, 11)])
def test_no_ratio_of_groups_without_an_event(pair: tuple[int, int, int, int]) -> None:
    assert all(kind.of(pair, 0.95) is None for kind in RATIO_KINDS)


def test_a_risk_ratio_of_a_group_all_of_whom_had_the_event() -> None:
    odds, _, risk, _ = (kind.of((10, 10, 5, 10), 0.95) for kind in RATIO_KINDS)
    assert odds is None
    assert risk is not None
    assert risk[0] == pytest.approx(2.0)

"""Tests of counts equal R's; script, data and results are in tests/reference/statistics."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from auditor.statistics.count_tests import COUNT_TESTS, Counts, p_values

REFERENCE = Path(__file__).parents[1] / "reference" / "statistics"

Answers = dict[tuple[str, str], dict[str, float]]


def read_results(path: Path) -> Answers:
    answers: Answers = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answers[row["kind"], row["table"]][row["test"]] = float(row["p"])
    return answers


ANSWERS = read_results(REFERENCE / "counts_results.csv")


def read_counts(table: str) -> Counts:
    return tuple(tuple(map(int, row.split())) for row in table.split("/"))


def same(ours: float, theirs: float, where: str) -> None:
    """Equal to 1e-9, relatively: the smallest P is held to as many digits as the largest."""
    assert abs(ours - theirs) <= 1e-9 * theirs, f"{where}: {ours} and {theirs}"


@pytest.mark.parametrize("kind", ["plain", "ordered", "paired"])
def test_every_test_of_every_table(kind: str) -> None:
    tables = [table for which, table in ANSWERS if which == kind]
    assert len(tables) >= 35
    for table in tables:
        found = p_values(read_counts(table), ordered=kind == "ordered", paired=kind == "paired")
        ours = {t.name: p for t, p in found if kind != "ordered" or t.ordered}
        theirs = ANSWERS[kind, table]
        # R's loops over all tables of two arms stop at two arms of about 105.
        costly = {test.name for test, _ in found if test.costly}
        assert ours.keys() - costly == theirs.keys() - costly, table
        for name, value in theirs.items():
            same(ours[name], value, f"{name} of {table}")


def test_there_is_a_reference_for_every_test_and_for_enough_tables() -> None:
    assert {name for answers in ANSWERS.values() for name in answers} == {
        test.name for test in COUNT_TESTS
    }
    assert len(ANSWERS) >= 300
    assert sum("Barnard's test" in answers for answers in ANSWERS.values()) >= 120


@pytest.mark.slow
def test_r_still_gives_these_results(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    command = [rscript, str(REFERENCE / "counts.R"), str(REFERENCE), str(tmp_path)]
    subprocess.run(command, capture_output=True, check=True)
    again = read_results(tmp_path / "counts_results.csv")
    assert again.keys() == ANSWERS.keys()
    for place, answers in ANSWERS.items():
        assert again[place].keys() == answers.keys()
        for name, value in answers.items():
            same(again[place][name], value, f"{name} of {place}")

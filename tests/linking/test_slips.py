"""The benchmark of links: which slips it plants, and how it moves a document."""

from __future__ import annotations

import random
from importlib import import_module
from pathlib import Path

import pytest

from auditor.document import Cell, Document, Footnote, Paragraph, Section, Table

if not (Path(__file__).parents[2] / "benchmarks").exists():
    pytest.skip("the source distribution has no benchmarks", allow_module_level=True)

slips = import_module("slips")
calibration = import_module("calibration")


def made(kind: str, old: str) -> set[str]:
    """Every slip that some seed makes."""
    made = {
        slips.slip(kind, old, ("31.2", old), ("4.4", old), random.Random(seed))  # noqa: S311
        for seed in range(40)
    }
    return {new for new in made if new is not None}


def test_digits_are_swapped_without_leading_zero() -> None:
    assert made("digits swapped", "14.5") == {"41.5", "15.4"}
    assert made("digits swapped", "20") == set()


def test_last_digit_alone_is_a_matter_of_rounding_for_decimals_only() -> None:
    assert "14.6" not in made("neighbouring key", "14.5")
    assert "46" in made("neighbouring key", "45")


def test_whole_percentages_are_measured_and_not_exact() -> None:
    rng = random.Random(1)  # noqa: S311
    assert slips.slip("off by one to three", "45", (), (), rng, exact=False) is None
    assert slips.slip("value of another arm", "45", ("46",), (), rng, exact=False) is None


def test_decimal_slip_moves_the_point() -> None:
    assert made("decimal slip", "45.5%") == {"455%", "4.55%"}


def test_counts_and_words_are_off_by_a_few() -> None:
    assert made("off by one to three", "2") == {"1", "3", "4", "5"}
    assert made("off by one to three", "Two") == {"One", "Three", "Four", "Five"}
    assert made("off by one to three", "5.4") == set()


def test_value_of_another_arm_is_another_value() -> None:
    assert made("value of another arm", "14.5") == {"31.2"}
    assert made("value of another row", "14.5") == {"4.4"}


def test_editing_moves_everything_behind_the_number() -> None:
    text = "Of 9 men. Table 1 | A | end"
    cell = Cell(0, 0, column_span=2, text="A", clean="A", start=20, end=21)
    table = Table(0, "Table 1", "", ((cell, cell),), 1, (Footnote("*", "x", 22, 23),), start=10)
    document = Document(
        "p",
        "text",
        text,
        sections=(Section("results", "", 1, (Paragraph(0, 9),)),),
        tables=(table,),
    )
    changed = slips.edited(document, slips.Slip("decimal slip", 3, 4, "9", "9.1"))
    assert changed.text == "Of 9.1 men. Table 1 | A | end"
    paragraph = changed.sections[0].paragraphs[0]
    assert changed.text[paragraph.start : paragraph.end] == "Of 9.1 men."
    moved = changed.tables[0].grid[0]
    assert moved[0] is moved[1]
    assert changed.text[moved[0].start : moved[0].end] == "A"
    assert changed.tables[0].footnotes[0].start == 24


def test_fit_finds_overconfidence_and_keeps_more_evidence_above_less() -> None:
    pair = calibration.Pair
    pairs = [pair(f"p{i % 7}", "twin differs", 0.9, False, i % 10 < 6) for i in range(200)]
    pairs += [pair(f"p{i % 7}", "twin differs", 0.3, False, i % 10 < 2) for i in range(200)]
    intercept, slope = calibration.fit(pairs)
    assert slope > 0
    raw, refitted = calibration.losses(pairs)
    assert refitted < raw
    assert calibration.fit([]) == (0.0, 1.0)
    assert intercept < 0

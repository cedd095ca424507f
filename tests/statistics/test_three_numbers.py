"""Estimate and bounds: no Wald interval is accused, wrong ones are, and what cannot be told."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auditor.discovery import load_rulebook
from auditor.engine import audit
from auditor.printed import PrintedNumber, parse_number
from auditor.rounding import Rounding, round_fraction, unit
from auditor.statistics.three_numbers import (
    at_arithmetic_centre,
    at_geometric_centre,
    symmetric,
)

RATIOS = st.floats(0.3, 3)
ERRORS = st.floats(0.05, 0.6)
WAYS = st.sampled_from(
    [Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN, Rounding.DOWN, Rounding.UP]
)
Three = tuple[PrintedNumber, PrintedNumber, PrintedNumber]


def printed(value: float | Fraction, decimals: int, way: Rounding) -> PrintedNumber:
    number = parse_number(f"{round_fraction(Fraction(value), decimals, way):f}")
    assert number is not None
    return number


def wald(ratio: float, error: float, decimals: int, way: Rounding) -> Three:
    reach = 1.959963984540054 * error
    lower, upper = ratio * math.exp(-reach), ratio * math.exp(reach)
    return (
        printed(ratio, decimals, way),
        printed(lower, decimals, way),
        printed(upper, decimals, way),
    )


def moved(number: PrintedNumber, by: str) -> PrintedNumber | None:
    return parse_number(f"{number.value + Decimal(by):f}")


def caught(three: Three) -> bool:
    """As INT001 (outside the bounds) and INT002 (off the centre, a negative bound) do."""
    value, lower, upper = three
    inside = 0 <= lower.value <= value.value <= upper.value
    return not inside or not at_geometric_centre(value, lower, upper)


def some_wald_interval_prints_so(three: Three) -> bool:
    """Whether exact numbers with the estimate at the centre, printed anew, give these three."""
    for way, below in ((Rounding.HALF_UP, "0.5"), (Rounding.DOWN, "0"), (Rounding.UP, "1")):
        ends = []
        for number in three:
            low = number.fraction - Fraction(below) * unit(2)
            ends.append((max(low, Fraction(1, 10**9)), low + unit(2)))
        (v0, v1), (l0, l1), (u0, u1) = ends
        for step in range(1, 1000):
            value = v0 + (v1 - v0) * Fraction(step, 1000)
            least, most = max(l0, value**2 / u1), min(l1, value**2 / u0)
            lower = (least + most) / 2
            exact = (value, lower, value**2 / lower)
            shown = [round_fraction(x, 2, way) for x in exact]
            if least < most and shown == [number.value for number in three]:
                return True
    return False


@settings(max_examples=600, deadline=None)
@given(RATIOS, ERRORS, st.sampled_from([1, 2, 3]), WAYS)
def test_no_wald_interval_is_accused(
    ratio: float, error: float, decimals: int, way: Rounding
) -> None:
    assert at_geometric_centre(*wald(ratio, error, decimals, way))


@settings(max_examples=600, deadline=None)
@given(
    RATIOS, st.floats(0.05, 0.35), WAYS, st.sampled_from([1, 2]), st.sampled_from(["0.1", "-0.1"])
)
def test_a_bound_mistyped_by_a_tenth_is_caught(
    ratio: float, error: float, way: Rounding, which: int, by: str
) -> None:
    three = list(wald(ratio, error, 2, way))
    assume(three[2].value < 4 * three[1].value)
    wrong = moved(three[which], by)
    assert wrong is not None
    three[which] = wrong
    assert caught((three[0], three[1], three[2]))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    RATIOS, st.floats(0.35, 0.6), WAYS, st.sampled_from([1, 2]), st.sampled_from(["0.1", "-0.1"])
)
def test_what_escapes_in_wider_intervals_is_the_print_of_another_interval(
    ratio: float, error: float, way: Rounding, which: int, by: str
) -> None:
    """So nothing could tell it from a right one."""
    three = list(wald(ratio, error, 2, way))
    wrong = moved(three[which], by)
    assert wrong is not None
    three[which] = wrong
    found = (three[0], three[1], three[2])
    assert caught(found) or some_wald_interval_prints_so(found)


@settings(max_examples=300, deadline=None)
@given(RATIOS, ERRORS, WAYS, st.sampled_from([(0, 1), (0, 2), (1, 2)]))
def test_two_values_swapped_are_caught(
    ratio: float, error: float, way: Rounding, pair: tuple[int, int]
) -> None:
    three = list(wald(ratio, error, 2, way))
    one, other = pair
    assume(three[one].value != three[other].value)
    three[one], three[other] = three[other], three[one]
    assert caught((three[0], three[1], three[2]))


@settings(max_examples=300, deadline=None)
@given(st.floats(-5, 5), st.floats(0.01, 3), st.sampled_from([1, 2, 3]), WAYS)
def test_no_symmetric_interval_is_accused(
    centre: float, half: float, decimals: int, way: Rounding
) -> None:
    three = [printed(x, decimals, way) for x in (centre, centre - half, centre + half)]
    assert at_arithmetic_centre(three[0], three[1], three[2])


def numbers(value: str, lower: str, upper: str) -> Three:
    found = [parse_number(text) for text in (value, lower, upper)]
    assert all(number is not None for number in found)
    return tuple(number for number in found if number is not None)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("three", "half", "cut"),
    [
        (("22.8", "12.4", "33.2"), Fraction(104, 10), False),
        (("5.4", "4.1", "6.8"), Fraction(135, 100), False),
        (("4.4", "0", "9.1"), Fraction(47, 10), True),
        (("5.4", "0", "13.5"), Fraction(81, 10), True),
    ],
)
def test_symmetric_intervals(three: tuple[str, str, str], half: Fraction, cut: bool) -> None:
    found = symmetric(*numbers(*three))
    assert found is not None
    assert (found.half, found.cut) == (half, cut)


@pytest.mark.parametrize(
    "three", [("22.8", "12.4", "39.2"), ("4.4", "0.0", "5.1"), ("5", "5", "5"), ("9", "4", "8")]
)
def test_intervals_that_are_not_symmetric(three: tuple[str, str, str]) -> None:
    assert symmetric(*numbers(*three)) is None


def test_the_checks_judge_tables_of_ratios_as_the_functions_do(tmp_path: Path) -> None:
    """A table of right intervals, and one in which every interval has one wrong number."""
    right, wrong = [], []
    for at in range(40):
        three = wald(0.35 + 0.06 * at, 0.08 + 0.0065 * at, 2, Rounding.HALF_UP)
        right.append(three)
        if three[2].value < 4 * three[1].value:
            spoiled = list(three)
            which, by = 1 + at % 2, ("0.1", "-0.1")[at // 2 % 2]
            changed = moved(three[which], by)
            assert changed is not None
            spoiled[which] = changed
            wrong.append((spoiled[0], spoiled[1], spoiled[2]))
    assert found_in(tmp_path, right) == set()
    assert found_in(tmp_path, wrong) == set(range(1, len(wrong) + 1))


def found_in(folder: Path, rows: list[Three]) -> set[int | None]:
    """Rows of the table at which INT001 or INT002 find something."""
    lines = ["Table 1. Survival", "", "| Subgroup | HR (95% CI) |", "| --- | --- |"]
    for at, (value, lower, upper) in enumerate(rows):
        name = f"Subgroup {chr(65 + at // 26)}{chr(97 + at % 26)}"
        lines.append(f"| {name} | {value.text} ({lower.text} to {upper.text}) |")
    path = folder / "paper.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = audit([path], rulebooks=[load_rulebook(None)], select=["INT001", "INT002"])
    return {finding.places[0].row for finding in result.findings}

"""Laws of survival summaries and combined P values equal R's, and hold for its curves and models;
script and results are in tests/reference/statistics."""

from __future__ import annotations

import csv
import math
import random
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from auditor.printed import PrintedNumber, parse_number
from auditor.reanalysis.survival import rounded
from auditor.rounding import Interval
from auditor.statistics.plausibility import (
    against_median,
    combined,
    exponential_ratio,
    least_error,
    log_error,
    rises,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "statistics"
RESULTS = "plausibility_results.csv"


def cases(kind: str) -> Iterator[tuple[list[float], list[float]]]:
    with (REFERENCE / RESULTS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == kind:
                yield (
                    [float(x) for x in row["inputs"].split()],
                    [float(x) for x in row["values"].split()],
                )


def point(value: float) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def number(text: str) -> PrintedNumber:
    found = parse_number(text)
    assert found is not None
    return found


def test_combined_p_values() -> None:
    seen = 0
    for p, (low, high, fisher) in cases("combined"):
        ours = combined(p)
        assert ours.stouffer == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert ours.stouffer_high == pytest.approx(high, rel=1e-9, abs=1e-12)
        assert ours.fisher == pytest.approx(fisher, rel=1e-9, abs=1e-12)
        seen += 1
    assert seen >= 80


def test_errors_and_ratios() -> None:
    for (level, lower, upper), (error,) in cases("log_error"):
        ours = log_error(point(lower), point(upper), Fraction(level))
        assert ours == pytest.approx(error, rel=1e-9)
    for (one, other), (error,) in cases("least_error"):
        assert least_error(int(one), int(other)) == pytest.approx(error, rel=1e-9)
    for (median, reference), (ratio,) in cases("exponential"):
        low, high = exponential_ratio(point(median), point(reference))
        assert low == pytest.approx(ratio, rel=1e-9)
        assert high == pytest.approx(ratio, rel=1e-9)


def test_no_cox_model_is_more_precise_than_its_events() -> None:
    found = [(events, error) for events, (error,) in cases("cox")]
    assert len(found) >= 30
    for (one, other), error in found:
        assert error >= 0.9 * least_error(int(one), int(other))
        assert error >= 0.9 * least_error(int(one + other))


def test_no_curve_breaks_its_laws_however_it_is_printed() -> None:
    judged = 0
    for values, (median,) in cases("curve"):
        at, shares = values[:6], values[6:]
        for decimals in (0, 1):
            printed = [rounded(number(f"{100 * s:.{decimals}f}"), Fraction(1, 100)) for s in shares]
            for early, late in zip(printed, printed[1:], strict=False):
                assert not rises(early, late)
            middle = rounded(number(f"{median:.1f}"))
            for time, share in zip(at, printed, strict=True):
                judged += 1
                assert not against_median(Fraction(time), share, middle)
    assert judged >= 200


def test_far_off_shares_are_caught() -> None:
    """Exponential survival with the median halved or doubled, away from the median itself."""
    draw = random.Random(20_419)  # noqa: S311
    for _ in range(500):
        median = draw.uniform(3, 40)
        time = median * draw.choice([0.4, 0.6, 1.6, 2.2])
        true = 100 * 0.5 ** (time / median)
        wrong = 100 - true
        share = rounded(number(f"{true:.1f}"), Fraction(1, 100))
        other = rounded(number(f"{wrong:.1f}"), Fraction(1, 100))
        middle = rounded(number(f"{median:.1f}"))
        assert not against_median(Fraction(time), share, middle)
        assert against_median(Fraction(time), other, middle)


def test_a_flat_step_at_one_half_is_no_contradiction() -> None:
    """R takes the middle of the step, others its beginning or end."""
    for median in ("10", "12", "14"):
        for time in (8, 10, 12, 14, 16):
            half = rounded(number("50"), Fraction(1, 100))
            assert not against_median(Fraction(time), half, rounded(number(median)))


def test_rising_by_rounding_is_no_rise() -> None:
    share = rounded(number("62"), Fraction(1, 100))
    assert not rises(share, rounded(number("62.4"), Fraction(1, 100)))
    assert not rises(share, share)
    assert rises(share, rounded(number("63.1"), Fraction(1, 100)))
    assert not rises(rounded(number(">62"), Fraction(1, 100)), share)


def test_inputs_that_have_no_answer() -> None:
    zero = point(0)
    for call in (
        lambda: log_error(zero, point(1)),
        lambda: log_error(Interval(None, None), point(1)),
        lambda: exponential_ratio(zero, point(1)),
        least_error,
        lambda: least_error(0, 5),
        lambda: least_error(1, 2, 3),
        lambda: combined([]),
        lambda: combined([0.2, 1.2]),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            call()
    assert combined([0.0, 1.0]).stouffer == pytest.approx(0.5, abs=1e-5)
    assert math.isclose(combined([0.3]).stouffer, 0.3)


RSCRIPT = shutil.which("Rscript")


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed")
def test_r_gives_the_same_again(tmp_path: Path) -> None:
    script = REFERENCE / "plausibility.R"
    subprocess.run([str(RSCRIPT), str(script), str(tmp_path)], check=True, capture_output=True)
    again = (tmp_path / RESULTS).read_text(encoding="utf-8").splitlines()
    kept = (REFERENCE / RESULTS).read_text(encoding="utf-8").splitlines()
    assert len(again) == len(kept)
    for one, other in zip(again[1:], kept[1:], strict=True):
        left, right = (
            [float(x) for part in line.split(",")[1:] for x in part.split()]
            for line in (one, other)
        )
        assert left == pytest.approx(right, rel=1e-9, abs=1e-12)

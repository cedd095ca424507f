"""P values of means, test statistics and intervals equal R's; scripts, data and results are in
tests/reference/statistics."""

from __future__ import annotations

import csv
import shutil
import statistics
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from auditor.statistics import from_interval, means, p_of_statistic
from auditor.statistics.means import Group
from auditor.statistics.p_range import PRange

REFERENCE = Path(__file__).parents[1] / "reference" / "statistics"
SCRIPTS = {
    "means": ("means_data.csv", "means_results.csv"),
    "test_statistics": ("test_statistics_results.csv",),
    "from_interval": ("from_interval_results.csv",),
}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(ours: PRange | None, theirs: float, where: str) -> None:
    """The inputs are exact, so the range is a point: equal to 1e-9, relatively where it is small
    but for what 17 digits of the inputs leave open."""
    assert ours is not None, where
    for p in (ours.least, ours.greatest):
        assert abs(p - theirs) <= 1e-9 * max(theirs, 1e-6), f"{where}: {p} and {theirs}"


def test_means() -> None:
    groups: dict[str, list[Group]] = defaultdict(list)
    for row in rows("means_data.csv"):
        groups[row["case"]].append(Group.exact(float(row["mean"]), float(row["sd"]), int(row["n"])))
    results = rows("means_results.csv")
    assert len(groups) >= 160
    for row in results:
        test = row["test"].replace("'", "’")
        if test == "one-way ANOVA":
            ours = means.anova(groups[row["case"]])
        elif test == "Welch’s ANOVA":
            ours = means.welch_anova(groups[row["case"]])
        else:
            ours = means.p_values(groups[row["case"]])[test]
        same(ours, float(row["p"]), f"case {row['case']}, {test}")


def test_test_statistics() -> None:
    results = rows("test_statistics_results.csv")
    assert len(results) >= 250
    for row in results:
        value = (float(row["value"]),) * 2
        df1, df2 = ((float(row[name]),) * 2 if row[name] else None for name in ("df1", "df2"))
        match row["statistic"], df1, df2:
            case "t", (_, _), None:
                ours = p_of_statistic.t(value, df1)
            case "z", None, None:
                ours = p_of_statistic.z(value)
            case "chi2", (_, _), None:
                ours = p_of_statistic.chi_squared(value, df1)
            case "F", (_, _), (_, _):
                ours = p_of_statistic.f(value, df1, df2)
            case "r", (_, _), None:
                ours = p_of_statistic.r(value, df1)
            case _:
                pytest.fail(f"unknown statistic: {row}")
        same(ours.p, float(row["p"]), str(row))
        assert (ours.one_sided is not None) == bool(row["one_sided"]), row
        if row["one_sided"]:
            same(ours.one_sided, float(row["one_sided"]), f"{row}, one-sided")


def test_intervals() -> None:
    results = rows("from_interval_results.csv")
    assert len(results) >= 80
    for row in results:
        a, b, c = (float(row[name]) for name in ("estimate", "lower", "upper"))
        triple = ((a, a), (b, b), (c, c))
        level = float(row["level"])
        if row["kind"] == "ratio":
            ours = from_interval.of_ratio(triple, level)
            other = from_interval.nearer_bound_of_ratio(triple, level)
        else:
            ours = from_interval.of_difference(triple, level, float(row["df"]))
            other = from_interval.nearer_bound(triple, level, float(row["df"]))
        same(ours, float(row["p"]), str(row))
        same(other, float(row["p"]), f"{row}, nearer bound")


RSCRIPT = shutil.which("Rscript")


@pytest.mark.skipif(RSCRIPT is None, reason="there is no R here")
@pytest.mark.parametrize("script", SCRIPTS)
def test_r_gives_what_is_committed(script: str, tmp_path: Path) -> None:
    assert RSCRIPT
    subprocess.run(
        [RSCRIPT, str(REFERENCE / f"{script}.R"), str(tmp_path)], check=True, capture_output=True
    )
    for name in SCRIPTS[script]:
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            fresh = list(csv.DictReader(file))
        known = rows(name)
        assert len(fresh) == len(known)
        for one, other in zip(fresh, known, strict=True):
            for key, text in one.items():
                try:
                    number = float(text)
                except ValueError:
                    assert text == other[key]
                else:
                    assert number == pytest.approx(float(other[key]), rel=1e-9, abs=1e-15)


def test_paired_t_test_of_the_sleep_data() -> None:
    """``t.test(extra ~ group, data = sleep, paired = TRUE)`` of R: p-value = 0.002833."""
    gains = (1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4)
    group = Group.exact(statistics.fmean(gains), statistics.stdev(gains), len(gains))
    found = means.p_values([group])
    assert list(found) == ["paired t"]
    assert found["paired t"].least == pytest.approx(0.002833, abs=5e-7)
    rounded = means.p_values([Group((1.55, 1.65), (1.15, 1.25), 10)])["paired t"]
    assert rounded.least < found["paired t"].least < rounded.greatest
    assert means.p_values([Group((-0.05, 0.05), (1.0, 1.0), 10)])["paired t"].greatest == 1.0
    assert means.p_values([Group.exact(1.0, 1.0, 1)]) == {}

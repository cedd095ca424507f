"""Kaplan-Meier curves as drawn: steps, bands, ticks and medians at their places."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

from auditor.claims import Population
from auditor.comparison import Agreement, Comparison
from auditor.estimate import Curve
from auditor.finding import Place
from auditor.report.curves import figures

CURVE = Curve(
    endpoint="OS",
    population=Population(),
    unit="months",
    n=4,
    events=2,
    times=(0.0, 5.0, 10.0),
    survival=(1.0, 0.75, 0.375),
    lower=(None, 0.2, 0.1),
    upper=(None, 0.9, 0.8),
    censored=(7.0, 20.0),
    at_risk=((0.0, 4), (10.0, 2), (20.0, 1)),
    median=10.0,
)


def median(reported: str, unit: str = "months") -> Comparison:
    place = Place(input="r.csv", kind="value", quote=reported)
    return Comparison(
        "OS", "median", "all subjects", reported, "10", Agreement.DISAGREES, place, unit=unit
    )


def test_steps_go_down_to_the_last_time() -> None:
    (figure,) = figures([CURVE], ())
    (curve,) = figure.curves
    left, right, top, bottom = (
        float(v) for v in (figure.left, figure.right, figure.top, figure.bottom)
    )
    assert curve.path.startswith(f"M{left:g} {top:g}")
    across = [float(x) for x in re.findall(r"H([\d.]+)", curve.path)]
    down = [float(y) for y in re.findall(r"V([\d.]+)", curve.path)]
    assert across == [left + (right - left) / 4, left + (right - left) / 2, right]
    assert down == [round(top + (bottom - top) * (1 - s), 1) for s in (0.75, 0.375)]
    assert curve.ticks.count("M") == 2


def test_no_band_where_there_are_no_bounds() -> None:
    (figure,) = figures([replace(CURVE, lower=(None,) * 3)], ())
    assert figure.curves[0].band == ""
    (figure,) = figures([CURVE], ())
    starts = [float(x) for x in re.findall(r"M([\d.]+)", figure.curves[0].band)]
    assert len(starts) == 1
    assert starts[0] > float(figure.left)


def test_nobody_is_at_risk_after_the_end_and_what_is_unknown_stays_blank() -> None:
    arms = [
        replace(CURVE, population=Population((("TRT01P", "A"),))),
        replace(
            CURVE,
            population=Population((("TRT01P", "B"),)),
            censored=(),
            at_risk=((0.0, 4), (10.0, 1)),
        ),
    ]
    (figure,) = figures(arms, ())
    assert [text for _, text in figure.x_ticks] == ["0", "10", "20"]
    assert [[n for _, n in curve.risk] for curve in figure.curves] == [
        ["4", "2", "1"],
        ["4", "1", "0"],
    ]


def test_reported_medians_stand_at_their_time_in_the_unit_of_the_curve() -> None:
    (figure,) = figures([CURVE], [median("15"), median("0.5", "years"), median("NR")])
    marks = [m for m in figure.curves[0].marks if m.kind == "reported"]
    assert [m.label for m in marks] == ["reported 15", "reported 0.5"]
    left, right = float(figure.left), float(figure.right)
    assert abs(float(marks[0].x) - (left + (right - left) * 15 / 20)) < 0.1
    assert abs(float(marks[1].x) - (left + (right - left) * 6 / 20)) < 0.1
    assert len({m.label_y for m in figure.curves[0].marks if m.label}) == 3


def test_a_reported_median_beyond_the_data_is_within_the_figure() -> None:
    (figure,) = figures([CURVE], [median("40")])
    (mark,) = [m for m in figure.curves[0].marks if m.kind == "reported"]
    assert float(mark.x) <= float(figure.right)


def test_a_million_steps_do_not_make_a_long_path() -> None:
    many = 20_000
    times = tuple(i / 1000 for i in range(many))
    curve = replace(
        CURVE,
        times=times,
        survival=tuple(1 - i / many for i in range(many)),
        lower=(None,) * many,
        upper=(None,) * many,
        censored=times,
    )
    (figure,) = figures([curve], ())
    assert len(figure.curves[0].path) < 100_000
    assert len(figure.curves[0].ticks) < 100_000


def test_arms_share_a_figure_and_endpoints_do_not(cohorts: ModuleType) -> None:
    drawn = figures(cohorts.curves(), ())
    assert [(len(f.curves), f.title) for f in drawn] == [
        (3, "PFS, by TRT01P"),
        (1, "OS, all subjects"),
    ]
    same = [replace(CURVE, population=Population((("A", str(i)),))) for i in range(8)]
    assert [len(f.curves) for f in figures(same, ())] == [6, 2]

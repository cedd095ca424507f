"""Kaplan-Meier curves as drawn: every coordinate decided here, the template only writes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.comparison import Agreement, Comparison, population_words
from auditor.estimate import Curve
from auditor.printed import parse_number
from auditor.report.wording import one_line, plural

WIDTH, LEFT, RIGHT, TOP, PLOT = 760, 168, 20, 14, 270
ROW = 18
_ARMS = 6
"""Arms that have a colour and a dash of their own; later ones begin again."""
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2")


@dataclass(frozen=True, slots=True)
class Mark:
    """A median in the plot: its line, and its label if it has one."""

    kind: str
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """One arm: ``style`` is 1 to 6; ``path`` and ``band`` are path data; ``risk`` is a row."""

    style: int
    dash: str
    name: str
    short: str
    summary: str
    path: str
    band: str
    ticks: str
    risk: tuple[tuple[str, str], ...]
    risk_y: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The curves of one endpoint over groups of one kind; the least ``rank`` is shown first."""

    rank: int
    anchor: str
    title: str
    description: str
    width: int
    height: int
    left: str
    right: str
    top: str
    bottom: str
    middle: str
    x_label: str
    x_ticks: tuple[tuple[str, str], ...]
    y_ticks: tuple[tuple[str, str], ...]
    risk_title_y: str
    curves: tuple[DrawnCurve, ...]


def figures(curves: Sequence[Curve], comparisons: Sequence[Comparison]) -> tuple[Figure, ...]:
    """One figure an endpoint and kind of group, in the order given.

    Arms (within one subgroup) share a figure, up to as many as can be told apart.
    """
    grouped: dict[tuple[object, ...], list[Curve]] = {}
    for curve in curves:
        if not curve.times:
            continue
        terms = curve.population.terms
        kind = (terms[:-1], terms[-1][0]) if terms else ()
        key: tuple[object, ...] = (curve.endpoint, curve.unit, curve.conventions, kind)
        members = grouped.setdefault(key, [])
        while len(members) == _ARMS or any(m.population == curve.population for m in members):
            key = (*key, "more")
            members = grouped.setdefault(key, [])
        members.append(curve)
    return tuple(
        _figure(number, members, comparisons)
        for number, members in enumerate(grouped.values(), start=1)
    )


def _figure(number: int, curves: Sequence[Curve], comparisons: Sequence[Comparison]) -> Figure:
    endpoint, unit = curves[0].endpoint, curves[0].unit
    reported = [_reported_medians(curve, comparisons) for curve in curves]
    scale = _Scale(max(_longest(curves), *(t for row in reported for _, t in row), 0.0) or 1.0)
    ticks = _ticks(curves, scale.longest)
    bottom = TOP + PLOT
    risk_top = bottom + 58
    drawn = []
    labels = 0
    for position, (curve, medians) in enumerate(zip(curves, reported, strict=True)):
        marks = tuple(_marks(curve, medians, scale, labels))
        labels += sum(bool(mark.label) for mark in marks)
        drawn.append(_drawn(position, curve, medians, marks, scale, ticks, risk_top))
    title = f"{endpoint}, {one_line(_whose(curves), 80)}"
    return Figure(
        # The narrower the subgroup, the later; a reported median puts a figure first.
        rank=0 if any(reported) else len(curves[0].population.terms),
        anchor=f"km{number}",
        title=title,
        description=f"Kaplan-Meier estimate of {endpoint}. "
        + " ".join(f"{one_line(curve.name)}: {curve.summary}." for curve in drawn),
        width=WIDTH,
        height=risk_top + ROW * len(curves) + 6,
        left=_n(LEFT),
        right=_n(WIDTH - RIGHT),
        top=_n(TOP),
        bottom=_n(bottom),
        middle=_n(scale.y(0.5)),
        x_label=f"Time in {unit}" if unit else "Time",
        x_ticks=tuple((_n(scale.x(t)), f"{t:g}") for t in ticks),
        y_ticks=tuple((_n(scale.y(s / 4)), f"{25 * s}%") for s in range(5)),
        risk_title_y=_n(risk_top - ROW),
        curves=tuple(drawn),
    )


def _whose(curves: Sequence[Curve]) -> str:
    conventions = "".join(f" ({name})" for name in curves[0].conventions if "recorded" in name)
    if len(curves) == 1:
        return population_words(curves[0].population) + conventions
    terms = curves[0].population.terms
    within = "".join(f" in {value}" for _, value in terms[:-1])
    return f"by {terms[-1][0]}{within}{conventions}"


@dataclass(frozen=True, slots=True)
class _Scale:
    longest: float

    def x(self, time: float) -> float:
        return LEFT + (WIDTH - RIGHT - LEFT) * time / self.longest

    def y(self, survival: float) -> float:
        return TOP + PLOT * (1 - survival)


def _drawn(
    position: int,
    curve: Curve,
    medians: Sequence[tuple[str, float]],
    marks: tuple[Mark, ...],
    scale: _Scale,
    ticks: Sequence[float],
    risk_top: float,
) -> DrawnCurve:
    name = population_words(curve.population)
    end = max((*curve.times, *curve.censored))
    return DrawnCurve(
        style=position % _ARMS + 1,
        dash=_DASHES[position % _ARMS],
        name=name,
        short=one_line(name, 19),
        summary=_summary(curve, medians),
        path=_steps(_points(curve.times, curve.survival, end, scale)),
        band=_band(curve, end, scale),
        ticks=_censored(curve, scale),
        risk=tuple(_at_risk(curve, ticks, end, scale)),
        risk_y=_n(risk_top + ROW * position),
        marks=marks,
    )


def _summary(curve: Curve, medians: Sequence[tuple[str, float]]) -> str:
    unit = f" {curve.unit}" if curve.unit else ""
    median = "not reached" if curve.median is None else f"{curve.median:.4g}{unit}"
    parts = [f"{curve.n:,} subjects, {plural(curve.events, 'event')}, median {median}"]
    parts += [f"reported {one_line(text, 20)}" for text, _ in medians]
    return "; ".join(parts)


def _longest(curves: Iterable[Curve]) -> float:
    return max(
        time
        for curve in curves
        for time in (*curve.times, *curve.censored, *(t for t, _ in curve.at_risk))
    )


def _ticks(curves: Sequence[Curve], longest: float) -> tuple[float, ...]:
    """The round times at which the numbers at risk of all curves are known, not too many.

    A curve that has ended has nobody at risk.
    """
    times = sorted({time for curve in curves for time, _ in curve.at_risk if time <= longest})
    known = [(dict(curve.at_risk), max((*curve.times, *curve.censored))) for curve in curves]
    common = [t for t in times if all(t in numbers or t > end for numbers, end in known)]
    times = common if len(common) > 2 else times
    step = -(-len(times) // 12) or 1
    return tuple(times[::step])


def _points(
    times: Sequence[float], values: Sequence[float], end: float, scale: _Scale
) -> Iterator[tuple[float, float]]:
    yield from ((scale.x(t), scale.y(v)) for t, v in zip(times, values, strict=True))
    yield (scale.x(end), scale.y(values[-1]))


def _steps(points: Iterable[tuple[float, float]]) -> str:
    """Path data of a step function; steps finer than a tenth of a pixel are not written."""
    parts: list[str] = []
    last = ("", "")
    for x, y in points:
        here = (_n(x), _n(y))
        if not parts:
            parts.append(f"M{here[0]} {here[1]}")
        elif here != last:
            parts.append(f"H{here[0]}" if here[0] != last[0] else "")
            parts.append(f"V{here[1]}" if here[1] != last[1] else "")
        last = here
    return "".join(parts)


def _band(curve: Curve, end: float, scale: _Scale) -> str:
    """The confidence band, as one closed shape for each stretch where both bounds exist."""
    shapes: list[str] = []
    run: list[tuple[float, float, float, float]] = []
    stops = (*curve.times[1:], end)
    for start, stop, low, high in zip(curve.times, stops, curve.lower, curve.upper, strict=True):
        if low is not None and high is not None:
            run.append((scale.x(start), scale.x(stop), scale.y(low), scale.y(high)))
        elif run:
            shapes.append(_shape(run))
            run = []
    if run:
        shapes.append(_shape(run))
    return "".join(shapes)


def _shape(run: Sequence[tuple[float, float, float, float]]) -> str:
    top = _steps([*((x, high) for x, _, _, high in run), (run[-1][1], run[-1][3])])
    x, y = _n(run[-1][1]), _n(run[-1][2])
    back = f"L{x} {y}"
    for left, _, low, _ in reversed(run):
        if _n(low) != y:
            y = _n(low)
            back += f"V{y}"
        if _n(left) != x:
            x = _n(left)
            back += f"H{x}"
    return f"{top}{back}Z"


def _censored(curve: Curve, scale: _Scale) -> str:
    seen: dict[str, None] = {}
    for time in curve.censored:
        index = max(bisect_right(curve.times, time) - 1, 0)
        y = scale.y(curve.survival[index])
        seen.setdefault(f"M{_n(round(scale.x(time) * 2) / 2)} {_n(y - 4)}v8")
    return "".join(seen)


def _at_risk(
    curve: Curve, ticks: Sequence[float], end: float, scale: _Scale
) -> Iterator[tuple[str, str]]:
    known = dict(curve.at_risk)
    for time in ticks:
        number = known.get(time, 0 if time > end else None)
        yield _n(scale.x(time)), "" if number is None else f"{number:,}"


def _marks(
    curve: Curve, medians: Sequence[tuple[str, float]], scale: _Scale, before: int
) -> Iterator[Mark]:
    """The recomputed median, and each reported one with a label that stands on its own row."""
    drawn = [("reported", text, time) for text, time in medians]
    if curve.median is not None:
        # A label helps where there is something to compare it with; the key has the others.
        text = f"{curve.median:.4g}" if medians else ""
        drawn.insert(0, ("recomputed", text, curve.median))
    row = before
    for kind, text, time in drawn:
        x = scale.x(time)
        left = x > (LEFT + WIDTH) / 2
        yield Mark(
            kind=kind,
            x=_n(x),
            y=_n(scale.y(0.5)),
            label_x=_n(x - 6 if left else x + 6),
            label_y=_n(TOP + PLOT - 8 - 15 * (row % 8)),
            anchor="end" if left else "start",
            label=f"{kind} {one_line(text, 20)}" if text else "",
        )
        row += bool(text)


def _reported_medians(
    curve: Curve, comparisons: Sequence[Comparison]
) -> tuple[tuple[str, float], ...]:
    """What is reported as the median of this curve: the print, and the time in its unit."""
    found: dict[str, float] = {}
    for c in comparisons:
        if (
            c.statistic != "median"
            or c.agreement is Agreement.NOT_COMPARED
            or c.endpoint != curve.endpoint
            or c.population != population_words(curve.population)
        ):
            continue
        number = parse_number(c.reported)
        if number is not None and number.relation == "=":
            days = _DAYS.get(c.unit or curve.unit, 1.0) / _DAYS.get(curve.unit, 1.0)
            found.setdefault(c.reported, float(number.value) * days)
    return tuple(found.items())


def _n(value: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")

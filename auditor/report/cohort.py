"""What the HTML report shows of a cohort: tables as read, reported beside recomputed, curves."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass

from auditor.audit import Audit, CheckRun, TableRead
from auditor.check import Outcome
from auditor.comparison import ALL, Agreement, Comparison
from auditor.report.curves import Figure, figures
from auditor.report.estimates import EndpointTable, endpoint_tables
from auditor.report.wording import one_line, place_words, plural

_ORDER = (Agreement.DISAGREES, Agreement.CONVENTION, Agreement.AGREES)
_WORDS = {
    Agreement.DISAGREES: "disagrees",
    Agreement.CONVENTION: "another convention",
    Agreement.AGREES: "agrees",
}
MOST_FIGURES = 24
"""Figures that are drawn: all subjects, arms and what has a reported median first."""
FIGURES_OPEN = 4
"""Figures that stand open; more are folded away."""
ROWS_OPEN = 40
"""Comparisons that agree are folded away where there are more than these."""


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One row of the table reported against recomputed."""

    comparison: Comparison
    quantity: str
    population: str
    place: str
    conventions: str
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class CohortView:
    """The cohort part; ``agreeing`` are the comparisons that are folded away."""

    tables: tuple[TableRead, ...]
    compared: tuple[ComparisonView, ...]
    agreeing: tuple[ComparisonView, ...]
    tally: str
    not_compared: tuple[tuple[str, tuple[str, ...]], ...]
    not_compared_count: int
    endpoints: tuple[EndpointTable, ...]
    figures: tuple[Figure, ...]
    more_figures: tuple[Figure, ...]
    figures_left_out: int


def has_cohort(audit: Audit) -> bool:
    """Whether the audit had a cohort."""
    return bool(audit.tables or audit.estimates or audit.curves or audit.comparisons)


def cohort_view(audit: Audit) -> CohortView:
    """The cohort part of the report."""
    compared = [c for c in audit.comparisons if c.agreement is not Agreement.NOT_COMPARED]
    views = [_view(c) for c in sorted(compared, key=lambda c: _ORDER.index(c.agreement))]
    fold = len(views) > ROWS_OPEN
    apart = [v for v in views if v.comparison.agreement is Agreement.AGREES] if fold else []
    reasons: dict[str, list[str]] = {}
    for c in audit.comparisons:
        if c.agreement is Agreement.NOT_COMPARED:
            where = place_words(c.place, with_input=True)
            reasons.setdefault(c.why or "no reason is given", []).append(
                f"{where}: {one_line(c.reported, 40)}"
            )
    every = figures(audit.curves, audit.comparisons)
    drawn = tuple(sorted(every, key=lambda f: f.rank)[:MOST_FIGURES])
    return CohortView(
        tables=audit.tables,
        compared=tuple(v for v in views if v not in apart),
        agreeing=tuple(apart),
        tally=", ".join(
            f"{sum(c.agreement is a for c in compared):,} {_WORDS[a]}"
            for a in _ORDER
            if any(c.agreement is a for c in compared)
        ),
        not_compared=tuple((why, tuple(entries)) for why, entries in reasons.items()),
        not_compared_count=sum(map(len, reasons.values())),
        endpoints=endpoint_tables(audit.estimates),
        figures=drawn[:FIGURES_OPEN],
        more_figures=drawn[FIGURES_OPEN:],
        figures_left_out=len(every) - len(drawn),
    )


def _view(c: Comparison) -> ComparisonView:
    population = c.population or ALL
    if c.versus:
        population = f"{population} against {c.versus}"
    conventions = c.conventions
    if c.agreement is Agreement.CONVENTION:
        conventions = c.reproduced_by
    return ComparisonView(
        comparison=c,
        quantity=c.quantity,
        population=population,
        place=place_words(c.place, with_input=True),
        conventions=", ".join(conventions),
        verdict=_WORDS[c.agreement],
        tone={Agreement.DISAGREES: "error", Agreement.CONVENTION: "note"}.get(c.agreement, ""),
    )


def unlisted(audit: Audit) -> dict[str, str]:
    """For each check that lists fewer breaches than it counted, a sentence that says so."""
    listed: dict[str, int] = {}
    for finding in audit.findings:
        listed[finding.code] = listed.get(finding.code, 0) + 1
    return {
        run.code: f"{run.code} {run.name}: the first {listed.get(run.code, 0):,} of "
        f"{breaches(run):,} are listed; counts are exact."
        for run in audit.checks
        if breaches(run) > listed.get(run.code, 0)
    }


def breaches(run: CheckRun) -> int:
    """How many rows break a law of the cohort, listed or not."""
    return sum(run.breaches.values())


def evaluated(run: CheckRun) -> str:
    """How much a check of a cohort judged, and how much of it breaks the law."""
    if run.evaluated is None or run.outcome is Outcome.NOT_EVALUABLE:
        return ""
    found = breaches(run)
    return f"{run.evaluated:,} judged" + (
        f", {plural(found, 'breach', 'breaches')}" if found else ""
    )


def cohort_steps(audit: Audit) -> list[tuple[str, str, str]]:
    """The head of the report in figures: label, figure, share for its bar."""
    used = [t for t in audit.tables if t.standard]
    judging = [run for run in audit.checks if run.evaluated]
    of_cohort = [run for run in audit.checks if run.evaluated is not None]
    steps = [("rows read", f"{sum(t.rows for t in audit.tables):,}", "100%")]
    if subjects := max((t.subjects or 0 for t in audit.tables), default=0):
        steps.append(("subjects", f"{subjects:,}", "100%"))
    steps.append(
        (
            f"of {plural(len(audit.tables), 'table')} used",
            f"{len(used):,}",
            _share(used, audit.tables),
        )
    )
    if of_cohort:
        steps.append(
            (
                f"of {plural(len(of_cohort), 'check')} of the cohort had something to judge",
                f"{len(judging):,}",
                _share(judging, of_cohort),
            )
        )
    if audit.comparisons:
        compared = [c for c in audit.comparisons if c.agreement is not Agreement.NOT_COMPARED]
        steps.append(
            (
                f"of {plural(len(audit.comparisons), 'reported number')} compared",
                f"{len(compared):,}",
                _share(compared, audit.comparisons),
            )
        )
    return steps


def _share(part: Sized, whole: Sized) -> str:
    return f"{1000 * len(part) // len(whole) / 10:g}%" if whole else "0%"

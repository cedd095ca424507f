"""The ranges that a study declares: in place of those of a suite, and where a suite has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.check import Check, Subject
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort
from auditor.frames.suites_model import Expectation
from auditor.frames.suites_run import run
from auditor.frames.suites_types import TYPES
from auditor.study import Study

BETWEEN = "expect_column_values_to_be_between"
_DEFECT = "A value is outside the range that the study file declares."
_DOC = f"""{_DEFECT}

## What it does
Compares the columns of numbers for which the study file declares a range under [ranges], and for
which no suite has a range that the declared one replaces, with that range. Bounds belong to it;
missing values are left out.

## Why it matters
The range is what the study itself holds for plausible. A value outside it is a slip of entry, of
the unit or of the column, until a person has confirmed it.

## Example
With `DOSE = [10, 150]` under [ranges.exposures] a dose of 1000.

## References
ICH E9 Statistical Principles for Clinical Trials, 5.3 (missing values and outliers).
"""


def ranged(expectation: Expectation, study: Study) -> Expectation:
    """The expectation with the bounds that the study declares for its column, where it does."""
    if not _replaceable(expectation):
        return expectation
    declared = study.ranges.get((expectation.table, expectation.kwargs["column"]))
    if declared is None:
        return expectation
    kept = {k: v for k, v in expectation.kwargs.items() if not k.startswith("strict_")}
    bounds = {"min_value": declared[0], "max_value": declared[1]}
    return replace(expectation, kwargs={**kept, **bounds}, ranged_by=_file(study))


def further_ranges(study: Study, suites: Sequence[Expectation], source: str) -> Check:
    """The check of the declared ranges that replace none of these expectations' own."""
    known = {(e.table, e.kwargs["column"]) for e in suites if _replaceable(e)}
    made = tuple(
        _expectation(table, column, bounds, study)
        for (table, column), bounds in study.ranges.items()
        if (table, column) not in known
    )

    def outside_declared_range(cohort: Cohort) -> Iterator[Finding | Evaluated | Breaches]:
        if not made:
            raise NotEvaluable("the study file declares no range beside those of the suites")
        reasons = []
        for expectation in made:
            try:
                yield from run(expectation, cohort)
            except NotEvaluable as reason:
                reasons.append(str(reason))
        if reasons:
            raise NotEvaluable("; ".join(reasons))

    return Check(
        code="RNG501",
        name="value-outside-declared-range",
        function=outside_declared_range,
        doc=_DOC,
        source=source,
        subject=Subject.COHORT,
    )


def _replaceable(expectation: Expectation) -> bool:
    return expectation.type.name == BETWEEN and not expectation.fixed


def _expectation(table: str, column: str, bounds: tuple[float, float], study: Study) -> Expectation:
    return Expectation(
        file=_file(study),
        position=0,
        table=table,
        type=TYPES[BETWEEN],
        kwargs={"column": column, "min_value": bounds[0], "max_value": bounds[1]},
        code="RNG501",
        name="value-outside-declared-range",
        severity=Severity.WARNING,
        verdict=Verdict.QUERY,
        defect="A value is outside its range.",
        what="",
        why="",
        example="",
        references="",
        ranged_by=_file(study),
    )


def _file(study: Study) -> str:
    return study.file or "the study file"

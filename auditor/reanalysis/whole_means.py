"""Means and medians of variables that are whole numbers for each patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.finding import Place
from auditor.granularity.inputs import Scale
from auditor.lexicon.whole_numbers import (
    WholeVariable,
    is_age,
    only_statistics,
    printed_scale,
    whole_variable,
)
from auditor.manuscript import Manuscript
from auditor.reanalysis.completeness import nothing_missing
from auditor.reanalysis.printed_means import PrintedMean, printed_means
from auditor.reanalysis.spread_named import declared_spread
from auditor.reanalysis.summaries import arm_sizes
from auditor.reanalysis.text_means import means_in_text


@dataclass(frozen=True, slots=True)
class WholeMean:
    """A mean or median of whole numbers.

    Attributes:
        printed: with its place and number of patients.
        variable: what is counted or rated; ``label``: the words that say so.
        sizes: how many values there may be, the printed number of patients first.
        complete: where the paper says that nothing is missing, or None.
        scale: the values that one patient can have.
    """

    printed: PrintedMean
    variable: WholeVariable
    label: str
    sizes: range
    complete: Place | None
    scale: Scale

    @property
    def of_everybody(self) -> bool:
        """Whether every patient of the column has a value: a scale rated at the beginning."""
        return self.variable.everybody and not self.printed.later

    @property
    def certain(self) -> bool:
        """Whether the number of values is known."""
        return len(self.sizes) == 1


def whole_means(manuscript: Manuscript) -> Iterator[WholeMean]:
    """Those whose variable and number of patients are known: of tables, then of the text."""
    complete = nothing_missing(manuscript)
    declared = declared_spread(manuscript)
    for one, label, variable in (
        *_of_tables(manuscript, declared),
        *means_in_text(manuscript, declared),
    ):
        if one.n is None or one.n < 1 or one.change or one.doubt:
            continue
        yield WholeMean(
            one,
            variable,
            label,
            one.sizes(complete=complete is not None),
            complete,
            _scale(label, variable),
        )


def _of_tables(
    manuscript: Manuscript, declared: str
) -> Iterator[tuple[PrintedMean, str, WholeVariable]]:
    arms = arm_sizes(manuscript.tables)
    for reading in manuscript.tables:
        for one in printed_means(reading, declared, arms):
            named = named_variable(one.labels)
            if named is None or one.entry is None:
                continue
            label, variable = named
            # "Women" below "Grip strength" names those measured and not what is measured.
            if variable.binary and not all(only_statistics(g) for g in one.entry.row.groups):
                continue
            yield one, label, variable


def whole_ages(manuscript: Manuscript) -> Iterator[tuple[PrintedMean, Place | None]]:
    """Median ages with whole bounds beside them, in papers that print no age with a decimal but
    halves, and where the paper says that nothing is missing."""
    complete = nothing_missing(manuscript)
    ages = [
        one
        for reading in manuscript.tables
        for one in printed_means(reading)
        if one.statistic == "median" and one.n and not one.change and is_age(one.labels[0])
    ]
    numbers = [x for one in ages for x in (one.lower, one.upper) if x is not None]
    if any(x.decimals for x in numbers) or any(one.value.fraction * 2 % 1 for one in ages):
        return
    yield from ((one, complete) for one in ages if one.bounds_are == "range")


def named_variable(labels: tuple[str, ...]) -> tuple[str, WholeVariable] | None:
    """The variable that the innermost telling label names, and that label.

    Labels of statistics ("Mean ± SD") are passed over, others end the search: "Patients with
    relapse" below "Episodes" is another variable.
    """
    for label in labels:
        variable = whole_variable(label)
        if variable is not None:
            return label, variable
        if label and not only_statistics(label):
            return None
    return None


def _scale(label: str, variable: WholeVariable) -> Scale:
    """The narrowest bounds that label and lexicon give, in steps."""
    printed = printed_scale(label)
    least, greatest = (variable.least, variable.greatest) if printed is None else printed
    return Scale(
        variable.step,
        None if least is None else int(least / variable.step),
        None if greatest is None else int(greatest / variable.step),
    )

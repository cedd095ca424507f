"""What the models share: columns by kind, and pandera checks that carry their rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.frames.standard import Kind, StandardTable


def text(*rules: pa.Check, missing: Rule | None = None, required: bool = False) -> pa.Column:
    """A column of text. ``missing``: the rule that no value may be missing."""
    return _column(str, rules, missing, required=required)


def number(*rules: pa.Check, missing: Rule | None = None, required: bool = False) -> pa.Column:
    """A column of numbers; whole numbers are taken as well, text is not."""
    return _column(float, rules, missing, required=required)


def day() -> pa.Column:
    """A column of complete dates."""
    return _column("datetime64[ns]", (), None, required=False)


def one_of(rule: Rule, labels: Sequence[str]) -> pa.Check:
    """Every value is one of these labels."""
    return pa.Check.isin(list(labels), **_told(rule))


def within(rule: Rule, least: float, greatest: float, *, above: bool = False) -> pa.Check:
    """Every value lies within; ``above``: and is more than ``least``."""
    return pa.Check.in_range(least, greatest, include_min=not above, **_told(rule))


def at_least(rule: Rule, least: float) -> pa.Check:
    """Every value is ``least`` or more."""
    return pa.Check.ge(least, **_told(rule))


def whole(rule: Rule, least: int, greatest: int | None = None) -> pa.Check:
    """Every value is a whole number from ``least`` to ``greatest``."""

    def judge(values: pd.Series) -> pd.Series:
        right = (values % 1 == 0) & (values >= least)
        return right if greatest is None else right & (values <= greatest)

    return pa.Check(judge, **_told(rule))


def once(rule: Rule) -> pa.Check:
    """No value stands twice; missing values are not compared."""

    def judge(values: pd.Series) -> pd.Series:
        return ~values.duplicated(keep=False)

    return pa.Check(judge, **_told(rule))


def like(rule: Rule, pattern: str) -> pa.Check:
    """Every value is of this form, in capitals or not."""

    def judge(values: pd.Series) -> pd.Series:
        return values.str.fullmatch(pattern, case=False)

    return pa.Check(judge, **_told(rule))


def some(
    rule: Rule, right: Callable[[pd.DataFrame], pd.Series], labels: Sequence[str] = ()
) -> pa.Check:
    """A rule for those rows alone to which it applies (``Rule.applies``).

    ``right`` takes the frame and says which rows keep the rule. A frame without the rule's
    columns has no row to judge. ``labels``: what a value may be, for those who suggest one.
    """

    def judge(frame: pd.DataFrame) -> pd.Series:
        if rule.applies is None or not set(rule.columns) <= set(frame.columns):
            return pd.Series(data=True, index=frame.index)
        return ~rule.applies(frame) | right(frame)

    return pa.Check(judge, statistics={"allowed_values": list(labels)}, **_told(rule))


def names_of(table: StandardTable) -> dict[str, str]:
    """The SDTM names of the columns of a standard table, dates apart -> its own names.

    Dates are left out: those of SDTM are text that may be partial, and no pandas date.
    """
    return {
        column.names[0]: column.name
        for column in table.columns
        if column.names and column.kind is not Kind.DATE
    }


def _column(
    kind: Any, rules: Sequence[pa.Check], missing: Rule | None, *, required: bool
) -> pa.Column:
    # Whole numbers are coerced to float, so that a column of them is as good; the coercion of
    # text that is no number fails, and pandera says so.
    return pa.Column(
        kind,
        checks=list(rules),
        nullable=missing is None,
        required=required,
        coerce=True,
        metadata={"not_nullable": missing} if missing else None,
    )


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.label,
        "title": rule.states,
        "description": rule.doc,
        "error": f"{rule.label}: {rule.breach}",
    }

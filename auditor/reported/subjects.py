"""The subjects of a population: which rows of the patients table its terms take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.claims import Population
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort, Table
from auditor.study import Group

if TYPE_CHECKING:
    import pandas as pd

GROUP = "group"
"""Attribute of a term that names a group of the study instead of a column."""

_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)")
_BOUND = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\d+(?:\.\d+)?)")


def restricted(cohort: Cohort, population: Population) -> Cohort:
    """The cohort with the subjects of a population alone, in every table.

    Raises:
        NotEvaluable: a term cannot be applied; the text says why.
    """
    if not population.terms:
        return cohort
    patients = cohort.need("patients", "USUBJID")
    mask = selected(cohort, population)
    keep = set(patients.frame.loc[mask, "USUBJID"])
    tables = {
        name: _rows(table, mask if name == "patients" else table.frame["USUBJID"].isin(keep))
        for name, table in cohort.tables.items()
    }
    return replace(cohort, tables=tables)


def selected(cohort: Cohort, population: Population) -> pd.Series[bool]:
    """For each row of the patients table whether it belongs to the population.

    Raises:
        NotEvaluable: there is no such column, or a range of what is no number.
    """
    import pandas as pd

    patients = cohort.need("patients", "USUBJID")
    mask = pd.Series(True, index=patients.frame.index)
    groups = {group.name: group for group in cohort.study.groups}
    for attribute, value in population.terms:
        if attribute == GROUP and value in groups:
            mask &= _of_group(patients, groups[value])
        else:
            mask &= has_value(patients, attribute, value)
    return mask


def category(table: Table, name: str) -> pd.Series | None:
    """A column of a table, standard or as delivered; None where there is none."""
    if name in table.frame.columns:
        return table.frame[name]
    delivered = table.delivered.frame
    if name in delivered.columns:
        column: pd.Series = delivered.loc[table.frame.index, name]
        return column
    return None


def has_value(table: Table, name: str, value: str) -> pd.Series[bool]:
    """Where a column has a value; of a column of numbers also a range: "0-1", ">= 65".

    Raises:
        NotEvaluable: there is no such column, or a range of what is no number.
    """
    from pandas.api.types import is_numeric_dtype

    column = category(table, name)
    if column is None:
        raise NotEvaluable(f"the patients table has no column {name}")
    if not is_numeric_dtype(column):
        return column.astype("string").str.strip().eq(value).fillna(False).astype(bool)
    if found := _RANGE.fullmatch(value):
        return column.between(float(found[1]), float(found[2]))
    if found := _BOUND.fullmatch(value):
        compare = {"<": column.lt, "<=": column.le, ">": column.gt, ">=": column.ge}
        sign = found[1].replace("≤", "<=").replace("≥", ">=")
        return compare[sign](float(found[2]))
    try:
        return column.eq(float(value))
    except ValueError:
        raise NotEvaluable(f"{name} holds numbers, and '{value}' is none") from None


def _of_group(patients: Table, group: Group) -> pd.Series[bool]:
    import pandas as pd

    mask = pd.Series(True, index=patients.frame.index)
    for column, values in group.where.items():
        one_of = pd.Series(False, index=patients.frame.index)
        for value in values:
            one_of |= has_value(patients, column, value)
        mask &= one_of
    return mask


def _rows(table: Table, mask: pd.Series[bool]) -> Table:
    frame = table.frame.loc[mask]

    def cut(series: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
        return {name: values.loc[frame.index] for name, values in series.items()}

    return replace(table, frame=frame, earliest=cut(table.earliest), latest=cut(table.latest))

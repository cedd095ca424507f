"""Cohorts made of data frames, for the tests of endpoints."""

from __future__ import annotations

import pandas as pd

from auditor.frames.cohort import Cohort, Table
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import Kind, standard_table
from auditor.study import Study


def make_cohort(study: Study | None = None, **frames: pd.DataFrame) -> Cohort:
    """A cohort whose tables hold these columns, all of them under their standard names."""
    tables = {name: make_table(name, frame) for name, frame in frames.items()}
    delivered = tuple(table.delivered for table in tables.values())
    return Cohort(Extract("test", (), delivered), study or Study(), tables)


def make_table(name: str, frame: pd.DataFrame) -> Table:
    kinds = {column.name: column.kind for column in standard_table(name).columns}
    frame = frame.reset_index(drop=True)
    arranged: dict[str, pd.Series] = {}
    for column in frame.columns:
        kind = kinds.get(column)
        if kind is Kind.DATE:
            arranged[column] = pd.to_datetime(frame[column])
        elif kind is Kind.NUMBER:
            arranged[column] = pd.to_numeric(frame[column]).astype("float64")
        elif kind is not None:
            values = frame[column].astype(object)
            arranged[column] = values.where(values.notna(), None)
    return Table(
        name=name,
        delivered=Delivered(name, f"{name}.csv", "csv", frame),
        frame=pd.DataFrame(arranged, index=frame.index),
        columns={column: column for column in arranged},
    )

"""Cohorts made of data frames, for the tests of endpoints."""

from __future__ import annotations

from pathlib import Path

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


def admiralonco(folder: Path, study: Study | None = None) -> Cohort:
    """The cohort of ``recist/`` in the folder of public cohorts."""
    patients = pd.read_csv(folder / "recist" / "rsonco_inv_adsl_input.csv")
    responses = pd.read_csv(folder / "recist" / "rsonco_inv_rs_input.csv").rename(
        columns={
            "RSTESTCD": "PARAMCD",
            "RSSTRESC": "AVALC",
            "RSDTC": "ADT",
            "RSSEQ": "SEQ",
            "RSCAT": "CAT",
            "RSEVAL": "EVAL",
            "RSEVALID": "EVALID",
            "RSACPTFL": "ACPTFL",
        }
    )
    day = pd.to_datetime(responses["ADT"], format="%Y-%m-%d", errors="coerce")
    month = pd.to_datetime(responses["ADT"], format="%Y-%m", errors="coerce")
    cohort = make_cohort(study, patients=patients, responses=responses.assign(ADT=day))
    table = cohort.tables["responses"]
    return Cohort(
        cohort.extract,
        cohort.study,
        {
            **cohort.tables,
            "responses": Table(
                table.name,
                table.delivered,
                table.frame,
                table.columns,
                earliest={"ADT": day.fillna(month)},
                latest={"ADT": day.fillna(month + pd.offsets.MonthEnd(0))},
            ),
        },
    )

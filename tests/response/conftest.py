"""Small cohorts of responses and lesions, from frames as they stand in the tests."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest

from auditor.frames.cohort import Cohort, Table
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import Kind, standard_table
from auditor.study import Study

START = date(2020, 1, 1)
CohortMaker = Callable[..., Cohort]


@pytest.fixture
def make_cohort() -> CohortMaker:
    """Standard tables by name, each a mapping of column to values; dates are ISO 8601 text."""
    return build


def build(study: Study | None = None, **tables: Mapping[str, Sequence[object]]) -> Cohort:
    """A cohort of these tables."""
    standard = {name: build_table(name, pd.DataFrame(columns)) for name, columns in tables.items()}
    return Cohort(Extract("extract", (), ()), study or Study(), standard)


def build_table(name: str, delivered: pd.DataFrame) -> Table:
    """A standard table of columns that already have standard names."""
    frame, earliest, latest = delivered.copy(), {}, {}
    known = {column.name: column.kind for column in standard_table(name).columns}
    names = [str(column) for column in delivered.columns if column in known]
    frame = frame[names]
    for column in names:
        if known[column] is Kind.DATE:
            bounds = [_bounds(value) for value in delivered[column]]
            first = pd.Series([b[0] for b in bounds], index=frame.index, dtype="datetime64[ns]")
            last = pd.Series([b[1] for b in bounds], index=frame.index, dtype="datetime64[ns]")
            earliest[column], latest[column] = first, last
            frame[column] = first.where(first == last)
        elif known[column] is Kind.NUMBER:
            frame[column] = delivered[column].astype("float64")
        else:
            text = delivered[column].astype(object)
            frame[column] = text.where(text.notna() & (text != ""), None)
    return Table(
        name=name,
        delivered=Delivered(name, f"{name}.csv", "csv", delivered),
        frame=frame,
        columns={column: column for column in names},
        earliest=earliest,
        latest=latest,
    )


def _bounds(value: object) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    text = str(value) if isinstance(value, (str, date)) else ""
    if not (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text[:10])):
        return None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return pd.Timestamp(first), pd.Timestamp(last)


@pytest.fixture
def responses_of() -> Callable[[str], Cohort]:
    """One patient, started on day 0, with responses such as "PR@20 NE@41 PR@60"."""

    def make(sequence: str, **patient: object) -> Cohort:
        parts = [part.rsplit("@", 1) for part in sequence.split()]
        dates = [
            (START + timedelta(days=int(day))).isoformat()
            if re.fullmatch(r"-?\d{1,4}", day) and not re.fullmatch(r"\d{4}", day)
            else day
            for _, day in parts
        ]
        return build(
            patients={"USUBJID": ["01"], "RANDDT": [START.isoformat()]}
            | {name: [value] for name, value in patient.items()},
            responses={
                "USUBJID": ["01"] * len(parts),
                "AVALC": [label for label, _ in parts],
                "ADT": dates,
                "SEQ": [float(n) for n in range(len(parts))],
            },
        )

    return make

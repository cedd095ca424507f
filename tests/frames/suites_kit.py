"""What the tests of suites share: expectations and cohorts made in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from auditor.check import Check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table, Unread
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import Kind, standard_table
from auditor.frames.suites_model import Expectation
from auditor.frames.suites_types import TYPES
from auditor.study import Study

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"


def expectation(kind: str, table: str = "patients", **kwargs: Any) -> Expectation:
    """An expectation of a type, for a table."""
    return Expectation(
        file="patients.json",
        position=0,
        table=table,
        type=TYPES[kind],
        kwargs=kwargs,
        code="TST901",
        name="test-defect",
        severity=Severity.WARNING,
        verdict=Verdict.QUERY,
        defect="Something is wrong.",
        what="",
        why="It matters.",
        example="Such as this.",
        references="A book.",
    )


def frame_of(table: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame as ``standardise`` makes them: text as objects, numbers float64, days datetime64."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    frame = pd.DataFrame(rows, columns=names)
    for name in names:
        kind = standard_table(table).column(name).kind
        if kind is Kind.NUMBER:
            frame[name] = frame[name].astype("float64")
        elif kind is Kind.DATE:
            frame[name] = pd.to_datetime(frame[name])
        else:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    return frame


def cohort_of(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    study: Study | None = None,
    earliest: Mapping[str, pd.Series] | None = None,
    unread: tuple[Unread, ...] = (),
) -> Cohort:
    """A cohort of tables given by their rows, under standard names."""
    made, delivered = {}, []
    for name, rows in tables.items():
        frame = frame_of(name, rows)
        given = Delivered(name=f"d_{name}", input=f"{name}.csv", kind="csv", frame=frame)
        columns = {str(column): str(column) for column in frame.columns}
        made[name] = Table(name, given, frame, columns, earliest=earliest or {}, unread=unread)
        delivered.append(given)
    extract = Extract("test", (), tuple(delivered))
    return Cohort(extract=extract, study=study or Study(), tables=made)


def outcome(check: Check, cohort: Cohort) -> tuple[int, list[Finding], str]:
    """Rows judged, findings, and why it was not evaluable."""
    judged, findings = 0, []
    try:
        for item in check(cohort):
            if isinstance(item, Evaluated):
                judged += item.rows
            elif isinstance(item, Breaches):
                findings += [item.finding(row) for row in item.rows]
            elif isinstance(item, Finding):
                findings.append(item)
    except NotEvaluable as reason:
        return 0, [], str(reason)
    return judged, findings, ""

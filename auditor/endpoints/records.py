"""What each subject's own records give: derived responses, times and lesion responses as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from auditor.conventions import ResponseConvention
from auditor.endpoints.lesion_responses import time_points
from auditor.endpoints.response_dates import ResponseSummary, responses_by_subject
from auditor.endpoints.times import event_times
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

HEADER = (
    "USUBJID", "PARAMCD", "AVALC", "STARTDT", "ADT", "AVAL", "CNSR", "REASON",
    "EVAL", "EVALID", "VISIT", "CONVENTION",
)  # fmt: skip

RESPONSES = {
    "BOR": ("best", "best_date"),
    "CBOR": ("confirmed_best", "confirmed_best_date"),
    "RSP": (None, "first_response_date"),
    "CRSP": (None, "confirmed_response_date"),
    "CB": ("benefit", "benefit_date"),
    "CCB": ("confirmed_benefit", "confirmed_benefit_date"),
    "PD": (None, "first_pd_date"),
    "LSTA": ("last_assessment", "last_assessment_date"),
}
"""PARAMCD -> columns of the summary with value (None: whether there is a date) and date."""

TIMES = {
    "OS": ("OS", None),
    "PFS": ("PFS", None),
    "TTP": ("TTP", None),
    "RSD": ("DoR", False),
    "CRSD": ("DoR", True),
}
"""PARAMCD -> endpoint, and whether the response must be confirmed (None: as the study says)."""

_SUBJECT_ORDER = {name: rank for rank, name in enumerate((*RESPONSES, *TIMES, "LESOVR"))}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Records:
    """Derived records, one a row under ``HEADER``, and why some were not derived."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def derived_records(cohort: Cohort) -> Records:
    """The records of every subject under the study's conventions, in the order of PARAMCD.

    BOR, CBOR, RSP, CRSP, CB, CCB, PD, LSTA from the responses at visits; OS, PFS, TTP, RSD and
    CRSD (duration of response, of confirmed response) in days, CNSR 0 for an event; LESOVR, the
    overall response at each time point from the lesions. These are values of patients.
    """
    rows: list[Row] = []
    notes: list[str] = []
    for part in (_responses, _times, _lesions):
        rows += part(cohort, notes)
    order = {str(s): n for n, s in enumerate(_subjects(cohort))}
    rows.sort(key=lambda r: (_SUBJECT_ORDER[r["PARAMCD"]], order.get(r["USUBJID"], len(order))))
    return Records(tuple(rows), tuple(dict.fromkeys(notes)))


def to_csv(records: Records) -> str:
    """The records as CSV; text that a spreadsheet would take for a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for row in records.rows:
        writer.writerow([_inert(row.get(name, "")) for name in HEADER])
    return out.getvalue()


def _inert(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _subjects(cohort: Cohort) -> list[str]:
    if "patients" not in cohort.tables:
        return []
    return list(cohort.tables["patients"].frame["USUBJID"].dropna())


def _responses(cohort: Cohort, notes: list[str]) -> Iterator[Row]:
    convention = cohort.study.response
    try:
        summary = responses_by_subject(cohort, convention)
    except NotEvaluable as why:
        notes.append(f"responses are not derived: {why}")
        return
    notes += summary.notes
    for code, (value, date) in RESPONSES.items():
        yield from _of_summary(summary, code, value, date, convention)


def _of_summary(
    summary: ResponseSummary,
    code: str,
    value: str | None,
    date: str,
    convention: ResponseConvention,
) -> Iterator[Row]:
    dates = summary.frame[date]
    values = dates.notna() if value is None else summary.frame[value]
    for subject, label, day in zip(summary.frame.index, values, dates, strict=True):
        text = ("Y" if label else "N") if isinstance(label, bool) else str(label)
        yield {
            "USUBJID": str(subject),
            "PARAMCD": code,
            "AVALC": text,
            "ADT": _day(day),
            "CONVENTION": convention.name,
        }


def _times(cohort: Cohort, notes: list[str]) -> Iterator[Row]:
    study = cohort.study
    for code, (endpoint, confirmed) in TIMES.items():
        convention = study.response
        if confirmed is not None:
            convention = replace(convention, confirmed=confirmed)
        try:
            found = event_times(cohort, endpoint, study.survival, convention)
        except NotEvaluable as why:
            notes.append(f"{code} is not derived: {why}")
            continue
        notes += [f"{code}: {note}" for note in found.notes]
        for row in found.frame.to_dict("records"):
            yield {
                "USUBJID": str(row["USUBJID"]),
                "PARAMCD": code,
                "STARTDT": _day(row["start"]),
                "ADT": _day(row["date"]),
                "AVAL": "" if pd.isna(row["days"]) else str(int(row["days"])),
                "CNSR": "0" if row["event"] else "1",
                "REASON": str(row["reason"]),
                "CONVENTION": "; ".join(found.rules),
            }


def _lesions(cohort: Cohort, notes: list[str]) -> Iterator[Row]:
    if "lesions" not in cohort.tables:
        return
    try:
        points = time_points(cohort)
    except NotEvaluable as why:
        notes.append(f"lesions give no response: {why}")
        return
    for row in points.frame[~points.frame["baseline"]].to_dict("records"):
        yield {
            "USUBJID": str(row["USUBJID"]),
            "PARAMCD": "LESOVR",
            "AVALC": str(row["overall"]),
            "ADT": _span(row["first"], row["last"]),
            "EVAL": _text(row["EVAL"]),
            "EVALID": _text(row["EVALID"]),
            "VISIT": _text(row["name"]) or _text(row["number"]),
            "CONVENTION": "RECIST 1.1",
        }


def _day(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}"


def _span(first: Any, last: Any) -> str:
    """A day, or the month or year within which it lies, in ISO 8601."""
    if pd.isna(first) or pd.isna(last) or first == last:
        return _day(first if first == last else pd.NaT)
    if first.year != last.year:
        return ""
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)

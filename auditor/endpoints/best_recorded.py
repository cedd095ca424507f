"""Recorded best responses beside the derived ones, and which convention explains a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from auditor.conventions import RESPONSE_CONVENTIONS, ResponseConvention
from auditor.endpoints.lesion_readings import upper
from auditor.endpoints.response_dates import BEST, ResponseSummary, responses_by_subject
from auditor.endpoints.response_records import of_criteria
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

WINDOWS = (0, 28, 35, 42, 49, 56)
"""Least days before SD counts, as protocols have them ("in general not less than 6-8 weeks")."""

NO_DATA = ("MISSING", "NE", "NA", "ND", "UNKNOWN", "NOT EVALUABLE", "UNK", "")
"""What is written for a patient without assessment."""


@dataclass(frozen=True, slots=True, eq=False)
class BestBeside:
    """Recorded best responses of one table.

    Attributes:
        table: standard table that holds them ("best_responses" or "patients").
        column: standard column.
        frame: index: row of the table. ``subject``, ``recorded``, ``parameter`` ("BOR", "CBOR"),
            ``derived`` under the study's convention, ``alternative``: name of the convention
            that explains the record instead, or "", ``assessed``: number of assessments.
        convention: name of the convention, with how it was read ("confirmed").
    """

    table: str
    column: str
    frame: pd.DataFrame
    convention: str


def best_beside_derived(cohort: Cohort) -> tuple[BestBeside, ...]:
    """Every recorded best response with the derived one, by table.

    A subject with an assessment that cannot be placed in time, or whose label is no response, is
    left out. Another convention
    is named only where it explains more of the whole table than the study's own does: a slip
    must not be excused by a convention that nothing else in the table follows.

    Raises:
        NotEvaluable: no best response is recorded, or none can be derived.
    """
    found = [*_from_parameters(cohort), *_from_patients(cohort)]
    if not found:
        raise NotEvaluable("the extract records no best overall response")
    judged = [beside for beside in found if len(beside.frame)]
    if not judged:
        raise NotEvaluable("no recorded best overall response can be derived from assessments")
    return tuple(judged)


def _from_parameters(cohort: Cohort) -> Iterator[BestBeside]:
    if not cohort.has("best_responses", "USUBJID", "PARAMCD", "AVALC"):
        return
    table = cohort.tables["best_responses"]
    frame = table.frame[of_criteria(table, cohort.study.criteria)]
    codes = upper(frame, "PARAMCD")
    confirmed = cohort.study.response.confirmed
    said = pd.DataFrame(
        {
            "subject": frame["USUBJID"].astype(object),
            "recorded": upper(frame, "AVALC"),
            "parameter": codes.where(codes == "CBOR", "CBOR" if confirmed else "BOR"),
            "code": codes,
            "evaluator": upper(frame, "EVALID").where(
                upper(frame, "EVALID") != "", upper(frame, "EVAL")
            ),
        }
    )
    for evaluator, rows in said.groupby("evaluator", sort=True):
        yield from _judged(cohort, "best_responses", "AVALC", rows, str(evaluator))


def _from_patients(cohort: Cohort) -> Iterator[BestBeside]:
    if not cohort.has("patients", "USUBJID", "BOR"):
        return
    frame = cohort.tables["patients"].frame
    parameter = "CBOR" if cohort.study.response.confirmed else "BOR"
    said = pd.DataFrame(
        {
            "subject": frame["USUBJID"].astype(object),
            "recorded": upper(frame, "BOR"),
            "parameter": parameter,
            "code": "BOR",
        }
    )
    yield from _judged(cohort, "patients", "BOR", said, "")


def _judged(
    cohort: Cohort, table: str, column: str, said: pd.DataFrame, evaluator: str
) -> Iterator[BestBeside]:
    convention = cohort.study.response
    try:
        summary = responses_by_subject(cohort, _read_by(cohort, convention, evaluator))
    except NotEvaluable:
        if evaluator:  # a committee's conclusion has no assessments of its own
            return
        raise
    frame = summary.frame
    sure = (frame["undated"] == 0) & (frame["unread"] == 0) & frame["start_date"].notna()
    known = frame[sure]
    written = said[said["subject"].isin(known.index) & (said["recorded"] != "")]
    for _, rows in written.groupby("code", sort=True):
        rows = rows.assign(  # noqa: PLW2901  one name for the rows, before and after
            derived=_derived(summary, rows),
            assessed=summary.frame["assessed"].reindex(rows["subject"]).to_numpy(),
            alternative="",
        )
        wrong = _wrong(rows, rows["derived"])
        if wrong.any():
            name, explained = _alternative(cohort, rows, int(wrong.sum()), evaluator)
            rows["alternative"] = explained.where(wrong, other=False).map({True: name, False: ""})
        yield BestBeside(table, column, rows, convention.name)


def _read_by(cohort: Cohort, convention: ResponseConvention, evaluator: str) -> ResponseConvention:
    """The convention for the assessments of this evaluator, where responses name any."""
    if not evaluator or convention.evaluator or not cohort.has("responses", "EVAL"):
        return convention
    named = set(upper(cohort.tables["responses"].frame, "EVAL")) - {""}
    return replace(convention, evaluator=evaluator) if len(named) > 1 else convention


def _derived(summary: ResponseSummary, rows: pd.DataFrame, *, flip: bool = False) -> pd.Series[str]:
    confirmed = (rows["parameter"] == "CBOR") != (flip & (rows["code"] != "CBOR"))
    frame = summary.frame.reindex(rows["subject"])
    best = pd.Series(frame["best"].to_numpy(), index=rows.index)
    return best.where(~confirmed, pd.Series(frame["confirmed_best"].to_numpy(), index=rows.index))


def _wrong(rows: pd.DataFrame, derived: pd.Series[str]) -> pd.Series[bool]:
    nothing = (rows["assessed"] == 0) & rows["recorded"].isin(NO_DATA)
    return (rows["recorded"] != derived) & ~nothing & rows["recorded"].isin(BEST)


def _alternative(
    cohort: Cohort, rows: pd.DataFrame, wrong: int, evaluator: str
) -> tuple[str, pd.Series[bool]]:
    """The convention that leaves the fewest records unexplained, if fewer than the study's own."""
    least, name = wrong, ""
    explained = pd.Series(data=False, index=rows.index)
    for convention in _candidates(cohort.study.response):
        try:
            summary = responses_by_subject(cohort, _read_by(cohort, convention, evaluator))
        except NotEvaluable:
            continue
        for flip in (False, True):
            missed = _wrong(rows, _derived(summary, rows, flip=flip))
            if missed.sum() < least:
                least, explained = int(missed.sum()), ~missed
                confirmed = rows["parameter"].iloc[0] == "CBOR"
                word = "unconfirmed" if confirmed else "confirmed"
                name = f"{convention.name}, {word}" if flip else convention.name
    return name, explained


def _candidates(own: ResponseConvention) -> Iterator[ResponseConvention]:
    """Conventions that a table may follow instead, the nearest first."""
    registered = [c for c in RESPONSE_CONVENTIONS.values() if c != own]
    for base in (own, *registered):
        base = replace(base, evaluator=own.evaluator)  # noqa: PLW2901
        yield base
        for days in WINDOWS:
            if days != base.sd_window_days:
                name = f"{base.name}, SD from day {days}"
                yield replace(base, sd_window_days=days, name=name)
        for start in ("RANDDT", "TRTSDT"):
            if start != base.start:
                yield replace(base, start=start, name=f"{base.name}, days from {start}")

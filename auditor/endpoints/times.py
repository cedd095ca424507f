"""Times from a start to an event or to censoring, one a subject, under named rules."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from auditor.conventions import ResponseConvention, SurvivalConvention
from auditor.endpoints.response_dates import ResponseSummary, responses_by_subject
from auditor.endpoints.response_records import start_column
from auditor.endpoints.wording import counted
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort, Table

ENDPOINTS = ("OS", "PFS", "TTP", "DoR", "TTR")
DAYS_PER = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
"""Length of a unit of time in days; a month is a twelfth of 365.25 days."""

PROGRESSION, DEATH = "progression", "death"
ALIVE, ASSESSED, STARTED, RESPONDED = "last known alive", "last assessment", "start", "response"


@dataclass(frozen=True, slots=True, eq=False)
class EventTimes:
    """Times of one endpoint.

    Attributes:
        frame: one row a subject, in the order of the patients table: USUBJID, start, date (of
            event or censoring), days (``date - start``, plus one where the convention counts
            both days), event (bool), reason (``PROGRESSION``, ``DEATH``, ``RESPONDED`` for events;
            ``ALIVE``, ``ASSESSED``, ``STARTED`` say at what a time is censored).
        rules: the conventions by name, for estimates.
        notes: who was left out and why, and what was decided, free of values.
    """

    frame: pd.DataFrame
    rules: tuple[str, ...]
    notes: tuple[str, ...]


def times(
    cohort: Cohort, endpoint: str, survival: SurvivalConvention, response: ResponseConvention
) -> pd.DataFrame:
    """The ``frame`` of ``event_times``."""
    return event_times(cohort, endpoint, survival, response).frame


def event_times(
    cohort: Cohort,
    endpoint: str,
    survival: SurvivalConvention,
    response: ResponseConvention,
    *,
    responding: ResponseSummary | None = None,
    censored: ResponseSummary | None = None,
) -> EventTimes:
    """Times of every patient (DoR, TTR: of every responder), derived from dates.

    OS: start to death; censored at the later of last known alive and start.
    PFS: start to the earlier of progression and death; censored at the later of last assessment
    and start. TTP: the same for progression alone. DoR: from the first response (the first that
    is confirmed, where the convention confirms) as PFS. TTR: start to that response.
    Where new anticancer therapy censors, only what comes before its day counts: progression,
    death, and the assessment at which PFS, TTP and DoR are censored (not OS). Who responds, and
    when, is for ``response`` to say, as in the rates: a response after the therapy that counts
    there has a DoR censored on its first day.
    ``responding``, ``censored``: the responses under ``response`` and under
    ``censoring(response, survival)``, where they are there already.

    Raises:
        NotEvaluable: a table or column is absent.
        KeyError: there is no such endpoint.

    References:
        FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics, 2018,
        appendix C; EMA, Appendix 1 to the guideline on anticancer medicinal products, 2012;
        admiralonco, vignette "Creating ADTTE".
    """
    if endpoint not in ENDPOINTS:
        raise KeyError(endpoint)
    if endpoint == "OS":
        frame, rules, notes = _overall_survival(cohort, response)
    elif endpoint == "TTR":
        responding = responding or responses_by_subject(cohort, response)
        frame, rules, notes = _to_response(response, responding)
    else:
        under = censoring(response, survival)
        censored = censored or responses_by_subject(cohort, under)
        start = censored.frame["start_date"]
        if endpoint == "DoR":
            if responding is None:
                same = response.new_therapy == under.new_therapy
                responding = censored if same else responses_by_subject(cohort, response)
            kind = "confirmed" if response.confirmed else "first"
            start = responding.frame[f"{kind}_response_date"]
        frame, rules, notes = _progression(cohort, endpoint, survival, response, censored, start)
    frame, left_out = _counted(frame, survival)
    days = "days + 1" if survival.plus_one else "days"
    early = ("earlier ends at start",) if survival.before_start == "at-start" else ()
    return EventTimes(frame, ("derived", *rules, days, *early), notes + left_out)


def censoring(response: ResponseConvention, survival: SurvivalConvention) -> ResponseConvention:
    """The response convention, with new anticancer therapy as the survival convention has it."""
    return replace(response, new_therapy=survival.new_therapy)


_Derived = tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]


def _overall_survival(cohort: Cohort, response: ResponseConvention) -> _Derived:
    patients = cohort.need("patients", "USUBJID", "DTHDT")
    started, notes = start_column(patients, response)
    alive = next((c for c in ("LSTALVDT", "EOSDT") if patients.has(c)), None)
    if alive is None:
        raise NotEvaluable("the patients have no date last known alive (LSTALVDT)")
    if alive != "LSTALVDT":
        notes += (f"OS is censored at {alive}; there is no LSTALVDT",)
    people = people_of(patients)
    frame = _frame(people.index, people[started])
    dead, unknown, said = _deaths(patients, people, response.impute_day)
    last, reason = _later(people[alive], frame["start"], ALIVE)
    _settle(frame, [(dead, DEATH)], last, reason)
    frame.loc[unknown, "date"] = pd.NaT
    return frame, (f"from {started}", f"censored at {alive}"), notes + said


def _progression(
    cohort: Cohort,
    endpoint: str,
    survival: SurvivalConvention,
    response: ResponseConvention,
    summary: ResponseSummary,
    start: pd.Series,
) -> _Derived:
    """PFS, TTP or DoR, from ``start``."""
    of_responders = endpoint == "DoR"
    dates = summary.frame
    patients = cohort.need("patients", "USUBJID")
    people = people_of(patients).reindex(dates.index)
    notes = summary.notes
    rules = [response.name, f"from {summary.start}", "censored at last assessment"]
    if of_responders:
        rules[1] = "from confirmed response" if response.confirmed else "from first response"
    frame = _frame(dates.index, start)
    events = [(dates["first_pd_date"], PROGRESSION)]
    unknown = pd.Series(data=False, index=dates.index)
    if endpoint != "TTP":
        patients.need("DTHDT")
        dead, unknown, said = _deaths(patients, people, response.impute_day)
        therapy = dates["new_therapy_date"]
        events.append((dead.where(therapy.isna() | (dead < therapy)), DEATH))
        unknown &= therapy.isna()  # who had a new therapy died after it began
        notes += said
    if survival.new_therapy == "censor":
        rules.append("censored at new anticancer therapy")
    # A response is an assessment itself.
    last, reason = _later(dates["last_assessment_date"], start, ASSESSED, tie=of_responders)
    _settle(frame, events, last, reason)
    # Without a date of death there is no time, unless the progression came first.
    frame.loc[unknown & (frame["reason"] != PROGRESSION), "date"] = pd.NaT
    if of_responders:
        therapy = dates["new_therapy_date"]
        late = start.notna() & therapy.notna() & (start >= therapy)
        # With no assessment before the therapy there is no day to censor at.
        never = late & dates["last_assessment_date"].isna() & ~frame["event"]
        for mask, what in (
            (late & ~never, "counted for one day: the response came after new anticancer therapy"),
            (never, "left out: no assessment before new anticancer therapy"),
        ):
            if mask.any():
                notes += (f"{counted(int(mask.sum()), 'subject')} {what}",)
        frame = frame[frame["start"].notna() & ~never]
    return frame, tuple(rules), notes


def _to_response(response: ResponseConvention, summary: ResponseSummary) -> _Derived:
    dates = summary.frame
    kind = "confirmed" if response.confirmed else "first"
    frame = _frame(dates.index, dates["start_date"])
    frame["date"] = dates[f"{kind}_response_date"]
    frame = frame[frame["date"].notna()]
    frame["event"], frame["reason"] = True, RESPONDED
    rules = (response.name, f"from {summary.start}", f"to {kind} response", "responders")
    return frame, rules, summary.notes


def people_of(patients: Table) -> pd.DataFrame:
    """The rows of patients by subject, the first of each; ``_row`` is the row delivered."""
    frame = patients.frame.dropna(subset=["USUBJID"]).drop_duplicates("USUBJID")
    people = frame.set_index(frame["USUBJID"].astype(str))
    people.insert(0, "_row", frame.index.to_numpy())
    return people


def _frame(subjects: pd.Index, start: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(index=pd.Index(subjects, name="USUBJID"))
    frame["start"] = start.to_numpy()
    frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    frame["event"] = False
    frame["reason"] = ""
    return frame


def _settle(
    frame: pd.DataFrame,
    events: list[tuple[pd.Series, str]],
    censored: pd.Series,
    censored_by: pd.Series,
) -> None:
    """Fill in the earliest event (the first named of one day), else the censoring."""
    frame["date"], frame["reason"] = censored, censored_by
    earliest = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    for date, reason in events:
        sooner = date.notna() & (earliest.isna() | (date < earliest))
        earliest = earliest.where(~sooner, date)
        frame.loc[sooner, "reason"] = reason
    frame["event"] = earliest.notna()
    frame["date"] = frame["date"].where(~frame["event"], earliest)


def _later(
    date: pd.Series, start: pd.Series, name: str, *, tie: bool = False
) -> tuple[pd.Series, pd.Series]:
    """The later of a date and the start, and which it is: the start, unless ``tie`` says else."""
    date = pd.Series(date.to_numpy(), index=start.index)
    after = date.notna() & (start.isna() | (date > start) | (tie & (date == start)))
    reason = pd.Series(np.where(after, name, STARTED), index=start.index)
    return start.where(~after, date), reason


def _deaths(
    patients: Table, people: pd.DataFrame, impute: str
) -> tuple[pd.Series, pd.Series, tuple[str, ...]]:
    """Dates of death, who died on an unknown day, and what was decided."""
    dead = people["DTHDT"]
    first, last = patients.earliest.get("DTHDT"), patients.latest.get("DTHDT")
    partial = pd.Series(data=False, index=people.index)
    notes: tuple[str, ...] = ()
    if first is not None and last is not None:
        rows = people["_row"].to_numpy()
        low = pd.Series(first.reindex(rows).to_numpy(), index=people.index)
        high = pd.Series(last.reindex(rows).to_numpy(), index=people.index)
        partial = dead.isna() & low.notna()
        within_month = partial & (low.dt.to_period("M") == high.dt.to_period("M"))
        if impute != "none" and within_month.any():
            dead = dead.where(~within_month, high if impute == "last" else low)
            notes = (f"dates of death without day: the {impute} of the month is taken",)
    flagged = people["DTHFL"] == "Y" if "DTHFL" in people.columns else partial
    return dead, (flagged | partial) & dead.isna(), notes


def _counted(
    frame: pd.DataFrame, survival: SurvivalConvention
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Days of those who have both dates in order; the others are left out and counted."""
    notes: list[str] = []
    early = frame["date"] < frame["start"]
    if survival.before_start == "at-start" and early.any():
        frame["date"] = frame["date"].where(~early, frame["start"])
        who = counted(int(early.sum()), "subject")
        notes.append(f"{who} with an event or a censoring before the start: counted at the start")
    for mask, why in (
        (frame["start"].isna(), "no date to count from"),
        (frame["start"].notna() & frame["date"].isna(), "no date of the event"),
        (frame["date"] < frame["start"], "an event or a censoring before the start"),
    ):
        if mask.any():
            notes.append(f"{counted(int(mask.sum()), 'subject')} left out: {why}")
    frame = frame[frame["date"] >= frame["start"]].reset_index()
    days = (frame["date"] - frame["start"]).dt.days + int(survival.plus_one)
    frame.insert(3, "days", days.astype(np.int64))
    return frame[["USUBJID", "start", "date", "days", "event", "reason"]], tuple(notes)

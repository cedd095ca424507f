"""Every endpoint of a cohort, recomputed: estimates and curves, with their conventions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from auditor.conventions import ResponseConvention
from auditor.endpoints.adverse_events import adverse_events
from auditor.endpoints.baseline import baseline
from auditor.endpoints.populations import Populations, populations
from auditor.endpoints.rates import of_members, response_rates
from auditor.endpoints.recorded_times import recorded_times
from auditor.endpoints.response_dates import ResponseSummary, responses_by_subject, summarise
from auditor.endpoints.response_records import assessments, of_criteria
from auditor.endpoints.survival_estimates import survival_estimates
from auditor.endpoints.times import DAYS_PER, censoring, event_times
from auditor.errors import NotEvaluable
from auditor.estimate import Curve, Estimate
from auditor.frames.cohort import Cohort

# Clinical benefit is stable disease for 16 or 24 weeks in most papers.
BENEFIT_DAYS = (112, 168)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a cohort gives. ``notes`` say what could not be computed, and what was decided."""

    estimates: tuple[Estimate, ...]
    curves: tuple[Curve, ...]
    notes: tuple[str, ...]


def recompute(cohort: Cohort) -> Recomputed:
    """Baseline, response, times to events and adverse events of a cohort, in this order.

    By: all patients, arms, the columns and groups that the study file names, the highest line
    of treatment, and arms within these. Conventions are those of the study; where several are
    in use for one number (intervals, ties, quartiles) each is given under its name. What a
    missing table or column prevents is a note. Notes hold no value of a patient.
    """
    notes: list[str] = []
    try:
        who = populations(cohort)
    except NotEvaluable as why:
        return Recomputed((), (), (f"nothing is computed: {why}",))
    notes += who.notes
    estimates, curves = list[Estimate](), list[Curve]()
    described, said = baseline(cohort, who)
    estimates += described
    notes += said
    try:
        estimates += _responses(cohort, who, notes)
    except NotEvaluable as why:
        notes.append(f"response from assessments is not computed: {why}")
    try:
        estimates += _recorded_responses(cohort, who, notes)
    except NotEvaluable as why:
        notes.append(f"recorded best responses are not used: {why}")
    for part in (_derived_times, _recorded_times):
        more, drawn = part(cohort, who, notes)
        estimates += more
        curves += drawn
    try:
        harms, said = adverse_events(cohort, who, cohort.study.survival.level)
        estimates += harms
        notes += [f"adverse events: {note}" for note in said]
    except NotEvaluable as why:
        notes.append(f"adverse events are not computed: {why}")
    return Recomputed(tuple(estimates), tuple(curves), tuple(dict.fromkeys(notes)))


def _responses(cohort: Cohort, who: Populations, notes: list[str]) -> list[Estimate]:
    convention, level = cohort.study.response, cohort.study.survival.level
    records = assessments(cohort, convention)
    windows = dict.fromkeys((convention.sd_window_days, *BENEFIT_DAYS))
    by_window = {
        days: summarise(records, replace(convention, sd_window_days=days)) for days in windows
    }
    summary = by_window[convention.sd_window_days]
    notes += [f"response: {note}" for note in summary.notes]
    frame = summary.frame.reindex(who.people.index)
    everyone, compared = who.all(), who.comparisons()
    found: list[Estimate] = []
    everybody = np.ones(len(frame), dtype=bool)
    for confirmed in _own_first(convention):
        name = "confirmed" if confirmed else "unconfirmed"
        named = (convention.name, name)
        column = "confirmed_best" if confirmed else "best"
        found += response_rates(frame[column], everyone, compared, named, level)
        benefit = "confirmed_benefit" if confirmed else "benefit"
        for days, other in by_window.items():
            member = other.frame[benefit].reindex(frame.index).fillna(value=False)
            found += of_members(
                "CBR",
                member.to_numpy(dtype=bool),
                everybody,
                everyone,
                compared,
                (*named, f"stable for {days} days", "all subjects"),
                level,
            )
    return found


def _own_first(convention: ResponseConvention) -> tuple[bool, bool]:
    return convention.confirmed, not convention.confirmed


def _recorded_responses(cohort: Cohort, who: Populations, notes: list[str]) -> Iterator[Estimate]:
    """Rates by the best response that the extract records, of every source of it."""
    sources: dict[tuple[str, ...], pd.Series] = {}
    if cohort.has("best_responses", "USUBJID", "PARAMCD", "AVALC"):
        table = cohort.tables["best_responses"]
        frame = table.frame[of_criteria(table, cohort.study.criteria)].dropna(subset=["USUBJID"])
        for code, rows in frame.groupby("PARAMCD", sort=True):
            by_subject = rows.drop_duplicates("USUBJID").set_index("USUBJID")["AVALC"]
            sources["as recorded (ADRS)", str(code)] = by_subject
            if len(by_subject) < len(rows):
                notes.append(f"recorded {code}: of several rows of a subject the first is taken")
    if "BOR" in who.people.columns and who.people["BOR"].notna().any():
        sources["as recorded (ADSL)", "BOR"] = who.people["BOR"]
    for named, best in sources.items():
        label = best.astype("string").str.strip().str.upper().astype(object)
        label = label.reindex(who.people.index)
        yield from response_rates(
            label.where(label.notna(), None),
            who.all(),
            who.comparisons(),
            named,
            cohort.study.survival.level,
        )


def _derived_times(
    cohort: Cohort, who: Populations, notes: list[str]
) -> tuple[list[Estimate], list[Curve]]:
    study = cohort.study
    estimates, curves = list[Estimate](), list[Curve]()
    first = study.response.confirmed
    responding: ResponseSummary | None = None
    censored: ResponseSummary | None = None
    under = censoring(study.response, study.survival)
    with suppress(NotEvaluable):  # each endpoint that needs it says why it is not derived
        responding = responses_by_subject(cohort, study.response)
    if under.new_therapy == study.response.new_therapy:
        censored = responding
    else:
        with suppress(NotEvaluable):
            censored = responses_by_subject(cohort, under)
    for endpoint, confirmed in (
        ("OS", first),
        ("PFS", first),
        ("TTP", first),
        ("DoR", first),
        ("DoR", not first),
        ("TTR", first),
        ("TTR", not first),
    ):
        convention = replace(study.response, confirmed=confirmed)
        try:
            found = event_times(
                cohort,
                endpoint,
                study.survival,
                convention,
                responding=responding,
                censored=censored,
            )
        except NotEvaluable as why:
            notes.append(f"{endpoint} is not derived: {why}")
            continue
        said = [note for note in found.notes if f"response: {note}" not in notes]
        notes += [f"{endpoint}: {note}" for note in said]
        frame = found.frame.assign(time=found.frame["days"] / DAYS_PER[study.survival.unit])
        more, drawn = survival_estimates(
            endpoint,
            frame,
            who.people.index,
            who.all(),
            who.comparisons(),
            found.rules,
            study.survival,
            () if endpoint == "TTR" else study.landmarks,
            follow_up=endpoint == "OS",
        )
        estimates += more
        if confirmed == first:
            curves += drawn
    return estimates, curves


def _recorded_times(
    cohort: Cohort, who: Populations, notes: list[str]
) -> tuple[list[Estimate], list[Curve]]:
    study = cohort.study
    estimates, curves = list[Estimate](), list[Curve]()
    try:
        recorded, said = recorded_times(cohort, study.survival)
    except NotEvaluable as why:
        notes.append(f"recorded times to events are not used: {why}")
        return estimates, curves
    notes += said
    for (endpoint, conventions), frame in recorded.items():
        more, drawn = survival_estimates(
            endpoint,
            frame,
            who.people.index,
            who.all(),
            who.comparisons(),
            conventions,
            study.survival,
            study.landmarks,
            follow_up=endpoint == "OS",
        )
        estimates += more
        curves += drawn
    return estimates, curves

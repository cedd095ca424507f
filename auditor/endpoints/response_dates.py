"""Responses at visits -> best response, its dates and those of response and progression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.conventions import ResponseConvention
from auditor.endpoints.best_confirmed import confirmed
from auditor.endpoints.response_records import (
    CR,
    LABELS,
    NEVER,
    NN,
    PD,
    PR,
    SD,
    Records,
    assessments,
)
from auditor.frames.cohort import Cohort

RESPONDERS = ("CR", "PR")
CONTROLLED = ("CR", "PR", "SD", "NON-CR/NON-PD")
BEST = ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "MISSING")
"""Best overall responses, from the best to the worst."""


@dataclass(frozen=True, slots=True, eq=False)
class ResponseSummary:
    """One row for each subject of the patients table.

    Attributes:
        frame: index USUBJID, in the order of the patients table. Dates are ``datetime64[ns]``.
            ``start_date``, ``new_therapy_date`` (only where the convention censors at it);
            ``best``, ``best_date``, ``best_row``: BOR, the earliest assessment that gives it,
            its row in the responses table (-1: none);
            ``confirmed_best``, ``confirmed_best_date``, ``confirmed_best_row``: the same, CR and
            PR confirmed (CBOR);
            ``first_response_date``, ``confirmed_response_date``: first CR or PR before
            progression (RSP), first that is confirmed (CRSP);
            ``first_pd_date``; ``last_assessment``, ``last_assessment_date``: of all that count,
            after progression too, as recorded;
            ``benefit``, ``benefit_date``: clinical benefit (CB), a bool;
            ``confirmed_benefit``, ``confirmed_benefit_date`` (CCB);
            ``assessed``: number of assessments that count; ``undated``: of those that could not
            be placed in time; ``unread``: of those whose label is no response.
        convention: under which this was derived.
        start: column from which days are counted. evaluator: whose assessments count.
        notes: what was decided on the way, free of values.
    """

    frame: pd.DataFrame
    convention: ResponseConvention
    start: str
    evaluator: str
    notes: tuple[str, ...]

    @property
    def best(self) -> pd.Series[str]:
        """The best response that the convention asks for: CBOR if confirmed, else BOR."""
        return self.frame["confirmed_best" if self.convention.confirmed else "best"]


def responses_by_subject(cohort: Cohort, convention: ResponseConvention) -> ResponseSummary:
    """Best response and the dates of response and progression of every patient.

    Assessments after the first PD do not count, except for the date of the last one. Best
    response, the first that is met: CR, PR; SD: any of CR, PR, SD at least ``sd_window_days``
    after the start; NON-CR/NON-PD likewise; PD; NE: any other assessment; MISSING (RECIST 1.1,
    section 4.4.3 and Table 3; admiralonco, derive_param_bor, derive_param_confirmed_bor).

    Raises:
        NotEvaluable: a table or column is absent, or it is open whose assessments count.
    """
    return summarise(assessments(cohort, convention), convention)


def summarise(records: Records, convention: ResponseConvention) -> ResponseSummary:
    """The summary of assessments that were already selected."""
    subjects = len(records.subjects)
    subject, day, row = records.subject, records.day, records.row
    label = _reappeared(subject, records.label) if convention.pd_after_cr else records.label
    last, last_label = np.full(subjects, NEVER), np.full(subjects, "", dtype=object)
    last[subject] = day  # ascending, so that the last one stays
    last_label[subject] = np.array(LABELS, dtype=object)[records.label]
    until = _up_to_first(subject, label == PD)
    subject, day, row, label = (a[until] for a in (subject, day, row, label))
    since = records.window[subject]
    late = (since != NEVER) & (
        day >= np.where(since == NEVER, 0, since) + convention.sd_window_days
    )
    complete, partial = confirmed(
        subject,
        day,
        label,
        days=convention.confirmation_days,
        max_ne=convention.max_ne_between,
        max_sd=convention.max_sd_between if convention.sd_between else 0,
    )
    response = (label == CR) | (label == PR)
    lasting = late & (response | (label == SD) | (label == NN))

    def first(mask: np.ndarray) -> np.ndarray:
        found = np.full(subjects, NEVER)
        found[subject[mask][::-1]] = day[mask][::-1]  # the earliest is written last
        return found

    def best(cr: np.ndarray, pr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        met = (cr, pr, late & (response | (label == SD)), late & (label == NN), label == PD)
        rank = np.full(subjects, len(BEST) - 1)
        position = np.full(subjects, -1)
        for number, mask in reversed([*enumerate((*met, label != PD))]):
            where = np.flatnonzero(mask)[::-1]
            rank[subject[where]], position[subject[where]] = number, where
        return rank, position

    names = list(BEST)
    names[-1] = "NE" if convention.missing_as_ne else "MISSING"
    columns: dict[str, object] = {
        "start_date": _dates(records.start),
        "new_therapy_date": _dates(records.therapy),
    }
    for name, masks in (
        ("best", (label == CR, label == PR)),
        ("confirmed_best", (complete, partial)),
    ):
        rank, position = best(*masks)
        there = position >= 0
        columns[name] = np.array(names, dtype=object)[rank]
        columns[f"{name}_date"] = _dates(np.where(there, np.append(day, NEVER)[position], NEVER))
        columns[f"{name}_row"] = np.where(there, np.append(row, -1)[position], -1)
    for name, mask in (
        ("first_response", response),
        ("confirmed_response", complete | partial),
        ("first_pd", label == PD),
        ("benefit", response | lasting),
        ("confirmed_benefit", complete | partial | lasting),
    ):
        columns[f"{name}_date"] = _dates(first(mask))
    columns["last_assessment"], columns["last_assessment_date"] = last_label, _dates(last)
    frame = pd.DataFrame(columns, index=records.subjects)
    for name in ("benefit", "confirmed_benefit"):
        frame[name] = frame[f"{name}_date"].notna()
    frame["assessed"] = np.bincount(records.subject, minlength=subjects)
    frame["undated"], frame["unread"] = records.undated, records.unread
    return ResponseSummary(
        frame=frame,
        convention=convention,
        start=records.started,
        evaluator=records.evaluator,
        notes=records.notes,
    )


def _reappeared(subject: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Labels in which PR, SD or NON-CR/NON-PD after CR is PD (RECIST 1.1, Table 3, footnote a)."""
    before = _seen_before(subject, label == CR)
    again = before & ((label == PR) | (label == SD) | (label == NN))
    return np.where(again, PD, label)


def _up_to_first(subject: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Which assessments come before the first of the subject that is in ``mask``, or are it."""
    return ~_seen_before(subject, mask)


def _seen_before(subject: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Whether an earlier assessment of the same subject is in ``mask``."""
    before = np.cumsum(mask) - mask
    opens = np.ones(len(subject), dtype=bool)
    opens[1:] = subject[1:] != subject[:-1]
    base = before[opens][np.cumsum(opens) - 1] if len(subject) else before
    return np.asarray(before > base)


def _dates(days: np.ndarray) -> np.ndarray:
    """Days since 1970-01-01 as dates; NEVER is missing."""
    dates = np.where(days == NEVER, 0, days).astype("datetime64[D]").astype("datetime64[ns]")
    dates[days == NEVER] = np.datetime64("NaT", "D")
    return dates


__all__ = ["BEST", "CONTROLLED", "LABELS", "RESPONDERS", "ResponseSummary", "responses_by_subject"]

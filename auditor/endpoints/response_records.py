"""Responses at visits -> the assessments that count, under a convention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.conventions import ResponseConvention
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort, Table

LABELS = ("NE", "CR", "PR", "SD", "NON-CR/NON-PD", "PD")
"""Overall responses of RECIST 1.1, in the order in which the worst of one day is taken."""

NE, CR, PR, SD, NN, PD = range(len(LABELS))
_SPELLED = {"NONCR/NONPD": "NON-CR/NON-PD", "NON-CR/NONPD": "NON-CR/NON-PD"}
_NOT_DONE = ("ND", "NA", "N/A", "NOT DONE", "NOT ASSESSED", "NOT APPLICABLE")
_STARTS = ("RANDDT", "TRTSDT")
NEVER = np.iinfo(np.int64).min
"""The day of what has no date."""


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Assessments that count, by subject and day; days are counted from 1970-01-01.

    Attributes:
        subjects: of the patients table, each once, in its order.
        start, therapy: day of start and of new anticancer therapy of each; NEVER where unknown.
        window: day from which the least time of SD is counted; NEVER where unknown.
        subject: of each assessment, as position in ``subjects``, ascending.
        day: of each assessment, ascending within a subject, never twice.
        label: position in ``LABELS``.
        row: of the responses table.
        undated: how many assessments of each subject could not be placed in time.
        unread: how many have a label that is no response and does not say "not done" either.
        started: the column from which days are counted.
        evaluator: whose assessments these are; "" where the extract does not say.
        notes: what was decided on the way, free of values.
    """

    subjects: pd.Index[str]
    start: np.ndarray
    window: np.ndarray
    therapy: np.ndarray
    subject: np.ndarray
    day: np.ndarray
    label: np.ndarray
    row: np.ndarray
    undated: np.ndarray
    unread: np.ndarray
    started: str
    evaluator: str
    notes: tuple[str, ...]


def assessments(cohort: Cohort, convention: ResponseConvention) -> Records:
    """The assessments that count: of one evaluator, dated, on or after the start, one a day.

    Several on one day: the worst (NE < CR < PR < SD < NON-CR/NON-PD < PD), as admiralonco takes
    it. Labels outside RECIST 1.1 do not count.

    Raises:
        NotEvaluable: a table or column is absent, there is no patient, or it is open whose
            assessments count.
    """
    if cohort.study.criteria.strip().upper() != RECIST:
        raise NotEvaluable(f"response is derived by {RECIST} alone, not by {cohort.study.criteria}")
    responses = cohort.need("responses", "USUBJID", "AVALC", "ADT")
    patients = cohort.need("patients", "USUBJID")
    started, notes = start_column(patients, convention)
    people = patients.frame.dropna(subset=["USUBJID"]).drop_duplicates("USUBJID")
    if people.empty:
        raise NotEvaluable(f"{patients.delivered.name} has no patient with an identifier")
    subjects = pd.Index(people["USUBJID"].astype(str), name="USUBJID")
    start = window = _days(people[started])
    if convention.sd_window_from:
        patients.need(convention.sd_window_from)
        window = _days(people[convention.sd_window_from])
    therapy = np.full(len(subjects), NEVER)
    if convention.new_therapy == "censor":
        patients.need("NEWTRTDT")
        therapy = _days(people["NEWTRTDT"])

    chosen, evaluator, said = choose_evaluator(responses, convention.evaluator)
    notes += said
    frame = responses.frame.loc[chosen & of_criteria(responses, cohort.study.criteria)]
    labels = frame["AVALC"].astype("string").str.strip().str.upper().replace(_SPELLED)
    label = pd.Categorical(labels, categories=list(LABELS)).codes.astype(np.int64)
    subject = subjects.get_indexer(pd.Index(frame["USUBJID"].astype("string").astype(object)))
    dates, imputed = _dates(responses, convention.impute_day)
    day = _days(dates.loc[frame.index])
    row = frame.index.to_numpy(dtype=np.int64)
    seq = _sequence(frame)

    unknown = (label < 0) & labels.notna().to_numpy()
    notes += _told(int(unknown.sum()), "no label of RECIST 1.1, not counted")
    notes += _told(
        int(imputed.loc[frame.index].sum()),
        f"no day, the {convention.impute_day} of the month is taken",
    )
    odd = unknown & (subject >= 0) & ~labels.isin(_NOT_DONE).to_numpy(dtype=bool)
    unread = np.bincount(subject[odd], minlength=len(subjects))
    known = (label >= 0) & (subject >= 0)
    nowhere = known & (day == NEVER)
    undated = np.bincount(subject[nowhere], minlength=len(subjects))
    notes += _told(int(nowhere.sum()), "no complete date, not counted")
    known &= day != NEVER
    own_start = np.where(subject >= 0, start[subject], NEVER)
    known &= (own_start != NEVER) & (day >= own_start)
    new = np.where(subject >= 0, therapy[subject], NEVER)
    known &= (new == NEVER) | (day < new)

    subject, day, label, row, seq = (a[known] for a in (subject, day, label, row, seq))
    order = np.lexsort((row, seq, label, day, subject))
    subject, day, label, row = (a[order] for a in (subject, day, label, row))
    last = np.ones(len(day), dtype=bool)  # of its day, which is the worst
    last[:-1] = (subject[1:] != subject[:-1]) | (day[1:] != day[:-1])
    return Records(
        subjects=subjects,
        start=start,
        window=window,
        therapy=therapy,
        subject=subject[last],
        day=day[last],
        label=label[last],
        row=row[last],
        undated=undated,
        unread=unread,
        started=started,
        evaluator=evaluator,
        notes=notes,
    )


def choose_evaluator(table: Table, wanted: str) -> tuple[pd.Series[bool], str, tuple[str, ...]]:
    """Whose rows count: a mask over the table, the name of the evaluator, and what was decided.

    Among several evaluators the investigator, among several readers of one evaluator the
    accepted records (ACPTFL = "Y").

    Raises:
        NotEvaluable: ``wanted`` has no row, or it is open who is meant.
    """
    frame = table.frame
    chosen = pd.Series(data=True, index=frame.index)
    title = f"{table.delivered.name}"
    evaluator, notes = "", list[str]()
    if table.has("EVAL") or table.has("EVALID"):
        names = _upper(frame, "EVAL")
        readers = _upper(frame, "EVALID")
        if wanted:
            chosen = (names == wanted.strip().upper()) | (readers == wanted.strip().upper())
            if not chosen.any():
                raise NotEvaluable(f"{title} has no assessment by {wanted}")
            evaluator = wanted
        else:
            present = sorted(set(names) - {""})
            evaluator = present[0] if present else ""
            if len(present) > 1:
                if "INVESTIGATOR" not in present:
                    raise NotEvaluable(
                        f"{title} has several evaluators ({', '.join(present)}); the study file "
                        "must say who counts (evaluator of the response convention)"
                    )
                evaluator = "INVESTIGATOR"
                chosen = names == evaluator
                notes.append(f"{title}: of {len(present)} evaluators the investigator counts")
        several = sorted(set(readers[chosen]) - {""})
        if len(several) > 1:
            accepted = chosen & (_upper(frame, "ACPTFL") == "Y")
            if not accepted.any():
                raise NotEvaluable(
                    f"{title} has several readers ({', '.join(several)}) and none is accepted; "
                    "the study file must say who counts (evaluator of the response convention)"
                )
            chosen = accepted
            notes.append(f"{title}: of {len(several)} readers the accepted records count")
    return chosen, evaluator, tuple(notes)


def _upper(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    if column not in frame.columns:
        return pd.Series("", index=frame.index)
    return frame[column].astype("string").fillna("").str.strip().str.upper().astype(object)


RECIST = "RECIST 1.1"

_OTHERS = (
    r"IRECIST|MRECIST|RECIST *1\.0|LUGANO|CHESON|IMWG|RANO|PCWG|PERCIST|IWCLL|GCIG|CA-?125|CHOI"
)
"""Criteria whose labels are none of RECIST 1.1, or mean something else."""


def of_criteria(table: Table, criteria: str) -> pd.Series[bool]:
    """Rows of the study's criteria, where the table says by which criteria a response is.

    Where none is named as the study's are, all but those of criteria known to be others.

    Raises:
        NotEvaluable: every response is by other criteria.
    """
    everything = pd.Series(data=True, index=table.frame.index)
    if not table.has("CAT"):
        return everything
    names = _upper(table.frame, "CAT")
    mine = names == criteria.strip().upper()
    if mine.any():
        return mine
    kept = ~names.str.contains(_OTHERS, regex=True).astype(bool)
    if len(names) and not kept.any():
        raise NotEvaluable(f"the responses of {table.delivered.name} are not by {criteria}")
    return kept


def start_column(patients: Table, convention: ResponseConvention) -> tuple[str, tuple[str, ...]]:
    """The column from which days are counted, and a note where it is not the one asked for.

    Raises:
        NotEvaluable: there is none.
    """
    if patients.has(convention.start):
        return convention.start, ()
    for other in _STARTS:
        if convention.start in _STARTS and patients.has(other):
            return other, (f"days count from {other}; there is no {convention.start}",)
    title = patients.delivered.name
    raise NotEvaluable(f"{title} has no {convention.start}, from which response is counted")


def _dates(table: Table, impute: str) -> tuple[pd.Series, pd.Series[bool]]:
    """Dates of the table, those without day imputed, and which are."""
    dates = table.frame["ADT"]
    first, last = table.earliest.get("ADT"), table.latest.get("ADT")
    none = pd.Series(data=False, index=dates.index)
    if impute == "none" or first is None or last is None:
        return dates, none
    month = (first.dt.year == last.dt.year) & (first.dt.month == last.dt.month)
    imputed = dates.isna() & month
    return dates.where(~imputed, last if impute == "last" else first), imputed


def _days(dates: pd.Series) -> np.ndarray:
    days = dates.to_numpy(dtype="datetime64[ns]").astype("datetime64[D]")
    return np.where(np.isnat(days), NEVER, days.astype(np.int64))


def _sequence(frame: pd.DataFrame) -> np.ndarray:
    if "SEQ" not in frame.columns:
        return np.zeros(len(frame))
    return frame["SEQ"].fillna(-np.inf).to_numpy(dtype=float)


def _told(count: int, what: str) -> tuple[str, ...]:
    noun = "response" if count == 1 else "responses"
    return (f"{count} {noun}: {what}",) if count else ()

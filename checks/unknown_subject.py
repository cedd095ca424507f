"""A subject of a table is not among the patients.

## What it does
Looks up every subject of every table in the patients table. Identifiers are compared as
delivered; where one differs from that of a single patient only by case, blanks, leading zeros,
separators or the letter O for a zero, that patient is suggested. A table whose subjects are all
unknown, since it uses another form of the identifier, is one finding. Silent where every subject
is known, whatever the order of the rows; a row without identifier is the matter of the models.

## Why it matters
Records that belong to nobody fall out of every analysis by a join, without a trace.

## Example
An adverse event of subject "STU-O01-002" in a study whose patients have "STU-001-002".

## References
CDISC SDTM Implementation Guide 3.4 (USUBJID). FDA Study Data Technical Conformance Guide (the
identifier of a subject is the same in every data set).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

from ._records import finding, several

if TYPE_CHECKING:
    import pandas as pd

# A search by likeness compares with every patient: bounded, since it is only a hint.
SEARCHED = 5000
FEW = 20


@check(code="COH001", name="unknown-subject", subject=Subject.COHORT)
def unknown_subject(cohort: Cohort) -> Iterator[Finding | Breaches | Evaluated]:
    """Yield each unknown subject of each delivered table once, at its first row."""
    patients = cohort.need("patients", "USUBJID").frame["USUBJID"].dropna()
    if not len(patients):
        raise NotEvaluable("the patients table names no subject")
    known = frozenset(patients)
    judged: dict[str, Table] = {}
    for name, table in cohort.tables.items():
        if name != "patients" and table.has("USUBJID"):
            judged.setdefault(table.delivered.name, table)
    if not judged:
        raise NotEvaluable("there is no table beside the patients")
    alike: dict[str, list[str]] = {}
    for subject in known:
        alike.setdefault(_plain(subject), []).append(subject)
    for table in judged.values():
        subjects = table.frame["USUBJID"].dropna()
        yield Evaluated(len(subjects))
        unknown = subjects[~subjects.isin(known)]
        first = unknown.drop_duplicates()
        if len(first) > 1 and len(unknown) == len(subjects):
            yield _all(table, int(first.index[0]), len(first), first.iloc[0], known)
        elif len(first):
            near = sorted(known) if len(known) <= SEARCHED and len(first) <= FEW else []
            make = partial(_one, table, unknown.value_counts(), alike, near)
            yield Breaches(Severity.ERROR, [int(row) for row in first.index], make)


def _one(
    table: Table,
    counts: pd.Series,
    alike: dict[str, list[str]],
    near: list[str],
    row: int,
) -> Finding:
    subject = str(table.frame.at[row, "USUBJID"])
    likely = _likely(subject, alike, near)
    records = several(int(counts[subject]), "record")
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{table.delivered.name}: {records} of a subject that is not among the patients.",
        table.place(row, "USUBJID"),
        suggestion=f"did you mean subject {likely}?" if likely else "",
    )


def _likely(subject: str, alike: dict[str, list[str]], searched: list[str]) -> str:
    """The patient meant, where there is exactly one likely; else ""."""
    same = alike.get(_plain(subject), [])
    if len(same) == 1:
        return same[0]
    if same:
        return ""
    near = difflib.get_close_matches(subject, searched, n=2, cutoff=0.85)
    ratios = [difflib.SequenceMatcher(None, subject, n).ratio() for n in near]
    return near[0] if len(near) == 1 or (near and ratios[0] > ratios[1]) else ""


def _all(table: Table, row: int, subjects: int, example: str, known: frozenset[str]) -> Finding:
    ending = any(subject.endswith(example) for subject in known)
    return finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"{table.delivered.name}: none of its {subjects} subjects is among the patients.",
        table.place(row, "USUBJID"),
        suggestion="the identifiers are the last part of those of the patients" if ending else "",
    )


def _plain(subject: str) -> str:
    """An identifier without what is commonly mistyped."""
    text = subject.upper().replace("O", "0")
    parts = [part.lstrip("0") for part in re.split(r"[^A-Z0-9]+", text)]
    return "-".join(part for part in parts if part)

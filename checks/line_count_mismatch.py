"""The number of patients in a line of treatment is not the declared one.

## What it does
Counts the patients of each line and compares with what the study file declares under ``lines``.
Two readings are tried: patients who ever received the line, and patients whose last line it is,
where the last declared line also stands for all later ones. The study's reading is the one that
explains all declared lines; where neither does, the lines that differ under the closer reading are
errors. Silent: lines that are not declared, and a study that declares none (not evaluable).

## Why it matters
A table by line of treatment must sum to the patients; this holds the data to it.

## Example
The study declares 20, 16 and 8 patients (N = 44); the data have 20, 15 and 8.

## References
CONSORT 2010, item 16 (numbers analysed).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.errors import NotEvaluable
from auditor.finding import Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._records import finding, named


@check(code="COH022", name="line-count-mismatch", subject=Subject.COHORT)
def line_count_mismatch(cohort: Cohort) -> Iterator[Finding | Evaluated]:
    """Yield each line whose number of patients differs from the declared one."""
    declared = dict(sorted(cohort.study.lines.items()))
    if not declared:
        raise NotEvaluable("the study file declares no number of patients by line")
    lines = cohort.need("lines", "USUBJID", "LINE")
    frame = lines.frame[["USUBJID", "LINE"]].dropna().drop_duplicates()
    if frame.empty:
        raise NotEvaluable(f"{named(lines, 'LINE')} has no line of treatment")
    yield Evaluated(int(frame["USUBJID"].nunique()))
    last = frame.groupby("USUBJID")["LINE"].max().clip(upper=max(declared))
    readings = {
        "patients with this line": frame.groupby("LINE").size().to_dict(),
        "patients with this as their last line": last.value_counts().to_dict(),
    }
    name, counts = min(
        readings.items(),
        key=lambda reading: sum(reading[1].get(k, 0) != n for k, n in declared.items()),
    )
    for number, patients in declared.items():
        if counts.get(number, 0) != patients:
            rows = frame.index[frame["LINE"] >= number]
            yield finding(
                Severity.ERROR,
                Verdict.DISAGREES,
                f"{named(lines, 'LINE')}: line {number} has {counts.get(number, 0)} patients, "
                f"{patients} are declared ({name}).",
                lines.place(int(rows[0]) if len(rows) else int(frame.index[0]), "LINE"),
                reported=str(counts.get(number, 0)),
                expected=str(patients),
            )

"""Dates that must all lie on one side of one date of the patient, told as one finding each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Severity, Verdict
from auditor.frames.cohort import Cohort
from auditor.frames.standard import standard_table

from ._records import YEAR, date_slip, finding, named, owners, several, span, true_rows

LISTED = 10


class Source(NamedTuple):
    """A date column; ``severity`` of a finding where no graver date of the patient is wrong."""

    table: str
    column: str
    severity: Severity = Severity.ERROR


def on_the_wrong_side(
    cohort: Cohort,
    pivot: str,
    sources: tuple[Source, ...],
    *,
    after: bool,
    verdict: Verdict,
    why: str,
) -> Iterator[Evaluated | Breaches]:
    """Yield one breach a patient with dates certainly after (or before) the date ``pivot``.

    Where dates of several days contradict the pivot, it is the likelier culprit and stands
    first; where only one does, that one does.

    Args:
        cohort: as read.
        pivot: date column of the patients table.
        sources: the dates that must not lie after (before) it; the same day is in order.
        after: whether after is wrong; else before.
        verdict: of the findings.
        why: what a date on the wrong side is, for the message ("after the death of the subject").

    Raises:
        NotEvaluable: there is no such date, or nothing to compare it with.
    """
    import pandas as pd

    patients = cohort.need("patients", "USUBJID", pivot)
    limit = span(patients, pivot)
    judged, parts = 0, []
    for number, source in enumerate(sources):
        if not cohort.has(source.table, source.column, "USUBJID"):
            continue
        table = cohort.tables[source.table]
        owner = owners(cohort, table)
        bound, day = limit.at(owner), span(table, source.column)
        judged += int((day.known & bound.known).sum())
        wrong = true_rows(bound.before(day) if after else day.before(bound))
        part = pd.DataFrame({"source": number, "row": wrong})
        part["patient"] = owner.loc[wrong].to_numpy(dtype=int)
        part["day"] = day.earliest.loc[wrong].to_numpy()
        # A row of events is one record, however many of its dates are wrong; patients' are not.
        own = source.column if source.table == "patients" else ""
        part["record"] = f"{source.table} {own}"
        part["soft"] = source.severity is not Severity.ERROR
        parts.append(part)
    if not judged:
        title = standard_table("patients").column(pivot).title.lower()
        raise NotEvaluable(f"no record has a date beside a known {title}")
    yield Evaluated(judged)
    found = pd.concat(parts, ignore_index=True).drop_duplicates(["patient", "record", "row"])
    if found.empty:
        return
    by_patient = found.groupby("patient", sort=True)
    soft = by_patient["soft"].all()

    def make(patient: int) -> Finding:
        own = found[found["patient"] == patient]
        records = [(sources[s], int(r)) for s, r in zip(own["source"], own["row"], strict=True)]
        first, last = own["day"].min(), own["day"].max()
        severity = Severity.WARNING if soft.loc[patient] else Severity.ERROR
        places = [cohort.tables[s.table].place(row, s.column) for s, row in records[:LISTED]]
        place = patients.place(patient, pivot)
        if own["day"].nunique() == 1:
            where = named(cohort.tables[records[0][0].table], records[0][0].column)
            more = f", as {several(len(records) - 1, 'other record')}" if records[1:] else ""
            message = f"{where} is {why} ({named(patients, pivot)}){more}."
            slip = "" if after else date_slip(first, limit.latest.loc[patient], first)
            return finding(severity, verdict, message, *places, place, suggestion=slip)
        message = (
            f"{named(patients, pivot)}: {several(len(records), 'record')} of the subject, of "
            f"{own['day'].nunique()} different days, would be {why}; this date is in question."
        )
        day = limit.earliest.loc[patient]
        slip = date_slip(day, last, last + YEAR) if after else date_slip(day, first - YEAR, first)
        return finding(severity, verdict, message, place, *places, suggestion=slip)

    for severity, chosen in ((Severity.ERROR, soft[~soft]), (Severity.WARNING, soft[soft])):
        if len(chosen):
            yield Breaches(severity, [int(row) for row in chosen.index], make)

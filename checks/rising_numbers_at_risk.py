"""Numbers at risk rise over time, or cumulative events fall.

## What it does
Reads the numbers at risk (and cumulative numbers of events) of tables whose columns or rows are
times, and of legends of figures ("Number at risk: A 120 95 60 30"). A later number at risk must not
be higher than an earlier one, a later cumulative number not lower; nor may the course begin with
more than the patients that the tables give a group of just this name. In a text a list is judged
only where one number sticks out, since another group may begin without a name. Where the paper
speaks of delayed entry or left truncation, patients join later and the finding is a note.

## Why it matters
Patients leave the risk set by an event or by censoring and never return: a number is mistyped or
belongs to another group.

## Example
"No. at risk: 120, 95, 60, 66, 12".

## References
Pocock SJ, Clayton TC, Altman DG. Survival plots of time-to-event outcomes in clinical trials.
Lancet 2002;359:1686-1689.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.at_risk import Course, courses

_ENTRY = re.compile(
    r"delayed[- ]entr|left[- ]truncat|late entr|staggered entr|time[- ]varying|"
    r"age as (?:the )?time[- ]?scale|counting process",
    re.IGNORECASE,
)


@check(code="PLS006", name="rising-numbers-at-risk")
def rising_numbers_at_risk(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every course of numbers that goes the wrong way."""
    judged = 0
    late = any(_ENTRY.search(s.text) for s in manuscript.prose.sentences)
    for course in courses(manuscript):
        judged += 1
        yield Judged((), others=len(course.numbers))
        if course.steps:
            yield _finding(course, late)
        patients = _patients(manuscript, course)
        if patients and course.numbers[0] > patients:
            yield _too_many(course, patients)
    if not judged:
        raise NotEvaluable("no numbers at risk are printed for several times")


def _patients(manuscript: Manuscript, course: Course) -> int:
    """How many patients the document's tables give the group of a course; 0 where none is so
    called."""
    label = _plain(course.label)
    found = {
        fact.printed.integer or 0
        for terms, facts in manuscript.linked.people.items()
        for fact in facts
        if len(terms) == 1 and label and _plain(next(iter(terms)).label) == label
    }
    return max(found, default=0)


def _plain(label: str) -> str:
    words = re.sub(r"\(.*?\)|\b(?:group|arm)\b", " ", label.lower())
    return " ".join(re.findall(r"[^\W_]+", words))


def _too_many(course: Course, patients: int) -> Finding:
    first = course.numbers[0]
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"The numbers at risk ({course.label}) begin with {first}, but the tables give "
        f"this group {patients} patients.",
        places=(course.places[0],),
        reported=str(first),
        expected=f"at most {patients}",
        arithmetic=(f"{first} > {patients}",),
    )


def _finding(course: Course, late: bool) -> Finding:
    step = course.steps[0]
    before, after = course.numbers[step - 1], course.numbers[step]
    what = "cumulative number of events" if course.rising else "number at risk"
    verb = "falls" if course.rising else "rises"
    when = f" from time {course.times[step - 1]} to {course.times[step]}" if course.times else ""
    who = f" ({course.label})" if course.label else ""
    text = course.places[0].kind == "text"
    severity = Severity.WARNING if text else Severity.ERROR
    if late and not course.rising:
        severity = Severity.NOTE
    sign = "<" if course.rising else ">"
    place = course.places[step] if len(course.places) > 1 else course.places[0]
    others = (course.places[step - 1],) if len(course.places) > 1 else ()
    return Finding(
        severity=severity,
        verdict=Verdict.QUERY if late else Verdict.IMPOSSIBLE,
        message=f"The {what}{who} {verb} from {before} to {after}{when}.",
        places=(place, *others),
        reported=str(after),
        expected=f"at {'least' if course.rising else 'most'} {before}",
        arithmetic=(f"{', '.join(map(str, course.numbers))}: {after} {sign} {before}",),
        conventions=("patients who enter late",) if late and not course.rising else (),
    )

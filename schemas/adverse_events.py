"""Adverse events (ADAE, AE): one row an event.

Frames under the names of SDTM: ``SCHEMA.validate(frame.rename(columns=NAMES))``.
"""

from __future__ import annotations

import pandera.pandas as pa

from auditor.finding import Severity, Verdict
from auditor.frames.rule import Rule
from auditor.frames.standard import ADVERSE_EVENTS

from ._columns import day, names_of, number, one_of, text, whole
from ._labels import SUBJECT_REFERENCES, SUBJECT_WHY

SEVERITIES = ("MILD", "MODERATE", "SEVERE")
OUTCOMES = (
    "FATAL",
    "NOT RECOVERED/NOT RESOLVED",
    "RECOVERED/RESOLVED",
    "RECOVERED/RESOLVED WITH SEQUELAE",
    "RECOVERING/RESOLVING",
    "UNKNOWN",
)

WITHOUT_SUBJECT = Rule(
    code="AEV001",
    name="event-without-subject",
    states="An adverse event has no subject identifier.",
    breach="is missing",
    does="Looks for adverse events whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A row with nausea of grade 2, and an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
GRADE_RANGE = Rule(
    code="AEV002",
    name="grade-out-of-range",
    states="The grade of an adverse event is not a whole number from 1 to 5.",
    breach="is not a whole number from 1 to 5",
    does="Looks for CTCAE grades that are not 1, 2, 3, 4 or 5.",
    why="CTCAE has no other grades: the event is missing from the tables by grade, or is counted "
    "as worse than death.",
    example="Grade 7, or 0 for no event.",
    references="NCI Common Terminology Criteria for Adverse Events 5.0 (2017), Grades.",
)
UNKNOWN_SEVERITY = Rule(
    code="AEV003",
    name="unknown-severity",
    states="The severity of an adverse event is not mild, moderate or severe.",
    breach="is not MILD, MODERATE or SEVERE",
    does="Compares the severity with MILD, MODERATE and SEVERE.",
    why="Severity and grade are different scales; a fourth severity is in none of the tables.",
    example='"Grade 3" or "Severe" among "SEVERE".',
    references="CDISC controlled terminology, Severity/Intensity Scale for Adverse Events "
    "(C66769), which cannot be extended.",
)
UNKNOWN_OUTCOME = Rule(
    code="AEV004",
    name="unknown-outcome",
    states="The outcome of an adverse event is no term for it.",
    breach="is no outcome of an adverse event",
    does="Compares the outcome with the six terms of CDISC terminology.",
    why="A fatal outcome under another word is not counted as death.",
    example='"Death" where "FATAL" belongs.',
    references="CDISC controlled terminology, Outcome of Event (C66768); ICH E2B(R3), E.i.7.",
    severity=Severity.WARNING,
    verdict=Verdict.QUERY,
)

SCHEMA = pa.DataFrameSchema(
    {
        "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
        "SEQ": number(),
        **{name: text() for name in ("TERM", "DECOD", "BODSYS")},
        "TOXGR": number(whole(GRADE_RANGE, 1, 5)),
        "SEV": text(one_of(UNKNOWN_SEVERITY, SEVERITIES)),
        "OUT": text(one_of(UNKNOWN_OUTCOME, OUTCOMES)),
        **{name: text() for name in ("SER", "DTH", "REL", "TRTEMFL")},
        "ASTDT": day(),
        "AENDT": day(),
    },
    name="adverse_events",
)

NAMES = names_of(ADVERSE_EVENTS)

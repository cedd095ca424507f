"""Times to events (ADTTE): one row a subject and parameter.

``for_study`` adds the planned arms.
"""

from __future__ import annotations

import pandera.pandas as pa

from auditor.finding import Severity, Verdict
from auditor.frames.rule import Rule
from auditor.study import Study

from ._columns import at_least, day, like, number, one_of, text, whole
from ._labels import ARM_REFERENCES, NO_ARM, SUBJECT_REFERENCES, SUBJECT_WHY

_ADTTE = "CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0, section 4"

WITHOUT_SUBJECT = Rule(
    code="TTE001",
    name="time-without-subject",
    states="A time to an event has no subject identifier.",
    breach="is missing",
    does="Looks for times whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A row with OS and 182 days, and an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
WITHOUT_PARAMETER = Rule(
    code="TTE002",
    name="time-without-parameter",
    states="A time has no parameter: it is not said to which event.",
    breach="is missing",
    does="Looks for times whose parameter (PARAMCD) is missing.",
    why="A time to nothing enters no curve, and the subject is missing from one.",
    example="182 days and CNSR 0 in a row with an empty PARAMCD.",
    references=f"{_ADTTE}: PARAMCD is required.",
)
NEGATIVE_TIME = Rule(
    code="TTE003",
    name="negative-time",
    states="A time to an event is negative.",
    breach="is less than 0",
    does="Looks for times below 0. A time of 0, counted without the first day, is not judged.",
    why="The event lies before the start of the time at risk: a date is wrong, and survival "
    "software drops the subject or fails.",
    example="PFS of -12 days, progression before randomisation.",
    references=f"{_ADTTE}: AVAL is the time from STARTDT to ADT.",
)
WRONG_CENSORING = Rule(
    code="TTE004",
    name="impossible-censoring",
    states="A censoring indicator is not 0 or a positive whole number.",
    breach="is not a whole number, 0 or more",
    does="Looks for values of CNSR that are not 0 (event) or a positive whole number (censored, "
    "by reason).",
    why="Neither an event nor censored: the subject is in the curve of none, or of the wrong kind.",
    example="CNSR is -1, or 0.5.",
    references=f"{_ADTTE}: CNSR is 0 for an event and a positive integer for censored records.",
)
UNKNOWN_UNIT = Rule(
    code="TTE005",
    name="unknown-time-unit",
    states="The unit of a time is not days, weeks, months or years.",
    breach="is no unit of time that can be used (days, weeks, months, years)",
    does="Looks for units of time other than days, weeks, months and years, in any capitals.",
    why="Times in several units cannot be put into one curve.",
    example='"M", which is months or minutes.',
    references="CDISC controlled terminology, Unit (C71620): DAYS, WEEKS, MONTHS, YEARS.",
    severity=Severity.WARNING,
    verdict=Verdict.QUERY,
)
UNPLANNED_ARM = Rule(
    code="TTE006",
    name="unplanned-arm-of-time",
    states="The arm of a time to an event is none of those that the study planned.",
    breach="is none of the planned arms",
    does="Compares the arm in the table of times with the arms of the study file.",
    why="The subject is missing from the curve of the arm it belongs to.",
    example='"PBO" where the study file has "Placebo".',
    references=ARM_REFERENCES,
    needs="the study file names no arms ([study] arms)",
)


def for_study(study: Study) -> pa.DataFrameSchema:
    """The model under the arms of a study."""
    arms = [one_of(UNPLANNED_ARM, (*study.arms, *NO_ARM))] if study.arms else []
    return pa.DataFrameSchema(
        {
            "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
            "PARAMCD": text(missing=WITHOUT_PARAMETER, required=True),
            "AVAL": number(at_least(NEGATIVE_TIME, 0)),
            "AVALU": text(like(UNKNOWN_UNIT, "(day|week|month|year)s?")),
            "CNSR": number(whole(WRONG_CENSORING, 0)),
            "STARTDT": day(),
            "ADT": day(),
            "EVNTDESC": text(),
            "CNSDTDSC": text(),
            "TRT01P": text(*arms),
        },
        name="times",
    )


SCHEMA = for_study(Study())

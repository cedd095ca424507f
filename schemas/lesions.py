"""Lesion results (ADTR, TR): one measurement or state of a lesion at a visit.

Frames under the names of SDTM: ``SCHEMA.validate(frame.rename(columns=NAMES))``.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from auditor.endpoints.lesion_words import Axis, State, axis, state
from auditor.finding import Severity, Verdict
from auditor.frames.rule import Rule
from auditor.frames.standard import LESIONS

from ._columns import day, names_of, number, one_of, some, text
from ._labels import GROUPS, SUBJECT_REFERENCES, SUBJECT_WHY

LENGTHS = (Axis.LONG, Axis.SHORT, Axis.DIAMETER, Axis.SUM)
"""What a test measures if its result is a length; changes (PCBSD, ACNSD) may be negative."""
STATES = ("PRESENT", "ABSENT", "EQUIVOCAL", "UNEQUIVOCAL PROGRESSION", "NOT EVALUABLE")
"""States to suggest; further words are understood (auditor.endpoints.lesion_words)."""


def _of_test(frame: pd.DataFrame, *axes: Axis) -> pd.Series:
    known = {test: axis(test.upper()) in axes for test in frame["TESTCD"].dropna().unique()}
    return frame["TESTCD"].isin([test for test, asked in known.items() if asked])


def _measured(frame: pd.DataFrame) -> pd.Series:
    return _of_test(frame, *LENGTHS) & frame["AVAL"].notna()


def _with_state(frame: pd.DataFrame) -> pd.Series:
    return _of_test(frame, Axis.STATE) & frame["AVALC"].notna()


def _understood(frame: pd.DataFrame) -> pd.Series:
    words = frame["AVALC"].dropna().unique()
    return frame["AVALC"].isin([w for w in words if state(w.upper()) is not State.UNREAD])


WITHOUT_SUBJECT = Rule(
    code="LES001",
    name="lesion-without-subject",
    states="A result of a lesion has no subject identifier.",
    breach="is missing",
    does="Looks for results of lesions whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A diameter of T01 in a row with an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
UNKNOWN_GROUP = Rule(
    code="LES002",
    name="unknown-lesion-group",
    states="A lesion is neither target, non-target nor new.",
    breach="is not TARGET, NON-TARGET or NEW",
    does="Compares the group of each lesion with TARGET, NON-TARGET and NEW.",
    why="Only target lesions enter the sum of diameters, and a new lesion is progression: one of "
    "another group is in none of these.",
    example='"Target" in one row among "TARGET"; "NONTARGET".',
    references="RECIST 1.1: Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, sections 3.2 and "
    "4.3. CDISC controlled terminology, Tumor or Lesion Identification Test Results (C123650).",
)
NEGATIVE_DIAMETER = Rule(
    code="LES003",
    name="negative-diameter",
    states="A diameter is negative.",
    breach="is less than 0",
    does="Looks for negative results of tests that measure a length (LDIAM, LPERP, SAXIS, "
    "DIAMETER, SUMDIAM and the like). Results of other tests, such as changes, are not judged.",
    why="A negative number in the sum of diameters turns growth into shrinkage.",
    example="LDIAM is -12, or -1 as a code for not measured.",
    references="RECIST 1.1, section 4.3.1: sum of diameters of target lesions.",
    columns=("AVAL", "TESTCD"),
    applies=_measured,
)
UNKNOWN_STATUS = Rule(
    code="LES004",
    name="unknown-completion-status",
    states="The completion status of a lesion's assessment is no term for it.",
    breach="is not NOT DONE",
    does="Compares the completion status with its one term, NOT DONE.",
    why="Whoever leaves out what was not done leaves out NOT DONE alone.",
    example='"Not done" or "ND".',
    references="CDISC controlled terminology, Not Done (C66789).",
    severity=Severity.WARNING,
    verdict=Verdict.QUERY,
)
UNKNOWN_STATE = Rule(
    code="LES005",
    name="unknown-lesion-state",
    states="The state of a lesion is in words that are not understood.",
    breach="is no state of a lesion that is understood",
    does="Reads the results of tests of a lesion's state (TUMSTATE): PRESENT, ABSENT, EQUIVOCAL, "
    "UNEQUIVOCAL PROGRESSION, NOT EVALUABLE and other words for these.",
    why="Non-target lesions count by their state: one that is not understood is neither gone nor "
    "progressing, and the overall response rests on it.",
    example='"PRESNT" among "PRESENT".',
    references="RECIST 1.1: Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.3.2. "
    "CDISC terminology for results of TR can be extended, so this is a query.",
    severity=Severity.WARNING,
    verdict=Verdict.QUERY,
    columns=("AVALC", "TESTCD"),
    applies=_with_state,
)

SCHEMA = pa.DataFrameSchema(
    {
        "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
        "LNKID": text(required=True),
        "GRPID": text(one_of(UNKNOWN_GROUP, GROUPS)),
        "TESTCD": text(),
        "AVAL": number(),
        **{name: text() for name in ("AVALC", "UNIT", "ORRES", "ORRESU")},
        "STAT": text(one_of(UNKNOWN_STATUS, ("NOT DONE",))),
        "ADT": day(),
        "VISIT": text(),
        "VISITNUM": number(),
        "SEQ": number(),
        **{name: text() for name in ("LOC", "EVAL", "EVALID", "ACPTFL")},
    },
    checks=[
        some(NEGATIVE_DIAMETER, lambda frame: frame["AVAL"] >= 0),
        some(UNKNOWN_STATE, _understood, STATES),
    ],
    name="lesions",
)

NAMES = names_of(LESIONS)

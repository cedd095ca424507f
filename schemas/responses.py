"""Responses at visits (ADRS, RS): the overall response of a subject at each assessment.

``SCHEMA`` has the labels of RECIST 1.1; ``for_study`` those of the criteria that it declares.
Of a whole ADRS, judge the rows whose PARAMCD is OVR.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.study import Study

from ._columns import day, number, some, text
from ._labels import RESPONSE_REFERENCES, RESPONSES, SUBJECT_REFERENCES, SUBJECT_WHY, row_criteria

WITHOUT_SUBJECT = Rule(
    code="RSP001",
    name="response-without-subject",
    states="A response at a visit has no subject identifier.",
    breach="is missing",
    does="Looks for responses whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A row with PR and a date, and an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
UNKNOWN_RESPONSE = Rule(
    code="RSP002",
    name="unknown-response",
    states="A response at a visit is no label of the response criteria.",
    breach="is no overall response of RECIST 1.1",
    does="Compares each overall response with the labels of its criteria: of RECIST 1.1 CR, PR, "
    "SD, PD, NE, NON-CR/NON-PD and NED; iRECIST, RANO and Lugano have labels of their own. The "
    "criteria are those that the category of the row names (CAT, RSCAT), else those that the "
    "study declares, else RECIST 1.1. A row whose category names other criteria is not judged.",
    why="A label outside the criteria counts for nothing where best responses are derived: the "
    "assessment is lost in silence, and with it a response or a progression.",
    example='"CHECK" where a response belongs, "OCR" for "CR", "pr" for "PR".',
    references=RESPONSE_REFERENCES,
    columns=("AVALC",),
)


def for_study(study: Study) -> pa.DataFrameSchema:
    """The model under the response criteria of a study."""
    labels = RESPONSES[study.criteria]

    def applies(frame: pd.DataFrame) -> pd.Series:
        return frame["AVALC"].notna() & row_criteria(frame, study.criteria).notna()

    def right(frame: pd.DataFrame) -> pd.Series:
        found = pd.Series(data=False, index=frame.index)
        criteria = row_criteria(frame, study.criteria)
        for name, known in RESPONSES.items():
            found |= (criteria == name) & frame["AVALC"].isin(known)
        return found

    rule = replace(
        UNKNOWN_RESPONSE,
        breach=f"is no overall response of {study.criteria}, or of the criteria that its row names",
        applies=applies,
    )
    return pa.DataFrameSchema(
        {
            "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
            "PARAMCD": text(),
            "AVALC": text(required=True),
            "ADT": day(),
            "VISIT": text(),
            "VISITNUM": number(),
            "SEQ": number(),
            **{name: text() for name in ("CAT", "SCAT", "EVAL", "EVALID", "ACPTFL")},
        },
        checks=[some(rule, right, labels)],
        name="responses",
        metadata={"rules": (rule,)},
    )


SCHEMA = for_study(Study())

"""Best overall responses (ADRS): one a subject and parameter.

``SCHEMA`` has the labels of RECIST 1.1; ``for_study`` those of the criteria that it declares.
Of a whole ADRS, judge the rows whose PARAMCD is BOR or CBOR.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.study import Study

from ._columns import day, some, text
from ._labels import (
    BEST_ONLY,
    RESPONSE_REFERENCES,
    RESPONSES,
    SUBJECT_REFERENCES,
    SUBJECT_WHY,
    row_criteria,
)

WITHOUT_SUBJECT = Rule(
    code="BST001",
    name="best-response-without-subject",
    states="A best overall response has no subject identifier.",
    breach="is missing",
    does="Looks for best responses whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A row with BOR and PR, and an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
UNKNOWN_BEST = Rule(
    code="BST002",
    name="unknown-best-response",
    states="A best overall response is no label of the response criteria.",
    breach="is no best response of RECIST 1.1",
    does="Compares each best response with the labels of its criteria, and with MISSING for a "
    "subject without assessment. The criteria are those that the category of the row names (CAT, "
    "RSCAT), else those that the study declares, else RECIST 1.1. A row whose category names other "
    "criteria is not judged.",
    why="Whoever counts CR and PR does not count it, and the parts do not add up to N.",
    example='"Complete response" in one row among "CR".',
    references=RESPONSE_REFERENCES,
    columns=("AVALC",),
)


def for_study(study: Study) -> pa.DataFrameSchema:
    """The model under the response criteria of a study."""
    labels = (*RESPONSES[study.criteria], *BEST_ONLY)

    def applies(frame: pd.DataFrame) -> pd.Series:
        return frame["AVALC"].notna() & row_criteria(frame, study.criteria).notna()

    def right(frame: pd.DataFrame) -> pd.Series:
        found = frame["AVALC"].isin(BEST_ONLY)
        criteria = row_criteria(frame, study.criteria)
        for name, known in RESPONSES.items():
            found |= (criteria == name) & frame["AVALC"].isin(known)
        return found

    rule = replace(
        UNKNOWN_BEST,
        breach=f"is no best response of {study.criteria}, or of the criteria that its row names",
        applies=applies,
    )
    return pa.DataFrameSchema(
        {
            "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
            "PARAMCD": text(required=True),
            "AVALC": text(required=True),
            "ADT": day(),
            **{name: text() for name in ("CAT", "EVAL", "EVALID")},
        },
        checks=[some(rule, right, labels)],
        name="best_responses",
        metadata={"rules": (rule,)},
    )


SCHEMA = for_study(Study())

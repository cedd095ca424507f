"""Best overall responses (ADRS): one a subject and parameter.

``SCHEMA`` has the labels of RECIST 1.1; ``for_study`` those of the criteria that it declares.
Of a whole ADRS, judge the rows whose PARAMCD is BOR or CBOR.
"""

from __future__ import annotations

from dataclasses import replace

import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.study import Study

from ._columns import day, one_of, text
from ._labels import BEST_ONLY, RESPONSE_REFERENCES, RESPONSES, SUBJECT_REFERENCES, SUBJECT_WHY

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
    does="Compares each best response with the labels of the criteria that the study declares "
    "(RECIST 1.1 where it declares none), and with MISSING for a subject without assessment.",
    why="Whoever counts CR and PR does not count it, and the parts do not add up to N.",
    example='"Complete response" in one row among "CR".',
    references=RESPONSE_REFERENCES,
)


def for_study(study: Study) -> pa.DataFrameSchema:
    """The model under the response criteria of a study."""
    rule = replace(UNKNOWN_BEST, breach=f"is no best response of {study.criteria}")
    labels = (*RESPONSES[study.criteria], *BEST_ONLY)
    return pa.DataFrameSchema(
        {
            "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
            "PARAMCD": text(required=True),
            "AVALC": text(one_of(rule, labels), required=True),
            "ADT": day(),
            "EVAL": text(),
            "EVALID": text(),
        },
        name="best_responses",
    )


SCHEMA = for_study(Study())

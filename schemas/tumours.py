"""Tumour identification (TU): one row a lesion that was found.

Frames under the names of SDTM: ``SCHEMA.validate(frame.rename(columns=NAMES))``.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.frames.standard import TUMOURS

from ._columns import day, names_of, number, some, text
from ._labels import GROUPS, SUBJECT_REFERENCES, SUBJECT_WHY


def _identified(frame: pd.DataFrame) -> pd.Series:
    return (frame["TESTCD"] == "TUMIDENT") & frame["AVALC"].notna()


WITHOUT_SUBJECT = Rule(
    code="TUM001",
    name="tumour-without-subject",
    states="An identified tumour has no subject identifier.",
    breach="is missing",
    does="Looks for identified tumours whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="T01 in a row with an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
UNKNOWN_GROUP = Rule(
    code="TUM002",
    name="unknown-tumour-group",
    states="A tumour is identified as neither target, non-target nor new.",
    breach="is not TARGET, NON-TARGET or NEW",
    does="Compares the result of tumour identification (TUMIDENT) with TARGET, NON-TARGET, NEW and "
    "BENIGN ABNORMALITY. Results of other tests are not judged.",
    why="The lesion is not followed as what it is: its diameters enter no sum, or it is not seen "
    "to be new.",
    example='"NON TARGET" among "NON-TARGET".',
    references="RECIST 1.1: Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 3.2. CDISC "
    "controlled terminology, Tumor or Lesion Identification Test Results (C123650).",
    columns=("AVALC", "TESTCD"),
    applies=_identified,
)
_KNOWN = (*GROUPS, "BENIGN ABNORMALITY")


SCHEMA = pa.DataFrameSchema(
    {
        "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
        "LNKID": text(required=True),
        **{name: text() for name in ("TESTCD", "AVALC", "LOC", "METHOD")},
        "ADT": day(),
        "VISIT": text(),
        "VISITNUM": number(),
        "SEQ": number(),
        **{name: text() for name in ("EVAL", "EVALID", "ACPTFL")},
    },
    checks=[some(UNKNOWN_GROUP, lambda frame: frame["AVALC"].isin(_KNOWN), _KNOWN)],
    name="tumours",
)

NAMES = names_of(TUMOURS)

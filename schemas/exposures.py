"""Exposure (ADEX, EX): one row a dose, or an interval of constant dosing.

Frames under the names of SDTM: ``SCHEMA.validate(frame.rename(columns=NAMES))``.
"""

from __future__ import annotations

import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.frames.standard import EXPOSURES

from ._columns import at_least, day, names_of, number, text
from ._labels import SUBJECT_REFERENCES, SUBJECT_WHY

WITHOUT_SUBJECT = Rule(
    code="EXO001",
    name="exposure-without-subject",
    states="An exposure has no subject identifier.",
    breach="is missing",
    does="Looks for exposures whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A dose of 75 mg in a row with an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
WITHOUT_TREATMENT = Rule(
    code="EXO002",
    name="exposure-without-treatment",
    states="An exposure does not say to which treatment.",
    breach="is missing",
    does="Looks for exposures whose treatment (TRT) is missing.",
    why="A dose of nothing: first and last dose of the study drug may be wrong by it.",
    example="75 mg from 3 March, with an empty EXTRT.",
    references="CDISC SDTM Implementation Guide 3.4, EX: EXTRT is required.",
)
NEGATIVE_DOSE = Rule(
    code="EXO003",
    name="negative-dose",
    states="A dose is negative.",
    breach="is less than 0",
    does="Looks for doses below 0. A dose of 0, placebo or omitted, is not judged.",
    why="Cumulative dose and dose intensity are sums of these.",
    example="EXDOSE is -75, or -1 as a code for unknown.",
    references="CDISC SDTM Implementation Guide 3.4, EX: EXDOSE is the amount given.",
)

SCHEMA = pa.DataFrameSchema(
    {
        "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
        "SEQ": number(),
        "TRT": text(missing=WITHOUT_TREATMENT, required=True),
        "DOSE": number(at_least(NEGATIVE_DOSE, 0)),
        "DOSU": text(),
        "ASTDT": day(),
        "AENDT": day(),
        "VISIT": text(),
        "VISITNUM": number(),
    },
    name="exposures",
)

NAMES = names_of(EXPOSURES)

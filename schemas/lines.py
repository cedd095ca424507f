"""Lines of treatment (ADCM, CM): one row a line, or a drug of a line.

Frames under the names of SDTM: ``SCHEMA.validate(frame.rename(columns=NAMES))``.
"""

from __future__ import annotations

import pandera.pandas as pa

from auditor.frames.rule import Rule
from auditor.frames.standard import LINES

from ._columns import day, names_of, number, text, whole
from ._labels import SUBJECT_REFERENCES, SUBJECT_WHY

WITHOUT_SUBJECT = Rule(
    code="LIN001",
    name="line-without-subject",
    states="A line of treatment has no subject identifier.",
    breach="is missing",
    does="Looks for lines of treatment whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="Line 2 in a row with an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
IMPOSSIBLE_LINE = Rule(
    code="LIN002",
    name="impossible-line-number",
    states="The number of a line of treatment is not a whole number from 1.",
    breach="is not a whole number, 1 or more",
    does="Looks for line numbers that are not 1, 2, 3 and so on.",
    why="Lines are counted from the first: patients by line do not add up to N with a line 0 or "
    "1.5 among them.",
    example="LINE is 0 for an adjuvant therapy, or 1.5 for a switch within the first line.",
    references="Saini KS, Twelves C. Determining lines of therapy in patients with solid cancers: "
    "a proposed new systematic and comprehensive framework. Br J Cancer 2021;125:155-163.",
)
WITHOUT_NUMBER = Rule(
    code="LIN003",
    name="line-without-number",
    states="A row of the lines of treatment has no line number.",
    breach="is missing",
    does="Looks for lines of treatment whose number (LINE) is missing.",
    why="The treatment belongs to no line, and the patients by line do not add up to N.",
    example="Doxorubicin with a start, and an empty LINE.",
    references="The same as of impossible-line-number (LIN002).",
)

SCHEMA = pa.DataFrameSchema(
    {
        "USUBJID": text(missing=WITHOUT_SUBJECT, required=True),
        "LINE": number(whole(IMPOSSIBLE_LINE, 1), missing=WITHOUT_NUMBER, required=True),
        "TRT": text(),
        "CAT": text(),
        "ASTDT": day(),
        "AENDT": day(),
    },
    name="lines",
)

NAMES = names_of(LINES)

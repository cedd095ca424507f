"""The patients table (ADSL): one row a subject.

``SCHEMA`` is for frames under ADaM's names; ``for_study`` adds the planned arms and takes the
labels of the response criteria that the study declares.
"""

from __future__ import annotations

from dataclasses import replace

import pandera.pandas as pa

from auditor.finding import Severity, Verdict
from auditor.frames.rule import Rule
from auditor.study import Study

from ._columns import day, number, once, one_of, text, whole, within
from ._labels import (
    ARM_REFERENCES,
    BEST_ONLY,
    NO_ARM,
    RESPONSE_REFERENCES,
    RESPONSES,
    SUBJECT_REFERENCES,
    SUBJECT_WHY,
)

SEXES = ("F", "M", "U", "UNDIFFERENTIATED", "INTERSEX")
STATUSES = ("COMPLETED", "DISCONTINUED", "ONGOING")

WITHOUT_SUBJECT = Rule(
    code="PAT001",
    name="patient-without-identifier",
    states="A row of the patients table has no subject identifier.",
    breach="is missing",
    does="Looks for rows of the patients table whose subject identifier (USUBJID) is missing.",
    why=SUBJECT_WHY,
    example="A row with age and sex and an empty USUBJID.",
    references=SUBJECT_REFERENCES,
)
REPEATED = Rule(
    code="PAT002",
    name="repeated-subject",
    states="A subject has more than one row in the patients table.",
    breach="stands in more than one row",
    does="Looks for subject identifiers that stand in several rows; each of the rows is named.",
    why="Every denominator is a number of subjects: one who is counted twice makes it too large, "
    "and a join with another table repeats the rows of both.",
    example="01-001 in row 3 with age 61 and in row 40 with age 62.",
    references="CDISC ADaM Implementation Guide 1.3: ADSL has one record a subject.",
)
UNKNOWN_SEX = Rule(
    code="PAT003",
    name="unknown-sex",
    states="The sex of a subject is not one of the codes that there are.",
    breach="is no code of sex (F, M, U, UNDIFFERENTIATED, INTERSEX)",
    does="Compares each sex with the codes of CDISC terminology. A study maps its own codes under "
    "[tables.patients.codes.SEX].",
    why="A subject with a code of its own drops out of every breakdown by sex, and the parts no "
    "longer add up to the whole.",
    example='"Female" in one row among "F" and "M".',
    references="CDISC controlled terminology, Sex (C66731).",
)
IMPOSSIBLE_AGE = Rule(
    code="PAT004",
    name="impossible-age",
    states="An age is below 0 or above 120 years.",
    breach="is below 0 or above 120 years",
    does="Looks for ages outside 0 to 120 years.",
    why="It is a slip of entry, a unit that is not years, or a code for missing; a mean or a range "
    "of ages is wrong by it.",
    example="AGE is 634 where 63.4 was meant, or 999 for unknown.",
    references="Longest human life that is verified: 122 years (Robine JM, Allard M. Science "
    "1998;279:1834); no trial has had such a subject.",
)
ECOG_RANGE = Rule(
    code="PAT005",
    name="ecog-out-of-range",
    states="An ECOG performance status is not a whole number from 0 to 5.",
    breach="is not a whole number from 0 to 5",
    does="Looks for ECOG performance statuses that are not 0, 1, 2, 3, 4 or 5.",
    why="The scale has no other grades. Values of 10 to 100 are those of Karnofsky's scale.",
    example="ECOG is 90.",
    references="Oken MM et al. Toxicity and response criteria of the Eastern Cooperative Oncology "
    "Group. Am J Clin Oncol 1982;5:649-655.",
)
IMPOSSIBLE_HEIGHT = Rule(
    code="PAT006",
    name="impossible-height",
    states="A height is not between 0 and 280 cm.",
    breach="is not between 0 and 280 cm",
    does="Looks for heights of 0 or less and of more than 280 cm.",
    why="Nobody was taller than 272 cm: the unit is another one, or the entry slipped, and body "
    "surface and body mass index are wrong by it.",
    example="HEIGHT is 1720, in millimetres.",
    references="The tallest height on record, 272 cm: Guinness World Records, R. Wadlow.",
)
IMPOSSIBLE_WEIGHT = Rule(
    code="PAT007",
    name="impossible-weight",
    states="A weight is not between 0 and 650 kg.",
    breach="is not between 0 and 650 kg",
    does="Looks for weights of 0 or less and of more than 650 kg.",
    why="Nobody was heavier than about 635 kg: the unit is another one, or the entry slipped.",
    example="WEIGHT is 72000, in grams.",
    references="The greatest weight on record, 635 kg: Guinness World Records, J. B. Minnoch.",
)
IMPOSSIBLE_BMI = Rule(
    code="PAT008",
    name="impossible-body-mass-index",
    states="A body mass index is not between 0 and 250 kg/m2.",
    breach="is not between 0 and 250 kg/m2",
    does="Looks for body mass indices of 0 or less and of more than 250 kg/m2.",
    why="It was computed with a height or a weight in another unit.",
    example="BMI is 0.0024, computed with a height in cm in place of m.",
    references="Body mass index is weight in kg over the square of height in m (WHO Technical "
    "Report 894, 2000).",
)
UNKNOWN_BEST = Rule(
    code="PAT009",
    name="unknown-patient-best-response",
    states="The best overall response of a patient is no label of the response criteria.",
    breach="is no best response of RECIST 1.1",
    does="Compares the best overall response in the patients table with the labels of the criteria "
    "that the study declares (RECIST 1.1 where it declares none), and MISSING.",
    why="Whoever counts CR and PR does not count it, and the parts do not add up to N.",
    example='"OCR" where "CR" was meant.',
    references=RESPONSE_REFERENCES,
)
UNKNOWN_STATUS = Rule(
    code="PAT010",
    name="unknown-study-status",
    states="The status at the end of the study is no term for it.",
    breach="is not COMPLETED, DISCONTINUED or ONGOING",
    does="Compares EOSSTT with the terms COMPLETED, DISCONTINUED and ONGOING.",
    why="The patient flow counts these; a fourth status is in none of its boxes.",
    example='"Complete" among "COMPLETED".',
    references="CDISC ADaM controlled terminology, Subject Trial Status.",
    severity=Severity.WARNING,
    verdict=Verdict.QUERY,
)
UNPLANNED_ARM = Rule(
    code="PAT011",
    name="unplanned-arm",
    states="A subject's arm is none of those that the study planned.",
    breach="is none of the planned arms",
    does="Compares the arm of each subject with the arms of the study file, and with the terms "
    "that SDTM has for those who have none (Screen Failure, Not Assigned, Not Treated).",
    why="A misspelt arm is a further arm: its patients are missing from the one they belong to.",
    example='"Placebo " and "PBO" where the study file has "Placebo".',
    references=ARM_REFERENCES,
    needs="the study file names no arms ([study] arms)",
)


def for_study(study: Study) -> pa.DataFrameSchema:
    """The model under the arms and response criteria of a study."""
    arms = [one_of(UNPLANNED_ARM, (*study.arms, *NO_ARM))] if study.arms else []
    rule = replace(UNKNOWN_BEST, breach=f"is no best response of {study.criteria}")
    best = (*RESPONSES[study.criteria], *BEST_ONLY)
    columns = {
        "STUDYID": text(),
        "USUBJID": text(once(REPEATED), missing=WITHOUT_SUBJECT, required=True),
        "SITEID": text(),
        "TRT01P": text(),
        "TRT01A": text(),
        "AGE": number(within(IMPOSSIBLE_AGE, 0, 120)),
        "SEX": text(one_of(UNKNOWN_SEX, SEXES)),
        "ECOG": number(whole(ECOG_RANGE, 0, 5)),
        "HEIGHT": number(within(IMPOSSIBLE_HEIGHT, 0, 280, above=True)),
        "WEIGHT": number(within(IMPOSSIBLE_WEIGHT, 0, 650, above=True)),
        "BMI": number(within(IMPOSSIBLE_BMI, 0, 250, above=True)),
        **{name: day() for name in ("BRTHDT", "RFICDT", "RANDDT", "TRTSDT", "TRTEDT")},
        **{name: day() for name in ("NEWTRTDT", "DTHDT", "LSTALVDT", "EOSDT", "DCUTDT")},
        "EOSSTT": text(one_of(UNKNOWN_STATUS, STATUSES)),
        "BOR": text(one_of(rule, best)),
        **{name: text() for name in ("DTHFL", "ITTFL", "SAFFL", "EVALFL")},
    }
    return pa.DataFrameSchema(columns | {study.arm: text(*arms)}, name="patients")


SCHEMA = for_study(Study())

"""For each rule of our models: values that break it, and values that keep it.

A case is (code, table, column, values, positions of those that break the rule); further columns
may be given. Subjects and required columns are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditor.frames.cohort import Cohort
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import standard_table
from auditor.frames.standardise import standardise
from auditor.study import Study

PLAIN = Study()
ARMS = Study(arms=("Placebo", "Active"))

STATE_AND_SIZE = {"TESTCD": ["TUMSTATE", "LDIAM"]}
CATEGORIES = {"CAT": ["iRECIST", "RECIST 1.1", "LUGANO CLASSIFICATION"]}

REQUIRED: Mapping[str, Mapping[str, str]] = {
    "patients": {},
    "responses": {"AVALC": "SD", "PARAMCD": "OVR"},
    "best_responses": {"PARAMCD": "BOR", "AVALC": "SD"},
    "lesions": {"LNKID": "T01"},
    "tumours": {"LNKID": "T01"},
    "times": {"PARAMCD": "OS"},
    "adverse_events": {},
    "lines": {"LINE": "1"},
    "exposures": {"TRT": "Drug"},
}
DOMAINS = {"responses": "adrs", "best_responses": "adrs"}


@dataclass(frozen=True)
class ModelCase:
    code: str
    table: str
    column: str
    values: list[Any]
    broken: tuple[int, ...] = ()
    others: Mapping[str, list[Any]] = field(default_factory=dict)
    study: Study = PLAIN

    @property
    def frame(self) -> pd.DataFrame:
        size = len(self.values)
        columns: dict[str, Any] = {"USUBJID": [f"S{n}" for n in range(size)]}
        columns |= {name: [value] * size for name, value in REQUIRED[self.table].items()}
        return pd.DataFrame(columns | dict(self.others) | {self.column: self.values})

    @property
    def cohort(self) -> Cohort:
        return cohort_of(self.table, self.frame, self.study)


def cohort_of(table: str, frame: pd.DataFrame, study: Study | None = None) -> Cohort:
    """A cohort of one delivered table."""
    name = standard_table(table).domains[0]
    extract = Extract("data", (), (Delivered(name, f"{name}.csv", "csv", frame),))
    return standardise(extract, study or Study())


def _without_subject(code: str, table: str) -> tuple[ModelCase, ...]:
    return (
        ModelCase(code, table, "USUBJID", ["01", None, "02"], (1,)),
        ModelCase(code, table, "USUBJID", [" ", "01", None], (0, 2)),
        ModelCase(code, table, "USUBJID", ["01", "01", "02"][table == "patients" :]),
        ModelCase(code, table, "USUBJID", ["0", "-", "NA 01"]),
    )


CASES: tuple[ModelCase, ...] = (
    *_without_subject("PAT001", "patients"),
    *_without_subject("RSP001", "responses"),
    *_without_subject("BST001", "best_responses"),
    *_without_subject("LES001", "lesions"),
    *_without_subject("TUM001", "tumours"),
    *_without_subject("TTE001", "times"),
    *_without_subject("AEV001", "adverse_events"),
    *_without_subject("LIN001", "lines"),
    *_without_subject("EXO001", "exposures"),
    ModelCase("PAT002", "patients", "USUBJID", ["1", "2", "1"], (0, 2)),
    ModelCase("PAT002", "patients", "USUBJID", ["1", "1 ", " 1"], (0, 1, 2)),
    ModelCase("PAT002", "patients", "USUBJID", [1.0, 2.0, 2.0], (1, 2)),
    ModelCase("PAT002", "patients", "USUBJID", ["1", "01", "1a"]),
    ModelCase("PAT002", "patients", "USUBJID", ["a", "A", None, None]),
    ModelCase("PAT003", "patients", "SEX", ["F", "Female", "M"], (1,)),
    ModelCase("PAT003", "patients", "SEX", ["f", "1", None], (0, 1)),
    ModelCase("PAT003", "patients", "SEX", [1, 2, 9], (0, 1, 2)),
    ModelCase("PAT003", "patients", "SEX", ["F", "M", "U"]),
    ModelCase("PAT003", "patients", "SEX", ["UNDIFFERENTIATED", " F", None]),
    ModelCase("PAT004", "patients", "AGE", [61, 634, 63.4], (1,)),
    ModelCase("PAT004", "patients", "AGE", [-1, 120.5, 999], (0, 1, 2)),
    ModelCase("PAT004", "patients", "AGE", ["61", "121", None], (1,)),
    ModelCase("PAT004", "patients", "AGE", [0, 120, 0.5]),
    ModelCase("PAT004", "patients", "AGE", ["61", None, "<18"]),
    ModelCase("PAT005", "patients", "ECOG", [0, 90, 5], (1,)),
    ModelCase("PAT005", "patients", "ECOG", [1.5, 6, -1], (0, 1, 2)),
    ModelCase("PAT005", "patients", "ECOG", ["0", "10", "1"], (1,)),
    ModelCase("PAT005", "patients", "ECOG", [0, 1, 2, 3, 4, 5]),
    ModelCase("PAT005", "patients", "ECOG", ["0", "1", None]),
    ModelCase("PAT006", "patients", "HEIGHT", [172, 1720, 0], (1, 2)),
    ModelCase("PAT006", "patients", "HEIGHT", [281, -170, None], (0, 1)),
    ModelCase("PAT006", "patients", "HEIGHT", [280.1, 170, 170], (0,)),
    ModelCase("PAT006", "patients", "HEIGHT", [280, 1.72, 45]),
    ModelCase("PAT007", "patients", "WEIGHT", [72, 72000, 0], (1, 2)),
    ModelCase("PAT007", "patients", "WEIGHT", [-1, 651, None], (0, 1)),
    ModelCase("PAT007", "patients", "WEIGHT", [650.5, 650, 1], (0,)),
    ModelCase("PAT007", "patients", "WEIGHT", [650, 2.4, 110]),
    ModelCase("PAT008", "patients", "BMI", [24.2, 0, 251], (1, 2)),
    ModelCase("PAT008", "patients", "BMI", [-24, 24, 24], (0,)),
    ModelCase("PAT008", "patients", "BMI", ["2400", "24", None], (0,)),
    ModelCase("PAT008", "patients", "BMI", [0.0024, 250, 18.5]),
    ModelCase("PAT009", "patients", "BOR", ["CR", "OCR", "PR"], (1,)),
    ModelCase("PAT009", "patients", "BOR", ["cr", "Complete response", None], (0, 1)),
    ModelCase("PAT009", "patients", "BOR", ["iCR", "iUPD", "CR"], (0, 1)),
    ModelCase("PAT009", "patients", "BOR", ["CR", "NON-CR/NON-PD", "MISSING", None]),
    ModelCase("PAT009", "patients", "BOR", ["iCR", "iUPD"], study=Study(criteria="iRECIST")),
    ModelCase("PAT010", "patients", "EOSSTT", ["COMPLETED", "Complete", "ONGOING"], (1,)),
    ModelCase("PAT010", "patients", "EOSSTT", ["DEATH", None, "completed"], (0, 2)),
    ModelCase("PAT010", "patients", "EOSSTT", ["WITHDRAWN", "ONGOING", "ONGOING"], (0,)),
    ModelCase("PAT010", "patients", "EOSSTT", ["COMPLETED", "DISCONTINUED", "ONGOING", None]),
    ModelCase("PAT011", "patients", "TRT01P", ["Placebo", "PBO"], (1,), study=ARMS),
    ModelCase("PAT011", "patients", "TRT01P", ["placebo", "Active"], (0,), study=ARMS),
    ModelCase("PAT011", "patients", "TRT01P", ["A", "B", None], (0, 1), study=ARMS),
    ModelCase("PAT011", "patients", "TRT01P", ["Placebo", "Active ", None], study=ARMS),
    ModelCase("PAT011", "patients", "TRT01P", ["Screen Failure", "Active"], study=ARMS),
    ModelCase("RSP002", "responses", "AVALC", ["CR", "CHECK", "PD"], (1,)),
    ModelCase("RSP002", "responses", "AVALC", ["pr", "PRR", "SD"], (0, 1)),
    ModelCase("RSP002", "responses", "AVALC", ["MISSING", "iCR", "CMR"], (0, 1, 2)),
    ModelCase("RSP002", "responses", "AVALC", ["CR", "PR", "SD", "PD", "NE", "NED"]),
    ModelCase("RSP002", "responses", "AVALC", ["NON-CR/NON-PD", " PD ", None]),
    ModelCase("RSP002", "responses", "AVALC", ["CMR", "NMR", "PD"], study=Study(criteria="Lugano")),
    ModelCase(
        "RSP002", "responses", "AVALC", ["SAD", "PAR", "ND"], (2,), {"CAT": ["LUGANO 2014"] * 3}
    ),
    ModelCase("RSP002", "responses", "AVALC", ["MR", "CR"], study=Study(criteria="RANO")),
    ModelCase("RSP002", "responses", "AVALC", ["iUPD", "iUPD", "CMR"], (1,), CATEGORIES),
    ModelCase("RSP002", "responses", "AVALC", ["iCPD", "CR", "CMR"], (), CATEGORIES),
    ModelCase("RSP002", "responses", "AVALC", ["SD", "X"], (), {"CAT": [None, "PCWG3"]}),
    ModelCase("RSP002", "responses", "AVALC", ["iCR", "X"], (0,), {"CAT": [None, "PCWG3"]}),
    ModelCase("BST002", "best_responses", "AVALC", ["CR", "OCR", "PD"], (1,)),
    ModelCase("BST002", "best_responses", "AVALC", ["Partial response", "ne"], (0, 1)),
    ModelCase("BST002", "best_responses", "AVALC", ["DRR", "Y", "CR"], (0, 1)),
    ModelCase("BST002", "best_responses", "AVALC", ["CR", "MISSING", "NE", None]),
    ModelCase(
        *("BST002", "best_responses", "AVALC", ["iSD", "iSD", "VGPR"], (1,)),
        {"CAT": ["iRECIST", None, "IMWG"]},
    ),
    ModelCase("LES002", "lesions", "GRPID", ["TARGET", "NONTARGET"], (1,)),
    ModelCase("LES002", "lesions", "GRPID", ["Target", "new", None], (0, 1)),
    ModelCase("LES002", "lesions", "GRPID", ["T", "NON TARGET", "NEW"], (0, 1)),
    ModelCase("LES002", "lesions", "GRPID", ["TARGET", "NON-TARGET", "NEW", None]),
    ModelCase("LES003", "lesions", "AVAL", [12, -12], (1,), {"TESTCD": ["LDIAM"] * 2}),
    ModelCase("LES003", "lesions", "AVAL", [-1, -0.5], (0, 1), {"TESTCD": ["SAXIS", "SUMDIAM"]}),
    ModelCase("LES003", "lesions", "AVAL", [-1, -1], (1,), {"TESTCD": ["PCBSD", "DIAMETER"]}),
    ModelCase("LES003", "lesions", "AVAL", [0, None, 3], (), {"TESTCD": ["LDIAM"] * 3}),
    ModelCase(
        "LES003", "lesions", "AVAL", [-30, -4, 1], (), {"TESTCD": ["PCBSD", "ACNSD", "LDIAM"]}
    ),
    ModelCase("LES004", "lesions", "STAT", ["NOT DONE", "ND", None], (1,)),
    ModelCase("LES004", "lesions", "STAT", ["Not done", None], (0,)),
    ModelCase("LES004", "lesions", "STAT", ["DONE", "NOT DONE"], (0,)),
    ModelCase("LES004", "lesions", "STAT", ["NOT DONE", None]),
    ModelCase(
        "TUM002", "tumours", "AVALC", ["TARGET", "NON TARGET"], (1,), {"TESTCD": ["TUMIDENT"] * 2}
    ),
    ModelCase("TUM002", "tumours", "AVALC", ["new", "NEW"], (0,), {"TESTCD": ["TUMIDENT"] * 2}),
    ModelCase("TUM002", "tumours", "AVALC", ["T", "T"], (0,), {"TESTCD": ["TUMIDENT", "TUSPLIT"]}),
    ModelCase("TUM002", "tumours", "AVALC", ["NEW", None], (), {"TESTCD": ["TUMIDENT"] * 2}),
    ModelCase(
        "TUM002", "tumours", "AVALC", ["NEW", "SPLIT", "BENIGN ABNORMALITY"], (),
        {"TESTCD": ["TUMIDENT", "TUSPLIT", "TUMIDENT"]},
    ),
    ModelCase("LES005", "lesions", "AVALC", ["PRESNT", "X"], (0,), STATE_AND_SIZE),
    ModelCase("LES005", "lesions", "AVALC", ["12", "NE"], (0,), {"TESTCD": ["TUMSTATE"] * 2}),
    ModelCase("LES005", "lesions", "AVALC", ["?", "!"], (0, 1), {"TESTCD": ["TUMSTATE"] * 2}),
    ModelCase("LES005", "lesions", "AVALC", ["PRESENT", None], (), {"TESTCD": ["TUMSTATE"] * 2}),
    ModelCase("LES005", "lesions", "AVALC", ["absent", "12"], (), STATE_AND_SIZE),
    ModelCase("TTE002", "times", "PARAMCD", ["OS", None], (1,)),
    ModelCase("TTE002", "times", "PARAMCD", ["", "OS", " "], (0, 2)),
    ModelCase("TTE002", "times", "PARAMCD", [None, None], (0, 1)),
    ModelCase("TTE002", "times", "PARAMCD", ["OS", "PFS", "XYZ"]),
    ModelCase("TTE003", "times", "AVAL", [182, -12, None], (1,)),
    ModelCase("TTE003", "times", "AVAL", ["-0.1", "3"], (0,)),
    ModelCase("TTE003", "times", "AVAL", [-1e9, -1], (0, 1)),
    ModelCase("TTE003", "times", "AVAL", [0, 0.0, 12.5, None]),
    ModelCase("TTE004", "times", "CNSR", [0, -1, 1], (1,)),
    ModelCase("TTE004", "times", "CNSR", [0.5, 0, None], (0,)),
    ModelCase("TTE004", "times", "CNSR", ["1.2", "-2"], (0, 1)),
    ModelCase("TTE004", "times", "CNSR", [0, 1, 2, 9, None]),
    ModelCase("TTE005", "times", "AVALU", ["DAYS", "M"], (1,)),
    ModelCase("TTE005", "times", "AVALU", ["hours", "d", None], (0, 1)),
    ModelCase("TTE005", "times", "AVALU", ["month(s)", "MONTHS"], (0,)),
    ModelCase("TTE005", "times", "AVALU", ["DAYS", "month", "Weeks", "YEAR", None]),
    ModelCase("TTE006", "times", "TRT01P", ["Placebo", "PBO"], (1,), study=ARMS),
    ModelCase("TTE006", "times", "TRT01P", ["PLACEBO", "active"], (0, 1), study=ARMS),
    ModelCase("TTE006", "times", "TRT01P", ["1", "Active"], (0,), study=ARMS),
    ModelCase("TTE006", "times", "TRT01P", ["Placebo", "Active", None], study=ARMS),
    ModelCase("AEV002", "adverse_events", "TOXGR", [1, 7, 5], (1,)),
    ModelCase("AEV002", "adverse_events", "TOXGR", ["0", "2.5", None], (0, 1)),
    ModelCase("AEV002", "adverse_events", "TOXGR", [6, -1], (0, 1)),
    ModelCase("AEV002", "adverse_events", "TOXGR", ["1", "2", "3", "4", "5", None]),
    ModelCase("AEV002", "adverse_events", "TOXGR", [1.0, 5.0]),
    ModelCase("AEV003", "adverse_events", "SEV", ["MILD", "Grade 3"], (1,)),
    ModelCase("AEV003", "adverse_events", "SEV", ["Severe", "SEVERE"], (0,)),
    ModelCase("AEV003", "adverse_events", "SEV", ["LIFE THREATENING", "3", None], (0, 1)),
    ModelCase("AEV003", "adverse_events", "SEV", ["MILD", "MODERATE", "SEVERE", None]),
    ModelCase("AEV004", "adverse_events", "OUT", ["FATAL", "Death"], (1,)),
    ModelCase("AEV004", "adverse_events", "OUT", ["RECOVERED", "fatal", None], (0, 1)),
    ModelCase("AEV004", "adverse_events", "OUT", ["ONGOING", "UNKNOWN"], (0,)),
    ModelCase(
        "AEV004", "adverse_events", "OUT",
        ["RECOVERED/RESOLVED WITH SEQUELAE", "NOT RECOVERED/NOT RESOLVED", "UNKNOWN", None],
    ),
    ModelCase("LIN002", "lines", "LINE", [1, 0, 2], (1,)),
    ModelCase("LIN002", "lines", "LINE", [1.5, 1], (0,)),
    ModelCase("LIN002", "lines", "LINE", ["-1", "0", "1"], (0, 1)),
    ModelCase("LIN002", "lines", "LINE", [1, 2, 3, 14, None]),
    ModelCase("LIN003", "lines", "LINE", [1, None], (1,)),
    ModelCase("LIN003", "lines", "LINE", ["", "1"], (0,)),
    ModelCase("LIN003", "lines", "LINE", ["first", "1"], (0,)),
    ModelCase("LIN003", "lines", "LINE", [0, 1.5, 2]),
    ModelCase("EXO002", "exposures", "TRT", ["Drug", None], (1,)),
    ModelCase("EXO002", "exposures", "TRT", ["", "Drug", " "], (0, 2)),
    ModelCase("EXO002", "exposures", "TRT", [None, None], (0, 1)),
    ModelCase("EXO002", "exposures", "TRT", ["Drug", "PLACEBO"]),
    ModelCase("EXO003", "exposures", "DOSE", [75, -75], (1,)),
    ModelCase("EXO003", "exposures", "DOSE", ["-1", "0"], (0,)),
    ModelCase("EXO003", "exposures", "DOSE", [-0.001, -2, None], (0, 1)),
    ModelCase("EXO003", "exposures", "DOSE", [0, 75, None]),
)  # fmt: skip

"""For each expectation of the built-in suites: rows that must give a finding, rows that must not.

A case is the rows of its table, and how many findings they give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """Rows of a table on which one expectation fires (``found`` findings) or is silent (0)."""

    code: str
    table: str
    rows: list[Row]
    found: int
    subject: str | None = None


TABLES = {
    "PAT": "patients",
    "RSP": "responses",
    "BST": "best_responses",
    "LES": "lesions",
    "TUM": "tumours",
    "TTE": "times",
    "AEV": "adverse_events",
    "LIN": "lines",
    "EXO": "exposures",
}


def _rows(count: int, **same: Any) -> list[Row]:
    return [{"USUBJID": f"P{number}", **same} for number in range(count)]


def _with(base: Row, *changes: Row) -> list[Row]:
    return [{**base, **change} for change in changes]


def _share(code: str, column: str, *, missing: int, allowed: int, **same: Any) -> list[Case]:
    """Of 40 rows: one finding where too many values are missing, none where few are."""
    value = same.pop("value")
    rows = [
        {"USUBJID": f"P{number}", **same, column: None if number < missing else value}
        for number in range(40)
    ]
    few = [{**row, column: None if n < allowed else value} for n, row in enumerate(rows)]
    table = TABLES[code[:3]]
    return [Case(code, table, rows, 1), Case(code, table, few, 0)]


def _values(code: str, column: str, wrong: list[Any], right: list[Any], **same: Any) -> list[Case]:
    """Each wrong value is a finding of its own patient; missing ones are not."""
    table = TABLES[code[:3]]
    first = [{"USUBJID": f"W{n}", **same, column: value} for n, value in enumerate(wrong)]
    second = [{"USUBJID": f"R{n}", **same, column: value} for n, value in enumerate(right)]
    return [
        Case(code, table, first + second, len(wrong), subject="W0"),
        Case(code, table, second, 0),
    ]


def _empty(code: str, columns: Row) -> list[Case]:
    table = TABLES[code[:3]]
    return [Case(code, table, [], 1), Case(code, table, [{"USUBJID": "P1", **columns}], 0)]


def _anonymous(code: str, more: Row) -> list[Case]:
    table = TABLES[code[:3]]
    rows: list[Row] = [{"USUBJID": "P1", **more}, {"USUBJID": None, **more}]
    return [Case(code, table, rows, 1), Case(code, table, rows[:1], 0)]


def _twice(code: str, base: Row, *different: Row) -> list[Case]:
    """Two equal rows are two findings; each change makes them different records."""
    table = TABLES[code[:3]]
    base = {"USUBJID": "P1", **base}
    apart = [Case(code, table, _with(base, {}, change), 0) for change in different]
    return [
        Case(code, table, _with(base, {}, {}, {"USUBJID": "P2"}), 2, subject="P1"),
        Case(code, table, _with(base, {}, {"USUBJID": "P2"}), 0),
        *apart,
    ]


def _number(code: str) -> list[Case]:
    unnumbered = _with({"USUBJID": "P1", "SEQ": None}, {}, {})
    return [
        *_twice(code, {"SEQ": 7}, {"SEQ": 8}),
        Case(code, TABLES[code[:3]], [*_rows(1, SEQ=1), *unnumbered], 0),
    ]


_DIAMETER = {"LNKID": "T01", "TESTCD": "LDIAM", "UNIT": "mm", "ADT": "2020-03-01", "AVAL": 21.0}
_RESPONSE = {"PARAMCD": "OVR", "AVALC": "SD", "ADT": "2020-03-01"}
_EVENT = {"TERM": "nausea", "DECOD": "Nausea", "TOXGR": 2, "ASTDT": "2020-03-01"}

CASES: list[Case] = [
    *_empty("PAT501", {"AGE": 60}),
    Case("PAT503", "patients", [{"USUBJID": "01-015 "}, {"USUBJID": "01\t016"}], 2, "01-015 "),
    Case("PAT503", "patients", [{"USUBJID": "01-015"}, {"USUBJID": "Site 1 P 7"}], 0),
    *_values("PAT504", "AGE", [5, 112], [12, 18, 64.5, 100, -5, 199, None]),
    *_values("PAT505", "HEIGHT", [1.75, 69, 271], [120, 175, 220, 1750, None]),
    *_values("PAT506", "WEIGHT", [7.5, 500], [30, 82.5, 250, 7500, None]),
    *_values("PAT507", "BMI", [2.3, 230, 0.0024], [12, 24.6, 60, 0, None]),
    *_share("PAT508", "AGE", missing=3, allowed=2, value=60),
    *_share("PAT509", "SEX", missing=3, allowed=2, value="F"),
    Case("PAT510", "patients", _rows(2, STUDYID="A") + _rows(1, STUDYID="B"), 1),
    Case("PAT510", "patients", _rows(3, STUDYID="A") + _rows(1, STUDYID=None), 0),
    *_empty("RSP501", _RESPONSE),
    *_twice(
        "RSP503",
        _RESPONSE,
        {"ADT": "2020-03-02"},
        {"ADT": None},
        {"PARAMCD": "OVRLRESP"},
        {"EVAL": "INVESTIGATOR"},
        {"EVALID": "RADIOLOGIST 2"},
        {"CAT": "iRECIST"},
        {"SCAT": "INCLUDING PET-CT SCAN"},
    ),
    Case("RSP503", "responses", _with({"USUBJID": "P1", **_RESPONSE}, {}, *[{"ADT": None}] * 2), 0),
    Case("RSP503", "responses", _rows(1, **_RESPONSE) + _rows(1, ADT="2020-03-01", AVALC="PD"), 0),
    *_number("RSP504"),
    *_share("RSP505", "AVALC", missing=5, allowed=4, value="SD"),
    *_share("RSP506", "ADT", missing=3, allowed=2, value="2020-03-01"),
    *_empty("BST501", {"PARAMCD": "BOR", "AVALC": "PR"}),
    *_share("BST504", "AVALC", missing=3, allowed=2, value="PR"),
    *_empty("LES501", _DIAMETER),
    *_values("LES503", "LNKID", [None], ["T01"], TESTCD="SAXIS", AVAL=21.0),
    Case("LES503", "lesions", _rows(1, TESTCD="SUMDIAM", LNKID=None) + _rows(1, **_DIAMETER), 0),
    *_twice(
        "LES504",
        _DIAMETER,
        {"ADT": "2020-04-01"},
        {"VISITNUM": 3},
        {"TESTCD": "SAXIS"},
        {"LNKID": "T02"},
        {"EVAL": "INVESTIGATOR"},
    ),
    Case(
        "LES504",
        "lesions",
        _with({"USUBJID": "P1", **_DIAMETER}, {"ADT": None}, {"ADT": None}, {}),
        0,
    ),
    *_number("LES505"),
    *_values("LES506", "AVAL", [301, 2140], [0, 21.4, 300, None], TESTCD="LDIAM"),
    Case("LES506", "lesions", _rows(1, TESTCD="SUMDIAM", AVAL=412) + _rows(1, **_DIAMETER), 0),
    *_values("LES507", "UNIT", ["mm2", "%"], ["mm", "cm", "in", None], TESTCD="LDIAM"),
    *_share("LES509", "AVAL", missing=5, allowed=4, value=21.0, TESTCD="LDIAM"),
    Case(
        "LES509",
        "lesions",
        _rows(4, TESTCD="LDIAM", AVAL=21.0, STAT=None)
        + _rows(9, TESTCD="LDIAM", AVAL=None, STAT="NOT DONE"),
        0,
    ),
    *_share("LES510", "ADT", missing=3, allowed=2, value="2020-03-01"),
    *_empty("TUM501", {"LNKID": "T01"}),
    *_values("TUM503", "LNKID", [None], ["T01", "NT01"]),
    *_twice(
        "TUM504",
        {"LNKID": "T01", "LOC": "LIVER"},
        {"LNKID": "T02"},
        {"VISITNUM": 2},
        {"EVAL": "IRC"},
    ),
    *_number("TUM505"),
    *_share("TUM506", "LOC", missing=5, allowed=4, value="LIVER"),
    *_empty("TTE501", {"PARAMCD": "OS"}),
    *_twice("TTE504", {"PARAMCD": "OS", "AVAL": 182}, {"PARAMCD": "PFS"}),
    *_values("TTE505", "AVAL", [None], [0, 182], PARAMCD="OS"),
    *_values("TTE506", "CNSR", [None], [0, 1, 2], PARAMCD="OS"),
    *_values("TTE509", "AVAL", [10959, 22000], [1, 3650, 10958, None], AVALU="DAYS"),
    *_values("TTE509", "AVAL", [10959], [3650], PARAMCD="OS"),
    *_values("TTE510", "AVAL", [1567], [52, 1566], AVALU="Weeks"),
    *_values("TTE511", "AVAL", [361], [12, 360], AVALU="MONTHS"),
    *_values("TTE512", "AVAL", [31], [2.5, 30], AVALU="years"),
    *_empty("AEV501", _EVENT),
    *_values("AEV503", "TERM", [None], ["nausea"], TOXGR=2),
    *_share("AEV504", "DECOD", missing=3, allowed=2, value="Nausea"),
    *_share("AEV505", "TOXGR", missing=5, allowed=4, value=2),
    *_share("AEV506", "ASTDT", missing=5, allowed=4, value="2020-03-01"),
    *_twice(
        "AEV507",
        _EVENT,
        {"ASTDT": "2020-04-01"},
        {"TOXGR": 3},
        {"AENDT": "2020-03-09"},
        {"SER": "Y"},
        {"TERM": "feeling sick"},
    ),
    Case(
        "AEV507",
        "adverse_events",
        _with({"USUBJID": "P1", **_EVENT}, {"ASTDT": None}, {"ASTDT": None}, {}),
        0,
    ),
    *_number("AEV508"),
    *_empty("LIN501", {"LINE": 1}),
    *_values("LIN504", "LINE", [16, 2019], [1, 2, 15, None]),
    *_twice(
        "LIN505",
        {"LINE": 2, "TRT": "DOXORUBICIN", "ASTDT": "2020-03-01"},
        {"LINE": 3},
        {"TRT": "IFOSFAMIDE"},
        {"ASTDT": "2020-09-01"},
    ),
    *_share("LIN506", "TRT", missing=3, allowed=2, value="DOXORUBICIN", LINE=1),
    *_share("LIN507", "ASTDT", missing=5, allowed=4, value="2020-03-01", LINE=1),
    *_empty("EXO501", {"TRT": "DRUG"}),
    *_values("EXO504", "DOSE", [0], [0.1, 75, -75, None], TRT="DRUG"),
    Case(
        "EXO504", "exposures", _rows(1, TRT="Placebo 75", DOSE=0) + _rows(1, TRT="DRUG", DOSE=75), 0
    ),
    *_values("EXO505", "DOSU", ["mgg", "ORAL"], ["mg", "MG", "mg/m2", "TABLET", None], TRT="DRUG"),
    *_share("EXO506", "DOSU", missing=3, allowed=2, value="mg", TRT="DRUG", DOSE=75),
    *_share("EXO507", "ASTDT", missing=3, allowed=2, value="2020-03-01", TRT="DRUG"),
    *_number("EXO508"),
]

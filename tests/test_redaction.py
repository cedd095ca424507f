"""Patients' values are not shown unless they are asked for."""

from __future__ import annotations

from auditor.finding import Finding, Place, Severity, Verdict
from auditor.redaction import redacted

RECORD = Place("adsl.csv", "record", "1961-04-12", table="adsl", row=3, subject="01-004")
CELL = Place("paper.xml", "cell", "12 (45%)", table="Table 1", row=1, column=1)


def finding(*places: Place) -> Finding:
    return Finding(
        Severity.ERROR,
        Verdict.IMPOSSIBLE,
        "Birth is after consent.",
        places,
        reported="1961-04-12",
        expected="before 1960-01-01",
        arithmetic=("1961-04-12 > 1960-01-01",),
    )


def test_a_record_loses_its_values_and_keeps_its_place() -> None:
    shown = redacted(finding(RECORD, RECORD))
    assert "1961" not in repr(shown)
    assert [(p.table, p.row, p.subject) for p in shown.places] == [("adsl", 3, "01-004")] * 2
    assert shown.message == "Birth is after consent."


def test_what_is_printed_in_a_manuscript_stays() -> None:
    assert redacted(finding(CELL)) == finding(CELL)
    both = redacted(finding(CELL, RECORD))
    assert both.places[0] == CELL
    assert both.places[1].quote == ""
    assert both.arithmetic

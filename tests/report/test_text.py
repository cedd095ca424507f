"""The terminal summary and the shared words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest

from auditor.audit import Audit, CheckRun, Coverage
from auditor.check import Outcome
from auditor.finding import Place
from auditor.report.text import finding_line, summary
from auditor.report.wording import place_words, review_text, verdict_sentence


def test_a_finding_is_one_line_with_its_place(samples: ModuleType) -> None:
    found = next(f for f in samples.findings() if f.code == "PCT001")
    assert finding_line(found) == (
        "ERROR PCT001 Table 2, row 'ORR', column 'Trabectedin (N = 31)': 12 of 31 patients are "
        "38.7%, not 45%: no rounding gives the printed percentage."
    )


def test_a_place_is_not_said_twice(samples: ModuleType) -> None:
    found = next(f for f in samples.findings() if f.code == "PCT001")
    message = "Table 2, row “ORR”: 12 of 31 is 38.7%, not 45%."
    said = replace(found, message=message)
    assert finding_line(said) == f"ERROR PCT001 {message}"
    assert finding_line(said, with_input=True).startswith("ERROR PCT001 trabectedin.xml, Table 2,")
    assert review_text(said).splitlines()[:2] == [message, 'Printed there: "45%"']
    other = replace(found, message="Table 20, row “ORR”: 12 of 31 is 38.7%, not 45%.")
    assert finding_line(other).startswith("ERROR PCT001 Table 2, row 'ORR'")
    nowhere = replace(found, places=(), message="An expired waiver.")
    assert finding_line(nowhere) == "ERROR PCT001: An expired waiver."
    assert review_text(nowhere).startswith("An expired waiver.\n")


def test_summary_counts_covers_and_names_what_did_not_run(samples: ModuleType) -> None:
    lines = summary(samples.incomplete()).splitlines()
    assert "incomplete: 4 errors, 2 warnings, 7 notes" in lines
    assert "142 printed numbers: 139 read, 131 tied to a population, 118 checked" in lines
    assert "not evaluable: SRV001 survival-rises: no table of survival by time" in lines
    assert any(line.startswith("FAILED: RNG001") for line in lines)


def test_the_limit_says_what_it_left_out(samples: ModuleType) -> None:
    audit = samples.realistic()
    assert "... and 11 more findings" in summary(audit, limit=2)
    assert "... and 1 more finding\n" in summary(audit, limit=12)
    assert "more finding" not in summary(audit, limit=13)
    assert "more finding" not in summary(audit, limit=None)
    assert summary(audit, limit=0).count("ERROR") == 0


def test_input_text_cannot_steer_a_terminal(audit: Audit) -> None:
    text = summary(audit, limit=None)
    assert not [ch for ch in text if (ord(ch) < 32 and ch != "\n") or ch in "\x7f\u202e\x9b"]
    heads = ("ERROR", "WARNING", "NOTE")
    assert sum(line.startswith(heads) for line in text.splitlines()) == len(audit.findings)


def test_several_documents_are_told_apart(extremes: ModuleType) -> None:
    text = summary(extremes.two_documents())
    assert "ERROR TXT002 supplement.md, Table S1, row 'ORR'" in text


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [
        ("realistic", "4 numbers contradict others; 2 need a person."),
        ("clean", "No contradiction found among 131 checked numbers."),
        (
            "incomplete",
            "Incomplete: 1 check failed. So far, 4 numbers contradict others; 2 need a person.",
        ),
    ],
)
def test_verdict_sentence(
    audits: dict[str, Callable[[], Audit]], sample: str, sentence: str
) -> None:
    assert verdict_sentence(audits[sample]()) == sentence


def test_one_number_in_question_twice_is_counted_once(samples: ModuleType) -> None:
    whole = samples.realistic()
    first = whole.findings[0]
    again = replace(first, code="SUM002", id="other")
    assert verdict_sentence(replace(whole, findings=(first, again))).startswith(
        "1 number contradicts others."
    )


def test_an_audit_that_checked_nothing_does_not_reassure(samples: ModuleType) -> None:
    empty = replace(samples.clean(), coverage=Coverage(12, 0, 0, 0))
    assert verdict_sentence(empty) == (
        "No number was checked, so nothing can be said about this manuscript."
    )
    assert "nothing checked: 0 errors, 0 warnings, 0 notes" in summary(empty).splitlines()
    assert "clean:" not in summary(empty)
    assert "clean: 0 errors, 0 warnings, 0 notes" in summary(samples.clean())


@pytest.mark.parametrize(
    ("idle", "passed", "lines"),
    [
        (0, 2, []),
        (3, 1, [f"not evaluable: TST00{n} test-{n}: no table" for n in range(3)]),
        (4, 1, ["not evaluable: 4 of 5 checks (TST000, TST001, TST002, TST003)"]),
        (5, 0, ["not evaluable: all 5 checks; none had anything to judge"]),
        (1, 0, ["not evaluable: TST000 test-0: no table"]),
    ],
)
def test_many_checks_without_anything_to_judge_take_one_line(
    samples: ModuleType, idle: int, passed: int, lines: list[str]
) -> None:
    outcomes = [Outcome.NOT_EVALUABLE] * idle + [Outcome.PASSED] * passed
    runs = tuple(
        CheckRun(f"TST00{n}", f"test-{n}", outcome, why="no table" * (n < idle))
        for n, outcome in enumerate(outcomes)
    )
    text = summary(replace(samples.clean(), checks=runs))
    assert [line for line in text.splitlines() if "not evaluable" in line] == lines


def test_failed_checks_are_always_listed(samples: ModuleType) -> None:
    runs = tuple(CheckRun(f"TST00{n}", f"test-{n}", Outcome.FAILED, why="1/0") for n in range(6))
    lines = summary(replace(samples.clean(), checks=runs)).splitlines()
    assert [line for line in lines if line.startswith("FAILED")] == [
        f"FAILED: TST00{n} test-{n}: 1/0" for n in range(6)
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            Place("a.xml", "cell", "1", table="Table 1", table_index=0, row=3, column=2),
            "Table 1, row 4, column 3",
        ),
        (
            Place("a.xml", "cell", "1", table_index=4, row_label="Male", column_label="n"),
            "Table 5 (no label), row 'Male', column 'n'",
        ),
        (
            Place("a.xml", "cell", "1", table="Table 1", row_label="A\n  B", line=1),
            "Table 1, row 'A B', line 2",
        ),
        (Place("a.xml", "text", "1", section="Methods"), "Section 'Methods'"),
        (Place("a.xml", "text", "1"), "Running text"),
        (Place("adsl.csv", "record", "", table="adsl", row=7), "adsl, row 8"),
        (
            Place(
                "rs.csv", "record", "", table="rs", row=0, subject="1", visit="W6", variable="AVALC"
            ),
            "rs, subject 1, visit W6, AVALC, row 1",
        ),
    ],
)
def test_place_words(place: Place, words: str) -> None:
    assert place_words(place) == words


def test_review_text_stands_alone(samples: ModuleType) -> None:
    found = next(f for f in samples.findings() if f.code == "PCT001")
    lines = review_text(found).splitlines()
    assert lines[0] == "Table 2, row 'ORR', column 'Trabectedin (N = 31)':"
    assert lines[2] == 'Printed there: "45%"'
    assert "  12 / 31 = 0.38710 = 38.7%" in lines
    assert "Hint: the numerator may have been 14: 14 / 31 = 45.2%" in lines
    assert lines[-2] == "Please correct this, or explain how the number arises."
    assert "Would be right under" not in "\n".join(lines)

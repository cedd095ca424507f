"""Audits of one small made-up paper: with findings, without, and with a failed check."""

from __future__ import annotations

from decimal import Decimal

from auditor.audit import (
    Audit,
    CheckRun,
    Coverage,
    InputFile,
    RulebookIdentity,
    Unchecked,
)
from auditor.check import Outcome
from auditor.claims import Claim, Measure, Population, Quantity
from auditor.document import Document, Footnote, Paragraph, Section, Table
from auditor.finding import Finding, Place, Severity, Verdict
from auditor.printed import PrintedNumber
from tests.report.builders import cell_place, make_table

NAME = "trabectedin.xml"
TEXT = (
    "Background. Treatment options are limited.\n"
    "Of the 62 patients, 41 (66%) were male and the median age was 58 years. Overall response was "
    "seen in 12 of 31 patients (45%), and disease control in 24 (77%).\n"
    "Toxicity was manageable; 9 patients stopped treatment."
)


def demographics() -> Table:
    return make_table(
        0,
        "Table 1",
        "Patient and tumour characteristics at baseline, by treatment arm.",
        [
            ["Characteristic", "Trabectedin^a", "", "Doxorubicin", "", "p"],
            ["", "n", "%", "n", "%", ""],
            ["Sex", "", "", "", "", ""],
            ["Male", "19", "61.3", "22", "71.0", "0.42"],
            ["Female", "12", "38.7", "9", "29.0", ""],
            ["Stage at diagnosis", "", "", "", "", ""],
            ["II", "8", "25.8", "7", "22.6", "0.78"],
            ["III", "15", "48.4", "13", "41.9", ""],
            ["IV", "9", "29.0", "11", "35.5", ""],
            [
                "Haemoglobin, × 10^9/L\nmedian (range)",
                "12.1 (8.4–15.2)",
                "",
                "11.8 (12.0–14.9)",
                "",
                "0.001",
            ],
        ],
        header_rows=2,
        spans={
            (0, 0): (2, 1),
            (0, 1): (1, 2),
            (0, 3): (1, 2),
            (0, 5): (2, 1),
            (2, 0): (1, 6),
            (3, 5): (2, 1),
            (6, 5): (3, 1),
            (9, 1): (1, 2),
            (9, 3): (1, 2),
        },
        indents={3: 2, 4: 2, 6: 2, 7: 2, 8: 2},
        footnotes=(
            Footnote("a", "1.5 mg per square metre over 24 hours."),
            Footnote("", "Percentages may not add up to 100 because of rounding."),
        ),
    )


def response() -> Table:
    return make_table(
        1,
        "Table 2",
        "Best response by RECIST 1.1.",
        [
            ["Response", "Trabectedin (N = 31)", "Doxorubicin (N = 31)"],
            ["CR", "2 (6%)", "1 (3%)"],
            ["PR", "10 (32%)", "8 (26%)"],
            ["SD", "12 (39%)", "11 (35%)"],
            ["PD", "6 (19%)", "11 (35%)"],
            ["ORR", "12 (45%)", "9 (29%)"],
            ["DCR", "24 (77%)", "20 (65%)"],
        ],
        warnings=("header rows guessed",),
    )


def wide() -> Table:
    header = ["Adverse event", *(f"Cycle {n}, any grade, n (%)" for n in range(1, 13))]
    rows = [
        [name, *(f"{n + i} ({n + i}%)" for n in range(12))]
        for i, name in enumerate(("Nausea", "Neutropenia", "Fatigue", "Vomiting", "ALT raised"))
    ]
    return make_table(2, "", "Adverse events by cycle.", [header, *rows])


def text_place(quote: str, section: str = "Results") -> Place:
    start = TEXT.index(quote)
    return Place(
        input=NAME, kind="text", quote=quote, section=section, start=start, end=start + len(quote)
    )


def document() -> Document:
    cuts = [0, *(i + 1 for i, ch in enumerate(TEXT) if ch == "\n"), len(TEXT) + 1]
    paragraphs = [Paragraph(a, b - 1) for a, b in zip(cuts, cuts[1:], strict=False)]
    return Document(
        name=NAME,
        kind="jats",
        text=TEXT,
        title="Trabectedin or doxorubicin in advanced soft tissue sarcoma: a retrospective study",
        sections=(
            Section("introduction", "Introduction", 1, (paragraphs[0],)),
            Section("results", "Results", 1, tuple(paragraphs[1:])),
        ),
        tables=(demographics(), response(), wide()),
        sha256="a" * 64,
        warnings=("Table 4 is an image and was not read.",),
    )


def findings() -> tuple[Finding, ...]:
    one, two, three = demographics(), response(), wide()
    return (
        Finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            "The stages of the trabectedin arm add up to 32, one more than its 31 patients.",
            (cell_place(one, 8, 1), cell_place(one, 6, 1), cell_place(one, 7, 1)),
            reported="32 (8 + 15 + 9)",
            expected="31",
            arithmetic=("8 + 15 + 9 = 32", "19 + 12 = 31"),
            code="SUM001",
            check="parts-exceed-whole",
            id="5d1c0a22",
        ),
        Finding(
            Severity.ERROR,
            Verdict.IMPOSSIBLE,
            "A median of 11.8 lies below its own range, 12.0 to 14.9.",
            (cell_place(one, 9, 3, quote="11.8"), cell_place(one, 9, 4, quote="12.0–14.9")),
            reported="11.8",
            expected="12.0 to 14.9",
            arithmetic=("11.8 < 12.0",),
            code="RNG001",
            check="median-outside-range",
            id="77ab9012",
        ),
        Finding(
            Severity.ERROR,
            Verdict.IMPOSSIBLE,
            "12 of 31 patients are 38.7%, not 45%: no rounding gives the printed percentage.",
            (
                cell_place(two, 5, 1, quote="45%"),
                cell_place(two, 0, 1),
                cell_place(two, 1, 1),
                cell_place(two, 2, 1),
            ),
            reported="45%",
            expected="39%",
            arithmetic=("2 + 10 = 12", "12 / 31 = 0.38710 = 38.7%", "45% of 31 = 13.95"),
            suggestion="the numerator may have been 14: 14 / 31 = 45.2%",
            code="PCT001",
            check="percent-mismatch",
            id="09fe33b1",
        ),
        Finding(
            Severity.ERROR,
            Verdict.DISAGREES,
            "The text gives an overall response of 45%, Table 2 implies 38.7%.",
            (text_place("12 of 31 patients (45%)"), cell_place(two, 5, 1)),
            reported="45%",
            expected="39%",
            arithmetic=("12 / 31 = 38.7%",),
            code="TXT001",
            check="text-table-disagreement",
            id="c41d7f00",
        ),
        Finding(
            Severity.WARNING,
            Verdict.QUERY,
            "The responses of the trabectedin arm add up to 30 of 31; one patient is not accounted "
            "for, unless one was not evaluable.",
            (cell_place(two, 0, 1), *(cell_place(two, r, 1) for r in range(1, 5))),
            reported="N = 31",
            expected="30",
            arithmetic=("2 + 10 + 12 + 6 = 30", "31 - 30 = 1"),
            code="RSP001",
            check="response-sum",
            id="1f2e3d4c",
        ),
        Finding(
            Severity.WARNING,
            Verdict.CONVENTION,
            "p = 0.42 for sex is reached only by the uncorrected chi-squared test.",
            (cell_place(one, 3, 5),),
            reported="0.42",
            expected="0.59",
            conventions=("Pearson chi-squared, uncorrected",),
            arithmetic=("Fisher, two-sided: 0.592", "Pearson: 0.419", "Yates: 0.591"),
            code="PVA001",
            check="p-value-mismatch",
            id="aa55aa55",
        ),
        *(
            Finding(
                Severity.NOTE,
                Verdict.CONVENTION,
                f"{row + column} of 100 would round to the same figure; the base is not stated.",
                (cell_place(three, row, column),),
                reported=three.grid[row][column].text,
                conventions=("half-even",),
                code="PCT004",
                check="percent-rounding",
                id=f"{row:04}{column:04}",
            )
            for row, column in ((1, 1), (1, 4), (2, 2), (3, 7), (5, 12))
        ),
        Finding(
            Severity.NOTE,
            Verdict.QUERY,
            "The table has no printed label.",
            (Place(input=NAME, kind="text", quote="Adverse events by cycle.", table_index=2),),
            code="LAB001",
            check="table-unlabelled",
            id="beefbeef",
        ),
        Finding(
            Severity.NOTE,
            Verdict.CONVENTION,
            "66% is 41 of 62 (66.1%) without its decimal.",
            (text_place("66%"),),
            reported="66%",
            conventions=("no decimals",),
            code="PCT004",
            check="percent-rounding",
            id="00c0ffee",
        ),
    )


def claims() -> tuple[Claim, ...]:
    table = response()
    return (
        Claim(
            "c1",
            Quantity(Measure.PERCENT),
            Population((("column", "Trabectedin (N = 31)"), ("row", "ORR"))),
            PrintedNumber("45%", Decimal("45"), 0, percent=True),
            cell_place(table, 5, 1),
            0.95,
        ),
        Claim(
            "c2",
            Quantity(Measure.LOWER, "95% CI"),
            Population(),
            PrintedNumber("<0.10", Decimal("0.10"), 2, relation="<"),
            text_place("(77%)"),
            1.0,
        ),
    )


def realistic() -> Audit:
    three = wide()
    return Audit(
        inputs=(InputFile(NAME, "jats", "a" * 64),),
        rulebooks=(RulebookIdentity("built-in", "b" * 64),),
        documents=(document(),),
        claims=claims(),
        findings=findings(),
        checks=(
            CheckRun(
                "PCT001",
                "percent-mismatch",
                Outcome.FINDINGS,
                "",
                "built-in",
                "A percentage that its count and denominator cannot give.",
            ),
            CheckRun("SUM001", "parts-exceed-whole", Outcome.FINDINGS),
            CheckRun(
                "SRV001", "survival-rises", Outcome.NOT_EVALUABLE, "no table of survival by time"
            ),
            CheckRun("RSP002", "responders-exceed-patients", Outcome.PASSED),
        ),
        coverage=Coverage(
            142,
            139,
            131,
            118,
            (
                Unchecked(cell_place(three, 1, 2), "no denominator for this column"),
                Unchecked(cell_place(three, 2, 2), "no denominator for this column"),
                Unchecked(cell_place(three, 4, 5), "read with low confidence"),
                Unchecked(
                    Place(input=NAME, kind="text", quote="", table="Table 4"),
                    "the table is an image",
                ),
            ),
        ),
    )


def clean() -> Audit:
    whole = realistic()
    return Audit(
        whole.inputs,
        whole.rulebooks,
        whole.documents,
        whole.claims,
        (),
        (CheckRun("PCT001", "percent-mismatch", Outcome.PASSED),),
        Coverage(142, 142, 142, 131),
    )


def incomplete() -> Audit:
    whole = realistic()
    crashed = CheckRun(
        "RNG001",
        "median-outside-range",
        Outcome.FAILED,
        "ZeroDivisionError in median_outside_range.py, line 41",
    )
    return Audit(
        whole.inputs,
        whole.rulebooks,
        whole.documents,
        whole.claims,
        whole.findings,
        (*whole.checks, crashed),
        whole.coverage,
    )

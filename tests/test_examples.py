"""The shipped examples: same structure; the arithmetic of the consistent one is right."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from lxml import etree

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("sarcoma.xml", "sarcoma-consistent.xml")
Grid = list[list[str]]


def root(name: str) -> etree._Element:
    return etree.parse(str(EXAMPLES / name)).getroot()


def grids(name: str) -> dict[int, Grid]:
    """Body rows of each table by its number; the tables have no spans below the header."""
    return {
        number: [[words(td) for td in tr] for tr in wrap.iterfind("table/tbody/tr")]
        for number, wrap in enumerate(root(name).iter("table-wrap"), 1)
    }


def words(element: etree._Element) -> str:
    return str(element.xpath("string()"))


def prose(name: str) -> str:
    paragraphs = [
        p for p in root(name).iter("p") if next(p.iterancestors("table-wrap"), None) is None
    ]
    return re.sub(r"\s+", " ", " ".join(words(p) for p in paragraphs))


def half_up(n: int, total: int, decimals: int = 0) -> Decimal:
    """100 n / total by integer arithmetic alone."""
    scaled = (2 * 100 * 10**decimals * n + total) // (2 * total)
    return Decimal(scaled).scaleb(-decimals)


def wrong_percentages(name: str) -> list[str]:
    """Cells and phrases whose percentage is not the half-up rounding of their own counts."""
    tables = grids(name)
    counted: list[tuple[str, int, int, str]] = []
    for row in tables[1]:
        counted += [(*pair, str(n)) for n, pair in _pairs(row, (13, 31))]
    for row in tables[3]:
        total = sum(count(cell) for cell in row[1:5])
        counted += [(*pair, str(n)) for n, pair in _pairs(row, (total,) * 6)]
    for row in tables[7]:
        counted += [(*pair, str(n)) for n, pair in _pairs(row, (44,) * 3)]
    text = prose(name)
    everything = " ".join(cell for t in (2, 5) for row in tables[t] for cell in row) + " " + text
    counted += [
        (m[0], int(m[2]), int(m[3]), m[1])
        for m in re.finditer(r"(\d+(?:\.\d+)?)%? \((\d+)/(\d+)\)", everything)
    ]
    safety = text[text.index("hand-foot syndrome (12") :]
    safety = safety[: safety.index("On the study drug alone")]
    counted += [(m[0], int(m[1]), 44, m[2]) for m in re.finditer(r"(\d+), (\d+)%", safety)]
    counted += [(m[0], int(m[1]), 44, m[2]) for m in re.finditer(r"in (\d) \((\d+\.\d)%\)", text)]
    return [
        quote
        for quote, n, total, printed in counted
        if total == 0 or Decimal(printed) != half_up(n, total, len(printed.partition(".")[2]))
    ]


def _pairs(row: list[str], totals: tuple[int, ...]) -> list[tuple[str, tuple[str, int, int]]]:
    found = []
    for cell, total in zip(row[1:], totals, strict=True):
        match = re.fullmatch(r"(\d+) \((\d+)\)", cell)
        if match:
            found.append((match[2], (f"{row[0].strip()}: {cell}", int(match[1]), total)))
    return found


def count(cell: str) -> int:
    return int(cell.split(maxsplit=1)[0])


def fractions_of(cell: str) -> list[tuple[int, int]]:
    return [(int(n), int(total)) for n, total in re.findall(r"(\d+)/(\d+)", cell)]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_jats_with_seven_labelled_tables(name: str) -> None:
    tree = root(name)
    assert (tree.tag, tree.get("dtd-version")) == ("article", "1.2")
    labels = [label.text for label in tree.iterfind(".//table-wrap/label")]
    assert labels == [f"Table {n}" for n in range(1, 8)]
    widths = [
        {sum(int(c.get("colspan", 1)) for c in tr) for tr in wrap.iterfind("table/tbody/tr")}
        for wrap in tree.iter("table-wrap")
    ]
    assert widths == [{3}, {4}, {7}, {5}, {5}, {5}, {4}]


def test_both_have_the_same_structure() -> None:
    one, two = ([(e.tag, dict(e.attrib)) for e in root(name).iter()] for name in NAMES)
    assert one == two


def test_only_figures_and_labels_differ_between_the_tables() -> None:
    one, two = (grids(name) for name in NAMES)
    changed = {
        (table, r, c): (one[table][r][c], two[table][r][c])
        for table in one
        for r, row in enumerate(one[table])
        for c, cell in enumerate(row)
        if cell != two[table][r][c]
    }
    assert changed == {
        (1, 5, 2): ("20 (64)", "20 (65)"),
        (1, 6, 2): ("11 (36)", "11 (35)"),
        (2, 0, 1): ("0 (0/0)", "–"),
        (2, 2, 2): ("0 (0/0)", "–"),
        (5, 0, 0): ("First line (OCR and DRR)", "First line (ORR and DCR)"),
        (5, 1, 0): ("Second line (OCR and DRR)", "Second line (ORR and DCR)"),
        (5, 1, 3): ("0 (0/0), 0 (0/0)", "–"),
        (5, 2, 0): ("Beyond second line (OCR and DRR)", "Beyond second line (ORR and DCR)"),
        (6, 3, 2): ("4.9–6.0", "4.9–5.8"),
        (6, 3, 4): ("12.4–33.2", "12.4–NE"),
    }


def test_every_percentage_of_the_consistent_one_is_half_up() -> None:
    assert wrong_percentages("sarcoma-consistent.xml") == []


def test_the_wrong_percentages_of_the_original_are_kept() -> None:
    assert sorted(wrong_percentages("sarcoma.xml")) == sorted(
        ["0–1: 20 (64)", "2–3: 11 (36)", *["0 (0/0)"] * 4, "in 2 (45.5%)", "in 1 (22.7%)"]
    )


def test_the_categories_of_table_1_add_up() -> None:
    for name in NAMES:
        blocks: dict[str, list[list[str]]] = {}
        heading = ""
        for row in grids(name)[1]:
            if row[1] == "":
                heading = row[0]
            elif heading:
                blocks.setdefault(heading.split(",")[0], []).append(row)
        assert len(blocks) == 10
        for block, rows in blocks.items():
            for column, total in ((1, 13), (2, 31)):
                parts = sum(count(row[column]) for row in rows)
                assert parts <= total if block == "Distant metastases" else parts == total


def test_responses_by_subtype_add_up() -> None:
    *rows, total = grids("sarcoma-consistent.xml")[3]
    for column in range(1, 7):
        assert sum(count(row[column]) for row in rows) == count(total[column])
    for row in (*rows, total):
        cr, pr, sd, _, orr, dcr = (count(cell) for cell in row[1:])
        assert (orr, dcr) == (cr + pr, cr + pr + sd)


@pytest.mark.parametrize("table", [2, 5])
def test_response_rates_add_up_over_lines_and_groups(table: int) -> None:
    *lines, total = [
        [fractions_of(cell) for cell in row[1:]] for row in grids("sarcoma-consistent.xml")[table]
    ]
    for rate in range(len(total[-1])):
        for row in (*lines, total):
            for part in (0, 1):
                groups = sum(cell[rate][part] for cell in row[:-1] if cell)
                assert groups == row[-1][rate][part]
        for column in range(len(total)):
            for part in (0, 1):
                summed = sum(line[column][rate][part] for line in lines if line[column])
                assert summed == total[column][rate][part]


def test_tables_agree_with_each_other() -> None:
    tables = grids("sarcoma-consistent.xml")
    therapy = [[count(cell) for cell in row[1:]] for row in tables[1][-7:-4]]
    lines = [[count(cell) for cell in row[1:]] for row in tables[1][-3:]]
    for table, column in ((2, 0), (5, 1)):
        by_line = [fractions_of(row[-1])[0][1] for row in tables[table][:-1]]
        assert by_line == [row[column] for row in lines]
        by_group = [fractions_of(cell)[0][1] for cell in tables[table][-1][1:-1]]
        assert by_group == [row[column] for row in therapy][: len(by_group)]
    assert fractions_of(tables[5][-1][-1]) == [
        (count(tables[3][-1][5]), 31),
        (count(tables[3][-1][6]), 31),
    ]
    assert tables[4][-1] == tables[6][-1]
    for row in tables[7]:
        assert count(row[1]) + count(row[2]) == count(row[3])


# What the text of the consistent one says, and the counts of the tables behind it.
STATED = {
    "30 had an ECOG status of 0–1": 10 + 20,
    "21 patients were male": 9 + 12,
    "surgery in 82% (36/44)": 11 + 25,
    "chemotherapy in 57% (25/44)": 13 + 12,
    "radiotherapy in 18% (8/44)": 0 + 8,
    "present in 29 patients": 8 + 21,
    "distant metastasis in 25.": 8 + 0 + 2 + 10 + 3 + 2,
    "alone to 52% (23/44)": 7 + 16,
    "with chemotherapy to 43% (19/44)": 6 + 13,
    "with radiotherapy to 5% (2/44)": 0 + 2,
    "first-line drug for 10 patients": 2 + 8,
    "second-line drug for 26 patients": 8 + 18,
    "beyond second line for 8 patients": 3 + 5,
    "6 had PR, 23 had SD and 15 had PD": 7 + 16,
    "1 patient had PR, 11 had SD and 4 had PD": 16 - 11 - 4,
    "Thirty-five adverse events of grade 1 or 2": 12 + 8 + 7 + 4 + 3 + 0 + 1,
}


@pytest.mark.parametrize(("phrase", "value"), STATED.items())
def test_the_text_agrees_with_the_tables(phrase: str, value: int) -> None:
    assert phrase in prose("sarcoma-consistent.xml")
    numbers = re.findall(r"\d+", phrase.replace("Thirty-five", "35"))
    assert str(value) in numbers


def test_the_rates_of_the_text_follow_from_the_counts() -> None:
    text = prose("sarcoma-consistent.xml")
    for phrase, counts in {
        "the ORR was 14% and the DCR 66%": ((6, 44), (29, 44)),
        "ORR and DCR were 19% and 71%": ((6, 31), (22, 31)),
        "DCR of 54%": ((7, 13),),
        "DCR (57% vs. 50%": ((4, 7), (3, 6)),
        "ORR of 6% versus 38%": ((1, 16), (5, 13)),
        "DCR of 75% versus 69%": ((12, 16), (9, 13)),
        "(50% vs. 9%": ((4, 8), (2, 23)),
        "(100% vs. 61%": ((8, 8), (14, 23)),
        "9 of 47 patients (19%)": ((9, 47),),
        "two of them (9%)": ((2, 23),),
        "three of them (16%)": ((3, 19),),
        "12 patients (32.4%)": ((12, 37),),
    }.items():
        assert phrase in text
        printed = re.findall(r"(\d+(?:\.\d+)?)%", phrase)
        rates = [
            half_up(n, total, len(p.partition(".")[2]))
            for (n, total), p in zip(counts, printed, strict=True)
        ]
        assert [Decimal(p) for p in printed] == rates


def fisher(a: int, n: int, b: int, m: int) -> Fraction:
    """Two-sided Fisher exact p of a of n against b of m, by counting tables."""
    successes = a + b

    def weight(x: int) -> int:
        return comb(n, x) * comb(m, successes - x)

    possible = range(max(0, successes - m), min(n, successes) + 1)
    extreme = sum(weight(x) for x in possible if weight(x) <= weight(a))
    return Fraction(extreme, comb(n + m, successes))


@pytest.mark.parametrize(
    ("counts", "phrase", "in_original"),
    [
        ((1, 16, 5, 13), "ORR of 6% versus 38% (P = 0.064)", "ORR of 6% versus 38% (P = 0.047)"),
        ((12, 16, 9, 13), "75% versus 69% (P = 1.00)", "75% versus 69% (P = 0.526)"),
        ((4, 7, 3, 6), "(57% vs. 50%, P = 1.00)", "(57% vs. 50%, P = 0.617)"),
        ((4, 8, 2, 23), "(50% vs. 9%, P = 0.026)", "ORR 50% vs. 9%, P = 0.026"),
        ((8, 8, 14, 23), "(100% vs. 61%, P = 0.068)", "DCR 100% vs. 61%, P = 0.041"),
    ],
)
def test_p_values_are_those_of_the_two_sided_fisher_test(
    counts: tuple[int, int, int, int], phrase: str, in_original: str
) -> None:
    assert phrase in prose("sarcoma-consistent.xml")
    assert in_original in prose("sarcoma.xml")
    exact = fisher(*counts)
    printed = Decimal(phrase.rpartition("P = ")[2].rstrip(")"))
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    assert quotient.quantize(printed, rounding=ROUND_HALF_UP) == printed


@pytest.mark.parametrize(
    "phrase",
    [
        "second-line drug for 26 patients, and came beyond second line for 26 patients",
        "55% (24/44)",
        "41% (18/44)",
        "ORR and DCR were 19% and 52%",
        "4 patients had PR, 11 had SD and 4 had PD",
        "2 (45.5%)",
        "1 (22.7%)",
        "35 (79.5%) patients",
        "severe pneumothorax in three patients",
        "had a complete response",
        "9 of 47 patients (9%)",
    ],
)
def test_the_contradictions_of_the_original_are_kept(phrase: str) -> None:
    assert phrase in prose("sarcoma.xml")
    assert phrase not in prose("sarcoma-consistent.xml")

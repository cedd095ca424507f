"""Headings, blocks and kinds of rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.extraction.reading import Row, RowKind, TableReading
from auditor.manuscript import Manuscript

ReadTable = Callable[[str], TableReading]
Read = Callable[..., Manuscript]
IN = "&nbsp;&nbsp;&nbsp;&nbsp;"
HEADER = "| | A (n = 41) | B (n = 40) |\n| --- | --- | --- |\n"


def body(reading: TableReading) -> list[Row]:
    return [row for row in reading.rows if row.kind is not RowKind.HEADER]


def paths(reading: TableReading) -> list[str]:
    return [row.path for row in body(reading) if row.kind is RowKind.COUNT]


def test_indentation_opens_and_a_new_heading_closes(table: ReadTable) -> None:
    reading = table(
        HEADER
        + f"""| Sex | | |
        | {IN}Male | 20 (49%) | 20 (50%) |
        | {IN}Female | 21 (51%) | 20 (50%) |
        | Stage | | |
        | {IN}III | 11 (27%) | 10 (25%) |
        | {IN}IV | 30 (73%) | 30 (75%) |"""
    )
    assert paths(reading) == ["Sex > Male", "Sex > Female", "Stage > III", "Stage > IV"]
    rows = [row for row in body(reading) if row.kind is RowKind.COUNT]
    assert len({row.block for row in rows}) == 2
    assert all(row.marked and row.headed for row in rows)


def test_rows_below_a_row_of_data_are_its_parts(table: ReadTable) -> None:
    reading = table(
        HEADER
        + f"""| Metastases | 30 (73%) | 20 (50%) |
        | {IN}Liver | 21 (51%) | 10 (25%) |
        | {IN}Lung | 11 (27%) | 10 (25%) |
        | Smoker | 10 (24%) | 8 (20%) |"""
    )
    assert paths(reading) == [
        "Metastases",
        "Metastases > Liver",
        "Metastases > Lung",
        "Smoker",
    ]
    assert len({row.block for row in body(reading)}) == 3


def test_a_row_at_the_level_of_the_heading_closes_an_indented_block(table: ReadTable) -> None:
    reading = table(
        HEADER
        + f"""| Sex | | |
        | {IN}Male | 20 (49%) | 20 (50%) |
        | {IN}Female | 21 (51%) | 20 (50%) |
        | Smoker | 10 (24%) | 8 (20%) |"""
    )
    assert paths(reading) == ["Sex > Male", "Sex > Female", "Smoker"]


def test_without_any_mark_rows_follow_their_heading(table: ReadTable) -> None:
    reading = table(
        HEADER
        + """| Sex | | |
        | Male | 20 (49%) | 20 (50%) |
        | Female | 21 (51%) | 20 (50%) |
        | Stage | | |
        | III | 11 (27%) | 10 (25%) |"""
    )
    assert paths(reading) == ["Sex > Male", "Sex > Female", "Stage > III"]
    assert not any(row.marked for row in body(reading))


def test_bold_headings_and_bold_rows_of_data(table: ReadTable) -> None:
    reading = table(
        HEADER
        + """| **Sex, n (%)** | | |
        | Male | 20 (49) | 20 (50) |
        | Female | 21 (51) | 20 (50) |
        | **Age, mean (SD)** | 60 (10) | 61 (11) |
        | **Smoker, n (%)** | 10 (24) | 8 (20) |"""
    )
    assert paths(reading) == [
        "Sex, n (%) > Male",
        "Sex, n (%) > Female",
        "Age, mean (SD)",
        "Smoker, n (%)",
    ]
    assert [e.count for e in reading.entries] == [20, 20, 21, 20, None, None, 10, 8]


def test_a_heading_may_carry_a_p_value(table: ReadTable) -> None:
    reading = table(
        """| | A (n = 41) | B (n = 40) | P |
        | --- | --- | --- | --- |
        | Sex | | | 0.4 |
        | Male | 20 (49%) | 20 (50%) | |
        | Female | 21 (51%) | 20 (50%) | |"""
    )
    assert paths(reading) == ["Sex > Male", "Sex > Female"]


@pytest.mark.parametrize("label", ["No", "No.", "None"])
def test_no_is_a_category(table: ReadTable, label: str) -> None:
    reading = table(
        HEADER
        + f"""| Prior surgery, n (%) | | |
        | Yes | 11 (27) | 10 (25) |
        | {label} | 30 (73) | 30 (75) |"""
    )
    last = body(reading)[-1]
    assert last.kind is RowKind.COUNT
    assert last.statistic == "n (%)"
    assert reading.entries[-1].percent is not None


def test_a_category_left_blank_is_no_heading(table: ReadTable) -> None:
    reading = table(
        HEADER
        + """| Prior therapy | | |
        | Yes | 11 (27%) | 10 (25%) |
        | No | 30 (73%) | 30 (75%) |
        | Not done | | |"""
    )
    assert [row.kind for row in body(reading)][-1] is RowKind.OTHER


@pytest.mark.parametrize(
    "label", ["N", "No. of patients", "Patients, n", "Evaluable patients", "Number of patients"]
)
def test_a_row_that_states_n(table: ReadTable, label: str) -> None:
    reading = table(
        f"| | A | B |\n| --- | --- | --- |\n| {label} | 41 | 40 |\n| Male | 20 (49%) | 20 (50%) |"
    )
    first = next(r for r in reading.rows if r.label == label)
    assert first.kind is RowKind.TOTAL_N


def test_a_total_below_its_rows_is_their_sum(table: ReadTable) -> None:
    reading = table(
        "| | A | B |\n| --- | --- | --- |\n| Liver | 4 | 5 |\n| Lung | 6 | 7 |\n| Total | 10 | 12 |"
    )
    assert body(reading)[-1].kind is RowKind.COUNT


@pytest.mark.parametrize(
    ("label", "n"),
    [("ECOG (n = 38)", 38), ("ECOG, n = 38", 38), ("ECOG (38 patients)", 38)],
)
def test_n_in_a_heading_is_that_of_its_rows(table: ReadTable, label: str, n: int) -> None:
    reading = table(
        f"""| | All |
        | --- | --- |
        | {label} | |
        | 0 | 30 (79%) |
        | 1 | 8 (21%) |"""
    )
    assert [[s.value for s in r.stated] for r in body(reading)[1:]] == [[n], [n]]


@pytest.mark.parametrize(
    ("label", "statistic"),
    [
        ("Sex, n (%)", "n (%)"),
        ("Sex — no. (%)", "n (%)"),
        ("Age, median (range)", "statistic"),
        ("Age, years", ""),
    ],
)
def test_rows_inherit_what_their_heading_announces(
    table: ReadTable, label: str, statistic: str
) -> None:
    reading = table(HEADER + f"| {label} | | |\n| First | 20 (49) | 20 (50) |\n| Other | 1 | 2 |")
    assert body(reading)[1].statistic == statistic


LINES = """<table-wrap><label>Table 1</label><table><thead><tr><th/><th>A (n = 41)</th></tr></thead>
<tbody>{}</tbody></table></table-wrap>"""


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("Sex<break/>Male<break/>Female", "20 (49%)<break/>21 (51%)", ["Male", "Female"]),
        ("Male<break/>Female", "20 (49%)<break/>21 (51%)", ["Male", "Female"]),
        ("Male<break/>Female", "20 (49%)", ["Male Female"]),
    ],
)
def test_several_statements_in_one_cell(
    read: Read, label: str, cell: str, expected: list[str]
) -> None:
    manuscript = read(LINES.format(f"<tr><td>{label}</td><td>{cell}</td></tr>"), "jats")
    (reading,) = manuscript.tables
    assert [row.label for row in body(reading)] == expected
    assert [e.count for e in reading.entries] == [20, 21][: len(expected)]


def test_a_spread_on_a_line_of_its_own_belongs_to_its_value(read: Read) -> None:
    row = "<tr><td>Age<break/>Median<break/>(range)</td><td>60<break/>(30-80)</td></tr>"
    (reading,) = read(LINES.format(row), "jats").tables
    assert [[n.text for _, n in e.numbers] for e in reading.entries] == [["60", "30", "80"]]


def test_lines_whose_heading_stands_beside_an_empty_line(read: Read) -> None:
    row = "<tr><td>Sex<break/>Male<break/>Female</td><td><break/>20 (49%)<break/>21 (51%)</td></tr>"
    (reading,) = read(LINES.format(row), "jats").tables
    assert [row.path for row in body(reading)] == ["Sex > Male", "Sex > Female"]

"""Tables of JATS articles: true grids, whatever the spans; headers, indents, captions, notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document, Table
from auditor.readers.grid import OVERLAP, OVERLONG, PADDED, TOO_LARGE
from auditor.readers.headers import GUESSED
from auditor.readers.jats_tables import IMAGE_ONLY, NOT_READ

Reader = Callable[[str], Document]
Tables = Callable[[str], Table]
Files = Callable[[str, str], Document]

HEAD = "<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"


def texts(table: Table) -> list[list[str]]:
    """The grid, with the text of a spanning cell at its origin only."""
    return [
        [cell.text if (cell.row, cell.column) == (r, c) else "-" for c, cell in enumerate(row)]
        for r, row in enumerate(table.grid)
    ]


def test_spans_are_expanded_and_head_rows_counted(table: Tables) -> None:
    read = table(
        "<thead><tr><th rowspan='2'>Stub</th><th colspan='2'>Arm</th></tr>"
        "<tr><th>n</th><th>%</th></tr></thead>"
        "<tbody><tr><td>Male</td><td>9</td><td>69</td></tr></tbody>"
        "<tbody><tr><td>Female</td><td>4</td><td>31</td></tr></tbody>"
    )
    assert texts(read) == [
        ["Stub", "Arm", "-"],
        ["-", "n", "%"],
        ["Male", "9", "69"],
        ["Female", "4", "31"],
    ]
    assert read.header_rows == 2
    assert read.grid[1][0] is read.grid[0][0]
    assert read.grid[0][2].column_span == 2
    assert read.grid[1][1].header
    assert not read.grid[2][0].header
    assert read.warnings == ()


def test_row_span_ends_with_its_row_group(table: Tables) -> None:
    read = table(
        "<thead><tr><th rowspan='9'>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td>x</td><td>1</td></tr></tbody>"
    )
    assert texts(read) == [["A", "B"], ["x", "1"]]
    assert read.warnings == (OVERLONG,)


def test_row_span_of_zero_reaches_the_end_of_the_group(table: Tables) -> None:
    read = table(
        f"{HEAD}<tbody><tr><td rowspan='0'>x</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></tbody>"
    )
    assert texts(read)[1:] == [["x", "1", "2"], ["-", "3", "4"]]


def test_overlapping_spans_keep_the_earlier_cell(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td>x</td><td rowspan='2'>y</td><td>z</td></tr><tr><td colspan='3'>w</td></tr>"
    )
    assert read.grid[2][0].text == "w"
    assert read.grid[2][0].column_span == 1
    assert read.grid[2][1].text == "y"
    assert OVERLAP in read.warnings


def test_span_beyond_the_last_column_adds_none(table: Tables) -> None:
    read = table(f"{HEAD}<tbody><tr><td colspan='12'>Safety</td></tr></tbody>")
    assert read.n_columns == 3
    assert read.grid[1][0].column_span == 3


def test_ragged_rows_are_padded(table: Tables) -> None:
    read = table(f"{HEAD}<tbody><tr><td>x</td></tr><tr/></tbody>")
    assert texts(read)[1:] == [["x", "", ""], ["", "", ""]]
    assert PADDED in read.warnings


def test_rules_are_ignored_but_their_row_counts(table: Tables) -> None:
    read = table(
        f"{HEAD}<tbody><tr><td><hr/></td><td>\xa0<hr/></td><td><hr/></td></tr>"
        "<tr><td>x</td><td>1</td><td>2</td></tr></tbody>"
    )
    assert texts(read)[1:] == [["", "", ""], ["x", "1", "2"]]


@pytest.mark.parametrize("span", ["", "many", "-3", "99999999999"])
def test_a_senseless_span_is_one(table: Tables, span: str) -> None:
    read = table(f"{HEAD}<tbody><tr><td colspan='{span}'>x</td><td>1</td><td>2</td></tr></tbody>")
    assert texts(read)[1] == ["x", "1", "2"]


def test_foot_rows_come_last(table: Tables) -> None:
    read = table(f"{HEAD}<tfoot><tr><td>Total</td></tr></tfoot><tbody><tr><td>x</td></tr></tbody>")
    assert [row[0] for row in texts(read)] == ["A", "x", "Total"]


def test_header_rows_without_head_are_guessed_from_th(table: Tables) -> None:
    read = table(
        "<tr><th/><th>Arm A</th></tr><tr><th/><th>2019</th></tr><tr><th>Male</th><td>9</td></tr>"
    )
    assert read.header_rows == 2
    assert GUESSED in read.warnings


def test_header_rows_without_head_are_guessed_from_values(table: Tables) -> None:
    read = table(
        "<tbody><tr><td/><td>Arm A</td><td>Arm B</td></tr>"
        "<tr><td/><td>Mean</td><td>95% CI</td></tr>"
        "<tr><td>Male</td><td>9 (69%)</td><td>1-2</td></tr></tbody>"
    )
    assert read.header_rows == 2
    assert GUESSED in read.warnings


def test_a_group_row_below_the_header_is_body(table: Tables) -> None:
    read = table(
        "<tbody><tr><td>Item</td><td>Arm A</td></tr><tr><td>Sex</td><td/></tr>"
        "<tr><td>Male</td><td>9 (69%)</td></tr></tbody>"
    )
    assert read.header_rows == 1


def test_values_in_the_first_row_are_body(table: Tables) -> None:
    read = table(
        "<tbody><tr><td>Male</td><td>9 (69)</td><td>0.4</td></tr>"
        "<tr><td>Female</td><td>4 (31)</td><td/></tr></tbody>"
    )
    assert read.header_rows == 0


def test_line_breaks_stay_and_end_breaks_do_not(table: Tables) -> None:
    read = table(
        f"{HEAD}<tbody><tr><td>Stage 0<break/> \u2003I-II</td><td>0 (0%)<break/>\n</td>"
        "<td><break/>21</td></tr></tbody>"
    )
    row = read.grid[1]
    assert row[0].text == "Stage 0\nI-II"
    assert row[1].text == "0 (0%)"
    assert row[2].lines == ("", "21"), "a value below an empty line belongs to the second label"


def test_paragraphs_and_list_items_stand_on_lines(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td><p>One</p> <p>Two</p></td>"
        "<td><list><list-item><p>a</p></list-item><list-item><p>b</p></list-item></list></td>"
        "<td>c</td></tr>"
    )
    assert [cell.text for cell in read.grid[1]] == ["One\nTwo", "a\nb", "c"]


def test_white_space_is_folded_but_digits_keep_their_thin_space(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td>n\u2009=\u200933</td><td>12\u2009345\u200b</td>"
        "<td>\u22120·5 –\n 1·2</td></tr>"
    )
    assert [cell.clean for cell in read.grid[1]] == ["n = 33", "12\u2009345", "\u22120·5 – 1·2"]


@pytest.mark.parametrize(
    "indented",
    [
        "<td> Male</td>",
        "<td>\xa0\xa0Male</td>",
        "<td>\u2003Male</td>",
        "<td><italic>\u2003Male</italic></td>",
        "<td style='padding-left: 1.5em;'>Male</td>",
        "<td style='padding:0 0 0 10px'>Male</td>",
        "<td content-type='indent1'>Male</td>",
        "<td><p content-type='indent'>Male</p></td>",
        "<td><list list-type='simple'><list-item><p>Male</p></list-item></list></td>",
    ],
)
def test_indentation(table: Tables, indented: str) -> None:
    read = table(f"{HEAD}<tr><td><bold>Gender</bold></td></tr><tr>{indented}</tr>")
    assert read.grid[1][0].indent == 0
    assert read.grid[2][0].indent > 0
    assert read.grid[2][0].text == "Male"


def test_layout_of_the_xml_is_no_indentation(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td>\n      <bold>Gender</bold></td></tr>"
        "<tr><td>\n        <bold>Age</bold></td></tr><tr><td>Male</td></tr>"
    )
    assert [read.grid[r][0].indent for r in (1, 2, 3)] == [0, 0, 0]


def test_layout_that_differs_in_all_stubs_is_indentation(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td>\n   Gender</td></tr><tr><td>\n     Male</td></tr>"
        "<tr><td>\n     Female</td></tr>"
    )
    assert [read.grid[r][0].indent for r in (1, 2, 3)] == [0, 2, 2]


def test_bold_means_all_of_the_visible_text(table: Tables) -> None:
    read = table(
        f"{HEAD}<tr><td><bold>Sex</bold><xref ref-type='table-fn'>*</xref></td>"
        "<td><bold>Age</bold>, years</td><td><bold> </bold></td></tr>"
    )
    assert [cell.bold for cell in read.grid[1]] == [True, False, False]


def test_several_tables_of_one_wrap_share_label_and_notes(jats: Reader) -> None:
    document = jats(
        "<table-wrap><label>Table 2.</label><caption><p>Both.</p></caption>"
        "<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>"
        "<table-wrap-foot><p>* Note.</p></table-wrap-foot></table-wrap>"
    )
    first, second = document.tables
    assert (first.label, second.label) == ("Table 2", "Table 2")
    assert (first.index, second.index) == (0, 1)
    assert first.caption == second.caption == "Both."
    assert first.footnotes == second.footnotes != ()
    assert first.end <= second.start or first.grid[0][0].end <= second.grid[0][0].start


def test_of_alternatives_the_table_is_read_once(jats: Reader) -> None:
    document = jats(
        "<table-wrap><label>Table 1</label><alternatives><graphic/><table><tr><td>a</td></tr>"
        "</table><table><tr><td>b</td></tr></table></alternatives></table-wrap>"
    )
    assert [one.grid[0][0].text for one in document.tables] == ["a"]


def test_an_image_is_a_table_without_grid(jats: Reader) -> None:
    document = jats("<table-wrap><label>Table 1</label><graphic/></table-wrap>")
    assert document.tables[0].grid == ()
    assert document.tables[0].warnings == (IMAGE_ONLY,)
    document = jats("<table-wrap><label>Table 1</label><oasis-table/></table-wrap>")
    assert document.tables[0].warnings == (NOT_READ,)


def test_tables_of_floats_group_and_within_paragraphs(read: Files) -> None:
    wrap = "<table-wrap><table><tr><td>{}</td></tr></table></table-wrap>"
    document = read(
        "p.xml",
        f"<article><body><sec><title>Results</title><p>Seen {wrap.format('a')} here.</p></sec>"
        f"</body><floats-group>{wrap.format('b')}</floats-group></article>",
    )
    assert [(t.grid[0][0].text, t.section) for t in document.tables] == [
        ("a", "Results"),
        ("b", ""),
    ]
    paragraph = document.sections[0].paragraphs[0]
    assert document.text[paragraph.start : paragraph.end] == "Seen here."


def test_a_nested_table_is_no_table_of_its_own(jats: Reader) -> None:
    inner = "<tr><td>a<table><tr><td>b</td></tr></table></td></tr>"
    document = jats(f"<table-wrap><table>{inner}</table></table-wrap>")
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Table 1.", "Table 1"), ("TABLE 1", "Table 1"), ("Tab. 3:", "Table 3"),
        ("Table&#160;IV", "Table IV"), ("Table S1", "Table S1"), ("1", "Table 1"),
        ("Supplementary Table 2", "Supplementary Table 2"), ("Panel", "Panel"),
    ],
)  # fmt: skip
def test_labels_are_normalised(jats: Reader, printed: str, label: str) -> None:
    document = jats(
        f"<table-wrap><label><bold>{printed}</bold></label><table><tr><td>a</td></tr></table>"
        "</table-wrap>"
    )
    assert document.tables[0].label == label


def test_label_within_the_caption(jats: Reader) -> None:
    document = jats(
        "<table-wrap><caption><title>Table 4. Survival.</title></caption>"
        "<table><tr><td>a</td></tr></table></table-wrap>"
    )
    only = document.tables[0]
    assert (only.label, only.caption) == ("Table 4", "Survival.")
    assert document.text[only.caption_start :].startswith("Survival.")


def notes(jats: Reader, foot: str, cell: str = "x") -> list[tuple[str, str]]:
    document = jats(
        f"<table-wrap><label>Table 1</label><table><tr><td>{cell}</td></tr></table>"
        f"<table-wrap-foot>{foot}</table-wrap-foot></table-wrap>"
    )
    return [(note.mark, note.text) for note in document.tables[0].footnotes]


def test_notes_with_labels(jats: Reader) -> None:
    foot = (
        "<fn><label>a</label><p>: By chi-square.</p></fn><fn><p><sup>b</sup>By t-test.</p></fn>"
        "<fn><p>Data are n (%).</p></fn>"
    )
    assert notes(jats, foot) == [
        ("a", "By chi-square."),
        ("b", "By t-test."),
        ("", "Data are n (%)."),
    ]


def test_notes_run_together_are_parted_at_marks(jats: Reader) -> None:
    foot = "<p>Data are means. <sup>a</sup>Adjusted mean; <sup>b</sup>Rank-sum. †Two patients.</p>"
    assert notes(jats, foot) == [
        ("", "Data are means."),
        ("a", "Adjusted mean"),
        ("b", "Rank-sum."),
        ("†", "Two patients."),
    ]


def test_an_exponent_does_not_part_a_note(jats: Reader) -> None:
    foot = "<p>* Counts are in 10<sup>9</sup>/L and areas in m<sup>2</sup>.</p>"
    assert notes(jats, foot) == [("*", "Counts are in 10^9/L and areas in m^2.")]


def test_a_bare_letter_is_a_mark_only_if_the_table_has_it(jats: Reader) -> None:
    foot = "<p>a Two patients died.</p>"
    assert notes(jats, foot, "9<sup>a</sup>") == [("a", "Two patients died.")]
    assert notes(jats, foot, "9") == [("", "a Two patients died.")]


def test_a_giant_keeps_its_caption_only(jats: Reader, table: Tables) -> None:
    row = "<tr>" + "<td/>" * 1000 + "</tr>"
    document = jats(
        f"<table-wrap><label>Table 1</label><caption><p>Big.</p></caption><table>{row * 201}"
        "</table></table-wrap>"
    )
    assert document.tables[0].grid == ()
    assert document.tables[0].caption == "Big."
    assert document.tables[0].warnings == (TOO_LARGE,)
    few = table("<tr><td colspan='1000' rowspan='300'>x</td></tr>" + "<tr><td/></tr>" * 300)
    assert few.warnings == (TOO_LARGE,), "spans can make few cells many"

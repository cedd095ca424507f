"""Tables are drawn with their true spans, and marked where they are in question."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from auditor.audit import Audit
from auditor.finding import Place
from auditor.report.anchors import Links, link
from auditor.report.grid import DrawnCell, DrawnTable, Row, draw, pieces


def occupied(table: DrawnTable) -> list[int]:
    """Columns that each drawn row fills, by the rules by which a browser lays out spans."""
    widths = []
    for block in (table.head, *table.bodies):
        taken: dict[int, set[int]] = {}
        for r, row in enumerate(block):
            column = 0
            for cell in row:
                while column in taken.get(r, set()):
                    column += 1
                for rr in range(r, r + cell.row_span):
                    taken.setdefault(rr, set()).update(range(column, column + cell.column_span))
        widths += [len(taken.get(r, set())) for r in range(len(block))]
        assert max(taken, default=-1) < len(block), "a span crosses the edge of its block"
    return widths


def cells(rows: tuple[Row, ...]) -> list[DrawnCell]:
    return [cell for row in rows for cell in row]


def test_every_row_fills_the_width(audit: Audit) -> None:
    for number, document in enumerate(audit.documents):
        for table in document.tables:
            drawn = draw(table, number, {})
            assert occupied(drawn) == [table.n_columns] * table.n_rows


def test_head_stub_and_groups(samples: ModuleType) -> None:
    drawn = draw(samples.demographics(), 0, {})
    assert len(drawn.head) == 2
    assert [cell.scope for cell in drawn.head[0]] == ["col", "colgroup", "colgroup", "col"]
    assert [body[0][0].pieces[0].text for body in drawn.bodies] == ["Sex", "Stage at diagnosis"]
    assert drawn.bodies[0][0][0].scope == "rowgroup"
    male = drawn.bodies[0][1]
    assert (male[0].tag, male[0].scope, male[0].classes) == ("th", "row", "indent-1")
    assert (male[1].tag, male[1].scope) == ("td", "")


def test_a_header_cell_that_reaches_below_the_head_takes_the_head_with_it(
    samples: ModuleType,
) -> None:
    rows = [["A", "B"], ["", "1"], ["x", "2"]]
    table = samples.make_table(0, "T", "", rows, header_rows=1, spans={(0, 0): (2, 1)})
    drawn = draw(table, 0, {})
    assert len(drawn.head) == 2
    assert occupied(drawn) == [2, 2, 2]


def test_no_group_is_split_off_where_a_span_crosses_it(samples: ModuleType) -> None:
    rows = [["Item", "n", "p"], ["a", "1", "0.5"], ["Group", "", ""], ["b", "2", ""]]
    table = samples.make_table(0, "T", "", rows, spans={(1, 2): (3, 1)})
    drawn = draw(table, 0, {})
    assert len(drawn.bodies) == 1
    assert occupied(drawn) == [3, 3, 3, 3]


def test_a_place_inside_a_span_marks_the_spanning_cell(samples: ModuleType) -> None:
    audit = samples.realistic()
    links = link(audit)
    p_value = next(f for f in audit.findings if f.code == "PVA001")
    inside = replace(p_value.places[0], row=4)
    moved = link(replace(audit, findings=(replace(p_value, places=(inside,)),)))
    assert moved.spots[inside] == links.spots[p_value.places[0]]
    assert moved.spots[inside].row == 3


def marked(links: Links, table: int) -> dict[str, list[tuple[int, bool]]]:
    return {
        spot.anchor: [(mark.number, mark.primary) for mark in marks]
        for spot, marks in links.marks[0, table].items()
    }


def test_numbers_run_in_reading_order_and_mark_both_kinds_of_place(samples: ModuleType) -> None:
    links = link(samples.realistic())
    numbers = [number for _, found in links.groups for number, _ in found]
    assert numbers == list(range(1, 14))
    assert [key[1:] for key, _ in links.groups] == [(0, 0), (1, 0), (1, 1), (1, 2)]
    first = marked(links, 0)
    assert first["d1-t1-r8-c1"] == [(3, True)]
    assert first["d1-t1-r6-c1"] == [(3, False)]


def test_a_place_that_was_not_read_gets_no_link(samples: ModuleType) -> None:
    audit = samples.realistic()
    base = audit.findings[0]
    lost = (
        Place(input="other.xml", kind="cell", quote="1", table_index=0, row=0, column=0),
        Place(input=samples.NAME, kind="cell", quote="1", table_index=9, row=0, column=0),
        Place(input=samples.NAME, kind="text", quote="not in the text"),
        Place(input=samples.NAME, kind="record", quote="1"),
    )
    links = link(replace(audit, findings=(replace(base, places=lost),)))
    assert links.spots == {}
    outside = Place(input=samples.NAME, kind="cell", quote="1", table_index=0, row=99, column=0)
    links = link(replace(audit, findings=(replace(base, places=(outside,)),)))
    assert links.spots[outside].anchor == "d1-t1"


def test_a_cell_that_many_findings_use_counts_the_rest(extremes: ModuleType) -> None:
    audit = extremes.many(300)
    drawn = draw(audit.documents[0].tables[0], 0, link(audit).marks[0, 0])
    busy = next(cell for cell in cells(drawn.bodies[0]) if cell.anchor == "d1-t1-r1-c1")
    assert [mark.primary for mark in busy.marks].count(True) == 1
    assert (len(busy.marks), busy.more) == (7, 3)


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        (
            "12 (45%)",
            ["45%"],
            [("text", "12 (", False), ("text", "45%", True), ("text", ")", False)],
        ),
        ("12 (45%)", ["12 (45%)"], [("text", "12 (45%)", False)]),
        ("3 of 3", ["3"], [("text", "3 of 3", False)]),
        ("13 (3%)", ["3%"], [("text", "13 (", False), ("text", "3%", True), ("text", ")", False)]),
        ("stage^18", [], [("text", "stage", False), ("sup", "18", False)]),
        (
            "10^9/L\nn",
            [],
            [
                ("text", "10", False),
                ("sup", "9", False),
                ("text", "/L", False),
                ("break", "", False),
                ("text", "n", False),
            ],
        ),
        ("a ^ b", [], [("text", "a ^ b", False)]),
        ("", ["x"], []),
    ],
)
def test_pieces(text: str, quotes: list[str], expected: list[tuple[str, str, bool]]) -> None:
    assert [(p.kind, p.text, p.quoted) for p in pieces(text, quotes)] == expected

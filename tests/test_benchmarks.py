"""The evaluation scripts: what matches what, and which errors are planted."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from auditor.audit import Audit, Coverage
from auditor.document import Cell, Document, Table
from auditor.finding import Finding, Place, Severity, Verdict

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "benchmarks"
EXAMPLE = ROOT / "examples" / "sarcoma-consistent.xml"

if not FOLDER.exists():
    pytest.skip("the source distribution has no benchmarks", allow_module_level=True)

accuracy = import_module("accuracy")
planting = import_module("planting")
mutation = import_module("mutation")

TEXT = "In all 26 patients were treated. Later 26 patients, or 45%, stopped treatment."


def cell(row: int, column: int, table: int = 0) -> Place:
    return Place("p", "cell", "12 (45)", table_index=table, row=row, column=column)


def text_place(quote: str, start: int | None = None) -> Place:
    end = None if start is None else start + len(quote)
    return Place("p", "text", quote, start=start, end=end)


def finding(*places: Place, severity: Severity = Severity.ERROR, code: str = "PCT001") -> Finding:
    return Finding(severity, Verdict.IMPOSSIBLE, "wrong", places, code=code)


def discrepancy(
    id: str,  # noqa: A002  as in the truth file
    *locations: tuple[int, int] | str,
    severity: str = "error",
    category: str = "percent_vs_count",
) -> dict[str, Any]:
    return {
        "id": id,
        "category": category,
        "severity": severity,
        "reported": "45%",
        "expected": "39%",
        "locations": [
            {"where": "text", "quote": at}
            if isinstance(at, str)
            else {"where": "table", "table_index": 0, "row": at[0], "col": at[1]}
            for at in locations
        ],
    }


def result(*findings: Finding) -> Audit:
    wide = Cell(1, 1, column_span=2, text="12 (45)")
    table = Table(
        0, "Table 1", "", ((Cell(0, 0), Cell(0, 1), Cell(0, 2)), (Cell(1, 0), wide, wide)), 1
    )
    document = Document("p", "jats", TEXT, tables=(table,))
    return Audit((), (), (document,), (), findings, (), Coverage())


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (cell(3, 1), True),
        (cell(3, 2), False),
        (cell(3, 1, table=1), False),
        (text_place("45%, stopped treatment."), False),
        (text_place("45%, stopped treatment.", TEXT.index("45%")), True),
        (text_place("Later  26 patients, or 45%, stopped\ntreatment."), True),
        (text_place("26 patients were treated"), False),
        (text_place("45%", TEXT.index("45%")), True),
        (text_place("26", TEXT.index("26")), False),
        (text_place("26", TEXT.rindex("26")), True),
        (text_place("26"), False),
    ],
)
def test_a_finding_matches_by_cell_or_by_overlapping_quote(place: Place, found: bool) -> None:
    known = accuracy.known_items([discrepancy("D1", (3, 1), "26 patients, or 45%, stopped")])[0]
    assert accuracy.matches(finding(place), known, TEXT) is found
    assert accuracy.matches(finding(cell(9, 9), place), known, TEXT) is found


def test_a_truth_cell_within_a_span_is_the_spanning_cell() -> None:
    known = accuracy.known_items([discrepancy("D1", (1, 2))], result().documents[0])[0]
    assert known.cells == {(0, 1, 1)}


def test_recall_and_precision_are_counted() -> None:
    truth = {
        "discrepancies": [
            discrepancy("D1", (1, 1)),
            discrepancy("D2", (2, 0), category="label"),
            discrepancy("D3", (3, 0)),
            discrepancy("D4", (4, 0), severity="ambiguous"),
            discrepancy("D5", (5, 0), severity="rounding"),
        ],
        "traps": [
            {
                "id": "T1",
                "category": "missing",
                "looks_like": "sum",
                "locations": [{"where": "table", "table_index": 0, "row": 7, "col": 0}],
            }
        ],
    }
    paper = accuracy.Paper("p")
    accuracy.judge(
        paper,
        result(
            finding(cell(1, 1)),
            finding(cell(3, 0), severity=Severity.NOTE),
            finding(cell(4, 0), severity=Severity.WARNING),
            finding(cell(9, 9), cell(5, 0)),
            finding(cell(7, 0)),
            finding(cell(8, 0), cell(7, 0)),
        ),
        truth,
    )
    figures = accuracy.summary([paper], ["percent_vs_count"])
    assert figures["recall"]["all"] == {"errors": 3, "found": 2, "alarmed": 1}
    wanted = {"categories": ["percent_vs_count"], "errors": 2, "found": 2, "alarmed": 1}
    assert figures["recall"]["wanted"] == wanted
    assert figures["recall"]["by category"]["label"] == {"errors": 1, "found": 0, "alarmed": 0}
    assert figures["alarms"] == 5
    assert {k: v["matched"] for k, v in figures["precision"].items()} == {
        "error": 1,
        "error or ambiguous": 2,
        "any discrepancy": 3,
        "any, by its first place": 2,
    }
    assert figures["alarms on traps"] == 1
    assert len(paper.unmatched) == 2
    shown = accuracy.report([paper], figures)
    assert "missed errors: 2" in shown
    assert "D3 percent_vs_count: 45% -> 39% (note only)" in shown


def test_accuracy_runs_over_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.xml").write_bytes((ROOT / "examples" / "sarcoma.xml").read_bytes())
    (tmp_path / "two.xml").write_text("<article><broken>", encoding="utf-8")
    (tmp_path / "lone.xml").write_text("no truth beside it", encoding="utf-8")
    truth = {"discrepancies": [discrepancy("D1", (9, 9)), discrepancy("D2", "26 patients")]}
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    out = tmp_path / "figures.out"
    assert accuracy.main([str(tmp_path), "--json", str(out)]) == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert [p["name"] for p in figures["papers"]] == ["one.xml", "two.xml"]
    assert figures["recall"]["all"]["errors"] == 4
    assert figures["papers"][1]["problem"]
    assert "two.xml" in capsys.readouterr().out


def test_accuracy_names_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        accuracy.main([str(tmp_path / "nowhere")])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("n", "percent", "total", "right"),
    [
        (20, "65", 31, True),
        (20, "64", 31, True),
        (20, "66", 31, False),
        (2, "45.5", 44, False),
        (2, "4.5", 44, True),
        (0, "0", 44, True),
        (0, "1", 44, False),
        (1, "2·27", 44, True),
        (1, "2.29", 44, False),
        (0, "0", 0, False),
    ],
)
def test_right_means_right_under_some_rounding(
    n: int, percent: str, total: int, right: bool
) -> None:
    assert planting.is_right(n, percent, total) is right


def test_text_is_replaced_where_one_node_holds_it() -> None:
    td = etree.fromstring("<td>12 (<bold>39</bold>%)<sup>a</sup></td>")
    assert planting.words(td) == "12 (39%)a"
    assert planting.replaced(td, 4, 6, "93")
    assert planting.replaced(td, 0, 2, "13")
    assert etree.tostring(td) == b"<td>13 (<bold>93</bold>%)<sup>a</sup></td>"
    assert not planting.replaced(td, 3, 6, "xxx")


def _sites() -> tuple[Any, Any]:
    tree = etree.parse(str(EXAMPLE)).getroot()
    document = mutation.audit((EXAMPLE,), rulebooks=(mutation.load_rulebook(None),)).documents[0]
    slots, headers = planting.sites(tree, document)
    return slots, headers


def test_places_are_cells_whose_n_is_known() -> None:
    slots, headers = _sites()
    totals = {slot.key: slot.totals for slot in slots}
    assert totals[0, 3, 1] == {13}
    assert totals[0, 3, 2] == {31}
    assert 44 in totals[6, 1, 1]
    assert (0, 1, 1) not in totals  # a median and its range
    assert not any(key[0] in (1, 3, 4, 5) for key in totals)  # % (n/N), survival
    assert {header.text for header in headers} >= {"Osteosarcoma (n = 13)"}


@pytest.mark.parametrize("kind", planting.KINDS)
def test_a_planted_error_is_wrong_under_every_rounding(kind: str) -> None:
    slots, headers = _sites()
    by_element = {slot.element: slot for slot in slots}
    rng = random.Random(7)  # noqa: S311
    for _ in range(40):
        mutant = planting.plant(slots, headers, kind, rng)
        assert mutant is not None
        assert mutant.kind == kind
        assert mutant.new != mutant.old
        if kind == "N of the header":
            assert mutant.old in ("13", "31")
            continue
        slot = by_element[mutant.element]
        text = slot.text[: mutant.span[0]] + mutant.new + slot.text[mutant.span[1] :]
        n, percent = text.split("(")
        percent = percent.strip("() ")
        unit = Fraction(1, 10 ** len(percent.partition(".")[2]))
        assert all(
            abs(Fraction(100 * int(n), total) - Fraction(percent)) >= unit for total in slot.totals
        )


def test_no_place_plants_nothing() -> None:
    rng = random.Random(1)  # noqa: S311
    assert [planting.plant([], [], kind, rng) for kind in planting.KINDS] == [None] * 7


def test_only_new_findings_on_the_mutated_cell_count() -> None:
    mutant = planting.Mutant("decimal slip", 0, (0, 2), "45", "4.5", frozenset({(0, 3, 1)}))
    old = finding(cell(5, 5))
    tally = mutation.Tally()

    def record(*after: Finding) -> tuple[int, int, int]:
        mutation.record(tally, mutant, result(old), result(*after), "p")
        counts = (tally.alarmed, tally.noticed, tally.elsewhere)
        seen = tuple(counter["decimal slip"] for counter in counts)
        for counter in counts:
            counter.clear()
        return seen[0], seen[1], seen[2]

    assert record(old) == (0, 0, 0)
    assert record(old, finding(cell(3, 1))) == (1, 1, 0)
    assert record(old, finding(cell(3, 2), cell(3, 1))) == (1, 1, 0)
    assert record(old, finding(cell(3, 1), severity=Severity.NOTE)) == (0, 1, 0)
    assert record(old, finding(cell(3, 2))) == (0, 0, 1)
    assert record(old, finding(cell(5, 5), code="SUM001")) == (0, 0, 1)
    assert len(tally.missed) == 4


def test_mutation_repeats_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = []
    for run in ("one", "two"):
        out = tmp_path / f"{run}.json"
        arguments = [str(EXAMPLE), "--per-paper", "7", "--seed", "3", "--json", str(out)]
        assert mutation.main(arguments) == 0
        figures.append(json.loads(out.read_text(encoding="utf-8")))
    assert figures[0] == figures[1]
    assert sum(figures[0]["planted"].values()) == 7
    assert sum(figures[0]["alarmed"].values()) >= 4
    assert "alarms elsewhere" in capsys.readouterr().out


def test_the_speed_of_a_cohort_is_shown_as_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert import_module("cohort_speed").main(["12"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert [line[0] for line in lines][-4:] == ["schemas", "expectations", "checks", "endpoints"]
    assert float(lines[0][-1]) == 1.0

"""Claims of a whole manuscript: unique, placed, and never more than was printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import readers
from auditor.claims import Measure
from auditor.coverage import measured
from auditor.discovery import load_rulebook
from auditor.engine import audit_manuscripts
from auditor.manuscript import Manuscript, read_manuscript

Read = Callable[..., Manuscript]
ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.xml"))

TABLES = """# Results

In all, 36 of 44 patients (82%) responded.

Table 1. Baseline

| | A (n = 82) | B (n = 81) | P |
| --- | --- | --- | --- |
| Age, median (range) | 60 (30-80) | 61 (33-82) | 0.4 |
| Male | 57 (69.5%) | 54 (66.7%) | 0.5 |
| Response | 38% (5/13), 69% (9/13) | 40% (4/10), 50% (5/10) | |
| Unreadable | 6 (10 | 7 12 | |

Table 2. Toxicity

| | Weekly (n = 41) | | All |
| --- | --- | --- | --- |
| | No. | % | |
| Nausea | 3 | 7.3 | 4† |
| Rash | 4 | 9.8 | NR |
"""


@pytest.fixture(params=["tables", *(p.name for p in EXAMPLES)])
def manuscript(request: pytest.FixtureRequest, read: Read) -> Manuscript:
    if request.param == "tables":
        return read(TABLES)
    path = next(p for p in EXAMPLES if p.name == request.param)
    return read_manuscript(readers.read_document(path))


def test_ids_are_unique(manuscript: Manuscript) -> None:
    ids = [claim.id for claim in manuscript.claims]
    assert ids
    assert len(set(ids)) == len(ids)


def test_every_claim_stands_where_its_place_says(manuscript: Manuscript) -> None:
    for claim in manuscript.claims:
        start, end = claim.place.start, claim.place.end
        assert start is not None
        assert end is not None
        shown = manuscript.document.text[start:end]
        assert claim.printed.text in " ".join(shown.split()), claim
        assert claim.place.quote == " ".join(shown.split()), claim


def test_every_cell_claim_stands_in_its_cell(manuscript: Manuscript) -> None:
    for claim in manuscript.claims:
        place = claim.place
        if place.kind != "cell":
            continue
        assert place.table_index is not None
        assert place.row is not None
        assert place.column is not None
        table = manuscript.document.tables[place.table_index]
        cell = table.grid[place.row][place.column]
        assert (cell.row, cell.column) == (place.row, place.column)
        assert (cell.start, cell.end) == (place.start, place.end)


def test_no_more_is_claimed_than_is_printed(manuscript: Manuscript) -> None:
    assert len(manuscript.claims) <= manuscript.printed_numbers
    book = load_rulebook(None)
    audit = audit_manuscripts([manuscript], book.checks, (book,))
    coverage = audit.coverage
    assert coverage.numbers >= coverage.parsed >= coverage.linked >= coverage.checked > 0


def test_entries_name_the_claims_of_their_numbers(manuscript: Manuscript) -> None:
    by_id = {claim.id: claim for claim in manuscript.claims}
    for reading in manuscript.tables:
        for entry in reading.entries:
            assert len(entry.claims) == len(entry.numbers)
            for name, (_, number) in zip(entry.claims, entry.numbers, strict=True):
                assert by_id[name].printed == number


def test_what_stays_unread_is_said(read: Read) -> None:
    manuscript = read(TABLES)
    assert any("no known role" in item.why for item in manuscript.unread)
    coverage = measured([(manuscript, set())])
    assert coverage.numbers > coverage.parsed
    assert coverage.checked == 0
    assert coverage.unchecked


def test_measures(read: Read) -> None:
    manuscript = read(TABLES)
    first = [c for c in manuscript.claims if c.place.row == 1 and c.place.table_index == 0]
    assert [c.quantity.measure for c in first] == [
        *(Measure.MEDIAN, Measure.LOWER, Measure.UPPER) * 2,
        Measure.P_VALUE,
    ]
    male = next(c for c in manuscript.claims if c.place.row_label == "Male")
    assert str(male.population) == "A (n = 82) | Male"
    assert male.confidence == 1


def test_what_cannot_be_judged_is_not_checked(read: Read) -> None:
    """The N of the header is misread here as 1; nothing can be said of any percentage."""
    text = """| | A (n = 1) |
        | --- | --- |
        | Male | 570 (51.7%) |
        | Female | 532 (48.3%) |
        | Smoker | 400 (36.3%) |"""
    manuscript = read(text)
    book = load_rulebook(None)
    assert audit_manuscripts([manuscript], book.checks, (book,)).coverage.checked == 0


@pytest.mark.parametrize("text", ["", "# Results\n\nNothing is counted here.\n"])
def test_a_paper_without_tables(read: Read, text: str) -> None:
    manuscript = read(text or "# Title\n")
    assert manuscript.claims == ()
    assert manuscript.judged == ()


def test_every_number_of_a_large_table_is_read(read: Read) -> None:
    rows = "\n".join(f"| Row {i} | {i} ({i / 5:.1f}%) | {i} |" for i in range(1, 400))
    manuscript = read(f"| | A (n = 500) | B |\n| --- | --- | --- |\n{rows}")
    assert len(manuscript.claims) == 3 * 399

"""Whatever text is read: nothing raises, quotes stand where they say, and it is the same twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.check import Outcome
from auditor.discovery import load_rulebook
from auditor.engine import audit_manuscripts
from auditor.manuscript import Manuscript, read_manuscript
from auditor.readers import read_document

BOOK = load_rulebook(None)
TABLE = (
    "\n\nTable 1. Response\n\n"
    "| Response | Drug (N = 50) | Control (N = 60) |\n| --- | --- | --- |\n"
    "| ORR | 12 (24%) | 10 (17%) |\n| CR | 2 (4%) | 1 (2%) |\n| PFS, median | 5.4 | 3.2 |\n\n"
)
FRAGMENTS = (
    "The ORR was 24% (12/50) in the Drug arm",
    "24% versus 17%, respectively",
    "6 PR, 16 SD, and 9 PD",
    "of the 44 patients, ten (23%) responded",
    "median PFS was 5·4 months (95% CI, 4.1–6.8)",
    "HR 0.56; 95% CI 0.3 to 0.9; P = 0.02",
    "n = 31, 1,000,000-day survival 12%",
    "grade 3/4 (5/44)",
    "Smith et al. [3,5-7] found 12%",
    "in 1999\u2013",
    "1²",
    "(", ")", "[", "%", "±", "<", " = ", "versus", "and", ", ", ". ", "; ", "\n\n",
    "\n## Results\n\n",
    "\n## Abstract\n\n", "**", "_", "\u200b", "\u202e", "\u0301", "\ufeff", "\u00a0", "\u2009",
    "１２例（３４％）", "٣٤٪ من ١٢", "12", "0.", "7" * 5000, "1,000" * 20, "10^9", TABLE,
)  # fmt: skip


def read(text: str, folder: Path) -> Manuscript:
    path = folder / "paper.md"
    path.write_text("## Results\n\n" + text, encoding="utf-8")
    return read_manuscript(read_document(path))


def judge(manuscript: Manuscript) -> tuple[str, ...]:
    """The findings, after a look at how the checks ended and where the findings point to."""
    audit = audit_manuscripts([manuscript], BOOK.checks, [BOOK])
    assert [(run.code, run.why) for run in audit.checks if run.outcome is Outcome.FAILED] == []
    text = manuscript.document.text
    for finding in audit.findings:
        for place in finding.places:
            if place.kind == "text" and place.start is not None:
                assert folded(text[place.start : place.end]) == folded(place.quote)
    return tuple(repr(finding) for finding in audit.findings)


def folded(text: str) -> str:
    return "".join(text.split())


def hold(text: str, folder: Path) -> None:
    manuscript = read(text, folder)
    source = manuscript.document.text
    sentences = {s.index: s for s in manuscript.prose.sentences}
    for statement in manuscript.prose.statements:
        place = statement.place
        if place.start is None or place.end is None:
            continue
        assert folded(source[place.start : place.end]) == folded(place.quote)
        offsets = sentences[statement.sentence].offsets
        assert min(offsets) <= place.start <= place.end <= max(offsets) + 1
    again = read(text, folder)
    assert manuscript.linked == again.linked
    assert manuscript.claims == again.claims
    assert judge(manuscript) == judge(again)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_text_can_be_read(text: str, tmp_path: Path) -> None:
    hold(text, tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        "n = {}",
        "{}/{} (12%)",
        "median {} months (95% CI {}-{})",
        "{}-year survival was 5%",
        "[{}-{}]",
    ],
)
@pytest.mark.parametrize("number", ["7" * 5000, "1" + ",000" * 30, "7.7.7", "²"])
def test_numbers_of_any_length(written: str, number: str, tmp_path: Path) -> None:
    said = written.replace("{}", number)
    hold(TABLE.replace("N = 50", said) + f"The ORR was 24%, {said}, of 50 patients.", tmp_path)

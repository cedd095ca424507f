"""Small manuscripts for the extraction, and what the audit says of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.discovery import load_rulebook
from auditor.engine import run_check
from auditor.extraction.judged import TableJudgement
from auditor.extraction.reading import TableReading
from auditor.finding import Severity
from auditor.manuscript import Manuscript
from auditor.testing import read_text

Read = Callable[..., Manuscript]
ReadTable = Callable[[str], TableReading]
JudgeTable = Callable[[str], TableJudgement]
Alarms = Callable[..., list[str]]


def markdown(rows: str) -> str:
    """Rows as pipes; one without a caption gets one."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    if lines[0].startswith("|"):
        lines = ["Table 1. Patients", "", *lines]
    return "\n".join(lines) + "\n"


@pytest.fixture
def read() -> Read:
    """Read a manuscript given as Markdown (or another format)."""

    def reader(text: str, format: str = "markdown") -> Manuscript:  # noqa: A002  as in cases
        return read_text(markdown(text) if format == "markdown" else text, format)

    return reader


@pytest.fixture
def table(read: Read) -> ReadTable:
    """Read the rows of one Markdown table."""
    return lambda rows: read(rows).tables[0]


@pytest.fixture
def judge(read: Read) -> JudgeTable:
    """Judge the percentages of one Markdown table."""
    return lambda rows: read(rows).judged[0]


@pytest.fixture
def alarms(read: Read) -> Alarms:
    """Codes of the errors and warnings of all built-in checks, in the order of the codes."""
    checks = load_rulebook(None).checks

    def run(text: str, format: str = "markdown") -> list[str]:  # noqa: A002  as in cases
        manuscript = read(text, format)
        return [
            f.code
            for check in sorted(checks, key=lambda c: c.code)
            for f in run_check(check, manuscript).findings
            if f.severity is not Severity.NOTE
        ]

    return run

"""What breaks a law: a finding, with its places and its arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; ``Severity.rank`` orders them, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return ("error", "warning", "note").index(self.value)


class Verdict(StrEnum):
    """What kind of contradiction it is.

    IMPOSSIBLE: no data can give it. DISAGREES: two statements of the same quantity differ.
    CONVENTION: right only under an unusual convention, which is named. QUERY: rests on a
    reading or assumption that a person must confirm.
    """

    IMPOSSIBLE = "impossible"
    DISAGREES = "disagrees"
    CONVENTION = "convention"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    ``kind`` is ``cell``, ``text``, ``record`` or ``value``. ``row`` and ``column`` are
    0-based over the expanded grid, header rows included. ``quote`` is verbatim from the
    input. ``line`` counts the lines within a cell, from 0, where a cell holds several.
    ``start`` and ``end`` are offsets in the text of the document.

    A ``record`` is a row of a cohort: ``table`` is the table as delivered, ``row`` counts its
    rows of data from 0, ``variable`` is the column as delivered, ``subject`` and ``visit`` say
    whose and when. ``quote`` is the value and is shown only where patient values are asked for.
    """

    input: str
    kind: str
    quote: str
    section: str | None = None
    table: str | None = None
    table_index: int | None = None
    row: int | None = None
    column: int | None = None
    row_label: str | None = None
    column_label: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    subject: str | None = None
    visit: str | None = None
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction.

    Attributes:
        code, check: code and name of the check that found it; filled in by the engine.
        severity, verdict: see the enums.
        message: one or two sentences, complete without the table at hand.
        reported: what is printed.
        expected: what it would have to be, or "" where that is open.
        arithmetic: the steps, one a line, that a reader can redo by hand.
        places: where the numbers stand; the first is the one in question.
        conventions: names of the conventions under which the print would be right.
        suggestion: the likely slip ("transposed digits"), or "".
        id: stays the same while the defect stays; filled in by the engine.
    """

    severity: Severity
    verdict: Verdict
    message: str
    places: tuple[Place, ...]
    reported: str = ""
    expected: str = ""
    arithmetic: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    suggestion: str = ""
    code: str = ""
    check: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A check says which claims it judged, so that coverage is counted and not guessed.

    ``others`` counts what it judged that is no number: labels, abbreviations.
    """

    claims: tuple[str, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A check of a cohort says how many rows (or subjects) it judged, right or wrong."""

    rows: int


@dataclass(frozen=True, slots=True)
class Breaches:
    """Rows that break one law, counted exactly; findings are made for as many as are listed.

    Attributes:
        severity: of every one of them, so that those not listed are counted as well.
        rows: what ``finding`` takes, one a breach, in the order of the table.
        finding: makes the finding of one of them.
    """

    severity: Severity
    rows: Sequence[int]
    finding: Callable[[int], Finding]

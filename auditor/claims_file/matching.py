"""Which claim a row speaks of, and what the person decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from auditor.claims import Claim
from auditor.claims_file.edits import Edits, edits_of, words_of
from auditor.claims_file.rows import ClaimsFile, Row
from auditor.claims_file.shown import Reading, Shown, address, parse_as_read, reading_of
from auditor.errors import InputError
from auditor.manuscript import Manuscript
from auditor.selection import did_you_mean

_NAMED = 8
"""Lines that are named in one message; of more the number is given."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one claim, by its id as read.

    ``action`` is ``confirmed``, ``rejected`` or ``edited``; ``edits`` are empty but for the last.
    """

    line: int
    claim: str
    action: str
    edits: Edits = field(default_factory=Edits)


@dataclass(frozen=True, slots=True)
class Matched:
    """The decisions on one manuscript, in the order of the file, and what could not be used."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[str, ...] = ()


def matched(file: ClaimsFile, manuscripts: Sequence[Manuscript]) -> tuple[Matched, ...]:
    """What the file says of each manuscript, in their order.

    A claim is found by its id as long as its quote is the same; else by its address and quote.
    A decision on a claim that is not found, or whose quote changed, is a problem, with its line.

    Raises:
        InputError: the file belongs to other manuscripts, or an edit cannot be understood; with
            the line and what would be right.
    """
    rows = _by_input(file, [m.document.name for m in manuscripts])
    return tuple(
        _of_one(file, rows[number], manuscript) if rows[number] or number else Matched()
        for number, manuscript in enumerate(manuscripts)
    )


def _by_input(file: ClaimsFile, names: Sequence[str]) -> list[list[Row]]:
    """The rows of each input; a file that names none of them is the wrong file."""
    found: list[list[Row]] = [[] for _ in names]
    short: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        short[PurePosixPath(name).name].append(number)
    strangers: list[Row] = []
    for row in file.rows:
        name = row["input"]
        if not name and len(names) == 1:
            found[0].append(row)
        elif name in names:
            found[names.index(name)].append(row)
        elif name and len(fitting := short[PurePosixPath(name).name]) == 1:
            found[fitting[0]].append(row)
        elif not name or len(fitting) > 1:
            raise file.wrong(
                row.line,
                f"the row does not say which input it is about ('{name}')",
                f"Write one of {', '.join(names)} under 'input'.",
            )
        else:
            strangers.append(row)
    decided = [row for row in strangers if row.decision]
    if strangers and (not any(found) or decided):
        row = (decided or strangers)[0]
        known = f"It is of another manuscript; this audit is of {', '.join(names)}."
        raise file.wrong(
            row.line,
            f"the row is about '{row['input']}', which is not audited",
            did_you_mean(row["input"], names, known),
        )
    return found


def _of_one(file: ClaimsFile, rows: Sequence[Row], manuscript: Manuscript) -> Matched:
    reading = reading_of(manuscript)
    finder = _Finder(reading)
    found = [(row, *finder.find(row)) for row in rows]
    _must_fit(file, found, manuscript)
    words = words_of(reading, _written(finder, found))
    decisions: list[Decision] = []
    problems: list[str] = []
    silent: list[int] = []
    for row, claim, why in found:
        was = parse_as_read(row["as_read"])
        if claim is None:
            if row.decision or (was is not None and _touched(row, was)):
                problems.append(f"{file.name}, line {row.line}: {why}; the decision is not used")
            else:
                silent.append(row.line)
            continue
        edits = edits_of(file, row, was or reading.shown(claim), reading, claim, words)
        decision, problem = _decision(row, claim, edits)
        if problem:
            problems.append(f"{file.name}, line {row.line}: {problem}")
        if decision is not None:
            decisions.append(decision)
    if silent:
        lines = ", ".join(str(line) for line in silent[:_NAMED])
        more = f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
        problems.append(
            f"{file.name}, line{'s' * (len(silent) > 1)} {lines}{more}: not in the manuscript as"
            " it is now; nothing was decided there"
        )
    return Matched(_once(file, decisions, reading), tuple(problems))


def _written(
    finder: _Finder, found: Sequence[tuple[Row, Claim | None, str]]
) -> dict[str, tuple[str, ...]]:
    """Cells by the ids and places that the file prints, wherever they stand by now."""
    written: dict[str, tuple[str, ...]] = {}
    for row, claim, _ in found:
        if claim is not None and claim.place.row is not None:
            written[row["id"]] = (claim.id,)
            if row["place"]:
                written[row["place"]] = tuple(c.id for c in finder.places[address(claim.place)])
    return written


def _must_fit(
    file: ClaimsFile,
    found: Sequence[tuple[Row, Claim | None, str]],
    manuscript: Manuscript,
) -> None:
    """A file of which no row fits is of another manuscript."""
    if not found or any(claim is not None for _, claim, _ in found):
        return
    row, _, why = found[0]
    known = [claim.id for claim in manuscript.claims]
    otherwise = f"Write one with 'auditor claims {manuscript.document.name} -o claims.csv'."
    raise InputError(
        f"none of its {len(found)} rows belongs to {manuscript.document.name}: {why}",
        source=file.name,
        where=f"line {row.line}",
        hint=did_you_mean(row["id"], known, otherwise),
    )


class _Finder:
    """Finds the claim of a row, also where rows of a table were added before it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.addressed: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        self.places: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in reading.claims.values():
            where = address(claim.place)
            self.addressed[where, _folded(claim.place.quote), str(claim.quantity)].append(claim)
            self.places[where].append(claim)

    def find(self, row: Row) -> tuple[Claim | None, str]:
        """The claim, or None and why there is none."""
        was = parse_as_read(row["as_read"])
        claim = self.reading.claims.get(row["id"])
        quote = row["quote"] if was is None else was.quote
        if claim is not None and _same_quote(quote, claim, row, exact=was is not None):
            in_text = claim.place.row is None
            if was is None or in_text or was.address == address(claim.place):
                return claim, ""
        if was is not None:
            moved = self.addressed.get((was.address, _folded(was.quote), was.quantity), [])
            # A cell with several numbers: the last letters of the id say which one.
            which = [c for c in moved if _within(c.id) == _within(row["id"])]
            if len(found := moved if len(moved) == 1 else which) == 1:
                return found[0], ""
            here = self.places.get(was.address, [])
            if here and claim is not None and here[0].place.row is not None:
                claim = next((c for c in here if str(c.quantity) == was.quantity), here[0])
        if claim is None:
            return None, f"there is no claim '{row['id']}' (“{_short(quote)}”)"
        now = claim.place.quote
        if was is not None and _folded(now) == _folded(quote):
            return None, f"'{row['id']}' stood at {was.address}, which is not there any more"
        return None, f"'{row['id']}' read “{_short(quote)}” and now reads “{_short(now)}”"


def _within(claim: str) -> str:
    """Of the id of a claim of a table what tells the numbers of one cell apart."""
    return ".".join(part for part in claim.split(".") if part[:1] in "PN")


def _same_quote(quote: str, claim: Claim, row: Row, *, exact: bool) -> bool:
    """Whether the quote is that of the claim; without ``exact`` a spreadsheet may have spoilt it.

    Where there is no column of quotes, the id alone has to do.
    """
    now = _folded(claim.place.quote)
    if not exact and not row.has("quote"):
        return True
    if _folded(quote) == now:
        return True
    # "4/11" and "1.10" become a date and 1.1 in a spreadsheet; digits are all that is left.
    return not exact and _plain(now) and len(quote) <= len(now) + 8


def _plain(text: str) -> bool:
    return bool(text) and all(ch.isdigit() or ch in " .,/-–%()" for ch in text)


def _decision(row: Row, claim: Claim, edits: Edits) -> tuple[Decision | None, str]:
    action = row.decision
    if action == "rejected":
        return Decision(row.line, claim.id, action), ""
    if edits.any:
        return Decision(row.line, claim.id, "edited", edits), ""
    if action == "edited":
        why = "says edited, but value, quantity, about and cells are as they were read; taken"
        return Decision(row.line, claim.id, "confirmed"), f"{why} as confirmed"
    return (Decision(row.line, claim.id, action), "") if action else (None, "")


def _once(
    file: ClaimsFile, decisions: Iterable[Decision], reading: Reading
) -> tuple[Decision, ...]:
    """One decision a claim; of one statement all that change what it is about say the same."""
    kept: dict[str, Decision] = {}
    abouts: dict[str, Decision] = {}
    for decision in decisions:
        other = kept.setdefault(decision.claim, decision)
        if replace(other, line=decision.line) != decision:
            raise file.wrong(
                decision.line,
                f"'{decision.claim}' is decided otherwise on line {other.line}",
                "Delete one of the two rows.",
            )
        if decision.edits.about is None or decision.claim not in reading.statements:
            continue
        statement, _ = reading.statements[decision.claim]
        first = abouts.setdefault(statement.id, decision)
        if first.edits.about != decision.edits.about:
            raise file.wrong(
                decision.line,
                f"one statement is about one thing, and line {first.line} says another",
                "Write the same under 'about' in both rows, or in one alone.",
            )
    return tuple(kept.values())


def _touched(row: Row, was: Shown) -> bool:
    """Whether a person has changed what was written, for all that can be told."""
    pairs: Mapping[str, str] = {"about": was.about, "cells": was.cells, "quantity": was.quantity}
    return any(row.has(name) and _folded(row[name]) != _folded(old) for name, old in pairs.items())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    line = _folded(text)
    return line if len(line) <= 60 else line[:59].rstrip() + "…"

"""What identifies a finding, and the order in which findings are shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.finding import Finding, Place


def identified(findings: Iterable[Finding], inputs: Sequence[str]) -> tuple[Finding, ...]:
    """The findings in order of severity, then place, then code, each with its id.

    The id is ten hexadecimal digits over the code and what identifies the defect whatever
    the name of the file and wherever in it the table stands: labels of table, row and
    column, and the number reported. Of a record it is subject, visit and variable instead,
    and no value. Exact repeats are told apart by their ordinal.
    """
    rank = {name: number for number, name in enumerate(inputs)}
    ordered = sorted(findings, key=lambda f: _order(f, rank))
    taken: set[str] = set()
    result = []
    for finding in ordered:
        key = _key(finding)
        ordinal = 1
        while (digest := _digest(key, ordinal)) in taken:
            ordinal += 1
        taken.add(digest)
        result.append(replace(finding, id=digest))
    return tuple(result)


def _order(finding: Finding, rank: dict[str, int]) -> tuple[object, ...]:
    place = finding.places[0]
    position = (place.table_index, place.row, place.column, place.line, place.start)
    return (
        finding.severity.rank,
        rank.get(place.input, len(rank)),
        (place.table or "") if place.kind == "record" else "",
        *(-1 if number is None else number for number in position),
        finding.code,
        place.variable or "",
        finding.message,
    )


def _key(finding: Finding) -> tuple[str, ...]:
    place = finding.places[0]
    if place.kind == "record":
        # A row without a subject has nothing but its position to go by.
        whose = place.subject or f"#{place.row}"
        return (finding.code, place.table or "", whose, place.visit or "", place.variable or "")
    return (finding.code, finding.reported or place.quote, *_site(place))


def _site(place: Place) -> tuple[str, ...]:
    if place.table_index is None and place.table is None:
        return ("", place.section or "", place.quote)
    return (
        place.table or f"#{place.table_index}",
        # A row without a label has nothing but its position to go by.
        place.row_label or f"#{place.row}",
        place.column_label or f"#{place.column}",
        "" if place.line is None else str(place.line),
    )


def _digest(key: tuple[str, ...], ordinal: int) -> str:
    text = "\x1f".join((*key, str(ordinal)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]

"""The claims of a manuscript as a list for a person, and as the CSV file a person corrects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from auditor.claims import Claim, Measure
from auditor.claims_file.matching import Decision
from auditor.claims_file.shown import (
    Reading,
    about_words,
    address,
    as_read,
    cells_words,
    reading_of,
    spot,
)
from auditor.extraction.judged import Status
from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.manuscript import Manuscript
from auditor.report.wording import one_line, plural

FIELDS = (
    *("id", "place", "row", "column", "quote", "quantity", "population", "value"),
    *("denominator", "confirmed"),
    *("input", "section", "kind", "about", "origin", "unit", "cells", "operation", "shows"),
    *("agrees", "confidence", "evidence", "alternatives", "repeats", "decision", "as_read"),
)
"""Columns of the CSV; new ones are added at the end.

A person may edit ``value``, ``quantity``, ``about`` and ``cells``, and decides in ``decision``
(or ``confirmed``); the others are not read back. ``as_read`` is how the row is recognised.
"""
HEADINGS = ("place", "printed", "of", "population")
_ALTERNATIVES = 3


def to_csv(manuscript: Manuscript, decisions: Iterable[Decision] = ()) -> str:
    """One claim a row under ``FIELDS``; ``confirmed`` is ``no`` until a person says ``yes``.

    ``denominator`` is the number of patients by which a percentage was judged, else empty. Of a
    number of the text: ``about`` is what it states of whom, ``cells`` where a table states the
    same, ``shows`` what it says there, ``repeats`` which other claims of the text state it.
    ``decisions`` of an earlier file stand in their rows.
    """
    carried = {decision.claim: decision for decision in decisions}
    judged = denominators(manuscript)
    reading = reading_of(manuscript)
    repeats = _repeats(manuscript)
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, restval="", lineterminator="\n")
    writer.writeheader()
    for claim in manuscript.claims:
        shown = reading.shown(claim)
        row = {
            "id": claim.id,
            "place": spot(claim.place),
            "row": claim.place.row_label or "",
            "column": claim.place.column_label or "",
            "quote": shown.quote,
            "quantity": shown.quantity,
            "population": str(claim.population),
            "value": shown.value,
            "denominator": str(judged.get(claim.id, "")),
            "confirmed": "no",
            "input": manuscript.document.name,
            "section": claim.place.section or "",
            "about": shown.about,
            "repeats": "; ".join(repeats.get(claim.id, ())),
            "as_read": as_read(shown),
            **_of_text(reading, claim),
        }
        if claim.id in carried:
            row |= _decided(carried[claim.id], reading)
        writer.writerow({name: _defused(text) for name, text in row.items()})
    return out.getvalue()


def _decided(decision: Decision, reading: Reading) -> dict[str, str]:
    """The cells in which a person has decided."""
    edits = decision.edits
    found = {"decision": decision.action}
    if edits.value is not None:
        found["value"] = edits.value.text
    if edits.quantity is not None:
        found["quantity"] = edits.quantity
    if edits.about is not None:
        found["about"] = about_words(edits.about)
    if edits.cells is not None:
        places = (reading.claims[name].place for name in edits.cells)
        found["cells"] = " + ".join(dict.fromkeys(address(place) for place in places))
    return found


def _of_text(reading: Reading, claim: Claim) -> dict[str, str]:
    """What is known of a number of the running text alone."""
    statement, _ = reading.statements.get(claim.id, (None, ""))
    if statement is None:
        return {"confidence": f"{claim.confidence:g}"}
    found = {
        "kind": statement.kind.value,
        "origin": statement.origin.value,
        "unit": statement.unit,
        "confidence": f"{claim.confidence:g}",
    }
    link = reading.links.get(claim.id)
    if link is not None:
        found |= {
            "cells": cells_words(link),
            "operation": link.operation,
            "shows": link.shows,
            "agrees": "yes" if link.agrees else "no",
            "confidence": f"{link.confidence:.2f}",
            "evidence": "; ".join(link.evidence),
        }
    found["alternatives"] = "; ".join(
        f"{cells_words(other)} shows {other.shows} ({other.confidence:.2f})"
        for other in reading.guesses.get(claim.id, ())[:_ALTERNATIVES]
    )
    return found


def _repeats(manuscript: Manuscript) -> dict[str, list[str]]:
    """The other claims of the text that state the same, by claim: "id (agrees)"."""
    statements = {statement.id: statement for statement in manuscript.prose.statements}
    found: dict[str, list[str]] = {}
    for twin in manuscript.linked.twins:
        if twin.one not in statements or twin.other not in statements:
            continue
        one = claim_id(statements[twin.one], twin.part)
        other = claim_id(statements[twin.other], twin.part)
        words = "agrees" if twin.agrees else "differs"
        found.setdefault(one, []).append(f"{other} ({words})")
        found.setdefault(other, []).append(f"{one} ({words})")
    return found


def to_text(manuscript: Manuscript) -> str:
    """The claims under the table or section where they stand, a cell a line.

    ``of`` is the number of patients by which the percentages of the cell were judged.
    """
    judged = denominators(manuscript)
    sites = groupby(manuscript.claims, key=lambda claim: _site(claim.place))
    return "\n\n".join("\n".join(_lines(site, list(group), judged)) for site, group in sites)


def denominators(manuscript: Manuscript) -> dict[str, int]:
    """By which number of patients each percentage was judged: id of its claim to number."""
    measures = {claim.id: claim.quantity.measure for claim in manuscript.claims}
    judged = {
        claim: percent.basis.value
        for judgement in manuscript.judged
        for percent in judgement.percents
        if percent.basis.value and percent.status is not Status.UNREADABLE
        for claim in percent.stated.entry.claims
    }
    judged |= {claim: f.denominator for f in manuscript.fractions for claim in f.claims}
    return {i: n for i, n in judged.items() if measures.get(i) is Measure.PERCENT}


def _lines(site: str, claims: Sequence[Claim], judged: Mapping[str, int]) -> Iterator[str]:
    yield f"{site}: {plural(len(claims), 'number')}"
    rows = [HEADINGS]
    for (place, population), group in groupby(claims, key=lambda c: (c.place, str(c.population))):
        members = list(group)
        printed = ", ".join(f"{c.quantity} {one_line(c.printed.text)}" for c in members)
        known = dict.fromkeys(str(judged[c.id]) for c in members if c.id in judged)
        whom = f'"{one_line(place.quote)}"' if place.row is None else one_line(population)
        rows.append((_spot(place), printed, ", ".join(known) or "-", whom or "not known"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS) - 1)]
    for row in rows:
        padded = [f"{text:{width}}" for text, width in zip(row, widths, strict=False)]
        yield "  " + "  ".join([*padded, row[-1]])


def _site(place: Place) -> str:
    if place.table is not None or place.table_index is not None:
        return one_line(place.table or "") or f"Table {(place.table_index or 0) + 1} (no label)"
    return one_line(place.section or "") or "Text"


def _spot(place: Place) -> str:
    if place.row is None:
        return ""
    line = "" if not place.line else f".{place.line + 1}"
    return f"r{place.row + 1}{line} c{(place.column or 0) + 1}"


def _defused(text: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    if text.startswith(("=", "+", "@", "\t", "\r")):
        return "'" + text
    if text.startswith("-") and not text[1:].replace(".", "", 1).isdigit():
        return "'" + text
    return text

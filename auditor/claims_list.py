"""The claims of a manuscript as a list for a person, and as the CSV file a person corrects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import groupby

from auditor.claims import Claim
from auditor.finding import Place
from auditor.report.wording import one_line, plural

FIELDS = ("id", "place", "quote", "quantity", "population", "value", "confirmed")


def to_csv(claims: Iterable[Claim]) -> str:
    """One claim a row under ``FIELDS``; ``confirmed`` is ``no`` until a person says ``yes``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for claim in claims:
        row = (
            claim.id,
            _address(claim.place),
            claim.place.quote,
            str(claim.quantity),
            str(claim.population),
            claim.printed.text,
            "no",
        )
        writer.writerow([_defused(text) for text in row])
    return out.getvalue()


def to_text(claims: Iterable[Claim]) -> str:
    """The claims as lines under the table or section where they stand."""
    return "\n".join(_lines(claims))


def _lines(claims: Iterable[Claim]) -> Iterator[str]:
    for site, group in groupby(claims, key=lambda claim: _site(claim.place)):
        members = list(group)
        yield f"{site}: {plural(len(members), 'number')}"
        for claim in members:
            population = one_line(str(claim.population)) or "population not known"
            printed = one_line(claim.printed.text)
            yield f"  {_spot(claim.place):12}{printed:>12}  {claim.quantity}  of  {population}"


def _site(place: Place) -> str:
    if place.table is not None or place.table_index is not None:
        return one_line(place.table or "") or f"Table {(place.table_index or 0) + 1} (no label)"
    return one_line(place.section or "") or "Text"


def _spot(place: Place) -> str:
    if place.row is None:
        return ""
    line = "" if not place.line else f".{place.line + 1}"
    return f"r{place.row + 1}{line} c{(place.column or 0) + 1}"


def _address(place: Place) -> str:
    """Table, row and column (from 1), by which the claim is found again in the manuscript."""
    return " ".join(part for part in (_site(place), _spot(place)) if part)


def _defused(text: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    if text.startswith(("=", "+", "@", "\t", "\r")):
        return "'" + text
    if text.startswith("-") and not text[1:].replace(".", "", 1).isdigit():
        return "'" + text
    return text

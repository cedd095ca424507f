"""The claims of a manuscript as a list for a person, and as the CSV file a person corrects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from auditor.claims import Claim, Measure
from auditor.extraction.judged import Status
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.report.wording import one_line, plural

FIELDS = (
    *("id", "place", "row", "column", "quote", "quantity", "population", "value"),
    *("denominator", "confirmed"),
)
HEADINGS = ("place", "printed", "of", "population")


def to_csv(manuscript: Manuscript) -> str:
    """One claim a row under ``FIELDS``; ``confirmed`` is ``no`` until a person says ``yes``.

    ``denominator`` is the number of patients by which a percentage was judged, else empty.
    """
    judged = denominators(manuscript)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for claim in manuscript.claims:
        row = (
            claim.id,
            _address(claim.place),
            claim.place.row_label or "",
            claim.place.column_label or "",
            claim.place.quote,
            str(claim.quantity),
            str(claim.population),
            claim.printed.text,
            str(judged.get(claim.id, "")),
            "no",
        )
        writer.writerow([_defused(text) for text in row])
    return out.getvalue()


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

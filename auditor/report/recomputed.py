"""Printed statistics beside the conventions that reproduce them, as rows of a table and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.audit import Audit
from auditor.finding import Place
from auditor.recomputed import Recomputed, Result
from auditor.report.anchors import Links, locate
from auditor.report.wording import one_line, place_words, plural

MOST = 300
"""Rows that are shown; the JSON report has all."""
_TONES = {"standard": "", "only": "note", "none": "warning"}
_STANDINGS = (
    ("standard", "reproduced by a standard convention"),
    ("only", "by an unusual one alone"),
    ("none", "by none of those tried"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One printed statistic.

    ``by`` names the conventions that reproduce it, or says that none does; ``first`` is what the
    standard conventions give where they do not; ``anchor`` leads to its table or sentence.
    """

    statistic: str
    of: str
    printed: str
    where: str
    anchor: str
    inputs: tuple[str, ...]
    by: tuple[str, ...]
    first: tuple[str, ...]
    results: tuple[Result, ...]
    note: str
    tone: str
    standing: str


@dataclass(frozen=True, slots=True)
class RecomputedView:
    """``questioned`` are the rows that no standard convention reproduces; ``sound`` the others."""

    tally: str
    questioned: tuple[Row, ...]
    sound: tuple[Row, ...]
    left_out: int


def recomputed_view(audit: Audit, links: Links) -> RecomputedView | None:
    """The table of recomputed statistics, or None where nothing was recomputed."""
    if not audit.recomputed:
        return None
    several = len(audit.documents) > 1
    # What is in question comes first where not all can be shown.
    order = sorted(audit.recomputed, key=lambda one: one.standing == "standard")
    rows = [_row(one, audit, links, several) for one in order[:MOST]]
    counts = {s: sum(one.standing == s for one in audit.recomputed) for s, _ in _STANDINGS}
    tally = ", ".join(f"{counts[s]:,} {words}" for s, words in _STANDINGS if counts[s])
    return RecomputedView(
        f"{plural(len(audit.recomputed), 'statistic')}: {tally}",
        tuple(row for row in rows if row.standing != "standard"),
        tuple(row for row in rows if row.standing == "standard"),
        len(audit.recomputed) - len(rows),
    )


def _row(one: Recomputed, audit: Audit, links: Links, several: bool) -> Row:
    by = tuple(dict.fromkeys(one.reproduced_by))
    standard = [r for r in one.results if r.standard and not r.reproduces]
    nearest = standard or [r for r in one.results if not r.reproduces]
    return Row(
        one.statistic,
        one_line(one.of, 160),
        one_line(one.printed, 80),
        place_words(one.place, with_input=several),
        _anchor(one.place, audit, links),
        tuple(one_line(line, 200) for line in one.inputs),
        by or ("none of those tried",),
        () if one.standing == "standard" else tuple(f"{r.convention}: {r.value}" for r in nearest),
        one.results,
        one.note,
        _TONES[one.standing],
        one.standing,
    )


def _anchor(place: Place, audit: Audit, links: Links) -> str:
    """The place itself where a finding marks it, else its table."""
    if place in links.spots:
        return links.spots[place].anchor
    spot = locate(place, {d.name: n for n, d in enumerate(audit.documents)}, audit)
    if spot is None or spot.table is None:
        return ""
    return f"d{spot.document + 1}-t{spot.table + 1}"


def recomputed_json(audit: Audit, place: Callable[[Place], Mapping[str, Any]]) -> dict[str, Any]:
    """The part ``recomputed`` of the report, empty where nothing was recomputed."""
    if not audit.recomputed:
        return {}
    return {"recomputed": [_record(one, place) for one in audit.recomputed]}


def _record(one: Recomputed, place: Callable[[Place], Mapping[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "code": one.code,
        "statistic": one.statistic,
        "of": one.of,
        "printed": one.printed,
        "place": place(one.place),
        "inputs": list(one.inputs),
        "standing": one.standing,
        "results": [
            {
                "convention": result.convention,
                "value": result.value,
                "reproduces": result.reproduces,
                "standard": result.standard,
                **({"source": result.source} if result.source else {}),
            }
            for result in one.results
        ],
    }
    if one.note:
        record["note"] = one.note
    return record

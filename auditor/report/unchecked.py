"""What no check judged, arranged by table and by reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from auditor.audit import Audit, Unchecked
from auditor.finding import Place
from auditor.report.anchors import Spot, table_of
from auditor.report.wording import one_line, place_words

_COUNTED = re.compile(r"(.*): ((?:[\d,]+ of )?[\d,]+ numbers?)")


@dataclass(frozen=True, slots=True)
class UncheckedView:
    """What was not judged in one table: the places, by reason.

    ``anchor`` is the table's; ``count`` is how many single places are named.
    """

    title: str
    anchor: str
    count: int
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


def unchecked(audit: Audit) -> tuple[UncheckedView, ...]:
    """The unchecked numbers of the coverage, tables and reasons in the order given."""
    several = len(audit.documents) != 1
    grouped: dict[Place, dict[str, list[str]]] = {}
    for item in audit.coverage.unchecked:
        whole = Place(
            input=item.place.input,
            kind="text",
            quote="",
            table=item.place.table,
            table_index=item.place.table_index,
        )
        why, entry = _told(item)
        grouped.setdefault(whole, {}).setdefault(why, []).append(entry)
    return tuple(
        UncheckedView(
            title=place_words(whole, with_input=several),
            anchor=_anchor(audit, whole),
            count=sum(bool(entry) for entries in reasons.values() for entry in entries),
            reasons=tuple((why, tuple(entries)) for why, entries in reasons.items()),
        )
        for whole, reasons in grouped.items()
    )


def _told(item: Unchecked) -> tuple[str, str]:
    """Why, and where: of running text the numbers of a reason are told section by section."""
    place, found = item.place, _COUNTED.fullmatch(item.why)
    if place.kind != "text" or place.table is not None or place.table_index is not None:
        return item.why, _entry(place)
    section = one_line(place.section or "", 60) or "Text"
    if found is not None:
        return found[1], f"{section}: {found[2]}"
    return item.why, f"{section}: {one_line(place.quote, 60)}" if place.quote else section


def _entry(place: Place) -> str:
    """Where in its table a number stands, and its quote; "" for the table as a whole."""
    if place.row is None and place.column is None:
        return one_line(place.quote, 60)
    inside = place_words(replace(place, kind="cell", table=None, table_index=None))
    return f"{inside}: {one_line(place.quote, 60)}" if place.quote else inside


def _anchor(audit: Audit, place: Place) -> str:
    for number, document in enumerate(audit.documents):
        if document.name == place.input and place.table_index is not None:
            table = table_of(document, place.table_index)
            return Spot(number, table.index).anchor if table is not None else ""
    return ""

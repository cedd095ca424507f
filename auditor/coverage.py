"""How far the printed numbers got: read, tied to a population, judged by a check."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from auditor.audit import Coverage, Unchecked
from auditor.claims import Claim, Measure
from auditor.finding import Place
from auditor.linking.claims import reasons
from auditor.manuscript import Manuscript


def measured(read: Sequence[tuple[Manuscript, Collection[str]]]) -> Coverage:
    """The coverage over manuscripts, each with the ids of the claims that a check judged.

    A number that was judged counts as tied to a population: each step includes the next.
    """
    numbers = parsed = linked = checked = 0
    unchecked: list[Unchecked] = []
    for manuscript, found in read:
        known = reasons(manuscript.prose, manuscript.linked)
        claims, judged = _once(manuscript.claims, found, known)
        numbers += max(manuscript.printed_numbers, len(claims))
        parsed += len(claims)
        linked += sum(claim.id in judged or bool(claim.population.terms) for claim in claims)
        checked += sum(claim.id in judged for claim in claims)
        unchecked += manuscript.unread
        unchecked += _unjudged([claim for claim in claims if claim.id not in judged], known)
    return Coverage(numbers, parsed, linked, checked, tuple(unchecked))


def _once(
    claims: Sequence[Claim], judged: Collection[str], of_text: Collection[str]
) -> tuple[list[Claim], set[str]]:
    """The claims, and those that were judged, with a number of the text that several statements
    share ("6% versus 38% (P = 0.047)") counted once, and judged where one of them is."""
    judged = set(judged)
    first: dict[int, Claim] = {}
    kept = []
    for claim in claims:
        if claim.id in of_text:
            shared = first.setdefault(claim.printed.start, claim)
            if shared is not claim:
                if claim.id in judged:
                    judged.add(shared.id)
                continue
        kept.append(claim)
    return kept, judged


def _unjudged(claims: Sequence[Claim], known: Mapping[str, str]) -> list[Unchecked]:
    """What no check judged: one line a table (or section) and reason, in reading order.

    ``known`` are the reasons of the claims of statements, by id.
    """
    groups: dict[tuple[object, str], list[Claim]] = {}
    for claim in claims:
        place = claim.place
        site = (place.table_index, place.table, place.section if place.kind == "text" else None)
        why = known.get(claim.id) or _reason(claim)
        groups.setdefault((site, why), []).append(claim)
    return [
        Unchecked(
            _together(members),
            reason if len(members) == 1 else f"{reason}: {len(members)} numbers",
        )
        for (_, reason), members in groups.items()
    ]


def _reason(claim: Claim) -> str:
    if claim.quantity.measure is Measure.OTHER:
        return "what the number states is not known"
    if not claim.population.terms:
        return "whom the number counts is not known"
    return f"no check judged it ({claim.quantity})"


def _together(claims: Sequence[Claim]) -> Place:
    """The place of a single claim, else the table or section that holds them."""
    first = claims[0].place
    if len(claims) == 1:
        return first
    return replace(
        first,
        quote="",
        row=None,
        column=None,
        row_label=None,
        column_label=None,
        line=None,
        start=None,
        end=None,
    )

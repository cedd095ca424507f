"""The part of ``report.json`` on the running text: what each claim was tied to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from auditor.audit import Audit, TextRead
from auditor.finding import Place
from auditor.linking.claims import claim_id, claim_ids
from auditor.statement import Statement
from auditor.topic import Link, Twin

Json = dict[str, Any]


def text_parts(audit: Audit, place: Callable[[Place], Json]) -> dict[str, Json]:
    """By id of a claim of the text: kind, whose number it is, links to cells, repetitions."""
    found: dict[str, Json] = {}
    for number, read in enumerate(audit.texts):
        several = len(audit.documents) > 1
        prefix = f"{audit.documents[number].name}:" if several else ""
        found |= {prefix + name: record for name, record in _of_one(read, place, prefix)}
    return found


def _of_one(
    read: TextRead, place: Callable[[Place], Json], prefix: str
) -> Iterator[tuple[str, Json]]:
    statements = {statement.id: statement for statement in read.prose.statements}
    links: dict[str, Json] = {}
    repeats: dict[str, list[Json]] = {}
    for link in read.linked.links:
        if link.statement in statements:
            others = read.linked.alternatives.get((link.statement, link.part), ())
            record = _link(link, place, prefix)
            record["alternatives"] = [_other(other, prefix) for other in others]
            links[claim_id(statements[link.statement], link.part)] = record
    for twin in read.linked.twins:
        if twin.one in statements and twin.other in statements:
            one, other = statements[twin.one], statements[twin.other]
            for here, there in ((one, other), (other, one)):
                record = _twin(twin, there, prefix)
                repeats.setdefault(claim_id(here, twin.part), []).append(record)
    for statement in read.prose.statements:
        for name in claim_ids(statement):
            yield (
                name,
                {
                    "kind": statement.kind.value,
                    "origin": statement.origin.value,
                    "unit": statement.unit,
                    "links": [links[name]] if name in links else [],
                    "repeats": repeats.get(name, []),
                },
            )


def _link(link: Link, place: Callable[[Place], Json], prefix: str) -> Json:
    return {
        "operation": link.operation,
        "claims": [prefix + fact.claim for fact in link.facts],
        "cells": [place(fact.place) for fact in link.facts],
        "shows": link.shows,
        "agrees": link.agrees,
        "last_digit": link.last_digit,
        "confidence": round(link.confidence, 3),
        "certain": link.certain,
        "evidence": list(link.evidence),
    }


def _other(link: Link, prefix: str) -> Json:
    """An alternative, in short: the places are those of its claims."""
    return {
        "operation": link.operation,
        "claims": [prefix + fact.claim for fact in link.facts],
        "shows": link.shows,
        "agrees": link.agrees,
        "confidence": round(link.confidence, 3),
    }


def _twin(twin: Twin, other: Statement, prefix: str) -> Json:
    return {
        "claim": prefix + claim_id(other, twin.part),
        "agrees": twin.agrees,
        "last_digit": twin.last_digit,
        "confidence": round(twin.confidence, 3),
        "certain": twin.certain,
        "evidence": list(twin.evidence),
    }

"""Keeps patients' values out of findings where nobody asked for them."""

from __future__ import annotations

from dataclasses import replace

from auditor.finding import Finding


def redacted(finding: Finding) -> Finding:
    """The finding without values of patients: those of records, and what was made of them.

    A message holds none by agreement. A finding that stands in a manuscript keeps what is
    printed there, and what aggregates of the cohort say against it.
    """
    if all(place.kind != "record" for place in finding.places):
        return finding
    places = tuple(replace(p, quote="") if p.kind == "record" else p for p in finding.places)
    if finding.places[0].kind != "record":
        return replace(finding, places=places)
    return replace(finding, places=places, reported="", expected="", arithmetic=())

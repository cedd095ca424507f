"""What kind of quantity a value is, from its unit and the words that name it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.tokens import tokenise
from auditor.prose.values import Value
from auditor.statement import Kind, Phrase


def kind_of(value: Value, what: Sequence[Phrase], timed: bool) -> Kind:
    """The kind of quantity; see ``Kind``."""
    names = _classes(what)
    if "p" in value.words or ("p" in names and value.percent is None and value.count is None):
        return Kind.P_VALUE
    if value.ratio or ("ratio" in names and value.percent is None and not value.unit):
        return Kind.RATIO
    share = value.percent is not None
    if share and value.count is None:
        survival = "survival" in names and (timed or "rate" not in names)
        return Kind.SURVIVAL if survival and timed else Kind.PERCENT
    if "median" in value.words or (
        not share and names & {"median", "medians"} and value.noun is None
    ):
        return Kind.MEDIAN
    if "mean" in value.words or (not share and "mean" in names and value.noun is None):
        return Kind.MEAN
    if "range" in value.words:
        return Kind.RANGE
    if value.count is not None:
        return Kind.COUNT
    return Kind.VALUE


def _classes(what: Sequence[Phrase]) -> set[str]:
    names: set[str] = set()
    for phrase in what:
        for token in tokenise(phrase.text):
            names |= token.classes
            if token.norm == "rate":
                names.add("rate")
    return names


def unit_of(value: Value) -> str:
    """The unit as printed, "%" for a share."""
    if value.unit:
        return value.unit
    return "%" if value.percent is not None and value.count is None else ""


_RATIOS = {
    "hazard": "HR",
    "hazards": "HR",
    "odds": "OR",
    "risk": "RR",
    "relative": "RR",
    "rate": "RR",
}


def ratio_of(value: Value, what: Sequence[Phrase]) -> str:
    """HR, OR or RR of a ratio, else ""."""
    words = [value.ratio] if value.ratio else []
    if not words and not value.unit and value.percent is None:
        words = [
            token.text for phrase in what for token in tokenise(phrase.text) if token.is_("ratio")
        ]
    if not words:
        return ""
    first = words[0].split()[0]
    return _RATIOS.get(first.lower(), first.upper())

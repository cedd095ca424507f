"""What kind of quantity a value is, from its unit and the words that name it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.tokens import Token
from auditor.prose.value import Value
from auditor.statement import Kind


def kind_of(value: Value, words: Sequence[Token], timed: bool, counts: bool) -> Kind:
    """The kind of quantity, see ``Kind``.

    ``words`` are the tokens that name it, ``counts`` whether they show that a bare number
    counts something ("12 died", but not "a score of 12").
    """
    names = frozenset(name for token in words for name in token.classes)
    share = value.percent is not None
    plain = not share and value.count is None
    if "p" in value.words or ("p" in names and plain and not value.unit):
        return Kind.P_VALUE
    if value.ratio or ("ratio" in names and not share and not value.unit and not value.noun):
        return Kind.RATIO
    if share and value.count is None:
        return Kind.SURVIVAL if timed and "survival" in names else Kind.PERCENT
    if value.noun is None and not share:
        if "median" in value.words or names & {"median", "medians"}:
            return Kind.MEDIAN
        if "mean" in value.words or "mean" in names:
            return Kind.MEAN
    if "range" in value.words:
        return Kind.RANGE
    if value.count is None:
        return Kind.VALUE
    shown = value.noun or share or value.denominator or value.bracketed or value.quantifier
    number = bool(names & {"events", "numbers", "response"})
    return Kind.COUNT if shown or counts or number else Kind.VALUE


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
    "incidence": "IRR",
}


def ratio_of(value: Value, words: Sequence[Token]) -> str:
    """HR, OR or RR of a ratio, as in ``Statement.ratio``."""
    named = [token.text for token in words if token.is_("ratio")]
    ratio = value.ratio or (named[0] if named else "")
    first = ratio.split()[0] if ratio else ""
    return _RATIOS.get(first.lower(), first.upper())

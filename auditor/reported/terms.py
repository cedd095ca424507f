"""What files of results have in common: endpoints, statistics and populations in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from auditor import lexicon
from auditor.claims import Population
from auditor.reported.model import EVERYBODY
from auditor.reported.populations import Term, Vocabulary

STATISTICS = (
    "count",
    "denominator",
    "rate",
    "lower",
    "upper",
    "median",
    "survival",
    "at-risk",
    "events",
    "censored",
    "hazard-ratio",
    "odds-ratio",
    "p-value",
    "mean",
    "sd",
    "min",
    "max",
    "q1",
    "q3",
)
_SYNONYMS = {
    "n": "count",
    "number": "count",
    "total": "denominator",
    "p": "rate",
    "pct": "rate",
    "percent": "rate",
    "percentage": "rate",
    "proportion": "rate",
    "estimate": "rate",
    "lcl": "lower",
    "ci lower": "lower",
    "conf low": "lower",
    "lower ci": "lower",
    "ucl": "upper",
    "ci upper": "upper",
    "conf high": "upper",
    "upper ci": "upper",
    "hr": "hazard-ratio",
    "hazard ratio": "hazard-ratio",
    "odds ratio": "odds-ratio",
    "or": "odds-ratio",
    "p value": "p-value",
    "pvalue": "p-value",
    "at risk": "at-risk",
    "n risk": "at-risk",
    "number at risk": "at-risk",
    "n event": "events",
    "std": "sd",
    "standard deviation": "sd",
    "min": "min",
    "max": "max",
    "p25": "q1",
    "p75": "q3",
}
LIFE_TIMES = ("PFS", "OS", "DoR", "TTR", "TTP", "follow-up")
"""Endpoints that are times to an event."""
AE_COLUMNS = {"AE": "DECOD", "AEDECOD": "DECOD", "AEBODSYS": "BODSYS", "AESOC": "BODSYS"}
"""Names for columns of adverse events, and the column that endpoints name."""


def statistic(text: str) -> str:
    """The statistic that a name means, or ""."""
    name = lexicon.plain(text.replace("_", " ").replace(".", " "))
    dashed = name.replace(" ", "-")
    return dashed if dashed in STATISTICS else _SYNONYMS.get(name, "")


def endpoint(text: str, vocabulary: Vocabulary) -> str:
    """The endpoint that a name means: of the lexicon, of a column, or of adverse events; or ""."""
    text = text.strip()
    if re.fullmatch(r"AE( (serious|BODSYS=.+|DECOD=.+))?( grade(>?=\d|=\d-\d))?", text):
        return text
    name, sign, value = (part.strip() for part in text.partition("="))
    if sign:
        if name.upper() == "BOR":
            return f"BOR={value.upper()}"
        if name.upper() in AE_COLUMNS:
            return f"AE {AE_COLUMNS[name.upper()]}={value}"
        column = vocabulary.column(name)
        match = vocabulary.find_in(column, value)
        return f"{column}={match.term[1]}" if column and match.term else ""
    known = {key.casefold(): key for key in lexicon.words()["endpoints"]}
    if text.casefold() in known:
        return str(known[text.casefold()])
    return lexicon.endpoint(lexicon.take_apart(text).rest) or vocabulary.column(text)


def population(text: str, vocabulary: Vocabulary) -> tuple[Population | None, bool, str]:
    """Whom the text of a cell means: "ARM=A; SEX=F", the name of a group, or "" for all.

    Returns:
        The population or None, whether its words are its names, and why there is none.
    """
    terms: list[Term] = []
    certain = True
    for part in (p.strip() for p in text.split(";")):
        if not part or lexicon.everybody(lexicon.plain(part)):
            continue
        name, sign, value = (p.strip() for p in part.partition("="))
        if sign and not name.endswith(("<", ">")):
            column = vocabulary.column(name)
            if not column:
                return None, False, f"the patients table has no column {name}"
            match = vocabulary.find_in(column, value)
        else:
            match = vocabulary.find(part)
        if match.term is None:
            return None, False, match.why
        terms.append(match.term)
        certain = certain and match.certain
    return (Population(tuple(terms)) if terms else EVERYBODY), certain, ""


def as_worded(text: str) -> Population:
    """A population that is not known, by its words alone."""
    return Population((("words", text),)) if text.strip() else EVERYBODY


def meant(wrong: str, known: Iterable[str]) -> str:
    """A hint: the known name that a wrong one resembles, or all of them."""
    names = list(known)
    close = difflib.get_close_matches(wrong.casefold(), [n.casefold() for n in names], n=1)
    if close:
        return f"Did you mean {next(n for n in names if n.casefold() == close[0])}?"
    return f"Known: {', '.join(names)}."

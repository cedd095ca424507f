"""Whether a manuscript says that no value was missing."""

from __future__ import annotations

import re

from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.statement import Origin

_COMPLETE = re.compile(
    r"\bno (?:values?|data|observations?|outcome data|measurements?|assessments?|items?) "
    r"(?:was|were|is|are) (?:missing|lost)\b"
    r"|\bthere (?:was|were) no missing (?:data|values?|observations?|assessments?)\b"
    r"|\b(?:without|with no) missing (?:data|values?)\b"
    r"|\bno (?:participants?|patients?|subjects?) missed\b"
    r"|\bdata (?:of|from|for) all (?:\w+ ){0,2}were complete\b"
    r"|\bdata (?:were|was) complete (?:for|in) all\b"
    r"|\bcomplete data (?:were|was) (?:available|obtained) (?:for|from|in) all\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|apart from|other than|unless|but|only|if)\b", re.IGNORECASE)


def nothing_missing(manuscript: Manuscript) -> Place | None:
    """The first sentence, not of other studies, that says so without exception, or None."""
    for sentence in manuscript.prose.sentences:
        if sentence.origin is Origin.CITED or sentence.section == "discussion":
            continue
        found = _COMPLETE.search(sentence.text)
        if found is None or _EXCEPT.search(sentence.text):
            continue
        start, end = sentence.span(*found.span())
        return Place(
            manuscript.document.name,
            "text",
            manuscript.document.text[start:end],
            section=sentence.title or None,
            start=start,
            end=end,
        )
    return None

"""Families of categories of which every patient has exactly one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.passages.mentions import Mention

_ORDINALS = (
    ("1", r"(?:first|1st|front|initial)"),
    ("2", r"(?:second|2nd)"),
    ("3", r"(?:third|3rd)"),
    ("4", r"(?:fourth|4th)"),
    ("5", r"(?:fifth|5th)"),
)
_LATER = (
    r"\b(?:beyond|after|later than|more than)\s+(?:the\s+)?(?:\w+)[- ]?lines?\b|"
    r"\blater[- ]lines?\b|"
    r"\b(?:\w+)[- ](?:or (?:later|further|more|greater|higher|beyond)|and (?:later|beyond))\b.{0,8}"
    r"\blines?\b|(?:≥|>=?)\s*(?:\w+)[- ]?lines?\b|\bsubsequent[- ]lines?\b|"
    r"\b\w+[- ]lines? (?:or|and) (?:later|beyond|more|further|subsequent)\b"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Categories that exclude each other.

    Attributes:
        name: in words, for messages.
        members: key and expression of each; the first that matches counts.
        closed: the keys that together leave nobody out; empty where there is always a rest.
    """

    name: str
    members: tuple[tuple[str, re.Pattern[str]], ...]
    closed: tuple[frozenset[str], ...] = ()

    def member(self, text: str) -> str | None:
        """The category that the words name; None where they name none, or several."""
        found = set()
        for key, pattern in self.members:
            if pattern.search(text):
                found.add(key)
                text = pattern.sub(" ", text)
        return found.pop() if len(found) == 1 else None


def _family(name: str, members: dict[str, str], closed: tuple[frozenset[str], ...] = ()) -> Family:
    compiled = tuple((k, re.compile(p, re.IGNORECASE)) for k, p in members.items())
    return Family(name, compiled, closed)


_LINES = {"later": _LATER} | {
    k: rf"\b{w}(?:[- ]?lines?\b|(?=-?\s*(?:or|and|to|/)\s*\w+[- ]lines?\b))|\bline {k}\b"
    for k, w in _ORDINALS
}

FAMILIES = (
    _family("lines of treatment", _LINES, (frozenset({"1", "2", "later"}),)),
    _family(
        "sexes",
        {"women": r"\b(?:women|woman|females?)\b", "men": r"\b(?:men|man|males?)\b"},
        (frozenset({"men", "women"}),),
    ),
    _family(
        "stages",
        {
            "4": r"\bstages? (?:IV|4)[A-C]?\b",
            "3": r"\bstages? (?:III|3)[A-C]?\b",
            "2": r"\bstages? (?:II|2)[A-C]?\b",
            "1": r"\bstages? (?:I|1)[A-C]?\b",
        },
    ),
    _family("performance groups", {}),
    _family(
        "mutation groups",
        {
            "wild": r"\bwild[- ]?types?\b|\b(?:no|without(?: an?)?) mutations?\b|\bunmutated\b",
            "mutated": r"\bmutated\b|\bmutants?\b|\bmutations?\b",
        },
    ),
    _family(
        "living and dead",
        {
            "alive": r"\b(?:were|was|still|are|remained) alive\b|\balive\b",
            "dead": r"\b(?:died|dead|deceased)\b",
        },
    ),
)

_CLAUSE = re.compile(r"[,;:()]|\band\b|\bbut\b|\bwhile\b|\bwhereas\b|\bversus\b|\bvs\b")


_SCORE_FIRST = re.compile(r"\b(?P<score>[0-4])\s+(?:in|for)\s*$")
_SCORED = re.compile(r"\b(?:ECOG|PS|performance status)\b", re.IGNORECASE)


def member(family: Family, mention: Mention) -> str | None:
    """The category of the family that the mention counts, by its words next to it."""
    if family.name == "performance groups":
        front = mention.sentence.text[: mention.start]
        score = _SCORE_FIRST.search(front)
        return score["score"] if score and _SCORED.search(front) else None
    behind = next((w for w in _CLAUSE.split(mention.after) if w.strip()), "")
    taken = mention.head not in mention.before and mention.head not in mention.after
    # A name taken over from the number before says less than the words in front of this one.
    front = _CLAUSE.split(mention.before)[-1] if taken else ""
    for words in (front, mention.head, mention.statement.place.quote, behind):
        found = family.member(words)
        if found is not None:
            return found
    return None

"""Arms of a trial, and pairs of patients, with the number that they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.passages.lists import brackets
from auditor.passages.mentions import Mention, Passage
from auditor.passages.parts import Parts

_IN_ARM = re.compile(
    r"^\s*(?:patients\s+)?(?:in|on|with|from)\s+(?:the\s+)?[^;.()]*?\b(?:arm|group)s?\b"
)


def arm_brackets(passage: Passage) -> Iterator[Parts]:
    """A number of people with its arms in brackets: "nine patients (6 in the X arm and 3 in the Y
    arm)"."""
    for sentence, own in passage.counts:
        for start, end in brackets(sentence.text):
            inside = tuple(m for m in own if start < m.start and m.end <= end)
            outside = [m for m in own if m.end <= start]
            if len(inside) < 2 or not outside:
                continue
            whole = outside[-1]
            between = sentence.text[whole.end : start]
            armed = all(_IN_ARM.search(m.after) for m in inside)
            plain = not any(m.statement.percent or m.fraction for m in inside)
            if armed and plain and whole.of_people and not re.search(r"[;:,\d]", between):
                yield Parts("arms", inside, whole, exclusive=True, closed=False)


_NEAR = 40
"""So many numbers around a pair of arms may be their total."""
_OPPOSED = re.compile(r"(?P<label>[a-z][\w-]*(?: [\w-]+){0,2})\s*\($")


def opposed_totals(passage: Passage) -> Iterator[Parts]:
    """Two arms set against each other under a label that the passage also counts as a whole:
    "treatment-related (three vs eight)" and "the 12 treatment-related deaths"."""
    counted = [m for m in passage.mentions if m.number is not None and m.own]
    pairs = []
    for at, (first, second) in enumerate(zip(counted, counted[1:], strict=False)):
        one, two = first.statement, second.statement
        label = _OPPOSED.search(first.before.rstrip(" ") if first.before else "")
        if label is None or not (one.versus and two.versus) or one.series != two.series:
            continue
        if one.series is not None and one.item == 0 and len(label["label"]) > 5:
            pairs.append((at, label["label"].split(", ")[-1], (first, second)))
    for at, words, items in pairs:
        named = re.compile(rf"^\s*{re.escape(words)}\s+(?:deaths|patients|events)\b", re.IGNORECASE)
        for whole in counted[max(0, at - _NEAR) : at + _NEAR]:
            if whole not in items and named.search(whole.after):
                yield Parts("arms", items, whole, exclusive=True, closed=True, sure=True)


_PAIRS = re.compile(r"^\s*(?:matched\s+)?pairs\b", re.IGNORECASE)


def matched_pairs(passage: Passage) -> Iterator[tuple[Mention, Mention]]:
    """Numbers of pairs with the number of patients behind them: "61 pairs (122 patients)"."""
    counted = [m for m in passage.mentions if m.number is not None and m.own]
    for pairs, patients in zip(counted, counted[1:], strict=False):
        between = pairs.sentence.text[pairs.end : patients.start]
        close = pairs.sentence is patients.sentence and len(between) < 25
        bracket = "(" in between or patients.statement.place.quote.startswith("(")
        if close and bracket and _PAIRS.search(pairs.after) and patients.of_people:
            yield pairs, patients


_ASSIGNED = re.compile(r"\b(?:randomi[sz]ed|assigned|allocated)\b", re.IGNORECASE)
_TO_ARM = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:patients |participants |subjects |were |received |assigned |"
    r"allocated |"
    r"randomi[sz]ed |randomly )*(?:in|to|into|for)\s",
    re.IGNORECASE,
)


def assignments(passage: Passage) -> Iterator[Parts]:
    """Randomised patients with the numbers of their arms: "130 patients, 66 to A and 64 to B"."""
    for sentence, own in passage.counts:
        if not _ASSIGNED.search(sentence.text):
            continue
        for at, whole in enumerate(own):
            near = sentence.text[max(0, whole.start - 40) : whole.end + 60]
            if not (whole.of_people and _ASSIGNED.search(near)) or _TO_ARM.search(whole.after):
                continue
            items = []
            for mention in own[at + 1 :]:
                if not _TO_ARM.search(mention.after) or mention.statement.percent is not None:
                    break
                items.append(mention)
            if len(items) >= 2:
                yield Parts("arms", tuple(items), whole, exclusive=True, closed=True)

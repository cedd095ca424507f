"""Parts with the number that they are a part of, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.passages.mentions import Mention
from auditor.passages.named import value_of
from auditor.statement import Sentence

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)?"
_PEOPLE = (
    r"(?:(?!patients|subjects|of|and|or|with)[\w-]+\s+){0,3}?"
    r"(?:patients|subjects|participants|women|men|cases|individuals|responders)\b"
)
_THE = r"(?:the\s+|these\s+|our\s+|all\s+|those\s+)?"
_OF = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?(?:patients\s+)?(?:out\s+)?of\s+{_THE}"
    rf"(?P<n>{_NUMBER})\s+{_PEOPLE}",
    re.IGNORECASE,
)
_FRONT = re.compile(rf"^(?:[A-Z]\w+,\s+)?(?:Of|Out of)\s+{_THE}(?P<n>{_NUMBER})\s+{_PEOPLE}")


@dataclass(frozen=True)
class Subset:
    """A part and the number of patients it is said to be of."""

    part: Mention
    whole: int
    words: str


def subsets(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Subset]:
    """Parts whose words say of how many patients they are.

    Args:
        sentence: as read.
        mentions: its statements in printed order.
    """
    front = _FRONT.match(sentence.text)
    for at, mention in enumerate(mentions):
        if mention.number is None or mention.of_events:
            continue
        match = _of(sentence, mention)
        if match is not None and (whole := value_of(match["n"])):
            yield Subset(mention, whole, " ".join(match[0].split()))
            continue
        if front is None or mention.start < front.end() or not mention.of_people:
            continue
        before = [m for m in mentions[:at] if m.start >= front.end() and m.number is not None]
        apart = re.search(r"[;:]", sentence.text[front.end() : mention.start])
        if not before and not apart and (whole := value_of(front["n"])):
            yield Subset(mention, whole, " ".join(front[0].split()))


def _of(sentence: Sentence, mention: Mention) -> re.Match[str] | None:
    """What follows the leading number of a statement: "of the six patients"."""
    printed = mention.statement.value
    found = sentence.text.find(printed.text, mention.start)
    start = found + len(printed.text) if 0 <= found < mention.end else mention.end
    return _OF.match(sentence.text[start:])


_PLAIN = re.compile(
    rf"(?<![\w./,-])(?P<part>{_NUMBER})\s+(?:out\s+)?of\s+{_THE}(?P<n>{_NUMBER})\s+{_PEOPLE}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Overfull:
    """Words that make more of fewer, "eight of the six patients", with their place."""

    part: int
    whole: int
    start: int
    end: int


def overfull(sentence: Sentence) -> Iterator[Overfull]:
    """Parts larger than their whole in plain words, also where they were not read as a share."""
    for match in _PLAIN.finditer(sentence.text):
        part, whole = value_of(match["part"]), value_of(match["n"])
        if part and whole and part > whole:
            yield Overfull(part, whole, match.start(), match.end())

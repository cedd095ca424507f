"""Patients with adverse events, against the events listed behind them and against the arms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.passages.mentions import Mention, Passage
from auditor.statement import Origin

_HARM = re.compile(
    r"\b(?:(?:adverse|side)[- ](?:events?|effects?|reactions?)|(?:te|tr|ir|s)?aes?|"
    r"toxicit(?:y|ies))\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:serious|immune[- ]related|treatment[- ]emergent|fatal|infusion[- ]related|hepatic|skin|"
    r"cutaneous|hematologic(?:al)?|haematologic(?:al)?|cardiac|renal|nervous|gastrointestinal|"
    r"endocrine|late|acute|leading to|special interest)\b",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\bgrades?\s*(?:≥|>=?|of\s+)?\s*[2-5]|\bsevere\b|\bhigh[- ]grade\b", re.IGNORECASE
)
FEWEST = 4
"""So many listed events at least must add up before that is more than chance."""


@dataclass(frozen=True)
class Listed:
    """A number of patients with adverse events and the events listed behind it."""

    patients: Mention
    events: tuple[Mention, ...]

    @property
    def total(self) -> int:
        return sum(m.number or 0 for m in self.events)


def listed(passage: Passage) -> Iterator[Listed]:
    """Numbers of patients with adverse events that a list of these events follows."""
    for sentence, own in passage.counts:
        for at, mention in enumerate(own):
            if not (mention.of_people and mention.own and _HARM.search(mention.after[:90])):
                continue
            items = tuple(_items(sentence.text, own[at + 1 :]))
            if len(items) >= FEWEST:
                yield Listed(mention, items)
            break


def _items(text: str, following: Sequence[Mention]) -> Iterator[Mention]:
    """Events with their counts in brackets, one after another."""
    for mention in following:
        bracket = bool(re.search(r"[(\[]", text[max(0, mention.start - 1) : mention.start + 1]))
        if re.search(r"[.;]", mention.before) or not bracket:
            return
        yield mention


@dataclass(frozen=True)
class Arm:
    """Patients with any adverse event among the patients of an arm: "12/23"."""

    mention: Mention
    patients: int
    of: int


def arms(passage: Passage) -> tuple[Arm, ...]:
    """Fractions of the passage that say how many patients of an arm had any adverse event."""
    found = []
    for mention in passage.mentions:
        statement = mention.statement
        if statement.count is None or statement.denominator is None or not mention.own:
            continue
        count, of = statement.count.integer, statement.denominator.integer
        words = mention.sentence.text[: mention.start][-160:]
        about = _HARM.search(words)
        if count is None or not of or count > of or about is None:
            continue
        if _KIND.search(words) or _SEVERE.search(words):
            continue
        found.append(Arm(mention, count, of))
    return tuple(found)


def most(given: Sequence[Arm], patients: int) -> int | None:
    """The greatest number of patients with adverse events that the arms allow.

    Args:
        given: arms with their patients with events; they must not overlap.
        patients: all patients of the study.

    Returns:
        None where the arms are more than the patients: they overlap.
    """
    rest = patients - sum(a.of for a in given)
    if len(given) < 2 or rest < 0:
        return None
    return sum(a.patients for a in given) + rest


def plain(mention: Mention) -> bool:
    """Whether the patients are those with adverse events as such, of any or of mild grade."""
    return not _KIND.search(mention.before + mention.after[:90])


@dataclass(frozen=True)
class Events:
    """A number of events in a number of patients: "31 immune-related adverse events in 21"."""

    events: Mention
    patients: Mention
    name: str


_IN = re.compile(r"\b(?:in|among|by|from)\s*$", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<name>(?:[\w-]+[- ]){0,4}?(?:adverse (?:events|reactions)|side effects|toxicities|"
    r"(?:te|tr|ir|s)?AEs))\b"
)


def events_in_patients(passage: Passage) -> Iterator[Events]:
    """Sentences that tell the number of events from the number of patients with them."""
    for _sentence, own in passage.counts:
        for first, second in zip(own, own[1:], strict=False):
            name = _NAME.match(first.after.lstrip())
            if name is None or not second.of_people or not _IN.search(second.before):
                continue
            if (first.number or 0) > (second.number or 0) and first.own:
                yield Events(first, second, _key(name["name"]))


def affected(passage: Passage) -> Iterator[tuple[Mention, str]]:
    """Numbers of patients that had adverse events, with the name of the events."""
    for mention in passage.mentions:
        unsaid = {mention.statement.origin, mention.sentence.origin} <= {Origin.OWN, Origin.UNCLEAR}
        if mention.number is None or not unsaid or not mention.of_people:
            continue
        behind = _NAME.search(mention.after[:90])
        front = _NAME.search(mention.before[-90:])
        name = behind or front
        if name is not None and not re.search(r"[.;:(]", mention.before[-20:].rstrip(" (")):
            yield mention, _key(name["name"])


def _key(name: str) -> str:
    words = re.sub(
        r"^(?:the|a|an|any|all|experienced|had|reported|developed)\s+", "", name.casefold()
    )
    return re.sub(r"[\s-]+", " ", words).strip()

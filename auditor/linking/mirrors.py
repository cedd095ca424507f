"""Sentences that tell the same numbers in the same words: the abstract and the results.

Two sentences are laid side by side where they share numbers; their statements are paired by
what they say, not by their values, so that a number which differs finds its partner.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.linking.parts import parts
from auditor.linking.same_value import DAYS, unit_of
from auditor.statement import Kind, Statement
from auditor.topic import Topic

CROWDED = 10
"""A number that stands in more sentences than this says nothing about which belong together."""
SHARED = 2
"""Numbers that two sentences must share to be laid side by side."""
ALIKE = 2.0
"""Least similarity of two statements that are paired."""

_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_COMMON = """
a an and are as at be been being both by did do for from had has have in is it its no not of on or
our respectively than that the their them these they this those to was we were which while who with
patient patients compared versus vs median mean rate group groups arm arms overall study
"""
_STOP = frozenset(_COMMON.split())

Frame = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two statements that say the same of the same patients, as far as their words go.

    Attributes:
        same: topics are equal. ``whole``: and nothing is left over on either side.
        named: words or groups say so, not the order of the numbers alone.
    """

    one: Statement
    other: Statement
    same: bool
    whole: bool
    named: bool


def frame(statement: Statement) -> Frame:
    """What kind of number it is: only statements of one frame can be the same quantity."""
    kind = statement.kind
    if kind in (Kind.COUNT, Kind.PERCENT):
        return "patients", ""
    if kind is Kind.RATIO:
        return "ratio", statement.ratio.upper()
    unit = unit_of(statement)
    unit = "time" if unit in DAYS else unit
    if kind in (Kind.MEDIAN, Kind.VALUE):
        return "value", unit
    return kind.value, "" if kind in (Kind.SURVIVAL, Kind.P_VALUE) else unit


def words(statement: Statement) -> frozenset[str]:
    """Content words of the phrases around a number, without their endings."""
    found = set()
    for phrase in (*statement.what, *statement.whom, *statement.setting):
        for word in _WORD.findall(phrase.text.lower()):
            if word not in _STOP and len(word) > 1:
                found.add(stem(word))
    return frozenset(found)


def stem(word: str) -> str:
    """A word without the endings of plural and past."""
    for ending in ("ies", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def neighbours(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Pairs of sentences, in order, that share numbers of the same frame.

    Numbers that stand in many sentences are left out, so the work grows with the text, not
    with its square.
    """
    holders: dict[tuple[Frame, str, object], set[int]] = defaultdict(set)
    for statement in statements:
        for part, printed in parts(statement):
            holders[frame(statement), part, printed.fraction].add(statement.sentence)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for sentences in holders.values():
        if 2 <= len(sentences) <= CROWDED:
            ordered = sorted(sentences)
            for i, one in enumerate(ordered):
                for other in ordered[i + 1 :]:
                    shared[one, other] += 1
    return sorted(pair for pair, count in shared.items() if count >= SHARED)


def align(
    ones: Sequence[Statement],
    others: Sequence[Statement],
    topics: Mapping[str, Topic],
) -> list[Aligned]:
    """Pair the statements of two sentences: each with the only other that is most like it.

    Where several are equally alike (the members of an unnamed "6% versus 38%"), and as many
    on both sides, their order pairs them.
    """
    scores = {
        (i, j): score
        for i, one in enumerate(ones)
        for j, other in enumerate(others)
        if (score := similarity(one, other, topics)) is not None and score >= ALIKE
    }
    best_one = _best(scores, 0)
    best_other = _best(scores, 1)
    found: list[Aligned] = []
    used: set[int] = set()
    for i, chosen in sorted(best_one.items()):
        if i in used:
            continue
        if len(chosen) == 1 and best_other[chosen[0]] == [i]:
            found.append(_aligned(ones[i], others[chosen[0]], topics, named=True))
            continue
        tied = [k for k, js in best_one.items() if js == chosen]
        if len(tied) == len(chosen) > 1 and all(best_other.get(j) == tied for j in chosen):
            used.update(tied)
            found += [
                _aligned(ones[k], others[j], topics, named=False)
                for k, j in zip(tied, chosen, strict=True)
            ]
    return found


def _best(scores: Mapping[tuple[int, int], float], side: int) -> dict[int, list[int]]:
    best: dict[int, tuple[float, list[int]]] = {}
    for pair, score in sorted(scores.items()):
        key, other = pair[side], pair[1 - side]
        top = best.get(key)
        if top is None or score > top[0]:
            best[key] = (score, [other])
        elif score == top[0]:
            top[1].append(other)
    return {key: sorted(found) for key, (_, found) in sorted(best.items())}


def similarity(one: Statement, other: Statement, topics: Mapping[str, Topic]) -> float | None:
    """How alike two statements are by words and topics; None where they exclude each other."""
    if frame(one) != frame(other):
        return None
    a, b = topics.get(one.id, Topic()), topics.get(other.id, Topic())
    if a.concept and b.concept and a.concept != b.concept:
        return None
    if None not in (a.at, b.at) and a.at != b.at:
        return None
    if None not in (a.grades, b.grades) and a.grades != b.grades:
        return None
    if opposed(a, b):
        return None
    score = 2.0 * bool(a.concept and a.concept == b.concept)
    score += min(len(a.terms & b.terms), 2) - 0.5 * len(a.terms ^ b.terms)
    score -= 0.5 * len(a.modifiers ^ b.modifiers)
    first, second = words(one), words(other)
    if first and second:
        score += 3.0 * len(first & second) / len(first | second)
    return round(score, 6)


def opposed(a: Topic, b: Topic) -> bool:
    """Whether the topics count groups of patients that exclude each other."""
    keys = {term.dimension: term.key for term in a.terms}
    return any(keys.get(term.dimension, term.key) != term.key for term in b.terms)


def same_topic(a: Topic, b: Topic) -> bool:
    """Whether two topics are equal but for what was not understood."""
    return (
        bool(a.concept)
        and a.concept == b.concept
        and a.terms == b.terms
        and a.grades == b.grades
        and a.at == b.at
        and a.modifiers == b.modifiers
    )


def _aligned(
    one: Statement, other: Statement, topics: Mapping[str, Topic], *, named: bool
) -> Aligned:
    a, b = topics.get(one.id, Topic()), topics.get(other.id, Topic())
    same = same_topic(a, b)
    left_over = frozenset(map(stem, a.residue)) ^ frozenset(map(stem, b.residue))
    return Aligned(one, other, same, same and not left_over, named)

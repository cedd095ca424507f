"""Sentences that tell the same numbers: the abstract and the results, the text and a legend.

Two sentences that share numbers are laid side by side. Equal numbers are matched first; a number
left over on either side is paired with the one that stands in the same place among the matched
ones, or that is said of the same thing. So a misprinted number finds its partner by its
neighbours, whether or not the words around it are understood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from auditor.linking.headers import PATIENTS
from auditor.linking.spots import Spot, content, words
from auditor.topic import Topic

CROWDED = 10
"""A number that stands in more sentences than this says nothing about which belong together."""
SHARED = 1.0
"""Least weight of the numbers that two sentences share to be laid side by side."""
_RARE, _ECHOES, _WORDS = 6, 2, 5
"""Words in so few sentences, so many of them shared, lead to a comparison of two sentences; so
many words in common at least make an echo."""
ALIKE = 0.5
"""Share of common words from which the words around two numbers are alike."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two numbers in the same place of two sentences.

    Attributes:
        equal: matched because they are equal, not by their place.
        sides: how many of their neighbours (before, behind) are matched with each other.
        alike: share of the words around them that they have in common (0-1).
        beside: whether another number of the same two statements is equal.
    """

    one: Spot
    other: Spot
    equal: bool
    sides: int
    alike: float
    beside: bool = False

    @property
    def weight(self) -> float:
        """What the match says about the two sentences if it is equal."""
        return 0.5 if self.one.bare and self.alike < ALIKE else self.one.weight


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two sentences side by side.

    ``lone`` counts the numbers that could have a partner by their class and have none; ``echo``
    says that the sentences have nearly all of their words in common.
    """

    one: int
    other: int
    matches: tuple[Match, ...]
    lone: int
    echo: bool = False

    def anchors(self, besides: Match) -> float:
        """Weight of the equal numbers that two sentences share beside a match."""
        return sum(m.weight for m in self.matches if m.equal and m is not besides)

    @property
    def differing(self) -> int:
        """Numbers that were paired without being equal."""
        return sum(not m.equal for m in self.matches)


def neighbours(
    by_sentence: Mapping[int, Sequence[Spot]], texts: Mapping[int, str]
) -> list[tuple[int, int, bool]]:
    """Pairs of sentences, in order, to be laid side by side: they share numbers, or nearly all
    of their words (then True).

    Numbers and words that stand in many sentences are left out, so the work grows with the
    text, not with its square.
    """
    numbers: dict[object, dict[int, float]] = defaultdict(dict)
    for sentence, members in by_sentence.items():
        for spot in members:
            numbers[spot.kind, spot.printed.fraction][sentence] = spot.weight
    shared = _shared(numbers, CROWDED)
    told = {sentence: content(texts.get(sentence, "")) for sentence in by_sentence}
    holders: dict[object, dict[int, float]] = defaultdict(dict)
    for sentence, said in told.items():
        for word in said:
            holders[word][sentence] = 1.0
    rare = _shared(holders, _RARE)
    found = []
    for pair in sorted({*shared, *(p for p, weight in rare.items() if weight >= _ECHOES)}):
        echo = echoes(told[pair[0]], told[pair[1]])
        if shared.get(pair, 0.0) >= SHARED or echo:
            found.append((*pair, echo))
    return found


def _shared(
    holders: Mapping[object, Mapping[int, float]], most: int
) -> dict[tuple[int, int], float]:
    """The weight of what two sentences share, for all that stands in at most so many."""
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for sentences in holders.values():
        if 2 <= len(sentences) <= most:
            ordered = sorted(sentences)
            for i, one in enumerate(ordered):
                for other in ordered[i + 1 :]:
                    shared[one, other] += min(sentences[one], sentences[other])
    return shared


def echoes(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences have nearly all of their words in common."""
    both = len(one & other)
    return (
        both >= _WORDS
        and both >= 0.8 * min(len(one), len(other))
        and both >= 0.6 * len(one | other)
    )


def mirror(
    one: int,
    other: int,
    ones: Sequence[Spot],
    others: Sequence[Spot],
    topics: Mapping[str, Topic],
    *,
    echo: bool = False,
) -> Mirror:
    """Pair the numbers of two sentences: equal ones, then those in the same place.

    Where the sentences echo each other and have as many numbers of a class left, these are
    paired in their order.
    """
    equal = _equal(ones, others, topics)
    known = frozenset(equal)
    together = {(ones[i].statement.id, others[j].statement.id) for i, j in equal}
    partners = dict(equal)
    placed: list[tuple[int, int]] = []
    left = [i for i in range(len(ones)) if i not in partners]
    taken = set(partners.values())
    trusted = _trusted(equal, ones, others, topics)
    right = [j for j in range(len(others)) if j not in taken]
    options: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i in left:
        for j in right:
            if ones[i].kind != others[j].kind or _crossed(ones[i], others[j], ones, others):
                continue
            if not trusted or compatible(ones[i], others[j], topics, strict=True):
                score = sides(i, j, partners, ones, others) + 2 * alike(ones[i], others[j], topics)
                score += (ones[i].statement.id, others[j].statement.id) in together
                if score >= 1:
                    options[i].append((score, j))
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, found in options.items():
        score, j = max(found, key=lambda option: (option[0], -option[1]))
        if [s for s, _ in found].count(score) == 1:
            best[j].append((score, i))
    for j, wanting in best.items():
        score, i = max(wanting)
        if [s for s, _ in wanting].count(score) == 1:
            placed.append((i, j))
    rest_one = [i for i in left if i not in {i for i, _ in placed}]
    rest_other = [j for j in right if j not in {j for _, j in placed}]
    lone = 0
    for kind in sorted({ones[i].kind for i in rest_one}):
        first = [i for i in rest_one if ones[i].kind == kind]
        second = [j for j in rest_other if others[j].kind == kind]
        fitting = echo and len(first) == len(second)
        pairs = list(zip(first, second, strict=False))
        if fitting and all(compatible(ones[i], others[j], topics, strict=True) for i, j in pairs):
            placed += pairs
        else:
            lone += len(pairs)
    matches = [
        Match(
            ones[i],
            others[j],
            (i, j) in known,
            sides(i, j, partners, ones, others),
            alike(ones[i], others[j], topics),
            (ones[i].statement.id, others[j].statement.id) in together,
        )
        for i, j in sorted([*equal, *placed])
    ]
    return Mirror(one, other, tuple(matches), lone, echo)


def _crossed(one: Spot, other: Spot, ones: Sequence[Spot], others: Sequence[Spot]) -> bool:
    """Whether each sentence has the other's number too: the same list in another order.

    A count is crossed as well where it is a denominator of the other sentence.
    """
    here, there = _has(one, others), _has(other, ones)
    if one.part == "count":
        return here and there or _divides(one, others) or _divides(other, ones)
    return here and there


def _has(spot: Spot, members: Sequence[Spot]) -> bool:
    return any(s.kind == spot.kind and s.printed.fraction == spot.printed.fraction for s in members)


def _divides(spot: Spot, members: Sequence[Spot]) -> bool:
    sizes = (s.statement.denominator for s in members)
    return any(size is not None and size.fraction == spot.printed.fraction for size in sizes)


def _trusted(
    equal: Sequence[tuple[int, int]],
    ones: Sequence[Spot],
    others: Sequence[Spot],
    topics: Mapping[str, Topic],
) -> bool:
    """Whether the topics fit the equal numbers: else they were misread in one of the two."""
    fitting = sum(compatible(ones[i], others[j], topics) for i, j in equal)
    return 2 * fitting >= len(equal)


def _equal(
    ones: Sequence[Spot], others: Sequence[Spot], topics: Mapping[str, Topic]
) -> list[tuple[int, int]]:
    """Equal numbers of one class: first those in the same order, then those that moved and
    stand as often on both sides."""
    first = [(spot.kind, spot.printed.fraction) for spot in ones]
    second = [(spot.kind, spot.printed.fraction) for spot in others]
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    found = [(b.a + k, b.b + k) for b in blocks for k in range(b.size)]
    left, right = defaultdict[object, list[int]](list), defaultdict[object, list[int]](list)
    for i in sorted({*range(len(ones))} - {i for i, _ in found}):
        left[first[i]].append(i)
    for j in sorted({*range(len(others))} - {j for _, j in found}):
        right[second[j]].append(j)
    for key, moved in left.items():
        if len(moved) == len(right.get(key, ())):
            found += zip(moved, right[key], strict=True)
    return sorted(
        (i, j)
        for i, j in found
        if not opposed(*(_topic(s, topics) for s in (ones[i], others[j])))
        and (ones[i].weight >= 1 or compatible(ones[i], others[j], topics))
    )


def sides(
    i: int, j: int, partners: Mapping[int, int], ones: Sequence[Spot], others: Sequence[Spot]
) -> int:
    """How many neighbours of two numbers are matched with each other: the next number, or the
    next of the same class; the borders of two lists are neighbours as well."""
    found = 0
    for step in (-1, 1):
        near = i + step, j + step
        like = _next(ones, i, step), _next(others, j, step)
        matched = any(k in partners and partners[k] == m for k, m in (near, like))
        found += matched or (_border(ones, i, step) and _border(others, j, step))
    return found


def _next(members: Sequence[Spot], i: int, step: int) -> int:
    """The next number of the same class in this direction, or -1."""
    k = i + step
    while 0 <= k < len(members):
        if members[k].kind == members[i].kind:
            return k
        k += step
    return -1


def _border(members: Sequence[Spot], i: int, step: int) -> bool:
    """Whether a number is the first or last of a list."""
    series = members[i].statement.series
    if series is None:
        return False
    return not (0 <= i + step < len(members) and members[i + step].statement.series == series)


def alike(one: Spot, other: Spot, topics: Mapping[str, Topic]) -> float:
    """Share of words that the statements of two numbers have in common (0-1)."""
    a, b = _topic(one, topics), _topic(other, topics)
    apart = a.residue and b.residue and not {*a.residue} & {*b.residue}
    if a.concept not in ("", PATIENTS) and same_topic(a, b) and not apart:
        return 1.0
    first, second = words(one.statement), words(other.statement)
    return len(first & second) / len(first | second) if first and second else 0.0


def _topic(spot: Spot, topics: Mapping[str, Topic]) -> Topic:
    return topics.get(spot.statement.id, Topic())


def compatible(
    one: Spot, other: Spot, topics: Mapping[str, Topic], *, strict: bool = False
) -> bool:
    """Whether nothing says that two numbers are of different things or different patients.

    ``strict``: a grade or time that only one of them names sets them apart.
    """
    a, b = _topic(one, topics), _topic(other, topics)
    pairs = ((a.concept, b.concept), (a.at, b.at), (a.grades, b.grades))
    if any(x and y and x != y for x, y in pairs):
        return False
    if strict and (a.grades != b.grades or a.at != b.at):
        return False
    return not opposed(a, b)


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

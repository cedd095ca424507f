"""Which words beside a value say what is stated, and which say of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.prose.items import Item, Times, Word

Span = tuple[int, int]
"""Positions of tokens, the second excluded."""

_VERBS = ("copula", "have", "verb", "light")
_FILLERS = (
    "det", "quantifier", "adverb", "and", "or", "comma", "colon", "subordinate", "semicolon",
    "including", "all", "equals", "dash", "sign", "to", "versus", "respectively", "both",
)  # fmt: skip
_NO_VERB_AFTER = ("prep", "with", "of", "det", "quantifier", "versus", "to")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in front of a value.

    Attributes:
        what: noun phrases, the nearest first; ``whom``: phrases that restrict them.
        verb: whether a verb joins them to the value; ``place``: whether a preposition does
            ("occurred in 25 patients"); ``predicate``: whether a verb is all there is.
    """

    what: tuple[Span, ...] = ()
    whom: tuple[Span, ...] = ()
    verb: bool = False
    place: bool = False
    predicate: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """What stands behind a value: its predicate or noun, and of whom."""

    what: tuple[Span, ...] = ()
    whom: tuple[Span, ...] = ()
    respectively: bool = False


def is_word(item: Item, *names: str) -> bool:
    """Whether the item is a word of one of the classes."""
    return isinstance(item, Word) and item.is_(*names)


def is_verb(item: Item) -> bool:
    """Whether the item is a verb by its class."""
    return is_word(item, *_VERBS)


def participle(item: Item) -> bool:
    """Whether the item looks like a verb in -ed."""
    if not isinstance(item, Word) or not item.token.word:
        return False
    norm = item.token.norm
    return norm.endswith("ed") and "-" not in norm and len(norm) > 3 and not item.is_("adjective")


def span(items: Sequence[Item]) -> Span:
    """The tokens from the first to the last of the items."""
    return items[0].start, items[-1].end


def trimmed(items: Sequence[Item], *more: str) -> list[Item]:
    """The items without fillers at both ends."""
    result = list(items)
    while result and is_word(result[0], *_FILLERS, *more):
        result.pop(0)
    while result and is_word(result[-1], *_FILLERS, *more):
        result.pop()
    return result


def before(items: Sequence[Item]) -> Before:
    """Read the words in front of a value."""
    words = list(items)
    place = of = False
    while words and is_word(words[-1], *_FILLERS, "prep", "of", "with"):
        place = place or is_word(words[-1], "prep", "to")
        of = of or is_word(words[-1], "of")
        words.pop()
    words, topic = _topic(told(trimmed(words)))
    if len(words) > 1 and _giving(words, of):
        words = trimmed(words[1:])  # ", with an ORR of 14%", "for an ORR of 14%"
    if not words:
        return Before(place=place)
    if is_word(words[0], "prep", "of", "with"):
        return _fronted(words, place)
    verbs = finite(words)
    if not verbs and participle(words[-1]) and len(words) > 1:
        verbs = [len(words) - 1]
    if not verbs:
        head, more = noun_phrase(words)
        return Before((head, *topic), more, False, place)
    found = _clause_before(words, verbs[-1])
    return Before((*found.what, *topic), found.whom, True, place, found.predicate)


def _giving(words: Sequence[Item], of: bool) -> bool:
    """Whether "with" or "for" brings in what the value is of; "with placebo" says of whom."""
    first = words[0]
    if not isinstance(first, Word):
        return False
    if first.is_("with"):
        second = words[1]
        article = isinstance(second, Word) and second.token.norm in ("a", "an")
        return of or article or is_word(second, "survival", "median", "mean")
    return of and first.token.norm in ("for", "yielding", "giving")


def finite(words: Sequence[Item]) -> list[int]:
    """Where verbs stand; "with relapsed disease" and "the left lung" have none."""
    return [
        at
        for at, item in enumerate(words)
        if is_verb(item)
        and not (at and is_word(item, "verb") and is_word(words[at - 1], *_NO_VERB_AFTER))
    ]


def _clause_before(words: list[Item], last: int) -> Before:
    """Subject, verb group ending at ``last``, and object, in front of a value."""
    first = last
    while first and (is_verb(words[first - 1]) or is_word(words[first - 1], "adverb")):
        first -= 1
    subject, object_ = trimmed(words[:first]), trimmed(words[last + 1 :])
    group = words[first : last + 1]
    telling = any(is_word(w, "verb") or not is_verb(w) for w in group if not is_word(w, "adverb"))
    if object_ and participle(object_[0]):  # "was performed", "were assigned to"
        telling, group, object_ = True, [*group, object_[0]], trimmed(object_[1:])
    planned = len(object_) > 1 and is_word(object_[0], "prep") and participle(object_[1])
    if planned and telling:  # "was completed as planned in"
        group, object_ = [*group, *object_], []
    if all(is_word(item, "pronoun") for item in subject):
        subject = []
    nothing = any(is_word(item, "nothing") for item in subject)
    what, whom = _object(_trend(object_), nothing)
    if subject and not (what and nothing):
        head, more = noun_phrase(subject)
        if what and is_word(subject[0], "patients"):
            # "Patients treated with X had a median age of": whom, not what.
            whom.append(span(subject))
        else:
            if telling and not object_ and not more:
                head = (head[0], group[-1].end)
            what.append(head)
            whom += more
    if len(what) == 2 and object_ and _superlative(object_[0]):
        what.reverse()  # "nausea was the most common event (33%)" is of nausea
    alone = not subject and not object_
    if alone and telling:
        what.append(span(group))
    return Before(tuple(what), tuple(whom), True, predicate=alone)


def _superlative(item: Item) -> bool:
    return isinstance(item, Word) and item.token.norm in ("most", "only", "main", "commonest")


def _object(words: list[Item], nothing: bool) -> tuple[list[Span], list[Span]]:
    """What and whom of an object; "no difference was found in the DCR" is of the DCR."""
    if not words:
        return [], []
    if is_word(words[0], "prep", "with", "of"):
        first = words[0]
        as_ = isinstance(first, Word) and first.token.norm == "as"
        if not (nothing or as_) or len(words) < 2:
            return [], prepositions(words)
        words = trimmed(words[1:])
    until = next((i for i, w in enumerate(words) if is_word(w, "prep", "with")), len(words))
    if all(is_word(item, "comparative", "adverb") for item in words[:until]):
        return [], prepositions(words[until:])  # "was more common in arm A"
    head, more = noun_phrase(words)
    return [head], list(more)


def _trend(words: list[Item]) -> list[Item]:
    """What "a trend for a higher rate" is a trend of."""
    for at, item in enumerate(words[:3]):
        if isinstance(item, Word) and item.token.norm in ("trend", "tendency"):
            return trimmed(words[at + 1 :], "prep", "comparative") or words
    return words


def _topic(words: list[Item]) -> tuple[list[Item], tuple[Span, ...]]:
    """The words behind a colon or semicolon, and the title before the colon if it is one."""
    for at in range(len(words) - 1, 0, -1):
        if is_word(words[at], "semicolon", "colon"):
            title = trimmed(words[:at])
            if not title or not is_word(words[at], "colon"):
                return trimmed(words[at + 1 :]), ()
            if any(is_verb(w) for w in title):
                title = _compared(title)
            return trimmed(words[at + 1 :]), (span(title),) if title else ()
    return words, ()


def _compared(words: list[Item]) -> list[Item]:
    """The grade 3 events of "there was no difference in grade 3 events between the arms"."""
    nothing = next((at for at, item in enumerate(words) if is_word(item, "nothing")), None)
    if nothing is None:
        return []
    start = next((i for i in range(nothing, len(words)) if is_word(words[i], "prep", "of")), None)
    if start is None:
        return []
    rest = words[start + 1 :]
    end = next((i for i, item in enumerate(rest) if is_word(item, "prep")), len(rest))
    return trimmed(rest[:end])


def told(words: list[Item]) -> list[Item]:
    """The words behind "the results showed that"."""
    for at in range(len(words) - 1, 0, -1):
        item = words[at]
        that = isinstance(item, Word) and item.token.norm == "that"
        if that and (is_verb(words[at - 1]) or participle(words[at - 1])):
            return trimmed(words[at + 1 :])
    return words


def _fronted(words: list[Item], place: bool) -> Before:
    """ "for the FOLFIRI arm", "in arm B, the ORR was": whom, then perhaps a head.

    With a second preposition before the value it is what is counted: "(second-line therapy in
    26 patients and) beyond second-line therapy in 26 patients".
    """
    commas = [at for at, item in enumerate(words) if is_word(item, "comma")]
    if commas:
        rest = before(words[commas[-1] + 1 :])
        return Before(rest.what, (*rest.whom, *prepositions(words[: commas[-1]])), rest.verb, place)
    verbs = [at for at, item in enumerate(words) if is_verb(item)]
    if verbs:
        return Before((), tuple(prepositions(words[: verbs[0]])), True, place)
    if place:
        return Before((span(words),), (), False, True)
    return Before((), tuple(prepositions(words)), False, place)


def noun_phrase(items: Sequence[Item]) -> tuple[Span, tuple[Span, ...]]:
    """The head of a noun phrase, and the prepositional phrases that restrict it.

    "of" stays with heads that say nothing alone ("the incidence of nausea").
    """
    words = trimmed(items) or list(items)
    end = len(words)
    for at in range(1, len(words)):
        item = words[at]
        if is_word(item, "prep", "with", "relative"):
            end = at
            break
        if is_word(item, "of") and not is_word(words[at - 1], "generic", "names.score"):
            end = at
            break
    head = trimmed(words[:end]) or words[:end]
    return span(head), tuple(prepositions(words[end:]))


def prepositions(items: Sequence[Item]) -> list[Span]:
    """Prepositional phrases one by one; "in patients with X" is one."""
    words = trimmed(items) if not (items and is_word(items[0], "to")) else list(items)
    result: list[list[Item]] = []
    for item in words:
        if not result or is_word(item, "prep"):
            result.append([])
        result[-1].append(item)
    return [
        span(kept)
        for phrase in result
        if (kept := phrase if is_word(phrase[0], "to") else trimmed(phrase))
        and not (len(kept) == 1 and is_word(kept[0], "prep", "with", "of", "to"))
    ]


def after(items: Sequence[Item]) -> After:
    """Read the words behind a value."""
    respectively = any(is_word(item, "respectively") for item in items)
    words = trimmed(items)
    if items and is_word(items[0], "to") and words:  # "12 patients to arm B"
        words = [items[0], *words]
    if not words:
        return After(respectively=respectively)
    whom: list[Span] = []
    what: list[Span] = []
    start = _predicate(words)
    if start:
        leading = words[:start]
        if (
            is_word(words[0], "prep", "of", "with", "relative", "to")
            or participle(words[0])
            or gerund(words[0])
        ):
            whom += prepositions(leading)
        else:
            head, of_head = noun_phrase(leading)
            what.append(head)
            whom += of_head
    rest = words[start:]
    if rest:
        predicate, where = _verb_phrase(rest)
        what += predicate
        whom += where
    return After(tuple(what), tuple(whom), respectively)


def gerund(item: Item) -> bool:
    """Whether the item looks like a verb in -ing."""
    return isinstance(item, Word) and item.token.norm.endswith("ing") and len(item.token.norm) > 5


def _predicate(words: list[Item]) -> int:
    """Where the finite verb stands; the length where there is none."""
    verbs = finite(words)
    if participle(words[0]) or (is_verb(words[0]) and gerund(words[0])):
        later = [at for at in verbs if at and is_word(words[at], "copula", "have")]
        return later[0] if later else 0
    relative = next((at for at, item in enumerate(words) if is_word(item, "relative")), None)
    if relative is not None and verbs and relative < verbs[0]:
        later = [
            at for at in verbs[1:] if at > verbs[0] + 2 and is_word(words[at], "copula", "have")
        ]
        return later[0] if later and relative == 0 else len(words)
    if verbs:
        return verbs[0]
    participles = [at for at, item in enumerate(words) if at and participle(item)]
    if participles and not is_word(words[0], "prep", "of", "with", "to"):
        return participles[0]
    return len(words)


def _verb_phrase(words: list[Item]) -> tuple[list[Span], list[Span]]:
    """The predicate up to a phrase of place, and those phrases; "were observed" says nothing."""
    end = len(words)
    reported = False
    for at, item in enumerate(words):
        if at and is_word(item, "place"):
            end = at
            break
        if reported and is_word(item, "prep", "with"):
            end = at  # "were recorded with placebo"
            break
        reported = is_word(item, "light") or (reported and is_word(item, "adverb"))
    verb = trimmed(words[:end])
    whom = prepositions(words[end:])
    light = all(is_word(item, "copula", "light", "adverb") for item in verb)
    if not verb or light:
        return [], whom
    return [span(verb)], whom


def coordinated(items: Sequence[Item]) -> list[Span]:
    """The members of "ORR, DCR and CBR"; a phrase without "and" or commas is one member."""
    members: list[list[Item]] = [[]]
    for item in items:
        if is_word(item, "and", "comma", "versus"):
            if members[-1]:
                members.append([])
        else:
            members[-1].append(item)
    kept = [trimmed(member) for member in members]
    return [span(member) for member in kept if member]


def times_in(items: Sequence[Item]) -> Times | None:
    """The last time that names a rate among the items: "6-month PFS", "at 2 years".

    "In the 3-week arm" names an arm.
    """
    found = None
    for at, item in enumerate(items):
        if isinstance(item, Times):
            names = items[at + 1 : at + 5]
            rate = any(is_word(w, "survival") or _is_rate(w) for w in names)
            if item.said_at or rate:
                found = item
    return found


def _is_rate(item: Item) -> bool:
    return isinstance(item, Word) and item.token.norm in ("rate", "rates")

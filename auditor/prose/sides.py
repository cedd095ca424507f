"""The sides of a comparison whose values stand together: "A had a higher ORR than B (6% vs 38%)".

Between the words and the values the order may turn round: writers list the lower value first,
or keep the order of the tables. Where the words compare ("higher than"), the order is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.drafts import Draft
from auditor.prose.items import Bracket, Item, Word
from auditor.prose.phrases import (
    Span,
    is_verb,
    is_word,
    noun_phrase,
    participle,
    span,
    told,
    trimmed,
)


def name_sides(drafts: Sequence[Draft], front: Sequence[Item], parent: Draft | None) -> None:
    """Give values that are set against each other the names of their sides.

    ``front`` is what stands in front of the sentence ("In the A group versus the B group").
    Of a bracket the sides stand in the words around it, which are its ``parent``'s.
    """
    named = _versus(front)
    last = drafts[-1] if drafts else None
    for at, draft in enumerate(drafts):
        if isinstance(draft.value, Bracket):
            _compare(draft)
            if not draft.sides and last is not None:
                draft.sides = _between(last.tail)
            if not draft.sides and named:
                draft.sides = named
            if not draft.sides:
                _of_counts(drafts, at)
        elif draft.measured is not None and "p" in draft.measured.words:
            _compare(draft)
            draft.own += [s for s in draft.sides if s not in draft.own]
        elif draft.joint != "versus" and _opens(drafts, at):
            named = _in_phrase(draft.lead) or named
            sides = draft.sides or (parent.sides if parent is not None else ()) or named
            open_ = parent.order_open if parent is not None and not draft.sides else False
            if not sides and parent is None:
                _compare(draft)
                sides, open_ = draft.sides or _between(last.tail if last else []), draft.order_open
            pair = [draft, drafts[at + 1]]
            if not sides and parent is not None and parent.order_open:
                # "A higher rate was seen with A (33% vs. 3%)": one of the two is of A.
                pair[1].shared = []
                pair[0].order_open = pair[1].order_open = True
            if len(sides) == 2 and not any(_sided(d) for d in pair):
                for member, side in zip(pair, sides, strict=True):
                    member.own = [side, *(s for s in member.own if not _covers(sides, s))]
                    member.shared = [s for s in member.shared if not _covers(sides, s)]
                    member.order_open = open_


def _of_counts(drafts: Sequence[Draft], at: int) -> None:
    """ "34 in arm A and 23 in arm B responded (56% vs. 39%)": the sides are those of the counts."""
    draft = drafts[at]
    pair = [other for other in drafts[:at] if not other.nested and not other.apposed][-2:]
    if draft.joint not in ("", "beside") or len(pair) != 2 or pair[1].joint != "list":
        return
    sides = [other.own[0] for other in pair if other.own and other.counted]
    if len(sides) == 2:
        draft.sides = (sides[0], sides[1])
        draft.shared = [phrase for phrase in draft.shared if phrase not in draft.sides]
        draft.own = [phrase for phrase in draft.own if phrase not in draft.sides]


def _opens(drafts: Sequence[Draft], at: int) -> bool:
    """Whether exactly two values are set against each other from here."""
    joints = [draft.joint for draft in drafts[at + 1 : at + 3]]
    return joints[:1] == ["versus"] and joints[1:2] != ["versus"]


def _sided(draft: Draft) -> bool:
    """Whether the words behind the value name its side."""
    return bool(draft.after.whom) and not _is_between(draft.tail)


def _is_between(items: Sequence[Item]) -> bool:
    return bool(items) and isinstance(items[0], Word) and items[0].token.norm == "between"


def _covers(sides: Sequence[Span], phrase: Span) -> bool:
    """Whether a phrase holds a side, or is one."""
    return any(phrase[0] <= side[0] and side[1] <= phrase[1] for side in sides)


def _versus(items: Sequence[Item]) -> tuple[Span, ...]:
    """The sides of "In the A group versus the B group, ..."."""
    words = [item for item in items if not is_word(item, "comma")]
    at = next((i for i, item in enumerate(words) if is_word(item, "versus")), None)
    if at is None:
        return ()
    one, other = trimmed(words[:at], "prep"), trimmed(words[at + 1 :], "prep")
    return (span(one), span(other)) if one and other else ()


def _in_phrase(items: Sequence[Item]) -> tuple[Span, ...]:
    """The sides of "the PFS for A vs. B was"."""
    at = next((i for i, item in enumerate(items) if is_word(item, "versus")), None)
    if at is None:
        return ()
    preps = [i for i in range(at) if is_word(items[i], "prep", "of")]
    if not preps or any(is_verb(item) for item in items[preps[-1] : at]):
        return ()
    one, other = trimmed(items[preps[-1] + 1 : at]), _first_phrase(items[at + 1 :])
    return (span(one), span(other)) if one and other else ()


def _between(items: Sequence[Item]) -> tuple[Span, ...]:
    """The sides of "between A and B groups"."""
    start = next((i for i, item in enumerate(items) if _is_between([item])), None)
    if start is None:
        return ()
    words = list(items[start + 1 :])
    end = next(
        (i for i, w in enumerate(words) if is_word(w, "prep", "comma", "of") or is_verb(w)),
        len(words),
    )
    words = words[:end]
    at = next((i for i, item in enumerate(words) if is_word(item, "and", "versus")), None)
    if at is None:
        return ()
    one, other = trimmed(words[:at]), trimmed(words[at + 1 :])
    return (span(one), span(other)) if one and other else ()


def _compare(draft: Draft) -> None:
    """Read the comparison in front of it: its sides, and what is compared."""
    lead = told(list(draft.lead))
    at = next((i for i, item in enumerate(lead) if is_word(item, "than", "versus")), None)
    if at is None:
        draft.sides = _between(lead)
        draft.order_open = not draft.sides and any(is_word(w, "comparative") for w in lead)
        draft.shared = [s for s in draft.shared if not _covers(draft.sides, s)]
        return
    found = _read(lead[:at], lead[at + 1 :])
    if found is not None:
        measure, draft.sides = found
        draft.what, draft.shared, draft.order_open = [measure], [], True


def _read(left: Sequence[Item], right: Sequence[Item]) -> tuple[Span, tuple[Span, Span]] | None:
    """What is compared and the two sides, of the words left and right of "than"."""
    verb = _verb(left)
    if verb is None:
        return _read_early(left, right)
    subject, rest = trimmed(left[:verb]), trimmed(left[verb + 1 :])
    other = _first_phrase(right)
    if not other or not subject:
        return None
    measured, of_side = noun_phrase(subject)
    if _that_of(right) and of_side:  # "the ORR of A was higher than that of B"
        return measured, (of_side[0], span(other))
    place = next((i for i, item in enumerate(rest) if is_word(item, "prep", "with")), None)
    if place is not None and (right and is_word(right[0], "prep", "with")):
        side = trimmed(rest[place:], "prep", "with")
        if not side:
            return None
        head = _content(rest[:place]) or subject  # "more pain was seen in A than in B"
        return noun_phrase(head)[0], (span(side), span(other))
    head = _content(rest if place is None else rest[:place])
    if not head:
        return None
    return noun_phrase(head)[0], (measured, span(other))  # "A had a higher ORR than B"


def _read_early(
    left: Sequence[Item], right: Sequence[Item]
) -> tuple[Span, tuple[Span, Span]] | None:
    """ "A compared with B improved the ORR": the verb follows the sides."""
    verb = _verb(right)
    one = trimmed(left)
    if verb is None or not one:
        return None
    other, head = trimmed(right[:verb]), _content(right[verb + 1 :])
    if not other or not head:
        return None
    return noun_phrase(head)[0], (span(one), span(other))


def _verb(items: Sequence[Item]) -> int | None:
    """Where the verb stands, the last of its group ("was observed")."""
    at = next((i for i, item in enumerate(items) if is_verb(item)), None)
    if at is None:
        at = next((i for i, item in enumerate(items) if participle(item)), None)
    if at is None:
        return None
    while at + 1 < len(items) and (is_verb(items[at + 1]) or participle(items[at + 1])):
        at += 1
    return at


def _that_of(items: Sequence[Item]) -> bool:
    first = items[0] if items else None
    return isinstance(first, Word) and first.token.norm in ("that", "those")


def _content(items: Sequence[Item]) -> list[Item]:
    """The words without comparatives, the last run of them."""
    kept = [w for w in items if not is_word(w, "comparative", "adverb", "copula")]
    return trimmed(_contiguous(trimmed(kept)))


def _contiguous(words: Sequence[Item]) -> list[Item]:
    """The last run of words that stand side by side."""
    run: list[Item] = []
    for item in words:
        if run and item.start != run[-1].end:
            run = []
        run.append(item)
    return run


def _first_phrase(words: Sequence[Item]) -> list[Item]:
    """The words up to the next verb or preposition."""
    words = trimmed(words, "prep", "with", "of")
    end = next(
        (
            i
            for i, item in enumerate(words)
            if i and (is_word(item, "prep", "comma") or is_verb(item) or participle(item))
        ),
        len(words),
    )
    return trimmed(words[:end])


def _drop(draft: Draft) -> None:
    """Take the sides out of the phrases of whom."""
    draft.shared = [s for s in draft.shared if not _covers(draft.sides, s)]

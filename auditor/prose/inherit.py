"""What a value takes from its neighbours: units, and the heads of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.prose.drafts import Draft
from auditor.prose.items import Bracket, Item, Word
from auditor.prose.phrases import Span, gerund, is_word
from auditor.prose.value import Value

_GROUPS = frozenset({"group", "groups", "arm", "arms", "cohort", "cohorts"})
_GROUP_NAME = 7
"""Words within which "of the dose escalation group" comes to its noun."""


def same_unit(drafts: Sequence[Draft]) -> None:
    """Give "2.0 and 14.0 months" and "19 and 71%" the unit of the last."""
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        value, other = draft.value, following.value
        if not isinstance(value, Value) or not isinstance(other, Value):
            continue
        bare = not value.unit and value.percent is None and value.noun is None
        bare = bare and value.denominator is None
        if not bare or value.bracketed or draft.tail or following.lead or not following.listed:
            continue
        if other.unit:
            draft.value = replace(value, unit=other.unit, count=None)
        elif other.percent is not None and other.count is None and value.number is not None:
            draft.value = replace(value, percent=value.number, count=None)


def inherit(drafts: Sequence[Draft], parent: Draft | None) -> None:
    """Give values without a name that of their list, or of what their bracket stands behind."""
    parts = _members_of_parts(drafts, parent)
    for at, draft in enumerate(drafts):
        previous = _before(drafts, at)
        if draft in parts and not draft.what and draft.own and not _placed(draft):
            # As in: 14 stopped, 5 for toxicity, 7 for progression and 2 who withdrew.
            draft.what, draft.own, draft.mode = draft.own[:1], draft.own[1:], "after"
        value = draft.measured
        if value is not None and not draft.what and value.ratio and previous is None:
            draft.what, draft.mode = [(value.start, value.start + 1)], "before"
        _elliptical(draft, previous)
        _accompanies(draft, drafts, at)
        if draft.what:
            if previous is not None and not draft.before.verb:
                _take_subject(draft, previous)
            if parent is not None and draft.before.predicate:
                draft.what = [*parent.what]
                draft.shared += _missing(draft, (*parent.shared, *parent.own))
        elif not draft.nested and not _introduces(drafts, at):
            _take_name(drafts, at, previous, parent)
    for draft in drafts:
        placed = draft in parts and _placed(draft)
        if not draft.what and draft.own and draft.counted and not placed:
            draft.what, draft.own = draft.own[:1], draft.own[1:]
            draft.mode = "after"
        elif not draft.what and not draft.counted and draft.shared:
            draft.what, draft.shared = draft.shared[:1], draft.shared[1:]


def _members_of_parts(drafts: Sequence[Draft], parent: Draft | None) -> list[Draft]:
    """The counts of a list that gives the parts of a whole."""
    result = []
    part = False
    for draft in drafts:
        if not draft.apposed:
            part = draft.joint == "part" or (part and draft.listed)
        if draft.counted and (part or (parent is not None and parent.apposed)):
            result.append(draft)
    return result


def _take_name(
    drafts: Sequence[Draft], at: int, previous: Draft | None, parent: Draft | None
) -> None:
    draft = drafts[at]
    forward = _forward(drafts, at)
    if forward is not None and not (previous is not None and previous.mode == "before"):
        draft.what, draft.mode = list(forward.what), "after"
        draft.own = draft.own or list(forward.own)
    elif previous is not None and _heads(previous, draft):
        draft.what, draft.mode = list(previous.what), previous.mode
        draft.shared += _missing(draft, previous.shared, previous)
        if isinstance(draft.value, Bracket):
            draft.shared += _missing(draft, previous.own)
        draft.at = draft.at or previous.at
    elif parent is not None:
        draft.what, draft.mode = list(parent.what), "before"
        draft.shared += _missing(draft, (*parent.shared, *parent.own))
        draft.at = draft.at or parent.at


def _placed(draft: Draft) -> bool:
    """Whether what stands behind it says where: "12 in arm A", but not "12 from sepsis"."""
    first = draft.tail[0] if draft.tail else None
    return isinstance(first, Word) and first.token.norm in ("in", "on", "at", "among")


def _elliptical(draft: Draft, previous: Draft | None) -> None:
    """ "Pain was seen in 21 with the drug and 15 with placebo": both are of pain."""
    if previous is None or previous.mode != "before" or not draft.listed or draft.lead:
        return
    told = any(is_word(item, "copula", "have") for item in draft.tail)
    label = bool(draft.tail) and is_word(draft.tail[0], "response")
    apart = bool(draft.tail) and (is_word(draft.tail[0], "prep", "with") or gerund(draft.tail[0]))
    apart = apart or _of_group(draft.tail)
    if draft.mode == "after" and draft.counted and apart and not told and not label:
        draft.own = [*draft.what, *(s for s in draft.own if s not in draft.what)]
        draft.what, draft.mode = [], "bare"


def _of_group(tail: Sequence[Item]) -> bool:
    """Whether what stands behind a count is "of the treated group"."""
    if not tail or not is_word(tail[0], "of"):
        return False
    words = [item.token.norm for item in tail[1:_GROUP_NAME] if isinstance(item, Word)]
    return not _GROUPS.isdisjoint(words)


def _accompanies(draft: Draft, drafts: Sequence[Draft], at: int) -> None:
    """ "The rate in arm A was 52%, with two cases of nausea": of the same patients."""
    opens = bool(draft.lead) and is_word(draft.lead[0], "with")
    if not at or not opens or draft.joint != "list":
        return
    previous = drafts[at - 1]
    sides = at > 1 and previous.listed and previous.own and previous.own != drafts[at - 2].own
    if not sides:
        taken = [*draft.own, *draft.shared, *draft.what]
        draft.shared += [s for s in (*previous.own, *previous.shared) if s not in taken]


def _introduces(drafts: Sequence[Draft], at: int) -> bool:
    """Whether a list in apposition parts it from its verb: "44, including 3 men, were seen"."""
    return at + 1 < len(drafts) and drafts[at + 1].joint == "part" and drafts[at].counted


def _before(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The draft before, past brackets that only explain it."""
    for draft in reversed(drafts[:at]):
        if not draft.apposed and not draft.nested:
            return draft
    return None


def _heads(previous: Draft, draft: Draft) -> bool:
    return (
        bool(previous.what)
        and draft.joint not in ("clause", "part")
        and not isinstance(previous.value, Bracket)
    )


def _take_subject(draft: Draft, previous: Draft) -> None:
    """ "The grade 3 events were nausea (5%) and pain (3%)": the subject is of both."""
    same = draft.mode == previous.mode == "before" and len(previous.what) > 1
    again = draft.joint == "clause" and draft.direct and previous.direct
    if same and (draft.listed or again):
        draft.what += [phrase for phrase in previous.what[1:] if phrase not in draft.what]
        draft.shared += _missing(draft, previous.shared, previous)


def _missing(draft: Draft, phrases: Sequence[Span], source: Draft | None = None) -> list[Span]:
    """The phrases that it lacks; of one with the same preposition it has its own."""
    taken = {draft.first(phrase) for phrase in (*draft.own, *draft.shared)} - {"", "of"}
    return [
        phrase
        for phrase in phrases
        if phrase not in draft.shared and not (source is not None and source.first(phrase) in taken)
    ]


def _forward(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The next draft of the list with a name behind it: "2 and 3 patients had pain"."""
    for draft in drafts[at + 1 :]:
        if not draft.listed:
            return None
        if draft.what:
            return draft if draft.mode == "after" else None
    return None

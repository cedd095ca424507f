"""Values with the phrases that name them: one draft of a statement for each value."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.drafts import Draft
from auditor.prose.gaps import last_clause, split_gap, split_test
from auditor.prose.inherit import inherit, same_unit
from auditor.prose.items import Bracket, Item, Times, Word
from auditor.prose.phrases import (
    Span,
    after,
    before,
    gerund,
    is_verb,
    is_word,
    participle,
    times_in,
    trimmed,
)
from auditor.prose.shares_apart import with_shares
from auditor.prose.sides import name_sides
from auditor.prose.tokens import Token
from auditor.prose.value import Value
from auditor.prose.wholes import find_appositions, name_parts, set_wholes

_LEADING = ("adverb", "comma", "subordinate", "and", "quantifier", "sign", "number")
_WHOLES = ("of", "out of", "among", "amongst", "from among")


def attach(items: Sequence[Item], parent: Draft | None = None) -> list[Draft]:
    """The drafts of a sentence or of a bracket, in reading order, brackets opened."""
    setting, fronted, rest = _setting(list(items)) if parent is None else ([], [], list(items))
    main = _drafts(rest, parent)
    basis = _basis(fronted, items)
    front = items[: len(items) - len(rest)]
    times = times_in(front)
    for draft in main:
        draft.setting = [*setting]
        draft.basis = None if draft.whole is not None else draft.basis or basis
        draft.at = draft.at or times
    name_sides(main, front, parent)
    drafts = list(fronted)
    for draft in main:
        drafts.append(draft)
        if isinstance(draft.value, Bracket):
            inner = attach(draft.value.items, draft)
            for child in inner:
                child.setting = [*setting]
                if child.counted and child.whole is None and draft.whole is not None:
                    child.whole = draft.whole
            drafts += inner
    if parent is None:
        name_parts(drafts)
    return drafts


def _basis(fronted: Sequence[Draft], items: Sequence[Item]) -> Token | None:
    """The 44 of "Of the 44 patients, ..." and "Among 44 patients, ..."."""
    if len(fronted) != 1 or fronted[0].measured is None or fronted[0].measured.noun is None:
        return None
    first = next((item for item in items if is_word(item, "of", "prep")), None)
    if isinstance(first, Word) and first.token.norm in _WHOLES:
        return fronted[0].measured.count
    return None


def _setting(items: list[Item]) -> tuple[list[Span], list[Draft], list[Item]]:
    """The fronted phrases of a sentence, drafts of the numbers in them, and what follows."""
    start = 0
    while start < len(items) and is_word(items[start], *_LEADING):
        start += 1
    if start >= len(items) or not is_word(items[start], "prep", "of", "with"):
        return [], [], items
    end = _fronted_end(items, start)
    if end is None:
        return [], [], items
    fronted = items[start:end]
    drafts = _drafts(fronted, None)
    more, others, rest = _setting(items[end + 1 :])
    first = items[start]
    filler = len(fronted) == 2 and is_word(fronted[1], "all", "quantifier")  # "In all, 12"
    if filler or (isinstance(first, Word) and first.token.norm == "as"):  # "As shown in Table 7"
        return more, [*drafts, *others], rest
    return [(fronted[0].start, fronted[-1].end), *more], [*drafts, *others], rest


def _fronted_end(items: list[Item], start: int) -> int | None:
    """The comma that closes the fronted phrase: the first before a new clause."""
    commas = []
    for at in range(start + 1, len(items)):
        item = items[at]
        if is_word(item, "comma"):
            commas.append(at)
            following = items[at + 1] if at + 1 < len(items) else None
            if following is None:
                return None
            if isinstance(following, Value | Times) or is_word(
                following, "det", "survival", "median", "all", "zero", "quantifier", "adverb",
                "pronoun", "response", "medians",
            ):  # fmt: skip
                return at
        elif commas and (is_verb(item) or participle(item)):
            return commas[-1]
        elif is_word(item, "semicolon", "colon"):
            return None
    return commas[0] if commas else None


def _drafts(items: list[Item], parent: Draft | None) -> list[Draft]:
    items = with_shares(items)
    anchors = [(at, item) for at, item in enumerate(items) if isinstance(item, Value | Bracket)]
    drafts: list[Draft] = []
    lead = last_clause(items[: anchors[0][0]]) if anchors else list[Item]()
    joint, joined = "", list[Item]()
    for position, (at, value) in enumerate(anchors):
        end = anchors[position + 1][0] if position + 1 < len(anchors) else len(items)
        gap = items[at + 1 : end]
        last = position + 1 == len(anchors)
        following = None if last else items[end]
        tail, joints, rest = _clause(gap), list[Item](), list[Item]()
        if not last:
            direct = isinstance(following, Bracket) or (
                isinstance(following, Value) and (following.bracketed or "p" in following.words)
            )
            test = isinstance(following, Value) and "p" in following.words
            again = isinstance(value, Value) and "p" in value.words
            tail, joints, rest = split_test(gap) if test and not again else split_gap(gap, direct)
            quiet = not any(map(is_verb, gap))
            if _own_words(following) and quiet and gap and is_word(gap[0], "prep", "with"):
                # "8.1 months in arms A and B (HR 0.55)": the words are of the months.
                tail, joints, rest = gap, [], []
            elif not joints and _own_words(following) and quiet:
                rest = []
            elif not joints and direct and _counting(following) and _counting(value):
                tail, rest = _reasons(gap)
        if isinstance(value, Value) and "p" in value.words and _belongs(drafts, lead):
            for draft in _last_group(drafts):
                draft.p = draft.p or value.number
            if drafts[-1].value is not value and not trimmed(drafts[-1].tail):
                drafts[-1].tail += tail
        else:
            comma = bool(joined) and all(is_word(i, "comma", "semicolon") for i in joined)
            drafts.append(Draft(value, joint, lead, tail, _promises(joined), comma, parent=parent))
            drafts[-1].respectively = any(is_word(item, "respectively") for item in gap)
        joined = joints
        joint, lead = _joint(joints, gap, following), rest
    for draft, behind in zip(drafts, drafts[1:], strict=False):
        if behind.joint == "beside":  # "13 (1 CR, 12 PR) women in arm A"
            draft.tail, behind.tail = behind.tail, []
    for draft in drafts[1:]:
        if draft.measured is not None and "of whom" in draft.measured.words:
            draft.joint = "part"
        if len(draft.tail) > 1 and is_word(draft.tail[0], "of") and draft.counted:
            # "one of whom" is a part of what was counted before, no member of its list.
            draft.joint = "part" if is_word(draft.tail[1], "relative") else draft.joint
    same_unit(drafts)
    _nest(drafts)
    for draft in drafts:
        _name(draft)
    find_appositions(drafts)
    inherit(drafts, parent)
    set_wholes(drafts)
    return drafts


def _counting(item: Item | None) -> bool:
    return isinstance(item, Value) and item.count is not None


def _reasons(gap: list[Item]) -> tuple[list[Item], list[Item]]:
    """ "17 stopped early because of toxicity (7)": the reason is of the 7."""
    preps = [at for at, item in enumerate(gap) if at and is_word(item, "prep", "with", "of", "to")]
    if not preps or not any(is_verb(item) or participle(item) for item in gap[: preps[-1]]):
        return gap, gap
    return gap[: preps[-1]], gap[preps[-1] + 1 :]


def _own_words(item: Item | None) -> bool:
    """Whether a bracket says itself what it states: "(HR 0.55, 95% CI 0.31-0.98)"."""
    if isinstance(item, Bracket):
        return True
    return isinstance(item, Value) and item.bracketed and bool(item.ratio or "p" in item.words)


def _clause(gap: Sequence[Item]) -> list[Item]:
    """What stands behind the last value up to the next clause."""
    items = list(gap)
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        if is_word(item, "semicolon", "colon") or (is_word(item, "subordinate") and at):
            return items[:at]
        if is_word(item, "comma") and following is not None:
            if is_word(following, "relative", "subordinate", "with", "pronoun"):
                return items[:at]
            if is_word(following, "respectively"):
                continue
            if not at:
                continue
            later = items[at + 1 :]
            if is_word(following, "and"):
                later = later[1:]
            until = next(
                (i for i, other in enumerate(later) if is_word(other, "comma")), len(later)
            )
            head = later[:until]
            if (
                head
                and not is_verb(head[0])
                and any(is_word(w, "copula", "have") for w in head[1:])
            ):
                return items[:at]
    return items


def _belongs(drafts: list[Draft], lead: Sequence[Item]) -> bool:
    """Whether a P value is of the values before it, and not of words of its own."""
    return bool(drafts) and not any(is_verb(item) for item in lead)


def _last_group(drafts: list[Draft]) -> list[Draft]:
    """The last value, with those that it is set against or listed with by sides."""
    group = [drafts[-1]]
    joint = drafts[-1].joint
    for draft in reversed(drafts[:-1]):
        if group[-1].joint != joint or joint not in ("versus", "list"):
            break
        if joint == "list" and not (group[-1].tail and draft.tail):
            break
        group.append(draft)
    return group


def _promises(joints: Sequence[Item]) -> bool:
    """Whether what follows is promised to be all: "comprising", or a colon."""
    return any(is_word(item, "exhaustive", "colon") for item in joints)


def _joint(joints: Sequence[Item], gap: Sequence[Item], following: Item | None) -> str:
    words = [item for item in joints if isinstance(item, Word)]
    if any(w.is_("versus", "than") for w in words):
        return "versus"
    if any(w.is_("including", "colon", "exhaustive") for w in words):
        return "part"
    if any(w.is_("semicolon", "subordinate") for w in words):
        return "clause"
    if not gap and isinstance(following, Bracket):
        return "beside"
    if words or not gap:
        return "list"
    return ""


def _name(draft: Draft) -> None:
    """What and whom from the words around the value itself."""
    draft.before, draft.after = before(draft.lead), after(draft.tail)
    draft.at = times_in(draft.lead) or times_in(draft.tail[:3])
    ahead, behind = draft.before, draft.after
    draft.quantifier = _quantifier(draft)
    noun = draft.value.noun if isinstance(draft.value, Value) else None
    label = (
        draft.counted and noun is None and bool(draft.tail) and is_word(draft.tail[0], "response")
    )
    if label and behind.what:  # "the responses were 2 CR and 5 PR"
        draft.mode = "after"
        draft.what = [*behind.what, *ahead.what]
        draft.own, draft.shared = list(behind.whom), list(ahead.whom)
    elif ahead.what and (ahead.verb or ahead.place or not behind.what or _headed(draft)):
        draft.mode = "before"
        draft.what = list(ahead.what)
        draft.shared = list(ahead.whom)
        draft.own = list(behind.whom)
        if draft.direct and isinstance(draft.value, Value):
            draft.what += behind.what  # "nausea (5%) and pain (3%) were the worst events"
        if draft.tail and (gerund(draft.tail[0]) or participle(draft.tail[0])):
            draft.own = [*behind.what, *draft.own]  # "in 44 patients receiving the drug"
        if _sized(draft) and ahead.whom:  # "estimates in the ITT population (N = 130)"
            draft.what, draft.shared = [ahead.whom[-1]], []
    elif behind.what:
        draft.mode = "after"
        draft.what = list(behind.what)
        draft.own = [*behind.whom, *ahead.whom]
        _with(draft)
    else:
        draft.shared = list(ahead.whom)
        draft.own = list(behind.whom)
        _with(draft)
    reason = draft.direct and draft.counted and not _sized(draft)
    placed = any(is_word(item, "place", "with") for item in draft.lead[:2])
    if reason and not draft.what and draft.shared and not placed:
        draft.what, draft.mode = [draft.shared.pop()], "before"  # "because of illness (3)"
    if draft.among is not None:
        draft.own.append(draft.among)
    if noun is not None and noun[1] - noun[0] > 1:
        draft.own.append(noun)


def _nest(drafts: Sequence[Draft]) -> None:
    """ "HR was 0.51 in the 70 patients with X", "9 relapses among the 46 patients".

    The second number is of the people whom the first is of.
    """
    for draft, following in zip(drafts, drafts[1:], strict=False):
        other, tail = following.measured, draft.tail
        if draft.measured is None or other is None or other.noun is None or other.bracketed:
            continue
        placed = [at for at, item in enumerate(tail) if is_word(item, "prep", "of")]
        if (
            following.joint
            or not placed
            or not all(is_word(item, "det", "all") for item in tail[placed[-1] + 1 :])
        ):
            continue
        named = len(tail) > placed[-1] + 1
        if named or (draft.measured.count is None and placed[-1] == 0):
            end = following.tail[-1].end if following.tail else other.end
            draft.among = (tail[placed[-1]].start, end)
            draft.tail = tail[: placed[-1]]
            following.nested, following.lead = True, []
            if draft.counted and named:
                draft.basis = other.count


def _with(draft: Draft) -> None:
    """ "5 with PR", "two cases of nausea": the phrase says what is counted."""
    value, tail = draft.value, draft.tail
    if not isinstance(value, Value) or value.count is None or not tail or not draft.own:
        return
    bare = value.noun is None and is_word(tail[0], "with")
    told = value.noun is not None and is_word(tail[0], "of")
    if bare or told or is_word(tail[0], "to"):  # "(41 were assigned to A and) 46 to B"
        draft.what.insert(0, draft.own.pop(0))
        draft.mode = "after"


def _sized(draft: Draft) -> bool:
    """Whether it is a size in brackets: "(n = 12)"."""
    value = draft.measured
    return value is not None and value.bracketed and "n" in value.words and value.percent is None


def _headed(draft: Draft) -> bool:
    """Whether a head without a verb names the value: "ORR 14%", "hypertension (3, 7%)"."""
    if draft.direct:
        return True
    return any(is_word(item, "of", "equals", "colon") for item in draft.lead[-2:])


def _quantifier(draft: Draft) -> str:
    value = draft.value
    if isinstance(value, Value) and value.quantifier:
        return value.quantifier
    for item in reversed(draft.lead[-3:]):
        if is_word(item, "quantifier", "all") and isinstance(item, Word):
            return item.token.norm
        if not is_word(item, "det", "of"):
            break
    return ""

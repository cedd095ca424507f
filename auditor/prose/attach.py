"""Values with the phrases that name them: one draft of a statement for each value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditor.prose.items import Bracket, Item, Times, Word
from auditor.prose.phrases import (
    After,
    Before,
    Span,
    after,
    before,
    is_verb,
    is_word,
    split_gap,
    times_in,
)
from auditor.prose.tokens import Token
from auditor.prose.values import Value


@dataclass(slots=True)
class Draft:
    """A statement in the making; phrases are spans of tokens.

    Attributes:
        lead: words in front of the value within its gap, ``tail``: those behind it.
        joint: what joins it to the draft before it: "versus", "list", "clause", "part" or "".
        own: phrases of whom that stand behind the value; ``shared``: those of its head.
        pair: which member of a coordinated head it is paired with.
    """

    value: Value | Bracket
    joint: str = ""
    lead: list[Item] = field(default_factory=list)
    tail: list[Item] = field(default_factory=list)
    before: Before = field(default_factory=Before)
    after: After = field(default_factory=After)
    what: list[Span] = field(default_factory=list)
    shared: list[Span] = field(default_factory=list)
    own: list[Span] = field(default_factory=list)
    setting: list[Span] = field(default_factory=list)
    mode: str = "bare"
    p: Token | None = None
    at: Times | None = None
    series: int | None = None
    item: int = 0
    pair: int = 0
    versus: bool = False
    respectively: bool = False
    order_open: bool = False
    exhaustive: bool = False
    whole: Draft | None = None
    basis: Token | None = None
    quantifier: str = ""

    @property
    def measured(self) -> Value | None:
        """Its value, or None for a bracket."""
        return self.value if isinstance(self.value, Value) else None


def attach(items: Sequence[Item], parent: Draft | None = None) -> list[Draft]:
    """The drafts of a sentence or of a bracket, in reading order, brackets opened."""
    setting, fronted, rest = _setting(list(items)) if parent is None else ([], [], list(items))
    drafts = list(fronted)
    main = _drafts(rest, parent)
    basis = _basis(fronted, items)
    for draft in main:
        draft.setting = [*setting]
        draft.basis = basis
    for draft in main:
        drafts.append(draft)
        if isinstance(draft.value, Bracket):
            inner = attach(draft.value.items, draft)
            for child in inner:
                child.setting = [*setting]
            drafts += inner
    return drafts


def _basis(fronted: Sequence[Draft], items: Sequence[Item]) -> Token | None:
    """The 44 of "Of the 44 patients, ..." and "Among 44 patients, ..."."""
    if len(fronted) != 1 or fronted[0].measured is None or fronted[0].measured.noun is None:
        return None
    first = next((item for item in items if is_word(item, "of", "prep")), None)
    if isinstance(first, Word) and first.token.norm in (
        "of",
        "out of",
        "among",
        "amongst",
        "from among",
    ):
        return fronted[0].measured.count
    return None


def _setting(items: list[Item]) -> tuple[list[Span], list[Draft], list[Item]]:
    """The fronted phrases of a sentence, drafts of the numbers in them, and what follows."""
    start = 0
    while start < len(items) and is_word(
        items[start], "adverb", "comma", "subordinate", "and", "quantifier"
    ):
        start += 1
    if start >= len(items) or not is_word(items[start], "prep", "of", "with"):
        return [], [], items
    end = _fronted_end(items, start)
    if end is None:
        return [], [], items
    fronted = items[start:end]
    drafts = _drafts(fronted, None)
    return [(fronted[0].start, fronted[-1].end)], drafts, items[end + 1 :]


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
                following, "det", "survival", "median", "all", "zero", "quantifier", "adverb"
            ):
                return at
        elif is_verb(item) and commas:
            return commas[-1]
        elif is_word(item, "semicolon", "colon"):
            return None
    return commas[0] if commas else None


def _drafts(items: list[Item], parent: Draft | None) -> list[Draft]:
    anchors = [(at, item) for at, item in enumerate(items) if isinstance(item, Value | Bracket)]
    drafts: list[Draft] = []
    lead: list[Item] = items[: anchors[0][0]] if anchors else []
    joint = ""
    for position, (at, value) in enumerate(anchors):
        end = anchors[position + 1][0] if position + 1 < len(anchors) else len(items)
        gap = items[at + 1 : end]
        last = position + 1 == len(anchors)
        following = None if last else items[end]
        tail, joints, rest = gap, list[Item](), list[Item]()
        if not last:
            direct = isinstance(following, Bracket) or (
                isinstance(following, Value) and (following.bracketed or "p" in following.words)
            )
            tail, joints, rest = split_gap(gap, direct)
        if isinstance(value, Value) and "p" in value.words and _belongs(drafts, lead):
            for draft in _last_group(drafts):
                draft.p = draft.p or value.number
        else:
            drafts.append(Draft(value, joint, lead, tail))
        joint, lead = _joint(joints, gap), rest
    _same_unit(drafts)
    for draft in drafts:
        _name(draft)
    _inherit(drafts, parent)
    _parts(drafts)
    return drafts


def _same_unit(drafts: list[Draft]) -> None:
    """ "2.0 and 14.0 months", "19 and 71%": the unit of the last holds for all."""
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        value, other = draft.value, following.value
        if not isinstance(value, Value) or not isinstance(other, Value):
            continue
        bare = not value.unit and value.percent is None and value.noun is None
        if not bare or draft.tail or following.lead or following.joint not in ("list", "versus"):
            continue
        if other.unit:
            draft.value = replace(value, unit=other.unit, count=None)
        elif other.percent is not None and other.count is None and value.number is not None:
            draft.value = replace(value, percent=value.number, count=None)


def _parts(drafts: list[Draft]) -> None:
    """What "including" or a colon introduces is part of the count before it."""
    whole: Draft | None = None
    for at, draft in enumerate(drafts):
        if draft.joint == "part":
            whole = drafts[at - 1]
        elif draft.joint not in ("list", "versus"):
            whole = None
        if whole is not None and draft.measured is not None and draft.measured.count is not None:
            draft.whole = whole
    for draft, following in zip(drafts, drafts[1:], strict=False):
        if not draft.what and following.joint == "part" and drafts[-1].after.what:
            draft.what = list(drafts[-1].after.what)
    for draft in drafts:
        value = draft.measured
        if value is not None and not draft.what and value.noun is not None:
            draft.what = [value.noun]
            draft.own = [phrase for phrase in draft.own if phrase != value.noun]


def _belongs(drafts: list[Draft], lead: Sequence[Item]) -> bool:
    """Whether a P value is of the values before it, and not of words of its own."""
    if not drafts:
        return False
    return not any(is_verb(item) for item in lead)


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


def _joint(joints: Sequence[Item], gap: Sequence[Item]) -> str:
    words = [item for item in joints if isinstance(item, Word)]
    if any(w.is_("versus") for w in words):
        return "versus"
    if any(w.is_("including", "colon") for w in words):
        return "part"
    if any(w.is_("semicolon", "subordinate") for w in words):
        return "clause"
    if words or not gap:
        return "list"
    return ""


def _name(draft: Draft) -> None:
    """What and whom from the words around the value itself."""
    draft.before, draft.after = before(draft.lead), after(draft.tail)
    times = times_in(draft.lead)
    draft.at = times[-1] if times else None
    ahead, behind = draft.before, draft.after
    draft.respectively = behind.respectively
    draft.quantifier = _quantifier(draft)
    noun = draft.value.noun if isinstance(draft.value, Value) else None
    if ahead.what and (ahead.verb or ahead.place or not behind.what or _headed(draft)):
        draft.mode = "before"
        draft.what = list(ahead.what)
        draft.shared = list(ahead.whom)
        draft.own = list(behind.whom)
    elif behind.what:
        draft.mode = "after"
        draft.what = list(behind.what)
        draft.own = [*behind.whom, *ahead.whom]
        _with(draft)
    else:
        draft.shared = list(ahead.whom)
        draft.own = list(behind.whom)
        _with(draft)
    if noun is not None and noun[1] - noun[0] > 1:
        draft.own.append(noun)


def _with(draft: Draft) -> None:
    """ "5 with PR", "two cases of nausea": the phrase says what is counted."""
    value, tail = draft.value, draft.tail
    if not isinstance(value, Value) or value.count is None or not tail or not draft.own:
        return
    bare = value.noun is None and is_word(tail[0], "with")
    if bare or (value.noun is not None and is_word(tail[0], "of")):
        draft.what.insert(0, draft.own.pop(0))
        draft.mode = "after"


def _headed(draft: Draft) -> bool:
    """Whether a head without a verb names the value: "ORR 14%", "hypertension (3, 7%)"."""
    value = draft.value
    if isinstance(value, Bracket) or value.bracketed:
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


def _inherit(drafts: list[Draft], parent: Draft | None) -> None:
    """Bare values take the head of their list."""
    for at, draft in enumerate(drafts):
        if draft.what:
            if (
                draft.mode == "before"
                and at
                and not draft.before.verb
                and draft.joint in ("list", "versus")
            ):
                head = drafts[at - 1]
                if head.mode == "before" and len(head.what) > 1:
                    draft.what += head.what[1:]
                    draft.shared += [s for s in head.shared if s not in draft.shared]
            continue
        forward = next(
            (d for d in drafts[at + 1 :] if d.what or d.joint not in ("list", "versus")), None
        )
        if (
            forward is not None
            and forward.mode == "after"
            and forward.joint in ("list", "versus")
            and not (at and drafts[at - 1].mode == "before")
        ):
            draft.what, draft.mode = list(forward.what), "after"
            draft.own = draft.own or list(forward.own)
        elif (
            at
            and draft.joint != "clause"
            and drafts[at - 1].what
            and not isinstance(drafts[at - 1].value, Bracket)
        ):
            head = drafts[at - 1]
            draft.what, draft.mode = list(head.what), head.mode
            draft.shared += [s for s in head.shared if s not in draft.shared]
            draft.at = draft.at or head.at
        elif parent is not None:
            draft.what, draft.mode = list(parent.what), "before"
            draft.shared += [*parent.shared, *parent.own]
            draft.at = draft.at or parent.at
    for draft in drafts:
        if not draft.what and draft.own and isinstance(draft.value, Value) and draft.value.count:
            draft.what, draft.own = draft.own[:1], draft.own[1:]
            draft.mode = "after"

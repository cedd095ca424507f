"""Which counts are parts of another: lists behind "including", a colon, or in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from auditor.prose.drafts import Draft
from auditor.prose.items import Bracket
from auditor.prose.phrases import gerund, is_verb, is_word, participle


def set_wholes(drafts: Sequence[Draft]) -> None:
    """Tie what "including", a colon or a bracket introduces to the count before it."""
    whole: Draft | None = None
    introduced = promised = False
    for at, draft in enumerate(drafts):
        if draft.apposed and introduced and whole is not None and drafts[at - 1].counted:
            draft.whole = drafts[at - 1]
            continue
        if at and draft.joint in ("part", "beside"):
            whole, introduced = _count_before(drafts, at), draft.joint == "part"
            promised = draft.exhaustive
        elif not draft.listed:
            whole = None
        if whole is not None and draft.counted and introduced:
            draft.whole, draft.exhaustive = whole, promised
        else:
            draft.exhaustive = False
        if whole is not None and isinstance(draft.value, Bracket) and draft.joint == "beside":
            draft.whole = whole
        if at and draft.joint == "" and isinstance(draft.value, Bracket) and drafts[at - 1].counted:
            draft.whole = drafts[at - 1]
    _bracketed_parts(drafts)
    _complete(drafts)
    _move_verbs(drafts)
    for draft in drafts:
        value = draft.measured
        if value is not None and not draft.what and value.noun is not None and not draft.whole:
            draft.what = [value.noun]
            draft.own = [phrase for phrase in draft.own if phrase != value.noun]


def _complete(drafts: Sequence[Draft]) -> None:
    """A member that is "the remaining" promises that the list has all parts."""
    for draft in drafts:
        if draft.whole is not None and draft.quantifier in ("the remaining", "the other"):
            for other in drafts:
                other.exhaustive = other.exhaustive or other.whole is draft.whole


def _move_verbs(drafts: Sequence[Draft]) -> None:
    """ "44 patients, including 13 men and 31 women, were seen": the verb is of the 44."""
    last = drafts[-1] if drafts else None
    for draft in drafts:
        if last is not None and last.whole is draft and not draft.what and last.after.what:
            told = last.after.what[-1]
            draft.what = [told]
            draft.own += [s for s in last.own if s[0] > told[0]]
            if len(last.what) > 1:
                last.what = [s for s in last.what if s != told]
                last.own = [s for s in last.own if s[0] < told[0]]


def _bracketed_parts(drafts: Sequence[Draft]) -> None:
    """Tie counts in brackets to their sum: "death (17) or relapse (12) was 29"."""
    at = 0
    while at < len(drafts):
        end = at
        while end < len(drafts) and _in_bracket(drafts[end]) and (end == at or drafts[end].listed):
            end += 1
        run = drafts[at:end]
        at = max(end, at + 1)
        if len(run) < 2 or any(draft.whole for draft in run):
            continue
        start = at - len(run)
        before = drafts[start - 1] if start else None
        behind = drafts[end] if end < len(drafts) else None
        if behind is not None and _sums(behind):
            behind.what = list(run[0].what[:1])
            for draft in run:
                draft.whole, draft.exhaustive = behind, True
        elif before is not None and before.counted and not before.direct and _opens(run[0]):
            total = before.quantifier.startswith(("a total", "total"))
            _cut_name(before, run[0])
            for draft in run:
                draft.whole, draft.exhaustive = before, total


def _cut_name(whole: Draft, part: Draft) -> None:
    """ "35 had received A (20) or B (15)": of all 35 nothing is said of A."""
    if whole.what and part.what:
        start, end = whole.what[0]
        name = part.what[0][0]
        if start < name < end:
            whole.what[0] = (start, name)


def _opens(draft: Draft) -> bool:
    """Whether a list in brackets that begins with it can be of the count before."""
    return draft.joint == "" or (draft.joint == "list" and not draft.before.verb)


def _in_bracket(draft: Draft) -> bool:
    return draft.counted and draft.direct


def _sums(draft: Draft) -> bool:
    """Whether a verb alone parts it from the brackets before it: "(17) or (12) was 29"."""
    return (
        draft.counted
        and not draft.direct
        and draft.joint == ""
        and bool(draft.lead)
        and all(is_word(item, "copula", "adverb") for item in draft.lead)
    )


def find_appositions(drafts: Sequence[Draft]) -> None:
    """Find lists that repeat a count: "24 needed therapy, 10 in arm A and 14 in arm B"."""
    values = [draft for draft in drafts if not draft.apposed]
    for at in range(len(values) - 2):
        whole, one, other = values[at : at + 3]
        if (
            not (whole.counted and one.counted and other.counted)
            or whole.listed
            or whole.joint == "part"
        ):
            continue
        told = whole.mode == "after" and any(map(is_verb, whole.tail))
        told = told or any(participle(item) for item in whole.tail[:2])
        told = told or (whole.mode == "before" and whole.before.verb and not whole.own)
        members = [one, *takewhile(lambda draft: draft.listed, values[at + 2 :])]
        bare = not any(is_verb(i) and not is_word(i, "verb") for d in members for i in d.tail)
        if told and bare and one.comma and one.joint != "part" and len(members) > 1:
            apart = bool(one.tail) and (
                is_word(one.tail[0], "prep", "with", "of", "to") or gerund(one.tail[0])
            )
            if apart and not one.lead and not other.lead:
                one.joint = "part"


def _count_before(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The count that a list behind it gives the parts of; never a member of another list."""
    before = drafts[at - 1]
    return before if before.counted else None


def name_parts(drafts: Sequence[Draft]) -> None:
    """Give parts the name of their whole: "35 had grade 1 AEs, including nausea (12)"."""
    for draft in drafts:
        whole = draft.whole
        if whole is None:
            continue
        taken = [*draft.own, *draft.shared, *draft.what]
        draft.what += [s for s in whole.what if s not in taken]
        draft.shared += [s for s in (*whole.own, *whole.shared) if s not in taken]

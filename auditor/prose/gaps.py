"""Where the words between two values part: which are of the first, which of the second."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.prose.items import Item
from auditor.prose.phrases import finite, is_verb, is_word, participle, trimmed

_CONNECTORS = (
    "comma",
    "semicolon",
    "colon",
    "and",
    "or",
    "versus",
    "than",
    "subordinate",
    "including",
    "exhaustive",
)
_STRONG = ("than", "semicolon", "colon", "subordinate", "including", "versus", "exhaustive")


def split_gap(gap: Sequence[Item], bracketed: bool) -> tuple[list[Item], list[Item], list[Item]]:
    """Words between two values as (of the first, what joins them, of the second)."""
    items = list(gap)
    joints = [at for at, item in enumerate(items) if is_word(item, *_CONNECTORS)]
    joints = [at for at in joints if not is_word(items[at], "versus") or _ends(items, at)]
    if not joints:
        return items, [], items
    cut = _cut(items, joints, bracketed)
    end = cut + 1
    while end < len(items) and is_word(items[end], *_CONNECTORS, "adverb"):
        end += 1
    return items[:cut], items[cut:end], items[end:]


def split_test(gap: Sequence[Item]) -> tuple[list[Item], list[Item], list[Item]]:
    """The same in front of a P value, which has words of its own only behind a comma."""
    items = list(gap)
    commas = [
        at for at, item in enumerate(items) if is_word(item, "comma", "semicolon", "subordinate")
    ]
    if not commas:
        return items, [], []
    cut = commas[-1]
    return items[:cut], items[cut : cut + 1], items[cut + 1 :]


def _cut(items: list[Item], joints: list[int], bracketed: bool) -> int:
    last = len(items) - 1
    label = is_word(items[last], "colon") and len(joints) > 1 and not _told_after(items, joints[-2])
    if label:  # ", PCR: 12"
        joints = [at for at in joints if at != last]
    strong = [
        at
        for at in joints
        if is_word(items[at], *_STRONG) and (not is_word(items[at], "versus") or _ends(items, at))
    ]
    if strong:
        cut = strong[-1]
        while cut and cut - 1 in joints:
            cut -= 1
        return cut
    commas = [at for at in joints if is_word(items[at], "comma")]
    if commas and commas[-1] == last and len(joints) > 1:  # ", and in arm B, 12"
        fronted = [at for at in joints[:-1] if is_word(items[at + 1], "prep", "of")]
        if fronted:
            cut = fronted[-1]
            return cut - 1 if cut and cut - 1 in joints else cut
    if commas:
        return commas[-1]
    if joints[0] == 0 or (not bracketed and len(joints) > 1 and _clause_after(items, joints[0])):
        return joints[0]
    return joints[-1]


def _ends(items: list[Item], at: int) -> bool:
    """Whether "versus" stands right before the value: else it parts names of arms."""
    return all(is_word(item, "det", "prep", "quantifier", "versus") for item in items[at:])


def _told_after(items: list[Item], at: int) -> bool:
    return any(is_verb(item) or participle(item) for item in items[at:])


def _clause_after(items: list[Item], joint: int) -> bool:
    """Whether "and" begins a clause of its own: "in arm A and the PFS and OS were"."""
    rest = items[joint + 1 :]
    return bool(rest) and is_word(rest[0], "det") and any(is_verb(item) for item in rest)


def last_clause(items: Sequence[Item]) -> list[Item]:
    """The words in front of the first value from the last clause on.

    A clause begins behind a comma where it has a verb and so has what stands before it, or
    with "with": "the study ended in June, and the mean age was", "were seen, with an ORR of".
    """
    words = list(items)
    if len(words) > 2 and is_word(words[-1], "comma") and finite(words):
        return []  # "All had received platinum, 83 had received more"
    for at in range(len(words) - 2, 0, -1):
        if not is_word(words[at], "comma", "semicolon", "colon"):
            continue
        rest = trimmed(words[at + 1 :])
        opens = bool(rest) and is_word(rest[0], "with")
        earlier = any(is_verb(w) or participle(w) for w in words[:at])
        if opens or (earlier and any(is_verb(w) for w in rest)):
            return words[at + 1 :]
        return words
    return words

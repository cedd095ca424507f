"""Shares that stand apart from their counts: "4 of 8 patients with pain (50%) had relief"."""

from __future__ import annotations

from dataclasses import replace

from auditor.prose.items import Item, Word
from auditor.prose.phrases import is_verb, is_word
from auditor.prose.value import Value


def with_shares(items: list[Item]) -> list[Item]:
    """ "4 of 8 patients with pain (50%) had relief", "46% in arm A (13/28)": the share joins its
    count, and the count its share."""
    result: list[Item] = []
    counted: int | None = None
    shared: int | None = None
    part = False
    for item in items:
        if isinstance(item, Value) and shared is not None and _fraction_alone(item):
            first = result[shared]
            if isinstance(first, Value):  # "46% in arm A (13/28)"
                n, p = (item.count, item.denominator), first.p or item.p
                result[shared] = replace(first, count=n[0], denominator=n[1], p=p)
                shared = None
                continue
        if isinstance(item, Value):
            bare = item.percent is not None and item.count is None and not item.bracketed
            shared = len(result) if bare else None
            share = item.bracketed and item.percent is not None and item.count is None
            if counted is not None and share and not item.bounds and counted != len(result) - 1:
                whole = result[counted]
                if isinstance(whole, Value):
                    result[counted] = replace(whole, percent=item.percent, p=whole.p or item.p)
                    counted = None
                    continue
            counted = len(result) if item.count is not None and item.percent is None else None
            part = item.denominator is not None  # "24 of 36 younger patients (67%)"
        elif (
            not isinstance(item, Word)
            or is_verb(item)
            or is_word(item, "comma", "and", "or")
            or (counted == len(result) - 1 and not (part or is_word(item, "prep", "of", "with")))
        ):
            counted = None
        if not isinstance(item, Value | Word) or is_verb(item) or is_word(item, *_PARTS):
            shared = None
        result.append(item)
    return result


_PARTS = ("comma", "semicolon", "and", "or", "versus", "than")


def _fraction_alone(item: Value) -> bool:
    """Whether it is a fraction in brackets without its percentage: "(13/28)"."""
    return item.bracketed and item.denominator is not None and item.percent is None

"""What the groups of a comparison are called: by the tables, or in the words of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.reanalysis.cell_counts import content
from auditor.statement import Statement

_LEAD = re.compile(
    r"^(?:in|for|with|of|on|from|by|to|at|receiving|treated with)\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)


def labels(known: Sequence[str], members: Sequence[Statement]) -> tuple[str, ...]:
    """A name for each group.

    Args:
        known: names that the tables give, "" where they give none; more than members where the
            rest of a total is opposed.
        members: the statements of the groups. Where the order of the sides is open, their words
            name nobody.
    """
    names = [
        name or (_LEAD.sub("", m.whom[0].text) if m.whom and not m.order_open else "")
        for name, m in zip(known, members, strict=False)
    ]
    names += known[len(names) :]
    if len(set(names)) < len(names):
        names = [""] * len(names)
    return tuple(name or f"group {at + 1}" for at, name in enumerate(names))


def spoken(name: str, member: Statement) -> str:
    """The name, unless the sentence itself calls the group something else."""
    placed = [p.text for p in member.whom if not p.text.startswith("of ")]
    if not placed or member.order_open:
        return name
    said = content(" ".join(placed))
    return name if content(name) & said or not said else ""

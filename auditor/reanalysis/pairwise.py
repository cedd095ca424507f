"""Which two of several groups a P value compares: "(C versus A: P = 0.028)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAIR = re.compile(
    r"(?:^|[(\[;,:])\s*(?:for\s+)?(?P<one>[^()\[\];,:.]{1,60}?)\s+"
    r"(?:versus|vs\.?|v\.?|against|compared (?:with|to))\s+"
    r"(?P<other>[^()\[\];,:]{1,60}?)\s*[,:;]?\s*(?:the\s+)?[Pp]\b",
)
_WORD = re.compile(r"\w+")
_VAGUE = frozenset(("arm", "arms", "group", "groups", "the", "and", "plus", "for", "patients"))


def pair_of(words: str, groups: Sequence[str]) -> tuple[int, int] | None:
    """Positions of the two groups that the words in front of a P value set against each other.

    Args:
        words: that speak of the P value; ``groups``: labels of all groups.
    """
    found = list(_PAIR.finditer(words))
    if not found:
        return None
    one, other = (_position(found[-1][name], groups) for name in ("one", "other"))
    return (one, other) if one is not None and other is not None and one != other else None


def _position(words: str, groups: Sequence[str]) -> int | None:
    """The only group whose label has all the words."""
    wanted = _words(words)
    fitting = [at for at, label in enumerate(groups) if wanted <= _words(label)]
    return fitting[0] if len(fitting) == 1 and wanted else None


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} - _VAGUE

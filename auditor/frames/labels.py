"""Which label was likely meant by an impossible one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# What people write out, or slip, for codes that are two letters long.
_MEANT = {
    "complete response": "CR",
    "complete remission": "CR",
    "complete": "CR",
    "partial response": "PR",
    "partial remission": "PR",
    "partial": "PR",
    "stable disease": "SD",
    "stable": "SD",
    "no change": "SD",
    "nc": "SD",
    "progressive disease": "PD",
    "disease progression": "PD",
    "progression": "PD",
    "progressed": "PD",
    "progressive": "PD",
    "relapse": "PD",
    "not evaluable": "NE",
    "non evaluable": "NE",
    "unevaluable": "NE",
    "inevaluable": "NE",
    "not assessable": "NE",
    "no evidence of disease": "NED",
    "non cr non pd": "NON-CR/NON-PD",
    "noncr nonpd": "NON-CR/NON-PD",
    "non complete response non progressive disease": "NON-CR/NON-PD",
    "female": "F",
    "woman": "F",
    "male": "M",
    "man": "M",
    "unknown": "U",
    "nontarget": "NON-TARGET",
    "new lesion": "NEW",
    "target lesion": "TARGET",
    "non target lesion": "NON-TARGET",
    "mild": "MILD",
    "grade 1": "MILD",
    "grade 2": "MODERATE",
    "grade 3": "SEVERE",
    "recovered": "RECOVERED/RESOLVED",
    "resolved": "RECOVERED/RESOLVED",
    "recovering": "RECOVERING/RESOLVING",
    "resolving": "RECOVERING/RESOLVING",
    "not recovered": "NOT RECOVERED/NOT RESOLVED",
    "not resolved": "NOT RECOVERED/NOT RESOLVED",
    "ongoing": "NOT RECOVERED/NOT RESOLVED",
    "death": "FATAL",
    "withdrawn": "DISCONTINUED",
    "finished": "COMPLETED",
}
# Without a letter, or with four digits, it may be a date or an identifier in the wrong column.
_CODE = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?!(?:\D*\d){4})[A-Za-z0-9/-]{1,12}")
_LEAST = 66  # of 100: two letters of three, in order


def likely_label(text: str, known: Iterable[str]) -> str | None:
    """The known label that ``text`` likely means, or None where nothing is much like it.

    In this order: the same but for capitals and punctuation, words that mean a code, the same
    letters in another order, and the one label that is nearest in spelling.
    """
    from rapidfuzz import fuzz

    labels = list(dict.fromkeys(known))
    plain = _plain(text)
    same = [label for label in labels if _plain(label) == plain]
    if len(same) == 1:
        return same[0]
    if _MEANT.get(plain) in labels:
        return _MEANT[plain]
    turned = [label for label in labels if sorted(_plain(label)) == sorted(plain)]
    if len(turned) == 1:
        return turned[0]
    scores = sorted(((fuzz.ratio(plain, _plain(label)), label) for label in labels), reverse=True)
    if not scores or scores[0][0] < _LEAST:
        return None
    if len(scores) > 1 and scores[1][0] == scores[0][0]:
        return None
    return scores[0][1]


def shown(text: str) -> str:
    """A label in quotes if it looks like a code, else "a value": no free text in a message."""
    return f'"{text}"' if _CODE.fullmatch(text) else "a value"


def listed(labels: Sequence[str], most: int = 8) -> str:
    """Labels as a sentence lists them."""
    if len(labels) > most:
        return ", ".join(labels[:most]) + ", ..."
    return ", ".join(labels)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())

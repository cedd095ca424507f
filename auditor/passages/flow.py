"""Patients who come, go and stay, as a passage counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.passages.mentions import Mention, Passage

_IN = re.compile(
    r"\b(?:screened|identified|assessed for|enrol\w+|included|recruited|randomi[sz]ed|assigned|"
    r"registered|entered|consented|reviewed|initially|treated)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:excluded|lost to follow|withdrew|withdrawn|withdrawal of consent|ineligible|"
    r"not eligible|"
    r"dropped out|drop-?outs?|did not (?:receive|meet|start|complete|undergo|fulfil\w*)|never "
    r"(?:treated|received|started)|not treated|declined|refused|removed|died before|screen(?:ing)? "
    r"failures?|failed screening|not evaluable|un?evaluable|inevaluable|had no|received no|"
    r"concurrent|were missing|not assessable|not included|discontinued before)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:leaving|left|(?:the )?remaining|remainder of|so that|thus|therefore|hence|"
    r"resulting in|which left)\s*(?:a total of\s*|the\s*|only\s*|,\s*)*$",
    re.IGNORECASE,
)
_OVERLAP = re.compile(
    r"\b(?:some|both|several|overlap\w*|more than one|at least one|one or more|main(?:ly)?|"
    r"including|such as|multiple|e\.g)\b",
    re.IGNORECASE,
)
_MOST = 12


@dataclass(frozen=True)
class Step:
    """Some patients, less those who went, are said to be the rest.

    Attributes:
        starts: the numbers that the step may begin with, the likeliest first.
        outs: who went, in printed order.
        rest: who is left.
        perhaps: other numbers of people between, whose words do not tell whether they went.
    """

    starts: tuple[Mention, ...]
    outs: tuple[Mention, ...]
    rest: Mention
    perhaps: tuple[Mention, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether some start less some of those who went is the rest."""
        rest = self.rest.number or 0
        sums = _subset_sums([m.number or 0 for m in (*self.outs, *self.perhaps)])
        return any((m.number or 0) - rest in sums for m in self.starts)

    @property
    def overlapping(self) -> bool:
        """Whether one patient may have gone for two reasons, or not all are named."""
        return any(_OVERLAP.search(m.sentence.text) for m in self.outs)


def _subset_sums(numbers: Sequence[int]) -> set[int]:
    """Sums of every choice of them, at least one."""
    sums: set[int] = set()
    for number in numbers[:_MOST]:
        sums |= {s + number for s in sums} | {number}
    return sums


def steps(passage: Passage) -> Iterator[Step]:
    """Every step of the passage that names start, losses and rest explicitly.

    The rest follows "leaving", "the remaining", "so that"; the losses stand between it and the
    rest of the step before.
    """
    counted = [m for m in passage.mentions if m.number is not None and m.own]
    begin = 0
    for at, mention in enumerate(counted):
        words = re.split(r"[.;:]", mention.before)[-1]
        if not _LEFT.search(words) or not _of_patients(mention):
            continue
        outs, starts, perhaps = [], [], []
        for other in counted[begin:at]:
            number = other.number or 0
            if number > (mention.number or 0) and _begins(other):
                starts.append(other)
            elif _goes(other) and number:
                outs.append(other)
            elif number and number not in [m.number for m in starts]:
                perhaps.append(other)
        if outs and starts and len(outs) + len(perhaps) <= _MOST:
            yield Step(tuple(starts), tuple(outs), mention, tuple(perhaps))
        begin = max(begin, at)


def _of_patients(mention: Mention) -> bool:
    return mention.of_people and not mention.of_events


def _near(mention: Mention) -> str:
    left = re.split(r"[.;:]|,\s", mention.before)[-1]
    right = re.split(r"[.;:]|,\s|\band\b(?=\s+\w+\s*$)", mention.after)[0]
    return f"{left} # {right}"


def _begins(mention: Mention) -> bool:
    near = _near(mention)
    return bool(_IN.search(near)) and not _OUT.search(near) and mention.of_people


def _goes(mention: Mention) -> bool:
    return bool(_OUT.search(_near(mention)))

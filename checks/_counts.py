"""What the checks of P values of counts share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.finding import Judged, Place
from auditor.manuscript import Manuscript
from auditor.reanalysis.declared import Declared
from auditor.reanalysis.gathered import compared_counts
from auditor.reanalysis.judged_counts import (
    JudgedCounts,
    in_r,
    judged,
    named_values,
    table_text,
    yardstick,
)
from auditor.statistics.printed_p import shown


def judged_counts(manuscript: Manuscript) -> tuple[JudgedCounts, ...]:
    """The P values of tables and text whose counts are known, under every test."""
    return judged(compared_counts(manuscript))


def claims(group: Iterable[JudgedCounts]) -> Judged:
    """The claims of P values and counts, judged."""
    return Judged(tuple(dict.fromkeys(c for one in group for c in one.compared.claims)))


def places(*group: JudgedCounts) -> tuple[Place, ...]:
    """Of the P values first, then of the counts; each once."""
    found = [one.compared.p_place for one in group]
    found += [place for one in group for place in one.compared.places]
    return tuple(dict.fromkeys(found))


def arithmetic(one: JudgedCounts) -> tuple[str, ...]:
    """The counts, and what the standard tests and those that give the print make of them, each
    with its source."""
    hits = [(t, v) for t, v in one.values if t in one.hits and not t.standard]
    found = (*one.standard, *hits)
    lines = zip(named_values(found, one.p), found, strict=True)
    return (
        table_text(one.counts),
        *(f"{line} ({test.source})" for line, (test, _) in lines),
        in_r(one),
    )


def expected(one: JudgedCounts, methods: Declared) -> str:
    """Such as "0.064 (Fisher's exact, two-sided)"."""
    test, value = yardstick(one, methods.tests)
    return f"{shown(value, one.p)} ({test.name})"


def p_text(one: JudgedCounts) -> str:
    """The P value as one writes it in a sentence: "P = 0.047", "P < 0.01", "P = NS"."""
    text = one.p.text.strip()
    return f"P {text}" if text[:1] in "<>≤≥=" else f"P = {text}"


_NUMBERED = re.compile(r"group \d+")


def group_names(one: JudgedCounts) -> str:
    """Such as " of “A” and “B”", or "" where the groups have no names but numbers."""
    names = [f"“{name}”" for name in one.compared.groups if name and not _NUMBERED.fullmatch(name)]
    if len(names) < 2 or len(names) > 4:
        return ""
    return f" of {', '.join(names[:-1])} and {names[-1]}"

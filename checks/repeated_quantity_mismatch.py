"""The text states one quantity twice with different numbers.

## What it does
Compares statements of the running text that speak of the same quantity of the same patients:
abstract against results, results against discussion and conclusion, text against the legend of a
figure. Numbers are compared as printed: rounding, months against years, a ratio given the other
way round and one-sided against two-sided P are no contradiction, and one unit in the last digit
is a note. Where the two sentences agree on other numbers in like words, a difference is an error;
where only the words say that the quantity is the same, a warning. Which number is outvoted by
other places of the text and by the tables is said, and stands first.

## Why it matters
One of the two is wrong, and readers of the abstract see only one of them.

## Example
The abstract gives a median overall survival of "14.0 months" and the results, for the same group,
"14.5 months", while the other three medians of the two sentences are equal.

## References
Pitkin RM et al. JAMA 1999;281:1110-1111 (data in abstracts that the body contradicts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.linking.claims import claim_id
from auditor.linking.parts import number
from auditor.linking.twins import ACCUSE
from auditor.manuscript import Manuscript
from auditor.statement import Source, Statement
from auditor.topic import Twin

_NAMES = {
    "value": "",
    "count": "",
    "denominator": "the denominator",
    "percent": "the percentage",
    "lower": "the lower limit",
    "upper": "the upper limit",
    "lower2": "the lower limit",
    "upper2": "the upper limit",
    "p-value": "P",
}


@dataclass(slots=True)
class _Odd:
    """A statement that others contradict: by part, the twins that do."""

    statement: Statement
    parts: dict[str, list[tuple[Twin, Statement]]] = field(default_factory=dict)


@check(code="TXT003", name="repeated-quantity-mismatch")
def repeated_quantity_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every statement that its twins in the text contradict."""
    twins = manuscript.linked.twins
    if not twins:
        raise NotEvaluable("the text states no quantity twice")
    statements = {s.id: s for s in manuscript.prose.statements}
    votes = _Votes(manuscript, twins)
    odd: dict[str, _Odd] = {}
    judged: list[str] = []
    for twin in twins:
        one, other = statements[twin.one], statements[twin.other]
        trusted = twin.certain or twin.confidence >= ACCUSE
        if not trusted:
            continue
        judged += [claim_id(one, twin.part), claim_id(other, twin.part)]
        if twin.agrees and not twin.last_digit:
            continue
        if votes.key(one, twin.part) > votes.key(other, twin.part):
            one, other = other, one
        group = odd.setdefault(one.id, _Odd(one))
        group.parts.setdefault(twin.part, []).append((twin, other))
    yield Judged(tuple(dict.fromkeys(judged)))
    for group in odd.values():
        yield _finding(group, manuscript, votes)


class _Votes:
    """How many places of the paper repeat a number: other statements and the tables."""

    def __init__(self, manuscript: Manuscript, twins: Sequence[Twin]) -> None:
        self.sentences = manuscript.prose.sentences
        self.passages: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.tables: dict[tuple[str, str], list[str]] = defaultdict(list)
        statements = {s.id: s for s in manuscript.prose.statements}
        for twin in twins:
            if twin.agrees and not twin.last_digit:
                for this, that in ((twin.one, twin.other), (twin.other, twin.one)):
                    passage = self.sentences[statements[that].sentence].passage
                    self.passages[this, twin.part].add(passage)
        for link in manuscript.linked.links:
            if link.agrees and not link.last_digit and link.facts:
                name = link.facts[0].place.table or "a table"
                self.tables[link.statement, link.part].append(name)

    def number(self, statement: Statement, part: str) -> int:
        """Places that print the same, the statement itself not counted."""
        key = statement.id, part
        return len(self.passages[key]) + bool(self.tables[key])

    def key(self, statement: Statement, part: str) -> tuple[int, int, int]:
        """Sorts the statement to be doubted first: fewer votes, then abstract, then later."""
        sentence = self.sentences[statement.sentence]
        trust = {"abstract": 0, "discussion": 1, "conclusion": 1}.get(sentence.section, 2)
        if sentence.source is Source.FIGURE:
            trust = 1
        return self.number(statement, part), trust, -sentence.index


def _finding(group: _Odd, manuscript: Manuscript, votes: _Votes) -> Finding:
    statement = group.statement
    # One comparison may be tested twice: two P values are no certain contradiction.
    certain = any(
        t.certain for part, rivals in group.parts.items() for t, _ in rivals if part != "p-value"
    )
    differs = any(not t.agrees for rivals in group.parts.values() for t, _ in rivals)
    lines, told, others, places = [], [], dict[str, Statement](), list[Place]()
    for part, rivals in group.parts.items():
        rival = rivals[0][1]
        lines.append(_line(part, statement, rival, manuscript))
        told.append(_told(part, statement, rival))
        places += [_place(s, part, manuscript) for s in (statement, rival)]
        others |= {other.id: other for _, other in rivals}
    severity = Severity.ERROR if certain else Severity.WARNING if differs else Severity.NOTE
    first = next(iter(others.values()))
    part = next(iter(group.parts))
    mine, theirs = votes.number(statement, part), votes.number(first, part)
    outvoted = ""
    if theirs > mine:
        tables = votes.tables[first.id, part]
        also = f", among them {tables[0]}" if tables else ""
        count = theirs + 1
        outvoted = f" {count} places{also} say {_shown(first, part)}."
        lines.append(f"{_shown(statement, part)}: {mine + 1} of {mine + theirs + 2} places")
    message = (
        f"{_capital(_where(statement, manuscript))} says “{statement.place.quote}”, "
        f"{_where(first, manuscript)} “{first.place.quote}” of the same: "
        f"{'; '.join(told)}.{outvoted}"
    )
    evidence = group.parts[part][0][0].evidence
    places += [_place(other, part, manuscript) for other in others.values()]
    places.sort(key=lambda place: place != _place(statement, part, manuscript))
    return Finding(
        severity=severity,
        verdict=Verdict.CONVENTION if severity is Severity.NOTE else Verdict.DISAGREES,
        message=message,
        places=tuple(dict.fromkeys(places)),
        reported=_shown(statement, part),
        expected=_shown(first, part),
        arithmetic=(*lines, *evidence[:2]),
    )


def _place(statement: Statement, part: str, manuscript: Manuscript) -> Place:
    """The place of the statement, or of the number where it stands apart from it."""
    printed, place = number(statement, part), statement.place
    if printed is None or place.start is None or place.end is None:
        return place
    if place.start <= printed.start and printed.end <= place.end:
        return place
    quote = manuscript.document.text[printed.start : printed.end]
    return replace(place, quote=quote, start=printed.start, end=printed.end)


def _line(part: str, one: Statement, other: Statement, manuscript: Manuscript) -> str:
    return (
        f"{_NAMES[part] or 'the number'}: {_shown(one, part)} ({_where(one, manuscript)}), "
        f"{_shown(other, part)} ({_where(other, manuscript)})"
    )


def _told(part: str, one: Statement, other: Statement) -> str:
    name = f"{_NAMES[part]} " if _NAMES[part] else ""
    return f"{name}{_shown(one, part)} against {_shown(other, part)}"


def _shown(statement: Statement, part: str) -> str:
    printed = number(statement, part)
    return printed.text if printed is not None else ""


def _where(statement: Statement, manuscript: Manuscript) -> str:
    sentence = manuscript.prose.sentences[statement.sentence]
    if sentence.source is Source.FIGURE:
        return "the legend of a figure"
    if sentence.source is not Source.PARAGRAPH:
        return "the words at a table"
    kinds = {"abstract": "the abstract", "results": "the results section"}
    plain = {"discussion": "the discussion", "conclusion": "the conclusion"}
    return {**kinds, **plain}.get(sentence.section, f"the section “{sentence.title}”")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

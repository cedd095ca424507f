"""What is called an interquartile range is, or reaches beyond, the range.

## What it does
Sets every interquartile range against the range that is printed of the same median elsewhere, in
the text or in another table: quartiles lie within it, and both are equal only where nearly all
patients have the same values. A cell that prints two ranges behind a median must have one within
the other. Quartiles of age that equal the limits of age for entering the study, or that lie more
than 45 years apart, which would need patients of all ages of a whole population, are a query.

## Why it matters
A range called an interquartile range makes a group look far more diverse than it is; tables are
pooled in meta-analyses by such labels.

## Example
Table: age 62 (IQR 39 to 75). Text: median age 62 years (range 39 to 75).

## References
Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2 (ranges and quartiles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import where
from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Role
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.bounds import PrintedBounds, printed_bounds
from auditor.statement import Kind
from auditor.topic import Topic

_WIDE = 45
_TWO = (Role.VALUE, Role.LOWER, Role.UPPER, Role.LOWER, Role.UPPER)


@check(code="INT008", name="quartiles-against-range")
def quartiles_against_range(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every interquartile range that the range contradicts."""
    bounds = [one for one in printed_bounds(manuscript) if one.own and one.exact]
    quartiles = [one for one in bounds if one.kinds == {"IQR"} and _in_order(one)]
    ranges = [one for one in bounds if one.kinds == {"range"} and _in_order(one)]
    judged = len(quartiles)
    told: set[str] = set()
    for one in quartiles:
        yield Judged(one.claims)
        if one.printed in told:
            continue
        others = [other for other in ranges if _same(one, other)]
        finding = next((f for o in others if (f := _against(one, o))), None)
        finding = finding or _of_age(manuscript, one)
        if finding is not None:
            told.add(one.printed)
            yield finding
    for said in _crossing(manuscript):
        judged += 1
        yield said
    if not judged:
        raise NotEvaluable("no interquartile range is printed")


def _in_order(one: PrintedBounds) -> bool:
    return one.lower.value <= one.value.value <= one.upper.value


def _same(one: PrintedBounds, other: PrintedBounds) -> bool:
    """Whether both are of the same median: an equal value of the same thing."""
    if one.lower.value == one.upper.value:
        return False
    alone = other.statement is not None and other.statement.kind is Kind.RANGE
    if one.value.value != other.value.value and not alone:
        return False
    if one.topic is None or other.topic is None:
        return False
    equal = (one.lower.value, one.upper.value) == (other.lower.value, other.upper.value)
    if alone and equal and _same_words(one.topic, other.topic):
        return True  # both bounds alike: that is no chance
    if one.topic.concept != other.topic.concept:
        return False
    if not one.topic.concept:
        return False
    if alone and (one.topic.residue or other.topic.residue):
        return False
    if one.topic.terms == other.topic.terms:
        return True
    return not alone and not (one.topic.terms and other.topic.terms)


def _same_words(one: Topic, other: Topic) -> bool:
    """Whether two topics share all terms, or all words, understood or not."""
    if one.terms and (one.concept, one.terms) == (other.concept, other.terms):
        return True
    words = [{t.concept, *(term.key for term in t.terms), *t.residue} - {""} for t in (one, other)]
    return bool(one.terms & other.terms) and words[0] == words[1]


def _against(one: PrintedBounds, other: PrintedBounds) -> Finding | None:
    within = other.lower.value <= one.lower.value and one.upper.value <= other.upper.value
    equal = (one.lower.value, one.upper.value) == (other.lower.value, other.upper.value)
    if within and not equal:
        return None
    if equal:
        message = f"{one.where}: {one.lower.text} to {one.upper.text} is called the interquartile "
        message += f"range, and the range in {other.where}. It cannot well be both."
    else:
        message = f"{one.where}: the quartiles {one.lower.text} and {one.upper.text} reach beyond "
        message += f"the range {other.lower.text} to {other.upper.text} in {other.where}."
    return Finding(
        severity=Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=message,
        places=(*one.places, *other.places),
        reported=one.printed,
        expected=f"quartiles within {other.lower.text} and {other.upper.text}",
        arithmetic=(
            f"{other.lower.text} <= {one.lower.text} and {one.upper.text} <= {other.upper.text}: "
            + ("both equal" if equal else "not so"),
        ),
    )


def _of_age(manuscript: Manuscript, one: PrintedBounds) -> Finding | None:
    words = plain(one.what)
    if not re.search(r"\bage\b", words) or re.search(r"\b(?:month|week|day)s?\b", words):
        return None
    if one.unit not in ("", "years"):
        return None
    limits = _entry_limits(manuscript)
    ends = (one.lower.value, one.upper.value)
    if ends in limits:
        why = f"{one.lower.text} and {one.upper.text} are the limits of age for entering the study"
    elif one.upper.value - one.lower.value > _WIDE:
        why = f"half of the patients would lie {one.upper.value - one.lower.value} years apart"
    else:
        return None
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"{one.where}: {one.lower.text} to {one.upper.text} is called an interquartile "
        f"range, but {why}. It may be the range.",
        places=one.places,
        reported=one.printed,
        expected="",
        arithmetic=(f"{one.upper.text} - {one.lower.text} = {one.upper.value - one.lower.value}",),
    )


def _entry_limits(manuscript: Manuscript) -> set[tuple[Decimal, Decimal]]:
    """Pairs of ages between which patients could enter the study."""
    return {
        (bounds.lower.value, bounds.upper.value)
        for statement in manuscript.prose.statements
        if statement.kind is Kind.RANGE
        and statement.unit in ("years", "")
        and any(re.search(r"\bage", phrase.text.lower()) for phrase in statement.what)
        for bounds in statement.bounds
    }


def _crossing(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Cells with two ranges behind a median of which neither lies within the other."""
    for reading in manuscript.tables:
        for entry in reading.entries:
            numbers = [number for _, number in entry.numbers]
            if tuple(role for role, _ in entry.numbers) != _TWO:
                continue
            spans = [(numbers[1].value, numbers[2].value), (numbers[3].value, numbers[4].value)]
            yield Judged(entry.claims)
            if any(low > high for low, high in spans) or _nested(spans):
                continue
            yield Finding(
                severity=Severity.WARNING,
                verdict=Verdict.IMPOSSIBLE,
                message=f"{where(reading, entry)}: of {numbers[1].text} to {numbers[2].text} and "
                f"{numbers[3].text} to {numbers[4].text} neither lies within the other, as "
                "quartiles lie within the range.",
                places=(entry.place,),
                reported=entry.place.quote,
                expected="one within the other",
                arithmetic=(
                    f"{numbers[1].text} to {numbers[2].text}; {numbers[3].text} to "
                    f"{numbers[4].text}",
                ),
            )


def _nested(spans: Sequence[tuple[Decimal, Decimal]]) -> bool:
    (a, b), (c, d) = spans
    return (a <= c and d <= b) or (c <= a and b <= d)

"""A percentage in the text cannot be of the patients that its sentence counts.

## What it does
Reads every count with its percentage in the running text ("9 patients (9%)", "2 (45.5%)") that
prints no fraction, and asks of how many patients it could be. Where no whole number of patients
gives it, it is an error. Where the sentence names its patients ("of the 44 patients", "in a
study of 47 patients") it is held against them: an error where only more patients than these
would give it, and no other number of the passage does; a warning where another N of the paper
would, or where the digits show the slip. Where nothing is named, only a share that needs more
patients than the paper has, and that a misplaced decimal point explains, is accused. A share
that a smaller unnamed number of patients would give is silent: values may be missing.
Cited studies are judged by the numbers of their own sentence alone.

## Why it matters
Misplaced decimal points and mixed-up numbers of patients are passed on by every reader who
copies the percentage.

## Example
"reduced to 10 mg in 2 (45.5%) patients" of 44: no number of patients makes 2 of it 45.5%; 2 of 44
is 4.55%.

## References
Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. 2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import division, right_percent
from auditor.extraction.fits import percentage
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, Passage
from auditor.passages.named import named_for
from auditor.passages.parts import population
from auditor.passages.people import Stated, stated_people
from auditor.passages.shares import Judgement, Share, decimal_slip, digit_slip, judge
from auditor.printed import PrintedNumber, scan_numbers

from ._text import judged, place, read_passages

_CHANGE = re.compile(
    r"\b(?:increas\w+|decreas\w+|reduc(?:ed|tion)s? (?:of|by)|fell|rose|declin\w+|"
    r"improv\w+ (?:by|of)|"
    r"weighted|weighting|iptw|adjusted|imputed|estimated|kaplan|cumulative|cost|price)\b",
    re.IGNORECASE,
)
"""Percentages of other things than patients, or of weighted patients."""


_SCALE = re.compile(
    r"(?:\d\s*(?:to|-|–|/|or|and)|\b(?:grades?|stages?|scores?|status|ecog|ps|lines?|cycles?|days?|"
    r"weeks?|levels?|class|types?|phase)(?:\s+(?:of|was|were))?)\s*\(?$",
    re.IGNORECASE,
)
"""Before a number of a scale ("performance status of 0 to 1 (83.5%)")."""


@dataclass(frozen=True)
class _Item:
    """A count with its percentage, and the patients that its sentence names."""

    mention: Mention
    count: int
    percent: PrintedNumber
    named: tuple[int, ...]

    @property
    def shown(self) -> str:
        return self.percent.text if self.percent.percent else f"{self.percent.text}%"


@check(code="TPC001", name="impossible-text-percentage")
def impossible_text_percentage(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every count whose percentage no fitting number of patients gives."""
    passages = read_passages(manuscript)
    stated = stated_people(manuscript, passages)
    fractions = [(f.place.start or 0, f.place.end or 0) for f in manuscript.fractions]
    taken = {position for start, end in fractions for position in range(start, end)}
    seen = False
    for passage in passages:
        for in_front, mention in zip((None, *passage.mentions), passage.mentions, strict=False):
            item = _read(mention, in_front)
            if item is None or (mention.statement.place.start or 0) in taken:
                continue
            seen = True
            yield judged([mention])
            result = judge(
                item.count, item.percent, item.named, 0 if mention.cited else stated.largest
            )
            severity = _weigh(passage, item, result, stated)
            if severity is not None:
                yield _finding(manuscript, passage, item, result, stated, severity)
    if not seen:
        raise NotEvaluable("the text prints no count with its percentage")


def _read(mention: Mention, in_front: Mention | None) -> _Item | None:
    """A count of people with its percentage of people, or None."""
    count, percent = mention.number, mention.statement.percent
    if count is None or percent is None or percent.relation != "=" or mention.of_events:
        return None
    if _CHANGE.search(re.split(r"[;.]", mention.before)[-1]) or _SCALE.search(mention.before):
        return None
    return _Item(mention, count, percent, named_for(mention, in_front))


def _weigh(passage: Passage, item: _Item, result: Judgement, stated: Stated) -> Severity | None:
    if result.how in (Share.RIGHT, Share.OPEN) or _of_another(item):
        return None
    if result.how is Share.IMPOSSIBLE:
        return Severity.ERROR
    if any(m.number in result.of for m in passage.mentions if m.number and m is not item.mention):
        return None
    own = not item.mention.cited
    slip = any(decimal_slip(item.count, item.percent, n) for n in item.named or stated.ns)
    if result.how is Share.BEYOND:
        if item.named:
            explained = own and stated.explains(result.of) is not None
            return Severity.WARNING if explained else Severity.ERROR
        return Severity.ERROR if slip else None
    if own and stated.counted(result.of) is not None:
        return None
    if slip or any(digit_slip(item.count, item.percent, n) for n in item.named):
        return Severity.WARNING
    return Severity.NOTE if own else None


def _of_another(item: _Item) -> bool:
    """Whether it is the share that another number of the sentence has in the count: "17
    leakages in 184 patients (9.2%)"."""
    numbers = (n.integer for n in scan_numbers(item.mention.sentence.text))
    return any(
        number and number <= item.count and item.percent.conventions(percentage(number, item.count))
        for number in numbers
        if number != item.count
    )


def _finding(
    manuscript: Manuscript,
    passage: Passage,
    item: _Item,
    result: Judgement,
    stated: Stated,
    severity: Severity,
) -> Finding:
    whole, right = _right(passage, item, stated)
    where = place(manuscript, item.mention)
    lines = [division(item.count, whole)] if whole else []
    if result.of:
        low, high = result.of[0], result.of[-1]
        span = f"{low}" if low == high else f"{low} to {high}"
        lines.append(f"{item.shown} would be right for {item.count} of {span}")
        says = f"“{where.quote}”: {item.shown} would need {span} patients"
        if item.named:
            says += f", and the sentence names {' and '.join(map(str, item.named))}"
        elif result.how is Share.BEYOND:
            says += f", more than the paper has ({stated.largest})"
    else:
        says = f"“{where.quote}”: no number of patients makes {item.count} of it {item.shown}"
    if whole and right:
        says += f"; {item.count} of {whole} is {right}"
    return Finding(
        severity=severity,
        verdict=Verdict.QUERY if severity is Severity.NOTE else Verdict.IMPOSSIBLE,
        message=says + ".",
        places=(where,),
        reported=f"{item.count} ({item.shown})",
        expected=right,
        arithmetic=tuple(lines),
        suggestion=_slip(item, whole),
    )


def _right(passage: Passage, item: _Item, stated: Stated) -> tuple[int, str]:
    """The number of patients likely meant and the percentage of it; (0, "") if unclear."""
    current = population(passage, item.mention)
    likely = list(item.named[-1:])
    if not item.mention.cited:
        likely += [*([current.number or 0] if current else []), *reversed(stated.ns)]
    for n in likely:
        slip = decimal_slip(item.count, item.percent, n)
        if slip:
            return n, slip
    if item.named and item.count <= item.named[-1]:
        return item.named[-1], right_percent(item.count, item.named[-1], item.percent)
    return 0, ""


def _slip(item: _Item, whole: int) -> str:
    if not whole:
        return ""
    if decimal_slip(item.count, item.percent, whole):
        return "the decimal point is misplaced"
    return digit_slip(item.count, item.percent, whole)

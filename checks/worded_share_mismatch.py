"""A share in words is not the share that the numbers beside it give.

## What it does
Reads the shares that the running text writes in words and proves in brackets ("three quarters of
the patients (33/44)", "half of them (52%)", "one patient in four (10 of 41)") and compares
both. Words are rough: up to ten percentage points apart is silent, more than fifteen is an error,
between them a warning. "More than half" and "less than a third" are held to their direction.

## Why it matters
Readers remember "three quarters", not the fraction behind it.

## Example
"three quarters of the patients (30/97)": 30 of 97 are 31%.

## References
AMA Manual of Style, 11th edition, 18.3 (fractions and percentages in words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import division
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention

from ._text import in_words, judged, place, read_passages

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_COUNTS = {"": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_WORDED = re.compile(
    r"\b(?:(?P<bound>more than|over|less than|fewer than|under|at least|only)\s+)?"
    r"(?:(?P<count>a|one|two|three|four)[\s-]+)?(?P<part>half|thirds?|quarters?|fifths?)"
    r"\s+of\s+(?:the |these |those |all |our |their )?(?:[\w-]+\s+){0,3}?"
    r"(?:patients|women|men|cases|tumou?rs|subjects|participants|responders|deaths|them|whom|cohort|"
    r"population)\s*$",
    re.IGNORECASE,
)
_SILENT, _SURE = Fraction(10, 100), Fraction(15, 100)


@check(code="TPC002", name="worded-share-mismatch")
def worded_share_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every share in words that its own numbers contradict."""
    seen = False
    for passage in read_passages(manuscript):
        for _, mentions in passage.parts:
            for mention, said, proved in _one_in(mentions):
                seen = True
                yield judged([mention])
                worded = _worded_in(said)
                off = abs(proved - worded)
                if off > _SILENT:
                    yield _finding(manuscript, mention, said, worded, proved, off)
        for mention in passage.mentions:
            words = _WORDED.search(mention.before.rstrip("( ["))
            share = _share(mention)
            if words is None or share is None:
                continue
            bracket = (
                mention.statement.place.quote[:1] in "([" or mention.before.rstrip()[-1:] in "(["
            )
            if not bracket:
                continue
            seen = True
            yield judged([mention])
            off = _off(words, share)
            if off > _SILENT:
                yield _finding(manuscript, mention, words, _worded(words), share, off)
    if not seen:
        raise NotEvaluable("no share of the text stands in words beside its numbers")


_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10}  # fmt: skip
_IN = re.compile(
    rf"\b(?P<count>one|two|three)\s+(?:[\w-]+\s+){{0,2}}?(?:in|out of(?: every)?|of every)\s+"
    rf"(?P<of>{'|'.join(_SMALL)})(?:\s+(?!of\b|in\b|and\b)[\w-]+){{0,2}}(?=\s*[(\[])",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\s*[(\[]\s*(?:n\s?=\s?)?(?:(?P<n>\d+)\s*(?:/|of)\s*(?P<N>\d+)\b|(?P<percent>\d+(?:\.\d+)?)\s?%)"
)


def _one_in(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, re.Match[str], Fraction]]:
    """Shares such as "one patient in four (10 of 41)" of a sentence, with what they prove."""
    text = mentions[0].sentence.text
    for words in _IN.finditer(text):
        proof = _PROOF.match(text, words.end())
        at = [m for m in mentions if proof and m.start < proof.end() and words.start() < m.end]
        if proof is None or not at or not at[-1].own:
            continue
        if proof["percent"]:
            yield at[-1], words, Fraction(proof["percent"]) / 100
        elif int(proof["N"]):
            yield at[-1], words, Fraction(int(proof["n"]), int(proof["N"]))


def _worded_in(words: re.Match[str]) -> Fraction:
    return Fraction(_SMALL[words["count"].lower()], _SMALL[words["of"].lower()])


def _share(mention: Mention) -> Fraction | None:
    """The share that the numbers give, 0 to 1."""
    statement = mention.statement
    of = statement.denominator.integer if statement.denominator is not None else None
    if statement.count is not None and statement.count.integer is not None and of:
        return Fraction(statement.count.integer, of)
    percent = statement.percent
    return percent.fraction / 100 if percent is not None and percent.relation == "=" else None


def _worded(words: re.Match[str]) -> Fraction:
    part = words["part"].lower().rstrip("s")
    return Fraction(_COUNTS[(words["count"] or "").lower()], _PARTS[part])


def _off(words: re.Match[str], share: Fraction) -> Fraction:
    """How far the share lies from its words; what "more than half" allows is not off."""
    gap = share - _worded(words)
    bound = (words["bound"] or "").lower()
    if bound in ("more than", "over", "at least") and gap > 0:
        gap = max(gap - Fraction(15, 100), Fraction(0))
    if bound in ("less than", "fewer than", "under", "only") and gap < 0:
        gap = min(gap + Fraction(15, 100), Fraction(0))
    return abs(gap)


def _finding(
    manuscript: Manuscript,
    mention: Mention,
    words: re.Match[str],
    worded: Fraction,
    share: Fraction,
    off: Fraction,
) -> Finding:
    statement = mention.statement
    shown = f"{round(share * 100)}%"
    count, of = statement.count, statement.denominator
    lines = [f"“{words[0].strip()}” would be about {round(worded * 100)}%"]
    if count is not None and of is not None:
        lines.append(division(count.integer or 0, of.integer or 1))
    return Finding(
        severity=Severity.ERROR if off > _SURE else Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{in_words(mention)}: “{words[0].strip()}” is written beside "
        f"“{statement.place.quote}”, which is {shown}.",
        places=(place(manuscript, mention),),
        reported=words[0].strip(),
        expected=shown,
        arithmetic=tuple(lines),
    )

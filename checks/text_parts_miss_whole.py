"""The parts that a sentence gives do not add up to their whole.

## What it does
Reads the lists of the running text whose words promise that nobody is in two parts: sexes, lines
of treatment, stages, groups that the paper's own tables keep apart, the arms of randomised
patients, causes of death, and a total with its parts in brackets. Their sum is held against the
whole that the sentence names, or against the patients that the passage speaks of. More parts
than patients are an error where the whole is named, or where no number of patients in the paper
is as large, or where another list of the passage adds up to the patients; otherwise a warning.
Too few are accused only where the list leaves nobody out (men and women, the arms of a trial, a
stated total). Reasons in brackets or behind a colon are a warning where they add up to more, or
to fewer although the last of them takes in all others ("other reasons"). One
part that is larger than the number it is included in is an error whatever the parts are.
A list that names every category of a table's block, with all of its numbers but one, is held
against the block: more than its patients is an error, fewer a warning.
Metastatic sites, reasons, adverse events and other things of which one patient may have several
are never added up, nor are lists with "including".

## Why it matters
One of the numbers is wrong, or patients are counted twice, and every percentage made of them is
wrong too.

## Example
"First-line therapy in 10 patients, second-line in 26, and beyond second-line in 26": 62 of 44.

## References
CONSORT 2010 statement, items 13 and 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import addition
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.arms import arm_brackets, assignments, matched_pairs, opposed_totals
from auditor.passages.lists import bracket_lists, event_lists, response_lists, total_lists
from auditor.passages.mentions import Mention, Passage
from auditor.passages.parts import Parts, family_lists, population
from auditor.passages.people import Stated, stated_people
from auditor.passages.reasons import reason_lists
from auditor.passages.tabled import Tabled, blocks, by_word, contradicted, tabled_lists
from auditor.printed import scan_numbers

from ._text import groups_of, in_words, judged, place, read_passages, terms_of

_WITHIN = re.compile(
    r"\b(?:including|include[ds]?|comprising|consisting of|of whom|of which|"
    r"among (?:them|these|whom))\b|,\s+(?:which (?:was|were) )?(?:of )?grades? (?:≥ ?)?[2-5][^,;]*"
    r"\bin\s*$"
)


@check(code="PTW001", name="text-parts-miss-whole")
def text_parts_miss_whole(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every list of the text that misses its whole."""
    passages = read_passages(manuscript)
    stated = stated_people(manuscript, passages)
    terms = terms_of(manuscript)
    known = by_word(blocks(manuscript))
    seen = False
    for passage in passages:
        lists = [*family_lists(passage, terms)]
        exact = {p.total for p in lists}
        told: set[tuple[int, ...]] = set()
        for parts in chain(
            assignments(passage),
            total_lists(passage),
            opposed_totals(passage),
            arm_brackets(passage),
            event_lists(passage),
            lists,
            bracket_lists(passage),
            reason_lists(passage),
            response_lists(passage, groups_of(manuscript)),
        ):
            if not _own(parts) or parts.numbers in told:
                continue
            whole = parts.whole or population(passage, parts.items[0])
            if whole is None and parts.total <= _number(whole, stated):
                continue
            seen = True
            yield judged([*parts.items, *([whole] if whole else [])])
            if _explained(parts, whole):
                continue
            severity = _weigh(parts, whole, stated, exact)
            if severity is not None:
                told.add(parts.numbers)
                yield _finding(manuscript, parts, whole, _number(whole, stated), severity)
        for found in tabled_lists(passage, known):
            if set(found.numbers) in [set(numbers) for numbers in told]:
                continue
            seen = True
            yield judged(found.items)
            at = contradicted(found, stated.ns)
            if at is not None:
                yield _tabled(manuscript, found, at)
        for item in chain(_larger_than_whole(manuscript, passage), _pairs(manuscript, passage)):
            seen = True
            yield item
    if not seen:
        raise NotEvaluable("no sentence shares out its patients")


def _own(parts: Parts) -> bool:
    return all(m.own for m in parts.items) and not any(m.of_events for m in parts.items)


def _explained(parts: Parts, whole: Mention | None) -> bool:
    """Whether another number of the sentence is the sum, or the whole counts events of the
    parts: "45 events in 31 patients of A and 16 of B"."""
    if whole is not None and re.search(r"\b(?:in|among)\s*$", whole.after):
        return True
    inside = {(m.start, m.end) for m in parts.items}
    sentences = {m.sentence.index: m for m in parts.items}
    return any(
        number.integer == parts.total
        for mention in sentences.values()
        for number in scan_numbers(mention.sentence.text)
        if not any(start <= number.start < end for start, end in inside)
    )


def _number(whole: Mention | None, stated: Stated) -> int:
    return (whole.number if whole else None) or stated.enrolled or stated.most_people


def _weigh(parts: Parts, whole: Mention | None, stated: Stated, exact: set[int]) -> Severity | None:
    number = _number(whole, stated)
    if not number or parts.total == number or parts.total in parts.others:
        return None
    named = parts.whole is not None
    if parts.total < number:
        return _too_few(parts, stated, named=named)
    if not parts.exclusive:
        return Severity.WARNING if named else None
    if parts.total > stated.most_people or (named and parts.sure):
        return Severity.ERROR
    if parts.total in stated.ns:
        return None
    return Severity.ERROR if named or number in exact else Severity.WARNING


def _too_few(parts: Parts, stated: Stated, *, named: bool) -> Severity | None:
    if not (parts.closed and named):
        return None
    if parts.name == "reasons":
        return Severity.WARNING
    if not parts.exclusive:
        return None
    if parts.name in ("arms", "parts", "responses"):
        return Severity.ERROR
    if parts.total in stated.ns:
        return None
    return Severity.WARNING if parts.name == "lines of treatment" else Severity.ERROR


def _finding(
    manuscript: Manuscript, parts: Parts, whole: Mention | None, number: int, severity: Severity
) -> Finding:
    over = parts.total > number
    said = f"“{place(manuscript, whole, words=3).quote}”" if whole else "the largest number stated"
    places = [place(manuscript, m) for m in parts.items]
    if whole is not None:
        places.append(place(manuscript, whole, words=3))
    return Finding(
        severity=severity,
        verdict=Verdict.IMPOSSIBLE if over and parts.exclusive else Verdict.DISAGREES,
        message=f"{in_words(parts.items[0])}: the {parts.name} add up to {parts.total}, "
        f"{abs(parts.total - number)} {'more' if over else 'fewer'} than the {number} patients "
        f"({said}).",
        places=tuple(places),
        reported=addition(parts.numbers),
        expected=str(number),
        arithmetic=(f"{addition(parts.numbers)}, not {number}", *_missing(parts, number)),
    )


def _missing(parts: Parts, number: int) -> tuple[str, ...]:
    """What each part would have to be, the others being right."""
    wanted = [
        f"{number - parts.total + n} for {n}"
        for n in parts.numbers
        if number - parts.total + n >= 0
    ]
    return (f"it would add up with {' or '.join(wanted)}",) if wanted else ()


def _tabled(manuscript: Manuscript, found: Tabled, at: int) -> Finding:
    """A list that is a block of a table but for one number."""
    group, odd = found.block.groups[at], found.items[at]
    over = found.total > found.block.whole
    others = [m for m in found.items if m is not odd]
    return Finding(
        severity=Severity.ERROR if over else Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{in_words(odd)}: {addition(found.numbers)}, {'more' if over else 'fewer'} than "
        f"the {found.block.whole} patients; {group.place.table or 'the table'} has {group.number} "
        f"for “{group.label}”, not {odd.number}.",
        places=(*(place(manuscript, m) for m in (odd, *others)), group.place),
        reported=str(odd.number),
        expected=str(group.number),
        arithmetic=(
            f"{addition(found.numbers)}, not {found.block.whole}",
            f"{addition([g.number for g in found.block.groups])} in the table",
        ),
    )


def _larger_than_whole(manuscript: Manuscript, passage: Passage) -> Iterator[Finding | Judged]:
    """Parts that are included in a number of patients and larger than it."""
    for sentence, own in passage.counts:
        for whole, part in zip(own, own[1:], strict=False):
            between = sentence.text[whole.end : part.start]
            if (
                whole.own
                and _WITHIN.search(between)
                and len(between) < 90
                and whole.of_people
                and part.of_people
                and not (whole.of_events or part.of_events)
                and (part.number or 0) > (whole.number or 0)
            ):
                yield judged([part, whole])
                yield Finding(
                    severity=Severity.ERROR,
                    verdict=Verdict.IMPOSSIBLE,
                    message=f"{in_words(part)}: “{place(manuscript, part, words=2).quote}” are "
                    f"included in “{place(manuscript, whole, words=2).quote}”, which are fewer.",
                    places=(place(manuscript, part, words=2), place(manuscript, whole, words=2)),
                    reported=str(part.number),
                    expected=f"at most {whole.number}",
                    arithmetic=(f"{part.number} > {whole.number}",),
                )


def _pairs(manuscript: Manuscript, passage: Passage) -> Iterator[Finding | Judged]:
    """Pairs that are not twice as many patients."""
    for pairs, patients in matched_pairs(passage):
        yield judged([pairs, patients])
        twice = 2 * (pairs.number or 0)
        if patients.number != twice:
            yield Finding(
                severity=Severity.ERROR,
                verdict=Verdict.IMPOSSIBLE,
                message=f"{in_words(pairs)}: {pairs.number} pairs are {twice} patients, not "
                f"{patients.number}.",
                places=(place(manuscript, patients), place(manuscript, pairs, words=1)),
                reported=str(patients.number),
                expected=str(twice),
                arithmetic=(f"2 x {pairs.number} = {twice}",),
            )

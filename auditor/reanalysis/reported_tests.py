"""Test statistics that are printed with a P value, in the text, in notes and cells of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.extraction.places import cell_place
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, scan_numbers
from auditor.prose.origin import origin_of
from auditor.reanalysis.sentence_numbers import P_VALUE, Tested, p_value, printed
from auditor.reanalysis.statistic_grammar import Written, written
from auditor.reanalysis.words_of_tests import sides_named
from auditor.statement import Origin, Sentence, Statement

_ALL = re.compile(r"\b(?:both|all|each|respectively)\b", re.IGNORECASE)
_SIZE = re.compile(r"\b[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d+)\b")
_FAR = 80
"""So many characters at most between a statistic and its P value."""
_SIDES = re.compile(r"\b(?:one|1|two|2)[- ]?(?:sided|tailed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportedTest:
    """A test statistic with its P value.

    Attributes:
        kind: "t", "F", "chi2", "z", "r", "rho" or "Q".
        value: the statistic; ``df``: its degrees of freedom, of r and rho n - 2; empty where
            they are not printed.
        p: as printed; ``p_place``: its place; ``places``: of the statistic.
        shown: the statistic as printed with its degrees of freedom.
        words: the sentence, or labels and header of the cell.
        sides: 1 or 2 where the words beside it say so, else None.
        own: whether it is a result of the paper itself.
    """

    kind: str
    value: PrintedNumber
    df: tuple[PrintedNumber, ...]
    p: PrintedNumber
    p_place: Place
    places: tuple[Place, ...]
    shown: str
    what: str
    claims: tuple[str, ...] = ()
    words: str = ""
    sides: int | None = None
    own: bool = True


def reported_tests(manuscript: Manuscript) -> Iterator[ReportedTest]:
    """Every test statistic of the text (notes and captions of tables too) that has a P value."""
    own = by_sentence(manuscript)
    for sentence in manuscript.prose.sentences:
        if sentence.section == "references" or "=" not in sentence.text:
            continue
        yield from tests_of(sentence, own.get(sentence.index, []), manuscript)


def tests_of(
    sentence: Sentence, own: Sequence[Statement], manuscript: Manuscript
) -> Iterator[ReportedTest]:
    """The tests of one sentence; ``own`` are its statements."""
    for one, p in pairs(sentence):
        made = _of_sentence(one, p, sentence, own, manuscript)
        if made is not None:
            yield made


def by_sentence(manuscript: Manuscript) -> dict[int, list[Statement]]:
    """The statements of each sentence by its index."""
    found: dict[int, list[Statement]] = {}
    for statement in manuscript.prose.statements:
        found.setdefault(statement.sentence, []).append(statement)
    return found


def pairs(sentence: Sentence) -> Iterator[tuple[Written, Tested]]:
    """Statistics of a sentence with their P values.

    A P value belongs to the one statistic that stands between it and the P value before it; to
    several only where "both", "all" or "each" says so. Where the P values stand first, each
    belongs to the statistic that follows at once.
    """
    text = sentence.text
    statistics = list(written(text))
    if not statistics:
        return
    starts = [s.start for s in statistics]
    tests = [
        m
        for m in P_VALUE.finditer(text)
        if not (at := bisect_right(starts, m.start())) or statistics[at - 1].end <= m.start()
    ]
    used = 0
    for i, match in enumerate(tests):
        reach = used
        while reach < len(statistics) and statistics[reach].end <= match.start():
            reach += 1
        run, used = statistics[used:reach], reach
        tested = p_value(sentence, match)
        until = tests[i + 1].start() if i + 1 < len(tests) else len(text)
        if tested is None:
            continue
        if not run:
            after = [s for s in statistics[reach : reach + 2] if s.start < until]
            behind = after and after[0].start - match.end() < 12 and after[0].end < len(text)
            if behind and len(after) == 1 and (until == len(text) or i == 0):
                follows = P_VALUE.search(text, after[0].end, after[0].end + _FAR)
                if follows is None:
                    yield after[0], tested
            continue
        near = [s for s in run if match.start() - s.end <= _FAR]
        if len(run) > 1 and _ALL.search(text, run[-1].end, min(len(text), match.end() + 15)):
            yield from ((s, tested) for s in run)
            continue
        near = [s for s in near if s.kind not in ("r", "rho") or s.df or s.n or len(run) == 1]
        if len(near) == 1:
            yield near[0], tested


def _of_sentence(
    one: Written,
    p: Tested,
    sentence: Sentence,
    own: Sequence[Statement],
    manuscript: Manuscript,
) -> ReportedTest | None:
    value = printed(sentence, *one.value)
    elsewhere = ""
    if one.kind in ("r", "rho") and not one.df and not one.n:
        sizes = set(_SIZE.findall(sentence.text))
        n = sizes.pop() if len(sizes) == 1 else ""
        one, elsewhere = replace(one, n=n), f", n = {n}" if n else ""
    df = degrees(one)
    if value is None or df is None:
        return None
    origin = origin_of(sentence, *one.value)
    if origin is Origin.PLANNED and sentence.section != "methods":
        return None
    document = manuscript.document
    start, end = sentence.span(one.start, one.end)
    section = sentence.title or None
    low, high = min(start, p.number.start), max(end, p.number.end)
    return ReportedTest(
        kind=one.kind,
        value=value,
        df=df,
        p=p.number,
        p_place=Place(
            document.name, "text", p.number.text, section, start=p.number.start, end=p.number.end
        ),
        places=(
            Place(document.name, "text", document.text[start:end], section, start=start, end=end),
        ),
        shown=sentence.text[one.start : one.end].strip(" ,;([") + elsewhere,
        what=sentence.title or "text",
        claims=tuple(
            claim for found in own if low <= found.value.start < high for claim in claim_ids(found)
        ),
        words=sentence.text,
        sides=sides_named(sentence.text) if _SIDES.search(sentence.text) else None,
        own=origin is not Origin.CITED,
    )


def degrees(one: Written) -> tuple[PrintedNumber, ...] | None:
    """The degrees of freedom as numbers, empty where none are printed; None where they are no
    degrees of freedom of such a statistic."""
    numbers: list[PrintedNumber] = []
    for text in one.df:
        found = scan_numbers(text)
        if len(found) != 1 or found[0].value <= 0:
            return None
        numbers.append(found[0])
    if one.n:
        found = scan_numbers(one.n)
        if one.kind not in ("r", "rho"):
            return ()
        if len(found) != 1 or found[0].value < 4:
            return None
        return (replace(found[0], value=found[0].value - 2),)
    if one.kind == "F" and len(numbers) == 1:
        return ()
    if one.kind == "F" and len(numbers) == 2 and numbers[0].value > numbers[1].value > 1:
        return None  # the two are swapped, or no degrees of freedom
    return tuple(numbers)


def in_cells(manuscript: Manuscript) -> Iterator[ReportedTest]:
    """Statistics that fill a cell together with their P value: "t(28) = 2.20, p = .036"."""
    for reading in manuscript.tables:
        for cell in reading.table.cells():
            if "=" not in cell.clean:
                continue
            text = " ".join(cell.clean.split())
            sentence = Sentence(0, 0, text, tuple(range(cell.start, cell.start + len(text))))
            label = reading.table.grid[cell.row][0].clean
            place = cell_place(manuscript.document.name, reading.table, cell, row_label=label)
            for one, p in pairs(sentence):
                value, df = printed(sentence, *one.value), degrees(one)
                if value is None or df is None:
                    continue
                yield ReportedTest(
                    one.kind,
                    value,
                    df,
                    p.number,
                    place,
                    (),
                    text[one.start : one.end].strip(" ,;(["),
                    f"{reading.table.name}, {label}".rstrip(", "),
                    words=f"{label} {text} {reading.table.caption}",
                    sides=sides_named(f"{text} {reading.table.caption}"),
                )


def distinct(found: Sequence[ReportedTest]) -> list[list[ReportedTest]]:
    """Tests that repeat each other (abstract, results), together."""
    groups: dict[tuple[object, ...], list[ReportedTest]] = {}
    for one in found:
        numbers = (one.value, *one.df, one.p)
        key = (one.kind, *((n.value, n.relation) for n in numbers))
        groups.setdefault(key, []).append(one)
    return list(groups.values())

"""Sentences and statements made by hand, for tests of the laws of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.finding import Place
from auditor.passages.mentions import Passage, passages
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Phrase, Prose, Sentence, Statement

_LIST = re.compile(r"[\[\]]")
_MARK = re.compile(r"\{(?P<number>[\d.]+)(?P<percent>%?)(?:\|(?P<what>[^}]*))?\}")


def number(text: str, start: int = 0) -> PrintedNumber:
    """A printed number at a position of the document."""
    bare = text.rstrip("%")
    decimals = len(bare.partition(".")[2])
    return PrintedNumber(
        text,
        Decimal(bare),
        decimals,
        percent=text.endswith("%"),
        start=start,
        end=start + len(text),
    )


def passage(*texts: str) -> Passage:
    """One paragraph; "{6|had PR} patients" states the count 6 of "had PR", "{19%|ORR}" a share,
    and "[{13} with A and {31} with B]" a list."""
    sentences: list[Sentence] = []
    statements: list[Statement] = []
    offset = 0
    for index, text in enumerate(texts):
        plain, made = _read(text, index, offset)
        sentences.append(Sentence(index, 0, plain, tuple(range(offset, offset + len(plain)))))
        statements += made
        offset += len(plain) + 1
    return passages(Prose(tuple(sentences), tuple(statements)))[0]


def _read(text: str, index: int, offset: int) -> tuple[str, Sequence[Statement]]:
    plain, last = "", 0
    made: list[Statement] = []
    listed = False
    for match in _MARK.finditer(text):
        between = text[last : match.start()]
        listed = {"[": True, "]": False}.get(next(iter(_LIST.findall(between)[-1:]), ""), listed)
        plain += _LIST.sub("", between)
        shown = match["number"] + match["percent"]
        start = offset + len(plain)
        place = Place("paper", "text", shown, start=start, end=start + len(shown))
        value = number(shown, start)
        share = bool(match["percent"])
        made.append(
            Statement(
                id=f"s{index}.{len(made)}",
                kind=Kind.PERCENT if share else Kind.COUNT,
                value=value,
                place=place,
                sentence=index,
                count=None if share else value,
                percent=value if share else None,
                series=0 if listed else None,
                what=(Phrase(match["what"], start, start),) if match["what"] else (),
            )
        )
        plain += shown
        last = match.end()
    return plain + _LIST.sub("", text[last:]), made

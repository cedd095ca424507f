"""A sentence as a list of typed tokens: numbers, words with their classes, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.number_signs import DASHES
from auditor.printed import PrintedNumber, scan_numbers
from auditor.prose.number_words import number_of
from auditor.prose.vocabulary import NONE, classes, longest

_PIECE = re.compile(
    rf"""
      (?P<word>[^\W\d_][^\W_]*
        (?:[{DASHES}'’/+.&][^\W_]+|\+(?![^\W_]))*)     # anlotinib-alone, and/or, CD38+, i.e
    | (?P<glued>[{DASHES}][^\W\d_][^\W_]*(?:[{DASHES}][^\W_]+)*)  # -month, -year-old
    | (?P<sign>[^\s\w])
    | (?P<rest>\w+)
    """,
    re.VERBOSE,
)
_IGNORED = frozenset('$*_^{}"“”\\`')
_OPEN, _CLOSE = frozenset("([［（"), frozenset(")]］）")
_NUMBER_WORD = re.compile(r"[a-z]+(?:[-\u2010\u2011][a-z]+)?")
_FULL_STOPS = (
    "vs",
    "ca",
    "approx",
    "i.e",
    "e.g",
    "resp",
    "fig",
    "figs",
    "no",
    "p",
    "n",
    "ref",
    "refs",
    "c.i",
    "s.d",
    "s.e",
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a sentence.

    Attributes:
        text: as printed; ``norm``: in lower case, with one kind of dash.
        start, end: positions in ``Sentence.text``.
        classes: what the word can be (see ``words.toml``); of signs: ``open``, ``close``,
            ``comma``, ``semicolon``, ``colon``, ``equals``, ``slash``, ``dash``, ``plus-minus``.
        number: of a number or number word, else None; its offsets are those of the token.
        words: how many words a number word or an expression spans.
    """

    text: str
    start: int
    end: int
    norm: str
    classes: frozenset[str] = NONE
    number: PrintedNumber | None = None
    spelled: bool = False

    def is_(self, *names: str) -> bool:
        """Whether it is of one of the classes."""
        return not self.classes.isdisjoint(names)

    @property
    def word(self) -> bool:
        """Whether it is a word and neither number nor sign."""
        return self.number is None and self.text[0].isalpha()


_SIGNS = {
    ",": "comma",
    "，": "comma",
    ";": "semicolon",
    "；": "semicolon",
    ":": "colon",
    "：": "colon",
    "=": "equals",
    "＝": "equals",
    "/": "slash",
    "∕": "slash",
    "⁄": "slash",
    "±": "plus-minus",
    "%": "percent-sign",
    **dict.fromkeys(_OPEN, "open"),
    **dict.fromkeys(_CLOSE, "close"),
    **dict.fromkeys(DASHES, "dash"),
}


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a sentence in order; linear in its length."""
    return tuple(_percentages(list(_merged(list(_pieces(text))))))


def _percentages(tokens: list[Token]) -> Iterator[Token]:
    """ "43 percent" and "forty-three per cent" made one token each, as "43%" is."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        words = [t.norm for t in tokens[at + 1 : at + 3]]
        taken = 1 if words[:1] in (["percent"], ["per cent"]) else 2 * (words == ["per", "cent"])
        if token.number is None or token.number.percent or not taken:
            yield token
            at += 1
            continue
        last = tokens[at + taken]
        number = replace(token.number, percent=True, end=last.end)
        yield replace(token, end=last.end, number=number, spelled=False)
        at += 1 + taken


def _pieces(text: str) -> Iterator[Token]:
    position = 0
    for number in (*scan_numbers(text), None):
        end = len(text) if number is None else number.start
        yield from _words(text, position, end)
        if number is None:
            return
        yield Token(
            number.text, number.start, number.end, number.text, frozenset(("number",)), number
        )
        position = number.end


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    position = start
    while match := _PIECE.search(text, position, end):
        position = match.end()
        piece = match.group()
        begin = match.start()
        if match["glued"]:
            if begin == start and start:  # "6-month": the dash belongs to the number before
                yield Token(piece[0], begin, begin + 1, "-", frozenset(("dash", "hyphen")))
            else:
                yield Token(piece[0], begin, begin + 1, "-", frozenset(("dash",)))
            position = begin + 1
            continue
        if piece in _IGNORED:
            continue
        if match["sign"]:
            if piece == "+" and text[begin : begin + 3] == "+/-":
                yield Token("+/-", begin, begin + 3, "±", frozenset(("plus-minus",)))
                position = begin + 3
                continue
            if piece == ".":
                continue
            yield Token(piece, begin, match.end(), piece, frozenset((_SIGNS.get(piece, "sign"),)))
            continue
        norm = _folded(piece)
        close = match.end()
        if text[close : close + 1] == "." and norm in _FULL_STOPS and close < end:
            close += 1
        yield Token(text[begin:close], begin, close, norm)
        position = close


def _folded(word: str) -> str:
    norm = word.lower()
    for dash in DASHES[1:]:
        if dash in norm:
            norm = norm.replace(dash, "-")
    return norm


def _merged(pieces: list[Token]) -> Iterator[Token]:
    """Number words and expressions of several words made one token each, classes given."""
    known, lengths = classes(), longest()
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if not piece.word:
            yield piece
            at += 1
            continue
        if _NUMBER_WORD.fullmatch(piece.norm):
            words = [p.norm if p.word else "" for p in pieces[at : at + 8]]
            found = number_of(words)
            if found is not None:
                value, taken = found
                yield _spelled(pieces[at : at + taken], value)
                at += taken
                continue
        for length in range(min(lengths.get(piece.norm, 1), len(pieces) - at), 0, -1):
            key = tuple(p.norm for p in pieces[at : at + length])
            if key in known:
                yield _joined(pieces[at : at + length], known[key])
                at += length
                break
        else:
            yield piece
            at += 1


def _joined(pieces: list[Token], names: frozenset[str]) -> Token:
    first, last = pieces[0], pieces[-1]
    text = " ".join(p.text for p in pieces)
    if len(pieces) == 1:
        names = _by_case(first.text, first.start, names)
    return Token(text, first.start, last.end, " ".join(p.norm for p in pieces), names)


def _by_case(text: str, start: int, names: frozenset[str]) -> frozenset[str]:
    """Abbreviations that are other words in lower case: "OR", "SD", "NE", "May", "WHO"."""
    if text == "A" and start:  # "arm A"
        return names - {"det"}
    if text == "overall":  # "overall response rate", but "Overall, 12 patients"
        names -= {"adverb"}
    if not text.isupper() and len(text) <= 4:
        if text.lower() in ("or", "rr", "ne", "nr", "se", "sd", "cr", "pr", "pd", "mr", "or"):
            names -= {"ratio", "missing", "spread", "response"}
        if text.lower() in ("who", "ps"):
            names -= {"names.before"}
    elif text.isupper() and text.lower() in ("or", "no", "all", "it", "who"):
        names -= {"or", "zero", "all", "relative"}
    if text.lower() in ("may", "march") and text[0].islower():
        names -= {"names.months"}
    elif text in ("May", "March"):
        names -= {"verb"}
    return names


def _spelled(pieces: list[Token], value: int) -> Token:
    first, last = pieces[0], pieces[-1]
    text = " ".join(p.text for p in pieces)
    number = PrintedNumber(text, Decimal(value), 0, start=first.start, end=last.end)
    return Token(
        text, first.start, last.end, text.lower(), frozenset(("number",)), number, spelled=True
    )


def muted(token: Token) -> Token:
    """The token as a plain word: a number that is a name or part of a schedule."""
    return replace(token, number=None, classes=frozenset(("mute",)))

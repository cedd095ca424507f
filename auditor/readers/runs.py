"""Runs of styled text, and what they say: the text as shown, without marks, and the marks.

A superscript is a footnote mark ("Total" with a raised a), an exponent ("10^9/L", "m^2"), an
isotope or part of a word. Only marks are taken off, since a mark that stays glued to a number
changes it, and an exponent that goes does so too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

SOFT = "\r"
"""Stands for white space of the source that held a line end: a blank, or layout of the XML."""

_SUPERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN = "0123456789+−abcdefghijklmnoprstuvwxyz"
_TO_PLAIN = str.maketrans(_SUPERS, _PLAIN)
_SUPER_RUN = re.compile(f"([{_SUPERS}]+(?:,[{_SUPERS}]+)*)")

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\u00a0\u2006-\u200a\u202f\u2005](?=\d)")
_KEPT = "\ue000"  # a thousands space, set aside while blanks are folded
_TAKEN = "\ue001"  # where a raised mark was taken off
_MARK = re.compile(rf"[^\S\n]*{_TAKEN}|[^\S\n]*[†‡¶‖]+|(?<=\S)§+|\A§+|\*+|\|\||#+")

_SYMBOL_MARK = r"([^\w\s,;.:()\[\]+\-−–/%°'\"®™©])\1*"
_MARK_LIST = re.compile(
    rf"(?:(?:[A-Za-z]{{1,2}}|\d{{1,3}}(?:[–-]\d{{1,3}})?|{_SYMBOL_MARK})[,;\s]*)+"
)
_ONE_MARK = re.compile(rf"\d{{1,3}}(?:[–-]\d{{1,3}})?|{_SYMBOL_MARK}|[A-Za-z]{{1,3}}|\S")
_POWER = re.compile(r"[−–-]?\d{1,2}")
_LENGTHS = re.compile(r"(?:^|[^A-Za-zµμ])(?:[kdcmnµμ]?m|ft|in)$")
_SQUARED = re.compile(r"(?:^|[^A-Za-z])(?:[rRIxX]|[χηστω]|chi)$")
_ISOTOPE = re.compile(r"\d{1,3}m?")
_LETTERED = "abcdefgh"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``\\n`` in it is a printed line break.

    Attributes:
        text: the characters, for a superscript without ``^``.
        raised: printed as a superscript.
        reference: the source itself says that it points to a footnote.
        bold: printed bold.
        shown: how it is shown where that differs from ``text`` ("²").
    """

    text: str
    raised: bool = False
    reference: bool = False
    bold: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """What runs say; see ``Cell`` for the fields."""

    text: str
    clean: str
    marks: tuple[str, ...]
    bold: bool


def fold(text: str) -> str:
    """White space folded line by line; a thin or no-break space between digits stays."""
    text = _INVISIBLE.sub("", text)
    if text.isascii() and SOFT not in text and "  " not in text and "\t" not in text:
        lines = text.split("\n")
        return (
            "\n".join(line.strip() for line in lines).rstrip("\n")
            if len(lines) > 1
            else (text.strip())
        )
    kept: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        kept.append(match[0])
        return _KEPT

    folded = _BLANKS.sub(" ", _BETWEEN_DIGITS.sub(set_aside, text))
    folded = "\n".join(line.strip() for line in folded.split("\n")).rstrip("\n")
    for space in kept:
        folded = folded.replace(_KEPT, space, 1)
    return folded


def compose(runs: Sequence[Run], known: Collection[str] = ()) -> Composed:
    """What the runs of a cell say; ``known`` are the marks that the table's notes explain."""
    merged = _merge(_split_unicode(runs))
    shown: list[str] = []
    clean: list[str] = []
    taken: list[tuple[str, ...]] = []
    visible = bold = False
    for i, run in enumerate(merged):
        if not run.raised:
            text = run.text
            if i + 1 < len(merged) and merged[i + 1].raised:
                text = text.rstrip(SOFT)  # layout of the XML before a superscript
            shown.append(text)
            clean.append(text)
            if text.strip():
                bold = run.bold and (bold or not visible)
                visible = True
            continue
        after = merged[i + 1].text if i + 1 < len(merged) else ""
        so_far = "".join(clean[-3:])
        raised = run.text.strip()
        plain, marks = _read_raised(run, raised, so_far, after, known)
        if marks:
            taken.append(marks)
            clean.append(_TAKEN)
            shown.append(run.shown or _as_shown(raised))
        else:
            clean.append(plain)
            shown.append(run.shown or plain)
    text = fold("".join(shown))
    clean_text, all_marks = _take_symbols("".join(clean), taken, known)
    return Composed(text, fold(clean_text), all_marks, visible and bold)


def shown_text(runs: Sequence[Run]) -> str:
    """The runs as running text; superscripts of letters and digits as ``^x``."""
    return compose(runs).text


def _split_unicode(runs: Sequence[Run]) -> list[Run]:
    """Superscript characters as raised runs of plain ones."""
    result = []
    for run in runs:
        if run.text.isascii() or run.raised or not _SUPER_RUN.search(run.text):
            result.append(run)
            continue
        for i, part in enumerate(_SUPER_RUN.split(run.text)):
            if i % 2:
                plain = part.translate(_TO_PLAIN)
                result.append(Run(plain, raised=True, bold=run.bold, shown=part))
            elif part:
                result.append(Run(part, bold=run.bold))
    return result


def _merge(runs: list[Run]) -> list[Run]:
    """Neighbouring superscripts as one, so that "a" "," "b" is read as a list."""
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = merged[-1] if merged else None
        if last and last.raised and run.raised and bool(last.shown) == bool(run.shown):
            left, right = last.text.rstrip(), run.text.lstrip()
            apart = left[-1:].isalnum() and right[:1].isalnum()
            text = left + (" " if apart else "") + right
            merged[-1] = Run(
                text,
                raised=True,
                reference=last.reference or run.reference,
                bold=last.bold and run.bold,
                shown=last.shown + run.shown,
            )
        else:
            merged.append(run)
    return merged


def _as_shown(raised: str) -> str:
    return f"^{raised}" if any(ch.isalnum() for ch in raised) else raised.replace(" ", "")


def _read_raised(
    run: Run, raised: str, before: str, after: str, known: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """A superscript as (what stays in the text, ()) or ("", its marks)."""
    if not raised:
        return "", ()
    before = before.replace(_TAKEN, "").rstrip(SOFT)
    if run.reference:
        return "", _marks_of(raised, known) or (raised,)
    if raised in ("st", "nd", "rd", "th") and before[-1:].isdigit():
        return raised, ()
    if raised in ("o", "0", "°") and after.lstrip()[:1] in ("C", "F") and before[-1:].isdigit():
        return "°", ()
    if _is_power(raised, before, after, known):
        return f"^{raised}", ()
    at_word_start = not before or before[-1] in " \n([-/"
    if _ISOTOPE.fullmatch(raised) and at_word_start and after[:1].isupper() and raised not in known:
        return f"^{raised}", ()
    marks = _marks_of(raised, known)
    return ("", marks) if marks else (_as_shown(raised), ())


def _is_power(raised: str, before: str, after: str, known: Collection[str]) -> bool:
    if not _POWER.fullmatch(raised):
        return False
    if raised[0] in "−–-":
        return before[-1:].isalnum()
    if re.search(r"(?:^|[^\d.,·])10$", before):
        times = re.search(r"[×xX*·]\s?10$", before) is not None
        return times or raised not in known or after[:1] == "/" or after.lstrip()[:1].isalpha()
    if raised in ("2", "3") and _LENGTHS.search(before):
        return True
    return raised == "2" and _SQUARED.search(before) is not None


def _marks_of(raised: str, known: Collection[str]) -> tuple[str, ...]:
    """The marks that a superscript lists, or () where it is not a list of marks."""
    if raised in known:
        return (raised,)
    if not _MARK_LIST.fullmatch(raised):
        return ()
    marks: list[str] = []
    for match in _ONE_MARK.finditer(raised):
        mark = match[0]
        if mark in ",;":
            continue
        if len(mark) > 1 and mark.isalpha() and mark not in known and len(set(mark)) > 1:
            letters = known or _LETTERED
            if not all(letter in letters for letter in mark):
                return ()  # "wt", "max": part of the word
            marks.extend(mark)
        else:
            marks.append(mark)
    return tuple(marks)


def _take_symbols(
    clean: str, taken: list[tuple[str, ...]], known: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Marks that stand in the line ("Total†", "HR* (95% CI)") taken off, in order with the rest."""
    if _TAKEN not in clean and not any(ch in clean for ch in "*†‡§¶‖#|"):
        return clean, ()
    marks: list[str] = []
    raised = iter(taken)

    def take(match: re.Match[str]) -> str:
        found = match[0].strip()
        if found == _TAKEN:
            marks.extend(next(raised))
            return ""
        before = match.string[: match.start()].replace(_TAKEN, "")[-1:]
        after = match.string[match.end() : match.end() + 1].replace(_TAKEN, "")
        if not _is_symbol_mark(found, before, after, known):
            return match[0]
        marks.extend(part[0] for part in re.finditer(r"(.)\1*", found))
        return ""

    return _MARK.sub(take, clean), tuple(marks)


def _is_symbol_mark(symbol: str, before: str, after: str, known: Collection[str]) -> bool:
    if symbol[0] in "†‡§¶‖":
        return True
    starts = before in ("", "\n")
    ends = not (after.isalnum() or after == "/")
    if symbol[0] == "#":
        return (symbol in known and not ends) if starts else (before != " " and ends)
    if symbol[0] == "|":
        return symbol in known
    if starts:  # "*Median", but not the genotype "*1/*28" and not "* 3"
        return after.isalpha() or not after or symbol in known
    if before.isspace():
        return not after or after in "\n)"
    return ends

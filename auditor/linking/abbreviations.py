"""Abbreviations that the paper defines itself, with the places that define them.

Short and long form are tied as by Schwartz AS, Hearst MA. A simple algorithm for identifying
abbreviation definitions in biomedical text. Pac Symp Biocomput 2003:451-462.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.document import Document
from auditor.finding import Place

_SHORT = r"[A-Za-z0-9][A-Za-z0-9/+.-]{0,11}"
_BRACKETED = re.compile(r"\(([^()]{2,80})\)")
_INVOLVED = re.compile(r"[()\[\]]|\b(?:without|either)\b")
_WINDOW = 160
_SMALL = frozenset(
    ("of", "the", "a", "an", "and", "or", "in", "for", "with", "to", "by", "on", "at")
)
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Definition:
    """One abbreviation as the paper defines it.

    Attributes:
        short: as printed, without a plural s ("STS"). ``long``: the words it stands for.
        place: where it is defined. ``scope``: index of the table whose note defines it, or
            None where the running text or a caption does.
    """

    short: str
    long: str
    place: Place
    scope: int | None = None


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """All definitions of a document, those of the running text first.

    ``by_short``: by their short form; ``pattern`` finds any short form in a text, as group 1.
    """

    definitions: tuple[Definition, ...] = ()
    by_short: Mapping[str, tuple[Definition, ...]] | None = None
    pattern: re.Pattern[str] | None = None

    def of(self, short: str) -> tuple[Definition, ...]:
        """The definitions of a short form; a plural "STSs" is that of "STS"."""
        found = (self.by_short or {}).get(short)
        if found is None and len(short) > 2 and short.endswith("s"):
            found = (self.by_short or {}).get(short[:-1])
        return found or ()

    def long(self, short: str) -> str:
        """The words that a short form stands for, or ""; the plainest definition counts."""
        found = self.of(short)
        return min(found, key=lambda d: bool(_INVOLVED.search(d.long))).long if found else ""


def find_abbreviations(document: Document) -> Abbreviations:
    """Every definition in running text, captions and notes of tables."""
    found: list[Definition] = []
    for section in document.sections:
        if section.kind != "references":
            for paragraph in section.paragraphs:
                text = document.text[paragraph.start : paragraph.end]
                for short, long, start, end in _inline(text):
                    place = Place(
                        document.name,
                        "text",
                        text[start:end],
                        section=section.title or None,
                        start=paragraph.start + start,
                        end=paragraph.start + end,
                    )
                    found.append(Definition(short, long, place))
                if len(text) < 2000 and _opens_list(text):
                    found += _from_list(document.name, text, paragraph.start, None, None)
    for table in document.tables:
        for short, long, start, end in _inline(table.caption):
            place = Place(
                document.name,
                "text",
                table.caption[start:end],
                table=table.label or None,
                table_index=table.index,
                start=table.caption_start or None,
            )
            found.append(Definition(short, long, place, table.index))
        for note in table.footnotes:
            found += _from_list(document.name, note.text, note.start, table.index, table.label)
            for short, long, start, end in _inline(note.text):
                place = Place(
                    document.name,
                    "text",
                    note.text[start:end],
                    table=table.label or None,
                    table_index=table.index,
                )
                found.append(Definition(short, long, place, table.index))
        if _opens_list(table.caption):
            found += _from_list(document.name, table.caption, 0, table.index, table.label)
    return abbreviations(found)


def abbreviations(definitions: Iterable[Definition]) -> Abbreviations:
    """Definitions with their index; those of the running text come first."""
    ordered = sorted(definitions, key=lambda d: d.scope is not None)
    index: dict[str, tuple[Definition, ...]] = {}
    for definition in ordered:
        index[definition.short] = (*index.get(definition.short, ()), definition)
    if not index:
        return Abbreviations()
    # A molecule ("PD-1", "STK11") goes by its short name.
    spelt = [s for s in index if not any(ch.isdigit() for ch in s)]
    either = "|".join(re.escape(short) for short in sorted(spelt, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({either})s?(?!\w|-[A-Z0-9])") if spelt else None
    return Abbreviations(tuple(ordered), index, pattern)


def _opens_list(text: str) -> bool:
    return re.match(r"\W*(?:list of )?abbrev", text, re.IGNORECASE) is not None


def _inline(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Definitions "long (SHORT)" and "SHORT (long)" with their offsets."""
    for match in _BRACKETED.finditer(text):
        inside = match[1].strip()
        before = text[max(0, match.start() - _WINDOW) : match.start()].rstrip()
        head = re.split(r"[,;]|\s(?:or|and)\s", inside)[0].strip()
        if _is_short(head):
            short = _singular(head)
            long = _long_form(short, before)
            if long:
                start = text.translate(_HYPHENS).rfind(long, 0, match.start())
                yield short, long, start if start >= 0 else match.start(), match.end()
            continue
        last = re.search(rf"({_SHORT})$", before)
        if last and _is_short(last[1]) and inside[:1].isalpha() and " " in inside:
            short = _singular(last[1])
            if _long_form(short, inside) == inside:
                yield short, inside, match.start() - len(last[1]), match.end()


def _from_list(
    name: str, text: str, offset: int, table: int | None, label: str | None
) -> Iterator[Definition]:
    """Definitions of a list: "ECOG: Eastern ...; CR, complete response; PR = partial response"."""
    body = re.sub(r"^\W*(?:list of )?abb?re?v\w*\W*", "", text, flags=re.IGNORECASE)
    shift = len(text) - len(body)
    position = 0
    for part in re.split(r"([;.]\s+|;|\.$|,\s+(?=[^,;]{1,12}\s*[:=]))", body):
        match = re.match(
            rf"\s*(?P<short>{_SHORT})\s*(?:[:=,]|\s[–—-]\s?|\s(?=indicates|denotes|means))\s*"
            r"(?:indicates |denotes |means )?(?P<long>[A-Za-z][^;=]{2,90}?)\s*$",
            part,
        )
        if match and _is_short(match["short"]) and _explains(match["short"], match["long"]):
            start = offset + shift + position + match.start("short")
            place = Place(
                name,
                "text",
                part.strip(),
                table=label or None,
                table_index=table,
                start=start if offset else None,
                end=start + len(part.strip()) if offset else None,
            )
            yield Definition(_singular(match["short"]), match["long"].strip(), place, table)
        position += len(part)


def rough_short(text: str) -> bool:
    """Whether a word has the form of an abbreviation: letters with two capitals or more."""
    return _is_short(text) and sum(ch.isupper() for ch in text) >= 2 and text[0].isalpha()


def _is_short(text: str) -> bool:
    """Whether a text has the form of an abbreviation: short, and with two capitals or digits."""
    if not re.fullmatch(_SHORT, text) or " " in text:
        return False
    capitals = sum(ch.isupper() for ch in text)
    letters = sum(ch.isalpha() for ch in text)
    if re.fullmatch(r"[IVX]+|[A-Z]?\d+(?:\.\d+)?|\d+[a-z]?", text):
        return False
    return letters >= 2 and (capitals >= 2 or (capitals >= 1 and len(text) <= 5 and "-" in text))


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short.endswith("s") and short[-2].isupper() else short


def _explains(short: str, long: str) -> bool:
    """Whether the words of a list are the long form: its letters stand in them in order."""
    return bool(_long_form(short, long)) or _initials(short, long)


def _initials(short: str, long: str) -> bool:
    letters = [w[0].lower() for w in re.findall(r"[A-Za-z]+", long)]
    wanted = [ch.lower() for ch in short if ch.isalpha()]
    return bool(letters) and sum(ch in letters for ch in wanted) >= max(1, len(wanted) - 1)


def _long_form(short: str, before: str) -> str:
    """The shortest end of ``before`` that holds the letters of ``short`` in order, or "".

    The first letter of the short form must begin a word.
    """
    letters = [ch.lower() for ch in short if ch.isalnum()]
    before = before.translate(_HYPHENS)
    words = before.split()
    most = min(len(letters) + 5, 2 * len(letters))
    text = " ".join(words[-most:])
    i, j = len(text) - 1, len(letters) - 1
    while j >= 0:
        while i >= 0 and not (
            text[i].lower() == letters[j] and (j > 0 or i == 0 or not text[i - 1].isalnum())
        ):
            i -= 1
        if i < 0:
            return _permuted(short, text)
        i -= 1
        j -= 1
    start = i + 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    return _sound(short, text[start:], most) or _permuted(short, text)


def _sound(short: str, text: str, most: int) -> str:
    """A long form without what does not belong to it, or "" where it cannot be one."""
    long = re.sub(r"\s+(?:with|and|or|of|the|in|for)$", "", text.strip(" ,;:-"))
    if long.startswith("(") and ")" not in long:
        long = long[1:]
    inside = [w.casefold() for w in re.findall(r"[\w-]+", long)]
    if len(long) <= len(short) or short.casefold() in inside or not inside:
        return ""
    if inside[0] in _SMALL or re.search(r"[.;:]\s", long) or len(long.split()) > most:
        return ""
    letters = [ch for ch in short.casefold() if ch.isalpha()]
    initials = {w[0] for part in inside for w in part.split("-") if w}
    if len(inside) > 1 and 2 * sum(ch in initials for ch in letters) < len(letters):
        return ""
    return long


def _permuted(short: str, text: str) -> str:
    """The last words where their initials are the letters of ``short`` in another order ("CRc"
    is a composite complete remission)."""
    letters = sorted(ch.casefold() for ch in short if ch.isalpha())
    words = text.split()[-len(letters) :]
    capital = short.isupper() or re.fullmatch(r"[A-Z]{2,}[a-z]", short)
    if len(letters) < 3 or not capital or any(not w[0].isalpha() for w in words):
        return ""
    if sorted(w[0].casefold() for w in words) != letters or any(w[-1] in ",;." for w in words):
        return ""
    return " ".join(words)

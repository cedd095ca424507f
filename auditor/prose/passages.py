"""Passages: paragraphs of running text as a reader means them, also where the page cuts them.

Markup is resolved and white space folded; broken sentences and words are joined. Every
character knows where in the document it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.document import Document, Paragraph, Section, Table
from auditor.statement import Source

_ENDS = re.compile(r"[.!?:][\"'”’)\]*_]*(?:\s*(?:\[[\d,\s–-]+\]|\^\{?[\d,–-]+\}?))?\s*\Z")
_ABBREVIATED = re.compile(r"\b(?:vs|i\.e|e\.g|et al|Figs?|Tab|ca|No|approx|resp|St|Dr)\.\s*\Z")
_BROKEN = re.compile(r"(?<=\w)[-–][ \t]*(?:\r\n|\r|\n|\Z)")
_SHARED = frozenset(("and", "or", "to", "versus", "vs"))
"""Words before which a hyphen at the end of a line stays apart: "first- or second-line"."""

_ITEM = re.compile(r"[-•*–]\s|\(?(?:\d{1,2}|[a-hivx]{1,4})[).]\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST_WORD = 40
_DIGITS = re.compile(r"\d+")
_KEY_WORDS = re.compile(r"\W*key ?words?\W*[:.–—-]", re.IGNORECASE)
_FEWEST_WORDS = 4
_LONGEST_SUBTITLE = 9
_FURNITURE = 3
"""So often a short line is repeated that it must be the head or foot of pages."""

_LONGEST_FURNITURE = 12
_ASIDE = re.compile(
    r"acknowledge?ments?|(?:source of |role of the )?fund(?:ing|er)\b.*|financial .*|grant .*"
    r"|(?:data|code|material).* (?:availability|sharing).*|availability of .*"
    r"|(?:conflicts?|declarations?) of .*|declarations?|(?:potential )?competing interests?"
    r"|disclosures?(?: .*)?|conflicts? of interests?.*"
    r"|author.*(?:contribution|information|detail|note)s?|contribut(?:ors?|ions?)"
    r"|(?:supplementary|supporting|supplemental|additional) "
    r"(?:materials?|information|files?|data).*|abbreviations(?: used)?|key ?words"
    r"|ethic(?:s|al).*|(?:informed )?consent.*|figure legends?|tables?|figures?|notes?"
    r"|pre-?publication history|open access|copyright.*|licen[cs]e.*|correspondence.*"
    r"|references?|trial registration.*|(?:clinical )?registration|provenance.*|orcid.*",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+)[.):]?\s+")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_NARROW = frozenset("\u00a0\u2005\u2006\u2007\u2008\u2009\u200a\u202f")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, legend, caption or note.

    Attributes:
        text: what is shown; ``offsets``: of each character its position in the document.
        section: kind of the section; ``title``, ``path``, ``source``, ``table``: see
            ``auditor.statement.Sentence``.
    """

    text: str
    offsets: tuple[int, ...]
    section: str
    title: str
    path: tuple[str, ...]
    source: Source = Source.PARAGRAPH
    table: int | None = None


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of ``document`` in reading order.

    References, author contributions, funding and the like are left out, as is what stands
    before the first section of a text file.
    """
    words = _words(document)
    found = [*_running(document, words), *_of_tables(document, words)]
    return tuple(sorted((p for p in found if p.text), key=lambda p: p.offsets[0]))


def _running(document: Document, words: Counter[str]) -> Iterator[Passage]:
    furniture = _furniture(document)
    path: list[tuple[int, str]] = []
    aside: int | None = None  # level of the section that is left out with all below it
    for i, section in enumerate(document.sections):
        while path and path[-1][0] >= section.level:
            path.pop()
        path.append((section.level, section.title))
        if aside is not None and section.level > aside:
            continue
        aside = None
        if section.kind == "references" or _is_aside(section):
            aside = section.level
            continue
        if i == 0 and not section.title and section.kind == "other" and len(document.sections) > 1:
            continue
        titles = tuple(title for _, title in path if title)
        figure = _is_figure(section)
        kind = "results" if figure else section.kind
        source = Source.FIGURE if figure else Source.PARAGRAPH
        subtitle = ""
        groups = paragraph_groups(document, section, furniture)
        for number, group in enumerate(groups):
            after = groups[number + 1] if number + 1 < len(groups) else ()
            text, offsets = joined_text(document, group, words)
            if after and not figure and _is_subtitle(document, text, group, after):
                subtitle = text
            elif not _KEY_WORDS.match(text):
                path_here = (*titles, subtitle) if subtitle else titles
                yield Passage(text, offsets, kind, subtitle or section.title, path_here, source)


def _of_tables(document: Document, words: Counter[str]) -> Iterator[Passage]:
    for table in document.tables:
        caption = _caption(document, table)
        for source, part in (
            (Source.CAPTION, caption),
            *((Source.FOOTNOTE, Paragraph(note.start, note.end)) for note in table.footnotes),
        ):
            if part is None or part.start >= part.end:
                continue
            text, offsets = joined_text(document, (part,), words)
            yield Passage(text, offsets, "results", table.name, (table.name,), source, table.index)


def _caption(document: Document, table: Table) -> Paragraph | None:
    """Where the caption stands: its words may differ from the raw text by markup alone."""
    if not table.caption:
        return None
    start = table.caption_start
    stop = min((c.start for row in table.grid for c in row if c.start > start), default=None)
    end = start + len(table.caption)
    if document.text[start:end] != table.caption:
        block = document.text.find("\n\n", start)
        ends = [e for e in (block, stop) if e is not None and e > start]
        end = min(ends, default=len(document.text))
    return Paragraph(start, end)


def _is_subtitle(
    document: Document, text: str, group: Sequence[Paragraph], after: Sequence[Paragraph]
) -> bool:
    """Whether a paragraph of a text file is a heading without number or mark-up."""
    if document.kind == "jats" or len(group) > 1 or not _is_short(text):
        return False
    follows = document.text[after[0].start : after[0].end]
    return not _is_short(follows) and follows[:1].upper() == follows[:1]


def _is_short(text: str) -> bool:
    """Whether a paragraph is as short as a heading, and ends without a stop."""
    return (
        text[:1].isupper()
        and text[-1] not in ".,;:?!)"
        and len(text.split()) <= _LONGEST_SUBTITLE
        and not any(ch in "=%<>\n\t" for ch in text)
    )


def _is_aside(section: Section) -> bool:
    title = " ".join(section.title.split()).strip(" .:*_#")
    return section.kind == "other" and bool(_ASIDE.fullmatch(_NUMBERING.sub("", title)))


def _is_figure(section: Section) -> bool:
    return section.kind == "other" and bool(
        re.match(r"(?:supplementa\w+ )?(?:fig(?:ure)?s?\b|scheme\b)", section.title, re.IGNORECASE)
    )


def paragraph_groups(
    document: Document, section: Section, furniture: frozenset[str] = frozenset()
) -> tuple[tuple[Paragraph, ...], ...]:
    """The paragraphs of ``section``; pieces of one sentence that was broken stand together.

    In a text file a page break, a figure or a table may part a sentence: a piece goes on in
    the next one where it does not end as a sentence does. In JATS paragraphs are whole, but
    for those that end within a bracket or enumeration.
    """
    goes_on = _goes_on_in_jats if document.kind == "jats" else _goes_on
    groups: list[list[Paragraph]] = []
    for paragraph in section.paragraphs:
        if _key(document, paragraph) in furniture:
            continue
        if groups and goes_on(document.text, groups[-1][-1], paragraph):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return tuple(map(tuple, groups))


def joined_text(
    document: Document, group: Sequence[Paragraph], words: Counter[str]
) -> tuple[str, tuple[int, ...]]:
    """The paragraphs of a group as one text, with the offset of every character.

    Of text files tags, entities, LaTeX and emphasis are resolved; a word that was hyphenated
    at the end of a line is one word again, where ``words`` (of the document, lower case) do
    not know it with its hyphen.
    """
    from auditor.readers.remnants import plain_text

    pieces: list[tuple[str, int]] = []
    for paragraph in group:
        raw = document.text[paragraph.start : paragraph.end]
        if pieces:
            pieces.append(("\n", pieces[-1][1]))
        if document.kind == "jats":
            pieces.extend(zip(raw, range(paragraph.start, paragraph.end), strict=True))
        else:
            shown, places = plain_text(raw)
            pieces.extend((ch, paragraph.start + at) for ch, at in zip(shown, places, strict=True))
    if document.kind != "jats":
        pieces = _mended(pieces, words)
    return _folded(pieces)


def _mended(pieces: list[tuple[str, int]], words: Counter[str]) -> list[tuple[str, int]]:
    """Words that are broken at the end of a line made whole."""
    text = "".join(ch for ch, _ in pieces)
    result: list[tuple[str, int]] = []
    at = 0
    for match in _BROKEN.finditer(text):
        begin = match.end()
        while begin < len(text) and text[begin].isspace():
            begin += 1
        second = _WORD.match(text, begin)
        if begin == len(text) or (second and second[0].lower() in _SHARED):
            continue
        keep = True
        first = _LAST_WORD.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        if first and second and second[0][0].islower() and match[0][0] == "-":
            keep = _keeps_hyphen(first[0].lower(), second[0].lower(), words)
        result += pieces[at : match.start() + keep]
        at = begin
    result += pieces[at:]
    return result


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether "first-second" is a word with a hyphen: the document's own words decide."""
    head = second.partition("-")[0]
    hyphenated, whole = words[f"{first}-{head}"], words[first + head]
    if hyphenated != whole:
        return hyphenated > whole
    return head in ("up", "to", "free", "line", "related", "based", "label", "cell", "arm")


def _folded(pieces: Sequence[tuple[str, int]]) -> tuple[str, tuple[int, ...]]:
    """White space folded; a narrow blank between digits stays, since it may join thousands."""
    characters: list[str] = []
    offsets: list[int] = []
    shown = [(ch, at) for ch, at in pieces if ch not in _INVISIBLE]
    for i, (ch, at) in enumerate(shown):
        if ch.isspace():
            joins = (
                ch in _NARROW
                and 0 < i < len(shown) - 1
                and shown[i - 1][0].isdigit()
                and shown[i + 1][0].isdigit()
            )
            if not joins:
                if characters and characters[-1] != " ":
                    characters.append(" ")
                    offsets.append(at)
                continue
        characters.append(ch)
        offsets.append(at)
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return "".join(characters), tuple(offsets)


def _words(document: Document) -> Counter[str]:
    """How often each word, with its hyphens, stands in the document."""
    words: Counter[str] = Counter()
    for match in _WORD.finditer(document.text.lower()):
        words[match[0]] += 1
        parts = match[0].split("-")
        for one, other in zip(parts, parts[1:], strict=False):
            if len(parts) > 2:
                words[f"{one}-{other}"] += 1
    return words


def _goes_on(text: str, before: Paragraph, after: Paragraph) -> bool:
    left = text[max(before.start, before.end - 200) : before.end]
    right = text[after.start : after.start + 20]
    first = right[:1]
    if _ENDS.search(left):
        return first.islower() and bool(_ABBREVIATED.search(left))
    if _BROKEN.search(left):
        return first.isalnum()
    if _ITEM.match(right):
        return False
    if first.islower() or first in "(,;":
        return True
    if left.rstrip()[-1:] == ";":
        return first.isdigit()
    if first.isupper() and _is_short(text[before.start : before.end].strip()):
        return False
    return len(left.split()) >= _FEWEST_WORDS and (first.isalnum() or first == "$")


def _goes_on_in_jats(text: str, before: Paragraph, after: Paragraph) -> bool:
    return text[before.end - 1] in "(=,–" and text[after.start].islower()


def _furniture(document: Document) -> frozenset[str]:
    """Heads, feet and numbers of pages, without their digits: short lines that come again."""
    if document.kind == "jats":
        return frozenset()
    keys = Counter(_key(document, p) for s in document.sections for p in s.paragraphs)
    return frozenset(
        key
        for key, times in keys.items()
        if not key
        or (times >= _FURNITURE and key != "..." and len(key.split()) <= _LONGEST_FURNITURE)
    )


def _key(document: Document, paragraph: Paragraph) -> str:
    if paragraph.end - paragraph.start > 200:
        return "..."  # longer than the head of any page
    return _DIGITS.sub("", document.text[paragraph.start : paragraph.end]).strip(" .|-–")

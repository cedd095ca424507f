"""Fractions of the running text that carry their own denominator: "82% (36/44)".

Only statements that can be judged alone are read here: count, denominator and percentage
stand together, so that nothing has to be linked to a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.document import Document, Paragraph, Section
from auditor.extraction.fits import Fit, fit
from auditor.extraction.lexicon import says
from auditor.finding import Place
from auditor.printed import PrintedNumber, parse_number

_N = r"\d{1,3}(?:[,\u2009\u202f]\d{3})+|\d+"
_P = r"(?:[<>≤≥]\s?)?\d+(?:[.·,]\d+)?\s?%"
_PATIENTS = (
    r"(?:\s+(?:evaluable|eligible|treated|enrolled|assessable|randomi[sz]ed|female|male))*"
    r"\s+(?:patients|subjects|participants|cases|women|men|tumou?rs|samples)"
)
_OF = r"\s+(?:out\s+)?of\s+(?:the\s+|these\s+|all\s+|those\s+)?"
_PATTERNS = (
    # 36/44 (82%), 36 of 44 patients (82%), 36 out of 44 [82%]
    re.compile(
        rf"(?<![\w./,·–-])(?P<n>{_N})(?:\s?/\s?|{_OF})(?P<d>{_N})(?:{_PATIENTS})?,?\s*"
        rf"[(\[](?P<p>{_P})(?=\s*[)\],;])"
    ),
    # 82% (36/44), 82% (36 of 44 patients)
    re.compile(
        rf"(?<![\w./·–-])(?P<p>{_P})\s*[(\[](?P<n>{_N})(?:\s?/\s?|{_OF})(?P<d>{_N})"
        rf"(?:{_PATIENTS})?\s*[)\],;]"
    ),
)
_SPLIT = re.compile(
    # 36 (82%) of 44 patients, 4 [3%] of 254
    rf"(?<![\w./,·–-])(?P<n>{_N})\s*[(\[](?P<p>{_P})[)\]]{_OF}(?P<d>{_N})(?![\w/%.,]*\d|\s?%|\s*[(\[]\s*\d)"
)


_SCALE = 6
"""Up to this "a/b" is as likely a grade or a score as a fraction of patients."""


@dataclass(frozen=True, slots=True)
class TextFraction:
    """A count, its denominator and its percentage, as the text prints them together.

    ``split`` marks the form "36 (82%) of 44", in which the percentage may be of somebody else.
    ``ids`` are those of the claims of the statement that reads the same numbers, where one does.
    """

    numbers: tuple[PrintedNumber, PrintedNumber, PrintedNumber]
    count: int
    denominator: int
    percent: PrintedNumber
    split: bool
    section: str
    place: Place
    ids: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims: count, denominator and percentage."""
        return self.ids or tuple(f"X{self.place.start}.N{i}" for i in range(3))


def text_fractions(document: Document) -> tuple[TextFraction, ...]:
    """Every self-contained fraction of the running text, references left out."""
    found: dict[tuple[int, int], TextFraction] = {}
    for section, paragraph in _paragraphs(document):
        for pattern in (*_PATTERNS, _SPLIT):
            text = document.text[paragraph.start : paragraph.end]
            for match in pattern.finditer(text):
                if _no_fraction(text, match):
                    continue
                fraction = _fraction(document, section, paragraph, match, split=pattern is _SPLIT)
                if fraction is not None:
                    key = (fraction.place.start or 0, fraction.place.end or 0)
                    found.setdefault(key, fraction)
    return tuple(found[key] for key in sorted(found))


def _no_fraction(text: str, match: re.Match[str]) -> bool:
    """Whether "3/4 (38%)" is a scale ("grade 3/4"), or "≥50% (12/31)" states a threshold."""
    before = text[max(0, match.start() - 40) : match.start()]
    slash = "/" in text[match.end("n") : match.start("d")]
    if match.start("p") < match.start("n"):
        return says("text", "threshold", before)
    if not slash:
        return False
    digits = re.sub(r"\D", "", match["d"]).lstrip("0")
    return (len(digits) < 4 and int(digits or "0") <= _SCALE) or says("text", "scale", before)


def _paragraphs(document: Document) -> Iterator[tuple[Section, Paragraph]]:
    for section in document.sections:
        if section.kind != "references":
            for paragraph in section.paragraphs:
                yield section, paragraph


def _fraction(
    document: Document, section: Section, paragraph: Paragraph, match: re.Match[str], *, split: bool
) -> TextFraction | None:
    numbers = [parse_number(match[group].strip()) for group in ("n", "d", "p")]
    n, d, percent = numbers
    if n is None or d is None or percent is None:
        return None
    count, denominator = n.integer, d.integer
    if count is None or not denominator or count > denominator or not percent.percent:
        return None
    start, end = paragraph.start + match.start(), paragraph.start + match.end()
    closing = document.text[end : end + 1]
    end += closing in ")]"
    place = Place(
        input=document.name,
        kind="text",
        quote=document.text[start:end],
        section=section.title or None,
        start=start,
        end=end,
    )
    first = match.start("p") < match.start("n")
    if first and percent.relation != "=" and fit(count, denominator, percent) is Fit.MISFIT:
        # ">=50% (12/31 patients)" states a threshold and no rate.
        return None
    return TextFraction((n, d, percent), count, denominator, percent, split, section.kind, place)

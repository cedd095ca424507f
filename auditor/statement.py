"""Statements: the numbers of the running text, with the words that say what and of whom.

A statement is one printed quantity ("82% (36/44)", "5.4 months (95% CI: 4.1-6.8)") with the
phrases of its sentence that name it. What the phrases mean is decided later: see
``auditor.topic``. All offsets are positions in ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.finding import Place
from auditor.printed import PrintedNumber


class Kind(StrEnum):
    """What kind of quantity a statement prints.

    COUNT: patients or events, with or without a percentage. PERCENT: a share alone. SURVIVAL:
    a share at a time ("the 6-month PFS rate was 54%"). VALUE: a number with a unit whose
    statistic is not said. RATIO: hazard, odds or risk ratio.
    """

    COUNT = "count"
    PERCENT = "percent"
    MEDIAN = "median"
    MEAN = "mean"
    SURVIVAL = "survival"
    RATIO = "ratio"
    P_VALUE = "p-value"
    RANGE = "range"
    VALUE = "value"


class Origin(StrEnum):
    """Whose number it is. PLANNED: an assumption, a sample size, a threshold, a protocol."""

    OWN = "own"
    CITED = "cited"
    PLANNED = "planned"
    UNCLEAR = "unclear"


class Source(StrEnum):
    """Where a sentence stands, beside the kind of its section."""

    PARAGRAPH = "paragraph"
    FIGURE = "figure legend"
    CAPTION = "table caption"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the text, ``Document.text[start:end]`` but for folded white space."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of running text, also where a page break or a table cuts it in two.

    Attributes:
        index: 0-based over the document.
        passage: number of the paragraph (joined where it was cut), legend or note.
        text: with white space folded and broken words mended ("diar-\\nrhea" is "diarrhea").
        offsets: for each character of ``text`` its position in ``Document.text``.
        section: kind of its section (see ``document.Section.kind``); ``title``: its title;
            ``path``: titles from the outermost section down.
        source: paragraph, figure legend, table caption or footnote.
        table: index of the table whose caption or footnote it is, or None.
        origin: whose numbers it states as a whole; ``why`` names the words that say so.
        citations: spans of ``text`` that cite other work ("[6, 8-10]", "^12", "(Roe, 2010)"):
            the numbers in them are no data.
        pointers: spans that name a table, figure or section ("Table 2", "Figs 3 and 4").
        tables: indices of the tables that the pointers name.
        clauses: (start, end, origin) of its parts in ``text`` where they differ in origin.
    """

    index: int
    passage: int
    text: str
    offsets: tuple[int, ...]
    section: str = "results"
    title: str = ""
    path: tuple[str, ...] = ()
    source: Source = Source.PARAGRAPH
    table: int | None = None
    origin: Origin = Origin.OWN
    why: str = ""
    citations: tuple[tuple[int, int], ...] = ()
    pointers: tuple[tuple[int, int], ...] = ()
    tables: tuple[int, ...] = ()
    clauses: tuple[tuple[int, int, Origin], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in ``Document.text`` of ``text[start:end]``, which is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def phrase(self, start: int, end: int) -> Phrase:
        """The words ``text[start:end]`` with their place in the document."""
        return Phrase(self.text[start:end], *self.span(start, end))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower and upper of an interval: ``of`` is "95% CI", "range", "IQR", or "" if unsaid."""

    of: str
    lower: PrintedNumber
    upper: PrintedNumber


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed quantity of the running text.

    Attributes:
        id: stable while the words around it stay (never a position alone).
        kind: see ``Kind``.
        value: the leading number: the count of a COUNT, the percentage of a PERCENT or
            SURVIVAL, the statistic itself of the others. ``start`` and ``end`` of every number
            here are positions in the document. "None" and "no" are 0, "all" is no number.
        count, denominator, percent: of "36/44 (82%)", where printed.
        bounds: confidence interval, range, quartiles, in printed order.
        p_value: printed with it, or for the comparison it belongs to.
        unit: "months", "years", "%", "mg", ... or "".
        ratio: "HR", "OR", "RR" of a RATIO, else "".
        at: time of a SURVIVAL (or of a response "at 6 months") and its unit.
        what: phrases that name what is stated, the nearest first ("ORR"; "received
            chemotherapy"; "hypertension"; "median OS").
        whom: phrases of its clause that restrict of whom ("in the anlotinib-alone group",
            "of the 44 patients", "in STS"), the nearest first.
        setting: phrases that hold for the whole sentence, in front of the clause ("Among
            patients with osteosarcoma", "For patients in the two groups").
        series: number of the list that the statement is a member of, unique in the document,
            or None: "6 PR, 16 SD and 9 PD" is one series of three, "6% versus 38%" one of two.
        item: position in its series, from 0.
        versus: whether the members of the series are set against each other (arms, groups).
        respectively: whether "respectively" pairs the series with another list.
        quantifier: "only", "all", "none", "both", "at least", "more than", "about", ... or "".
        sentence: ``Sentence.index``.
        origin: own, cited, planned or unclear; ``why`` in words.
        place: quote and offsets of the printed quantity, its section.
        order_open: whether the sides of a comparison may be listed in either order ("A had a
            higher ORR than B (6% versus 38%)").
        whole: id of the statement that introduces the list of which this one is a member
            ("44 patients, including 13 with X and 31 with Y"), or "".
        exhaustive: whether the words promise that the list has all parts of its whole.
        spread: standard deviation or error printed behind a mean.
    """

    id: str
    kind: Kind
    value: PrintedNumber
    place: Place
    sentence: int
    count: PrintedNumber | None = None
    denominator: PrintedNumber | None = None
    percent: PrintedNumber | None = None
    bounds: tuple[Bounds, ...] = ()
    p_value: PrintedNumber | None = None
    unit: str = ""
    ratio: str = ""
    at: tuple[PrintedNumber, str] | None = None
    what: tuple[Phrase, ...] = ()
    whom: tuple[Phrase, ...] = ()
    setting: tuple[Phrase, ...] = ()
    series: int | None = None
    item: int = 0
    versus: bool = False
    respectively: bool = False
    quantifier: str = ""
    origin: Origin = Origin.OWN
    why: str = ""
    order_open: bool = False
    whole: str = ""
    exhaustive: bool = False
    spread: PrintedNumber | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text as read: sentences in reading order, statements in reading order."""

    sentences: tuple[Sentence, ...] = ()
    statements: tuple[Statement, ...] = ()

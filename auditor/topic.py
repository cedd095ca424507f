"""Topics: what a number is about, whether it stands in a cell or in a sentence.

Labels of tables and phrases of the text are read by one and the same function into a
``Topic``; two numbers speak of the same thing when their topics are equal and nothing of
either was left over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.claims import Measure
from auditor.finding import Place
from auditor.printed import PrintedNumber


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A group of patients that the document's own tables name.

    Attributes:
        dimension: what it is a value of: the terms of one dimension exclude each other
            (the arms of a trial; the rows of a partition such as lines of treatment). Equal
            labels in several tables are one term.
        key: the label, normalised; unique within its dimension.
        label: as printed first.
    """

    dimension: str
    key: str
    label: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a number is about.

    Attributes:
        concept: key of the lexicon ("ORR", "BOR=CR", "PFS", "OS", "AE", "age", "N"), or
            ``row:`` and the normalised path of a row of the document's own tables
            ("row:recurrence>yes"), or "".
        terms: who is counted; at most one of a dimension, none: everybody.
        grades: least and greatest grade of adverse events, or None.
        at: time of a survival at a time in months, or None.
        modifiers: normalised words that change the quantity but are no group of patients:
            "confirmed", "independent review", "treatment related", "serious", "investigator".
        residue: content words that were not understood. They may restrict who is counted or
            change what is stated: with any left, two topics may only look the same.
    """

    concept: str = ""
    terms: frozenset[Term] = frozenset()
    grades: tuple[int, int] | None = None
    at: float | None = None
    modifiers: frozenset[str] = frozenset()
    residue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that a cell of a table states, with what it is about.

    Attributes:
        claim: id of the claim; ``place``: of the cell.
        measure: count, percent, median, mean, ...; ``of`` as in ``Quantity.of``.
        printed: the number. ``n``: number of patients of its population, where known.
        topic: read from row, headings, column header and caption.
        additive: whether it may be added over the columns: a count in columns that exclude
            each other.
    """

    claim: str
    place: Place
    measure: Measure
    printed: PrintedNumber
    topic: Topic
    of: str = ""
    unit: str = ""
    n: int | None = None
    additive: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A statement tied to what a table says of the same patients.

    Attributes:
        statement: id; ``part``: which of its numbers ("count", "percent", "value", "lower",
            "upper", "denominator").
        facts: one, or several that add up (``operation`` "same" or "sum").
        shows: what the table says, as a reader would print it ("29 = 8 + 21").
        agrees: whether the printed number is what the table says under some rounding.
        confidence: probability that statement and cells speak of the same thing (0-1).
        evidence: reasons in words, the strongest first.
        certain: whether the gate for accusing is passed: explicit labels and enough anchors.
        last_digit: whether it agrees only but for one unit of the last digit, or truncated.
        doubt: words of the text that alone keep it from being certain ("local"), or "".
    """

    statement: str
    part: str
    facts: tuple[Fact, ...]
    operation: str
    shows: str
    agrees: bool
    confidence: float
    evidence: tuple[str, ...] = ()
    certain: bool = False
    last_digit: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """Two statements of the text that speak of the same thing.

    Attributes:
        one, other: their ids in reading order; ``part``: the number compared, as in ``Link``.
        agrees: whether both numbers are right under some rounding, unit or direction.
        confidence, evidence, certain, last_digit: as in ``Link``.
    """

    one: str
    other: str
    part: str
    agrees: bool
    confidence: float
    evidence: tuple[str, ...] = ()
    certain: bool = False
    last_digit: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """What is known of each statement.

    Attributes:
        topics: by id of statement.
        facts: of all tables.
        links: the best link of each part of each statement; ``alternatives``: the others worth
            a look, the best first, by (statement, part).
        twins: pairs of statements.
        people: how many patients each population has, by its terms, with the places that say so.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    alternatives: dict[tuple[str, str], tuple[Link, ...]] = field(default_factory=dict)
    twins: tuple[Twin, ...] = ()
    people: dict[frozenset[Term], tuple[Fact, ...]] = field(default_factory=dict)

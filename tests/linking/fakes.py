"""A tiny world to tie together: words that mean something, cells, sentences, statements."""

from __future__ import annotations

from auditor.claims import Measure
from auditor.document import Document, Table
from auditor.finding import Place
from auditor.printed import PrintedNumber, parse_number
from auditor.statement import Bounds, Kind, Origin, Phrase, Prose, Sentence, Statement
from auditor.topic import Fact, Term, Topic

ALONE, PLUS = Term("arm", "alone"), Term("arm", "plus")
THYMOMA, CARCINOMA = Term("disease", "thymoma"), Term("disease", "carcinoma")
_TERMS = {"alone": ALONE, "combination": PLUS, "thymoma": THYMOMA, "carcinoma": CARCINOMA}
_CONCEPTS = {
    "ORR": "ORR",
    "DCR": "DCR",
    "recurrence": "row:recurrence>yes",
    "surgery": "row:surgery>yes",
    "metastasis": "row:metastasis",
    "rash": "AE:rash",
    "PFS": "PFS",
}
_KNOWN = {"in", "the", "group", "and", "patients", "with", "both", "groups", "of", "all", "had"}


def read(text: str, role: str) -> Topic:
    """Words to a topic as the real reader does, with a vocabulary of a dozen words."""
    del role
    words = text.replace("-", " ").split()
    concepts = [_CONCEPTS[w] for w in words if w in _CONCEPTS]
    terms: dict[str, Term] = {}
    for word in words:
        if word in _TERMS:
            terms.setdefault(_TERMS[word].dimension, _TERMS[word])
    left = tuple(
        w
        for w in words
        if w not in _CONCEPTS and w not in _TERMS and w not in _KNOWN and not w.isdigit()
    )
    return Topic(concepts[0] if concepts else "", frozenset(terms.values()), residue=left)


def number(text: str) -> PrintedNumber:
    printed = parse_number(text)
    assert printed is not None
    return printed


def phrases(*texts: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(text, 1000, 1000 + len(text)) for text in texts)


def statement(
    name: str,
    kind: Kind,
    value: str,
    what: str = "",
    whom: str = "",
    *,
    setting: str = "",
    sentence: int = 0,
    count: str = "",
    denominator: str = "",
    percent: str = "",
    unit: str = "",
    bounds: tuple[Bounds, ...] = (),
    series: int | None = None,
    item: int = 0,
    versus: bool = False,
    quantifier: str = "",
    origin: Origin = Origin.OWN,
) -> Statement:
    return Statement(
        name,
        kind,
        number(value),
        Place("paper", "text", value),
        sentence,
        count=number(count) if count else None,
        denominator=number(denominator) if denominator else None,
        percent=number(percent) if percent else None,
        unit=unit,
        bounds=bounds,
        what=phrases(*([what] if what else [])),
        whom=phrases(*([whom] if whom else [])),
        setting=phrases(*([setting] if setting else [])),
        series=series,
        item=item,
        versus=versus,
        quantifier=quantifier,
        origin=origin,
    )


def sentence(
    index: int, text: str = "", passage: int = 0, section: str = "results", title: str = ""
) -> Sentence:
    path = (title,) if title else ()
    return Sentence(index, passage, text, tuple(range(len(text))), section, title, path)


def cell(
    row: int,
    concept: str,
    terms: tuple[Term, ...] = (),
    *,
    count: str = "",
    percent: str = "",
    median: str = "",
    lower: str = "",
    upper: str = "",
    n: int | None = None,
    table: int = 0,
    column: int = 1,
    grades: tuple[int, int] | None = None,
    residue: tuple[str, ...] = (),
    modifiers: frozenset[str] = frozenset(),
    label: str = "",
) -> list[Fact]:
    topic = Topic(concept, frozenset(terms), grades, None, modifiers, residue)
    place = Place(
        "paper",
        "cell",
        count or percent or median,
        table=f"Table {table + 1}",
        table_index=table,
        row=row,
        column=column,
        row_label=label or concept,
        column_label=" ".join(t.key for t in terms),
    )
    printed = {
        Measure.COUNT: count,
        Measure.PERCENT: percent,
        Measure.MEDIAN: median,
        Measure.LOWER: lower,
        Measure.UPPER: upper,
    }
    return [
        Fact(f"{table}.{row}.{column}.{m}", place, m, number(t), topic, n=n, additive=bool(count))
        for m, t in printed.items()
        if t
    ]


def document(tables: int = 1) -> Document:
    return Document(
        "paper",
        "text",
        "",
        tables=tuple(Table(i, f"Table {i + 1}", "", (), 0) for i in range(tables)),
    )


def prose(sentences: list[Sentence], statements: list[Statement]) -> Prose:
    return Prose(tuple(sentences), tuple(statements))

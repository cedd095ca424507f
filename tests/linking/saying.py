"""Small statements for tests: a sentence is words with the numbers marked ``{kind:...}``."""

from __future__ import annotations

from dataclasses import replace

from auditor.finding import Place
from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Bounds, Kind, Origin, Phrase, Prose, Sentence, Source, Statement
from auditor.topic import Term, Topic

_UNITS = {Kind.MEDIAN: "months", Kind.VALUE: "months", Kind.PERCENT: "%", Kind.SURVIVAL: "%"}


def printed(text: str) -> PrintedNumber:
    """The first number of the text."""
    return scan_numbers(text)[0]


def say(
    kind: Kind,
    value: str,
    *,
    what: str = "",
    whom: str = "",
    unit: str | None = None,
    ratio: str = "",
    ci: tuple[str, str] | None = None,
    p: str = "",
    percent: str = "",
    of: str = "",
    series: int | None = None,
    item: int = 0,
    quantifier: str = "",
    origin: Origin = Origin.OWN,
) -> Statement:
    """A statement without a place; ``paper`` gives it one."""
    return Statement(
        id="",
        kind=kind,
        value=printed(value),
        place=Place("p", "text", value),
        sentence=0,
        denominator=printed(of) if of else None,
        percent=printed(percent) if percent else None,
        bounds=(Bounds("95% CI", printed(ci[0]), printed(ci[1])),) if ci else (),
        p_value=printed(p) if p else None,
        unit=_UNITS.get(kind, "") if unit is None else unit,
        ratio=ratio,
        what=(Phrase(what, 0, 1),) if what else (),
        whom=(Phrase(whom, 0, 1),) if whom else (),
        series=series,
        item=item,
        quantifier=quantifier,
        origin=origin,
    )


def paper(*sentences: tuple[str, list[Statement]]) -> Prose:
    """Prose of one sentence a passage: ``("abstract", [...])``; "figure" is a legend."""
    made: list[Sentence] = []
    statements: list[Statement] = []
    for index, (section, members) in enumerate(sentences):
        source = Source.FIGURE if section == "figure" else Source.PARAGRAPH
        kind = "results" if section == "figure" else section
        made.append(Sentence(index, index, "", (), section=kind, source=source))
        statements += [
            replace(_moved(s, 1000 * index + 20 * n), id=f"{index}.{n}", sentence=index)
            for n, s in enumerate(members)
        ]
    return Prose(tuple(made), tuple(statements))


def _moved(statement: Statement, start: int) -> Statement:
    """The statement with its numbers one behind the other from this position on."""
    at = iter(range(start, start + 20, 2))

    def put(number: PrintedNumber | None) -> PrintedNumber | None:
        return None if number is None else _put(number, next(at))

    return replace(
        statement,
        value=_put(statement.value, next(at)),
        denominator=put(statement.denominator),
        percent=put(statement.percent),
        bounds=tuple(
            replace(b, lower=_put(b.lower, next(at)), upper=_put(b.upper, next(at)))
            for b in statement.bounds
        ),
        p_value=put(statement.p_value),
    )


def _put(number: PrintedNumber, start: int) -> PrintedNumber:
    return replace(number, start=start, end=start + 1)


def about(prose: Prose, *, residue: tuple[str, ...] = ()) -> dict[str, Topic]:
    """Topics by simple words: the first phrase is the concept, the second the arm."""
    return {
        s.id: Topic(
            concept=s.what[0].text if s.what else "",
            terms=frozenset({Term("arm", s.whom[0].text)}) if s.whom else frozenset(),
            residue=residue,
        )
        for s in prose.statements
    }

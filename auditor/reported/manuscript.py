"""The claims of a manuscript's tables as reported results, as far as their words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor import lexicon
from auditor.claims import Claim, Measure, Population
from auditor.extraction.reading import Entry, TableReading
from auditor.manuscript import Manuscript
from auditor.reported.labels import Meaning, Part, named_rates, read_labels
from auditor.reported.model import EVERYBODY, Reported
from auditor.reported.populations import Term, Vocabulary
from auditor.reported.sentences import from_text
from auditor.reported.terms import LIFE_TIMES

_EVENTS = re.compile(r"adverse|toxicit|side effects|safety", re.IGNORECASE)
_SPLIT = re.compile(r"\s/\s")
# "18 (40)" of stable disease, SD, is no mean and standard deviation.
_AS_SHARE = {Measure.OTHER: "count", Measure.MEAN: "count", Measure.SD: "rate"}


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a table's caption (or the title of its section) says of all its cells.

    ``term`` is the one group that it names; ``endpoints`` those of response that it names;
    ``convention`` whether it calls them confirmed or not.
    """

    term: Term | None
    events: bool
    endpoints: tuple[str, ...] = ()
    convention: str = ""


def from_manuscript(manuscript: Manuscript, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    """All claims of tables and fractions; those that cannot be tied say why."""
    bases = _bases(manuscript)
    found: list[Reported] = []
    for reading in manuscript.tables:
        scope = _scope(reading, vocabulary)
        claims = {c.id: c for c in manuscript.claims if c.place.table_index == reading.table.index}
        found += _headers(reading, scope, vocabulary)
        for entry in reading.entries:
            meaning = _meaning(reading, entry, scope, vocabulary)
            for i in entry.claims:
                if i in claims:
                    n = entry.denominator  # which may be 0
                    if n is None:
                        n = bases.get(i) or _column_n(reading, entry, meaning)
                    made = _reported(claims[i], meaning, n)
                    named = _convention(made.endpoint, meaning, scope)
                    found.append(replace(made, scope=scope.term, convention=named))
    found += from_text(manuscript, vocabulary)
    return tuple(found)


def _bases(manuscript: Manuscript) -> dict[str, int]:
    """The stated number of patients by which each percentage, and its count, was judged."""
    return {
        claim: percent.basis.value
        for judgement in manuscript.judged
        for percent in judgement.percents
        if percent.basis.value and percent.basis.stated is not None
        for claim in percent.stated.entry.claims
    }


def _scope(reading: TableReading, vocabulary: Vocabulary) -> _Scope:
    """The one group that the caption names; else the one that the section's title names."""
    table = reading.table
    named = vocabulary.within(table.caption)
    if not named:
        named = vocabulary.within(table.section)
    return _Scope(
        named[0] if len(named) == 1 else None,
        events=reading.events or _EVENTS.search(table.caption) is not None,
        endpoints=named_rates(table.caption),
        convention=lexicon.confirmation(table.caption),
    )


def _meaning(reading: TableReading, entry: Entry, scope: _Scope, vocabulary: Vocabulary) -> Meaning:
    column = reading.columns[entry.column]
    parts = [Part("row", entry.row.label)] if entry.row.label else []
    parts += [
        Part("column", text) for label in reversed(column.path) for text in _SPLIT.split(label)
    ]
    parts += [Part("group", text) for text in reversed(entry.row.groups)]
    cell = [e for e in reading.by_row()[entry.row.key] if e.column == entry.column]
    return read_labels(
        parts,
        vocabulary,
        events=scope.events,
        caption=scope.endpoints,
        part=(entry.part, len(cell)),
    )


def _convention(endpoint: str, meaning: Meaning, scope: _Scope) -> str:
    """Whether a response is called confirmed, by its labels or else by the caption."""
    of_response = endpoint in ("ORR", "DCR", "DoR", "TTR") or endpoint.startswith("BOR=")
    return (meaning.convention or scope.convention) if of_response else ""


def _column_n(reading: TableReading, entry: Entry, meaning: Meaning) -> int | None:
    """The N of the column's header, where the row does not restrict whom it counts."""
    stated = reading.columns[entry.column].stated
    return stated.value if stated is not None and not meaning.by_row else None


def _headers(reading: TableReading, scope: _Scope, vocabulary: Vocabulary) -> Iterator[Reported]:
    """The N of each column's header, once for a header that several columns share."""
    from auditor.printed import parse_number

    seen = set()
    for column in reading.data_columns():
        stated = column.stated
        if stated is None or stated.source != "the column header" or stated.place in seen:
            continue
        seen.add(stated.place)
        path = [text for label in column.path for text in _SPLIT.split(label)]
        if scope.events:
            path = [lexicon.without_grades(text) for text in path]
        parts = [Part("column", text) for text in path]
        meaning = read_labels(parts, vocabulary, events=False)
        number = parse_number(str(stated.value))
        yield Reported(
            endpoint="N",
            statistic="count",
            population=Population(meaning.terms),
            text=str(stated.value),
            printed=number,
            place=stated.place,
            certain=meaning.certain,
            stated_n=stated.value,
            scope=scope.term,
            why=meaning.why,
        )


def _reported(claim: Claim, meaning: Meaning, stated_n: int | None) -> Reported:
    statistic, of, why = _statistic(claim, meaning)
    percent = claim.quantity.measure is Measure.PERCENT
    terms = meaning.terms
    endpoint = meaning.endpoint
    certain = meaning.certain or (bool(endpoint) and stated_n is not None and not meaning.fuzzy)
    return Reported(
        endpoint=endpoint or claim.place.row_label or str(claim.population),
        statistic=statistic or str(claim.quantity.measure),
        population=Population(terms) if terms else EVERYBODY,
        text=claim.printed.text,
        printed=claim.printed,
        place=claim.place,
        of=of,
        at=meaning.at if statistic in ("survival", "lower", "upper", "at-risk") else None,
        unit="%" if percent else meaning.unit,
        level=meaning.level if statistic in ("lower", "upper") else None,
        certain=certain,
        stated_n=stated_n,
        why=meaning.why or why,
    )


def _statistic(claim: Claim, meaning: Meaning) -> tuple[str, str, str]:
    """Statistic, what a bound belongs to, and why it cannot be told."""
    measure, said = claim.quantity.measure, meaning.statistics
    timed = meaning.endpoint in LIFE_TIMES
    if measure is Measure.PERCENT and timed and meaning.at is None and "events" in said:
        return "rate", "events", ""
    if measure is Measure.PERCENT and timed:
        return ("survival", "", "") if meaning.at is not None else _unsaid(meaning)
    plain = {
        Measure.COUNT: "count",
        Measure.DENOMINATOR: "denominator",
        Measure.PERCENT: "rate",
        Measure.MEAN: "mean",
        Measure.SD: "sd",
        Measure.MEDIAN: "median",
        Measure.P_VALUE: "p-value",
    }
    if measure is Measure.SD and meaning.endpoint in ("ORR", "DCR", "CBR"):
        return "rate", "", ""
    if meaning.endpoint.startswith("BOR=") and "interval" not in said and measure in _AS_SHARE:
        return _AS_SHARE[measure], "", ""
    if measure in (Measure.OTHER, Measure.MEDIAN, Measure.MEAN):
        # "HR (95% CI)" above the row of a median.
        for name in ("hazard-ratio", "p-value"):
            if name in said:
                return name, "", ""
    if measure in plain:
        return plain[measure], "", ""
    if measure in (Measure.LOWER, Measure.UPPER):
        return _bound(measure is Measure.LOWER, meaning, timed=timed)
    for name in ("median", "mean", "events"):
        if name in said:
            return name, "", ""
    if timed and meaning.at is not None:
        return "survival", "", ""
    if meaning.endpoint in ("ORR", "DCR", "CBR"):
        if claim.printed.decimals == 0 and "interval" not in said:
            return "", "", "it is not said whether the number is a count or a percentage"
        return "rate", "", ""
    return _unsaid(meaning)


def _bound(low: bool, meaning: Meaning, *, timed: bool) -> tuple[str, str, str]:
    said = meaning.statistics
    kinds = [kind for kind in ("interval", "range", "quartiles") if kind in said]
    if len(kinds) != 1:
        return "", "", "it is not said whether the bounds are of an interval or a range"
    if kinds == ["range"]:
        return ("min" if low else "max"), "", ""
    if kinds == ["quartiles"]:
        return ("q1" if low else "q3"), "", ""
    side = "lower" if low else "upper"
    if "hazard-ratio" in said:
        return side, "hazard-ratio", ""
    if timed:
        return side, "survival" if meaning.at is not None else "median", ""
    return side, "rate", ""


def _unsaid(meaning: Meaning) -> tuple[str, str, str]:
    return "", "", f"it is not said what of {meaning.endpoint or 'it'} the number is"

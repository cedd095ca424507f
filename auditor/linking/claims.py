"""The numbers of the running text as claims, and why a number was judged by no check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.claims import Claim, Measure, Population, Quantity
from auditor.extraction.fractions import TextFraction
from auditor.finding import Place
from auditor.linking.parts import SHARES, parts
from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Kind, Origin, Prose, Sentence, Statement
from auditor.topic import Linked, Topic

_MEASURES = {
    "count": Measure.COUNT,
    "denominator": Measure.DENOMINATOR,
    "percent": Measure.PERCENT,
    "p-value": Measure.P_VALUE,
    "lower": Measure.LOWER,
    "upper": Measure.UPPER,
    "lower2": Measure.LOWER,
    "upper2": Measure.UPPER,
    "spread": Measure.SD,
}
_STATISTICS = {
    Kind.MEDIAN: Measure.MEDIAN,
    Kind.MEAN: Measure.MEAN,
    Kind.RATIO: Measure.ESTIMATE,
}
_LEADING = {Kind.COUNT: "count", Kind.P_VALUE: "p-value"} | dict.fromkeys(SHARES, "percent")

# The level of an interval states nothing of the patients: "95% CI".
_LEVEL = re.compile(r"\s*(?:CI\b|confidence|credible)", re.IGNORECASE)


def claim_id(statement: Statement, part: str = "value") -> str:
    """The id of the claim that one number of a statement is; see ``auditor.linking.parts``.

    It is as stable as the id of the statement. The leading number has one id by either name.
    """
    if part == "value":
        part = _LEADING.get(statement.kind, part)
    if part == "value":
        part = _bound(statement) or part
    return f"{statement.id}.{part}"


def claim_ids(statement: Statement) -> tuple[str, ...]:
    """The ids of all numbers of a statement: what a check judged that judged the whole."""
    return tuple(claim_id(statement, part) for part, _ in _numbers(statement))


def statement_claims(prose: Prose, linked: Linked) -> tuple[Claim, ...]:
    """Every number of every statement, cited ones included, in reading order.

    The population has the concept first ("ORR"), then the groups, in the document's own words.
    """
    claims = []
    for statement in prose.statements:
        topic = linked.topics.get(statement.id, Topic())
        population = population_of(topic)
        confidence = _confidence(statement, topic)
        for part, printed in _numbers(statement):
            quantity = _quantity(statement, part)
            claims.append(
                Claim(
                    claim_id(statement, part),
                    quantity,
                    population,
                    printed,
                    _place(statement, printed),
                    confidence,
                )
            )
    return tuple(claims)


def _place(statement: Statement, printed: PrintedNumber) -> Place:
    """Where the number stands: with its statement, or apart from it ("6% vs 38% (P = 0.047)")."""
    place = statement.place
    if place.start is None or place.end is None:
        return place
    if place.start <= printed.start and printed.end <= place.end:
        return place
    return replace(place, quote=printed.text, start=printed.start, end=printed.end)


def population_of(topic: Topic) -> Population:
    """What a topic says, as terms: concept, groups, grades, time, what else restricts it."""
    terms = [("concept", concept_words(topic.concept))] if topic.concept else []
    terms += [(term.dimension, term.label or term.key) for term in sorted(topic.terms)]
    if topic.grades:
        least, most = topic.grades
        terms.append(("grade", f"grade {least}" if least == most else f"grade {least}-{most}"))
    if topic.at is not None:
        terms.append(("time", f"at {topic.at:g} months"))
    terms += [("modifier", word) for word in sorted(topic.modifiers)]
    return Population(tuple(terms))


def concept_words(concept: str) -> str:
    """A concept for a reader: "row:recurrence>yes" is "recurrence > yes"."""
    if concept.startswith("row:"):
        return concept[len("row:") :].replace(">", " > ")
    return concept


def with_claims(
    fractions: Iterable[TextFraction], prose: Prose
) -> tuple[tuple[TextFraction, ...], tuple[TextFraction, ...]]:
    """The fractions, those that statements read too with the ids of theirs; and the others.

    A fraction is count, denominator and percentage in one stretch of text; it is mapped where
    one statement prints the same three numbers within that stretch.
    """
    starts: dict[int, Statement] = {}
    for statement in prose.statements:
        if statement.denominator is not None:
            starts[statement.value.start] = statement
            starts[statement.denominator.start] = statement
    mapped, others = [], []
    for fraction in fractions:
        begin, end = fraction.place.start or 0, fraction.place.end or 0
        found = next((s for at in range(begin, end) if (s := starts.get(at))), None)
        ids = _same(fraction, found) if found is not None else None
        if ids is None:
            others.append(fraction)
            mapped.append(fraction)
        else:
            mapped.append(replace(fraction, ids=ids))
    return tuple(mapped), tuple(others)


def _same(fraction: TextFraction, statement: Statement) -> tuple[str, ...] | None:
    numbers = dict(_numbers(statement))
    wanted = ("count", "denominator", "percent")
    for part, printed in zip(wanted, fraction.numbers, strict=True):
        if part not in numbers or numbers[part].value != printed.value:
            return None
    return tuple(claim_id(statement, part) for part in wanted)


def text_numbers(prose: Prose, claims: Sequence[Claim]) -> dict[int, Sentence]:
    """Where a number stands that the text itself states, by position, with its sentence.

    Sentences on other studies and plans count only with what was read of them. Numbers that
    name something ("Table 2", "95% CI") are left out, number words that were read are in.
    """
    found: dict[int, Sentence] = {}
    for sentence in prose.sentences:
        if sentence.origin in (Origin.OWN, Origin.UNCLEAR):
            for number in scan_numbers(sentence.text):
                if not _names(sentence, number):
                    found[sentence.offsets[number.start]] = sentence
    sentences = {s.index: s for s in prose.sentences}
    stated = {s.id: sentences.get(s.sentence, _NOWHERE) for s in prose.statements}
    for claim in claims:
        sentence = stated.get(claim.id.rpartition(".")[0], _NOWHERE)
        found.setdefault(claim.printed.start, sentence)
    return found


_NOWHERE = Sentence(index=-1, passage=-1, text="", offsets=())


def _names(sentence: Sentence, number: PrintedNumber) -> bool:
    """Whether a number is part of a citation, of "Table 2", or the level of an interval."""
    if number.percent and _LEVEL.match(sentence.text[number.end : number.end + 16]):
        return True
    spans = (*sentence.citations, *sentence.pointers)
    return any(start <= number.start < end for start, end in spans)


def reasons(prose: Prose, linked: Linked) -> dict[str, str]:
    """Why a claim of the text may have been judged by no check, by its id."""
    elsewhere = {link.statement for link in linked.links}
    elsewhere |= {name for twin in linked.twins for name in (twin.one, twin.other)}
    found = {}
    for statement in prose.statements:
        topic = linked.topics.get(statement.id, Topic())
        why = _reason(statement, topic, statement.id in elsewhere)
        found.update(dict.fromkeys(claim_ids(statement), why))
    return found


def _reason(statement: Statement, topic: Topic, elsewhere: bool) -> str:
    if statement.origin is Origin.CITED:
        return "of a cited study"
    if statement.origin is Origin.PLANNED:
        return "planned, not observed"
    if elsewhere:
        return "what else states it is not certain: for a person"
    if not topic.concept or topic.residue:
        return "what it states is not known"
    return "no other place states it"


def _numbers(statement: Statement) -> tuple[tuple[str, PrintedNumber], ...]:
    """The parts, without a leading number that a bound is as well (of a range alone)."""
    found = parts(statement)
    if found[0][0] == "value" and _bound(statement):
        found = found[1:]
    if statement.spread is not None and "spread" not in dict(found):
        found = (*found, ("spread", statement.spread))
    return found


def _bound(statement: Statement) -> str:
    """The bound that the leading number is as well: "8-62 years" is two numbers, not three."""
    value = statement.value
    for part, number in parts(statement)[1:]:
        if (number.start, number.end, number.value) == (value.start, value.end, value.value):
            return part
    return ""


def _quantity(statement: Statement, part: str) -> Quantity:
    if part in ("lower", "upper"):
        return Quantity(_MEASURES[part], statement.bounds[0].of)
    if part in ("lower2", "upper2"):
        return Quantity(_MEASURES[part], statement.bounds[1].of)
    if part == "value":
        measure = _STATISTICS.get(statement.kind, Measure.OTHER)
        return Quantity(measure, statement.ratio if measure is Measure.ESTIMATE else "")
    return Quantity(_MEASURES[part])


def _confidence(statement: Statement, topic: Topic) -> float:
    """1 where words and origin are plain, less where either is not understood."""
    score = 1.0
    if not topic.concept:
        score -= 0.4
    elif topic.residue:
        score -= 0.2
    if statement.origin is Origin.UNCLEAR:
        score -= 0.2
    return round(score, 2)

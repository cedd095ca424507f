"""The best link of each number of the text, with its confidence, alternatives and certainty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.document import Document
from auditor.linking.agreement import Agreement
from auditor.linking.candidates import Candidate, candidates
from auditor.linking.cells import Index
from auditor.linking.confidence import Surroundings, confidence, evidence
from auditor.linking.gate import Case, doubt, objections
from auditor.linking.headers import is_header
from auditor.linking.readings import How, Reading
from auditor.statement import Origin, Prose, Sentence, Statement
from auditor.topic import Link

_MOST_ALTERNATIVES = 4
_LEAST_SAID = 2
"""Equal values below this (0 and 1) are too common to anchor anything."""

Part = tuple[str, str]
"""Id of a statement and name of one of its numbers."""


def tie(
    prose: Prose,
    readings: Mapping[str, tuple[Reading, ...]],
    index: Index,
    document: Document,
) -> tuple[tuple[Link, ...], dict[Part, tuple[Link, ...]]]:
    """The best link of each part of each statement, and the others worth a look."""
    cases = gather(prose, readings, index)
    links: list[Link] = []
    alternatives: dict[Part, tuple[Link, ...]] = {}
    for part, found in cases.items():
        against = objections(found[0], index, document)
        made = [_link(case, not against and case is found[0]) for case in found]
        if word := doubt(found[0], against):
            made[0] = replace(made[0], doubt=word)
        links.append(made[0])
        if len(made) > 1:
            alternatives[part] = tuple(_distinct(made)[1 : _MOST_ALTERNATIVES + 1])
    return tuple(links), alternatives


def gather(
    prose: Prose, readings: Mapping[str, tuple[Reading, ...]], index: Index
) -> dict[Part, list[Case]]:
    """For each part of each statement its candidates with their surroundings, best first."""
    sentences = {sentence.index: sentence for sentence in prose.sentences}
    statements = {statement.id: statement for statement in prose.statements}
    found = {
        statement.id: list(candidates(statement, readings.get(statement.id, ()), index))
        for statement in prose.statements
    }
    found = _in_order(prose.statements, found)
    best: dict[Part, list[Candidate]] = {}
    for name, made in found.items():
        by_part: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in made:
            by_part[candidate.part].append(candidate)
        for part, several in by_part.items():
            best[name, part] = sorted(several, key=_rank)
    anchors = _Anchors(best, statements, sentences)
    swapped = _swapped(best, statements)
    named: dict[int, dict[str, None]] = defaultdict(dict)
    for statement in prose.statements:
        for reading in readings.get(statement.id, ())[:1]:
            named[statement.sentence][reading.topic.concept] = None
    cases: dict[Part, list[Case]] = {}
    for (name, part), several in best.items():
        statement = statements[name]
        cases[name, part] = [
            Case(
                candidate,
                statement,
                sentences[statement.sentence],
                anchors.around(candidate, statement, sentences[statement.sentence]),
                several,
                anchors.repeated(candidate),
                anchors.in_series(candidate, statement),
                anchors.told(candidate),
                candidate is several[0] and (name, part) in swapped,
                tuple(
                    concept
                    for concept in named[statement.sentence]
                    if concept not in ("", candidate.reading.topic.concept)
                ),
                anchors.in_row(candidate, statement),
            )
            for candidate in several[: _MOST_ALTERNATIVES + 1]
        ]
    return cases


def _rank(candidate: Candidate) -> tuple[bool | int, ...]:
    """The order of candidates of one part: agreeing before differing, plain before doubtful."""
    match, fits = candidate.match, candidate.agreement.fits
    clean = candidate.named and match.clean
    same = candidate.named and match.same
    graded = candidate.reading.graded
    return (
        not (clean and fits),
        not (same and fits),
        not (fits and candidate.named and match.terms and (match.grades or not graded)),
        not clean,
        not same,
        not fits,
        not candidate.named,
        candidate.operation == "sum",
        candidate.agreement is not Agreement.AGREES,
    )


def _in_order(
    statements: Sequence[Statement], found: dict[str, list[Candidate]]
) -> dict[str, list[Candidate]]:
    """Where two sides are not told apart, keep the order under which more numbers agree."""
    votes: dict[int, list[set[str]]] = defaultdict(lambda: [set(), set()])
    for statement in statements:
        for candidate in found[statement.id]:
            order = candidate.reading.order
            if order >= 0 and statement.series is not None and _plain(candidate):
                votes[statement.series][order].add(f"{statement.id} {candidate.part}")
    kept = dict(found)
    for statement in statements:
        if statement.series is None or statement.series not in votes:
            continue
        as_listed, reversed_ = votes[statement.series]
        if len(as_listed) == len(reversed_):
            continue
        worse = 1 if len(as_listed) > len(reversed_) else 0
        kept[statement.id] = [c for c in found[statement.id] if c.reading.order != worse]
    return kept


def _swapped(
    best: Mapping[Part, Sequence[Candidate]], statements: Mapping[str, Statement]
) -> set[Part]:
    """Numbers of two named groups in one list, of which the table gives each to the other."""
    rows: dict[object, list[tuple[Part, Candidate]]] = defaultdict(list)
    for (name, part), several in best.items():
        first, statement = several[0], statements[name]
        clean = first.named and first.match.clean and first.operation == "same"
        named = first.reading.who is How.NAMED and bool(first.reading.topic.terms)
        told = statement.series is not None and not statement.order_open and bool(statement.whom)
        if clean and named and told and first.agreement is Agreement.DIFFERS:
            quantity = first.reading.topic.concept, first.reading.topic.at, part
            rows[statement.series, first.table, quantity].append(((name, part), first))
    found: set[Part] = set()
    for members in rows.values():
        by_value = {candidate.printed.value: at for at, (_, candidate) in enumerate(members)}
        for at, (key, candidate) in enumerate(members):
            shown = candidate.facts[0].printed.value
            other = by_value.get(shown)
            if other is None or other == at:
                continue
            if members[other][1].facts[0].printed.value == candidate.printed.value:
                found.add(key)
    return found


def _plain(candidate: Candidate) -> bool:
    return candidate.named and candidate.match.clean and candidate.agreement.fits


def _place(candidate: Candidate) -> tuple[tuple[int | None, ...], ...]:
    places = (fact.place for fact in candidate.facts)
    return tuple(sorted({(p.table_index, p.row or 0, p.line or 0) for p in places}))


class _Anchors:
    """What the best candidates of all statements say about each table and cell."""

    def __init__(
        self,
        best: Mapping[Part, Sequence[Candidate]],
        statements: Mapping[str, Statement],
        sentences: Mapping[int, Sentence],
    ) -> None:
        self.agreeing: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.differing: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.cells: dict[object, set[str]] = defaultdict(set)
        self.concepts: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.parts: dict[str, set[tuple[str, object]]] = defaultdict(set)
        self.series: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for (name, part), several in best.items():
            first, statement = several[0], statements[name]
            if not first.named or not first.match.same:
                continue
            passage = sentences[statement.sentence].passage
            if not first.match.clean or How.UNKNOWN in (first.reading.who, first.reading.what):
                continue
            if first.agreement is Agreement.DIFFERS:
                if part != "denominator" and first.sure:
                    self.differing[passage, first.table].add(name)
                continue
            self.parts[name].add((part, _place(first)))
            if abs(first.printed.value) >= _LEAST_SAID and statement.origin is Origin.OWN:
                self.agreeing[passage, first.table].add(name)
                self.cells[_key(first)].add(name)
                self.concepts[first.table, first.reading.topic.concept].add(name)
                if statement.series is not None:
                    for concept in ("", first.reading.topic.concept):
                        self.series[statement.series, first.table, concept].add(name)

    def around(
        self, candidate: Candidate, statement: Statement, sentence: Sentence
    ) -> Surroundings:
        key = (sentence.passage, candidate.table)
        return Surroundings(
            len(self.agreeing[key] - {statement.id}),
            len(self.differing[key] - self.agreeing[key]),
            any(
                part != candidate.part and place == _place(candidate)
                for part, place in self.parts[statement.id]
            ),
            statement.origin if statement.origin is not Origin.OWN else sentence.origin,
        )

    def repeated(self, candidate: Candidate) -> int:
        """How many other statements of the text say what the cells of the candidate say."""
        return len(self.cells[_key(candidate)] - {candidate.statement})

    def told(self, candidate: Candidate) -> int:
        """How many other statements of the text agree with what the table says of the concept."""
        names = self.concepts[candidate.table, candidate.reading.topic.concept]
        return len(names - {candidate.statement})

    def in_series(self, candidate: Candidate, statement: Statement) -> int:
        """How many other members of the statement's list agree with the same table."""
        if statement.series is None:
            return 0
        concept = candidate.reading.topic.concept if is_header(candidate.facts[0]) else ""
        return len(self.series[statement.series, candidate.table, concept] - {statement.id})

    def in_row(self, candidate: Candidate, statement: Statement) -> int:
        """How many other members of its list agree with the table on the same quantity."""
        if statement.series is None:
            return 0
        concept = candidate.reading.topic.concept
        return len(self.series[statement.series, candidate.table, concept] - {statement.id})


def _key(candidate: Candidate) -> object:
    """The quantity that a candidate takes from the tables, whichever cells show it."""
    return candidate.part, tuple(sorted(fact.claim for fact in candidate.facts))


def _link(case: Case, certain: bool) -> Link:
    candidate, around = case.candidate, case.around
    return Link(
        candidate.statement,
        candidate.part,
        candidate.facts,
        candidate.operation,
        candidate.shows,
        candidate.agreement.fits,
        confidence(candidate, around, certain=certain),
        evidence(candidate, around),
        certain,
        candidate.agreement is Agreement.LAST_DIGIT,
    )


def _distinct(links: Sequence[Link]) -> list[Link]:
    """Links to other cells than the first one's, each set of cells once."""
    found: dict[object, Link] = {}
    for link in links:
        found.setdefault(tuple(fact.claim for fact in link.facts), link)
    first, *others = found.values()
    return [first, *sorted(others, key=lambda link: -link.confidence)]

"""What each statement is about, with what the sentences and headings before it add.

A statement names its concept itself; of whom it speaks is often said before it: in front of the
sentence, in the sentence before, in the heading. Where that leaves a choice, every choice is a
``Reading``: a number that fits one of them contradicts nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.lexicon import grades as grades_in
from auditor.linking import discourse
from auditor.linking.groups import Group, Groups, Reader, bare_arms, group_of
from auditor.linking.headers import PATIENTS
from auditor.linking.legends import takes_title, titled
from auditor.linking.readings import Context, How, Reading, Terms
from auditor.statement import Kind, Origin, Phrase, Prose, Sentence, Source, Statement
from auditor.topic import Term, Topic


@dataclass(slots=True)
class _Said:
    """Of whom the passage has spoken so far."""

    passage: int = -1
    heading: Terms = frozenset()
    before: Terms = frozenset()
    listed: tuple[Term, ...] = ()
    mentioned: dict[Term, None] = field(default_factory=dict)
    titled: str = ""


def topics(
    prose: Prose, read: Reader, known: Context | None = None
) -> dict[str, tuple[Reading, ...]]:
    """The readings of each statement by its id, the most likely first, never none."""
    known = known or Context()
    by_sentence: dict[int, list[Statement]] = defaultdict(list)
    for statement in prose.statements:
        by_sentence[statement.sentence].append(statement)
    series = _series(prose.statements)
    said = _Said()
    found: dict[str, tuple[Reading, ...]] = {}
    for sentence in prose.sentences:
        if sentence.passage != said.passage:
            said = _Said(sentence.passage, _heading(sentence, read))
        said.titled = said.titled or titled(sentence, read)
        groups = Groups(read)
        here = by_sentence.get(sentence.index, ())
        around = [groups.of(p) for s in here for p in (*s.whom, *s.setting)]
        for statement in here:
            if (basis := _basis(statement, sentence, here)) is not None:
                found[statement.id] = (_of_basis(basis, read, known),)
                continue
            found[statement.id] = tuple(
                _readings(statement, sentence, groups, around, said, series, read, known)
            )
        _remember(sentence, here, groups, said)
    return found


@dataclass(frozen=True, slots=True)
class _Series:
    """A list: how many members, whether their words differ only in the numbers, and which
    members only share the words of the next one ("118 patients, 60 with A and 58 with B")."""

    length: int
    alike: bool
    borrowing: frozenset[str] = frozenset()


def _series(statements: Sequence[Statement]) -> dict[int, _Series]:
    members: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.series is not None:
            members[statement.series].append(statement)
    made = {}
    for number, found in members.items():
        words = [(s.kind, *(p.text for p in (*s.what, *s.whom))) for s in found]
        alike = len({(s.kind, *(p.text for p in s.what)) for s in found}) == 1
        borrowing = (
            s.id
            for s, one, other in zip(found, words, words[1:], strict=False)
            if one == other and len(set(words)) > 1
        )
        made[number] = _Series(max(s.item for s in found) + 1, alike, frozenset(borrowing))
    return made


def _around(statement: Statement, sentence: Sentence) -> tuple[str, str]:
    """The words of the sentence before and behind the number."""
    start = bisect_left(sentence.offsets, statement.value.start)
    end = bisect_left(sentence.offsets, statement.value.end)
    return sentence.text[:start], sentence.text[end:]


def _basis(statement: Statement, sentence: Sentence, here: Sequence[Statement]) -> Phrase | None:
    """The phrase of another statement that the number is a part of ("of the 44 patients"), or
    an empty one where the number itself says of how many patients the sentence speaks."""
    if statement.denominator is not None or statement.percent is not None:
        return None
    start, end = statement.value.start, statement.value.end
    for other in here:
        if other is not statement and end:
            for phrase in (*other.whom, *other.setting):
                if phrase.start <= start and end <= phrase.end:
                    return phrase
    if statement.kind is Kind.COUNT and discourse.basis(*_around(statement, sentence)):
        return Phrase("", start, end)
    return None


def _of_basis(phrase: Phrase, read: Reader, known: Context) -> Reading:
    """A number of patients of whom the rest of the sentence speaks."""
    number = discourse.patients(phrase.text)
    group = group_of(phrase.text, read) if phrase.text else None
    if number is None or group is None or group.back or group.residue or group.modifiers:
        return Reading(Topic(residue=("basis",)), How.UNKNOWN, How.UNKNOWN)
    who = How.NAMED if group.terms or group.everybody else How.UNKNOWN
    if who is How.UNKNOWN and known.people.get(frozenset()):
        who = How.ASSUMED
    return Reading(Topic(PATIENTS, group.terms), who, How.NAMED)


def _heading(sentence: Sentence, read: Reader) -> Terms:
    terms: dict[str, Term] = {}
    for title in sentence.path or (sentence.title,):
        for term in read(title, "heading").terms if title else ():
            terms[term.dimension] = term
    return frozenset(terms.values())


def _readings(
    statement: Statement,
    sentence: Sentence,
    groups: Groups,
    around: Sequence[Group],
    said: _Said,
    series: Mapping[int, _Series],
    read: Reader,
    known: Context,
) -> Iterator[Reading]:
    what = _what(statement, read)
    if said.titled and not what.concept and takes_title(statement):
        what = replace(what, concept=said.titled)
    named = [groups.of(phrase) for phrase in (*statement.whom, *statement.setting)]
    named += bare_arms(statement, around, groups)
    terms: dict[str, Term] = {}
    for group in (*named, *((_own(what),) if what.terms else ())):
        for term in group.terms:
            terms.setdefault(term.dimension, term)
    explicit = frozenset(terms.values())
    # Patients "with" something of their own are a part; other words left over may mean anything.
    restricts = tuple(w for g in named if g.having for w in (*g.residue, *g.named(what.concept)))
    left = tuple(word for g in named if not g.having for word in g.residue)
    other = any(g.named(what.concept) for g in named if not g.having)
    base = replace(
        what,
        modifiers=what.modifiers.union(*(g.modifiers for g in named)),
        residue=(*what.residue, *left, *restricts),
    )
    number = _patients(statement, named)
    if number is None and statement.kind in (Kind.COUNT, Kind.PERCENT):
        number = discourse.basis_of(sentence.text)
    belong: Terms = frozenset()
    countable = statement.kind in (Kind.COUNT, Kind.PERCENT) and not statement.bounds
    if not base.concept and what.terms and countable:
        belong = what.terms
        base = replace(base, concept=PATIENTS)
    how_what = How.NAMED if base.concept and not other else How.UNKNOWN
    if statement.series is not None and statement.id in series[statement.series].borrowing:
        how_what = How.UNKNOWN
    everybody = any(g.everybody and not g.terms for g in named)
    vague = any(g.back and not g.terms for g in named)
    vague = vague or discourse.back(_around(statement, sentence)[0][-16:])
    seen: set[tuple[Terms, tuple[int, int] | None, int]] = set()
    grades = [base.grades]
    if base.grades is None and base.concept.startswith(("row:", "AE")):
        grades = list(dict.fromkeys((grades_in(_around(statement, sentence)[0]), None)))
    for who, added, order in _choices(
        statement, named, around, explicit, everybody, said, series, known
    ):
        full = _merged(explicit, added)
        for grade in grades:
            reading = Reading(
                replace(base, terms=full, grades=grade),
                How.UNKNOWN if vague else who,
                how_what,
                number,
                restricts,
                order,
                belong,
                sum(found[2] == order for found in seen),
                base.grades is not None,
            )
            reading = _counted(reading, known)
            if (reading.topic.terms, grade, order) not in seen:
                seen.add((reading.topic.terms, grade, order))
                yield reading


def _what(statement: Statement, read: Reader) -> Topic:
    """The concept of a statement: of the nearest phrase that names one."""
    # "Rash was the most common event": the event is no concept of its own beside the rash.
    phrases = sorted((p.text for p in statement.what), key=discourse.superlative)
    topics = [read(text, "what") for text in phrases]
    if not topics:
        return Topic()
    first = next((t for t in topics if t.concept), topics[0])
    at = first.at if first.at is not None else _months(statement)
    terms: dict[str, Term] = {}
    for topic in topics:
        for term in topic.terms:
            terms.setdefault(term.dimension, term)
    # A further phrase that says something of its own may restrict the first.
    left = tuple(w for t in topics if t is not first and not t.concept for w in t.residue)
    if statement.kind is Kind.COUNT and first.concept.startswith("row:"):
        # "10 knees were lost": what became of them is no row of the knees.
        left += tuple(t.concept for t in topics if t.concept in _BECAME)
    grades = next((t.grades for t in (first, *topics) if t.grades), None)
    return replace(
        first,
        terms=frozenset(terms.values()),
        at=at,
        grades=grades,
        modifiers=frozenset[str]().union(*(t.modifiers for t in topics)),
        residue=(*first.residue, *left),
    )


_BECAME = frozenset({"lost", "excluded", "withdrawn"})
_MONTHS = {"month": 1.0, "year": 12.0, "week": 12 / 52.18, "day": 12 / 365.25}


def _months(statement: Statement) -> float | None:
    if statement.at is None:
        return None
    number, unit = statement.at
    factor = next((f for word, f in _MONTHS.items() if unit.startswith(word)), None)
    return None if factor is None else float(number.value) * factor


def _own(what: Topic) -> Group:
    return Group(what.terms, (), False, False, False, None, frozenset(), ())


def _patients(statement: Statement, named: Sequence[Group]) -> int | None:
    if statement.denominator is not None:
        return statement.denominator.integer
    return next((g.patients for g in named if g.patients is not None), None)


def _merged(first: Terms, second: Terms) -> Terms:
    dimensions = {term.dimension for term in first}
    return first | {term for term in second if term.dimension not in dimensions}


def _choices(
    statement: Statement,
    named: Sequence[Group],
    groups: Sequence[Group],
    explicit: Terms,
    everybody: bool,
    said: _Said,
    series: Mapping[int, _Series],
    known: Context,
) -> Iterator[tuple[How, Terms, int]]:
    """Whom the words may mean beside those that they name, the likeliest first."""
    own = How.NAMED if explicit else How.ASSUMED
    around = _merged(said.before, said.heading)
    if sides := _sides(statement, named, groups, explicit, said, series, known):
        for order, listed in enumerate((sides, sides[::-1])):
            side = frozenset({listed[statement.item]})
            yield How.SIDE, _merged(side, around), order
            yield How.SIDE, side, order
        return
    if _sided(statement, series) and not explicit:
        own = How.UNKNOWN  # sides that nothing names
    if everybody:
        yield How.NAMED, frozenset(), -1
        if around:
            yield How.HEADING, around, -1
        return
    if around:
        inherited = How.BEFORE if said.before else How.HEADING
        yield (own if explicit or own is How.UNKNOWN else inherited), around, -1
    if said.heading and said.heading != around:
        yield (own if explicit or own is How.UNKNOWN else How.HEADING), said.heading, -1
    yield own, frozenset(), -1
    # The next sentence may take up any group of the passage.
    for term in said.mentioned:
        yield How.BEFORE, frozenset({term}), -1
        if around:
            yield How.BEFORE, _merged(frozenset({term}), around), -1


def _sided(statement: Statement, series: Mapping[int, _Series]) -> bool:
    """Whether the members of the statement's list are one quantity of several groups."""
    if statement.series is None or series[statement.series].length < 2:
        return False
    return statement.versus or series[statement.series].alike


def _sides(
    statement: Statement,
    named: Sequence[Group],
    around: Sequence[Group],
    explicit: Terms,
    said: _Said,
    series: Mapping[int, _Series],
    known: Context,
) -> tuple[Term, ...]:
    """The groups that the members of a list stand for, in order; () where there is no list."""
    if statement.series is None or statement.kind in (Kind.P_VALUE, Kind.RATIO):
        return ()
    length = series[statement.series].length
    if not _sided(statement, series) and not any(g.listed for g in named):
        return ()
    for group in named:
        if len(group.listed) == length:
            return group.listed
    if explicit and not any(g.sides for g in named):
        return ()
    for group in around:
        if len(group.listed) == length:
            return group.listed
    dimensions = {term.dimension for term in explicit}
    if len(said.listed) == length and said.listed[0].dimension not in dimensions:
        return said.listed
    whole = [s for d, s in known.sides.items() if len(s) == length and d not in dimensions]
    return whole[0] if len(whole) == 1 else ()


def _counted(reading: Reading, known: Context) -> Reading:
    """Let the number of patients decide whom the words mean, where only one group has it."""
    number, of = reading.patients, reading.of
    if number is None or number in known.people.get(of, frozenset()):
        return reading
    groups = known.of(number)
    inside = [g for g in groups if of <= g]
    if not inside and not (of and reading.who is How.NAMED):
        inside = groups
    if len(inside) == 1 and not reading.belong - inside[0] < reading.belong:
        # "In those with one" is the group "one risk factor" that has so many patients.
        said = {word for term in inside[0] for word in term.key.split()}
        left = tuple(word for word in reading.topic.residue if word not in said)
        topic = replace(reading.topic, terms=inside[0] | reading.belong, residue=left)
        restricts = tuple(word for word in reading.restricts if word not in said)
        return replace(reading, topic=topic, who=How.COUNTED, restricts=restricts)
    return replace(reading, who=How.UNKNOWN)


def _remember(
    sentence: Sentence, statements: Sequence[Statement], groups: Groups, said: _Said
) -> None:
    """What the sentences after this one may take up: of other studies and plans, nothing."""
    own = [s for s in statements if s.origin is Origin.OWN]
    if sentence.origin is not Origin.OWN or len(own) < len(statements):
        return
    phrases = dict.fromkeys(p for s in own for p in (*s.whom, *s.setting))
    title = sentence.source is Source.FIGURE and bool(sentence.text)
    if title:  # what a legend says first holds for all of it
        phrases[sentence.phrase(0, len(sentence.text))] = None
    named = [groups.of(phrase) for phrase in phrases]
    if any(g.everybody and not g.terms for g in named):
        said.before = frozenset()
    terms: dict[str, list[Term]] = defaultdict(list)
    for group in named:
        for term in (*group.terms, *group.listed):
            said.mentioned[term] = None
            if term not in terms[term.dimension]:
                terms[term.dimension].append(term)
    single = frozenset(found[0] for found in terms.values() if len(found) == 1)
    # Of two groups in one sentence the next one may mean either.
    several = {d for d, found in terms.items() if len(found) > 1}
    kept = frozenset(t for t in said.before if t.dimension not in several)
    said.before = _merged(single, kept)
    listed = next((tuple(found) for found in terms.values() if len(found) > 1), ())
    said.listed = listed or _grown(said.listed, single)


def _grown(listed: tuple[Term, ...], single: Terms) -> tuple[Term, ...]:
    """Groups that follow each other in separate sentences are a list as well."""
    for term in sorted(single):
        if not listed or listed[0].dimension != term.dimension:
            listed = (term,)
        elif term not in listed:
            listed = (*listed, term)
    return listed

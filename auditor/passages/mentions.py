"""Statements in the words of their sentence: what stands before and after each number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from auditor.statement import Kind, Origin, Prose, Sentence, Source, Statement

_PEOPLE = re.compile(
    r"\b(?:patients?|pts|subjects?|participants?|individuals?|persons?|people|cases?|women|woman|"
    r"men|man|males?|females?|children|adults|responders?)\b",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"\b(?:events|episodes|cycles?|courses?|lesions?|doses|infusions?|samples?|specimens?|"
    r"tumou?rs|metastases|nodes?|fractions|visits?|scans?|procedures?|assessments?|questionnaires?|"
    r"articles|studies|trials|cells?|mice|hospitals?|cent(?:er|re)s?|sites?|countries|points?|"
    r"occurrences?|instances?|admissions?|injections?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)

_ELLIPTIC = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:were|was|had|have|has|received|underwent|achieved|attained|died|withdrew|"
    r"discontinued|experienced|completed|dropped|did|refused|declined|developed|showed|remained|"
    r"responded|with|who|of (?:whom|them|these)|never|got|needed|required)\b"
)
_POPULATION = re.compile(
    r"\b(?:included|enrol\w+|analy[sz]ed|recruited|treated|randomi[sz]ed|assigned|evaluable|"
    r"eligible|participated|identified|remaining|study population|total|reviewed|evaluated|"
    r"registered)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    r"\b(?:included|enrol\w+|analy[sz]ed|recruited|treated|randomi[sz]ed|assigned|remaining|"
    r"study population)\b",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(r"\bof (?:the|these|all|our)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A statement within its sentence.

    Attributes:
        statement, sentence: as read.
        start, end: of the printed quantity in ``sentence.text``.
        before: words between the number before it and itself.
        after: words between itself and the next number.
    """

    statement: Statement
    sentence: Sentence
    start: int
    end: int
    before: str
    after: str

    @property
    def number(self) -> int | None:
        """The count, or None where the statement counts nothing."""
        bare = self.statement.kind is Kind.VALUE and not self.statement.unit
        if self.statement.kind is not Kind.COUNT and not bare:
            return None
        printed = self.statement.count or self.statement.value
        return printed.integer

    @cached_property
    def head(self) -> str:
        """The words of the statement's own phrase: what is counted."""
        return self.statement.what[0].text if self.statement.what else ""

    @cached_property
    def noun(self) -> str:
        """The printed quantity and the words right behind it, up to the next sign."""
        behind = re.split(r"[,;:()]", self.after, maxsplit=1)[0]
        return f"{self.statement.place.quote} {behind}"

    @cached_property
    def of_people(self) -> bool:
        """Whether the words next to the number say that it counts people."""
        if _PEOPLE.search(self.noun):
            return True
        bare = not re.search(r"\w\W+[a-z]", self.statement.place.quote)
        return not self.of_events and bare and bool(_ELLIPTIC.match(self.after))

    @cached_property
    def of_population(self) -> bool:
        """Whether the words next to it call it the patients included, treated, analysed."""
        number = self.number
        if number is None or number < 2 or not self.of_people or self.statement.percent is not None:
            return False
        if self.fraction:
            return False
        left = re.split(r"[;:]", self.before)[-1][-60:]
        right = re.split(r"[;:.]", self.after)[0][:60]
        return bool(_POPULATION.search(f"{left} {self.statement.quantifier} {right}")) or bool(
            _PARTITIVE.search(left)
        )

    @property
    def enrolled(self) -> bool:
        """Whether they are the patients of the study, and not those looked at before."""
        left = re.split(r"[;:]", self.before)[-1][-60:]
        right = re.split(r"[;:.]", self.after)[0][:60]
        return self.of_population and bool(_INITIAL.search(f"{left} # {right}"))

    @property
    def fraction(self) -> bool:
        """Whether the denominator is printed with it ("36/44"), and not in front of it."""
        of, start = self.statement.denominator, self.statement.place.start or 0
        return of is not None and start <= of.start < (self.statement.place.end or 0)

    @cached_property
    def of_events(self) -> bool:
        """Whether the words next to the number say that it counts something else."""
        behind = "" if _ELLIPTIC.match(self.after) else " ".join(self.after.split()[:3])
        near = f"{self.statement.place.quote} {behind}"
        return bool(_EVENTS.search(near)) and not _PEOPLE.search(near)

    @property
    def own(self) -> bool:
        """Whether it is a number of the study itself."""
        return self.statement.origin is Origin.OWN and self.sentence.origin is Origin.OWN

    @property
    def cited(self) -> bool:
        """Whether it is a number of another study."""
        return Origin.CITED in (self.statement.origin, self.sentence.origin)


def local(sentence: Sentence, position: int) -> int:
    """Where a position of the document lies in the text of the sentence."""
    return bisect_left(sentence.offsets, position)


def mentions(prose: Prose) -> dict[int, tuple[Mention, ...]]:
    """The statements of every sentence that has some, by its index, in printed order."""
    grouped: dict[int, list[Statement]] = {}
    for statement in prose.statements:
        grouped.setdefault(statement.sentence, []).append(statement)
    return {
        sentence.index: tuple(_of(sentence, grouped[sentence.index]))
        for sentence in prose.sentences
        if sentence.index in grouped
    }


def _of(sentence: Sentence, statements: list[Statement]) -> Iterator[Mention]:
    spans = sorted(
        (local(sentence, s.place.start or 0), local(sentence, s.place.end or 0), i)
        for i, s in enumerate(statements)
    )
    for at, (start, end, i) in enumerate(spans):
        left = spans[at - 1][1] if at else 0
        right = spans[at + 1][0] if at + 1 < len(spans) else len(sentence.text)
        yield Mention(
            statement=statements[i],
            sentence=sentence,
            start=start,
            end=end,
            before=sentence.text[min(left, start) : start],
            after=sentence.text[end : max(right, end)],
        )


@dataclass(frozen=True)
class Passage:
    """Sentences of one paragraph, legend or note with their mentions, in reading order."""

    number: int
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def parts(self) -> tuple[tuple[Sentence, tuple[Mention, ...]], ...]:
        """Each sentence that has a statement, with its mentions."""
        groups = groupby(self.mentions, key=lambda m: m.sentence.index)
        found = [tuple(members) for _, members in groups]
        return tuple((members[0].sentence, members) for members in found)

    @cached_property
    def counts(self) -> tuple[tuple[Sentence, tuple[Mention, ...]], ...]:
        """Each sentence that has a statement, with its mentions that count something."""
        return tuple((s, tuple(m for m in ms if m.number is not None)) for s, ms in self.parts)

    @cached_property
    def populations(self) -> tuple[tuple[tuple[int, int], ...], tuple[Mention, ...]]:
        """Own numbers of patients included, treated, analysed: (sentence, start) and mention."""
        found = [m for m in self.mentions if m.own and m.of_population]
        return tuple((m.sentence.index, m.start) for m in found), tuple(found)

    @property
    def running(self) -> bool:
        """Whether it is a paragraph, and not a legend or a note."""
        return self.sentences[0].source is Source.PARAGRAPH


def passages(prose: Prose) -> tuple[Passage, ...]:
    """The passages of the text in reading order, those without a statement left out."""
    of = mentions(prose)
    grouped: dict[int, list[Sentence]] = {}
    for sentence in prose.sentences:
        grouped.setdefault(sentence.passage, []).append(sentence)
    found = []
    for number, sentences in grouped.items():
        stated = tuple(m for s in sentences for m in of.get(s.index, ()))
        if stated:
            found.append(Passage(number, tuple(sentences), stated))
    return tuple(found)

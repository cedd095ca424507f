"""The P values of a paper follow an unusual test that the methods do not declare.

## What it does
Looks at all P values of counts that the paper prints, and at those of each table, and asks which
one test gives them. Where an unusual one (a one-sided Fisher test, N-1) gives nearly all that any
test gives, at least three, and at least two that no standard test gives, that is one finding for
the paper, with one line for each P value. P values that several tests give prove nothing, but
must not contradict. One-sided P values of means, of test statistics and beside
intervals belong to the same finding. It is a warning where one of the results is significant by
that test alone, else a note.

## Why it matters
A reader takes P values for two-sided where nothing else is said.

## Example
P = 0.047 for 1/16 and 5/13, 0.617 for 4/7 and 3/6, 0.526 for 12/16 and 9/13: one-sided Fisher
tests, all of them.

## References
Bland JM, Altman DG. One and two sided tests of significance. BMJ 1994;309:248. ICH E9, 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.declared import Declared, declared
from auditor.reanalysis.judged_counts import AGAINST, JudgedCounts, distinct, table_text
from auditor.reanalysis.one_sided import SidedP, habitual, sided_p_values
from auditor.statistics.count_tests import COUNT_TESTS, CountTest
from auditor.statistics.printed_p import shown

from ._counts import claims, judged_counts, p_text, places

_FEWEST = 3
_TELLING = 2
_NEARLY_ALL = 0.8
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Habit:
    """A test that gives the P values of a group.

    Attributes:
        test: the unusual test; ``where``: "" for the whole paper, or the name of a table.
        members: all P values of the group; ``given``: those that the test gives.
    """

    test: CountTest
    where: str
    members: tuple[JudgedCounts, ...]
    given: tuple[JudgedCounts, ...]


@check(code="PVL004", name="unusual-test-convention")
def unusual_test_convention(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield one finding if the P values of the paper, or of tables, follow an unusual test."""
    found = [one for one in judged_counts(manuscript) if _plain(one)]
    methods = declared(manuscript.document, manuscript.prose)
    others = sided_p_values(manuscript, methods)
    if not found and not others:
        raise NotEvaluable("no P value is tied to the numbers that it compares")
    yield claims(found)
    yield Judged(tuple(dict.fromkeys(c for one in others for c in one.claims)))
    habits = list(_habits("", found, methods))
    if not habits:
        for reading in manuscript.tables:
            index = reading.table.index
            own = [o for o in found if o.compared.p_place.table_index == index]
            habits += _habits(reading.table.name, own, methods)
    beside = habitual(others) and all(habit.test.sides == 1 for habit in habits)
    if habits or beside:
        yield _finding(habits, others if beside else (), methods)


def _plain(one: JudgedCounts) -> bool:
    """Whether one table of counts is behind it, and the words beside it name no other test."""
    compared = one.compared
    sure = compared.certain or (bool(one.hits) and len(compared.tables) == 1)
    return sure and compared.sides != 1


def _habits(where: str, found: Sequence[JudgedCounts], methods: Declared) -> Iterator[_Habit]:
    """The unusual test that gives most of the group, if it gives nearly all that any gives."""
    members = tuple(group[0] for group in distinct(found))
    explained = [one for one in members if one.hits]
    best: tuple[int, int] = (0, 0)
    chosen: _Habit | None = None
    for test in COUNT_TESTS:
        if test.standard or AGAINST in test.name or _declared(test, methods):
            continue
        given = tuple(one for one in members if test.name in one.names)
        telling = [one for one in given if one.standing == "only"]
        score = (len(telling), len(given))
        if (
            len(given) >= max(_FEWEST, _NEARLY_ALL * len(explained), _HALF * len(members))
            and len(telling) >= max(_TELLING, _HALF * _HALF * len(members))
            and score > best
        ):
            best, chosen = score, _Habit(test, where, members, given)
    if chosen is not None:
        yield chosen


def _declared(test: CountTest, methods: Declared) -> bool:
    """Whether the methods say that such tests were made."""
    name = test.name.casefold()
    named = ("mid-p", "barnard", "boschloo", "likelihood ratio", "trend", "mcnemar")
    said = any(key in name and key in methods.tests for key in named)
    return said or (test.sides == 1 and methods.sides == 1)


def _finding(habits: Sequence[_Habit], others: Sequence[SidedP], methods: Declared) -> Finding:
    """One finding for tests of counts and, where these are one-sided as well, of ``others``."""
    given = [one for habit in habits for one in habit.given]
    halves = [one for one in others if one.only]
    declared_as = {
        None: "the methods do not say so",
        2: "the methods declare two-sided tests",
        1: "the methods declare one-sided tests",
    }[methods.sides]
    said = [_counted(habits, given)] if habits else []
    if halves:
        said.append(
            f"{len(halves)} of {len(others)} P values of means, test statistics and estimates are "
            "one-sided"
        )
    matters = _significant_alone(given, halves, methods.alpha)
    if matters:
        count = "one result is" if matters == 1 else f"{matters} results are"
        declared_as += f", and {count} significant by that test alone"
    one_sided = not habits or habits[0].test.sides == 1
    return Finding(
        severity=Severity.WARNING if matters else Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{'; '.join(said)}; {declared_as}.",
        places=(
            *places(*given),
            *(place for one in halves for place in (one.p_place, *one.places)),
            *methods.places,
        ),
        reported=", ".join((*(o.p.text for o in given), *(o.p.text for o in halves))),
        expected="P values of a two-sided test" if one_sided else "a standard test",
        arithmetic=(
            *(_line(one, habit.test) for habit in habits for one in habit.given),
            *(one.line for one in halves),
        ),
        conventions=tuple(
            dict.fromkeys(
                (*(habit.test.name for habit in habits), *(f"{o.test}, one-sided" for o in halves))
            )
        ),
    )


def _counted(habits: Sequence[_Habit], given: Sequence[JudgedCounts]) -> str:
    total = sum(len(habit.members) for habit in habits)
    names = " and ".join(dict.fromkeys(habit.test.name for habit in habits))
    where = " and ".join(habit.where for habit in habits if habit.where)
    return (
        f"{f'{where}: ' if where else ''}{len(given)} of {total} P values of counts are those of "
        f"{names}, {sum(one.standing == 'only' for one in given)} of them of no standard test"
    )


def _significant_alone(
    given: Sequence[JudgedCounts], halves: Sequence[SidedP], alpha: float
) -> int:
    """How many results are significant by the unusual test alone, or insignificant by it."""
    of_counts = sum(o.standing == "only" and o.compared.certain and o.flips(alpha) for o in given)
    return of_counts + sum(one.flips for one in halves)


def _line(one: JudgedCounts, test: CountTest) -> str:
    values = {t.name: v for t, v in one.values}
    usual = [f"{t.name} {shown(v, one.p)}" for t, v in one.standard[:2]]
    return (
        f"{one.compared.what}, {table_text(one.counts)}: {p_text(one)}; "
        f"{test.name} {shown(values[test.name], one.p)}; {', '.join(usual)}"
    )

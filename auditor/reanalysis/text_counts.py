"""Counts that the P values of the running text compare: printed beside them, or in tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.claims import claim_ids, concept_words
from auditor.manuscript import Manuscript
from auditor.reanalysis.cell_counts import CellCount, by_concept, cell_counts, opposed
from auditor.reanalysis.compared import ComparedCounts, Counts
from auditor.reanalysis.text_tests import TextTest, text_tests, with_doubt
from auditor.reanalysis.wider_p import of_more
from auditor.statement import Statement
from auditor.topic import Term, Topic


def compared(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """Every P value of the text that compares counts which the paper prints, in reading order.

    A comparison that the text states several times comes several times.
    """
    cells = by_concept(cell_counts(manuscript))
    found = (_counted(test, manuscript, cells) for test in text_tests(manuscript))
    return tuple(f for f in found if f is not None)


def _counted(
    test: TextTest, manuscript: Manuscript, cells: Mapping[str, Sequence[CellCount]]
) -> ComparedCounts | None:
    topics = [manuscript.linked.topics.get(m.id, Topic()) for m in test.members]
    found = _printed(test, topics) or _tabled(test, topics, cells)
    if found is None:
        return None
    if of_more(manuscript.tables, found.p, [row[0] for row in found.tables[0]]):
        return _open(found, "a table prints this P value for more than these counts")
    return found


def _open(found: ComparedCounts, doubt: str) -> ComparedCounts:
    doubts = [found.doubt, doubt] if found.doubt else [doubt]
    return replace(found, certain=False, doubt="; ".join(doubts))


def _printed(test: TextTest, topics: Sequence[Topic]) -> ComparedCounts | None:
    """Counts and denominators that stand in the sentence itself."""
    rows = []
    for member in test.members:
        count = member.count.integer if member.count is not None else None
        n = member.denominator.integer if member.denominator is not None else None
        if count is None or not n or count > n:
            return None
        share = member.percent
        if share is not None and with_exact(share, Fraction(100 * count, n)) is Agreement.DIFFERS:
            test = with_doubt(test, "a printed percentage is not that of the counts")
        rows.append((count, n - count))
    return _made(test, topics, (tuple(rows),))


def _tabled(
    test: TextTest, topics: Sequence[Topic], cells: Mapping[str, Sequence[CellCount]]
) -> ComparedCounts | None:
    """Counts of a table whose percentages the sentence prints."""
    either = any(m.order_open for m in test.members) or not all(t.terms for t in topics)
    found = opposed(test.members, topics, cells, either_order=either)
    tables: dict[frozenset[tuple[int, int]] | tuple[tuple[int, int], ...], Counts] = {}
    for chosen in found:
        rows = tuple((c.count, c.n - c.count) for c in chosen)
        tables.setdefault(tuple(sorted(rows)), rows)
    if not tables:
        return None
    if len(tables) > 1:
        test = with_doubt(test, "several rows of the tables have these percentages")
    return _made(test, topics, tuple(tables.values()), found[0])


def _made(
    test: TextTest,
    topics: Sequence[Topic],
    tables: tuple[Counts, ...],
    chosen: Sequence[CellCount] = (),
) -> ComparedCounts:
    concept = topics[0].concept
    first = test.members[0]
    what = concept_words(concept) if concept else first.what[0].text if first.what else ""
    cell_topics = [c.topic for c in chosen] or topics
    return ComparedCounts(
        p=test.p,
        p_place=test.place,
        tables=tables,
        groups=tuple(_names(test.members, cell_topics)),
        categories=(what, f"no {what}"),
        what=what,
        places=(*(m.place for m in test.members), *(c.place for c in chosen)),
        claims=tuple(
            dict.fromkeys(
                (
                    test.claim,
                    *(name for m in test.members for name in claim_ids(m)),
                    *(name for c in chosen for name in c.claims),
                )
            )
        ),
        paired=test.paired,
        certain=not test.doubts,
        doubt="; ".join(test.doubts),
        source="text",
        sides=test.sides,
        test=test.test,
    )


def _names(members: Sequence[Statement], topics: Sequence[Topic]) -> Iterator[str]:
    """The groups by the terms that tell them apart, or by the words of the sentence."""
    shared = frozenset.intersection(*(t.terms for t in topics)) if topics else frozenset[Term]()
    for at, (member, topic) in enumerate(zip(members, topics, strict=True)):
        own = sorted(topic.terms - shared)
        words = [p.text for p in member.whom]
        if own:
            yield ", ".join(t.label or t.key for t in own)
        else:
            yield words[0] if words else f"group {at + 1}"

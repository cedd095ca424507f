"""Counts that the P values of the running text compare: printed beside them, or in tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.linking.claims import claim_ids, concept_words
from auditor.linking.headers import PATIENTS
from auditor.manuscript import Manuscript
from auditor.reanalysis import sides
from auditor.reanalysis.bare_tests import bare
from auditor.reanalysis.cell_counts import CellCount, by_concept, cell_counts
from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.complements import opposes_absence, opposes_others
from auditor.reanalysis.group_names import labels
from auditor.reanalysis.group_sizes import Size, sizes
from auditor.reanalysis.pairwise import pair_of
from auditor.reanalysis.repeated import repeated
from auditor.reanalysis.sides import Sides
from auditor.reanalysis.text_tests import TextTest, text_tests
from auditor.reanalysis.wider_p import of_more
from auditor.topic import Term, Topic


@dataclass(frozen=True, slots=True)
class _Known:
    """What the paper shows of counts beside its sentences."""

    manuscript: Manuscript
    cells: Mapping[str, Sequence[CellCount]]
    sizes: Mapping[frozenset[Term], Sequence[Size]]


def compared(manuscript: Manuscript) -> tuple[ComparedCounts, ...]:
    """Every P value of the text that compares counts which the paper prints, in reading order.

    A comparison that the text states several times comes several times.
    """
    known = _Known(manuscript, by_concept(cell_counts(manuscript)), sizes(manuscript.linked))
    tests = tuple(text_tests(manuscript))
    found = [_counted(test, known) for test in tests]
    sure = tuple(f for f in found if f is not None and f.certain)
    for at, (test, own) in enumerate(zip(tests, found, strict=True)):
        if test.members and (own is None or not own.certain):
            found[at] = repeated(test, sure) or own
    claims = {c.printed.start: c.id for c in manuscript.claims if c.place.kind == "text"}
    known_ids = frozenset(c.id for c in manuscript.claims)
    return tuple(_with_claims(f, claims, known_ids) for f in found if f is not None)


def _with_claims(
    found: ComparedCounts, claims: Mapping[int, str], known: frozenset[str]
) -> ComparedCounts:
    """The comparison with claims of the manuscript alone: a fraction that was joined with the
    percentage behind it has numbers that are claims of another statement."""
    own = claims.get(found.p.start)
    ids = (*((own,) if own is not None else ()), *(c for c in found.claims if c in known))
    return replace(found, claims=tuple(dict.fromkeys(ids)))


def _counted(test: TextTest, known: _Known) -> ComparedCounts | None:
    if not test.members:
        return _bare(test, known)
    topics = [known.manuscript.linked.topics.get(m.id, Topic()) for m in test.members]
    found = _sides(test, topics, known)
    if found is None:
        return None
    if len(test.members) > 2:
        chosen = pair_of(test.words, found.groups)
        if chosen is not None:
            found = _only(found, chosen)
            test = replace(test, doubts=())
    found = replace(
        found,
        groups=labels(found.groups, test.members),
        places=(*(m.place for m in test.members), *found.places),
        claims=(*(name for m in test.members for name in claim_ids(m)), *found.claims),
    )
    return _made(test, _what(test, topics[0]), found, known)


def _bare(test: TextTest, known: _Known) -> ComparedCounts | None:
    """Counts of the row that a sentence without numbers of patients names."""
    topic = known.manuscript.linked.topics.get(test.carrier.id, Topic())
    found = bare([test.carrier], test.words, topic, known.cells)
    if found is None:
        return None
    sides = replace(found.sides, doubt=found.doubt, claims=(*found.claims, *found.sides.claims))
    return _made(test, found.what, sides, known)


def _sides(test: TextTest, topics: Sequence[Topic], known: _Known) -> Sides | None:
    members, words, concept = test.members, test.sentence.text, topics[0].concept
    found = sides.printed(members, topics, known.sizes)
    if found is None and opposes_others(words):
        found = sides.against_rest(members, concept, known.cells)
    if found is None:
        found = sides.tabled(members, topics, known.cells, words)
    if found is None and opposes_absence(words):
        found = sides.against_rest(members, concept, known.cells)
    return found or sides.by_size(members, topics, known.sizes, known.cells)


def _only(found: Sides, chosen: Sequence[int]) -> Sides:
    """The counts of those groups alone."""
    tables = tuple(tuple(table[at] for at in chosen) for table in found.tables)
    return replace(found, tables=tables, groups=tuple(found.groups[at] for at in chosen))


def _made(test: TextTest, what: str, found: Sides, known: _Known) -> ComparedCounts:
    doubts = [d for d in (*test.doubts, found.doubt) if d]
    if of_more(known.manuscript.tables, test.p, found.tables[0], test.sentence.text):
        doubts.append("a table prints this P value for more than these counts")
    return ComparedCounts(
        p=test.p,
        p_place=test.place,
        tables=found.tables,
        groups=found.groups,
        categories=(what, f"no {what}"),
        what=what,
        places=found.places,
        claims=tuple(dict.fromkeys((test.claim, *found.claims))),
        ordered=test.test == "trend",
        paired=test.paired,
        certain=not doubts,
        doubt="; ".join(dict.fromkeys(doubts)),
        source="text",
        sides=test.sides,
        test=test.test,
    )


_WEAK = re.compile(
    r"\b(?:differ\w*|results?|similar|were|was|had|significan\w+|comparison|higher|lower|more)\b"
    r"|^(?:in|with|of|for|on|at|by|from)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^.*[.;:]\s|^.*,\s(?=and\b|whereas\b|while\b|but\b)", re.DOTALL)
_LONGEST = 90


def _what(test: TextTest, topic: Topic) -> str:
    """What is compared: by the paper's own label where it is understood, else in its words."""
    concept = topic.concept
    nested = "=" in concept or ">" in concept
    if concept not in ("", PATIENTS) and not nested and not topic.residue:
        return concept_words(concept)
    heads = [p.text for m in test.members for p in m.what]
    telling = next((h for h in heads if not _WEAK.search(h)), "")
    return telling or _clause(test) or next(iter(heads), "patients")


def _clause(test: TextTest) -> str:
    """The words of the sentence in front of the first group, from the last clause on."""
    first = test.members[0].place.start or 0
    before = [at for at, offset in enumerate(test.sentence.offsets) if offset < first]
    words = test.sentence.text[: before[-1] + 1] if before else ""
    words = _CLAUSE.sub("", words).strip(" (,:")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"

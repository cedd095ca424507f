"""Chi-squared statistics of the text with the counts that they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.finding import Place
from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.reanalysis.compared import Counts
from auditor.reanalysis.reported_tests import ReportedTest, by_sentence, tests_of
from auditor.statement import Kind, Origin, Statement

_OTHER = re.compile(
    r"\bstratif|\bmantel|\bcmh\b|\btrend\b|\blog[- ]?rank|\bwald\b|\bmc\s?nemar|\badjust|\bpaired\b"
    r"|\bregress|\blogistic|\blikelihood|\bkruskal|\bfriedman|\bhomogeneity|\bheterogeneity"
    r"|\binteraction|\bweighted|\bmatched",
    re.IGNORECASE,
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class TestedCounts:
    """A statistic with the counts that stand before it in its sentence.

    Attributes:
        counts: one row a group: with and without.
        shown: the counts as printed ("23/212"); ``places``, ``claims``: theirs.
    """

    test: ReportedTest
    counts: Counts
    shown: tuple[str, ...]
    places: tuple[Place, ...]
    claims: tuple[str, ...]


def tested_counts(manuscript: Manuscript) -> Iterator[TestedCounts]:
    """Every chi-squared statistic that follows the counts of two or more groups, in order.

    The counts are one list ("23 of 212 patients and 30 of 96"), each with its denominator, and
    the only such list before the statistic.
    """
    statements = by_sentence(manuscript)
    for sentence in manuscript.prose.sentences:
        own = statements.get(sentence.index, [])
        if sentence.section in ("references", "methods") or _OTHER.search(sentence.text):
            continue
        begin = 0
        for test in tests_of(sentence, own, manuscript):
            at = test.value.start
            before = [s for s in own if begin <= s.value.start < at]
            begin = max(test.p.end, test.value.end)
            if test.kind != "chi2" or not test.own:
                continue
            made = _made(test, [s for s in before if s.kind in (Kind.COUNT, Kind.PERCENT)])
            if made is not None:
                yield made


def _made(test: ReportedTest, found: Sequence[Statement]) -> TestedCounts | None:
    rows, shown = [], []
    members = [s for s in found if s.denominator is not None]
    series = {s.series for s in members}
    if len(members) < _FEWEST or len(series) != 1 or None in series:
        return None
    for member in members:
        count = member.count.integer if member.count is not None else None
        n = member.denominator.integer if member.denominator is not None else None
        if count is None or not n or count > n or member.origin is not Origin.OWN:
            return None
        share = member.percent
        if share is not None and with_exact(share, Fraction(100 * count, n)) is Agreement.DIFFERS:
            return None
        rows.append((count, n - count))
        shown.append(f"{count}/{n}")
    df = test.df[0].value if test.df else len(rows) - 1
    if df != len(rows) - 1:
        return None
    return TestedCounts(
        test,
        tuple(rows),
        tuple(shown),
        tuple(member.place for member in members),
        tuple(claim for member in members for claim in claim_ids(member)),
    )

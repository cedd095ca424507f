"""Categories of which every patient has one do not add up to the patients.

## What it does
Adds up the categories of a block (sex, stage, line of treatment, response) in every column and
compares the sum with N. That the block is a partition is not assumed: it shows in columns
whose counts add up exactly, or in categories that exclude each other. Nested rows, total rows
and rows of another variable are left out, and an excess that overlapping rows explain
("III" and "IIIA", a response rate below its parts) is silent. Too many patients are an error, or
a warning where no other column proves the partition. Too few are silent where values may be
missing; they are a warning where one column alone lacks more than 15% and chance would hardly
do it (hypergeometric probability below 1%), or where the block prints a row for missing values
and still does not add up in that column.

## Why it matters
Somebody is counted twice or is lost. Either the counts or the N is wrong.

## Example
EGFR mutation: positive 20, negative 38, not evaluable 27 among 80 patients: 85 patients.

## References
CONSORT 2010 statement, items 13 and 15. Carlisle JB. Anaesthesia 2017;72:944-952.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.composites import overlap_explains
from auditor.extraction.describe import addition, places
from auditor.extraction.judged import TableJudgement
from auditor.extraction.partitions import ColumnSum, Partition
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript

_UNLIKELY = Fraction(1, 100)
_LITTLE, _MANY = Fraction(1, 5), Fraction(3, 20)
_FEW = 10
"""In groups smaller than this sums agree by chance."""


@check(code="SUM001", name="parts-miss-whole")
def parts_miss_whole(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every column of a partition that does not add up to N."""
    judged = 0
    for judgement, partitions in zip(manuscript.judged, manuscript.partitions, strict=True):
        for partition in partitions:
            if not (partition.exact or partition.exclusive or partition.twin):
                continue
            judged += 1
            for total in partition.sums:
                if partition.exact or total.total > total.whole:
                    for entry in total.entries:
                        yield Judged(entry.claims)
                severity = _weigh(partition, total)
                if severity is not None and (total.stated or _proven(partitions, total)):
                    yield _finding(judgement, partition, total, severity)
    if not judged:
        raise NotEvaluable("no block of categories is known to share out the patients")


def _only_known(total: ColumnSum) -> bool:
    """Whether an N that nothing states is no more than the sum of the known values."""
    return not total.stated and total.known == total.whole


def _proven(partitions: tuple[Partition, ...], total: ColumnSum) -> bool:
    """Whether two other blocks add up to the N that the percentages imply."""
    agreeing = [
        s
        for p in partitions
        for s in p.sums
        if s.column == total.column and s is not total and s.total == total.whole
    ]
    return len(agreeing) >= 2


def _weigh(partition: Partition, total: ColumnSum) -> Severity | None:
    """How much a sum weighs that misses N; None where it is right or may be."""
    if total.exact or total.shared is not None or _only_known(total):
        return None
    if total.total > total.whole:
        return _excess(partition, total)
    return _shortfall(partition, total)


def _excess(partition: Partition, total: ColumnSum) -> Severity | None:
    labels = [e.row.label for e in total.entries]
    counts = [e.count or 0 for e in total.entries]
    if overlap_explains(labels, counts, total.whole):
        return None
    if not partition.marked and total.begins_with(total.whole):
        # Rows of another variable may follow where nothing marks the end of the block.
        return None
    others = partition.exact
    sure = partition.exclusive and not partition.multiple
    if (partition.exclusive and others) or (sure and _pure(partition)):
        return Severity.ERROR
    arms = [s for s in others if not s.summary]
    missed = len(partition.sums) - len(others)
    if total.whole >= _FEW and len(arms) >= 2 and len(arms) > missed:
        return Severity.ERROR
    if others and partition.tight and not partition.multiple:
        return Severity.ERROR
    little = total.total - total.whole <= _LITTLE * total.whole
    if little and (partition.twin or (sure and partition.marked)):
        return Severity.WARNING
    return None


def _shortfall(partition: Partition, total: ColumnSum) -> Severity | None:
    others = [s for s in partition.exact if s.total == s.whole]
    short = sum(s.total < s.whole for s in partition.sums)
    if not total.complete or not others or short > 1:
        return None
    if partition.unknowns and (len(others) >= 2 or partition.exclusive):
        return Severity.WARNING
    proven = len(others) >= 2 or partition.exclusive or partition.tight
    gap = total.whole - total.total
    many = gap >= _MANY * total.whole and total.whole >= _FEW
    if proven and many and _chance(total.whole, max(s.whole for s in others), gap) < _UNLIKELY:
        return Severity.WARNING
    return None


def _pure(partition: Partition) -> bool:
    """Whether the block is nothing but two excluding categories, and perhaps the unknown."""
    return len(partition.rows) == 2 + partition.unknowns


def _chance(patients: int, others: int, gap: int) -> Fraction:
    """Probability that all missing values fall into this column, were it all chance."""
    return Fraction(comb(patients, gap), comb(patients + others, gap))


def _finding(
    judgement: TableJudgement, partition: Partition, total: ColumnSum, severity: Severity
) -> Finding:
    reading = judgement.reading
    column = reading.columns[total.column].label
    name = partition.heading or "the categories"
    counts = [e.count or 0 for e in total.entries]
    over = total.total > total.whole
    difference = abs(total.total - total.whole)
    named = " + ".join(f"{e.row.label} {e.count}" for e in total.entries)
    lines = [f"{named} = {total.total}", f"N = {total.whole}"]
    lines += [
        f"{reading.columns[s.column].label or 'another column'}: "
        f"{addition([e.count or 0 for e in s.entries])} = "
        f"{'N' if s.total == s.whole else 'the patients with known values'}"
        for s in partition.exact[:3]
    ]
    return Finding(
        severity=severity,
        verdict=Verdict.IMPOSSIBLE if over and severity is Severity.ERROR else Verdict.DISAGREES,
        message=f"{reading.table.name}, “{name}”, column “{column}”: the categories add up to "
        f"{total.total}, {difference} {'more' if over else 'fewer'} than the "
        f"{total.whole} patients.",
        places=places(*total.entries),
        reported=addition(counts),
        expected=str(total.whole),
        arithmetic=tuple(lines),
    )

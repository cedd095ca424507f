"""A P value does not follow from the counts beside it under any usual test.

## What it does
Ties P values of tables and of the text to the counts that they compare, and recomputes them
under every test that papers use: Fisher, Pearson, Yates, N-1, likelihood ratio, mid-p, Barnard,
Boschloo, trend, McNemar, one- and two-sided. A P value that none of them gives, and that is far
from what they give, is a warning only where the reading is beyond doubt: other P values of the
same table follow from its counts, or the methods name tests of counts and no model. Where one
patient more or less, or categories put together, would give it, it is a note. Where most P values
of a table follow from no test of its counts, that is one note for the table: they may be adjusted,
or of other patients.
P values of medians, survival and regression are left alone, and those beside ratios unless nearly
all of the table follow from its counts.

## Why it matters
Either the P value or a count is wrong, or the test is another than the paper says.

## Example
Disease control in 42 of 78 and 50 of 77 patients, P = 0.54: Pearson gives 0.16, Fisher 0.19.

## References
Fisher RA. Statistical Methods for Research Workers, 21.02. Campbell I. Chi-squared and
Fisher-Irwin tests of two-by-two tables. Stat Med 2007;26:3661.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.declared import Declared, declared
from auditor.reanalysis.judged_counts import (
    JudgedCounts,
    agreeing,
    collapsed,
    distinct,
    gives,
    named_values,
    neighbour,
    recomputed,
    slip,
    table_text,
)
from auditor.reanalysis.naming import MODELS, OF_COUNTS
from auditor.reanalysis.p_columns import OF_RATIO
from auditor.recomputed import Recomputed

from ._counts import arithmetic, claims, expected, group_names, judged_counts, p_text, places

_FAR = 1.5
"""How many times the nearest test must differ from the print."""
_FLIP = 1.2
_FEWEST = 3
_MOSTLY = 0.7
_HALF = 0.5
_TABLE = 5


@check(code="PVL002", name="p-of-counts-mismatch")
def p_of_counts_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield a finding for every P value, or table of P values, that no test of its counts gives."""
    found = judged_counts(manuscript)
    if not found:
        raise NotEvaluable("no P value is tied to counts that it compares")
    methods = declared(manuscript.document, manuscript.prose)
    for one in found:
        if one.compared.certain or one.standing == "standard":
            yield claims([one])
            yield recomputed(one)
    told: set[int] = set()
    of_counts = [one for one in found if one.compared.doubt != OF_RATIO]
    if not of_counts and not any(one.standing == "standard" for one in found):
        raise NotEvaluable("the P values may be of the ratios beside the counts")
    for table, members in _by_table(of_counts).items():
        if _hopeless(members):
            told.add(table)
            yield _of_table(manuscript.tables[table].table.name, members)
    for group in distinct(found):
        one = group[0]
        table_index = one.compared.p_place.table_index
        if one.compared.certain and table_index not in told and _misses(one, methods.alpha):
            near = [o for o in found if o.compared.p_place.table_index == table_index]
            finding = _finding(group, near, found, methods)
            if finding is not None:
                yield finding


def _by_table(found: Sequence[JudgedCounts]) -> dict[int, list[JudgedCounts]]:
    tables: dict[int, list[JudgedCounts]] = {}
    for one in found:
        index = one.compared.p_place.table_index
        if one.compared.source == "table" and index is not None:
            tables.setdefault(index, []).append(one)
    return tables


def _misses(one: JudgedCounts, alpha: float) -> bool:
    """Whether no test gives the print, and none comes near it."""
    if one.hits:
        return False
    return one.factor >= _FAR or (one.flips(alpha) and one.factor >= _FLIP)


def _hopeless(members: Sequence[JudgedCounts]) -> bool:
    """Whether most P values of a table follow from no test of its counts."""
    lost = [one for one in members if not one.hits]
    far = [one for one in lost if one.factor >= _FLIP]
    return len(members) >= _TABLE and len(lost) > _HALF * len(members) and len(far) >= _FEWEST


def _of_table(name: str, members: Sequence[JudgedCounts]) -> Finding:
    lost = [one for one in members if not one.hits]
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"{name}: most P values ({len(lost)} of {len(members)}) follow from no usual test "
        "of the counts beside them.",
        places=tuple(dict.fromkeys(one.compared.p_place for one in lost)),
        reported=", ".join(one.p.text for one in lost),
        expected="P values of the counts, or the name of the test",
        arithmetic=tuple(
            f"{one.compared.what}: {table_text(one.counts)}, {p_text(one)}; "
            + ", ".join(named_values(one.standard, one.p))
            for one in lost
        ),
        conventions=("a test adjusted for other factors", "a test of other patients"),
    )


def _finding(
    group: Sequence[JudgedCounts],
    near: Sequence[JudgedCounts],
    found: Sequence[JudgedCounts],
    methods: Declared,
) -> Finding | None:
    one = group[0]
    near_by = neighbour(one) or collapsed(one)
    swapped = _exchanged(one, near)
    known = bool(swapped) or _trusted(near, found, methods)
    sure = known and not near_by
    if not sure and ((not one.flips(methods.alpha) and one.factor < 2 * _FAR) or _open(one)):
        return None
    values = ", ".join(named_values(one.standard, one.p))
    return Finding(
        severity=Severity.WARNING if sure else Severity.NOTE,
        verdict=Verdict.DISAGREES if sure else Verdict.QUERY,
        message=f"{one.compared.what}: {p_text(one)} follows from no usual test of the counts"
        f"{group_names(one)}, {table_text(one.counts)} ({values}).",
        places=places(*group),
        reported=one.p.text,
        expected=expected(one, methods),
        arithmetic=arithmetic(one),
        conventions=("a test adjusted for other factors", "a test of other patients"),
        suggestion="; ".join(part for part in (swapped, slip(one), near_by) if part),
    )


def _open(one: JudgedCounts) -> bool:
    """Whether a sentence sets three groups side by side: the P value may be of two of them."""
    return one.compared.source == "text" and len(one.counts) > 2


def _exchanged(one: JudgedCounts, near: Sequence[JudgedCounts]) -> str:
    """The row whose P value this may be, and the other way round."""
    for other in near:
        if other.hits or other.same_table == one.same_table:
            continue
        if gives(other.counts, one.p) and gives(one.counts, other.p):
            return f"it may be exchanged with the P value of “{other.compared.what}”"
    return ""


def _trusted(
    near: Sequence[JudgedCounts], found: Sequence[JudgedCounts], methods: Declared
) -> bool:
    """Whether the other P values of the table show that tests of counts were made; where the
    methods name no model, those of the paper, or the methods themselves if half of them agree."""
    modelled = bool(methods.tests & MODELS)
    for members in (near,) if modelled else (near, found):
        hits = agreeing(members)
        if hits >= _FEWEST and hits >= _MOSTLY * (len(members) - 1):
            return True
    groups = [*_by_table(found).values(), [o for o in found if o.compared.source != "table"]]
    agreed = sum(agreeing(members) for members in groups)
    plain = bool(methods.tests & OF_COUNTS) and not modelled
    return plain and agreed >= _HALF * (len(found) - 1)

"""P values of counts under every convention: which of them gives the print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from auditor.printed import PrintedNumber
from auditor.reanalysis.compared import TIMED, ComparedCounts, Counts
from auditor.recomputed import Recomputed, Result
from auditor.statistics.contingency import canonical
from auditor.statistics.count_tests import CountTest, p_values
from auditor.statistics.printed_p import allowed, allows, shown, significant

_WIDEST = 7
_WITHIN = 2.5
"""Unconditional tests are never this many times off all others."""
AGAINST = "against the difference"
"""Part of the names of tests whose tail lies on the side that was not seen."""
PEARSON = "Pearson chi-squared"
ONE_SIDED = "Fisher's exact, one-sided"
FEW = 5
"""Below this expected count the chi-squared distribution is no good approximation."""


@dataclass(frozen=True, slots=True)
class JudgedCounts:
    """A P value with what every test gives for the counts that it compares.

    Attributes:
        compared: the P value and its counts.
        counts: the table that it is judged by: the first that gives the print under a standard
            test, or under any test, or the first.
        values: what each test gives for ``counts``, in the order of the tests.
        hits: the tests that give the print.
    """

    compared: ComparedCounts
    counts: Counts
    values: tuple[tuple[CountTest, float], ...]
    hits: tuple[CountTest, ...]

    @property
    def p(self) -> PrintedNumber:
        return self.compared.p

    @property
    def names(self) -> frozenset[str]:
        """Names of the tests that give the print."""
        return frozenset(t.name for t in self.hits)

    @property
    def standing(self) -> str:
        """``standard``, ``only`` or ``none``: as ``Recomputed.standing``."""
        if any(t.standard for t in self.hits):
            return "standard"
        return "only" if self.hits else "none"

    @property
    def standard(self) -> tuple[tuple[CountTest, float], ...]:
        """What the standard tests give."""
        return tuple((t, v) for t, v in self.values if t.standard)

    @property
    def usual(self) -> tuple[tuple[CountTest, float], ...]:
        """What the tests give that a reader expects of just this table: where an expected count
        is below 5, Pearson's is none of them. Cochran, Biometrics 1954;10:417."""
        few = smallest(self.counts) < FEW
        kept = tuple((t, v) for t, v in self.standard if not few or t.name != PEARSON)
        return kept or self.standard

    def significant(self, alpha: float) -> bool | None:
        """Whether the usual tests all fall below ``alpha``; None where they differ."""
        sides = {value < alpha for _, value in self.usual}
        return sides.pop() if len(sides) == 1 else None

    def flips(self, alpha: float) -> bool:
        """Whether the print stands on the other side of ``alpha`` than every usual test."""
        printed, standard = significant(self.p, alpha), self.significant(alpha)
        return printed is not None and standard is not None and printed is not standard

    @property
    def factor(self) -> float:
        """How many times the nearest test is greater or smaller than the print; 1 if within.

        Tails on the side that was not seen are left aside.
        """
        span = allowed(self.p)
        low, high = float(span.lower or 0), float(span.upper if span.upper is not None else 1)
        near = []
        for test, value in self.values:
            if AGAINST in test.name:
                continue
            if value < low:
                near.append(low / max(value, 1e-9))
            else:
                near.append(max(1.0, value / max(high, 1e-9)))
        return min(near, default=1.0)

    @property
    def same_table(self) -> Counts:
        """Equal for two P values of one table, whatever the order of groups and categories."""
        return canonical(self.counts)


def of_table(compared: ComparedCounts, counts: Counts, *, costly: bool) -> JudgedCounts | None:
    """The P value under every test of one table; None where there is none."""
    values = p_values(counts, ordered=compared.ordered, paired=compared.paired, costly=costly)
    if not values:
        return None
    hits = tuple(t for t, value in values if allows(compared.p, value) and _sensible(t, compared.p))
    return JudgedCounts(compared, counts, values, hits)


def _sensible(test: CountTest, p: PrintedNumber) -> bool:
    """Whether a print may come from the test: of a bound ("NS") no tail against the difference
    tells anything, since it is nearly always above one half."""
    return AGAINST not in test.name or p.relation == "="


def judge(compared: ComparedCounts) -> JudgedCounts | None:
    """The P value under every test; None where no test of its counts exists.

    Of several tables that the print allows, those after the first explain it by standard
    tests alone. Costly tests are made only where no other gives the print but one comes near.
    """
    made = []
    for counts in compared.tables:
        found = of_table(compared, counts, costly=False)
        if found is None:
            continue
        if found.standing == "standard":
            return found
        made.append(found)
    if not made:
        return None
    first = made[0]
    if first.hits or first.factor > _WITHIN:
        return first
    return of_table(compared, first.counts, costly=True) or first


def judged(all_compared: Iterable[ComparedCounts]) -> tuple[JudgedCounts, ...]:
    """Every comparison for whose counts there is a test, in the order given.

    What is in doubt for all P values of a table is not, where nearly all of them, three at
    least, follow from standard tests of the counts as read.
    """
    found = [j for c in all_compared if (j := judge(c)) is not None]
    groups: dict[tuple[int | None, str], list[JudgedCounts]] = {}
    for one in found:
        if one.compared.source == "table" and one.compared.doubt != TIMED:
            groups.setdefault((one.compared.p_place.table_index, one.compared.doubt), []).append(
                one
            )
    settled = {
        key
        for key, members in groups.items()
        if (hits := sum(m.standing == "standard" for m in members)) >= _FEWEST
        and hits >= _NEARLY_ALL * len(members)
    }
    return tuple(
        replace(one, compared=replace(one.compared, certain=True, doubt=""))
        if _shared(one) in settled
        else one
        for one in found
    )


def _shared(one: JudgedCounts) -> tuple[int | None, str]:
    """Its table and what is in doubt there."""
    return one.compared.p_place.table_index, one.compared.doubt


_FEWEST = 3
_NEARLY_ALL = 0.7


def distinct(all_judged: Iterable[JudgedCounts]) -> tuple[tuple[JudgedCounts, ...], ...]:
    """The P values, repeated statements of the same one put together.

    The two rows of a 2 x 2 table, and the abstract's repetition of a result, are the same:
    equal counts, equal print.
    """
    groups: dict[object, list[JudgedCounts]] = {}
    for one in all_judged:
        key = (one.same_table, one.p.value, one.p.relation)
        groups.setdefault(key, []).append(one)
    return tuple(tuple(sorted(g, key=_rank)) for g in groups.values())


def _rank(one: JudgedCounts) -> bool:
    return not one.compared.certain


def agreeing(members: Sequence[JudgedCounts]) -> int:
    """How many of the P values follow from standard tests, or from one and the same other test.

    Among so many tests some give a print by chance; that one gives most of them is none.
    """
    given = Counter(name for one in members for name in one.names)
    standard = sum(one.standing == "standard" for one in members)
    return max(standard, *given.values()) if given else 0


def neighbour(one: JudgedCounts) -> str:
    """How one patient would give the print by a standard test, or "".

    One more or less in a cell (a missing value), or counted in the next cell of the same group
    (a count that is off by one).
    """
    for r, row in enumerate(one.counts):
        for c, count in enumerate(row):
            for step in (-1, 1):
                if count + step < 0:
                    continue
                changed = [*row[:c], count + step, *row[c + 1 :]]
                kept = list(changed)
                kept[(c + 1) % len(row)] -= step
                for line in (kept, changed):
                    cells = (*one.counts[:r], tuple(line), *one.counts[r + 1 :])
                    if min(line) >= 0 and gives(cells, one.p):
                        return f"{count + step} instead of {count} patients would give it"
    return ""


def slip(one: JudgedCounts) -> str:
    """The P value with its decimal point moved by one digit or two neighbouring digits
    exchanged, and the standard test that gives it; "" where none does, or several slips do."""
    if one.p.relation != "=":
        return ""
    found = []
    for factor, decimals in ((Decimal(10), -1), (Decimal("0.1"), 1)):
        moved = replace(
            one.p, value=one.p.value * factor, decimals=max(0, one.p.decimals + decimals)
        )
        if moved.value < 1 and moved.decimals >= 2 and (test := _giving(one.counts, moved)):
            found.append(f"{moved.value.normalize():f} {test}: the decimal point may be misplaced")
    digits = f"{one.p.value:.{one.p.decimals}f}".partition(".")[2]
    for at in range(len(digits) - 1 if one.p.decimals > 2 else 0):
        text = f"0.{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"
        swapped = replace(one.p, value=Decimal(text))
        if digits[at] != digits[at + 1] and (test := _giving(one.counts, swapped)):
            found.append(f"{text} {test}: two digits may be exchanged")
    return found[0] if len(found) == 1 else ""


def _giving(counts: Counts, p: PrintedNumber) -> str:
    """The first standard test that gives ``p``, in words, or ""."""
    for test, value in p_values(counts, costly=False):
        if test.standard and allows(p, value):
            return f"would follow from the counts by {test.name}"
    return ""


def collapsed(one: JudgedCounts) -> str:
    """Categories put together, or two groups alone, for which a standard test gives the print."""
    width = len(one.counts[0])
    labels = one.compared.categories
    if 3 <= width <= _WIDEST and len(labels) == width:
        for size in range(1, width // 2 + 1):
            for columns in combinations(range(width), size):
                inside = [sum(row[c] for c in columns) for row in one.counts]
                rest = [sum(row) - x for row, x in zip(one.counts, inside, strict=True)]
                if gives(tuple(zip(inside, rest, strict=True)), one.p):
                    return (
                        f"{' + '.join(labels[c] for c in columns)} against the rest would give it"
                    )
    if len(one.counts) > 2:
        for a, b in combinations(range(len(one.counts)), 2):
            if gives((one.counts[a], one.counts[b]), one.p):
                names = one.compared.groups
                pair = f"{names[a]} against {names[b]}" if len(names) > b else "two of the groups"
                return f"{pair} alone would give it"
    return ""


def gives(counts: Counts, p: PrintedNumber) -> bool:
    """Whether a standard test of ``counts`` gives the print ``p``."""
    return any(t.standard and allows(p, v) for t, v in p_values(counts, costly=False))


def table_text(counts: Counts) -> str:
    """Such as "1/16 against 5/13", or "8, 3, 4 against 8, 2, 5" of several categories."""
    if all(len(row) == 2 for row in counts):
        return " against ".join(f"{row[0]}/{sum(row)}" for row in counts)
    return " against ".join(", ".join(map(str, row)) for row in counts)


def in_r(one: JudgedCounts) -> str:
    """The test as R computes it: one row a group."""
    numbers = ", ".join(str(n) for row in one.counts for n in row)
    table = f"matrix(c({numbers}), nrow = {len(one.counts)}, byrow = TRUE)"
    if one.compared.paired:
        return f"mcnemar.test({table}, correct = FALSE)"
    if any(t.name.startswith("Fisher") for t, _ in one.values):
        return f"fisher.test({table})"
    return f"chisq.test({table}, correct = FALSE)"


def yardstick(one: JudgedCounts, tests: AbstractSet[str] = frozenset()) -> tuple[CountTest, float]:
    """The test that a reader expects of these counts, with its P value: the one that the words
    or the methods (``tests``) name if they name one only, else Fisher's where there is one.

    Where an expected count is below 5, Pearson's is not expected.
    """
    named = {one.compared.test} if one.compared.test else set(tests)
    if "chi-squared" in named and "fisher" not in named:
        for test, value in one.usual:
            if test.name == PEARSON:
                return test, value
    return one.usual[0]


def recomputed(one: JudgedCounts) -> Recomputed:
    """The P value beside what the standard tests give, a one-sided Fisher test, and all others
    that give the print."""
    compared = one.compared
    results = [
        Result(test.name, shown(value, one.p), test in one.hits, test.standard, test.source)
        for test, value in one.values
        if test.standard or test in one.hits or test.name == ONE_SIDED
    ]
    results.sort(key=lambda r: not r.standard)
    labels = " against ".join(label for label in compared.groups if label)
    notes = [compared.doubt] if compared.doubt else []
    if smallest(one.counts) < FEW:
        notes.append("an expected count is below 5")
    if not (compared.paired or any(t.name.startswith("Fisher") for t, _ in one.values)):
        notes.append("Fisher's exact test has too many tables to go through")
    return Recomputed(
        statistic="P value",
        of=f"{compared.what}: {labels}" if labels else compared.what,
        printed=one.p.text,
        place=compared.p_place,
        inputs=(table_text(one.counts), in_r(one)),
        results=tuple(results),
        note="; ".join(notes),
    )


def smallest(counts: Counts) -> Fraction:
    """The smallest expected count of the table."""
    total = sum(map(sum, counts))
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    if not total:
        return Fraction(0)
    return Fraction(min(rows) * min(columns), total)


def named_values(pairs: Sequence[tuple[CountTest, float]], p: PrintedNumber) -> Iterator[str]:
    """Such as "Pearson chi-squared: P = 0.026", one a test."""
    for test, value in pairs:
        text = shown(value, p)
        yield f"{test.name}: P {text if text.startswith('<') else '= ' + text}"

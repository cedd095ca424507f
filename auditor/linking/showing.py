"""What cells show beside a number of a statement: themselves, a share, a sum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from auditor.claims import Measure
from auditor.linking import agreement
from auditor.linking.agreement import Agreement
from auditor.linking.cells import Cell
from auditor.linking.parts import SHARES
from auditor.linking.read_topic import survival
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Statement
from auditor.topic import Fact

VALUES: dict[Kind, tuple[Measure, ...]] = {
    Kind.MEDIAN: (Measure.MEDIAN, Measure.OTHER),
    Kind.MEAN: (Measure.MEAN,),
    Kind.RATIO: (Measure.ESTIMATE,),
    Kind.VALUE: (Measure.MEDIAN, Measure.MEAN, Measure.ESTIMATE, Measure.OTHER),
    Kind.SURVIVAL: (Measure.PERCENT, Measure.ESTIMATE),
    Kind.PERCENT: (Measure.PERCENT,),
}


_LEADING = (Measure.COUNT, Measure.PERCENT, Measure.MEDIAN, Measure.MEAN, Measure.ESTIMATE)


def sure(statement: Statement, fact: Fact) -> bool:
    """Whether the table says which statistic it shows; of times to an event it is the median."""
    if fact.measure is not Measure.OTHER:
        return True
    return statement.kind is Kind.MEDIAN and survival(fact.topic.concept) and bool(fact.unit)


def shows(statement: Statement, part: str, printed: PrintedNumber, cell: Cell) -> bool:
    """Whether a cell shows the number of a part of a statement."""
    made = one_cell(statement, part, printed, cell)
    return made is not None and made[2].fits


_Made = tuple[tuple[Fact, ...], str, Agreement, Fraction | None]


def one_cell(statement: Statement, part: str, printed: PrintedNumber, cell: Cell) -> _Made | None:
    """What one cell says of a part of a statement."""
    if part == "count":
        count = cell.fact(Measure.COUNT)
        if count is None or count.printed.integer is None:
            return None
        shows = count.printed.text
        how = agreement.of_counts(printed, count.printed.integer)
        return (count,), shows, how, Fraction(count.printed.integer)
    if part == "denominator":
        whole = cell.fact(Measure.DENOMINATOR, Measure.COUNT)
        if whole is None or cell.n is None:
            return None
        return (whole,), f"N = {cell.n}", agreement.of_counts(printed, cell.n), Fraction(cell.n)
    if part == "percent" or (part == "value" and statement.kind in SHARES):
        return _share(statement, printed, cell)
    if part in ("lower", "upper"):
        if not _leads(statement, cell):
            return None
        of = statement.bounds[0].of if statement.bounds else ""
        fact = cell.fact(Measure.LOWER if part == "lower" else Measure.UPPER, of=of)
        if fact is None or (of and fact.of and of != fact.of):
            return None
        return _printed(printed, fact)
    if part == "p-value":
        fact = cell.fact(Measure.P_VALUE)
        return None if fact is None else _printed(printed, fact)
    if part == "value":
        fact = cell.fact(*VALUES.get(statement.kind, ()))
        if fact is None or not same_unit(statement.unit, fact.unit):
            return None
        return _printed(printed, fact)
    return None


def _leads(statement: Statement, cell: Cell) -> bool:
    """Whether the bounds of a cell are of the kind of value that the statement's are of."""
    wanted = VALUES.get(statement.kind, ())
    led = {fact.measure for fact in cell.facts} & set(_LEADING)
    if not led:
        return statement.kind in (Kind.MEDIAN, Kind.MEAN, Kind.VALUE)
    return bool(led & set(wanted)) or statement.kind is Kind.RANGE


def _printed(printed: PrintedNumber, fact: Fact) -> _Made:
    return (fact,), fact.printed.text, agreement.with_print(printed, fact.printed), None


def same_unit(one: str, other: str) -> bool:
    return not one or not other or one.rstrip("s").lower() == other.rstrip("s").lower()


def _share(statement: Statement, printed: PrintedNumber, cell: Cell) -> _Made | None:
    """A percentage beside the cell's own, and beside count over number of patients."""
    share = cell.fact(*VALUES.get(statement.kind, (Measure.PERCENT,)))
    count = cell.fact(Measure.COUNT)
    found: list[Agreement] = []
    exact = cell.share
    if share is not None:
        found.append(agreement.with_print(printed, share.printed))
    if exact is not None and exact.numerator <= 100 * exact.denominator:
        found.append(agreement.with_exact(printed, exact))
    if not found:
        return None
    facts = tuple(f for f in (share, count) if f is not None)
    if share is not None:
        shows = share.printed.text + ("" if "%" in share.printed.text else "%")
    else:
        shows = f"{printed.like(exact or Fraction(0)).rstrip('%')}%"
    if count is not None and cell.n:
        shows += f" ({count.printed.text} of {cell.n})"
    return facts, shows, agreement.best(found), exact


def sum_of_cells(
    statement: Statement, part: str, printed: PrintedNumber, cells: Sequence[Cell]
) -> _Made | None:
    """What several cells say together: counts add up, and so do numbers of patients."""
    facts = [cell.fact(Measure.COUNT) for cell in cells]
    counts = [f.printed.integer for f in facts if f is not None and f.printed.integer is not None]
    if len(counts) != len(cells):
        return None
    total = sum(counts)
    written = " + ".join(str(count) for count in counts)
    told = tuple(f for f in facts if f is not None)
    if part == "count":
        return told, f"{total} = {written}", agreement.of_counts(printed, total), Fraction(total)
    columns = {cell.topic.terms: cell.n for cell in cells}
    numbers = [n for n in columns.values() if n is not None]
    whole = sum(numbers) if len(numbers) == len(columns) else None
    if statement.denominator is not None and statement.denominator.integer:
        whole = statement.denominator.integer if whole is None else whole
    if not whole:
        return None
    if part == "denominator":
        shown = f"{whole} = " + " + ".join(str(n) for n in numbers)
        return told, shown, agreement.of_counts(printed, whole), Fraction(whole)
    if part == "percent" or (part == "value" and statement.kind is Kind.PERCENT):
        exact = Fraction(100 * total, whole)
        if exact > 100:
            return None
        shown = f"{printed.like(exact).rstrip('%')}% ({total} = {written} of {whole})"
        return told, shown, agreement.with_exact(printed, exact), exact
    return None

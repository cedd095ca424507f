"""Columns of P values: the arms that each compares, and the tests that notes name for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.document import Cell, Table
from auditor.extraction.arms import arm_key
from auditor.extraction.lexicon import plain, says
from auditor.extraction.reading import Column, ColumnRole, TableReading
from auditor.reanalysis.naming import MODELS, OF_COUNTS, named_tests

_RATIO = re.compile(
    r"\b[au]?(?:HR|OR|RR|SHR)s?\b|\b[Hh]azard|\b[Oo]dds\b|\b[Rr]elative risk|\b[Rr]isk ratio|"
    r"\b[Cc]oefficient|\b[Ww]ald\b|\b[Bb]eta\b|\bβ"
)
_MODEL = re.compile(
    r"\bmulti-?vari|\bmultiple (?:logistic|linear|regression)|\bregressions?\b|\bcox\b|\bhazard|"
    r"\blogistic\b|\bodds\b|\bproportional\b|\bmatched pairs?\b|\bpaired\b|\bcrossover\b",
    re.IGNORECASE,
)
_UNIVARIATE = re.compile(r"\bunivari|\bpredict|\bprognos|\brisk factors?\b", re.IGNORECASE)
_NO_ARM = re.compile(
    r"\bdiff(?:erence)?s?\b|χ|\bchi\b|\bchi-|\bstatistics?\b|\b[tzF]\b(?:[- ]?(?:value|test))?\s*$|"
    r"\btest\b|\b9[059]\s?%|\bCI\b|\bnnt\b|\bSMD\b",
)
_OTHER_P = re.compile(
    r"\btrend|\binteract|\badjust|\bmulti-?vari|\blog-?rank|\bpaired\b|\bwithin\b|\bchange|"
    r"\bcox\b|\bWMW\b|\bnon-?inferior|\bheterogen|\bequivalen",
    re.IGNORECASE,
)
_ADJUSTED = re.compile(
    r"\badjust(?:ed|ing|ment)\b(?! for multipl)|\bstratified\b|\bmulti-?vari|\bpaired\b|"
    r"\bmatched\b|\binteraction\b|\bmodels?\b|\bweighted\b",
    re.IGNORECASE,
)
OF_RATIO = "the P value may be of the ratio beside the counts, which may be adjusted"
"""A doubt that goes where nearly all P values of the table follow from its counts."""
_P = re.compile(r"\bp\b(?:[- ]?values?)?", re.IGNORECASE)
SAME_PATIENTS = re.compile(
    r"\b(?:before|after|pre|post|baseline|follow-?up|initial|final|day|week|month|visit|cycle)\b|"
    r"^(?:pre|post)",
    re.IGNORECASE,
)
"""Labels of times: groups named so are the same patients, whose tests are paired."""
_GRADE = re.compile(r"\bgrades?\b|^(?:any|all)\b|^[1-5IV]+(?:\s?[-–]\s?[1-5IV]+)?$", re.IGNORECASE)
_AGAINST = re.compile(r"\s(?:vs?\.?|versus|against|compared (?:with|to))\s", re.IGNORECASE)
_P_WORDS = re.compile(
    r"\bp\b[-\s]*(?:values?|levels?)?|\bvalues?\b|[()\[\]:,=*†‡§#]", re.IGNORECASE
)
_ARM_WORDS = frozenset({"group", "groups", "arm", "arms", "patients", "the", "cohort", "n"})


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of patients that a table sets beside others.

    Attributes:
        label: as its header prints it.
        columns: one, or one for each of its sub-columns ("Grade 3", "Grade 4").
    """

    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class PColumn:
    """A column of P values with the arms that it compares.

    Attributes:
        column: the column; ``arms``: two or more, with the same sub-columns each; one alone
            where the rows are the groups.
        doubt: why the P values may be of something else, or "".
        tests: named in the header or in its note.
    """

    column: Column
    arms: tuple[Arm, ...]
    doubt: str
    tests: frozenset[str]


def p_columns(reading: TableReading) -> Iterator[PColumn]:
    """Every column of P values that may be of counts, with the arms that it compares."""
    columns = [c for c in reading.columns if c.role is ColumnRole.P_VALUE]
    if not columns or _MODEL.search(reading.table.caption):
        return
    counted = {e.column for e in reading.entries if e.count is not None or e.percent is not None}
    data = [c for c in reading.data_columns() if c.index in counted and not _NO_ARM.search(c.label)]
    doubt = ""
    if _UNIVARIATE.search(reading.table.caption):
        doubt = "the P values may come from a regression"
    if _beside_ratio(reading):
        doubt = OF_RATIO
    for column in columns:
        notes = (column.label, *notes_of(reading.table, _header(reading.table, column)))
        tests = frozenset(t for note in notes for t in named_tests(note))
        if _OTHER_P.search(column.label) or not of_counts(notes):
            continue
        arms = _arms(column, columns, data)
        if arms is not None:
            general = [n.text for n in reading.table.footnotes if not n.mark and _P.search(n.text)]
            unsure = "" if of_counts(general) else "a note speaks of other tests"
            yield PColumn(column, arms, doubt or unsure, tests or _general(" ".join(general)))


def of_counts(notes: Sequence[str]) -> bool:
    """Whether P values to which notes belong may be of counts alone: the notes name such a test,
    or none at all, and no model or adjustment."""
    text = " ".join(notes)
    tests = named_tests(text)
    if tests & MODELS or _ADJUSTED.search(text):
        return False
    return not tests or bool(tests & OF_COUNTS)


def notes_of(table: Table, cells: Iterable[Cell]) -> tuple[str, ...]:
    """The footnotes whose marks stand in the cells."""
    marks = {mark.strip("()^{}") for cell in cells for mark in cell.marks}
    return tuple(n.text for n in table.footnotes if n.mark.strip("()^{}") in marks and n.mark)


def _general(text: str) -> frozenset[str]:
    """Tests that notes without a mark name, where all of them are of counts."""
    tests = named_tests(text)
    return tests if tests and tests <= OF_COUNTS else frozenset()


def _beside_ratio(reading: TableReading) -> bool:
    """Whether the table shows estimates beside its counts, of which the P values may be."""
    shares = {e.column for e in reading.entries if e.count is not None and e.percent is not None}
    others = (c for c in reading.columns if c.role is not ColumnRole.LABEL)
    return any(_RATIO.search(c.label) for c in others if c.index not in shares)


def _header(table: Table, column: Column) -> Iterator[Cell]:
    for row in table.grid[: max(1, len(column.path), table.header_rows)]:
        if column.index < len(row):
            yield row[column.index]


def _arms(
    column: Column, columns: Sequence[Column], data: Sequence[Column]
) -> tuple[Arm, ...] | None:
    """The arms that ``column`` compares; None where its header does not settle them."""
    everyone = [c for c in data if not c.total and not says("columns", "total", c.arm)]
    if len(columns) > 1:
        everyone = _own(column, columns, everyone)
    arms = _grouped(everyone)
    text = _P_WORDS.sub(" ", " ".join(column.path))
    sides = _AGAINST.split(f" {text} ")
    if len(sides) == 2:
        found = [_named(side, arms) for side in sides]
        if None in found or found[0] == found[1]:
            return None if len(arms) != 2 else _uniform(arms)
        arms = [arm for arm in found if arm is not None]
    elif len(columns) > 1 and len(everyone) == len([c for c in data if not c.total]):
        return None  # several P values of the same arms, and nothing says which of them
    return _uniform(arms)


def _own(column: Column, columns: Sequence[Column], data: list[Column]) -> list[Column]:
    """The columns under the same spanning header, or those since the last column of P values."""
    top = column.path[0] if len(column.path) > 1 else ""
    under = [c for c in data if top and c.path[:1] == (top,)]
    if len(under) >= 2:
        return under
    before = max((c.index for c in columns if c.index < column.index), default=-1)
    since = [c for c in data if before < c.index < column.index]
    return since if len(since) >= 2 else data


def _grouped(data: Sequence[Column]) -> list[Arm]:
    groups: dict[str, list[Column]] = {}
    for column in data:
        groups.setdefault(arm_key(column), []).append(column)
    if len(groups) == 1 and len(data) > 1:  # one header spans all of them
        return [Arm(c.sub or c.label, (c,)) for c in data]
    return [Arm(_label(members[0]), tuple(members)) for members in groups.values()]


def _label(column: Column) -> str:
    """The name of the arm, its brackets closed ("PCR (Arm B" was cut before "(N = 32)")."""
    name = column.arm or column.label
    return name + ")" * (name.count("(") - name.count(")"))


def _uniform(arms: Sequence[Arm]) -> tuple[Arm, ...] | None:
    """The arms, if they have the same sub-columns and are groups of different patients."""
    if not arms or len({len(a.columns) for a in arms}) != 1:
        return None
    subs = {tuple(plain(c.sub) for c in a.columns) for a in arms}
    if len(arms[0].columns) > 1 and len(subs) > 1:
        return None
    if any(_GRADE.search(a.label) for a in arms):
        return None
    if sum(bool(SAME_PATIENTS.search(a.label)) for a in arms) >= 2:
        return None  # the same patients at several times
    return tuple(arms)


def _named(side: str, arms: Sequence[Arm]) -> Arm | None:
    """The one arm that the words of a header name."""
    wanted = _words(side)
    if not wanted:
        return None
    exact = [a for a in arms if _words(a.label) == wanted]
    found = exact or [a for a in arms if wanted <= _words(a.label) or _words(a.label) <= wanted]
    return found[0] if len(found) == 1 and _words(found[0].label) else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w+]+", plain(text))) - _ARM_WORDS

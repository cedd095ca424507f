"""A suite of expectations as read, and how an expectation ended on a frame."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.finding import Severity, Verdict
from auditor.frames.suites_types import ExpectationType, Family


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation of a suite.

    Attributes:
        file: name of the suite's file, for messages.
        position: among the expectations of the suite, from 0.
        table: name of the standard table it is about.
        type, kwargs: the expectation itself.
        code, name, severity, verdict: of its findings.
        defect: a sentence that states the defect.
        what, why, example, references: its documentation; ``what`` adds to what the expectation
            itself says and may be empty.
        fixed: whether the ranges of a study leave its bounds as they are.
        optional: columns that count as missing throughout where they were not delivered.
        ranged_by: the study file whose range replaced its bounds, or "".
    """

    file: str
    position: int
    table: str
    type: ExpectationType
    kwargs: Mapping[str, Any]
    code: str
    name: str
    severity: Severity
    verdict: Verdict
    defect: str
    what: str
    why: str
    example: str
    references: str
    fixed: bool = False
    optional: tuple[str, ...] = ()
    ranged_by: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it judges; none where it speaks of the table."""
        if self.type.family is Family.TABLE and self.type.interpreted:
            return ()
        named = [self.kwargs[k] for k in ("column", "column_A", "column_B") if k in self.kwargs]
        return (*named, *self.kwargs.get("column_list", ()))

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which it cannot be judged."""
        named = dict.fromkeys((*self.columns, *self.condition_columns))
        return tuple(name for name in named if name not in self.optional)

    @property
    def condition_columns(self) -> tuple[str, ...]:
        """The columns that its row condition reads."""
        return tuple(dict.fromkeys(names_in(self.kwargs.get("row_condition"))))


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: the expectations of one standard table, and the file it was read from."""

    name: str
    file: str
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one expectation ended on one frame.

    Attributes:
        success: as Great Expectations says it.
        considered: rows judged: non-null values, rows not ignored, rows of the table.
        unexpected: how many of them break the law; None for a column or table as a whole.
        rows: index labels of those, in the order of the frame.
        observed: the value of a column or table as a whole.
    """

    success: bool
    considered: int
    unexpected: int | None = None
    rows: tuple[Any, ...] = ()
    observed: Any = None


def names_in(condition: object) -> Iterator[str]:
    """The columns that a row condition reads.

    Of a text in the syntax of ``DataFrame.query`` the names that stand for themselves; of a
    condition object of Great Expectations the columns it names.

    Raises:
        SyntaxError: the text is not an expression.
    """
    if isinstance(condition, str):
        for node in ast.walk(ast.parse(condition, mode="eval")):
            if isinstance(node, ast.Name):
                yield node.id
    elif isinstance(condition, Mapping):
        column = condition.get("column")
        if isinstance(column, Mapping) and isinstance(column.get("name"), str):
            yield column["name"]
        yield from names_in(condition.get("pass_through_filter"))
        for part in condition.get("conditions") or ():
            yield from names_in(part)

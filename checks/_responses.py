"""What the checks of response share: breaches by severity, findings of recorded responses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.finding import Breaches, Finding, Severity, Verdict
from auditor.frames.cohort import Table

DataFrame = Any
"""A pandas DataFrame: a rulebook imports nothing but auditor and the standard library."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one row."""

    severity: Severity
    verdict: Verdict
    message: str
    reported: str = ""
    expected: str = ""
    suggestion: str = ""
    conventions: tuple[str, ...] = ()
    arithmetic: Callable[[], tuple[str, ...]] = tuple


def rows_of(frame: DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a frame whose index is a row of a delivered table, each as a mapping."""
    for row, values in zip(frame.index, frame.to_dict("records"), strict=True):
        yield int(row), {str(name): value for name, value in values.items()}


def labelled(table: Table) -> DataFrame:
    """Rows of the responses table with a label of RECIST 1.1, as the column ``label``."""
    from auditor.endpoints.lesion_readings import upper
    from auditor.endpoints.response_records import LABELS

    frame = table.frame.assign(label=upper(table.frame, "AVALC"))
    return frame[frame["label"].isin(LABELS) & frame["USUBJID"].notna()]


def by_evaluator(table: Table) -> tuple[DataFrame, list[str]]:
    """Dated responses with ``label``, and the columns that tell one reader's series apart."""
    from auditor.endpoints.lesion_readings import upper

    frame = labelled(table)
    frame = frame[frame["ADT"].notna()]
    readers = [name for name in ("EVAL", "EVALID", "CAT") if name in frame.columns]
    frame = frame.assign(**{name: upper(frame, name) for name in readers})
    return frame, ["USUBJID", *readers]


def breaches(
    table: Table, column: str | None, judged: Mapping[int, Judgement]
) -> Iterator[Breaches]:
    """The breaches of a table's rows, gravest first, each row at this column."""

    def finding(row: int) -> Finding:
        said = judged[row]
        return Finding(
            severity=said.severity,
            verdict=said.verdict,
            message=said.message,
            places=(table.place(row, column),),
            reported=said.reported,
            expected=said.expected,
            arithmetic=said.arithmetic(),
            conventions=said.conventions,
            suggestion=said.suggestion,
        )

    for severity in sorted(Severity, key=lambda s: s.rank):
        rows: Sequence[int] = sorted(r for r, said in judged.items() if said.severity is severity)
        if rows:
            yield Breaches(severity, rows, finding)

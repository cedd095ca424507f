"""A cohort: an extract arranged as standard tables under standard names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.audit import TableRead
from auditor.errors import NotEvaluable
from auditor.finding import Place
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import standard_table
from auditor.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that could not be read as what its column holds; ``column`` is the standard name."""

    column: str
    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A standard table, such as ``patients``.

    Attributes:
        name: of the standard table (see ``auditor.frames.standard``).
        delivered: where its rows come from.
        frame: standard columns, as far as they were delivered. The index is the row of
            ``delivered.frame``. Text columns hold ``str`` or None, numbers ``float64``, dates
            ``datetime64[ns]``: complete dates alone, a partial one is missing here.
        columns: standard name -> name as delivered.
        earliest, latest: date column -> the first and the last day that the value can mean:
            equal for a complete date, the month for "2020-03", both missing where it is.
        unread: values that could not be read; ``frame`` has them as missing.
        notes: what reading had to decide, without values of patients.
    """

    name: str
    delivered: Delivered
    frame: pd.DataFrame
    columns: Mapping[str, str]
    earliest: Mapping[str, pd.Series] = field(default_factory=dict)
    latest: Mapping[str, pd.Series] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()

    def has(self, *columns: str) -> bool:
        """Whether all these standard columns were delivered."""
        return all(column in self.columns for column in columns)

    def need(self, *columns: str) -> None:
        """Go on only where these columns were delivered.

        Raises:
            NotEvaluable: one is absent; the text names it.
        """
        absent = [column for column in columns if column not in self.columns]
        if absent:
            title = standard_table(self.name).title
            raise NotEvaluable(f"{title} ({self.delivered.name}) has no {', '.join(absent)}")

    def place(self, row: int, column: str | None = None) -> Place:
        """The place of a value (or of the whole row) by its position in the delivered table."""
        variable = self.columns.get(column, column) if column else None
        value = None
        if variable is not None and variable in self.delivered.frame.columns:
            value = self.delivered.frame.at[row, variable]
        return Place(
            input=self.delivered.input,
            kind="record",
            quote=_text(value),
            table=self.delivered.name,
            row=int(row),
            subject=self._of(row, "USUBJID"),
            visit=self._of(row, "VISIT") or self._of(row, "VISITNUM"),
            variable=variable,
        )

    def _of(self, row: int, column: str) -> str | None:
        if column not in self.frame.columns or row not in self.frame.index:
            return None
        return _text(self.frame.at[row, column]) or None


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """What the checks of a cohort and the endpoints take.

    ``reads`` tell of each delivered table, used or not, in the order of the extract.
    """

    extract: Extract
    study: Study
    tables: Mapping[str, Table]
    reads: tuple[TableRead, ...] = ()

    def has(self, name: str, *columns: str) -> bool:
        """Whether there is this standard table with these standard columns."""
        return name in self.tables and self.tables[name].has(*columns)

    def need(self, name: str, *columns: str) -> Table:
        """The standard table of this name, with these columns.

        Raises:
            NotEvaluable: the table or a column is absent; the text names it.
        """
        if name not in self.tables:
            raise NotEvaluable(f"the extract has no table of {standard_table(name).title}")
        table = self.tables[name]
        table.need(*columns)
        return table


def _text(value: object) -> str:
    """A value as it reads in a message: no ".0" behind whole numbers, no time of midnight."""
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")

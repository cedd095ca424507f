"""Planting a defect into a copy of an invented extract, and where it must be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from auditor.frames.extract import Extract
from auditor.synthetic.cohort import extract_of
from auditor.synthetic.draw import Draw

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding must stand; None: it is about the whole table, row or cohort."""

    table: str
    row: int | None
    column: str | None
    subject: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """An extract with one defect; a finding must stand at one of ``spots`` at least (where two
    records disagree, either may be named)."""

    extract: Extract
    spots: tuple[Spot, ...]


class Bench:
    """Copies of the tables of an extract, to be changed."""

    def __init__(self, extract: Extract, seed: int) -> None:
        self.tables = {table.name: table.frame.copy() for table in extract.tables}
        self.name = extract.name
        self.draw = Draw(seed)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def pick(self, table: str, mask: pd.Series[bool]) -> int:
        """A row drawn among those of the mask.

        Raises:
            LookupError: there is none; a larger cohort will have one.
        """
        rows = [int(row) for row in self.tables[table].index[mask.to_numpy(dtype=bool)]]
        if not rows:
            raise LookupError(f"no row of {table} is fit for this defect")
        return self.draw.choose(rows)

    def get(self, table: str, row: int, column: str) -> Any:
        return self.tables[table].at[row, column]

    def set(self, table: str, row: int, **values: Any) -> None:
        """Write values into a row; a column of whole numbers becomes one of floats if need be."""
        frame = self.tables[table]
        for column, value in values.items():
            whole = frame[column].dtype.kind in "iu"
            if whole and (value is None or isinstance(value, float)):
                frame[column] = frame[column].astype(float)
            frame.at[row, column] = value

    def add(self, table: str, like: int, **values: Any) -> int:
        """Append a copy of a row with other values; returns its place."""
        import pandas as pd

        frame = self.tables[table]
        copy = frame.loc[[like]]
        self.tables[table] = pd.concat([frame, copy], ignore_index=True)
        row = len(frame)
        self.set(table, row, **values)
        return row

    def drop(self, table: str, *rows: int) -> None:
        """Take rows out; those below move up."""
        self.tables[table] = self.tables[table].drop(index=list(rows)).reset_index(drop=True)

    def patient(self, subject: str) -> int:
        """Row of the patients table."""
        return self.rows("adsl", subject)[0]

    def rows(self, table: str, subject: str, **values: object) -> list[int]:
        """Rows of a patient in which these columns have these values."""
        frame = self.tables[table]
        mask = frame["USUBJID"] == subject
        for column, value in values.items():
            mask &= frame[column] == value
        return [int(row) for row in frame.index[mask]]

    def spot(self, table: str, row: int, column: str | None) -> Spot:
        subject = self.tables[table].at[row, "USUBJID"]
        return Spot(table, row, column, subject if isinstance(subject, str) else None)

    def planted(self, *spots: Spot) -> Planted:
        return Planted(extract_of(self.tables, self.name), spots)


@dataclass(frozen=True, slots=True)
class Defect:
    """A kind of defect.

    Attributes:
        name: what is wrong, as in "an extract with a duplicate-subject".
        description: one sentence.
        plant: changes the bench and says where the defect stands.
        codes: checks that look for it; one of them at least must find it.
        also: code of a check that fires elsewhere as well -> why it has to.
    """

    name: str
    description: str
    plant: Callable[[Bench], Planted]
    codes: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)

    def into(self, extract: Extract, seed: int) -> Planted:
        """A copy of the extract with this defect, the same for the same seed.

        Raises:
            LookupError: the extract has no record fit for it.
        """
        return self.plant(Bench(extract, seed))


def shifted(day: object, days: int) -> str:
    """An ISO 8601 date some days later (or earlier)."""
    return (date.fromisoformat(str(day)) + timedelta(days=days)).isoformat()


def days_between(first: object, second: object) -> int:
    return (date.fromisoformat(str(second)) - date.fromisoformat(str(first))).days


def changed(
    table: str, column: str, value: object, where: Callable[[pd.DataFrame], Any]
) -> Callable[[Bench], Planted]:
    """A defect that is one wrong value in a row drawn among those where ``where`` holds."""

    def plant(bench: Bench) -> Planted:
        row = bench.pick(table, where(bench[table]))
        new = value(bench.get(table, row, column)) if callable(value) else value
        bench.set(table, row, **{column: new})
        return bench.planted(bench.spot(table, row, column))

    return plant


def stranger(table: str) -> Callable[[Bench], Planted]:
    """A row of somebody who is not in the patients table."""

    def plant(bench: Bench) -> Planted:
        known = bench[table]["USUBJID"].notna()
        if table == "rs":
            known &= bench[table]["RSTESTCD"] == "OVRLRESP"
        row = bench.add(table, bench.pick(table, known), USUBJID="SYN001-S09-9999")
        return bench.planted(bench.spot(table, row, "USUBJID"))

    return plant


def copied(table: str, **values: Any) -> Callable[[Bench], Planted]:
    """A row that stands twice, the second time with these values."""

    def plant(bench: Bench) -> Planted:
        like = bench.pick(table, bench[table]["USUBJID"].notna())
        row = bench.add(table, like, **values)
        return bench.planted(
            *(bench.spot(table, r, c) for r in (like, row) for c in (None, "USUBJID"))
        )

    return plant

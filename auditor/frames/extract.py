"""An extract: the tables of a cohort as they were delivered, nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.audit import InputFile

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Delivered:
    """One table as delivered.

    Attributes:
        name: of the table: stem of the file, name of the sheet, data set or database table.
        input: name of the input that holds it, as shown in places.
        kind: format of the input ("csv", "xpt", "duckdb", ...).
        frame: rows in the order of the input under a ``RangeIndex``; columns as delivered.
            Text stays text (a number in a text column, too), numbers are numbers, truth
            values True, False or None as objects, date types of the format ``datetime64``;
            missing values are missing.
        notes: what the reader had to decide ("delimiter ';', decimal comma, encoding cp1252").
        labels: column -> label, where the format carries one.
        special: column -> row -> special missing value (".A"; SPSS: the value declared as
            missing), which ``frame`` has as missing.
        codes: column -> code as text -> its label, where the format carries value labels;
            ``frame`` holds the codes.
    """

    name: str
    input: str
    kind: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    special: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """A cohort as delivered on one day: its tables, and the files or database they came from."""

    name: str
    inputs: tuple[InputFile, ...]
    tables: tuple[Delivered, ...]
    notes: tuple[str, ...] = ()

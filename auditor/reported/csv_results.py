"""Reported results as CSV, one number a row; ``docs/reported-results.md`` describes the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from auditor import lexicon
from auditor.errors import InputError
from auditor.finding import Place
from auditor.printed import missing_kind, parse_number
from auditor.reported.model import Reported
from auditor.reported.populations import Vocabulary
from auditor.reported.terms import STATISTICS, as_worded, endpoint, meant, population, statistic

REQUIRED = ("endpoint", "statistic", "value")
COLUMNS = (*REQUIRED, "population", "versus", "of", "at", "unit", "level", "convention", "n")
UNITS = ("days", "weeks", "months", "years", "%", "fraction")


def read_csv(text: str, name: str, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    """The results of a CSV file, in its order.

    Args:
        text: of the file; name: of it, for places and messages.
        vocabulary: what its words may mean.

    Raises:
        InputError: a column is missing or unknown, or a cell means nothing; the message names
            line and column. A population that the cohort does not have is no error: it is
            reported as not compared.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(
            f"this is not CSV: {error}", source=name, where=f"line {reader.line_num}"
        ) from error
    if not lines:
        raise InputError("the file is empty", source=name, hint=f"Columns: {', '.join(COLUMNS)}.")
    header = [cell.strip().casefold() for cell in lines[0][1]]
    _check_header(header, name)
    found = []
    for position, (line, row) in enumerate(lines[1:]):
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            raise InputError(
                f"the line has {len(row)} cells, the header {len(header)}",
                source=name,
                where=f"line {line}",
            )
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        found.append(_Row(cells, line, position, name).read(vocabulary))
    return tuple(found)


def _check_header(header: list[str], name: str) -> None:
    for column in header:
        if column not in COLUMNS:
            raise InputError(
                f"there is no column {column!r}", source=name, where="line 1",
                hint=meant(column, COLUMNS),
            )  # fmt: skip
        if header.count(column) > 1:
            raise InputError(f"two columns are called {column!r}", source=name, where="line 1")
    for column in REQUIRED:
        if column not in header:
            raise InputError(
                f"the column {column!r} is missing", source=name, where="line 1",
                hint=f"Required: {', '.join(REQUIRED)}.",
            )  # fmt: skip


class _Row:
    """One line, cell by cell, with errors that name the place."""

    def __init__(self, cells: Mapping[str, str], line: int, position: int, name: str) -> None:
        self.cells, self.line, self.position, self.name = cells, line, position, name

    def read(self, vocabulary: Vocabulary) -> Reported:
        what = self._endpoint(vocabulary)
        measured = self._statistic()
        text = self.cells["value"] if self.cells.get("value") else ""
        number = parse_number(text)
        if number is None and missing_kind(text) in (None, "blank", "dash"):
            raise self._wrong(
                "value", "is no printed number", 'Write it as printed: "45.2%", "NR".'
            )
        of, certain, why = population(self.cells.get("population", ""), vocabulary)
        against = None
        if self.cells.get("versus"):
            against, exact, other = population(self.cells["versus"], vocabulary)
            certain, why = certain and exact, why or other
        return Reported(
            endpoint=what,
            statistic=measured,
            population=of or as_worded(self.cells.get("population", "")),
            text=text,
            printed=number,
            place=Place(
                input=self.name,
                kind="value",
                quote=text,
                row=self.position,
                column_label="value",
            ),
            of=self._of(measured),
            at=self._number("at"),
            unit=self._unit(),
            level=self._level(),
            versus=against,
            convention=self.cells.get("convention", ""),
            certain=certain,
            stated_n=self._count("n"),
            why=why,
        )

    def _endpoint(self, vocabulary: Vocabulary) -> str:
        found = endpoint(self.cells["endpoint"], vocabulary)
        if not found:
            known = (*lexicon.words()["endpoints"], *vocabulary.values, *vocabulary.numbers)
            hint = meant(self.cells["endpoint"].partition("=")[0], known)
            raise self._wrong("endpoint", "is no endpoint, nor a column of the patients", hint)
        return found

    def _statistic(self) -> str:
        found = statistic(self.cells.get("statistic", ""))
        if not found:
            raise self._wrong(
                "statistic", "is no statistic", meant(self.cells.get("statistic", ""), STATISTICS)
            )
        return found

    def _of(self, measured: str) -> str:
        if measured not in ("lower", "upper"):
            return ""
        found = statistic(self.cells.get("of", "")) if self.cells.get("of") else ""
        if self.cells.get("of") and not found:
            raise self._wrong("of", "is no statistic", meant(self.cells["of"], STATISTICS))
        return found

    def _unit(self) -> str:
        unit = self.cells.get("unit", "").casefold()
        unit = unit if not unit or unit.endswith("s") or unit in UNITS else f"{unit}s"
        if unit and unit not in UNITS:
            raise self._wrong("unit", "is no unit of time or share", meant(unit, UNITS))
        return unit

    def _level(self) -> float | None:
        text = self.cells.get("level", "").removesuffix("%")
        if not text:
            return None
        number = parse_number(text)
        level = float(number.value) if number is not None else 0.0
        level = level / 100 if level > 1 else level
        if not 0 < level < 1:
            raise self._wrong("level", "is no confidence level", "Write 95 or 0.95.")
        return level

    def _number(self, column: str) -> float | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        number = parse_number(text)
        if number is None or number.percent:
            raise self._wrong(column, "is no number")
        return float(number.value)

    def _count(self, column: str) -> int | None:
        text = self.cells.get(column, "")
        number = parse_number(text) if text else None
        if text and (number is None or number.integer is None):
            raise self._wrong(column, "is no number of subjects")
        return None if number is None else number.integer

    def _wrong(self, column: str, problem: str, hint: str | None = None) -> InputError:
        return InputError(
            f"{self.cells.get(column, '')!r} {problem}",
            source=self.name,
            where=f"line {self.line}, column {column}",
            hint=hint,
        )

"""What the readers share: the tables of an input, its digest, limits and names of columns."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError
from auditor.frames.extract import Delivered

FORMATS = (
    "CSV and TSV, Parquet, Excel (.xlsx, .xls, .xlsb, .ods), SAS (.xpt, .sas7bdat), SPSS (.sav, "
    ".zsav, .por), Stata (.dta), CDISC Dataset-JSON (.json, .ndjson), R data frames (.rds, .rda), "
    "DuckDB and SQLite files, a folder of these and a PostgreSQL URL are read"
)

MAX_BYTES = 4 * 1024**3
"""A larger file is refused: it would not fit into memory as tables."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables that an input holds, and what is to be said about it as a whole."""

    tables: tuple[Delivered, ...]
    notes: tuple[str, ...] = ()


def file_sha256(path: Path) -> str:
    """SHA-256 of the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_all(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a file that exists.

    Raises:
        InputError: it is larger than ``limit`` bytes or cannot be opened.
    """
    check_size(path, limit)
    try:
        return path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from None


def check_size(path: Path, limit: int = MAX_BYTES) -> None:
    """Refuse a file of more than ``limit`` bytes.

    Raises:
        InputError: it is larger.
    """
    size = path.stat().st_size
    if size > limit:
        raise InputError(
            f"the file has {size:,} bytes; at most {limit:,} are read",
            source=str(path),
            hint="Split it, or give the tables as Parquet or in a DuckDB file.",
        )


def unreadable(path: Path, problem: OSError) -> InputError:
    """The error for a file that the system does not open."""
    return InputError(f"the file cannot be read: {problem.strerror}", source=str(path))


def broken(path: Path, what: str, why: str = "") -> InputError:
    """The error for a file that begins as ``what`` and cannot be read as such."""
    reason = f": {why}" if why else ""
    return InputError(
        f"this {what} is damaged or cut off{reason}",
        source=str(path),
        hint="Export or copy it again and compare the sizes.",
    )


def check_names(names: Sequence[str], source: str, where: str | None = None) -> None:
    """Refuse a table whose columns cannot be told apart.

    Raises:
        InputError: a name occurs twice; the text names it.
    """
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        shown = ", ".join(repr(name) for name in twice[:5])
        more = f" and {len(twice) - 5} more" if len(twice) > 5 else ""
        raise InputError(
            f"columns of the same name: {shown}{more}",
            source=source,
            where=where,
            hint="Give every column its own name.",
        )


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names for a note: all of them, or the first and how many more."""
    every = list(names)
    shown = ", ".join(every[:most])
    return f"{shown} and {len(every) - most} more" if len(every) > most else shown

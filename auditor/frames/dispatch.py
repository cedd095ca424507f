"""Reads a cohort from whatever holds it: the content decides, and the suffix must agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from auditor.audit import InputFile
from auditor.errors import InputError
from auditor.frames.extract import Delivered, Extract
from auditor.frames.readers.databases import read_duckdb, read_sqlite
from auditor.frames.readers.dataset_json import read_dataset_json
from auditor.frames.readers.delimited import read_delimited
from auditor.frames.readers.excel import read_excel
from auditor.frames.readers.kinds import Kind, kind_of, suffix_kind
from auditor.frames.readers.parquet import read_parquet
from auditor.frames.readers.postgres import read_postgres, url_of
from auditor.frames.readers.r_data import read_r
from auditor.frames.readers.source import (
    FORMATS,
    Contents,
    file_sha256,
    listed,
    read_all,
    unreadable,
)
from auditor.frames.readers.statistical import read_por, read_sas7bdat, read_sav, read_stata
from auditor.frames.readers.xport import read_xport

_READERS: dict[Kind, Callable[[Path, str], Contents]] = {
    Kind.DELIMITED: read_delimited,
    Kind.PARQUET: read_parquet,
    Kind.XPT: read_xport,
    Kind.SAS7BDAT: read_sas7bdat,
    Kind.SAV: read_sav,
    Kind.POR: read_por,
    Kind.STATA: read_stata,
    Kind.DATASET_JSON: read_dataset_json,
    Kind.EXCEL: read_excel,
    Kind.R: read_r,
    Kind.DUCKDB: read_duckdb,
    Kind.SQLITE: read_sqlite,
}


# A path has lost one of the slashes. A scheme of one letter is a drive.
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")


def read_extract(source: str | Path) -> Extract:
    """The tables of a cohort as delivered.

    ``source`` is a file, a folder of files (not of folders), or a PostgreSQL URL. Missing text
    is None, a missing number NaN, a missing date NaT. Numbers are ``float64``, whole ones beyond
    2**53 ``Int64``; truth values are True, False and None as objects.

    Raises:
        InputError: nothing there, nothing to read, a format that is not read, a file that is
            damaged or is not what its suffix says, two tables of one name.
    """
    if url := url_of(str(source)):
        name, contents, digest = read_postgres(url)
        database = InputFile(name, str(Kind.POSTGRESQL), digest)
        return Extract(name, (database,), contents.tables, contents.notes)
    path = Path(source)
    _refuse_other_urls(path)
    if path.is_dir():
        return _read_folder(path)
    kind = _kind(path)
    contents = _READERS[kind](path, path.name)
    _refuse_clashes(contents.tables, str(path))
    inputs = (InputFile(path.name, str(kind), file_sha256(path)),)
    return Extract(path.name, inputs, contents.tables, contents.notes)


def _refuse_other_urls(path: Path) -> None:
    """A URL that is not read is no missing file, and it may hold a password.

    Raises:
        InputError: it is one; the text repeats no more of it than its scheme.
    """
    scheme = _URL.match(path.as_posix())
    if scheme is not None and not path.exists():
        raise InputError(
            "no URL of this kind is read",
            source=f"{scheme.group(1)}://",
            hint="Files and folders are named by their path, PostgreSQL by postgresql://.",
        )


def _read_folder(folder: Path) -> Extract:
    """All tables of the files in a folder, in the order of the names of the files."""
    inputs: list[InputFile] = []
    tables: list[Delivered] = []
    notes: list[str] = []
    others: list[str] = []
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as problem:
        raise unreadable(folder, problem) from None
    for entry in entries:
        if entry.name.startswith((".", "~$")):  # hidden files, lock files of Office
            continue
        if entry.is_dir():
            others.append(f"{entry.name}/")
            continue
        if suffix_kind(entry) is None or _other_json(entry):
            others.append(entry.name)
            continue
        kind = _kind(entry)
        contents = _READERS[kind](entry, entry.name)
        inputs.append(InputFile(entry.name, str(kind), file_sha256(entry)))
        tables.extend(contents.tables)
        notes.extend(f"{entry.name}: {note}" for note in contents.notes)
    if others:
        notes.append(f"not read, by their kind: {listed(others, 20)}")
    if not inputs:
        raise InputError("the folder holds no table", source=str(folder), hint=FORMATS + ".")
    _refuse_clashes(tables, str(folder))
    return Extract(folder.resolve().name, tuple(inputs), tuple(tables), tuple(notes))


def _other_json(path: Path) -> bool:
    """Whether this is JSON that does not call itself a data set: a setting, a result."""
    if path.suffix.lower() not in Kind.DATASET_JSON.suffixes:
        return False
    return b"datasetJSONVersion" not in read_all(path)


def _kind(path: Path) -> Kind:
    kind = kind_of(path)
    if kind not in _READERS:
        raise InputError(f"{kind.title} is not read", source=str(path), hint=FORMATS + ".")
    return kind


def _refuse_clashes(tables: tuple[Delivered, ...] | list[Delivered], source: str) -> None:
    seen: dict[str, Delivered] = {}
    for table in tables:
        other = seen.setdefault(table.name.casefold(), table)
        if other is not table:
            raise InputError(
                f"two tables are called {table.name!r}: in {other.input} and in {table.input}",
                source=source,
                hint="Remove one, or rename it.",
            )

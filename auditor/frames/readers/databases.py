"""DuckDB and SQLite files: every table and view, opened for reading alone."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers.arrow import to_assembly
from auditor.frames.readers.assembly import Assembly
from auditor.frames.readers.source import Contents, broken, check_size
from auditor.frames.readers.values import value_column


def read_duckdb(path: Path, name: str) -> Contents:
    """The tables and views of a DuckDB file; it can reach no other file and no extension.

    Tables keep the order in which their rows were inserted; views are sorted by all columns.

    Raises:
        InputError: damaged, of another version, open elsewhere, or a view cannot be read.
    """
    import duckdb

    check_size(path)
    _refuse_journal(path, f"{path.name}.wal")
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(path), read_only=True, config=config)
        connection.execute("SET TimeZone = 'UTC'")  # not that of the machine
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as problem:
        lock = "lock" in str(problem)
        why = "it is open in another program" if lock else "it may be of a newer version"
        raise broken(path, "DuckDB database", why) from None
    with contextlib.closing(connection):
        found = connection.execute(
            "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE NOT internal "
            "UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() WHERE NOT internal "
            "ORDER BY ALL"
        ).fetchall()
        tables = []
        for schema, table, is_view in found:
            where = f"{schema}.{table}"
            order = " ORDER BY ALL" if is_view else ""
            query = f"SELECT * FROM {_quoted(schema)}.{_quoted(table)}{order}"  # noqa: S608
            try:
                rows = connection.sql(query).to_arrow_table()
            except duckdb.Error:
                kind = "view" if is_view else "table"
                raise InputError(
                    f"the {kind} cannot be read", source=str(path), where=where,
                    hint="Views on other files or databases are not followed.",
                ) from None  # fmt: skip
            made = to_assembly(rows)
            frame = made.frame(rows.num_rows, str(path), where)
            notes = (("a view, sorted by all columns",) if is_view else ()) + made.notes
            named = table if schema == "main" else where
            tables.append(Delivered(named, name, "duckdb", frame, notes))
    return _contents(tables, path)


def read_sqlite(path: Path, name: str) -> Contents:
    """The tables and views of an SQLite file; types are those of the values, not of the columns.

    Raises:
        InputError: damaged, encrypted, left open by another program, or a view cannot be read.
    """
    check_size(path)
    for suffix in ("-wal", "-journal"):
        _refuse_journal(path, path.name + suffix)
    with contextlib.closing(_opened(path)) as connection:
        try:
            found = connection.execute(
                "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            ).fetchall()
        except sqlite3.Error:
            raise broken(path, "SQLite database", "it may be encrypted") from None
        tables = list(_sqlite_tables(connection, found, path, name))
    return _contents(tables, path)


def _opened(path: Path) -> sqlite3.Connection:
    with path.open("rb") as stream:
        header = stream.read(100)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # SQLite reads a page that is not there as zeros: compare with what the header says.
    if header[24:28] == header[92:96] and path.stat().st_size < pages * (
        page if page > 1 else 65_536
    ):
        raise broken(path, "SQLite database")
    try:
        where = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(where, uri=True)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        ((state,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    except (sqlite3.Error, ValueError):
        raise broken(path, "SQLite database", "it may be encrypted") from None
    if state != "ok":
        connection.close()
        raise broken(path, "SQLite database")
    return connection


def _sqlite_tables(
    connection: sqlite3.Connection, found: list[tuple[str, str]], path: Path, name: str
) -> Iterator[Delivered]:
    for table, kind in found:
        try:
            cursor = connection.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
            names = [str(column[0]) for column in cursor.description]
            rows = cursor.fetchall()
        except (sqlite3.Error, UnicodeDecodeError):
            raise InputError(
                f"the {kind} cannot be read, it may be damaged",
                source=str(path),
                where=table,
                hint='Ask SQLite what is wrong: sqlite3 FILE "PRAGMA integrity_check"',
            ) from None
        made = Assembly()
        for at, column in enumerate(names):
            made.add(column, *value_column([row[at] for row in rows]))
        frame = made.frame(len(rows), str(path), table)
        notes = (("a view",) if kind == "view" else ()) + made.notes
        yield Delivered(table, name, "sqlite", frame, notes)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refuse_journal(path: Path, name: str) -> None:
    """Refuse a database whose last changes lie beside it."""
    journal = path.with_name(name)
    if journal.exists() and journal.stat().st_size:
        raise InputError(
            f"changes that are not yet in the database lie beside it, in {name}",
            source=str(path),
            hint="Close the program that writes it, so that they are written into the file.",
        )


def _contents(tables: list[Delivered], path: Path) -> Contents:
    if not tables:
        raise InputError("the database has no tables", source=str(path))
    return Contents(tuple(tables))

"""A PostgreSQL database by its URL: the tables and views of one schema, in one snapshot."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers.assembly import Assembly
from auditor.frames.readers.source import Contents
from auditor.frames.readers.values import value_column

if TYPE_CHECKING:
    import psycopg

_SCHEME = re.compile(r"postgres(?:ql)?:/{1,2}(?!/)", re.IGNORECASE)
_TIMEOUT = 600_000  # milliseconds that a statement may take
_CONNECT = 15  # seconds to wait for the server
_SAFE = re.compile(r"[^\w.,:@/+-]")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL as libpq takes it (with its password) and as it may be shown (without)."""

    conninfo: str
    shown: str
    schema: str | None


def url_of(source: str) -> str | None:
    """The URL of a PostgreSQL database, or None.

    A path made of it has lost a slash, which is put back: else it would be shown as a file that
    is missing, with its password.
    """
    match = _SCHEME.match(source)
    return f"postgresql://{source[match.end() :]}" if match else None


def address_of(url: str) -> Address:
    """Take a URL apart: ``schema`` is ours, every other parameter is libpq's.

    Raises:
        InputError: it is no URL; the text does not repeat it.
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        raise InputError("the URL of the database cannot be read", source="postgresql://") from None
    schema = next((value for key, value in pairs if key == "schema"), None)
    kept = [(key, value) for key, value in pairs if key != "schema"]
    conninfo = urlunsplit(parts._replace(query=urlencode(kept)))
    named = dict(kept)
    host = parts.netloc.rpartition("@")[2] or named.get("host", "")
    database = unquote(parts.path.lstrip("/")) or named.get("dbname", "")
    shown = _SAFE.sub("", f"postgresql://{host}/{database}" + (f"/{schema}" if schema else ""))
    return Address(conninfo, shown, schema)


def read_postgres(url: str) -> tuple[str, Contents, str]:
    """The name to show, the tables, and a SHA-256 over their content.

    All is read in one read-only transaction of one snapshot. The schema is that of ``?schema=``,
    else ``public``. Rows are ordered by the primary key, else by all columns as text. Numerics
    become the nearest double, which is said where it is not the same; times with a zone are
    given in UTC.

    The digest is no hash of a file: it is taken over names of tables and columns and the text of
    all values in the order read, so that equal content gives equal digests.

    Raises:
        InputError: the server cannot be reached or refuses, there is no such schema or no table
            in it, or a table cannot be read. The password is never part of the text.
    """
    import psycopg

    address = address_of(url)
    try:
        connection = psycopg.connect(
            address.conninfo, connect_timeout=_CONNECT, application_name="auditor"
        )
    except (psycopg.Error, UnicodeError, ValueError) as problem:
        raise InputError(
            f"the database cannot be opened: {_reason(problem)}",
            source=address.shown,
            hint="Check server, port, name of the database, user and password.",
        ) from None
    digest = hashlib.sha256()
    with contextlib.closing(connection):
        try:
            tables = tuple(_tables(connection, address, digest))
        except psycopg.Error as problem:
            raise InputError(
                f"the database cannot be read: {_reason(problem)}", source=address.shown
            ) from None
    if not tables:
        raise InputError(
            f"the schema {address.schema or 'public'} has no tables that can be read",
            source=address.shown,
            hint="Name another by ?schema=NAME in the URL, or ask for the right to read.",
        )
    note = "the digest is over the content of the tables, not over a file"
    return address.shown, Contents(tables, (note,)), digest.hexdigest()


def _reason(problem: Exception) -> str:
    """What went wrong in words that hold no value and no secret.

    libpq repeats what it was given; PostgreSQL's own errors may repeat values. Only the kind of
    error is told.
    """
    text = str(problem).lower()
    for sign, words in (
        ("password authentication failed", "the user or the password is refused"),
        ("no password supplied", "a password is needed"),
        ("connection refused", "no server answers there"),
        ("could not translate host name", "the name of the server is not known"),
        ("failed to resolve", "the name of the server is not known"),
        ("timeout expired", "the server does not answer in time"),
        ("connection timeout", "the server does not answer in time"),
        ("statement timeout", "a table takes too long"),
        ("permission denied", "the user may not read it"),
        ("no such file or directory", "no server answers there"),
        ("invalid uri query parameter", "the URL has a parameter that is not known"),
    ):
        if sign in text:
            return words
    if "database" in text and "does not exist" in text:
        return "there is no such database"
    if "role" in text and "does not exist" in text:
        return "there is no such user"
    state = getattr(problem, "sqlstate", None)
    return f"{type(problem).__name__}{f' ({state})' if state else ''}"


def _tables(
    connection: psycopg.Connection, address: Address, digest: hashlib._Hash
) -> Iterator[Delivered]:
    import psycopg
    from psycopg import sql

    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    schema = address.schema or "public"
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {_TIMEOUT}")
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        cursor.execute(
            "SELECT c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n "
            "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind IN "
            "('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition "
            "AND has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname COLLATE \"C\"",
            (schema,),
        )
        for table, kind in cursor.fetchall():
            cursor.execute(
                "SELECT a.attname, coalesce(a.attnum = ANY(i.indkey), false) FROM pg_attribute a "
                "LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary "
                "WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped "
                "ORDER BY a.attnum",
                (sql.Identifier(schema, table).as_string(connection),),
            )
            columns = cursor.fetchall()
            names = [name for name, _ in columns]
            key = [name for name, is_key in columns if is_key]
            order = sql.SQL(", ").join(
                sql.SQL("{}").format(sql.Identifier(name)) if key
                else sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(name))
                for name in key or names
            )  # fmt: skip
            query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
                sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(schema, table), order
            )
            try:
                rows = cursor.execute(query).fetchall() if names else []
            except psycopg.DataError:
                raise InputError(
                    "the table holds values that cannot be read, such as the date 'infinity'",
                    source=address.shown,
                    where=table,
                    hint="Give a view that leaves them out or writes them as text.",
                ) from None
            made = Assembly()
            for at, name in enumerate(names):
                values = [row[at] for row in rows]
                _update(digest, schema, table, name, values)
                made.add(name, *value_column(values))
            by = "the primary key" if key else "all columns as text"
            notes = [f"sorted by {by}"] + (["a view"] if kind in "vm" else [])
            frame = made.frame(len(rows), address.shown, table)
            yield Delivered(table, address.shown, "postgresql", frame, (*notes, *made.notes))


def _update(
    digest: hashlib._Hash, schema: str, table: str, name: str, values: list[object]
) -> None:
    """Lengths go before texts, so that no two contents read alike."""
    for part in (schema, table, name, str(len(values))):
        digest.update(f"{len(part)}:{part}".encode())
    for value in values:
        text = "-" if value is None else f"{type(value).__name__} {value!r}"
        digest.update(f"{len(text)}:{text}".encode())

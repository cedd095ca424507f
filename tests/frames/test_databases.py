"""DuckDB and SQLite files: read without being changed, and without reaching further."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract


def make_duckdb(path: Path, *statements: str) -> Path:
    """A DuckDB file after these statements."""
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def make_sqlite(path: Path, *statements: str) -> Path:
    """An SQLite file after these statements."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_types_of_duckdb(tmp_path: Path) -> None:
    path = make_duckdb(
        tmp_path / "t.duckdb",
        "CREATE TABLE t AS SELECT '01' AS id, 1.25::DECIMAL(9,2) AS d, DATE '2020-01-02' AS day, "
        "true AS b, TIMESTAMPTZ '2020-01-02 10:00:00+02' AS tz, 9007199254740993 AS big, "
        "170141183460469231731687303715884105727::HUGEINT AS huge, [1, 2] AS list, "
        "DATE '9999-12-31' AS far, TIME '10:30:00' AS clock, 'x'::ENUM('x', 'y') AS e, "
        "'' AS blank, NULL AS none",
    )
    before = path.read_bytes()
    (table,) = read_extract(path).tables
    frame = table.frame
    assert frame["id"].tolist() == ["01"]
    assert frame["d"].tolist() == [1.25]
    assert frame["day"].tolist() == [pd.Timestamp("2020-01-02")]
    assert frame["b"].tolist() == [True]
    assert frame["tz"].tolist() == [pd.Timestamp("2020-01-02T08:00:00")]
    assert frame["big"].iloc[0] == 9007199254740993
    assert frame["huge"].tolist() == ["170141183460469231731687303715884105727"]
    assert frame["list"].tolist() == ["[1, 2]"]
    assert frame["far"].tolist() == ["9999-12-31"]
    assert frame["clock"].tolist() == ["10:30:00"]
    assert frame["e"].tolist() == ["x"]
    assert frame["blank"].tolist() == frame["none"].tolist() == [None]
    notes = " ".join(table.notes)
    for name in ("tz", "big", "huge", "list", "far", "blank", "d"):
        assert f": {name}" in notes
    assert path.read_bytes() == before
    assert not path.with_name("t.duckdb.wal").exists()


def test_views_schemas_and_empty_tables_of_duckdb(tmp_path: Path) -> None:
    path = make_duckdb(
        tmp_path / "t.duckdb",
        "CREATE TABLE adsl AS SELECT unnest([3, 1, 2]) AS id",
        "CREATE VIEW v AS SELECT id FROM adsl",
        "CREATE SCHEMA raw",
        'CREATE TABLE raw."odd ""name" (a INTEGER, b DATE)',
    )
    adsl, view, odd = read_extract(path).tables
    assert (adsl.name, view.name, odd.name) == ("adsl", "v", 'raw.odd "name')
    assert adsl.frame["id"].tolist() == [3.0, 1.0, 2.0]
    assert view.frame["id"].tolist() == [1.0, 2.0, 3.0]
    assert odd.frame.shape == (0, 2)
    assert odd.frame["b"].dtype == "datetime64[ns]"


def test_a_view_cannot_reach_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    path = make_duckdb(tmp_path / "t.duckdb", f"CREATE VIEW v AS FROM '{secret}'")
    with pytest.raises(InputError, match=r"main\.v: the view cannot be read"):
        read_extract(path)


def test_types_of_sqlite_are_those_of_the_values(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "t.sqlite",
        "CREATE TABLE adsl (id TEXT, age INTEGER, mix, note TEXT, raw BLOB)",
        "INSERT INTO adsl VALUES ('01', 63, 1, '', x'00ff'), ('02', NULL, 'x', 'a', NULL)",
        "CREATE VIEW old AS SELECT id FROM adsl WHERE age > 60",
        "CREATE TABLE none (a, b)",
    )
    before = path.read_bytes()
    adsl, none, old = read_extract(path).tables
    assert adsl.frame["id"].tolist() == ["01", "02"]
    assert adsl.frame["age"].dtype == "float64"
    assert adsl.frame["mix"].tolist() == ["1", "x"]
    assert adsl.frame["note"].tolist() == [None, "a"]
    assert adsl.frame["raw"].tolist() == ["00ff", None]
    assert none.frame.shape == (0, 2)
    assert old.frame["id"].tolist() == ["01"]
    assert "a view" in old.notes
    assert path.read_bytes() == before


def test_the_suffix_db_is_either(tmp_path: Path) -> None:
    make_duckdb(tmp_path / "a.db", "CREATE TABLE t (x INTEGER)")
    make_sqlite(tmp_path / "b.db", "CREATE TABLE u (x INTEGER)")
    extract = read_extract(tmp_path)
    assert [(table.name, table.kind) for table in extract.tables] == [
        ("t", "duckdb"),
        ("u", "sqlite"),
    ]


def test_changes_beside_the_database_are_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (x)")
    writer.commit()
    with pytest.raises(InputError, match=r"lie beside it, in t\.sqlite-wal"):
        read_extract(path)
    writer.close()
    assert [table.name for table in read_extract(path).tables] == ["t"]


def test_a_duckdb_file_that_is_open_elsewhere(tmp_path: Path) -> None:
    path = make_duckdb(tmp_path / "t.duckdb", "CREATE TABLE t (x INTEGER)")
    path.with_name("t.duckdb.wal").write_bytes(b"x")
    with pytest.raises(InputError, match=r"t\.duckdb\.wal"):
        read_extract(path)


@pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
def test_no_tables(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    if suffix == ".duckdb":
        make_duckdb(path, "CREATE SCHEMA s")
    else:
        make_sqlite(path, "CREATE TABLE t (x)", "DROP TABLE t")
    with pytest.raises(InputError, match="no tables"):
        read_extract(path)


def test_damage(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "t.sqlite",
        "CREATE TABLE t (x)",
        "INSERT INTO t SELECT value FROM json_each('[1,2,3]')",
    )
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    with pytest.raises(InputError, match="damaged"):
        read_extract(path)
    other = make_duckdb(tmp_path / "t.duckdb", "CREATE TABLE t AS SELECT range AS x FROM range(9)")
    data = other.read_bytes()
    other.write_bytes(data[:4096] + bytes(len(data) - 4096))
    with pytest.raises(InputError):
        read_extract(other)


def test_dates_are_not_those_of_the_machine(tmp_path: Path) -> None:
    moment = dt.datetime(2020, 1, 2, 23, 30, tzinfo=dt.UTC)
    path = make_duckdb(
        tmp_path / "t.duckdb", f"CREATE TABLE t AS SELECT TIMESTAMPTZ '{moment.isoformat()}' AS x"
    )
    (table,) = read_extract(path).tables
    assert table.frame["x"].tolist() == [pd.Timestamp("2020-01-02T23:30:00")]

"""A PostgreSQL database, on a real server."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import psycopg
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract
from auditor.frames.readers.postgres import address_of


def fill(url: str, *statements: str) -> None:
    """Run statements on the server."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture
def cohort(postgres: str) -> str:
    """The URL of a database with one table, one view and another schema."""
    fill(
        postgres,
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
        "DROP SCHEMA IF EXISTS raw CASCADE",
        "CREATE SCHEMA raw",
        "CREATE TABLE adsl (usubjid text PRIMARY KEY, site varchar(5), age integer, "
        "weight numeric(8, 3), randdt date, seen timestamptz, consent boolean, big bigint, "
        "extra jsonb, clock time, ratio numeric)",
        "INSERT INTO adsl VALUES "
        "('02', '01', NULL, 70.125, NULL, NULL, NULL, NULL, NULL, NULL, 1), "
        "('01', '01', 63, NULL, '2020-02-29', '2020-01-02 01:00+02', true, 9007199254740993, "
        "'{\"a\": 1}', '10:30', 0.12345678901234567890)",
        "CREATE VIEW v AS SELECT usubjid, age FROM adsl",
        "CREATE TABLE none (a integer, b text)",
        'CREATE TABLE raw."Odd name" (x double precision, t text)',
        "INSERT INTO raw.\"Odd name\" VALUES (2.5, 'b'), (1.5, 'a'), (NULL, '')",
    )
    return postgres


def test_tables_and_views_of_the_schema(cohort: str) -> None:
    extract = read_extract(cohort)
    assert [table.name for table in extract.tables] == ["adsl", "none", "v"]
    adsl, none, view = extract.tables
    frame = adsl.frame
    assert frame["usubjid"].tolist() == ["01", "02"]  # by the primary key
    assert frame["site"].tolist() == ["01", "01"]
    assert frame["age"].tolist()[0] == 63.0
    assert frame["weight"].tolist()[1] == 70.125
    assert frame["randdt"].tolist() == [pd.Timestamp("2020-02-29"), pd.NaT]
    assert frame["seen"].tolist() == [pd.Timestamp("2020-01-01T23:00:00"), pd.NaT]
    assert frame["consent"].tolist() == [True, None]
    assert frame["big"].iloc[0] == 9007199254740993
    assert frame["extra"].tolist() == ['{"a": 1}', None]
    assert frame["clock"].tolist() == ["10:30:00", None]
    assert frame["ratio"].tolist() == [0.12345678901234568, 1.0]
    notes = " ".join(adsl.notes)
    assert "sorted by the primary key" in notes
    assert "nearest 64-bit number: ratio" in notes
    assert "UTC without the zone: seen" in notes
    assert none.frame.shape == (0, 2)
    assert "a view" in view.notes


def test_another_schema(cohort: str) -> None:
    extract = read_extract(f"{cohort}?schema=raw")
    (odd,) = extract.tables
    assert odd.name == "Odd name"
    assert odd.frame["x"].tolist()[:2] == [1.5, 2.5]
    assert odd.frame["t"].tolist() == ["a", "b", None]


def test_the_digest_follows_the_content(cohort: str) -> None:
    first = read_extract(cohort).inputs[0]
    assert first.kind == "postgresql"
    fill(cohort, "UPDATE adsl SET age = age")  # another order on disk, the same content
    assert read_extract(cohort).inputs[0] == first
    fill(cohort, "UPDATE adsl SET age = 64 WHERE usubjid = '01'")
    assert read_extract(cohort).inputs[0].sha256 != first.sha256


def test_nothing_is_written(cohort: str) -> None:
    fill(
        cohort,
        "CREATE TABLE raw.log (at text)",
        "CREATE FUNCTION spy() RETURNS integer LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO raw.log VALUES ('x'); RETURN 1; END $$",
        "CREATE VIEW w AS SELECT spy()",
    )
    with pytest.raises(InputError, match="cannot be read: ReadOnlySqlTransaction"):
        read_extract(cohort)


def test_the_password_is_never_shown(cohort: str) -> None:
    extract = read_extract(cohort)
    shown = repr((extract.name, extract.inputs, extract.notes))
    shown += repr([(table.input, table.notes) for table in extract.tables])
    wrong = cohort.replace("s3cret%2Fword", "wr0ng%2Fword")
    server = cohort.rpartition("/")[0]
    for url, words in (
        (wrong, "the user or the password is refused"),
        (f"{server}/absent", "there is no such database"),
        (f"{cohort}?schema=absent", "has no tables"),
        (f"{cohort}?nonsense=1", "a parameter that is not known"),
        ("postgresql://owner:wr0ng%2Fword@127.0.0.1:1/cohort", "no server answers"),
        ("postgresql://owner:wr0ng%2Fword@[::1/cohort", "cannot be read"),
    ):
        with pytest.raises(InputError, match=words) as caught:
            read_extract(url)
        shown += str(caught.value) + repr(caught.value.__cause__)
    for secret in ("s3cret", "wr0ng", "%2Fword"):
        assert secret not in shown


def test_a_date_that_is_none_is_refused_by_name(cohort: str) -> None:
    fill(cohort, "INSERT INTO adsl (usubjid, randdt) VALUES ('03', 'infinity')")
    with pytest.raises(InputError, match="adsl: the table holds values that cannot be read"):
        read_extract(cohort)


def test_addresses() -> None:
    address = address_of("postgresql://me:pw@db.example:5433/co%20hort?schema=raw&sslmode=require")
    assert address.conninfo == "postgresql://me:pw@db.example:5433/co%20hort?sslmode=require"
    assert address.schema == "raw"
    assert address.shown == "postgresql://db.example:5433/cohort/raw"
    assert address_of("postgres:///x?host=/run/pg&password=pw").shown == "postgresql:///run/pg/x"


def test_a_path_made_of_a_url_does_not_show_the_password() -> None:
    with pytest.raises(InputError, match="no server answers") as caught:
        read_extract(Path("postgresql://owner:wr0ng@127.0.0.1:1/cohort"))
    assert "wr0ng" not in str(caught.value)

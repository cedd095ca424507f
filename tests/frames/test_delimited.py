"""Delimited text: what is decided, what is said, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract
from auditor.frames.extract import Delivered

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the temporary folder."""

    def make(content: str | bytes, name: str = "adsl.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def one(path: Path) -> Delivered:
    """The only table of an input."""
    (table,) = read_extract(path).tables
    return table


def values(table: Delivered, column: str) -> list[object]:
    """A column as Python values, missing ones as None."""
    series = table.frame[column]
    return [None if pd.isna(value) else value for value in series]


def test_text_stays_text_and_numbers_are_numbers(write: Write) -> None:
    path = write("USUBJID,SITE,AGE,RANDDT,NOTE\n01,01,63,2020-03,\n02,12,70.5,2020-03-04,x\n")
    table = one(path)
    assert (table.name, table.input, table.kind) == ("adsl", "adsl.csv", "csv")
    assert values(table, "USUBJID") == ["01", "02"]
    assert values(table, "SITE") == ["01", "12"]  # one leading zero keeps the whole column
    assert values(table, "AGE") == [63.0, 70.5]
    assert values(table, "RANDDT") == ["2020-03", "2020-03-04"]
    assert table.frame["NOTE"].tolist() == [None, "x"]
    assert table.frame["AGE"].dtype == "float64"
    assert table.notes == ()
    assert isinstance(table.frame.index, pd.RangeIndex)


@pytest.mark.parametrize("texts", [("+5", "6"), ("1E5", "2"), ("1,000", "2"), ("0x1F", "1"),
                                   ("1 234", "5"), ("1_0", "5"), ("inf", "1"), ("nan", "1"),
                                   ("٣", "4"), ("5.", "6"), ("-", "1")])  # fmt: skip
def test_what_is_no_plain_number_keeps_its_column_text(
    write: Write, texts: tuple[str, str]
) -> None:
    path = write("id\tx\na\t{}\nb\t{}\n".format(*texts), "t.tsv")
    assert values(one(path), "x") == list(texts)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1e-05", 1e-05), ("1.5E3", 1500.0), (".5", 0.5), ("-.5", -0.5), ("-0", 0.0), ("1.50", 1.5)],
)
def test_plain_numbers(write: Write, text: str, number: float) -> None:
    assert values(one(write(f"id,x\na,{text}\nb,2\n")), "x") == [number, 2.0]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "encoding UTF-8"),
        ("utf-8-sig", "encoding UTF-8"),
        ("utf-16", "encoding UTF-16"),
        ("utf-16-le", "encoding UTF-16"),
        ("cp1252", "encoding cp1252 (assumed: the file is not UTF-8)"),
    ],
)
def test_the_encoding_is_found_and_said(write: Write, encoding: str, said: str) -> None:
    path = write("USUBJID,SITE\n1,Universitätsklinikum Köln\n", encoding=encoding)
    table = one(path)
    assert list(table.frame.columns) == ["USUBJID", "SITE"]
    assert values(table, "SITE") == ["Universitätsklinikum Köln"]
    assert said in table.notes


@pytest.mark.parametrize(("delimiter", "said"), [(";", "';'"), ("\t", "tab"), ("|", "'|'")])
def test_the_delimiter_is_found_and_said(write: Write, delimiter: str, said: str) -> None:
    text = 'ID,WEIGHT,NOTE\n1,70,"a, b"\n2,71,c\n'.replace(",", delimiter)
    table = one(write(text, "t.txt"))
    assert list(table.frame.columns) == ["ID", "WEIGHT", "NOTE"]
    assert f"delimiter {said}" in table.notes


def test_decimal_commas_are_numbers_and_said(write: Write) -> None:
    table = one(write("ID;WEIGHT;PLT\n1;70,5;1,500\n2;71;2,125\n"))
    assert values(table, "WEIGHT") == [70.5, 71.0]
    assert values(table, "PLT") == [1.5, 2.125]  # the other column shows what the comma means
    assert "decimal comma: WEIGHT, PLT" in table.notes


@pytest.mark.parametrize("number", ["150,000", "1,234"])
def test_thousands_are_not_taken_for_decimals(write: Write, number: str) -> None:
    table = one(write(f"ID\tPLT\n1\t{number}\n2\t200,000\n", "t.tsv"))
    assert values(table, "PLT") == [number, "200,000"]
    assert "thousands or decimals? kept as text: PLT" in table.notes


def test_points_beside_decimal_commas_may_be_thousands(write: Write) -> None:
    table = one(write("ID;A;B\n1;0,5;1.234\n2;1,5;2.345\n"))
    assert values(table, "A") == [0.5, 1.5]
    assert values(table, "B") == ["1.234", "2.345"]
    assert any("kept as text: B" in note for note in table.notes)


def test_identifiers_beyond_what_a_float_holds_stay_exact(write: Write) -> None:
    table = one(write("A,B\n9007199254740993,123456789012345678901\n1,2\n"))
    assert table.frame["A"].dtype == "Int64"
    assert values(table, "A") == [9007199254740993, 1]
    assert values(table, "B") == ["123456789012345678901", "2"]
    assert len(table.notes) == 2


def test_marks_of_r_and_sas_are_missing_where_they_must_be(write: Write) -> None:
    table = one(write("ID,AGE,DTHDT,RSP,W\na,NA,2020-01-02,NA,.\nb,5,NA,CR,2\n"))
    assert values(table, "AGE") == [None, 5.0]
    assert values(table, "DTHDT") == ["2020-01-02", None]
    assert values(table, "RSP") == ["NA", "CR"]  # may be "not applicable"
    assert values(table, "W") == [None, 2.0]
    assert "NA, NULL or '.' read as missing: AGE, DTHDT, W" in table.notes


def test_null_of_sql_is_missing_among_dates_and_numbers_alone(write: Write) -> None:
    table = one(write("A,D,T\n1,2020-01-01,x\nNULL,NULL,NULL\n"))
    assert values(table, "A") == [1.0, None]
    assert values(table, "D") == ["2020-01-01", None]
    assert values(table, "T") == ["x", "NULL"]


def test_an_unquoted_na_of_r_is_missing_and_a_quoted_one_is_text(write: Write) -> None:
    table = one(write('"ID","RSP"\n"a",NA\n"b","NA"\n"c",""\n'))
    assert values(table, "RSP") == [None, "NA", None]
    assert any("NA" in note for note in table.notes)


def test_quotes_hold_delimiters_lines_and_quotes(write: Write) -> None:
    table = one(write('a,b\n1,"x, ""y""\r\nz"\n2,5" tube\n'))
    assert values(table, "b") == ['x, "y"\r\nz', '5" tube']


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a,b\n1,2\n3,4,5\n", r"line 3: this record has 3 fields, the header has 2"),
        (b'a,b\n"x\ny",2\n3\n', r"line 4: this record has 1 fields"),
        (b'a,b\n1,"2\n3,4\n', r"begins in line 2: a quote is not closed"),
        (b'a,b\n1,"x"y\n', r"begins in line 2: .*text follows a closing quote"),
        (b"a,b\n1,x\x00y\n", "line 2: the text holds NUL bytes"),
        (b"a,b,a\n1,2,3\n", "columns of the same name: 'a'"),
        (b"a,b\n1,\x81\x8d\n", "line 2: the encoding is neither"),
        ("a,b\n1,äöüß\n".encode() + b"2,\xe4\n", "line 3: most of the file is UTF-8"),
        (b"\xff\xfea\x00,\x00b\x00\n\x00\x31\xd8", "begins as UTF-16 and is not"),
        (b"01-001,63,F,2014-01-02\n01-002,50,F,2014-01-02\n", "looks like data"),
        (b"1,2\n3,4\n", "looks like data"),
        (b",,\n1,2,3\n", "no names of columns"),
        (b"%PDF-1.7\n", "a PDF file, which is not read"),
        (bytes(range(1, 31)) * 4, "neither text nor a known format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    write: Write, content: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_extract(write(content))


def test_an_error_shows_no_value(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read_extract(write("ID,DOB\nsecret,1950-01-02\nsecret,1950-01-02,hidden\n"))
    assert not re.search("secret|1950|hidden", str(caught.value))


def test_no_rows_are_a_table_with_columns(write: Write) -> None:
    table = one(write("USUBJID,AGE"))
    assert table.frame.shape == (0, 2)
    assert list(table.frame.columns) == ["USUBJID", "AGE"]
    assert any("cut off there" in note for note in table.notes)


def test_a_single_column_keeps_its_blank_lines(write: Write) -> None:
    assert values(one(write("AGE\n1\n\n3\n")), "AGE") == [1.0, None, 3.0]


def test_two_reads_are_equal(write: Write) -> None:
    path = write('ID;W\n"a";1,5\n"b";\n')
    first, second = one(path), one(path)
    pd.testing.assert_frame_equal(first.frame, second.frame)
    assert first.notes == second.notes


_CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    max_size=8,
).filter(lambda text: text == text.strip())


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
)
def test_every_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [delimiter.join(("ID", "A", "B"))]
    lines += [delimiter.join((f"s{n}", quoted(a), quoted(b))) for n, (a, b) in enumerate(rows)]
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = one(path)
    for at, column in enumerate("AB"):
        got = values(table, column)
        if table.frame[column].dtype == object:
            assert got == [row[at] or None for row in rows] or "NA or '.'" in str(table.notes)
        else:
            assert [str(value) for value in got] != []


@settings(max_examples=80, deadline=None)
@given(
    numbers=st.lists(st.decimals(-9999, 9999, places=2, allow_nan=False), min_size=1, max_size=8),
    comma=st.booleans(),
)
def test_decimals_are_read_whichever_their_sign(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[object], comma: bool
) -> None:
    texts = [str(number).replace(".", "," if comma else ".") for number in numbers]
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text("ID;W\n" + "".join(f"s;{text}\n" for text in texts))
    table = one(path)
    assert values(table, "W") == [float(str(number)) for number in numbers]
    assert any("decimal comma" in note for note in table.notes) == comma

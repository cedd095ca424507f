"""Which reader an input gets, and folders of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract


def test_a_folder_gives_every_table_and_lists_the_rest(tmp_path: Path) -> None:
    (tmp_path / "adsl.csv").write_text("USUBJID\n01\n")
    (tmp_path / "adae.tsv").write_text("USUBJID\tAETERM\n01\tx\n")
    (tmp_path / "readme.md").write_text("# not a table\n")
    (tmp_path / "results.json").write_text("{}")
    (tmp_path / ".hidden.csv").write_text("a,b\n1\n")
    (tmp_path / "old").mkdir()
    extract = read_extract(tmp_path)
    assert [table.name for table in extract.tables] == ["adae", "adsl"]
    assert [table.input for table in extract.tables] == ["adae.tsv", "adsl.csv"]
    assert extract.name == tmp_path.name
    assert extract.notes == ("not read, by their kind: old/, readme.md, results.json",)
    digest = hashlib.sha256((tmp_path / "adsl.csv").read_bytes()).hexdigest()
    assert [(file.name, file.kind) for file in extract.inputs] == [
        ("adae.tsv", "csv"), ("adsl.csv", "csv"),
    ]  # fmt: skip
    assert extract.inputs[1].sha256 == digest


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "adsl.csv").write_text("USUBJID\n01\n")
    (tmp_path / "ADSL.tsv").write_text("USUBJID\n02\n")
    with pytest.raises(InputError, match=r"two tables .*ADSL\.tsv.*adsl\.csv"):
        read_extract(tmp_path)


def test_a_broken_file_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "adsl.csv").write_text("USUBJID\n01\n")
    (tmp_path / "adae.csv").write_text("a,b\n1\n")
    with pytest.raises(InputError, match=r"adae\.csv"):
        read_extract(tmp_path)


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no table"):
        read_extract(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_extract(tmp_path / "absent.csv")
    with pytest.raises(InputError, match="no such file"):
        read_extract("bad\0name.csv")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("adsl.xpt", b"USUBJID,AGE\n1,2\n", "not a SAS transport file"),
        ("adsl.csv", b"PAR1\x00\x00PAR1", "the content is Parquet"),
        ("adsl.csv", b"PK\x03\x04junk", "damaged ZIP"),
        ("adsl.parquet", b"junk junk", "not Parquet"),
        ("adsl.docx", b"plain", "stands for no format"),
        ("adsl.xls", b"<html><table></table></html>", "XML or HTML"),
        ("adsl.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "gzip archive"),
    ],
)
def test_a_suffix_that_lies_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_extract(path)


@pytest.mark.parametrize("scheme", ["mysql", "http", "postgresql+psycopg"])
def test_a_url_that_is_not_read_keeps_its_password(scheme: str) -> None:
    with pytest.raises(InputError, match="no URL of this kind") as raised:
        read_extract(f"{scheme}://user:secret@server/trial")
    assert f"{scheme}://:" in str(raised.value)
    assert "secret" not in str(raised.value)

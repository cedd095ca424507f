"""Bad input ends in one clear error that names the file, the place and what to do."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from auditor.errors import InputError
from auditor.readers import MAX_BYTES, read_document
from auditor.readers.grid import TOO_LARGE
from auditor.readers.text import MAX_LINES

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE article [\n<!ENTITY a "ha">\n'
    + "".join(
        f'<!ENTITY {y} "{f"&{x};" * 10}">\n' for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n<article><body><p>&i;</p></body></article>"
)
QUADRATIC = (
    f'<!DOCTYPE article [<!ENTITY a "{"x" * 50_000}">]>'
    f"<article><body><p>{'&a;' * 50_000}</p></body></article>"
)
EXTERNAL = (
    '<!DOCTYPE article [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    "<article><body><p>&e;</p></body></article>"
)
PARAMETER = (
    '<!DOCTYPE article [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>'
    "<article><body><p>x</p></body></article>"
)


def docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("a.docx", docx(), "Word document"),
        ("renamed.txt", docx(), "Word document"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Office"),
        ("a.rtf", b"{\\rtf1 text}", "RTF"),
        ("a.gz", b"\x1f\x8b\x08\0", "gzip"),
        ("a.txt", b"text\0text", "NUL"),
        ("a.txt", bytes(range(1, 32)) * 40, "binary"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", " \n".encode("utf-16"), "empty"),
        ("a.html", b"<!DOCTYPE html><html><body/></html>", "HTML"),
        ("a.xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "HTML"),
        ("a.xml", b"<?xml version='1.0'?><TEI><text/></TEI>", "<TEI>"),
        ("a.xml", b"<article><para>DocBook</para></article>", "no JATS"),
        ("a.nxml", b"Plain words", "not XML"),
        ("a.xml", BOMB.encode(), "unsafe"),
        ("a.xml", QUADRATIC.encode(), "unsafe"),
        ("a.xml", EXTERNAL.encode(), "unsafe"),
        ("a.xml", PARAMETER.encode(), "unsafe"),
        ("a.xml", b"<?xml version='1.0' encoding='utf-16x'?><article/>", "encoding"),
        ("a.xml", b"<article><body><p>&nosuch;</p></body></article>", "nosuch"),
        ("a.xml", b"<a><article><body/></article><article><body/></article></a>", "2 articles"),
    ],
)
def test_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert says in str(caught.value)
    assert caught.value.source == str(path)
    assert time.process_time() - started < 60  # a quadratic reading takes hours


def test_truncated_xml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "cut.nxml"
    path.write_text("<article>\n<body>\n<p>Forty-four pat", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.where is not None
    assert caught.value.where.startswith("line 3, column")


def test_lines_of_messages_are_right_below_a_doctype(tmp_path: Path) -> None:
    path = tmp_path / "cut.nxml"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE article [\n<!ENTITY x "y">\n]>\n<article>\n<p></q>',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="line 6"):
        read_document(path)


def test_harmless_entities_are_read(tmp_path: Path) -> None:
    path = tmp_path / "p.xml"
    path.write_text(
        '<!DOCTYPE article [<!ENTITY drug "lev&#111;"><!-- ]> -->]>'
        "<article><body><p>&drug; &plusmn; &amp;</p></body></article>",
        encoding="utf-8",
    )
    assert read_document(path).text == "levo ± &"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read_document(tmp_path)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="at most"):
        read_document(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.xml"
    path.write_text("<article><body>" + "<sec>" * 5000, encoding="utf-8")
    with pytest.raises(InputError, match="broken"):
        read_document(path)


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        path.write_bytes("n ≥ 5 – café".encode(encoding))
        document = read_document(path)
        assert document.text == "n ≥ 5 – café"
        assert document.warnings == ()
    path.write_bytes("5 ± 2 – café".encode("cp1252"))
    document = read_document(path)
    assert document.text == "5 ± 2 – café"
    assert "Windows-1252" in document.warnings[0]


def test_declared_encoding_of_xml(tmp_path: Path) -> None:
    path = tmp_path / "p.xml"
    declaration = "<?xml version='1.0' encoding='iso-8859-1'?>"
    path.write_bytes(f"{declaration}<article><body><p>5 ± 2</p></body></article>".encode("latin-1"))
    document = read_document(path)
    assert document.text == "5 ± 2"
    assert document.warnings == ()


def test_content_decides_before_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("<article><body><p>x</p></body></article>", encoding="utf-8")
    assert read_document(path).kind == "jats"
    path.write_text("MZ twins were compared. BMI was 25.", encoding="utf-8")
    assert read_document(path).kind == "text"


@pytest.mark.parametrize(
    "line",
    [
        "a\tb\tc\td\n",
        "*a *b _c $d ^e <i <sup> &amp \\x {",
        "Results. Methods. 1.1. A. ",
        "| a | b |\n",
        "Table 1. ",
        "\tx",
        "# x\n",
        "Results\n\n",
        "Abstract\n\nMethods\n\nx\n\n",
        "Table 1. x\n\n",
    ],
)
def test_giant_text_is_read_or_refused_in_time(tmp_path: Path, line: str) -> None:
    path = tmp_path / "giant.txt"
    path.write_text(line * (400_000 // len(line)), encoding="utf-8")
    started = time.process_time()
    document = read_document(path)
    assert time.process_time() - started < 60  # a quadratic reading takes hours
    assert all(table.warnings == (TOO_LARGE,) or table.grid for table in document.tables)


def test_too_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("x\n" * (MAX_LINES + 1), encoding="utf-8")
    with pytest.raises(InputError, match="lines"):
        read_document(path)


def test_a_paper_without_tables_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("A title of some words\n\nNothing to see here.\n", encoding="utf-8")
    document = read_document(path)
    assert document.tables == ()
    assert document.name == "p.txt"

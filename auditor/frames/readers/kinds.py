"""Which format a file has: what its first bytes say, and whether the suffix agrees."""

from __future__ import annotations

import bz2
import lzma
import re
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from auditor.errors import InputError
from auditor.frames.readers.source import FORMATS, unreadable


class Kind(Enum):
    """Format of an input: its word in places and records, its title, and its suffixes."""

    DELIMITED = ("csv", "delimited text", (".csv", ".tsv", ".tab"))
    PARQUET = ("parquet", "Parquet", (".parquet", ".pq"))
    EXCEL = ("excel", "an Excel workbook", (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
    XPT = ("xpt", "a SAS transport file", (".xpt", ".xpt5", ".xpt8", ".v8xpt"))
    SAS7BDAT = ("sas7bdat", "a SAS data set", (".sas7bdat",))
    SAV = ("sav", "an SPSS file", (".sav", ".zsav"))
    POR = ("por", "an SPSS portable file", (".por",))
    STATA = ("dta", "a Stata file", (".dta",))
    DATASET_JSON = ("dataset-json", "JSON", (".json", ".ndjson"))
    R = ("r", "an R file", (".rds", ".rda", ".rdata"))
    DUCKDB = ("duckdb", "a DuckDB database", (".duckdb", ".ddb"))
    SQLITE = ("sqlite", "an SQLite database", (".sqlite", ".sqlite3", ".db3"))
    POSTGRESQL = ("postgresql", "a PostgreSQL database", ())

    def __init__(self, word: str, title: str, suffixes: tuple[str, ...]) -> None:
        self.word = word
        self.title = title
        self.suffixes = suffixes

    def __str__(self) -> str:
        return self.word


_DATABASES = (".db",)
_TEXT = (".txt", ".dat", "")
_SAS7BDAT = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
_FOREIGN = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"ARROW1\0\0", "an Arrow (Feather) file"),
    (b"FEA1", "a Feather file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"**COMPRESSED**", "a SAS CPORT file"),
)
_MARKUP = re.compile(rb"\s*<(?:!DOCTYPE\s+html|html|\?xml|table|ODM)\b", re.IGNORECASE)
_R = (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"X\n\0\0\0", b"A\n2\n", b"A\n3\n")
_HEAD = 4096
_BLOCK = 2_000_000  # holds the first block of any bzip2 file


def suffix_kind(path: Path) -> Kind | None:
    """The format that the suffix stands for; None where it stands for none that is read."""
    suffix = path.suffix.lower()
    if suffix in _DATABASES:
        return Kind.SQLITE  # or DuckDB: the content tells
    return next((kind for kind in Kind if suffix in kind.suffixes), None)


def kind_of(path: Path) -> Kind:
    """The format of a file, by its content.

    Raises:
        InputError: there is no such file, it is empty, of a format that is not read, or not of
            the format that its suffix stands for.
    """
    source = str(path)
    head = _head(path)
    if not head.strip():
        raise InputError("the file is empty", source=source)
    expected = suffix_kind(path)
    found = _by_content(head, path)
    if isinstance(found, str):
        raise InputError(f"this is {found}, which is not read", source=source, hint=FORMATS + ".")
    if found is None:
        if expected in (None, Kind.DELIMITED) and path.suffix.lower() not in _DATABASES:
            return _text_kind(head, path, expected)
        title = expected.title if expected else "a table"
        raise InputError(
            f"the name ends in {path.suffix}, but the content is not {title}",
            source=source,
            hint="The file may be cut off or damaged, or has the wrong suffix.",
        )
    databases = (Kind.DUCKDB, Kind.SQLITE)
    if expected not in (None, found) and not (found in databases and path.suffix == ".db"):
        raise InputError(
            f"the name ends in {path.suffix}, but the content is {found.title}",
            source=source,
            hint=f"Rename it to end in {' or '.join(found.suffixes)} if that is what it is.",
        )
    return found


def _head(path: Path) -> bytes:
    try:
        if not path.exists():
            raise InputError("there is no such file or folder", source=str(path))
        if not path.is_file():
            raise InputError("this is neither a file nor a folder", source=str(path))
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as problem:
        raise unreadable(path, problem) from None
    except ValueError:
        raise InputError("there is no such file or folder", source=repr(str(path))) from None


def _text_kind(head: bytes, path: Path, expected: Kind | None) -> Kind:
    if expected is None and path.suffix.lower() not in _TEXT:
        raise InputError(
            f"the suffix {path.suffix} stands for no format that is read",
            source=str(path),
            hint=FORMATS + ". Delimited text ends in .csv, .tsv or .txt.",
        )
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if (
        controls > 8 and controls * 20 > len(head) and head.count(0) * 3 < len(head)
    ):  # UTF-16 is half zeros
        raise InputError("this is neither text nor a known format", source=str(path), hint=FORMATS)
    return Kind.DELIMITED


def _by_content(head: bytes, path: Path) -> Kind | str | None:
    """The format, or what the file is in words where it is not read, or None (text?)."""
    for signature, kind in (
        (b"PAR1", Kind.PARQUET),
        (b"HEADER RECORD*******LIB", Kind.XPT),
        (_SAS7BDAT, Kind.SAS7BDAT),
        (b"$FL2", Kind.SAV),
        (b"$FL3", Kind.SAV),
        (b"<stata_dta>", Kind.STATA),
        (b"SQLite format 3\0", Kind.SQLITE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.EXCEL),
    ):
        if head.startswith(signature):
            return kind
    if head.startswith(_R):
        return Kind.R
    if head[8:12] == b"DUCK":
        return Kind.DUCKDB
    if b"ASCII SPSS PORT FILE" in head[:500]:
        return Kind.POR
    if head[0] in (104, 105, 108, *range(110, 116)) and head[1] in (1, 2) and head[2:4] == b"\1\0":
        return Kind.STATA
    for signature, title in _FOREIGN:
        if head.startswith(signature):
            return title
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return _packed(path)
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "XML or HTML"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Kind.DATASET_JSON
    return None


def _zipped(path: Path) -> Kind | str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError):
        return "a damaged ZIP archive or workbook"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind.EXCEL
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.EXCEL
    if any(name.startswith("word/") for name in names):
        return "a Word document"
    return "a ZIP archive"


def _packed(path: Path) -> Kind | str:
    """R files are compressed as a whole; so may be anything else."""
    title, start = "a compressed file", b""
    with path.open("rb") as stream:
        head = stream.read(_BLOCK)
    try:
        if head.startswith(b"\x1f\x8b"):
            title = "a gzip archive"
            start = zlib.decompressobj(31).decompress(head, 64)
        elif head.startswith(b"BZh"):
            title = "a bzip2 archive"
            start = bz2.BZ2Decompressor().decompress(head, 64)
        else:
            title = "an xz archive"
            start = lzma.LZMADecompressor().decompress(head, 64)
    except (zlib.error, lzma.LZMAError, OSError, EOFError):
        pass
    return Kind.R if start.startswith(_R) else title

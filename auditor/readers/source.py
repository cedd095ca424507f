"""Bytes of an input file: found, of a sane size, and not of a kind that is not read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from auditor.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
"""A larger input is refused: no manuscript comes near it."""

FORMATS = "JATS XML (.nxml, .xml), plain text (.txt) and Markdown (.md) are read"

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (.doc, .xls, .ppt)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_ZIPPED = (
    ("word/", "a Word document (.docx)"),
    ("xl/", "an Excel workbook (.xlsx)"),
    ("ppt/", "a PowerPoint file (.pptx)"),
    ("content.xml", "an OpenDocument file (.odt, .ods)"),
    ("META-INF/container.xml", "an e-book (.epub)"),
)


def read_bytes(path: Path) -> bytes:
    """The content of ``path``.

    Raises:
        InputError: there is no such file, it is a folder, cannot be opened, is empty,
            larger than ``MAX_BYTES``, or looks like a format that is not read.
    """
    name = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a manuscript", source=name, hint=FORMATS)
        if not path.exists():
            raise InputError("there is no such file", source=name)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(name, size)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise InputError(f"the file cannot be read: {reason}", source=name) from problem
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    if not data.strip():
        raise InputError("the file is empty", source=name)
    if kind := foreign_kind(data):
        raise InputError(f"this looks like {kind}, which is not read", source=name, hint=FORMATS)
    return data


def foreign_kind(data: bytes) -> str | None:
    """What a file of a known format that is not read looks like, or None."""
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    for signature, kind in _SIGNATURES:
        # Two letters alone also start English text ("BMI", "MZ twins"): ask for more.
        if data.startswith(signature) and (len(signature) > 2 or b"\0" in data[:512]):
            return kind
    if data.startswith(b"\x1f\x8b"):
        return "a gzip archive"
    return None


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        names = []
    for start, kind in _ZIPPED:
        if any(name.startswith(start) for name in names) or start.encode() in data[:4096]:
            return kind
    return "a ZIP archive"


def _too_large(name: str, size: int) -> InputError:
    return InputError(
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        source=name,
        hint="Give the manuscript itself, without embedded figures or data.",
    )

"""From bytes to text: Unicode where it is Unicode, Windows-1252 with a warning, never binary."""

from __future__ import annotations

import codecs
import re

from auditor.errors import InputError
from auditor.readers.source import FORMATS

_BOMS = (  # the longer marks first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ASSUMED = "the file is not UTF-8; it was read as Windows-1252 (Latin-1)"
_FEW = 100  # one control character in so many may be a slip of a converter


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """The text of ``data``, without its byte order mark, and what to warn of.

    Raises:
        InputError: the bytes are not text, or not in the encoding that they declare.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, source), ()
    if b"\0" in data:
        at = data.index(b"\0")
        raise InputError(
            "this is not text: it holds NUL bytes",
            source=source,
            where=f"byte {at}",
            hint=f"{FORMATS}; UTF-16 needs a byte order mark.",
        )
    declared = _DECLARATION.match(data)
    if declared:
        encoding = declared[1].decode("ascii")
        if encoding.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            return _strict(data, encoding, source), ()
    try:
        text, warnings = data.decode("utf-8"), ()
    except UnicodeDecodeError:
        # Five bytes of Windows-1252 mean nothing; Latin-1 has (control) characters there.
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        return _not_binary(text, source), (_ASSUMED,)
    return _not_binary(text, source), warnings


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise InputError(
            f"the file declares the encoding {encoding!r}, which is not known", source=source
        ) from None
    except UnicodeDecodeError as problem:
        raise InputError(
            f"the file is not in the encoding {encoding} that it declares",
            source=source,
            where=f"byte {problem.start}",
        ) from None
    return _not_binary(text, source)


def _not_binary(text: str, source: str) -> str:
    sample = text[:100_000]
    if len(_CONTROLS.findall(sample)) * _FEW > len(sample) or "\0" in text:
        raise InputError("this is not text: it looks binary", source=source, hint=FORMATS)
    if not text.strip():
        raise InputError("the file is empty", source=source)
    return text

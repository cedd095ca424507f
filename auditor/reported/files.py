"""Files of reported results: CSV, and CDISC Analysis Results as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.errors import InputError
from auditor.reported.ard import is_ard, read_ard
from auditor.reported.ars import is_ars, read_ars
from auditor.reported.csv_results import read_csv
from auditor.reported.model import Reported
from auditor.reported.populations import Vocabulary

SUFFIXES = (".csv", ".json")
_LARGEST = 200 * 1024 * 1024


def read_results(path: Path, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    """The reported results of a file, in its order.

    Raises:
        InputError: it cannot be read, is none of the formats, or reports nothing: what was not
            compared never agrees; the message names the place.
    """
    found = _results(path, vocabulary)
    if not found:
        raise InputError("no result is reported in it", source=path.name)
    return found


def _results(path: Path, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    name = path.name
    text = _text(path)
    if path.suffix.casefold() == ".csv":
        return read_csv(text, name, vocabulary)
    if path.suffix.casefold() != ".json":
        raise InputError(
            "reported results are CSV or JSON", source=name, hint=f"Not {path.suffix or 'this'}."
        )
    content = _json(text, name)
    if is_ars(content):
        return read_ars(content, name, vocabulary)
    if is_ard(content):
        return read_ard(content, name, vocabulary)
    raise InputError(
        "this JSON is neither a reporting event (ARS) nor analysis results data (ARD)",
        source=name,
        hint="ARS has 'analyses' with 'results'; ARD has rows with 'stat_name' and 'stat'.",
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("the file is larger than 200 MB", source=path.name)
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", source=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 at byte {error.start}", source=path.name, hint="Save it as UTF-8."
        ) from error


def _json(text: str, name: str) -> Any:
    """The content, numbers as they are written: 18.60 has two decimals, and stays so."""
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not JSON: {error.msg}",
            source=name,
            where=f"line {error.lineno}, column {error.colno}",
        ) from error
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply", source=name) from error

"""Reads suites of Great Expectations as the JSON they are, without Great Expectations.

A suite is one file of ``expectations/``, called as the standard table it is about. Beside what
Great Expectations asks for, each expectation says in its ``meta`` who it is in an audit::

    {
      "type": "expect_column_values_to_be_between",
      "kwargs": {"column": "HEIGHT", "min_value": 120, "max_value": 220},
      "meta": {
        "auditor": {
          "code": "PAT501",
          "name": "implausible-height",
          "severity": "warning",
          "doc": {"defect": "...", "why": "...", "example": "...", "references": "..."}
        }
      }
    }

``verdict`` (default "query"), ``fixed`` (a study's ranges leave the bounds alone), ``optional``
(columns that count as missing throughout where they were not delivered) and ``doc.what`` may be
added.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from auditor.errors import RulebookError
from auditor.finding import Severity, Verdict
from auditor.frames.standard import STANDARD_TABLES, StandardTable
from auditor.frames.suites_arguments import check_arguments
from auditor.frames.suites_model import Expectation, Suite
from auditor.frames.suites_types import NOT_ON_FRAMES, TYPES, ExpectationType

_CODE = re.compile(r"[A-Z]{3}\d{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_DOC = ("defect", "why", "example", "references")
_META = ("code", "name", "severity", "verdict", "fixed", "optional", "doc")
NONE: Mapping[str, Sequence[str]] = {}
_ENTRY = ("type", "kwargs", "meta", "id", "notes", "description", "severity", "rendered_content")


def read_suites(folder: Path, further: Mapping[str, Sequence[str]] = NONE) -> tuple[Suite, ...]:
    """The suites of a folder, in order of their file names; none where there is no folder.

    Args:
        folder: holds the files.
        further: standard table -> columns that it has in this study beside the standard ones.

    Raises:
        RulebookError: a file is not a suite, or an expectation of it cannot be judged.
    """
    paths = sorted(folder.glob("*.json"))
    return tuple(read_suite(path, further.get(path.stem, ())) for path in paths)


def read_suite(path: Path, further: Sequence[str] = ()) -> Suite:
    """The suite of one file; ``further`` columns are known beside the standard ones.

    Raises:
        RulebookError: it is not a suite, or an expectation of it cannot be judged.
    """
    source = str(path)
    data = _json(path)
    table = _table(path.stem, source)
    if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
        raise RulebookError(
            "this is not a suite of Great Expectations",
            source=source,
            hint='It is an object with "name" and a list of "expectations".',
        )
    if data.get("name") != table.name:
        raise RulebookError(
            f'the suite must be named "{table.name}", as its file and the table',
            source=source,
            where="name",
        )
    if not data["expectations"]:
        raise RulebookError("the suite has no expectation", source=source)
    known = (*(column.name for column in table.columns), *further)
    found = [_expectation(e, i, table, path, known) for i, e in enumerate(data["expectations"])]
    return Suite(table.name, source, tuple(found))


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise RulebookError(
            f"this is not JSON: {error.msg}", source=str(path), where=f"line {error.lineno}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError(f"the file cannot be read: {error}", source=str(path)) from error


def _table(stem: str, source: str) -> StandardTable:
    tables = {table.name: table for table in STANDARD_TABLES}
    if stem not in tables:
        raise RulebookError(
            f'there is no standard table "{stem}"{_meant(stem, tables)}',
            source=source,
            hint="Call the file as one of " + ", ".join(tables) + ".",
        )
    return tables[stem]


def _expectation(
    entry: Any, position: int, table: StandardTable, path: Path, columns: Sequence[str]
) -> Expectation:
    source, where = str(path), f"expectation {position + 1}"
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise RulebookError('this is not an object with a "type"', source=source, where=where)
    where = f"{where} ({entry['type']})"
    _known(entry, _ENTRY, "key", source, where)
    kind = _type(entry["type"], source, where)
    kwargs = entry.get("kwargs", {})
    if not isinstance(kwargs, dict):
        raise RulebookError('"kwargs" is not an object', source=source, where=where)
    check_arguments(kind, kwargs, columns, source, where)
    meta = _about(entry, source, where)
    doc = meta["doc"]
    made = Expectation(
        file=path.name,
        position=position,
        table=table.name,
        type=kind,
        kwargs=kwargs,
        code=meta["code"],
        name=meta["name"],
        severity=Severity(meta["severity"]),
        verdict=Verdict(meta.get("verdict", Verdict.QUERY.value)),
        defect=doc["defect"].strip(),
        what=doc.get("what", "").strip(),
        why=doc["why"].strip(),
        example=doc["example"].strip(),
        references=doc["references"].strip(),
        fixed=meta.get("fixed", False),
        optional=tuple(meta.get("optional", ())),
    )
    _known(made.optional, (*made.columns, *made.condition_columns), "column", source, where)
    return made


def _type(name: str, source: str, where: str) -> ExpectationType:
    if name in NOT_ON_FRAMES:
        raise RulebookError(
            "Great Expectations has this expectation for databases alone",
            source=source,
            where=where,
            hint="Use one that works on data frames, such as a regular expression.",
        )
    if name not in TYPES:
        raise RulebookError(
            f"there is no expectation of this type{_meant(name, TYPES)}", source=source, where=where
        )
    return TYPES[name]


def _about(entry: Mapping[str, Any], source: str, where: str) -> dict[str, Any]:
    """What the entry says of itself in ``meta.auditor``, checked."""
    meta = entry.get("meta")
    about = meta.get("auditor") if isinstance(meta, dict) else None
    if not isinstance(about, dict):
        raise RulebookError(
            "the expectation does not say who it is",
            source=source,
            where=where,
            hint='Add "meta": {"auditor": {"code": "ABC901", "name": "what-is-wrong", '
            '"severity": "warning", "doc": {"defect": ..., "why": ..., "example": ..., '
            '"references": ...}}}.',
        )
    where = f"{where}, meta.auditor"
    _known(about, _META, "key", source, where)
    for key, form, words in (
        ("code", _CODE, "three capital letters and three digits"),
        ("name", _NAME, "two or more lower-case words joined by hyphens"),
    ):
        value = about.get(key)
        if not isinstance(value, str) or not form.fullmatch(value):
            raise RulebookError(f'"{key}" must be {words}', source=source, where=where)
    _choice(about.get("severity"), [s.value for s in Severity], "severity", source, where)
    if "verdict" in about:
        _choice(about["verdict"], [v.value for v in Verdict], "verdict", source, where)
    if not isinstance(about.get("fixed", False), bool):
        raise RulebookError('"fixed" must be true or false', source=source, where=where)
    optional = about.get("optional", [])
    if not isinstance(optional, list) or not all(_is_text(name) for name in optional):
        raise RulebookError('"optional" must be a list of columns', source=source, where=where)
    doc = about.get("doc")
    lacking = [k for k in _DOC if not isinstance(doc, dict) or not _is_text(doc.get(k))]
    if lacking or not isinstance(doc, dict) or not isinstance(doc.get("what", ""), str):
        raise RulebookError(
            'the documentation lacks: "doc" must be an object with the texts '
            + ", ".join(lacking or ["what"]),
            source=source,
            where=where,
        )
    _known(doc, (*_DOC, "what"), "key", source, f"{where}.doc")
    return about


def _choice(value: object, choices: list[str], key: str, source: str, where: str) -> None:
    if value not in choices:
        raise RulebookError(
            f'"{key}" must be one of {", ".join(choices)}', source=source, where=where
        )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _known(given: Iterable[str], known: Iterable[str], word: str, source: str, where: str) -> None:
    for key in given:
        if key not in known:
            raise RulebookError(
                f'there is no {word} "{key}" here{_meant(key, known)}', source=source, where=where
            )


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f": did you mean {close[0]}?" if close else ""

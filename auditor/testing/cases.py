"""The cases of a check, as read from YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.errors import UsageError
from auditor.testing.subjects import SUFFIXES

_CASE_KEYS = {"name", "document", "format", "tables", "study", "reported", "comment"}
_FIRES_KEYS = _CASE_KEYS | {"expect", "others"}
_SILENT_KEYS = _CASE_KEYS | {"allow", "outcome"}
_EXPECT_KEYS = {
    "severity",
    "verdict",
    "table",
    "row",
    "column",
    "reported",
    "expected",
    "message_contains",
    "suggestion_contains",
    "variable",
    "subject",
    "visit",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a document, or tables; ``expect`` is empty for a silent one.

    ``source`` names the file, for messages.
    """

    name: str
    document: str
    source: str
    fires: bool
    format: str = "markdown"
    expect: tuple[Mapping[str, str], ...] = ()
    others: bool = False
    allow_notes: bool = False
    not_evaluable: bool = False
    tables: Mapping[str, str] = field(default_factory=dict)
    study: str = ""
    reported: str = ""


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a YAML file, those that must fire first.

    Raises:
        UsageError: the file is not YAML, or has keys or values that mean nothing here.
    """
    try:
        import yaml
    except ImportError:
        raise UsageError(
            "cases are YAML, and PyYAML is not installed", hint="pip install 'auditor[testing]'"
        ) from None
    try:
        # Every scalar stays text: 45.20 is not 45.2, and NO is not false.
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise UsageError(f"this is not YAML: {error}", source=str(path)) from error
    if not isinstance(content, dict):
        raise UsageError("the file has no lists 'fires' and 'silent'", source=str(path))
    _only(content, {"fires", "silent"}, str(path), "the file")
    cases = [_case(item, path.name, key == "fires") for key in content for item in content[key]]
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise UsageError("two cases have this name", source=path.name, where=name)
    return tuple(sorted(cases, key=lambda case: not case.fires))


def _case(item: Any, source: str, fires: bool) -> Case:
    if not isinstance(item, dict):
        raise UsageError("a case is not a mapping", source=source)
    name = str(item.get("name", ""))
    where = f"case {name!r}"
    _only(item, _FIRES_KEYS if fires else _SILENT_KEYS, source, where)
    expect = tuple(item.get("expect", ()))
    for entry in expect:
        _only(entry, _EXPECT_KEYS, source, f"expect of {where}")
    tables = item.get("tables") or {}
    if not name or bool(item.get("document")) == bool(tables) or (fires and not expect):
        raise UsageError(
            "a case needs a name and either a document or tables; one that fires needs 'expect'",
            source=source,
            where=where,
        )
    if not isinstance(tables, dict) or not all(isinstance(t, str) for t in tables.values()):
        raise UsageError("tables is not a mapping of names to CSV", source=source, where=where)
    return Case(
        name=name,
        document=item.get("document", ""),
        tables=tables,
        study=item.get("study", ""),
        reported=item.get("reported", ""),
        source=source,
        fires=fires,
        format=_one_of(item, "format", SUFFIXES, source) or "markdown",
        expect=expect,
        others=_one_of(item, "others", ("allow",), source) is not None,
        allow_notes=_one_of(item, "allow", ("note",), source) is not None,
        not_evaluable=_one_of(item, "outcome", ("not evaluable",), source) is not None,
    )


def _one_of(
    item: Mapping[str, Any], key: str, known: Sequence[str] | Mapping[str, str], source: str
) -> str | None:
    value = item.get(key)
    if value is not None and value not in known:
        raise UsageError(f"{key} is {value!r}, not {' or '.join(known)}", source=source)
    return value


def _only(item: Any, known: set[str], source: str, where: str) -> None:
    """A misspelt key would make a case mean less than it says."""
    if not isinstance(item, dict):
        raise UsageError(f"{where} is not a mapping", source=source)
    for key in item:
        if key not in known:
            raise UsageError(
                f"{where} has the unknown key {key!r}",
                source=source,
                hint=f"Known: {', '.join(sorted(known))}.",
            )

"""Runs the cases of a check, for this project's checks and for those of a study.

A file of cases is YAML, named after the module of its check, with two lists::

    fires:
      - name: percentage of another denominator
        document: |
          Table 1. Patients

          | Sex  | All (N = 31) |
          | ---- | ------------ |
          | Male | 12 (45%)     |
        expect:
          - {severity: error, verdict: impossible, table: Table 1, reported: 45%}
    silent:
      - name: percentage of N
        document: ...

``format`` is ``markdown`` (the default), ``text`` or ``jats``, of which a part will do.
``row`` and ``column`` of ``expect`` are the numbers of the grid (from 0) or the labels. All
other keys are compared as written; ``message_contains`` and ``suggestion_contains`` ask for
a part. A check must yield exactly what is expected; ``others: allow`` lets it yield more. A
silent case must be judged and yield nothing; ``allow: note`` lets notes pass, and
``outcome: not evaluable`` asks that there be nothing to judge. ``comment`` is for readers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from auditor import extraction, readers
from auditor.check import Check, Outcome
from auditor.engine import CheckResult, run_check
from auditor.errors import UsageError
from auditor.extraction import Manuscript
from auditor.finding import Finding, Severity

SUFFIXES = {"markdown": ".md", "text": ".txt", "jats": ".xml"}
_CASE_KEYS = {"name", "document", "format", "comment"}
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
}


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``expect`` is empty for a silent one. ``source`` names the file."""

    name: str
    document: str
    source: str
    fires: bool
    format: str = "markdown"
    expect: tuple[Mapping[str, str], ...] = ()
    others: bool = False
    allow_notes: bool = False
    not_evaluable: bool = False


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


def problems(case: Case, check: Check) -> list[str]:
    """Run a case; what went otherwise than it says, one line each."""
    result = run_check(check, read_text(case.document, case.format))
    if result.outcome is Outcome.FAILED:
        return [f"the check failed: {result.why}"]
    return _fires(case, result) if case.fires else _silent(case, result)


def read_text(text: str, format: str = "markdown") -> Manuscript:  # noqa: A002  as in YAML
    """A manuscript from a string, read as a file of this format would be.

    Raises:
        UsageError: there is no such format.
        InputError: the text cannot be read as one.
    """
    if format not in SUFFIXES:
        raise UsageError(f"there is no format {format!r}", hint=f"One of {', '.join(SUFFIXES)}.")
    if format == "jats" and "<article" not in text:
        text = f"<article><body>{text}</body></article>"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"case{SUFFIXES[format]}"
        path.write_text(text, encoding="utf-8", newline="")
        return extraction.read_manuscript(readers.read_document(path))


def _fires(case: Case, result: CheckResult) -> list[str]:
    expected, found = case.expect, result.findings
    if len(found) < len(expected) or not _paired(expected, found):
        return [
            *(f"expected and not found: {dict(e)}" for e in expected if not _any(e, found)),
            f"expected {len(expected)}, found {len(found)} ({result.outcome}) {result.why}",
            *(f"found: {_shown(f)}" for f in found),
        ]
    if len(found) > len(expected) and not case.others:
        extra = [f for f in found if not any(_matches(e, f) for e in expected)] or list(found)
        return [f"found and not expected: {_shown(f)}" for f in extra]
    return []


def _silent(case: Case, result: CheckResult) -> list[str]:
    loud = [f for f in result.findings if not (case.allow_notes and f.severity is Severity.NOTE)]
    wrong = [f"found and not expected: {_shown(f)}" for f in loud]
    evaluable = result.outcome is not Outcome.NOT_EVALUABLE
    if case.not_evaluable and evaluable:
        wrong.append("the check found something to judge")
    if not case.not_evaluable and not evaluable:
        wrong.append(f"the check judged nothing: {result.why}")
    return wrong


def _paired(expected: Sequence[Mapping[str, str]], found: Sequence[Finding]) -> bool:
    """Whether each expectation can be given a finding of its own."""
    if len(expected) > 6:
        raise UsageError("a case expects more than six findings; make it smaller")
    candidates = [f for f in found if any(_matches(e, f) for e in expected)]
    return any(
        all(_matches(e, f) for e, f in zip(expected, chosen, strict=True))
        for chosen in permutations(candidates, len(expected))
    )


def _any(expected: Mapping[str, str], found: Sequence[Finding]) -> bool:
    return any(_matches(expected, f) for f in found)


def _matches(expected: Mapping[str, str], finding: Finding) -> bool:
    place = finding.places[0]
    exact = {
        "severity": (finding.severity.value,),
        "verdict": (finding.verdict.value,),
        "reported": (finding.reported,),
        "expected": (finding.expected,),
        "table": (place.table, str(place.table_index)),
        "row": (place.row_label, str(place.row)),
        "column": (place.column_label, str(place.column)),
    }
    parts = {"message_contains": finding.message, "suggestion_contains": finding.suggestion}
    return all(
        value in exact[key] if key in exact else value in parts[key]
        for key, value in expected.items()
    )


def _shown(finding: Finding) -> str:
    place = finding.places[0]
    return (
        f"{finding.severity} {finding.verdict} {place.table} row {place.row} "
        f"({place.row_label}) column {place.column} ({place.column_label}) "
        f"reported {finding.reported!r} expected {finding.expected!r}: {finding.message} "
        f"[{finding.suggestion}]"
    )


def _case(item: Any, source: str, fires: bool) -> Case:
    if not isinstance(item, dict):
        raise UsageError("a case is not a mapping", source=source)
    name = str(item.get("name", ""))
    where = f"case {name!r}"
    _only(item, _FIRES_KEYS if fires else _SILENT_KEYS, source, where)
    expect = tuple(item.get("expect", ()))
    for entry in expect:
        _only(entry, _EXPECT_KEYS, source, f"expect of {where}")
    if not name or not item.get("document") or (fires and not expect):
        raise UsageError(
            "a case needs a name and a document, and one that fires needs 'expect'",
            source=source,
            where=where,
        )
    return Case(
        name=name,
        document=item["document"],
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

"""The study file: TOML -> ``Study``. ``docs/study-file.md`` describes every key."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.conventions import (
    RECIST_11,
    RESPONSE_CONVENTIONS,
    ResponseConvention,
    SurvivalConvention,
)
from auditor.frames.dates import ORDERS
from auditor.frames.standard import PATIENTS, STANDARD_TABLES, Kind, StandardTable, standard_table
from auditor.study import Gate, Group, Study, TableMap
from auditor.toml_keys import Keys, read_toml

CRITERIA = ("RECIST 1.1", "iRECIST", "RANO", "Lugano")

_SECTIONS = (
    "study", "tables", "groups", "lines", "ranges", "response", "survival", "gate", "checks",
    "words",
)  # fmt: skip
_TABLES = tuple(table.name for table in STANDARD_TABLES)
_CODE = re.compile(r"[A-Z]{3}\d{3}")


def read_study(path: Path) -> Study:
    """Read a study file.

    Raises:
        StudyError: the file cannot be read, is not TOML, or has a key or a value that is not
            known; the message names the key and its line.
    """
    keys = read_toml(path)
    keys.only(_SECTIONS, "section")
    head = keys.table("study")
    head.only(("name", "cutoff", "arms", "arm", "criteria", "by", "landmarks"))
    groups = _groups(keys)
    arm = head.text("arm", Study().arm)
    named = (arm, *head.texts("by"), *(column for group in groups for column in group.where))
    landmarks = head.numbers("landmarks")
    if any(time <= 0 for time in landmarks):
        raise head.wrong("landmarks", "must be times after 0")
    checks = keys.table("checks")
    checks.only(("select", "ignore", "rulebooks"))
    return Study(
        name=head.text("name", ""),
        file=str(path),
        cutoff=head.day("cutoff"),
        arms=_distinct(head, "arms"),
        arm=arm,
        criteria=head.one_of("criteria", "RECIST 1.1", CRITERIA),
        tables=_tables(keys, named),
        groups=groups,
        by=_distinct(head, "by"),
        lines=_lines(keys),
        ranges=_ranges(keys),
        response=_response(keys.table("response")),
        survival=_survival(keys.table("survival")),
        landmarks=landmarks,
        gate=_gate(keys.table("gate")),
        select=checks.texts("select"),
        ignore=checks.texts("ignore"),
        rulebooks=checks.texts("rulebooks"),
        words=_words(keys.table("words")),
    )


def _words(keys: Keys) -> dict[str, tuple[str, ...]]:
    found = {name: keys.texts(name) for name in keys.values}
    for name, words in found.items():
        if not words or not all(word.strip() for word in words):
            raise keys.wrong(name, "names no other words", 'Write ORR = ["remission rate"].')
    return found


def _distinct(keys: Keys, key: str) -> tuple[str, ...]:
    values = keys.texts(key)
    if len(set(values)) < len(values):
        raise keys.wrong(key, "names something twice")
    return values


def _tables(keys: Keys, named: tuple[str, ...]) -> dict[str, TableMap]:
    section = keys.table("tables")
    section.only(_TABLES, "standard table")
    return {
        name: _table_map(section.table(name), standard_table(name), named)
        for name in section.values
    }


def _table_map(keys: Keys, standard: StandardTable, named: tuple[str, ...]) -> TableMap:
    keys.only(("source", "columns", "codes", "dates"))
    known = [column.name for column in standard.columns]
    # The patients table may bring further columns, if results are broken down by them.
    own = [*known, *named] if standard is PATIENTS else known
    columns = keys.table("columns")
    columns.only(own, f"column of {standard.name}")
    codes = keys.table("codes")
    codes.only(own, f"column of {standard.name}")
    dates = keys.table("dates")
    kinds = {column.name: column.kind for column in standard.columns}
    dates.only([name for name in known if kinds[name] is Kind.DATE], f"date of {standard.name}")
    return TableMap(
        source=keys.text("source", "") or None,
        columns={name: columns.text(name, "") for name in columns.values},
        codes={name: _codes(codes.table(name)) for name in codes.values},
        date_formats={name: dates.one_of(name, "", ORDERS) for name in dates.values},
    )


def _codes(keys: Keys) -> dict[str, str]:
    found = {}
    for code, value in keys.values.items():
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise keys.wrong(code, "must be text", f'Write "{code}" = "...".')
        found[code] = str(value)
    return found


def _groups(keys: Keys) -> tuple[Group, ...]:
    groups: list[Group] = []
    for entry in keys.tables("groups"):
        entry.only(("name", "where", "names"))
        name = entry.text("name", "")
        if not name:
            raise entry.wrong("name", "is missing", 'Write name = "...".')
        if name in {group.name for group in groups}:
            raise entry.wrong("name", "is that of another group")
        where = entry.table("where")
        if not where.values:
            raise entry.wrong("where", "is missing", 'Write where = { SEX = ["F"] }.')
        columns = {column: where.labels(column) for column in where.values}
        groups.append(Group(name=name, where=columns, names=entry.texts("names")))
    return tuple(groups)


def _lines(keys: Keys) -> dict[int, int]:
    section = keys.table("lines")
    for key in section.values:
        if not key.isdecimal() or int(key) < 1:
            raise section.wrong(key, "is no line of treatment", "Write 1 = 44.")
    return {int(key): section.whole(key, 0) for key in sorted(section.values, key=int)}


def _ranges(keys: Keys) -> dict[tuple[str, str], tuple[float, float]]:
    section = keys.table("ranges")
    section.only(_TABLES, "standard table")
    found = {}
    for name in section.values:
        entry = section.table(name)
        columns = standard_table(name).columns
        entry.only([c.name for c in columns if c.kind is Kind.NUMBER], f"number of {name}")
        for column in entry.values:
            bounds = entry.numbers(column)
            if len(bounds) != 2 or bounds[0] > bounds[1]:
                raise entry.wrong(
                    column, "must be the least and the greatest value", f"Write {column} = [0, 1]."
                )
            found[name, column] = (bounds[0], bounds[1])
    return found


def _response(keys: Keys) -> ResponseConvention:
    fields = tuple(ResponseConvention.__dataclass_fields__)
    keys.only(("convention", *fields))
    base = RESPONSE_CONVENTIONS[
        keys.one_of("convention", RECIST_11.name, tuple(RESPONSE_CONVENTIONS))
    ]
    dates = [column.name for column in PATIENTS.columns if column.kind is Kind.DATE]
    changed = replace(
        base,
        start=keys.one_of("start", base.start, dates),
        evaluator=keys.text("evaluator", base.evaluator),
        confirmed=keys.flag("confirmed", default=base.confirmed),
        confirmation_days=keys.whole("confirmation_days", base.confirmation_days),
        max_ne_between=_at_most(keys, "max_ne_between", base.max_ne_between),
        sd_between=keys.flag("sd_between", default=base.sd_between),
        max_sd_between=_at_most(keys, "max_sd_between", base.max_sd_between),
        pd_after_cr=keys.flag("pd_after_cr", default=base.pd_after_cr),
        sd_window_days=keys.whole("sd_window_days", base.sd_window_days),
        sd_window_from=keys.one_of("sd_window_from", base.sd_window_from, ["", *dates]),
        missing_as_ne=keys.flag("missing_as_ne", default=base.missing_as_ne),
        new_therapy=keys.one_of("new_therapy", base.new_therapy, ("ignore", "censor")),
        impute_day=keys.one_of("impute_day", base.impute_day, ("last", "first", "none")),
    )
    return replace(changed, name=_name(keys, base, changed))


def _at_most(keys: Keys, name: str, default: int | None) -> int | None:
    """How many of something are allowed: a number, or "any"."""
    most = keys.values.get(name, default)
    return None if most in ("any", None) else keys.whole(name, default or 0)


def _survival(keys: Keys) -> SurvivalConvention:
    base = SurvivalConvention()
    keys.only(tuple(SurvivalConvention.__dataclass_fields__))
    level = keys.number("level", base.level)
    if not 0 < level < 1:
        raise keys.wrong("level", "must lie between 0 and 1", "Write level = 0.95.")
    changed = replace(
        base,
        unit=keys.one_of("unit", base.unit, ("days", "weeks", "months", "years")),
        plus_one=keys.flag("plus_one", default=base.plus_one),
        ci=keys.one_of("ci", base.ci, ("log-log", "log", "plain", "symmetric")),
        level=level,
        median=keys.one_of("median", base.median, ("midpoint", "midpoint-to-end", "first")),
        ties=keys.one_of("ties", base.ties, ("efron", "breslow")),
        new_therapy=keys.one_of("new_therapy", base.new_therapy, ("ignore", "censor")),
        before_start=keys.one_of("before_start", base.before_start, ("left-out", "at-start")),
    )
    return replace(changed, name=_name(keys, base, changed))


def _name(
    keys: Keys,
    base: ResponseConvention | SurvivalConvention,
    changed: ResponseConvention | SurvivalConvention,
) -> str:
    """The name of a convention: as given, or the base's with what was changed of it."""
    given = keys.text("name", "")
    if given:
        if given in RESPONSE_CONVENTIONS and (given != base.name or changed != base):
            raise keys.wrong(
                "name", "is that of a convention", f'Write convention = "{given}" to follow it.'
            )
        return given
    parts = [base.name]
    for field in base.__dataclass_fields__:
        value: Any = getattr(changed, field)
        if value != getattr(base, field):
            shown = "any" if value is None else str(value).lower()
            parts.append(f"{field} {value if isinstance(value, str) else shown}")
    return ", ".join(parts)


def _gate(keys: Keys) -> Gate:
    keys.only(("fail_on", "required", "allowed"))
    allowed = keys.table("allowed")
    required = keys.texts("required")
    for code in (*required, *allowed.values):
        if not _CODE.fullmatch(code):
            table, key = (allowed, code) if code in allowed.values else (keys, "required")
            raise table.wrong(key, f'"{code}" is no code of a check', "Write it as COH001.")
    return Gate(
        fail_on=keys.one_of("fail_on", "error", ("error", "warning", "note", "never")),
        required=required,
        allowed={code: allowed.whole(code, 0) for code in allowed.values},
    )

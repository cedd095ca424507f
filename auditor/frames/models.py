"""The rules of a rulebook's pandera models as checks of our own, one a rule.

Each rule is judged by the pandera check object itself, so that pandera, given the same frame,
says the same. What pandera cannot say is added: how many values were judged, that there was
nothing to judge, who and where, and which label was likely meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from auditor.check import Check, Subject
from auditor.errors import NotEvaluable, RulebookError
from auditor.finding import Breaches, Evaluated, Finding
from auditor.frames.cohort import Cohort, Table
from auditor.frames.labels import likely_label, listed, shown
from auditor.frames.model_files import load_models
from auditor.frames.rule import Rule
from auditor.frames.standard import STANDARD_TABLES, standard_table
from auditor.frames.suggest import did_you_mean
from auditor.frames.values import as_text
from auditor.study import Study

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

# Gives, for a standard table, whether each row was judged and whether it breaks the rule.
_Judge = Callable[["pd.DataFrame"], "tuple[pd.Series, pd.Series]"]


@dataclass(frozen=True, slots=True, eq=False)
class _Law:
    """A rule as it is judged on a standard table; ``labels`` are what a value may be."""

    rule: Rule
    table: str
    columns: tuple[str, ...]
    judge: _Judge
    labels: tuple[str, ...] = ()


def model_checks(folder: Path, study: Study | None = None) -> tuple[Check, ...]:
    """A check for each rule of the pandera models in a rulebook's ``schemas/``.

    Args:
        folder: root of the rulebook; ours is ``auditor.rulebook.FOLDER``.
        study: whose arms and response criteria the models take (``for_study``).

    Raises:
        RulebookError: a file cannot be imported, has no ``SCHEMA`` of a standard table, or a
            rule of it has no code.
    """
    study = study or Study()
    checks: list[Check] = []
    for path, module in load_models(folder):
        schema = _schema(path, module, study)
        rules = {value.label: value for value in vars(module).values() if isinstance(value, Rule)}
        # Rules that depend on the study come with the schema made for it.
        rules |= {rule.label: rule for rule in (schema.metadata or {}).get("rules", ())}
        laws = list(_laws(schema, rules, path))
        judged = {law.rule.label for law in laws}
        checks += [_check(law.rule, _function(law), path) for law in laws]
        checks += [
            _check(rule, _left_out(rule), path)
            for label, rule in rules.items()
            if label not in judged
        ]
    return tuple(sorted(checks, key=lambda check: check.code))


def _schema(path: Path, module: ModuleType, study: Study) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    schema = getattr(module, "SCHEMA", None)
    make = getattr(module, "for_study", None)
    if not isinstance(schema, pa.DataFrameSchema):
        raise RulebookError(
            "the file has no SCHEMA that is a pandera DataFrameSchema",
            source=str(path),
            hint="Assign one to SCHEMA, or begin the file's name with '_'.",
        )
    if make is not None:
        schema = make(study)
    names = [table.name for table in STANDARD_TABLES]
    name = schema.name or path.stem
    if name not in names:
        raise RulebookError(
            f"the model {name} is of no standard table",
            source=str(path),
            hint=did_you_mean(str(name), names, "The standard tables are"),
        )
    schema.name = name
    return schema


def _laws(schema: pa.DataFrameSchema, rules: Mapping[str, Rule], path: Path) -> Iterator[_Law]:
    """The rules of a model in the order of its columns, those of some rows last."""
    table = str(schema.name)
    known = {column.name for column in standard_table(table).columns}
    for name, column in schema.columns.items():
        if name not in known and table != "patients":
            raise RulebookError(
                f"{table} has no column {name}",
                source=str(path),
                hint=did_you_mean(name, known, "Its columns are"),
            )
        meta = column.metadata or {}
        if not column.nullable:
            rule = _of_column(meta.get("not_nullable"), f"nullable=False of {name}", path)
            yield _Law(rule, table, (name,), _missing(name))
        if column.unique:
            rule = _of_column(meta.get("unique"), f"unique=True of {name}", path)
            yield _Law(rule, table, (name,), _repeated(name, column.report_duplicates))
        for check in column.checks:
            rule = _ruled(check, rules, f"a check of {name}", path)
            yield _Law(rule, table, (name,), _by_value(name, check), _labels(check))
    if schema.unique:
        raise RulebookError(
            "a model's unique keys have no code",
            source=str(path),
            hint="State the key as an expectation, or as a check of a column.",
        )
    for check in schema.checks:
        rule = _ruled(check, rules, f"a check of {table}", path)
        if not rule.columns:
            raise RulebookError(
                f"{rule.label} does not say which columns it reads",
                source=str(path),
                hint="Give it a Rule with columns, as auditor.frames.rule has it.",
            )
        yield _Law(rule, table, rule.columns, _by_row(rule, check), _labels(check))


def _ruled(check: pa.Check, rules: Mapping[str, Rule], where: str, path: Path) -> Rule:
    rule = rules.get(str(check.name)) or Rule.of(
        check.name, check.title, check.description, f"{where} in {path.name}"
    )
    # What pandera says of a breach may depend on the study, such as on its criteria.
    told = str(check.error or "")
    said = told.removeprefix(f"{rule.label}: ")
    return replace(rule, breach=said) if said != told else rule


def _of_column(told: object, where: str, path: Path) -> Rule:
    return told if isinstance(told, Rule) else Rule.of(told, "", "", f"{where} in {path.name}")


def _missing(name: str) -> _Judge:
    def judge(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        missing = frame[name].isna()
        return missing | True, missing

    return judge


def _repeated(name: str, keep: str) -> _Judge:
    def judge(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        kept: Any = {"exclude_first": "first", "exclude_last": "last"}.get(keep, False)
        repeated = frame[name].duplicated(keep=kept)
        return repeated | True, repeated

    return judge


def _by_value(name: str, check: pa.Check) -> _Judge:
    def judge(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        values = frame[name]
        judged = values.notna() if check.ignore_na else values.notna() | True
        return judged, _failed(check(values).check_output, frame)

    return judge


def _by_row(rule: Rule, check: pa.Check) -> _Judge:
    def judge(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        judged = rule.applies(frame) if rule.applies else frame[rule.columns[0]].notna()
        return judged, _failed(check(frame).check_output, frame)

    return judge


def _failed(output: Any, frame: pd.DataFrame) -> pd.Series:
    """Where a pandera check says False; values that it leaves out, since missing, pass."""
    import pandas as pd

    if not isinstance(output, pd.Series):
        raise TypeError("a check of a model must judge each value, not the whole column")
    right = output.astype("boolean").fillna(value=True).astype(bool)
    return ~right.reindex(frame.index, fill_value=True)


def _labels(check: pa.Check) -> tuple[str, ...]:
    allowed = (check.statistics or {}).get("allowed_values", ())
    return tuple(label for label in allowed if isinstance(label, str))


def _check(rule: Rule, function: Callable[[Any], Any], path: Path) -> Check:
    return Check(
        code=rule.code,
        name=rule.name,
        function=function,
        doc=rule.doc,
        source=str(path),
        subject=Subject.COHORT,
    )


def _left_out(rule: Rule) -> Callable[[Cohort], Iterator[Breaches]]:
    def function(cohort: Cohort) -> Iterator[Breaches]:
        del cohort
        raise NotEvaluable(rule.needs or "the model leaves it out")

    return function


def _function(law: _Law) -> Callable[[Cohort], Iterator[Evaluated | Breaches]]:
    def function(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
        table = cohort.need(law.table, *law.columns)
        judged, broken = law.judge(table.frame)
        count = int(judged.sum())
        if not count:
            column = table.columns[law.columns[0]]
            raise NotEvaluable(
                f"{column} of {table.delivered.name} has no value to judge"
                if len(table.frame)
                else f"{table.delivered.name} has no row"
            )
        yield Evaluated(count)
        rows = table.frame.index[broken].tolist()
        if rows:
            yield Breaches(law.rule.severity, rows, lambda row: _finding(law, table, row))

    return function


def _finding(law: _Law, table: Table, row: int) -> Finding:
    name = law.columns[0]
    text = as_text(table.frame.at[row, name])
    where = f"{table.columns[name]} of {table.delivered.name}"
    likely = likely_label(text, law.labels) if law.labels and text else None
    what = shown(text) if law.labels and text else "a value"
    return Finding(
        severity=law.rule.severity,
        verdict=law.rule.verdict,
        message=f"{where}: {what} {law.rule.breach}.",
        places=(table.place(row, name),),
        reported=text,
        expected=f"one of {listed(law.labels)}" if law.labels else "",
        suggestion=f"Did you mean {likely}?" if likely else "",
    )

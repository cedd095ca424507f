"""CDISC Analysis Results Data (ARD) as JSON, as the R package cards makes it.

Read are rows (``jsonlite::toJSON(ard)``), columns, and the nested list of
``cards::as_nested_list``. A row has ``group1``, ``group1_level``, ..., ``variable``,
``variable_level``, ``context``, ``stat_name``, ``stat`` and perhaps ``stat_fmt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.claims import Population
from auditor.finding import Place
from auditor.printed import parse_number
from auditor.reported.model import Reported
from auditor.reported.populations import Term, Vocabulary
from auditor.reported.terms import LIFE_TIMES, as_worded, endpoint, statistic

Row = dict[str, str]

_LEVELS = ("variable", "group1", "group1_level", "stat_name")
_SHARES = ("categorical", "tabulate", "tabulate_value", "dichotomous", "hierarchical")
_PARAMETERS = ("PARAMCD", "PARAM")


def is_ard(content: Any) -> bool:
    """Whether parsed JSON looks like analysis results data."""
    if isinstance(content, list):
        return bool(content) and isinstance(content[0], dict) and "stat_name" in content[0]
    if not isinstance(content, dict):
        return False
    return "stat_name" in content or isinstance(content.get("variable"), dict)


def read_ard(content: Any, name: str, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    """The results, in order; what is no comparable number (labels, classes) is left out."""
    found = []
    for position, row in enumerate(_rows(content)):
        reported = _reported(row, position, name, vocabulary)
        if reported is not None:
            found.append(reported)
    return tuple(found)


def _rows(content: Any) -> Iterator[Row]:
    if isinstance(content, list):
        for row in content:
            yield {key: _scalar(value) for key, value in row.items()}
    elif isinstance(content.get("stat_name"), list):
        count = len(content["stat_name"])
        for i in range(count):
            yield {
                key: _scalar(values[i] if isinstance(values, list) and i < len(values) else values)
                for key, values in content.items()
            }
    else:
        yield from _nested(content, {})


def _nested(node: Mapping[str, Any], above: Row) -> Iterator[Row]:
    """Rows of ``as_nested_list``: {"variable": {"AGE": {"group1": {"ARM": ...}}}}."""
    if "stat" in node:
        yield {**above, **{key: _scalar(value) for key, value in node.items()}}
        return
    for key, values in node.items():
        if isinstance(values, dict):
            for level, inner in values.items():
                if isinstance(inner, dict):
                    yield from _nested(inner, {**above, key: str(level)})


def _scalar(value: Any) -> str:
    """A value; jsonlite writes each as a list of one, and NULL as {}."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def _reported(row: Row, position: int, name: str, vocabulary: Vocabulary) -> Reported | None:
    measured = _statistic(row)
    text = row.get("stat_fmt") or row.get("stat", "")
    number = parse_number(text.strip())
    if not measured or number is None:
        return None
    terms: list[Term] = []
    why, parameter, certain = "", "", True
    for index in range(1, 10):
        column, level = row.get(f"group{index}", ""), row.get(f"group{index}_level", "")
        if not column or not level:
            continue
        if column.upper() in _PARAMETERS:
            parameter = level
            continue
        known = vocabulary.column(column)
        match = vocabulary.find_in(known, level) if known else vocabulary.find(level)
        if match.term is None:
            why = why or match.why
            continue
        terms.append(match.term)
        certain = certain and match.certain
    what = _endpoint(row, parameter, vocabulary)
    variable, level = row.get("variable", ""), row.get("variable_level", "")
    named = f"{variable}={level}" if level else variable
    if not what:
        why = why or f"'{named}' is neither an endpoint nor a column of the patients"
    population = Population(tuple(terms))
    if why:
        worded = " ".join(v for k, v in row.items() if k.endswith("_level") and k[0] == "g" and v)
        population = as_worded(worded)
    timed = what in LIFE_TIMES and variable == "time"
    return Reported(
        endpoint=what or named,
        statistic="survival" if timed and measured == "rate" else measured,
        population=population,
        text=text.strip(),
        printed=number,
        place=Place(
            input=name, kind="value", quote=text.strip(), row=position, column_label="stat"
        ),
        at=_number(level) if timed else None,
        unit="fraction" if measured == "rate" and not row.get("stat_fmt") else "",
        certain=certain,
        why=why,
    )


def _statistic(row: Row) -> str:
    stat, context = row.get("stat_name", ""), row.get("context", "")
    shares = any(word in context for word in _SHARES)
    if stat == "N":
        return "denominator" if shares else "n"
    if stat == "n":
        return "count"
    if context.startswith("surv") and stat == "estimate" and row.get("variable") == "prob":
        return "median" if row.get("variable_level") in ("0.5", "0.50") else ""
    return statistic(stat)


def _endpoint(row: Row, parameter: str, vocabulary: Vocabulary) -> str:
    variable, level = row.get("variable", ""), row.get("variable_level", "")
    if parameter:
        found = endpoint(parameter, vocabulary)
        if found in LIFE_TIMES or not level:
            return found
        return f"BOR={level.upper()}" if variable.upper() in ("AVALC", "BOR") else found
    if variable.startswith("..ard_total_n"):
        return "N"
    if not level:
        return endpoint(variable, vocabulary)
    yes = level.upper() in ("TRUE", "Y", "YES", "1")
    found = endpoint(variable, vocabulary) if yes else ""
    if found and found not in (*vocabulary.values, *vocabulary.numbers):
        return found
    return endpoint(f"{variable}={level}", vocabulary)


def _number(text: str) -> float | None:
    number = parse_number(text)
    return None if number is None else float(number.value)

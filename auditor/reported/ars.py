"""CDISC Analysis Results Standard (ARS) 1.0: a reporting event with its results, as JSON.

Used are ``analyses`` (``dataset``, ``variable``, ``analysisSetId``, ``dataSubsetId``,
``results`` with ``operationId``, ``resultGroups``, ``rawValue``, ``formattedValue``),
``analysisGroupings``, ``analysisSets``, ``dataSubsets`` and the operations of ``methods``.
The model is published at https://www.cdisc.org/standards/foundational/analysis-results-standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.claims import Population
from auditor.finding import Place
from auditor.printed import parse_number, scan_numbers
from auditor.reported.model import Reported
from auditor.reported.populations import Term, Vocabulary
from auditor.reported.terms import as_worded, endpoint, statistic

Json = Mapping[str, Any]

_SUBJECT = ("USUBJID", "SUBJID")
_FLAGGED = ("TRTEMFL",)
"""Conditions of a data subset that recomputation applies itself."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """``variable`` equals ``value``; ``why`` where a condition is of another kind."""

    dataset: str = ""
    variable: str = ""
    value: str = ""
    why: str = ""


def is_ars(content: Any) -> bool:
    """Whether parsed JSON looks like a reporting event."""
    return isinstance(_event(content), dict)


def read_ars(content: Any, name: str, vocabulary: Vocabulary) -> tuple[Reported, ...]:
    """The results of all analyses, in order; a result without a number is left out."""
    event = _event(content) or {}
    reader = _Reader(event, name, vocabulary)
    found: list[Reported] = []
    for analysis in _list(event, "analyses"):
        for result in _list(analysis, "results"):
            reported = reader.read(analysis, result, len(found))
            if reported is not None:
                found.append(reported)
    return tuple(found)


def _event(content: Any) -> Json | None:
    if not isinstance(content, dict):
        return None
    inner = content.get("reportingEvent", content)
    return inner if isinstance(inner, dict) and "analyses" in inner else None


class _Reader:
    """The event's definitions by their ids."""

    def __init__(self, event: Json, name: str, vocabulary: Vocabulary) -> None:
        self.name, self.vocabulary = name, vocabulary
        self.operations = {
            str(o.get("id")): o for m in _list(event, "methods") for o in _list(m, "operations")
        }
        self.sets = {str(s.get("id")): s for s in _list(event, "analysisSets")}
        self.subsets = {str(s.get("id")): s for s in _list(event, "dataSubsets")}
        groupings = [*_list(event, "analysisGroupings"), *_list(event, "groupings")]
        self.groupings = {str(g.get("id")): g for g in groupings}

    def read(self, analysis: Json, result: Json, position: int) -> Reported | None:
        operation = self.operations.get(str(result.get("operationId")), {})
        measured = next(
            (s for key in ("label", "name") if (s := _measured(str(operation.get(key, ""))))), ""
        )
        text, number = _value(result)
        if number is None or not measured:
            return None
        conditions = list(self._conditions(analysis, result))
        what, terms, why = self._meaning(analysis, conditions)
        words = ", ".join(c.value for c in conditions if c.value)
        if measured == "count" and what in self.vocabulary.numbers:
            measured = "n"
        return Reported(
            endpoint=what or str(analysis.get("name", analysis.get("id", ""))),
            statistic=measured,
            population=as_worded(words) if why else Population(tuple(terms)),
            text=text,
            printed=number,
            place=Place(
                input=self.name,
                kind="value",
                quote=text,
                row=position,
                row_label=str(analysis.get("id", "")) or None,
                column_label=str(result.get("operationId", "")) or None,
            ),
            why=why,
        )

    def _conditions(self, analysis: Json, result: Json) -> Iterator[_Condition]:
        for key, known in (("analysisSetId", self.sets), ("dataSubsetId", self.subsets)):
            if analysis.get(key):
                yield _condition(known.get(str(analysis[key]), {}), str(analysis[key]))
        for part in _list(result, "resultGroups"):
            grouping = self.groupings.get(str(part.get("groupingId")), {})
            variable = str(grouping.get("groupingVariable", ""))
            dataset = str(grouping.get("groupingDataset", ""))
            if part.get("groupValue"):
                yield _Condition(dataset, variable, str(part["groupValue"]))
                continue
            wanted = part.get("groupId")
            group: Json = next((g for g in _list(grouping, "groups") if g.get("id") == wanted), {})
            found = _condition(group, str(part.get("groupId", "")))
            yield (
                found
                if found.variable or found.why
                else _Condition(dataset, variable, str(group.get("name", group.get("label", ""))))
            )

    def _meaning(
        self, analysis: Json, conditions: Sequence[_Condition]
    ) -> tuple[str, list[Term], str]:
        """Endpoint, terms of the population, and why it cannot be told."""
        terms: list[Term] = []
        what, events, serious = "", "", False
        of_events = str(analysis.get("dataset", "")).upper() in ("ADAE", "AE")
        for c in conditions:
            variable = c.variable.upper()
            if c.why:
                return "", [], c.why
            if variable in ("AEDECOD", "AEBODSYS", "AESOC"):
                events = f"AE {'DECOD' if variable == 'AEDECOD' else 'BODSYS'}={c.value}"
            elif variable == "AESER":
                serious = c.value == "Y"
            elif variable in ("PARAMCD", "PARAM"):
                what = endpoint(c.value, self.vocabulary)
            elif variable == "AVALC":
                what = f"BOR={c.value.upper()}"
            elif variable in _FLAGGED and of_events:
                continue
            else:
                column = self.vocabulary.column(c.variable)
                match = self.vocabulary.find_in(column, c.value)
                if not column or match.term is None:
                    return "", [], f"the patients table has no {c.variable} = '{c.value}'"
                terms.append(match.term)
        if of_events:
            return (events or ("AE serious" if serious else "AE")), terms, ""
        own = str(analysis.get("variable", ""))
        if what:
            return what, terms, ""
        if own.upper() in _SUBJECT:
            return "N", terms, ""
        column = self.vocabulary.column(own)
        if column and (mine := [t for t in terms if t[0] == column]):
            # The category that is counted is no part of the population.
            return f"{column}={mine[-1][1]}", [t for t in terms if t != mine[-1]], ""
        found = endpoint(own, self.vocabulary)
        return found, terms, "" if found else f"{own or 'the analysis'} is no endpoint"


def _measured(label: str) -> str:
    plain = label.strip()
    if plain in ("%", "(%)"):
        return "rate"
    if plain in ("n", "N", "Count", "Count of subjects"):
        return "count"
    return statistic(plain)


def _value(result: Json) -> tuple[str, Any]:
    """The number as printed; of a pattern such as "(16.3)" or "N=86" the number in it."""
    for key in ("formattedValue", "rawValue"):
        text = str(result.get(key) or "").strip()
        number = parse_number(text)
        if number is None and len(scanned := scan_numbers(text)) == 1:
            number = scanned[0]
        if number is not None:
            return text, number
    return "", None


def _condition(holder: Json, name: str) -> _Condition:
    condition = holder.get("condition")
    if isinstance(condition, dict):
        values = condition.get("value")
        values = values if isinstance(values, list) else [values]
        if condition.get("comparator") in ("EQ", "IN") and len(values) == 1:
            return _Condition(
                str(condition.get("dataset", "")),
                str(condition.get("variable", "")),
                str(values[0]),
            )
        return _Condition(why=f"the condition of {name} is not that a variable equals one value")
    if holder.get("compoundExpression"):
        return _Condition(why=f"the condition of {name} is compound")
    return _Condition()


def _list(holder: Json, key: str) -> list[Any]:
    found = holder.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

"""Recomputed endpoints as plain tables for the terminal, and in full as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.claims import Population
from auditor.endpoints.recompute import Recomputed
from auditor.estimate import Estimate

_EFFICACY = ("N", "ORR", "DCR", "CBR", "OS", "PFS", "TTP", "DoR", "TTR", "AE", "AE grade>=3")
_ALL = Population()


@dataclass(slots=True)
class _Row:
    """One quantity: its cells by population, and the conventions of the first of them."""

    name: str
    endpoint: str
    conventions: tuple[str, ...]
    cells: dict[Population, str] = field(default_factory=dict)


def to_text(recomputed: Recomputed) -> str:
    """A table of all patients and the arms, then one for each further way to divide them.

    One row a quantity, with one interval, under the conventions of the study (the first that
    were computed), which are listed below the tables; ``to_csv`` has arms within subgroups,
    worst grades of single terms and all other conventions.
    """
    if not recomputed.estimates:
        return "\n".join(["No endpoint could be computed.", *_noted(recomputed.notes)]) + "\n"
    rows = _rows(recomputed.estimates)
    numbers: dict[tuple[str, ...], int] = {}
    lines: list[str] = []
    for i, (attribute, columns) in enumerate(_blocks(recomputed.estimates)):
        chosen = [row for row in rows if any(c in row.cells for c in columns if c.terms or i == 0)]
        if i:
            chosen = [row for row in chosen if row.endpoint in _EFFICACY]
            lines.append("")
        lines += _table(attribute, columns, chosen, numbers)
    lines += ["", "Conventions"]
    lines += [f"[{number}] {'; '.join(names)}" for names, number in numbers.items()]
    lines += ["", f"{len(recomputed.estimates)} estimates in all; the CSV has every one."]
    return "\n".join([*lines, *_noted(recomputed.notes)]) + "\n"


def to_csv(recomputed: Recomputed) -> str:
    """Every estimate under every convention, values with all their digits, one a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            "endpoint",
            "statistic",
            "of",
            "population",
            "versus",
            "at",
            "value",
            "unit",
            "n",
            "events",
            "conventions",
            "why",
        )
    )
    for e in recomputed.estimates:
        writer.writerow(
            (
                _inert(e.endpoint),
                e.statistic,
                e.of,
                _inert(_terms(e.population)),
                _inert(_terms(e.versus)) if e.versus is not None else "",
                "" if e.at is None else repr(e.at),
                "" if e.value is None else repr(e.value),
                e.unit,
                e.n,
                "" if e.events is None else e.events,
                "; ".join(e.conventions),
                e.why,
            )
        )
    return out.getvalue()


def _blocks(estimates: Iterable[Estimate]) -> list[tuple[str, list[Population]]]:
    """The attributes that divide the patients, the arm first, and their populations."""
    found: dict[str, list[Population]] = {}
    for population in dict.fromkeys(e.population for e in estimates):
        if len(population.terms) == 1:
            found.setdefault(population.terms[0][0], [_ALL]).append(population)
    return list(found.items()) or [("", [_ALL])]


def _table(
    attribute: str,
    columns: Sequence[Population],
    rows: Sequence[_Row],
    numbers: dict[tuple[str, ...], int],
) -> list[str]:
    heads = [population.terms[0][1] if population.terms else "All" for population in columns]
    table = [(attribute, *heads, "")]
    for row in rows:
        mark = ""
        if row.conventions:
            mark = f"[{numbers.setdefault(row.conventions, len(numbers) + 1)}]"
        table.append((row.name, *(row.cells.get(c, "") for c in columns), mark))
    widths = [max(len(line[i]) for line in table) for i in range(len(columns) + 2)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    ]
    return [lines[0], "-" * max(len(line) for line in lines), *lines[1:]]


_Key = tuple[str, str, str, Population, float | None, Population | None]


def _rows(estimates: Sequence[Estimate]) -> list[_Row]:
    """Rows in the order in which their first estimate was computed."""
    shown = [e for e in estimates if _shown(e)]
    found: dict[_Key, list[Estimate]] = {}
    for e in shown:
        found.setdefault(_key(e, e.statistic), []).append(e)
    rows: dict[tuple[str, str], _Row] = {}
    for e in shown:
        if found[_key(e, e.statistic)][0] is not e:
            continue
        name, cell, conventions = _cell(e, found)
        if name:
            row = rows.setdefault((_source(e), name), _Row(name, e.endpoint, conventions))
            row.cells.setdefault(e.population, cell)
    return list(rows.values())


def _key(e: Estimate, statistic: str) -> _Key:
    return (
        e.endpoint,
        statistic if not e.of else f"{statistic} {e.of}",
        _source(e),
        e.population,
        e.at,
        e.versus,
    )


def _source(e: Estimate) -> str:
    """What keeps two sources of one endpoint apart."""
    first = e.conventions[0] if e.conventions else ""
    return first if first.startswith("as recorded") else ""


def _cell(e: Estimate, found: dict[_Key, list[Estimate]]) -> tuple[str, str, tuple[str, ...]]:
    """Name of the row, text of the cell and conventions of an estimate; no name: no row."""

    def beside(statistic: str) -> Estimate | None:
        """The first of the same quantity whose conventions go on from these."""
        others = found.get(_key(e, statistic), [])
        size = len(e.conventions)
        return next((o for o in others if o.conventions[:size] == e.conventions), None)

    low, high = beside(f"lower {e.statistic}"), beside(f"upper {e.statistic}")
    conventions = low.conventions if low else e.conventions
    interval = ""
    if low and high and (low.value, high.value) != (None, None):
        interval = f" [{_value(low, e)} to {_value(high, e)}]"
    source = _source(e).removeprefix("as recorded")
    unit = f", {e.unit}" if e.unit else ""
    name, cell = "", _value(e)
    if e.endpoint == "N":
        name = "N"
    elif e.statistic == "rate":
        name = e.endpoint + source
        if e.value is not None:
            cell = f"{round(e.value * e.n)}/{e.n} ({cell})"
    elif e.statistic == "events" and e.events is not None:
        name, cell = f"{e.endpoint}{source} events/n", f"{e.events}/{e.n}"
    elif e.statistic == "mean":
        sd = beside("sd")
        name, cell = f"{e.endpoint} mean (SD)", f"{cell} ({_value(sd)})" if sd else cell
    elif e.statistic == "median" and e.unit:
        name = f"{e.endpoint}{source} median{unit}"
    elif e.statistic == "median":
        low, high = beside("min"), beside("max")
        name = f"{e.endpoint} median (range)"
        interval = f" ({_value(low)} to {_value(high)})" if low and high else ""
    elif e.statistic == "survival":
        name = f"{e.endpoint}{source} at {e.at:g} {e.unit}"
    elif e.statistic in ("hazard-ratio", "p-value"):
        what = "hazard ratio" if e.statistic == "hazard-ratio" else "p"
        among = next((f", {c}" for c in e.conventions if " groups by " in c), "")
        against = f" vs {_terms(e.versus)}" if e.versus is not None else among
        name = f"{e.endpoint}{source} {what}{against}"
    return name, cell + interval, conventions


def _shown(e: Estimate) -> bool:
    """Whether the terminal shows it: one attribute at most, no single grade of a single term.

    Of p-values the log-rank test and not Wald's, which stands beside the same hazard ratio.
    """
    if e.statistic == "p-value" and "Wald" in e.conventions:
        return False
    both = (e.population, *([e.versus] if e.versus is not None else []))
    if any(len(population.terms) > 1 for population in both):
        return False
    return not (e.endpoint.startswith(("AE DECOD=", "AE BODSYS=")) and " grade=" in e.endpoint)


def _value(e: Estimate | None, owner: Estimate | None = None) -> str:
    """A value with the digits that its kind is read with."""
    if e is None or e.value is None:
        return "NR" if e is not None and e.why == "not reached" else "-"
    statistic = owner.statistic if owner else e.statistic
    if statistic in ("rate", "survival"):
        return f"{100 * e.value:.1f}%"
    if statistic == "p-value":
        return "<0.0001" if e.value < 0.0001 else f"{e.value:.4f}"
    if statistic == "hazard-ratio":
        return f"{e.value:.3f}"
    text = f"{e.value:.2f}"
    return text.rstrip("0").rstrip(".")


def _terms(population: Population) -> str:
    return ", ".join(f"{attribute} = {value}" for attribute, value in population.terms)


def _noted(notes: tuple[str, ...]) -> list[str]:
    return ["", "Notes", *(f"- {note}" for note in notes)] if notes else []


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

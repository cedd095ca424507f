"""Which delivered table holds which standard table, by its name or else by its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.errors import InputError, StudyError
from auditor.frames.extract import Delivered, Extract
from auditor.frames.standard import STANDARD_TABLES, StandardColumn, StandardTable, standard_table
from auditor.frames.suggest import did_you_mean
from auditor.study import Study, TableMap

# Columns that tables of every kind have: they tell nothing of a table.
_COMMON = frozenset({"STUDYID", "USUBJID", "PARAMCD", "AVALC", "ADT", "AVAL", "SEQ", "TRT01P"})
# Other tables of SDTM and of ADaM. They carry columns of those that are read along (an ADFACE
# those of EX), so the columns do not tell of them.
_OTHER = """
    ag be bs ce cv da ds dv ec eg fa face ft ho ie is lb mb mh mi mk ml ms nv oe pc pe pp pr qs re
    relrec rp sc se sm ss sv ta te ti tm tp ts tv ur vs
"""
_OTHER_DOMAINS = frozenset(_OTHER.split())
# So many columns that no other standard table has must be there; of adsl more, since tables
# of other kinds often carry its columns along.
_TELLING, _TELLING_PATIENTS = 2, 3


# Both come in the same delivered tables, told apart by their parameters.
_RESPONSES = frozenset({"responses", "best_responses"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A delivered table that may hold a standard one.

    Attributes:
        columns: standard name -> delivered name.
        rank: the lower, the surer: declared, then by the order of the table's domains and
            whether the whole name or a part of it is the domain, last by its columns.
        why: how it was recognised.
    """

    delivered: Delivered
    columns: Mapping[str, str]
    rank: tuple[int, int]
    why: str


DECLARED = (-1, 0)
BY_COLUMNS = (99, 0)


def candidates(extract: Extract, standard: StandardTable, study: Study) -> tuple[Candidate, ...]:
    """The delivered tables that may hold ``standard``, the surest first.

    Tables without a required column are not among them.

    Raises:
        StudyError: the study names a table or a column that is not there.
    """
    mapping = study.tables.get(standard.name, TableMap())
    if mapping.source is not None:
        return (_declared_candidate(extract, standard, mapping, study),)
    found: list[Candidate] = []
    misfits: list[StudyError] = []
    for table in extract.tables:
        seen = recognised(table, standard, study)
        if seen is None:
            continue
        try:
            columns = delivered_columns(table, standard, mapping, study)
        except StudyError as error:
            misfits.append(error)
            continue
        if all(name in columns for name in standard.required):
            found.append(Candidate(table, columns, *seen))
    if misfits and not found:
        raise misfits[0]
    return tuple(sorted(found, key=lambda c: c.rank))


def recognised(
    table: Delivered, standard: StandardTable, study: Study
) -> tuple[tuple[int, int], str] | None:
    """How sure it is that a delivered table holds ``standard``, and by what; None: it is not.

    A name tells nothing of a table without the columns for it: "size_in_cm" is no table of CM.
    """
    told = frozenset(name for name in told_by_name(table.name) if has_required(table, name, study))
    if len(told) == 1 or (told and told <= _RESPONSES):
        rank = _rank(table.name, standard)
        return (rank, "recognised by its name") if rank is not None else None
    if other_domain(table.name):
        return None
    if (not told or standard.name in told) and standard.name in by_columns(table):
        return BY_COLUMNS, "recognised by its columns"
    return None


def other_domain(name: str) -> bool:
    """Whether a delivered table has the name of another table of SDTM or ADaM ("lb", "adlb")."""
    plain = name.lower()
    return (
        plain in _OTHER_DOMAINS
        or plain.startswith("supp")
        or plain.removeprefix("ad") in _OTHER_DOMAINS
    )


def has_required(table: Delivered, name: str, study: Study) -> bool:
    """Whether the columns are there by standard names, or by the study's mapping."""
    standard = standard_table(name)
    given = [str(column) for column in table.frame.columns]
    mapped = study.tables.get(name, TableMap()).columns
    return all(
        required in mapped
        or any(_find(n, given) for n in (required, *standard.column(required).names))
        for required in standard.required
    )


def refuse_without_subjects(delivered: Delivered) -> None:
    """A table that is called as a standard one is and cannot be it is not passed over.

    A renamed identifier would leave the table out, and with it all that could be wrong there.

    Raises:
        InputError: the name is that of a standard table, and there is no subject identifier.
    """
    named = [s for s in STANDARD_TABLES if delivered.name.lower() in s.domains]
    given = [str(column) for column in delivered.frame.columns]
    if not named or not all("USUBJID" in s.required for s in named):
        return
    subject = named[0].column("USUBJID")
    if any(_find(name, given) for name in (subject.name, *subject.names)):
        return
    shown = ", ".join(given[:8]) + (", ..." if len(given) > 8 else "")
    raise InputError(
        f"the table {delivered.name} has no subject identifier (USUBJID); it has {shown}",
        source=delivered.input,
        hint="Name the column in the study file:"
        f' [tables.{named[0].name}.columns] USUBJID = "...".',
    )


def told_by_name(name: str) -> frozenset[str]:
    """The standard tables that the name of a delivered table tells of."""
    return frozenset(s.name for s in STANDARD_TABLES if _rank(name, s) is not None)


def _rank(name: str, standard: StandardTable) -> tuple[int, int] | None:
    plain = name.lower()
    words = "_" + re.sub(r"[^a-z0-9]+", "_", plain) + "_"
    for place, domain in enumerate(standard.domains):
        if plain == domain:
            return place, 0
        if f"_{domain}_" in words:
            return place, 1
    return None


def _declared_candidate(
    extract: Extract, standard: StandardTable, mapping: TableMap, study: Study
) -> Candidate:
    delivered = _declared(extract, standard, str(mapping.source), study)
    columns = delivered_columns(delivered, standard, mapping, study)
    absent = [name for name in standard.required if name not in columns]
    if absent:
        raise StudyError(
            f"the table {delivered.name} has no column for {', '.join(absent)}",
            source=study.file or None,
            where=f"tables.{standard.name}",
            hint=f'Name it under [tables.{standard.name}.columns]: {absent[0]} = "...".',
        )
    return Candidate(delivered, columns, DECLARED, "named in the study file")


def by_columns(table: Delivered) -> tuple[str, ...]:
    """The standard tables that the columns of a delivered table tell of.

    Responses and best responses can both be told of, of one delivered table; otherwise it is
    one or none.
    """
    names = {str(column).upper() for column in table.frame.columns}
    counts: dict[str, int] = {}
    for standard in STANDARD_TABLES:
        present = {c.name for c in standard.columns if names & {c.name, *c.names}}
        if not set(standard.required) <= present:
            continue
        telling = [
            column
            for column in standard.columns
            if column.name not in _COMMON
            and any(
                name in names and _tells(name, standard) for name in (column.name, *column.names)
            )
        ]
        counts[standard.name] = len(telling)
    parameters = _parameters(table, names)
    both = tuple(s.name for s in STANDARD_TABLES if s.only and parameters & set(s.only))
    if both:
        return both
    if counts.get("patients", 0) >= _TELLING_PATIENTS and _one_row_each(table):
        return ("patients",)
    enough = {n: c for n, c in counts.items() if c >= _TELLING and n != "patients"}
    if not enough:
        return ()
    most = max(enough.values())
    best = [name for name, count in enough.items() if count == most]
    return (best[0],) if len(best) == 1 else ()


def _tells(name: str, standard: StandardTable) -> bool:
    """Whether a delivered name belongs to this standard table alone."""
    return not any(
        name in (column.name, *column.names)
        for other in STANDARD_TABLES
        if other is not standard
        for column in other.columns
    )


def _parameters(table: Delivered, names: set[str]) -> set[str]:
    if not names & {"AVALC", "RSSTRESC", "RSORRES"}:
        return set()
    for column in table.frame.columns:
        if str(column).upper() in ("PARAMCD", "RSTESTCD"):
            return {str(value) for value in table.frame[column].dropna().unique()}
    return set()


def _one_row_each(table: Delivered) -> bool:
    names = {str(column).upper(): column for column in table.frame.columns}
    for name in ("USUBJID", "SUBJID", "SUBJECT", "PATIENTID"):
        if name in names:
            subjects = table.frame[names[name]]
            return bool(subjects.nunique() >= 0.9 * len(subjects))
    return False


def _declared(extract: Extract, standard: StandardTable, source: str, study: Study) -> Delivered:
    """The table that the study names: by name, by input, or as input/name."""
    wanted = source.lower()
    ways = (
        [t for t in extract.tables if t.name.lower() == wanted],
        [t for t in extract.tables if t.input.lower() == wanted],
        [t for t in extract.tables if f"{t.input}/{t.name}".lower() == wanted],
    )
    found = next((way for way in ways if way), [])
    if len(found) == 1:
        return found[0]
    where = f"tables.{standard.name}.source"
    if found:
        raise StudyError(
            f"{len(found)} delivered tables are called {source}",
            source=study.file or None,
            where=where,
            hint="Write input/name: " + ", ".join(f'"{t.input}/{t.name}"' for t in found) + ".",
        )
    raise StudyError(
        f"there is no delivered table {source}",
        source=study.file or None,
        where=where,
        hint=did_you_mean(source, [t.name for t in extract.tables], "The tables are"),
    )


def delivered_columns(
    table: Delivered, standard: StandardTable, mapping: TableMap, study: Study
) -> dict[str, str]:
    """Standard column -> delivered column, for those that are there.

    Raises:
        StudyError: a column that the study maps does not exist.
    """
    given = [str(column) for column in table.frame.columns]
    found = {}
    for column in standard.columns:
        names = (_find(name, given) for name in (column.name, *column.names))
        delivered = next((name for name in names if name is not None), None)
        if delivered is not None:
            found[column.name] = delivered
    for name, wanted in mapping.columns.items():
        delivered = _find(wanted, given)
        if delivered is None:
            raise StudyError(
                f"the table {table.name} has no column {wanted}",
                source=study.file or None,
                where=f"tables.{standard.name}.columns.{name}",
                hint=did_you_mean(wanted, given, "Its columns are"),
            )
        found[name] = delivered
    order = [column.name for column in standard.columns]
    return {name: found[name] for name in (*order, *found) if name in found}


def _find(name: str, given: list[str]) -> str | None:
    """A column by its name, else by its name in other capitals where there is just one."""
    if name in given:
        return name
    same = [column for column in given if column.strip().lower() == name.lower()]
    return same[0] if len(same) == 1 else None


def companions(standard: StandardTable, column: StandardColumn, given: Iterable[str]) -> list[str]:
    """Delivered columns of the same date as collected: for ADT of responses, RSDTC.

    Only names of the same date: the reference start date is no companion of the first dose.
    """
    names = {str(name).upper(): str(name) for name in given}
    stem = column.name.removesuffix("DT")
    prefixes = ("", *(d.upper() for d in standard.domains if len(d) == 2))
    tails = {"A": "", "AST": "ST", "AEN": "EN"}
    bases = [stem, *(p + tails[stem] for p in prefixes[1:] if stem in tails)]
    return [names[base + "DTC"] for base in bases if base + "DTC" in names]

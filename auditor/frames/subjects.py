"""Subjects under one identifier, where a table has another than the patients table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.frames.cohort import Table
from auditor.frames.standard import Kind
from auditor.frames.values import read_values


def same_identifiers(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Tables whose subjects have the identifiers of the patients table.

    ADSL brings USUBJID and SUBJID. A table that has SUBJID alone is translated by it, which its
    notes say; a subject that ADSL does not have, or has twice, keeps the identifier it has.
    """
    patients = tables.get("patients")
    if patients is None:
        return dict(tables)
    return {name: _translated(table, patients) for name, table in tables.items()}


def _translated(table: Table, patients: Table) -> Table:
    own = table.columns["USUBJID"]
    given = {str(c).upper(): str(c) for c in patients.delivered.frame.columns}
    same = patients.columns["USUBJID"].upper() == own.upper()
    if table.name == "patients" or same or own.upper() not in given:
        return table
    other = patients.delivered.frame.loc[patients.frame.index, given[own.upper()]]
    pairs = patients.frame[["USUBJID"]].assign(other=read_values(other, Kind.TEXT).series)
    pairs = pairs.dropna().drop_duplicates()
    pairs = pairs[~pairs["other"].duplicated(keep=False)]
    known = dict(zip(pairs["other"], pairs["USUBJID"], strict=True))
    if not known:
        return table
    subjects = table.frame["USUBJID"]
    translated = subjects.map(known).where(subjects.isin(known.keys()), subjects)
    note = (
        f"{own}: subjects are translated into {patients.columns['USUBJID']} "
        f"by {patients.delivered.name}"
    )
    return replace(table, frame=table.frame.assign(USUBJID=translated), notes=(*table.notes, note))

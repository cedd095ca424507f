"""What the headers of a table name, and which groups exclude each other."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.extraction.reading import Column, ColumnRole, TableReading
from auditor.linking.meanings import without_announcement


def header(column: Column) -> list[str]:
    """The texts over a column that may name a group, from the top down."""
    if column.role in (ColumnRole.LABEL, ColumnRole.P_VALUE, ColumnRole.ROW_TOTAL) or column.total:
        return []
    if column.statistic == "statistic" and column.role is ColumnRole.ESTIMATE and not column.sub:
        return []
    return [name for text in column.path if (name := without_announcement(text).strip())]


def common(table: TableReading) -> frozenset[str]:
    """Header texts that stand over every column of data: they tell nothing apart."""
    texts = [set(header(c)) for c in table.columns if c.role is ColumnRole.DATA and not c.total]
    return frozenset(set.intersection(*texts)) if len(texts) > 1 else frozenset()


def without_list(label: str) -> str:
    """A label without a remark in brackets that lists several things: "(ORR and DCR)"."""
    head, bracket, tail = label.partition(" (")
    return head if bracket and (" and " in tail or "/" in tail or "," in tail) else label


def dimensions(sets: Sequence[tuple[str, tuple[str, ...]]], keys: dict[str, str]) -> dict[str, str]:
    """The dimension of each group: sets that share a group are of one dimension."""
    parent = {key: key for key in keys}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for _, members in sets:
        for other in members[1:]:
            parent[root(other)] = root(members[0])
    names: dict[str, str] = {}
    for heading, members in sets:
        if heading and members:
            names.setdefault(root(members[0]), heading)
    return {key: names.get(root(key)) or f"group {root(key)}" for key in keys}

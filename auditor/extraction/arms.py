"""What tells the arms of a table apart."""

from __future__ import annotations

from auditor.extraction.reading import Column


def arm_key(column: Column) -> str:
    """What the sub-columns of one arm share; a column without a name is its own arm."""
    stated = f" N={column.stated.value}" if column.stated else ""
    return f"{column.arm.casefold()}{stated}" if column.arm else f"column {column.index}{stated}"

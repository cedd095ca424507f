"""Puts the columns of a table together, and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.frames.readers.source import check_names, listed

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Assembly:
    """Columns as they are read; a note that several share is given once, with their names."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._columns: list[pd.Series] = []
        self._said: dict[str, list[str]] = {}

    def add(self, name: str, column: pd.Series, *notes: str | None) -> None:
        """The next column, and what was decided about it."""
        self._names.append(name)
        self._columns.append(column)
        for note in notes:
            if note:
                self._said.setdefault(note, []).append(name)

    def frame(self, rows: int, source: str, where: str | None = None) -> pd.DataFrame:
        """The frame.

        Raises:
            InputError: a name occurs twice.
        """
        import pandas as pd

        check_names(self._names, source, where)
        index = pd.RangeIndex(rows)
        data = dict(zip(self._names, self._columns, strict=True))
        return pd.DataFrame(data, index=index, columns=pd.Index(self._names, dtype=object))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided, with the columns."""
        return tuple(f"{what}: {listed(names)}" for what, names in self._said.items())


def text_column(values: Sequence[object] | NDArray[np.object_]) -> pd.Series:
    """Texts (or None) as a column; blank text is missing."""
    import pandas as pd

    texts = [value if isinstance(value, str) and value.strip() else None for value in values]
    return pd.Series(texts, dtype=object)


def truth_column(values: Sequence[object]) -> pd.Series:
    """True, False or None as a column of objects: a missing one is neither."""
    import pandas as pd

    return pd.Series(list(values), dtype=object)


def whole_column(values: Sequence[int | None]) -> tuple[pd.Series, str | None]:
    """Whole numbers as ``float64``; beyond 2**53 as ``Int64``, or as text beyond 64 bits."""
    import pandas as pd

    largest = max((abs(value) for value in values if value is not None), default=0)
    if largest <= 2**53:
        return pd.Series([None if v is None else float(v) for v in values], dtype="float64"), None
    if largest < 2**63:
        return pd.Series(list(values), dtype="Int64"), WHOLE_EXACT
    return (
        pd.Series([None if v is None else str(v) for v in values], dtype=object),
        WHOLE_TEXT,
    )


WHOLE_EXACT = "whole numbers beyond 2**53, kept exact (Int64)"
WHOLE_TEXT = "whole numbers of more than 64 bits, kept as text"
BLANK = "blank text is read as missing"
ZONE = "times of different zones, given in UTC without the zone"
CLOCK = "times of day, given as text"
DECIMAL = "decimals of fixed precision, read as the nearest 64-bit number"
SINGLE = "stored in single precision: only some 7 digits are meant"

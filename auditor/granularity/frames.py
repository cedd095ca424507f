"""GRIM, GRIMMER and DEBIT on every row of a data frame."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from auditor.errors import UsageError
from auditor.granularity.debit import debit
from auditor.granularity.grim import grim
from auditor.granularity.grimmer import grimmer
from auditor.granularity.inputs import Exact
from auditor.granularity.neighbours import grim_sequence, grimmer_sequence
from auditor.granularity.verdict import Verdict
from auditor.rounding import NEAREST, Rounding

if TYPE_CHECKING:
    import pandas as pd

Decimals = int | Mapping[str, int] | None
"""Decimals of columns of floats: of all of them, or by column."""


def grim_map(
    frame: pd.DataFrame,
    *,
    mean: str = "x",
    n: str = "n",
    items: int | str = 1,
    step: Exact = 1,
    percent: bool = False,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
    roundings: Collection[Rounding] = NEAREST,
    decimals: Decimals = None,
) -> pd.DataFrame:
    """``grim`` on every row.

    Args:
        frame: columns of printed means (as text, to keep trailing zeros) and of n.
        mean, n: names of the columns.
        items: a number, or the name of a column with one for each row.
        decimals: of columns of floats.
        step, percent, minimum, maximum, roundings: as of ``grim``, for all rows.

    Returns:
        A copy with the columns ``consistency`` (nullable boolean; missing where a number is),
        ``reason``, ``conventions`` (of rounding under which the print is possible) and
        ``nearest`` (possible prints next to an impossible one).

    Raises:
        UsageError: a column that is not there, holds floats whose decimals are not told, or
            something that is no number.
    """
    options: dict[str, Any] = {
        "step": step,
        "percent": percent,
        "minimum": minimum,
        "maximum": maximum,
        "roundings": roundings,
    }

    def test(row: dict[str, Any], count: int) -> Verdict:
        return grim(row[mean], row[n], items=count, decimals=_of(decimals, mean), **options)

    return _mapped(frame, (mean, n), items, decimals, n, test)


def grimmer_map(
    frame: pd.DataFrame,
    *,
    mean: str = "x",
    sd: str = "sd",
    n: str = "n",
    items: int | str = 1,
    step: Exact = 1,
    minimum: Exact | None = None,
    maximum: Exact | None = None,
    kind: str = "sample",
    roundings: Collection[Rounding] = NEAREST,
    decimals: Decimals = None,
) -> pd.DataFrame:
    """``grimmer`` on every row; see ``grim_map`` for the columns returned."""
    options: dict[str, Any] = {
        "step": step,
        "minimum": minimum,
        "maximum": maximum,
        "kind": kind,
        "roundings": roundings,
        "decimals": _of(decimals, mean),
        "sd_decimals": _of(decimals, sd),
    }

    def test(row: dict[str, Any], count: int) -> Verdict:
        return grimmer(row[mean], row[sd], row[n], items=count, **options)

    return _mapped(frame, (mean, sd, n), items, decimals, n, test)


def debit_map(
    frame: pd.DataFrame,
    *,
    mean: str = "x",
    sd: str = "sd",
    n: str = "n",
    kind: str = "sample",
    roundings: Collection[Rounding] = NEAREST,
    decimals: Decimals = None,
) -> pd.DataFrame:
    """``debit`` on every row; see ``grim_map`` for the columns returned."""
    options: dict[str, Any] = {
        "kind": kind,
        "roundings": roundings,
        "decimals": _of(decimals, mean),
        "sd_decimals": _of(decimals, sd),
    }

    def test(row: dict[str, Any], _: int) -> Verdict:
        return debit(row[mean], row[sd], row[n], **options)

    return _mapped(frame, (mean, sd, n), 1, decimals, n, test)


def sequence_map(
    tested: pd.DataFrame,
    *,
    mean: str = "x",
    sd: str | None = None,
    n: str = "n",
    reach: int = 5,
    **options: Any,
) -> pd.DataFrame:
    """Which neighbouring values would make the impossible rows of a tested frame possible.

    Args:
        tested: from ``grim_map``, or from ``grimmer_map`` with ``sd`` the name of its column.
        reach: how many units of the last digit, and how many observations, are tried.
        options: those of ``grim`` or ``grimmer``.

    Returns:
        One row a neighbour: ``row`` (index label of the tested frame), ``variable``, ``value``
        as it would be printed, ``steps`` from the print.
    """
    import pandas as pd

    if "consistency" not in tested:
        raise UsageError("the frame was not tested: it has no column 'consistency'")
    found: list[tuple[Any, str, str, int]] = []
    for label, row in tested[tested["consistency"].eq(False).fillna(False)].iterrows():
        if sd is None:
            near = grim_sequence(row[mean], row[n], reach=reach, **options)
        else:
            near = grimmer_sequence(row[mean], row[sd], row[n], reach=reach, **options)
        found += [(label, i.variable, i.value, i.steps) for i in near]
    return pd.DataFrame(found, columns=["row", "variable", "value", "steps"])


def summary(tested: pd.DataFrame) -> dict[str, int | float]:
    """How many rows of a tested frame are impossible.

    Returns:
        ``rows``, ``tested`` (those without a missing number), ``inconsistent``, and ``share``
        of those tested that are inconsistent, or NaN where none was.
    """
    if "consistency" not in tested:
        raise UsageError("the frame was not tested: it has no column 'consistency'")
    known = tested["consistency"].dropna()
    wrong = int((~known.astype(bool)).sum())
    share = wrong / len(known) if len(known) else float("nan")
    return {"rows": len(tested), "tested": len(known), "inconsistent": wrong, "share": share}


def _of(decimals: Decimals, column: str) -> int | None:
    return decimals.get(column) if isinstance(decimals, Mapping) else decimals


def _mapped(
    frame: pd.DataFrame,
    columns: tuple[str, ...],
    items: int | str,
    decimals: Decimals,
    n: str,
    test: Callable[[dict[str, Any], int], Verdict],
) -> pd.DataFrame:
    import pandas as pd

    needed = (*columns, items) if isinstance(items, str) else columns
    for column in needed:
        if column not in frame:
            have = ", ".join(map(str, frame.columns))
            raise UsageError(f"there is no column {column!r}", hint=f"The frame has: {have}.")
    for column in columns:
        # A column without a value is one of floats to pandas, and has no zeros to lose.
        floats = frame[column].dtype.kind == "f" and bool(frame[column].notna().any())
        if column != n and floats and _of(decimals, column) is None:
            raise UsageError(
                f"column {column!r} holds floats, which do not keep trailing zeros",
                hint="Read it as text (pd.read_csv(..., dtype=str)) or say how many decimals "
                f"were printed: decimals={{{column!r}: 2}}.",
            )
    verdicts: list[Verdict | None] = []
    for position, (_, values) in enumerate(frame[list(dict.fromkeys(needed))].iterrows()):
        row = {str(k): v for k, v in values.items()}
        if any(pd.isna(row[c]) or not str(row[c]).strip() for c in needed):
            verdicts.append(None)
            continue
        try:
            verdicts.append(test(row, int(row[items]) if isinstance(items, str) else items))
        except UsageError as error:
            raise UsageError(error.message, where=f"row {position}", hint=error.hint) from error
    result = frame.copy()
    found = [None if v is None else v.consistent for v in verdicts]
    result["consistency"] = pd.array(found, dtype="boolean")
    result["reason"] = ["a number is missing" if v is None else str(v.reason) for v in verdicts]
    result["conventions"] = ["" if v is None else ", ".join(v.conventions) for v in verdicts]
    result["nearest"] = ["" if v is None else ", ".join(v.nearest) for v in verdicts]
    return result

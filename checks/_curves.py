"""What the checks of printed survival curves share."""

from __future__ import annotations

from auditor.finding import Place
from auditor.reanalysis.survival import Curve, MedianTime, Share


def months(share: Share) -> str:
    """The time of a share, such as: 12 months."""
    return f"{float(share.at):g} months"


def of_whom(curve: Curve) -> str:
    """The curve in words, such as: OS (arm A)."""
    return f"{curve.endpoint} ({curve.who})" if curve.who else curve.endpoint


def percent(share: Share) -> str:
    """The share as printed, with its sign."""
    text = share.printed.text
    return text if text.endswith("%") else f"{text}%"


def median(curve: Curve) -> MedianTime:
    """The median of a curve that has one."""
    if curve.median is None:
        raise ValueError("the curve has no median")
    return curve.median


def pair(one: Place, other: Place) -> frozenset[tuple[object, ...]]:
    """Both places, to tell each pair once, whatever held the two numbers together."""
    return frozenset((p.table_index, p.row, p.column, p.line, p.start, p.end) for p in (one, other))

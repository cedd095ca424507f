"""What one cell says: its numbers, and the shape in which they stand.

The shape is the cell's text with every number replaced by ``#`` (``#%`` where a percent
sign follows), brackets and dashes made uniform, and blanks left out: "12 (39%)" has the
shape ``#(#%)``, "5.4 [4.1 to 6.8]" has ``#(#-#)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.extraction.lexicon import plain
from auditor.extraction.reading import Role
from auditor.printed import PrintedNumber, scan_numbers


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a cell: its shape, its numbers and where it stands in the cell."""

    shape: str
    numbers: tuple[PrintedNumber, ...]
    start: int
    end: int


_CI = r"(?:[,;]?\(?#%?(?:-|,|;)#%?\)?)"
_COUNT_PERCENT = re.compile(r"#\(#%?\)|#[,;|]?#%")
_COUNT_PERCENT_CI = re.compile(rf"#\(#%?\){_CI}|#\(#%?[;,]#%?-#%?\)")
_FRACTION_PERCENT = re.compile(r"#(?:/|of|outof)#(?:\(#%?\)|,?#%)")
_FRACTION_PERCENT_CI = re.compile(
    rf"#(?:/|of|outof)#\(#%?\){_CI}|#(?:/|of|outof)#\(#%?[;,]#%?-#%?\)"
)
_FRACTION = re.compile(r"\(?#(?:/|of|outof)#\)?")
_PERCENT_FRACTION = re.compile(r"#%?,?\(#(?:/|of|outof)#\)")
_PERCENT_COUNT = re.compile(r"#%\(#\)")
_ESTIMATE = re.compile(r"#%?,?\(#%?(?:-|,|;)#%?\)")
_TWO_RANGES = re.compile(r"#\(#(?:-|,|;)#\)[,;]?\(?#(?:-|,|;)#\)?|#\(#-#[;,]#-#\)")
_BOUNDS = re.compile(r"\(?#%?(?:-|,|;)#%?\)?")
_SPREAD = re.compile(r"#%?\(?±\(?#%?\)?")
_OWN_N = re.compile(r"#\(#%?\)n=#")
_RANGE_N = re.compile(r"#\(#-#\)\(#\)")
_P_VALUE = re.compile(r"\(?p-?(?:value)?=?#\)?")
_LONE_PERCENT = re.compile(r"\(?#%\)?|\(#\)")


_FIXED = (
    (_FRACTION_PERCENT, (Role.COUNT, Role.DENOMINATOR, Role.PERCENT)),
    (
        _FRACTION_PERCENT_CI,
        (Role.COUNT, Role.DENOMINATOR, Role.PERCENT, Role.LOWER, Role.UPPER),
    ),
    (_PERCENT_FRACTION, (Role.PERCENT, Role.COUNT, Role.DENOMINATOR)),
    (_FRACTION, (Role.COUNT, Role.DENOMINATOR)),
    (_ESTIMATE, (Role.VALUE, Role.LOWER, Role.UPPER)),
    (_TWO_RANGES, (Role.VALUE, Role.LOWER, Role.UPPER, Role.LOWER, Role.UPPER)),
    (_SPREAD, (Role.VALUE, Role.SPREAD)),
    (_OWN_N, (Role.COUNT, Role.PERCENT, Role.DENOMINATOR)),
    (_RANGE_N, (Role.VALUE, Role.LOWER, Role.UPPER, Role.COUNT)),
)
"""Shapes whose roles do not depend on what row and column announce."""
_WORDS = re.compile(r"\b(?:pts|patients|events)\b|(?<=#)\s?(?:years?|yrs?|months?|weeks?|days?)\b")
_LEVEL = re.compile(r"9[059]\s?[%％]?\s*C\.?I\.?\s*[:,]?", re.IGNORECASE)


def shape_of(text: str, numbers: tuple[PrintedNumber, ...]) -> str:
    """The shape of ``text`` whose printed numbers are ``numbers``."""
    out: list[str] = []
    position = 0
    for number in numbers:
        out.append(text[position : number.start])
        out.append("#%" if number.percent else "#")
        position = number.end
    out.append(text[position:])
    shape = plain("".join(out))
    shape = re.sub(r"(?<=[#%]) to (?=[#(])", "-", shape)
    shape = re.sub(
        r"\b(?:pts|patients|events)\b|(?<=#) ?(?:years?|yrs?|months?|weeks?|days?)\b", "", shape
    )
    shape = re.sub(r"^n=(?=#)|(?<=\))[a-z]$", "", re.sub(r"\s+", "", shape))
    shape = shape.replace("+/-", "±").replace("))", ")").replace("(#:#)", "(#-#)")
    return re.sub(r"\((?:c\.?i\.?|range|iqr)[:,;=]?", "(", shape)


def split_parts(text: str) -> tuple[Part, ...]:
    """The statements of one line of a cell; "38 (5/13), 69 (9/13)" holds two."""
    whole = _part(text, 0, len(text))
    if _known(whole.shape):
        return (whole,)
    pieces = _pieces(text)
    if len(pieces) > 1:
        parts = tuple(_part(text, start, end) for start, end in pieces)
        if all("(" in p.shape and _known(p.shape) for p in parts):
            return parts
    return (whole,)


def _known(shape: str) -> bool:
    return any(
        p.fullmatch(shape)
        for p in (
            _COUNT_PERCENT,
            _COUNT_PERCENT_CI,
            _FRACTION_PERCENT_CI,
            _FRACTION_PERCENT,
            _FRACTION,
            _PERCENT_FRACTION,
            _PERCENT_COUNT,
            _ESTIMATE,
            _TWO_RANGES,
            _BOUNDS,
            _SPREAD,
            _LONE_PERCENT,
        )
    ) or shape in ("#", "#%")


def _pieces(text: str) -> list[tuple[int, int]]:
    depth, start, found = 0, 0, []
    for i, ch in enumerate(text):
        depth += (ch in "([") - (ch in ")]")
        if ch in ",;" and depth == 0 and text[i + 1 : i + 2].isspace():
            found.append((start, i))
            start = i + 1
    found.append((start, len(text)))
    return found


def _part(text: str, start: int, end: int) -> Part:
    # The confidence level is no result: it is blanked, so that offsets stay true.
    piece = _LEVEL.sub(lambda m: " " * len(m[0]), text[start:end])
    numbers = scan_numbers(piece)
    return Part(shape_of(piece, numbers), numbers, start, end)


def roles_of(part: Part, statistic: str) -> tuple[tuple[Role, PrintedNumber], ...] | None:
    """The role of every number of ``part`` under what row and column announce.

    Args:
        part: from ``split_parts``.
        statistic: as ``lexicon.announced`` gives it, or "p-value".

    Returns:
        (role, number) in printed order; None where the cell cannot be read. A bare "12 (39)"
        of a row that announces nothing gets the roles VALUE and SPREAD with the shape left
        to tell; ``auditor.extraction.table`` decides by arithmetic.
    """
    shape, numbers = part.shape, part.numbers
    if not numbers:
        return None
    if statistic == "p-value":
        alone = len(numbers) == 1 and (shape in ("#", "(#)") or _P_VALUE.fullmatch(shape))
        return ((Role.P_VALUE, numbers[0]),) if alone else None
    if _P_VALUE.fullmatch(shape):
        return ((Role.P_VALUE, numbers[0]),)
    if _PERCENT_COUNT.fullmatch(shape):
        spread = (Role.VALUE, Role.SPREAD)
        return _zip(spread if statistic == "statistic" else (Role.PERCENT, Role.COUNT), numbers)
    if _FRACTION.fullmatch(shape) and any(n.decimals for n in numbers):
        return None
    for pattern, roles in _FIXED:
        if pattern.fullmatch(shape):
            return _zip(roles, numbers)
    if _COUNT_PERCENT_CI.fullmatch(shape):
        first = _pair_roles(numbers[:2], statistic)
        return _zip((*first, Role.LOWER, Role.UPPER), numbers)
    if _COUNT_PERCENT.fullmatch(shape):
        return _zip(_pair_roles(numbers, statistic), numbers)
    if shape in ("#", "(#)"):
        return ((_single(numbers[0], statistic), numbers[0]),)
    if _LONE_PERCENT.fullmatch(shape):
        role = Role.VALUE if statistic == "statistic" else Role.PERCENT
        return ((role, numbers[0]),)
    if _BOUNDS.fullmatch(shape):
        return _zip((Role.LOWER, Role.UPPER), numbers)
    return None


def undecided(part_shape: str, numbers: tuple[tuple[Role, PrintedNumber], ...]) -> bool:
    """Whether "12 (39)" was read as a value with its spread for want of an announcement."""
    return (
        _COUNT_PERCENT.fullmatch(part_shape) is not None
        and tuple(role for role, _ in numbers) == (Role.VALUE, Role.SPREAD)
        and numbers[0][1].integer is not None
    )


def _pair_roles(numbers: tuple[PrintedNumber, ...], statistic: str) -> tuple[Role, Role]:
    first, second = numbers
    if second.percent and first.integer is not None and statistic != "statistic":
        return (Role.COUNT, Role.PERCENT)
    if statistic == "statistic" or first.integer is None:
        if statistic == "% (n)" and second.integer is not None:
            return (Role.PERCENT, Role.COUNT)
        return (Role.VALUE, Role.SPREAD)
    if statistic == "% (n)" and not second.percent and second.integer is not None:
        return (Role.PERCENT, Role.COUNT)
    if statistic in ("n (%)", "n/N", "%"):
        return (Role.COUNT, Role.PERCENT)
    return (Role.VALUE, Role.SPREAD)


def _single(number: PrintedNumber, statistic: str) -> Role:
    if number.percent or statistic == "%":
        return Role.PERCENT
    if statistic == "statistic" or number.integer is None:
        return Role.VALUE
    return Role.COUNT


def _zip(
    roles: tuple[Role, ...], numbers: tuple[PrintedNumber, ...]
) -> tuple[tuple[Role, PrintedNumber], ...]:
    return tuple(zip(roles, numbers, strict=True))

"""What stands before a number and belongs to it: a sign, a bound; and the characters of both.

A dash is a sign, the middle of a range or a hyphen, and only what precedes it tells which.
"""

from __future__ import annotations

MINUS = "-\u2212\u2010\u2011\u2012\ufe63\uff0d"
DASHES = MINUS + "\u2013\u2014\u2015"
SIGNS = MINUS + "\u2013"
DOTS = ".\u00b7\u2219\u22c5\u2027"
GROUP_SPACES = "\u00a0\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
SPACES = "\u0020" + GROUP_SPACES
FOOTNOTE_MARKS = "*∗⁎＊†‡§¶#‖∥¤⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ"
RELATIONS = {
    **dict.fromkeys(("<", "\uff1c"), "<"),
    **dict.fromkeys((">", "\uff1e"), ">"),
    **dict.fromkeys(("≤", "≦", "⩽", "<=", "=<"), "<="),
    **dict.fromkeys(("≥", "≧", "⩾", ">=", "=>"), ">="),
    **dict.fromkeys(("~", "\u223c", "\uff5e", "≈"), "~"),
}
_TILDES = "~\u223c\uff5e"


def left_context(text: str, digits_at: int, floor: int) -> tuple[int, str, bool]:
    """Start, relation and sign of the number whose digits begin at ``digits_at``.

    Nothing before ``floor`` (the end of the token before) becomes part of the number.
    """
    start, negative = digits_at, False
    at = digits_at - 1
    if at > floor and text[at] in SPACES and text[at - 1] in SIGNS:
        at -= 1
    spaced = at < digits_at - 1
    signed = at >= floor and (text[at] in SIGNS or (text[at] == "+" and not spaced))
    if signed and _is_sign(text, at, spaced=spaced):
        start, negative = at, text[at] != "+"
    at = start - 1
    while at >= floor and start - at <= 3 and text[at] in SPACES:
        at -= 1
    for length in (3, 2, 1):
        begin = at + 1 - length
        if begin < floor:
            continue
        symbol = text[begin : at + 1]
        if length == 3 and (symbol[1] not in SPACES or symbol[0] == "="):
            continue
        relation = RELATIONS.get(symbol[0] + symbol[-1] if length > 1 else symbol)
        if relation is None or (symbol[0] in _TILDES and _closes_number(text, begin)):
            continue
        if symbol == ">" and begin and text[begin - 1] in DASHES:  # an arrow: "->"
            continue
        return begin, relation, negative
    return start, "=", negative


def _is_sign(text: str, at: int, *, spaced: bool) -> bool:
    """Whether the dash (or plus) at ``at`` is a sign, and not a range or a hyphen."""
    before = text[at - 1] if at else "\n"
    if text[max(at - 2, 0) : at] == "+/" or before in "+±":  # "+/-" stands for ±
        return False
    if before in DASHES:  # "-1.2--0.3": the dash before this one is the range
        return not spaced and _closes_number(text, at - 1)
    if before not in SPACES + "\n\t" and not spaced:
        return not (_closes_number(text, at) or before.isalpha() or before in ".'\"’”_")
    skip = at - 1
    while skip >= 0 and text[skip] in SPACES:
        skip -= 1
    previous = text[skip] if skip >= 0 else "\n"
    if spaced:  # "12 - 5" and "Age - 5 years" are none, "- 5 patients" is a bullet
        bullet = text[at] not in "\u2212\uff0d" and text[at + 1] == " "
        return previous in ("([{,;:=<>≤≥~≈/|" if bullet else "\n\t([{,;:=<>≤≥~≈/|")
    return not (previous.isdigit() or previous in "%％")  # "43 −81" is a range


def _closes_number(text: str, at: int) -> bool:
    """Whether what ends just before ``at`` (blanks aside) is a number or a closing bracket."""
    at -= 1
    while at >= 0 and text[at] in SPACES:
        at -= 1
    return at >= 0 and (text[at].isdigit() or text[at] in ")]}%％" + FOOTNOTE_MARKS)

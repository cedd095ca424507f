"""Numbers of patients that headers, labels and captions state: "(n = 41)", "N=82"."""

from __future__ import annotations

import re

from auditor.extraction.lexicon import narrow

_STATED = re.compile(
    r"""
    (?<![\w/])(?:n|no|number)\s*(?:=|:|＝)\s*
    (?P<a>\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+|\d{1,3}(?:\u0020\d{3})+(?=\s*(?:[)\]]|$))|\d+)
    (?![\d.%])
  | [(\[]\s*n\s+(?P<b>\d+)\s*[)\]]
  | ^of\s+(?P<f>\d+)\s+(?:tested|evaluable|assessed|evaluated|analy[sz]ed)
  | [(\[,]\s*(?:of\s+)?(?P<e>\d+)\s+(?:tested|evaluable|assessed|evaluated|analy[sz]ed)\s*[)\]]?
  | ^(?P<d>\d+)\s+(?:patients|pts|subjects|participants|women|men|cases|individuals)$
  | (?<![\w.,/-])(?P<c>\d+)\s+
    (?:patients|pts|subjects|participants|women|men|cases|individuals)\s*[)\]]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETED = re.compile(r"[(\[]\s*n\s*=\s*\d[^()\[\]]*[)\]]", re.IGNORECASE)
_STATISTIC = re.compile(
    r"[,;]?\s*(?:[(\[]\s*)?(?:%|percent)\s*[(\[]\s*n\s*(?:/\s*n\s*)?[)\]]\s*[)\]]?\s*$"
    r"|[,;]?\s*[(\[]?\s*\bn\s*/\s*n\s*(?:[(\[]\s*%\s*[)\]])?\s*[)\]]?\s*$|"
    r"[,;]?\s*[(\[]?\s*\b(?:n|no|nos|number|patients?|pts|cases?|subjects|events|women|men)\b\.?\s*[,;]?\s*[(\[]?\s*(?:%|percent)\s*[)\]]*\s*$"
    r"|^\s*[(\[]?\s*(?:%|n|no\.?|number|percent(?:age)?|per cent)\s*[)\]]?\s*$"
    r"|\s*[(\[]\s*%\s*[)\]]\s*$",
    re.IGNORECASE,
)

_MOST_DIGITS = 12
"""No number of patients has more digits; Python refuses to read very many."""


def stated_numbers(text: str) -> tuple[int, ...]:
    """Every number of patients that ``text`` states, in order."""
    found = []
    for match in _STATED.finditer(narrow(text)):
        digits = re.sub(r"\D", "", match[match.lastgroup or "a"])
        if len(digits) <= _MOST_DIGITS:
            found.append(int(digits))
    return tuple(found)


def without_stated(text: str) -> str:
    """``text`` without statements of N and without "n (%)": what is left names the arm."""
    text = _BRACKETED.sub(" ", narrow(text))
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", _STATED.sub(" ", text))
    text = re.sub(r"[(\[]\s*[,;]?\s*[)\]]", " ", text)
    text = _STATISTIC.sub(" ", " ".join(text.split()))
    return " ".join(text.split()).strip(" ,;:()[]")

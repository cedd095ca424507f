"""Words made comparable: case, plural, British and American spelling, kinds of dash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditor.number_signs import DASHES

_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?=[^\W\d_]{0,2}\b|\W|$)(?:st|nd|rd|th)?\b|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)?"
    r"|>=|<=|[+/<>≥≤=%&,;:()\[\]]"
)
_BRITISH = (
    ("aemi", "emi"),
    ("oede", "ede"),
    ("oesoph", "esoph"),
    ("haem", "hem"),
    ("anaes", "anes"),
    ("paed", "ped"),
    ("diarrhoea", "diarrhea"),
    ("rrhoea", "rrhea"),
    ("gynaec", "gynec"),
    ("leuco", "leuko"),
    ("paeni", "peni"),
    ("caemi", "cemi"),
    ("tumour", "tumor"),
    ("colour", "color"),
    ("foetal", "fetal"),
    ("faec", "fec"),
    ("dyspnoea", "dyspnea"),
    ("pnoea", "pnea"),
    ("aetiolog", "etiolog"),
    ("ischaem", "ischem"),
    ("orthopaed", "orthoped"),
    ("isation", "ization"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("oestr", "estr"),
    ("metre", "meter"),
    ("sulph", "sulf"),
    ("natraem", "natrem"),
    ("kalaem", "kalem"),
    ("calcaem", "calcem"),
    ("enrolment", "enrollment"),
    ("labour", "labor"),
)
_ENDINGS = re.compile("|".join(re.escape(a) for a, _ in _BRITISH))
_SWAP = dict(_BRITISH)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "sarcomata": "sarcoma",
    "carcinomata": "carcinoma",
    "data": "data",
    "criteria": "criterion",
    "diagnoses": "diagnosis",
    "bases": "basis",
    "doses": "dose",
    "diseases": "disease",
    "increases": "increase",
    "decreases": "decrease",
    "responses": "response",
    "cases": "case",
    "causes": "cause",
    "relapses": "relapse",
    "series": "series",
    "lens": "lens",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "has": "has",
    "was": "was",
    "does": "does",
    "its": "its",
    "this": "this",
    "yes": "yes",
    "gas": "gas",
    "diabetes": "diabetes",
    "ascites": "ascites",
    "herpes": "herpes",
    "pus": "pus",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as printed, normalised, and where it stands."""

    raw: str
    norm: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """The words and signs of ``text`` in order; hyphens part words, brackets are words."""
    flat = text.translate(_DASHES)
    found = []
    for match in _TOKEN.finditer(flat):
        raw = match[0]
        norm = raw.casefold() if len(raw) > 2 and raw.isupper() else normal(raw)
        found.append(Word(raw, norm, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """One word in lower case, in the singular, in American spelling."""
    folded = word.casefold().replace("’", "'")
    if not folded[:1].isalpha() or len(folded) < 3:
        return {"<=": "≤", ">=": "≥"}.get(folded, folded)
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if any(ch.isdigit() for ch in folded):
        return folded
    folded = _ENDINGS.sub(lambda match: _SWAP[match[0]], folded)
    return _IRREGULAR.get(folded) or _singular(folded)


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ases", "oses", "eses", "yses", "ises")) and len(word) > 6:
        # metastases, thromboses, analyses; but not "purchases", which no label has
        return word[:-2] + "is"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]

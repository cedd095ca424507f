"""What titles say: the kind of a section, the label of a table."""

from __future__ import annotations

import re

_KINDS = (
    ("abstract", r"(?:structured |author )?abstract|(?:author |executive )?summary"),
    ("introduction", r"introduction|background(?: and [a-z ]+)?|rationale"),
    (
        "methods",
        r"(?:(?:materials?|patients?|subjects?|participants|study population|design|cohort)"
        r"(?:,? | and | & |, and )+)*(?:statistical )?(?:methods?|methodology|procedures)"
        r"|statistic(?:s|al analys[ie]s|al considerations)|(?:materials?|patients?) (?:and|&) .*"
        r"|(?:experimental|study|trial) (?:design|procedures)|data analys[ie]s"
        r"|methods? and .*",
    ),
    ("results", r"(?:results?|findings)(?: and .*)?|results? of .*"),
    ("discussion", r"discussions?(?: and .*)?|interpretation|limitations|comment"),
    ("conclusion", r"(?:summary and )?conclusions?|concluding remarks"),
    ("references", r"references?(?: list)?|bibliography|literature(?: cited)?|works cited"),
    (
        "other",
        r"acknowledge?ments?|(?:source of )?funding.*|financial (?:support|disclosure)s?"
        r"|(?:data|code) (?:availability|sharing).*|availability of .*|(?:conflicts?|declaration) "
        r"of .*|competing interests?|disclosures?|authors?['\u2019]?s?['\u2019]? contributions?"
        r"|contributors|contributions|(?:supplementary|supporting|supplemental|additional) "
        r"(?:materials?|information|files?|data)|appendi(?:x|ces).*|abbreviations|key ?words"
        r"|ethic(?:s|al).*|consent.*|figure legends?|tables?|figures?|notes?|trial registration",
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.):]?\s+")

_SEC_TYPES = (
    ("intro", "introduction"),
    ("background", "introduction"),
    ("method", "methods"),
    ("material", "methods"),
    ("subjects", "methods"),
    ("result", "results"),
    ("discussion", "discussion"),
    ("conclusion", "conclusion"),
    ("supplementary", "other"),
)


def section_kind(title: str, sec_type: str = "") -> str | None:
    """The kind that a title (or a JATS ``sec-type``) names, or None where it names none."""
    for start, kind in _SEC_TYPES:
        if start in sec_type.lower():
            return kind
    folded = " ".join(title.split()).strip(" .:*_#")
    folded = _NUMBER.sub("", folded) if not _plain_kind(folded) else folded
    return _plain_kind(folded)


def _plain_kind(title: str) -> str | None:
    for kind, pattern in _KIND_PATTERNS:
        if pattern.fullmatch(title):
            return kind
    return None


ABSTRACT_HEADS = (
    r"(?:Background|Objectives?|Aims?|Purpose|Introduction|Context|Importance|Rationale|Goals?)"
    r"(?:\s*(?:and|&|/)\s*(?:Aims?|Objectives?|Purpose|Methods))?"
    r"|(?:(?:Materials?|Patients?|Subjects?|Experimental [Dd]esign)\s*(?:and|&)\s*[Mm]|M)ethods?"
    r"(?:\s*and\s*Findings|\s*and\s*[Mm]aterials?)?"
    r"|(?:Study\s+)?Design(?:,?\s*[Ss]etting)?|Settings?|Participants|Interventions?"
    r"|(?:Main\s+)?[Oo]utcomes?(?:\s+[Mm]easures?)?|Measurements?|(?:Main\s+)?[Rr]esults?"
    r"|Findings|Discussion|Interpretation|Conclusions?(?:/Significance)?|Significance"
    r"|(?:Clinical\s+)?[Tt]rial\s+[Rr]egistration|Funding"
)
_RUN_IN = re.compile(
    rf"(?:\A|(?<=[.!?)\]*])[ \n]{{1,3}}|(?<=\n))"
    rf"(?P<head>(?:\*\*|__|\*|_)?(?P<title>{ABSTRACT_HEADS})\s?"
    rf"(?:[.:](?:\*\*|__|\*|_)?|(?:\*\*|__)[.:]?|(?:\*|_)[.:])\s+)(?=\S)".replace(
        "[ \n]", r"[ \r\n]"
    )
)


def run_in_heads(text: str) -> list[tuple[str, int, int]]:
    """The run-in headings of a structured abstract: (title, start, offset of what follows)."""
    heads = []
    for match in _RUN_IN.finditer(text):
        follows = text[match.end() : match.end() + 1]
        if follows.isupper() or follows.isdigit() or not follows.isalpha():
            heads.append((" ".join(match["title"].split()), match.start("head"), match.end()))
    return heads


_LABEL = re.compile(
    r"""
    (?P<before>(?:Supplement(?:ary|al)?|Suppl\.?|Additional|Appendix|Web|Online|Extended\ Data)\s+)?
    (?P<word>e?Tables?|Tab\.?)\s*
    (?P<number>S?\.?\s?\d{1,3}(?:\.\d{1,2})?[A-Za-z]?\b|[A-Z]\d{1,3}\b|[IVXL]{1,6}\b|[A-E]\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def label_at_start(text: str) -> tuple[str, int] | None:
    """The table label that ``text`` begins with, normalised, and where it ends; or None.

    "TABLE 1" and "Tab. 1" give "Table 1"; Roman numerals stay as they are.
    """
    match = _LABEL.match(text)
    if match is None or match["word"].lower() == "tables":
        return None
    number = match["number"].replace(" ", "")
    if match["number"][0] in "ivxl" or (number.isalpha() and not number.isupper()):
        return None
    before = " ".join((match["before"] or "").split())
    word = "eTable" if match["word"].lower().startswith("e") else "Table"
    if number[0] == "s":
        number = "S" + number[1:]
    if before:
        word = f"{before[0].upper()}{before[1:].lower()} {word}"
    return f"{word} {number}", match.end()


def normal_label(text: str) -> str:
    """A printed label in its normal form; what is no table label stays, without its end stop."""
    folded = " ".join(text.split()).strip(" .:")
    found = label_at_start(folded)
    if found and not folded[found[1] :].strip(" .:"):
        return found[0]
    return f"Table {folded}" if re.fullmatch(r"S?\d{1,3}[A-Za-z]?", folded) else folded

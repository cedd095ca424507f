"""What the words of a sentence say of significance: claimed, denied, alike, nearly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Says(StrEnum):
    """What the words say of a difference.

    SIGNIFICANT: "significantly higher". NOT: "no significant difference", "did not differ".
    ALIKE: "were similar in both groups". BORDER: "marginally significant".
    """

    SIGNIFICANT = "significant"
    NOT = "not significant"
    ALIKE = "alike"
    BORDER = "nearly significant"


@dataclass(frozen=True, slots=True)
class Assertion:
    """Words of a sentence that say something of significance; offsets in its text."""

    says: Says
    words: str
    start: int
    end: int


# What opens another clause, an exception or a contrast.
CUT = re.compile(
    r";|:\s(?=[A-Z])|\b(?:but|whereas|while|whilst|although|though|however|yet|except(?:ing|ion)?|"
    r"apart from|aside from|other than|unless|despite|in spite|unlike|contrary|"
    r"in contrast|conversely|on the other hand|instead|rather than|"
    r"nevertheless|nonetheless|notwithstanding|otherwise|"
    r"only|if|because|since|suggesting|indicating|regardless|irrespective|even)\b",
    re.IGNORECASE,
)
FINITE = (
    r"(?:was|were|is|are|had|has|have|did|do|does|could|can|may|might|remained?|became|showed|shows?|"
    r"showing|achiev\w+|experienced|received|reported|differed|demonstrated|exhibited|revealed|"
    r"predict\w+|"
    r"correlat\w+|favou?r\w+|reach\w+|improv\w+|increas\w+|decreas\w+|declin\w+|reduc\w+|rose|fell|"
    r"drop\w+|prolong\w+|impair\w+|yield\w+|led|result\w+|found|observed|tend\w*|trend\w*|"
    r"emerg\w+|develop\w+|died|occurred|caused|gave|made|produced|identif\w+|confirm\w+|"
    r"surviv\w+ (?:longer|better)|lost|persist\w+|disappear\w+)"
)
NEGATION = re.compile(
    r"\b(?:no|not|neither|nor|none|never|without|cannot|fail\w*|lack\w*|absence|absent|any|nothing|"
    r"los(?:t|es?|ing|s)|disappear\w*|nobody|hardly|little|few|un\w+able|unlikely)\b|n['’]t\b",
    re.IGNORECASE,
)
WORD = re.compile(
    r"\b(?P<non>(?:non|not)[-‐–\s]?|in|un)?(?P<core>significan(?:t|tly|ce))\b"
    r"|\b(?P<differ>(?:no|not|n['’]t|without|any)\s+(?:\w+\s+){0,2}?(?:differ(?:ences?|ent|ed)?|"
    r"associat(?:ions?|ed)|correlat(?:ions?|ed)))\b"
    r"|\b(?:was|were|is|are|remained|being)\s+(?:\w+ly\s+|very\s+|quite\s+|also\s+){0,2}"
    r"(?P<alike>similar|comparable|identical|equivalent|alike|balanced|the same)\b"
    r"(?!\s+(?:to|with|as)\b(?!\s+(?:those|that)\b))",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"\b(?:marginal(?:ly)?|borderline|near(?:ly)?|almost|close to|approach\w*|trend\w*|tend\w*|"
    r"toward\w*|bordering|verge|weakly|suggestive(?:ly)?|short of|just|barely|quasi)\b",
    re.IGNORECASE,
)
_OTHER_SENSE = re.compile(
    r"\b(?:clinical(?:ly)?|biological(?:ly)?|practical(?:ly)?|prognostic(?:ally)?|predictive|"
    r"h(?:a)?emodynamic(?:ally)?|functional(?:ly)?|nominal(?:ly)?|"
    r"physiological(?:ly)?|medical(?:ly)?|"
    r"potential(?:ly)?|angiographic(?:ally)?|economic(?:ally)?|only|level of|threshold (?:of|for)|"
    r"unclear|unknown|uncertain|whether|if|considered|regarded|defined as|deemed|indicat\w+|"
    r"as|assess\w*|test\w*|all(?: the)?|these|those|most|other|the)\s*$",
    re.IGNORECASE,
)
_NO_MEASURE = re.compile(
    r"\b(?:results?|findings?|effects?|improvements?|changes?|reductions?|increases?|decreases?|"
    r"benefits?|patterns?|trends?|analys[ei]s|curves?|magnitude|conclusions?|differences?|"
    r"associations?|gains?|declines?|estimates?|hazard|ratios?)\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\s*(?:\(|,?\s*[Pp]\b|(?:between|among|across|in (?:both|the two|all|the three|either)|"
    r"for (?:both|the two|all)|with both|on both|at|as regards|with (?:respect|regard) to)\b)",
)
# What may stand in front of "no" where it begins the subject of its clause.
_SUBJECT = re.compile(
    r"(?:.*[,:]|.*\b(?:that|and)|.*\bthere (?:was|were))?\s*(?:[\w]+ly,?)?\s*", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"\bnot\s+(?:only|just|merely|necessarily|always)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"^\s*(?:[\w-]+\s+){0,6}?(?:(?:was|were|could|did|has|have|had|is|are)\s+(?:not|no longer)|"
    r"(?:wasn|weren|didn|couldn)['’]t)\s+(?:\w+\s+){0,2}?(?:found|observed|seen|detected|"
    r"noted|reached|achieved|attained|shown|demonstrated|present|reach|identified|evident|apparent|met|"
    r"established|confirmed|reported)\b",
    re.IGNORECASE,
)
# "not associated with better survival" leaves open whether it was worse.
_ONE_WAY = re.compile(
    r"\s+(?:with|to)\s+(?:an?\s+|any\s+)?(?:superior|better|improv\w+|higher|longer|increas\w+|"
    r"greater|lower|reduc\w+|decreas\w+|more|less|fewer|worse|shorter|prolong\w+)\b",
    re.IGNORECASE,
)
# "significant toxicity", "a significant number of": sizes, not tests.
_OTHER_HEAD = re.compile(
    r"\s+(?=[a-z])(?!(?:considering|regarding|concerning|for|in|at|between|with|after|when|"
    r"compared|on|among|across|by|as|only|from|during|"
    r"even|under|using|within|and|or|to|than|both|either|according|if|because|until|was|were)\b)"
    r"(?!(?:(?!\w+(?:ed|s)\b|was|were|had|lived)[\w-]+\s+(?!in\b|of\b|for\b|with\b|than\b)){0,4}?"
    r"(?:differ\w*|increas\w*|decreas\w*|reduct\w*|improve\w*|changes?|effects?|associat\w*|"
    r"correlat\w*|relation\w*|benefits?|advantages?|prolong\w*|interactions?|impact|influence|"
    r"decline|rise|drop|gains?|superior\w*|predict\w*|factors?|heterogene\w*|elevat\w*|fall|"
    r"results?|contrasts?|deteriorat\w*|worsening|shift|link|evidence|variables?|determinants?|"
    r"dependence|lengthening|shortening|extension)\b)"
    r"(?!(?:higher|lower|longer|shorter|greater|better|worse|fewer|more|less)\b)",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:reach\w*|attain\w*|achiev\w*|gain\w*|show\w*|without|with|of|no)\s+(?:a\s+|any\s+)?"
    r"(?:statistical\s+)?$",
    re.IGNORECASE,
)
LONGEST = 3000
"""A longer sentence is none: its end was not found, and words in it belong to nothing."""


def assertions(text: str) -> tuple[Assertion, ...]:
    """What a sentence says of significance, in order; readings that stay open are left out
    but for their place: nothing is said across them."""
    if len(text) > LONGEST:
        return ()
    found = [(match, _says(text, match)) for match in WORD.finditer(text)]
    return tuple(
        Assertion(says, text[_from(text, m) : m.end()].strip(), m.start(), m.end())
        for m, says in found
        if says is not None
    )


def outside(gap: str) -> str:
    """The words outside brackets; one that is open at the end is that of the P value."""
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", gap)
    opened = max(plain.rfind("("), plain.rfind("["))
    return plain if opened < 0 else plain[:opened]


def _says(text: str, match: re.Match[str]) -> Says | None:
    """What the words of a match say; None where another sense or reading is possible."""
    front = clause_before(text, match.start())
    if match["alike"]:
        other = NEGATION.search(front) or _NO_MEASURE.search(front)
        return Says.ALIKE if not other and _TWO.match(text[match.end() :]) else None
    if match["differ"] and re.search(r"\b(?:hypothes[ei]s|tests?|assumption)\b[^,;]*$", front):
        return None
    if match["differ"] and _ONE_WAY.match(text[match.end() :]):
        return None
    if match["differ"]:
        return None if match[0].lower().startswith("any") and not _negated(front) else Says.NOT
    behind = text[match.end() : match.end() + 80]
    if _OTHER_SENSE.search(front) or re.match(
        r"\s*(?:level|threshold|other\b|toxicit|value|at the|p\b|(?:but|yet|though|although) )",
        behind,
        re.IGNORECASE,
    ):
        return None
    if re.search(r"\b(?:clinical\w*|biological\w*)\W+(?:and|or|nor)\W+(?:\w+\W+)?$", front):
        return None
    if _BORDER.search(" ".join(front.split()[-5:])):
        return None if NEGATION.search(front) or match["non"] else Says.BORDER
    if (
        match["core"].lower() == "significant"
        and _OTHER_HEAD.match(behind)
        and not (re.search(r"statistical(?:ly)?\s*$", front, re.IGNORECASE))
    ):
        return None
    if match["core"].lower() == "significance" and not _REACHED.search(front):
        return None
    negated = _negated(front)
    if negated is None:
        return None
    if match["non"]:
        return None if negated else Says.NOT
    if _BEHIND.match(behind):
        return None if negated else Says.NOT
    return Says.NOT if negated else Says.SIGNIFICANT


def _negated(front: str) -> bool | None:
    """Whether a negation governs the words behind ``front``; None where that is open."""
    front = _NOT_ONLY.sub(" ", front)
    found = list(NEGATION.finditer(front))
    if not found:
        return False
    gap = front[found[-1].end() :]
    if len(gap.split()) > 7 or re.search(r",|\b(?:and|that|which|who|with|but)\b", gap):
        return None
    determiner = found[-1][0].lower() in ("no", "none", "neither", "nor", "nothing", "nobody")
    # "Those who did not receive X had a significantly longer ..."; "No factor was ...".
    first = found[0] if found[0][0].lower() == "neither" else found[-1]
    subject = determiner and _SUBJECT.fullmatch(front[: first.start()])
    if not subject and re.search(r"\b(?:had|has|have|was|were|is|are)\b", gap):
        return None
    if found[-1][0].lower() in ("any", "few", "little", "hardly", "unlikely"):
        before = front[: found[-1].start()]
        return True if re.search(r"\b(?:not|without|nor|never)\b|n['’]t\b", before) else None
    return True if len(found) == 1 or found[0][0].lower() == "neither" else None


def clause_before(text: str, at: int) -> str:
    """The words of the clause in front of a position."""
    front = outside(text[:at])
    cuts = [m.end() for m in CUT.finditer(front)]
    return front[cuts[-1] :] if cuts else front


def _from(text: str, match: re.Match[str]) -> int:
    """Where the words to be quoted begin: with the negation or hedge in front, if near."""
    front = text[max(0, match.start() - 45) : match.start()]
    near = [*NEGATION.finditer(front), *_BORDER.finditer(front)]
    near += list(re.finditer(r"\bstatistical(?:ly)?\s*$", front))
    starts = [m.start() for m in near if not re.search(r"[,;.(]", front[m.end() :])]
    return match.start() - len(front) + min(starts) if starts else match.start()

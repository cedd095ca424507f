"""Words that say whether a difference is significant, with the P value that their clause carries.

A sentence is read in clauses. A word belongs to a P value only where nothing between them opens
another clause, names an exception or makes a statement of its own; everything else stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, scan_numbers
from auditor.statement import Kind, Origin, Sentence


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


@dataclass(frozen=True, slots=True)
class WordedP:
    """A P value with the words that its clause says of it.

    Attributes:
        says, words: as in ``Assertion``. ``p``, ``place``: the P value; ``claims``: its ids.
        sentence: where both stand. ``chained``: whether the P value is a further one of a list
            behind the first ("significant for A (P = 0.01), B (P = 0.02)").
    """

    says: Says
    words: str
    p: PrintedNumber
    place: Place
    claims: tuple[str, ...]
    sentence: Sentence
    chained: bool = False


@dataclass(frozen=True, slots=True)
class PrintedP:
    """A P value of a sentence: ``start`` and ``end`` in its text, label and relation included."""

    p: PrintedNumber
    start: int
    end: int


_P = re.compile(
    r"(?<![\w-])[Pp](?:[-\s]?[Vv]alues?)?(?:\s*(?:of|was|were|is))?\s*"
    r"(?P<n>(?:[=<>≤≥]\s*){1,2}\d?[.·,]?\s?\d+(?:[.·,]\d+)?(?:\s*[x×]\s*10\s*\^?\{?[-−–]\d+\}?)?"
    r"|[01]?[.·,]\d+)"
)


def printed_p(sentence: Sentence) -> tuple[PrintedP, ...]:
    """The P values that a sentence prints, in their order."""
    found = []
    for match in _P.finditer(sentence.text):
        number = next(iter(scan_numbers(match["n"])), None)
        if number is not None and 0 <= number.value <= 1:
            found.append(PrintedP(number, match.start(), match.end()))
    return tuple(found)


# What opens another clause, an exception or a contrast.
CUT = re.compile(
    r";|:\s(?=[A-Z])|\b(?:but|whereas|while|whilst|although|though|however|yet|except(?:ing|ion)?|"
    r"apart from|aside from|other than|unless|despite|in spite|unlike|contrary|"
    r"in contrast|conversely|on the other hand|instead|rather than|"
    r"nevertheless|nonetheless|notwithstanding|otherwise|"
    r"only|if|because|since|suggesting|indicating|regardless|irrespective|even)\b",
    re.IGNORECASE,
)
_FINITE = (
    r"(?:was|were|is|are|had|has|have|did|do|does|could|can|may|might|remained?|became|showed|shows?|"
    r"showing|achiev\w+|experienced|received|reported|differed|demonstrated|exhibited|revealed|"
    r"predict\w+|"
    r"correlat\w+|favou?r\w+|reach\w+|improv\w+|increas\w+|decreas\w+|declin\w+|reduc\w+|rose|fell|"
    r"drop\w+|prolong\w+|impair\w+|yield\w+|led|result\w+|found|observed|tend\w*|trend\w*|"
    r"emerg\w+|develop\w+|died|occurred|caused|gave|made|produced|identif\w+|confirm\w+|"
    r"surviv\w+ (?:longer|better)|lost|persist\w+|disappear\w+)"
)
_OPENS = re.compile(
    rf"(?:,|\band\b|\bor\b|\bwhich\b|\bthat\b|\bwho\b|\bwhere\b|\bwith\b)(?:(?![,;(]).)*?"
    rf"\b(?:{_FINITE}|\w+ed)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:higher|lower|longer|shorter|better|worse|greater|larger|smaller|more|less|fewer|"
    r"differences?|interactions?|associations?|correlations?|effects?|increase|decrease|reduction|"
    r"improvement|not|no|nor|neither|none|never|without|n't|compared|comparison|versus|vs|than|"
    r"relative|respectively|overall|numerically|adjust\w*|multivaria\w+)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:higher|lower|longer|shorter|better|worse|greater|larger|smaller|more|less|fewer)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|neither|nor|none|never|without|cannot|fail\w*|lack\w*|absence|absent|any|nothing|"
    r"los(?:t|es?|ing|s)|disappear\w*|nobody|hardly|little|few|un\w+able|unlikely)\b|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(
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
_PREDICATE = re.compile(
    r"^[)\]\s,]*(?:(?:was|were|is|are|did|does|do)\b)\s*(?:(?:both|all|also|each|statistically|"
    r"highly|clearly|still)\s+)*(?P<not>not\s+|n['’]t\s+)?(?:(?:both|statistically|reach(?:ed)?|"
    r"achieve|attain|statistical)\s+)*(?P<core>(?P<non>non[-\s]?|in)?significan(?:t|ce))\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"non-?\s?inferior|inferiority|equivalen|interaction|heterogen|homogen|\btrend\b|normal|"
    r"goodness|hosmer|shapiro|kolmogorov|levene|proportional|egger|begg|corrected|bonferroni|"
    r"adjusted|one[- ](?:sided|tailed)|1[- ](?:sided|tailed)|superiority|threshold|cut-?off|"
    r"boundary|required|alpha|nominal|false discovery|\bq\b|baseline|\beach\b|\bboth\b",
    re.IGNORECASE,
)
# "did not differ between the groups: it occurred in 4 of 50 patients ..." gives the numbers of it.
_NUMBERS_FOLLOW = re.compile(
    r":\s(?:(?:it|they|this|these|both)\s+)?(?:(?:was|were)\s+)?"
    r"(?:(?:occurred|seen|observed|found|reported|noted|recorded)\s+)?(?:(?:in|by|for|with)\s+)?"
    r"(?=\d)",
    re.IGNORECASE,
)
LONGEST = 3000
"""A longer sentence is none: its end was not found, and words in it belong to nothing."""
_LISTED = 8  # words between two P values of one list


def assertions(text: str) -> tuple[Assertion, ...]:
    """What a sentence says of significance, in order; readings that stay open are left out
    but for their place: nothing is said across them."""
    if len(text) > LONGEST:
        return ()
    found = [(match, _says(text, match)) for match in _WORD.finditer(text)]
    return tuple(
        Assertion(says, text[_from(text, m) : m.end()].strip(), m.start(), m.end())
        for m, says in found
        if says is not None
    )


def worded_p_values(manuscript: Manuscript) -> Iterator[WordedP]:
    """Every own P value of the text whose clause says how significant it is."""
    ids = _claims(manuscript)
    for sentence in manuscript.prose.sentences:
        if sentence.origin is not Origin.OWN or sentence.section in ("methods", "references"):
            continue
        if len(sentence.text) > LONGEST:
            continue
        values = printed_p(sentence)
        if values and _WORD.search(sentence.text):
            yield from _tied(manuscript, sentence, values, ids)


def _tied(
    manuscript: Manuscript,
    sentence: Sentence,
    values: tuple[PrintedP, ...],
    ids: dict[int, tuple[str, ...]],
) -> Iterator[WordedP]:
    text = sentence.text
    marks = [m.start() for m in _WORD.finditer(text)]
    said = {a.start: a for a in assertions(text)}
    several = bool(re.search(r"\brespectively\b", text)) and len(marks) > 1
    tied: dict[int, tuple[Assertion, bool]] = {}
    for at, value in enumerate(values):
        if several or _LABELLED.search(_around(text, value)):
            continue
        nearest = bisect_right(marks, value.start) - 1
        if nearest < 0 or marks[nearest] not in said:
            continue
        assertion = said[marks[nearest]]
        last = values[at - 1] if at and values[at - 1].start > assertion.start else None
        if last is None:
            gap = text[assertion.end : value.start]
            if _reaches(gap) and not _turns(text, assertion, gap):
                tied[at] = assertion, False
        elif at - 1 in tied and _continues(text[last.end : value.start]):
            tied[at] = assertion, True
    for at, assertion in _behind(text, values):
        if not several and at not in tied:
            tied[at] = assertion, False
    for at, (assertion, chained) in sorted(tied.items()):
        value = values[at]
        if _away(sentence, value.start):
            continue
        yield WordedP(
            assertion.says,
            assertion.words,
            value.p,
            _place(manuscript, sentence, value),
            ids.get(sentence.offsets[value.end - 1] + 1, ()),
            sentence,
            chained,
        )


def _reaches(gap: str) -> bool:
    """Whether the words between an assertion and the first P value leave it the P's own."""
    plain = _NUMBERS_FOLLOW.sub(" ", _outside(gap), count=1)
    if CUT.search(plain) or _OPENS.search(plain) or re.match(r"\s*,?\s+and\b", plain):
        return False
    if re.search(r"\b(?:correct|adjust)\w*|bonferroni|\bmultipl|\blevel\b", plain, re.IGNORECASE):
        return False  # judged by another level than the usual one
    return not re.search(
        r"\b(?:not|nor|neither|never|fail\w*|similar|comparable|equal|same)\b|\. [A-Z]", plain
    )


def _turns(text: str, assertion: Assertion, gap: str) -> bool:
    """Whether the words go on from a difference denied to one that is there: "no difference in
    toxicity, diarrhoea being more frequent"; "scores not different before were different"."""
    if assertion.says not in (Says.NOT, Says.ALIKE):
        return False
    plain = _outside(gap)
    later = " ".join(plain.split()[2:])
    if _MORE.search(later) or re.search(
        r"\b(?:being|having|differ(?:ing|ed|s))\b", plain, re.IGNORECASE
    ):
        return True
    front = _clause_before(text, assertion.start).strip()
    bare = front and not re.search(rf"\b{_FINITE}\b", f"{front} {assertion.words}", re.IGNORECASE)
    return bool(bare and re.search(r"\b(?:was|were|is|are|had|has|have)\b", plain))


def _continues(gap: str) -> bool:
    """Whether a P value is a further one of a list."""
    plain = _outside(gap)
    if CUT.search(plain) or _ANOTHER.search(plain) or re.search(rf"\b{_FINITE}\b", plain):
        return False
    return len(plain.split()) <= _LISTED and bool(re.search(r",|;|\band\b|\bor\b", plain))


def _outside(gap: str) -> str:
    """The words outside brackets; one that is open at the end is that of the P value."""
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", gap)
    opened = max(plain.rfind("("), plain.rfind("["))
    return plain if opened < 0 else plain[:opened]


def _behind(text: str, values: tuple[PrintedP, ...]) -> Iterator[tuple[int, Assertion]]:
    """ "The difference in A (P = 0.20) and B (P = 0.24) was not significant"."""
    for at, value in enumerate(values):
        match = _PREDICATE.match(text[value.end :])
        if match is None or _LABELLED.search(_around(text, value)):
            continue
        if re.match(r"\s*(?:only|after|in univaria)", text[value.end + match.end() :]):
            continue
        # "nor was significant", "that the effect ... was significant" stay as they are.
        front = text[: value.start]
        if _NEGATION.search(front) or CUT.search(_outside(front)):
            continue
        says = Says.NOT if bool(match["not"]) != bool(match["non"]) else Says.SIGNIFICANT
        if match["not"] and match["non"]:
            continue
        start = value.end + match.start("core")
        yield at, Assertion(says, match[0].strip(" ),"), start, value.end + match.end())


def _says(text: str, match: re.Match[str]) -> Says | None:
    """What the words of a match say; None where another sense or reading is possible."""
    front = _clause_before(text, match.start())
    if match["alike"]:
        other = _NEGATION.search(front) or _NO_MEASURE.search(front)
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
        return None if _NEGATION.search(front) or match["non"] else Says.BORDER
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
    found = list(_NEGATION.finditer(front))
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


def _clause_before(text: str, at: int) -> str:
    """The words of the clause in front of a position."""
    front = _outside(text[:at])
    cuts = [m.end() for m in CUT.finditer(front)]
    return front[cuts[-1] :] if cuts else front


def _from(text: str, match: re.Match[str]) -> int:
    """Where the words to be quoted begin: with the negation or hedge in front, if near."""
    front = text[max(0, match.start() - 45) : match.start()]
    near = [*_NEGATION.finditer(front), *_BORDER.finditer(front)]
    near += list(re.finditer(r"\bstatistical(?:ly)?\s*$", front))
    starts = [m.start() for m in near if not re.search(r"[,;.(]", front[m.end() :])]
    return match.start() - len(front) + min(starts) if starts else match.start()


def _around(text: str, value: PrintedP) -> str:
    """The words of the bracket of a P value, or those next to it."""
    left = max(text.rfind(ch, 0, value.start) for ch in "([;,")
    right = min((i for ch in ")];," if (i := text.find(ch, value.end)) >= 0), default=len(text))
    return text[max(left + 1, value.start - 60) : min(right, value.end + 60)]


def _away(sentence: Sentence, at: int) -> bool:
    """Whether the clause of a position speaks of another study or of a plan."""
    return any(start <= at < end and o is not Origin.OWN for start, end, o in sentence.clauses)


def _place(manuscript: Manuscript, sentence: Sentence, value: PrintedP) -> Place:
    start, end = sentence.span(value.start, value.end)
    document = manuscript.document
    return Place(
        document.name,
        "text",
        document.text[start:end],
        section=sentence.title or None,
        start=start,
        end=end,
    )


def _claims(manuscript: Manuscript) -> dict[int, tuple[str, ...]]:
    """Ids of the claims of P values by the end of their number in the document."""
    found: dict[int, tuple[str, ...]] = {}
    for statement in manuscript.prose.statements:
        if statement.kind is Kind.P_VALUE:
            found[statement.value.end] = (claim_id(statement, "value"),)
        if statement.p_value is not None:
            found[statement.p_value.end] = (claim_id(statement, "p-value"),)
    return found


def own_words(one: WordedP) -> WordedP:
    """The same with its words on one line."""
    return replace(one, words=" ".join(one.words.split()))

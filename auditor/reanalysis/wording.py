"""Words that say whether a difference is significant, with the P value that their clause carries.

A sentence is read in clauses. A word belongs to a P value only where nothing between them opens
another clause, names an exception or makes a statement of its own; everything else stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.finding import Place
from auditor.linking.claims import claim_id
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber, scan_numbers
from auditor.reanalysis.significance_words import (
    CUT,
    FINITE,
    LONGEST,
    NEGATION,
    WORD,
    Assertion,
    Says,
    assertions,
    clause_before,
    outside,
)
from auditor.statement import Kind, Origin, Sentence


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


_OPENS = re.compile(
    rf"(?:,|\band\b|\bor\b|\bwhich\b|\bthat\b|\bwho\b|\bwhere\b|\bwith\b)(?:(?![,;(]).)*?"
    rf"\b(?:{FINITE}|\w+ed)\b",
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
_LISTED = 8  # words between two P values of one list


def worded_p_values(manuscript: Manuscript) -> Iterator[WordedP]:
    """Every own P value of the text whose clause says how significant it is."""
    ids = _claims(manuscript)
    for sentence in manuscript.prose.sentences:
        if sentence.origin is not Origin.OWN or sentence.section in ("methods", "references"):
            continue
        if len(sentence.text) > LONGEST:
            continue
        values = printed_p(sentence)
        if values and WORD.search(sentence.text):
            yield from _tied(manuscript, sentence, values, ids)


def _tied(
    manuscript: Manuscript,
    sentence: Sentence,
    values: tuple[PrintedP, ...],
    ids: dict[int, tuple[str, ...]],
) -> Iterator[WordedP]:
    text = sentence.text
    marks = [m.start() for m in WORD.finditer(text)]
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
    plain = _NUMBERS_FOLLOW.sub(" ", outside(gap), count=1)
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
    plain = outside(gap)
    later = " ".join(plain.split()[2:])
    if _MORE.search(later) or re.search(
        r"\b(?:being|having|differ(?:ing|ed|s))\b", plain, re.IGNORECASE
    ):
        return True
    front = clause_before(text, assertion.start).strip()
    bare = front and not re.search(rf"\b{FINITE}\b", f"{front} {assertion.words}", re.IGNORECASE)
    return bool(bare and re.search(r"\b(?:was|were|is|are|had|has|have)\b", plain))


def _continues(gap: str) -> bool:
    """Whether a P value is a further one of a list."""
    plain = outside(gap)
    if CUT.search(plain) or _ANOTHER.search(plain) or re.search(rf"\b{FINITE}\b", plain):
        return False
    return len(plain.split()) <= _LISTED and bool(re.search(r",|;|\band\b|\bor\b", plain))


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
        if NEGATION.search(front) or CUT.search(outside(front)):
            continue
        says = Says.NOT if bool(match["not"]) != bool(match["non"]) else Says.SIGNIFICANT
        if match["not"] and match["non"]:
            continue
        start = value.end + match.start("core")
        yield at, Assertion(says, match[0].strip(" ),"), start, value.end + match.end())


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

"""One comparison that is called significant in one sentence and not significant in another.

Two sentences speak of the same comparison where they name the same groups of the document's own
tables, at least two, and the same outcome; words that restrict either of them leave them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.reanalysis.significance_words import CUT, Assertion, Says, assertions
from auditor.statement import Origin, Sentence, Source

BENEFIT = "benefit"
_OUTCOMES = {
    "ORR": r"\bORRs?\b|(?i:\b(?:objective|overall|tumou?r) response)",
    "DCR": r"\bDCRs?\b|(?i:\bdisease control)",
    "PFS": r"\bm?-?PFS\b|(?i:\bprogression[- ]free survival)",
    "OS": r"\bm?-?OS\b|(?i:\boverall survival)",
    "DFS": r"\bDFS\b|(?i:\bdisease[- ]free survival)",
    "pCR": r"\bpCR\b|(?i:\bpathological(?:ly)? complete)",
    "quality of life": r"\b(?:HR)?QoL\b|(?i:\bquality of life)",
    "mortality": r"(?i:\bmortality\b)",
    BENEFIT: r"(?i:\b(?:clinical|therapeutic|survival) (?:benefit|efficacy|advantage)|"
    r"\befficacy\b)",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _OUTCOMES.items()}
_EFFICACY = frozenset({"ORR", "DCR", "PFS", "OS", "DFS", "pCR"})
_RESTRICTED = re.compile(
    r"univaria|multivaria|adjust|sub-?group|subset|per[- ]protocol|baseline|interim|stratif|"
    r"\b(?:in|for|among|of) (?:the )?(?:patients|women|men|those|cases|tumou?rs)\b|\bwho\b|"
    r"\b\d+(?:st|nd|rd|th)?[- ](?:weeks?|months?|years?|days?|hours?|lines?)\b|\bline\b|"
    r"\bclinically significant|meaningful|respectively|\bmay\b|\bmight\b|\bcould\b|interaction|"
    r"non-?inferior|investigator|independent|central(?:ly)? review|matched|matching",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim on significance: what of, of which groups, in which sentence."""

    assertion: Assertion
    sentence: Sentence
    outcomes: frozenset[str]
    groups: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Apart:
    """Two claims that contradict each other; ``outcome`` is what both speak of."""

    claimed: Stated
    denied: Stated
    outcome: str


def stated(manuscript: Manuscript) -> tuple[Stated, ...]:
    """Every own claim on significance that names an outcome and at least two groups."""
    labels = _labels(manuscript)
    found = []
    for sentence in manuscript.prose.sentences:
        if (
            not _own(sentence)
            or sentence.source is not Source.PARAGRAPH
            or sentence.section not in ("abstract", "results", "discussion", "conclusion")
            or sentence.citations
            or _RESTRICTED.search(sentence.text)
        ):
            continue
        found_here = assertions(sentence.text)
        groups = _groups(sentence.text, labels) if found_here else frozenset[str]()
        if len(groups) < 2:
            continue
        for assertion in found_here:
            if assertion.says not in (Says.SIGNIFICANT, Says.NOT):
                continue
            clause = _clause(sentence.text, assertion)
            outcomes = frozenset(n for n, p in _PATTERNS.items() if p.search(clause))
            if outcomes:
                place = _place(manuscript, sentence)
                found.append(Stated(assertion, sentence, outcomes, groups, place))
    return tuple(found)


def apart(claims: Sequence[Stated]) -> Iterator[Apart]:
    """Pairs that contradict each other, one for each outcome and set of groups."""
    told: set[tuple[str, frozenset[str]]] = set()
    for one in claims:
        if one.assertion.says is not Says.SIGNIFICANT:
            continue
        for other in claims:
            if other.assertion.says is not Says.NOT or other.groups != one.groups:
                continue
            if other.sentence.index == one.sentence.index:
                continue
            shared = sorted(one.outcomes & other.outcomes)
            if not shared and other.outcomes == {BENEFIT} and one.outcomes & _EFFICACY:
                shared = sorted(one.outcomes & _EFFICACY)
            for outcome in shared:
                key = outcome, one.groups
                if key not in told:
                    told.add(key)
                    yield Apart(one, other, outcome)


def _own(sentence: Sentence) -> bool:
    """Conclusions and abstracts speak of the study itself unless they say otherwise."""
    if sentence.origin is Origin.UNCLEAR:
        return sentence.section in ("abstract", "conclusion")
    return sentence.origin is Origin.OWN


def _labels(manuscript: Manuscript) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names of the groups of the tables, the longest first."""
    labels = {
        (term.label or term.key).strip()
        for fact in manuscript.linked.facts
        for term in fact.topic.terms
    }
    return tuple(
        (label.lower(), re.compile(rf"\b{re.escape(label)}\b", re.IGNORECASE))
        for label in sorted(labels, key=lambda text: (-len(text), text))
        if len(label) > 2
    )


def _groups(text: str, labels: Sequence[tuple[str, re.Pattern[str]]]) -> frozenset[str]:
    found = set()
    for label, pattern in labels:
        text, count = pattern.subn(" ", text)
        if count:
            found.add(label)
    return frozenset(found)


def _clause(text: str, assertion: Assertion) -> str:
    """The words between the cuts around an assertion."""
    cuts = [0, *(m.start() for m in CUT.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= assertion.start)
    end = min(cut for cut in cuts if cut >= assertion.end)
    return text[start:end]


def _place(manuscript: Manuscript, sentence: Sentence) -> Place:
    start, end = sentence.span(0, len(sentence.text))
    document = manuscript.document
    return Place(
        document.name,
        "text",
        document.text[start:end],
        section=sentence.title or None,
        start=start,
        end=end,
    )

"""Sentences whose words say which of two numbers is the larger, with these two numbers.

Only what the sentence itself settles: the number stands beside its own side ("higher with A (38%)
than with B (6%)"), or before and behind a change ("decreased from 3.1 to 4.5"). Where the order of
the sides is open ("A had a higher ORR than B (6% vs. 38%)"), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, mentions
from auditor.printed import PrintedNumber, scan_numbers
from auditor.reanalysis.significance_words import LONGEST
from auditor.statement import Kind, Origin, Sentence, Statement

_UP = r"higher|greater|larger|longer|more|older|taller|heavier|increased|elevated"
_DOWN = r"lower|smaller|shorter|less|fewer|younger|lighter|reduced|decreased"
COMPARED = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
THAN = re.compile(
    r"\bthan\b|\bcompared (?:with|to)\b|\bas compared (?:with|to)\b|\bversus\b|\bvs\b\.?",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:not?|nor|neither|never|without|hardly|rather|whether|if|expected|hypothes\w+|except|"
    r"but|whereas|while|although|though|however|or|both|also)\b|n['’]t\b|;",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:reduction|decrease|decline|loss|improvement|increase|drop|fall|change|difference|ratio|"
    r"times|fold|log|negative|below|above|likely|(?<!\bmore )(?<!\bless )often|z-score|t-score|"
    r"score)\b|from\s",
    re.IGNORECASE,
)
_NUM = r"\d+(?:[.·]\d+)?"
_UNIT = r"(?:\s?%|\s?(?:[a-zA-Zµμ]{1,6}/[a-zA-Z\d]{1,6}|mmHg|kg|mg|cm|mm|points?))?"
_ASIDE = (
    r"(?:\s*[(\[][^()\[\]]{0,60}[)\]])?(?:\s+(?:at|in|before|on|with)\s+(?:the\s+)?[a-z-]+){0,1}"
)
_CHANGE = re.compile(
    r"\b(?:(?P<up>increas(?:ed|es|e|ing)|rose|rises?|risen|grew|climbed)|"
    r"(?P<down>decreas(?:ed|es|e|ing)|declin(?:ed|es|e|ing)|fell|dropped|reduc(?:ed|tion)|"
    r"diminished))"
    r"(?:\s+(?:significantly|markedly|slightly|only|of\s+\w+|in\s+\w+))?,?\s+from\s+"
    rf"(?P<a>{_NUM})(?P<ua>{_UNIT}){_ASIDE},?\s+to\s+(?P<b>{_NUM})(?P<ub>{_UNIT})"
    r"(?P<after>.{0,14})",
    re.IGNORECASE,
)
_SET = re.compile(
    r"\bdos(?:e|es|age)\b|\binterval|\bthreshold|\bcut-?offs?\b|\bcriteri|\bfrequency\b|\b[Pp]\b|"
    r"\blimit\b|\blevel of significance\b",
)
_ALREADY = re.compile(r"\b(?:reduc|decreas|increas)", re.IGNORECASE)
_OF_SIDE = re.compile(
    r"\b(?:with|in|for|after|among|by)\s+(?P<side>[^(,:]*?)(?=\s+than\b|\s+(?:as\s+)?compared\b|"
    r"\s+versus\b|\s+vs\b|\s*[(,:]|\s*$)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:^|[,;]\s)(?P<side>[^,;]*?)\s+(?:had|has|have|showed|achieved|led to|resulted in|produced|"
    r"yielded|gave|experienced)\s+(?:an?\s+|the\s+)?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_IDLE = frozenset(
    {
        *("the", "a", "an", "of", "in", "with", "for", "to", "and", "on", "at", "by", "those"),
        *("group", "groups", "arm", "arms", "patients", "treated", "receiving", "given", "who"),
        *("received", "alone", "were", "was", "women", "participants", "subjects"),
    }
)
_TIME = re.compile(r"^\W*(?:months?|weeks?|days?|years?|h\b|hours?|min)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Directed:
    """Two numbers and the word that says which is the larger.

    Attributes:
        word: of the comparison. ``larger``: whether the first is said to be the larger.
        first, second: as printed, of one kind and unit. ``places``, ``claims``: of both.
        sentence: where they stand.
    """

    word: str
    larger: bool
    first: PrintedNumber
    second: PrintedNumber
    places: tuple[Place, ...]
    claims: tuple[str, ...]
    sentence: Sentence

    @property
    def contradicted(self) -> bool:
        """Whether the numbers say the opposite, by what is printed."""
        return opposite(self.first, self.second, larger=self.larger)


def opposite(first: PrintedNumber, second: PrintedNumber, *, larger: bool) -> bool:
    """Whether ``first`` is the smaller although it is said to be ``larger``, or the reverse."""
    one, other = first.fraction, second.fraction
    return one < other if larger else one > other


def directed(manuscript: Manuscript) -> Iterator[Directed]:
    """Every comparison and change of own numbers whose words settle its direction."""
    found = mentions(manuscript.prose)
    for sentence in manuscript.prose.sentences:
        if sentence.origin is not Origin.OWN or sentence.section in ("methods", "references"):
            continue
        if len(sentence.text) > LONGEST:
            continue
        yield from _changes(manuscript, sentence)
        yield from _comparisons(sentence, found.get(sentence.index, ()))
        yield from _named_sides(sentence, found.get(sentence.index, ()))


def _changes(manuscript: Manuscript, sentence: Sentence) -> Iterator[Directed]:
    text = sentence.text
    for match in _CHANGE.finditer(text):
        if NEGATED.search(text[max(0, match.start() - 25) : match.start()]):
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if COMPARED.search(before) or _ALREADY.search(before) or _SET.search(before):
            continue
        units = [u.strip().lower() for u in (match["ua"], match["ub"])]
        one, other = (scan_numbers(match[name])[0] for name in "ab")
        if units[0] and units[0] != units[1]:
            continue
        if not units[0] and not units[1] and not (one.decimals or other.decimals):
            continue  # "from 3 to 6 months after", "from 2010 to 2015"
        if not units[1] and (_TIME.match(match["after"]) or match["after"][:1] in "/:^×-–"):
            continue
        if re.match(r"\s*(?:[x×]\s*10|[:/^]|,\s*\d|(?:,|and|then|to)\s+\d)", match["after"]):
            continue
        start, end = sentence.span(match.start(), match.start("after"))
        quote = manuscript.document.text[start:end]
        place = Place(
            manuscript.document.name, "text", quote, sentence.title or None, start=start, end=end
        )
        up = match["up"] is not None
        yield Directed(match["up"] or match["down"], not up, one, other, (place,), (), sentence)


def _comparisons(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Directed]:
    text = sentence.text
    kept = [m for m in found if m.own and m.statement.kind is not Kind.P_VALUE]
    for word in COMPARED.finditer(text):
        than = THAN.search(text, word.end())
        if than is None:
            continue
        inside = [m for m in kept if word.end() <= m.start and m.end <= than.start()]
        behind = next((m for m in kept if m.start >= than.end()), None)
        if len(inside) != 1 or behind is None or not _beside(text, inside[0], behind, than):
            continue
        one, other = _like(inside[0]), _like(behind)
        if one is None or other is None or one[0] != other[0]:
            continue
        if _counts_differ(inside[0], behind, one[1], other[1]):
            continue  # "more patients": which of count and share is meant is open
        front = text[max(0, word.start() - 40) : word.start()]
        between = text[word.start() : inside[0].start]
        last = text[than.end() : behind.start]
        if NEGATED.search(front) or NEGATED.search(between) or NEGATED.search(last):
            continue
        if VAGUE.search(between) or VAGUE.search(last) or THAN.search(last):
            continue
        if COMPARED.search(text[word.end() : than.start()]) or re.search(r"\d", between[-200:]):
            continue
        yield Directed(
            word[0],
            word["up"] is not None,
            one[1],
            other[1],
            (inside[0].statement.place, behind.statement.place),
            (*claim_ids(inside[0].statement), *claim_ids(behind.statement)),
            sentence,
        )


def _named_sides(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Directed]:
    """ "A higher ORR with A (25% in group A and 38% in group B)": each number before its side."""
    text = sentence.text
    for one, other in pairwise(m for m in found if m.own):
        statements = one.statement, other.statement
        if statements[0].series is None or statements[0].series != statements[1].series:
            continue
        names = [_side(s) for s in statements]
        only = names[0] - names[1], names[1] - names[0]
        words = [w for w in COMPARED.finditer(text) if w.end() <= one.start]
        if not all(only) or len(words) != 1 or [m for m in found if m.start < one.start]:
            continue
        between = text[words[0].end() : one.start]
        if NEGATED.search(text[: one.start]) or VAGUE.search(between):
            continue
        if re.search(r"\d|[.;]", between):
            continue
        winner = _winner(text[: words[0].start()], between)
        firsts = bool(only[0] & winner), bool(only[1] & winner)
        likes = _like(one), _like(other)
        if firsts[0] == firsts[1] or likes[0] is None or likes[1] is None:
            continue
        if likes[0][0] != likes[1][0]:
            continue
        up = words[0]["up"] is not None
        yield Directed(
            words[0][0],
            up if firsts[0] else not up,
            likes[0][1],
            likes[1][1],
            (statements[0].place, statements[1].place),
            (*claim_ids(statements[0]), *claim_ids(statements[1])),
            sentence,
        )


def _side(statement: Statement) -> frozenset[str]:
    """The words of the side that stands right behind a number; none where it stands elsewhere."""
    behind = [p for p in statement.whom[:1] if 0 <= p.start - statement.value.end <= 25]
    return _content(behind[0].text) if behind else frozenset()


def _winner(front: str, between: str) -> frozenset[str]:
    """The words of the side of which the comparison is said."""
    match = _OF_SIDE.search(between)
    if match is not None:
        return _content(match["side"])
    subject = _SUBJECT.search(front)
    return _content(subject["side"]) if subject is not None else frozenset()


def _content(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", words.lower())) - _IDLE


def _beside(text: str, one: Mention, other: Mention, than: re.Match[str]) -> bool:
    """Whether both numbers stand in brackets behind their sides, few words apart."""
    for mention, start in ((one, 0), (other, than.end())):
        opened = text.rfind("(", start, mention.start + 1)
        if opened < 0 or ")" in text[opened : mention.start]:
            return False
        if re.search(r"[A-Za-z]{3,}", text[opened : mention.start]):
            return False  # "(n = ...", "(median ..." and other words in front are left alone
    if len(text[than.end() : other.start].split()) > 9:
        return False
    inner = text[one.start : text.find(")", one.end)]
    return not re.search(r"\bv(?:ersu)?s\b|\bto\b|\band\b", inner)


def _counts_differ(
    one: Mention, other: Mention, share: PrintedNumber, second: PrintedNumber
) -> bool:
    """Whether the counts and the shares of two statements order them differently."""
    counts = [m.statement.count.integer if m.statement.count else None for m in (one, other)]
    if counts[0] is None or counts[1] is None:
        return False
    return (counts[0] < counts[1]) != (share.fraction < second.fraction)


def _like(mention: Mention) -> tuple[object, PrintedNumber] | None:
    """What kind of number a mention prints, and the number to compare; None where unclear."""
    statement = mention.statement
    if statement.quantifier:
        return None
    share = statement.percent
    if statement.kind in (Kind.PERCENT, Kind.SURVIVAL):
        share = share or statement.value
    if share is not None and share.relation == "=":
        return "%", share
    if statement.kind in (Kind.MEDIAN, Kind.MEAN, Kind.VALUE) and statement.unit:
        value = statement.value
        if value.relation == "=" and value.value > Fraction(0):
            return statement.unit, value
    return None

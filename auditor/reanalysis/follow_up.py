"""How long anybody can have been followed: from the first enrolment to the last look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from auditor.extraction.lexicon import plain
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.statement import Origin, Sentence, Source

DAYS_A_MONTH = Fraction(1461, 48)
"""30.4375: a month, as most programs turn days into months."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = r"(?:" + "|".join(f"{name[:3]}(?:{name[3:]}|\\.|t\\.?)?" for name in _MONTHS) + r")"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|"
    rf"{_MONTH},? \d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?\d{{4}}|{_MONTH},? (?:of )?\d{{4}}|"
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}/\d{{4}}|\d{{4}})"
)
_LOOSE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?,?"
_SPAN = re.compile(
    rf"\b(?:from|between|during|in|,|\()?\s*(?:the (?:period|years?) )?({_DATE}|{_LOOSE}) ?"
    rf"(?:,? (?:to|and|through|until|till|up to) |-) ?({_DATE})(?!\d)"
)
_ONE = re.compile(rf"(?<![\d/-]){_DATE}(?![\d%/-])")
_ENROLLED = re.compile(
    r"\b(?:enrol\w*|recruit\w*|includ\w*|randomi\w*|accru\w*|register\w*|admitted|treat\w*|"
    r"receiv\w*|underw\w*|undergo\w*|entered|collect\w*|review\w*|referred|screened|assigned)\b"
)
_CUT_OFF = re.compile(
    r"\bcut-? ?off\b|\bcutoff\b|\b(?:last|final|latest) (?:\w+ )?(?:follow-? ?up|interview|contact|"
    r"visit|update|censor\w*|assessment|analysis)\b|\bfollow(?:ed|-? ?up)\b.{0,40}\b(?:until|till|"
    r"up to|through|ended|end|closed|completed|finished|to)\b|\bcensor\w* (?:on|at|in)\b|"
    r"\bdata(?:base)? (?:was |were |is )?(?:lock\w*|clos\w*|freez\w*|frozen)\b|\bas of\b"
)
_EVENTS = {
    "operation": re.compile(r"operation|surgery|resection|transplant"),
    "diagnosis": re.compile(r"diagnosis"),
}
"""What times may begin with before anybody is enrolled, in the words of the methods."""
_DATED = {
    "operation": re.compile(
        r"\b(?:operated|resected|(?:underwent|had|received) (?:[\w-]+ ){0,4}(?:surgery|operations?|"
        r"resections?|transplant\w*|\w+ectomy))\b[^.;,()]{0,40}$"
    ),
    "diagnosis": re.compile(r"\b(?:newly )?diagnosed\b[^.;,()]{0,60}$"),
}
_NOT_DATES = re.compile(
    r"\b(?:version|guidelines?|edition|approv\w+|published|searched|pubmed|medline|ctcae|census)\b"
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The dates that bound every follow-up.

    Attributes:
        first: the earliest day on which anybody can have been enrolled.
        last: the latest day on which anybody can have been looked at.
        longest: months between them.
        places: the sentences that say so; ``quotes``: in words.
        begins: "operation" or "diagnosis" where the first dates are those of just that.
    """

    first: date
    last: date
    places: tuple[Place, ...]
    quotes: tuple[str, ...]
    begins: str = ""

    @property
    def longest(self) -> Fraction:
        return Fraction((self.last - self.first).days + 1) / DAYS_A_MONTH


def longest_follow_up(manuscript: Manuscript) -> FollowUp | None:
    """First enrolment to data cut-off as the document's own dates give them, or None.

    Of several first dates the earliest and of several last dates the latest counts. Where somebody
    was enrolled after the last of them, the dates were not understood.
    """
    starts: list[tuple[date, Sentence]] = []
    enrolled: list[date] = []
    ends: list[tuple[date, Sentence]] = []
    for sentence in manuscript.prose.sentences:
        if sentence.origin is Origin.CITED or sentence.source is not Source.PARAGRAPH:
            continue
        if sentence.section in ("introduction", "references"):
            continue
        text = plain(sentence.text)
        if not re.search(r"\b(?:19|20)\d\d\b", text):
            continue
        spans = list(_spans(text))
        if _ENROLLED.search(text) and not _NOT_DATES.search(text):
            starts += [(first, sentence) for first, _ in spans]
            enrolled += [last for _, last in spans]
            text = _SPAN.sub(" ", text)  # the end of enrolment is no cut-off
        if _CUT_OFF.search(text):
            found = [last for _, last in _singles(text)]
            ends += [(max(found), sentence)] if found else []
    if not starts or not ends:
        return None
    first, opened = min(starts, key=lambda pair: pair[0])
    last, closed = max(ends, key=lambda pair: pair[0])
    if last < max(enrolled):
        return None
    sentences = [opened] if opened is closed else [opened, closed]
    return FollowUp(
        first,
        last,
        tuple(_place(manuscript, sentence) for sentence in sentences),
        tuple(sentence.text for sentence in sentences),
        _begins(plain(opened.text)),
    )


def _begins(text: str) -> str:
    """What it is that happened between the dates of a sentence: "were operated on between ..."."""
    fronts = [text[: match.start()].rstrip() for match in _SPAN.finditer(text)]
    return next(
        (name for name, dated in _DATED.items() if any(dated.search(front) for front in fronts)), ""
    )


def _place(manuscript: Manuscript, sentence: Sentence) -> Place:
    start, end = sentence.span(0, len(sentence.text))
    return Place(
        manuscript.document.name,
        "text",
        manuscript.document.text[start:end],
        section=sentence.title or None,
        start=start,
        end=end,
    )


def _spans(text: str) -> Iterator[tuple[date, date]]:
    """First and last possible day of each stretch of time, "from January 2019 to June 2020"."""
    for match in _SPAN.finditer(text):
        one, other = match[1], match[2]
        bare = re.fullmatch(r"\d{4}", one) and re.fullmatch(r"\d{4}", other)
        if bare and not re.match(r"(?:from|between|during)\b", match[0]):
            continue
        if not re.search(r"\d{4}", one):
            one = f"{one.rstrip(',')} {other[-4:]}"
        first, last = _days(one), _days(other)
        if first and last and first[0] <= last[1]:
            yield first[0], last[1]


def _singles(text: str) -> Iterator[tuple[date, date]]:
    for match in _ONE.finditer(text):
        if re.fullmatch(r"\d{4}", match[0]) and not re.search(
            r"\b(?:in|of|until|to|through|year) $", text[: match.start()]
        ):
            continue
        if days := _days(match[0]):
            yield days


def _days(text: str) -> tuple[date, date] | None:
    """First and last day that a printed date may mean, or None."""
    month = re.search(_MONTH, text)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    year = next((n for n in numbers if n >= 1900), None)
    if year is None or year > 2100:
        return None
    rest = [n for n in numbers if n != year]
    if month is not None:
        at = next(i for i, name in enumerate(_MONTHS, 1) if month[0].startswith(name[:3]))
        day = rest[0] if rest else None
    elif len(rest) == 2:  # 2019-03-17
        at, day = rest
    elif len(rest) == 1:
        at, day = rest[0], None
    else:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= at <= 12:
        return None
    following = date(year + at // 12, at % 12 + 1, 1)
    if day is None:
        return date(year, at, 1), following - timedelta(days=1)
    try:
        return date(year, at, day), date(year, at, day)
    except ValueError:
        return None


def in_months(value: Fraction, unit: str) -> Fraction | None:
    """A time in months, or None where the unit is no unit of time."""
    return {
        "months": value,
        "years": value * 12,
        "weeks": value * 7 / DAYS_A_MONTH,
        "days": value / DAYS_A_MONTH,
    }.get(unit)


_ORIGIN_ELSEWHERE = re.compile(
    r"\b(?:from|since|after|between|of) (?:the )?(?:(?:date|time|day) of )?(?:the )?(?:\w+ )?"
    r"(?:diagnosis|surgery|resection|operation|transplant\w*|birth|onset|symptoms?|relapse|"
    r"recurrence|metasta\w+|previous|prior)\b"
)
_ORIGIN_HERE = re.compile(
    r"\b(?:from|since|after|between) (?:the )?(?:(?:date|time|day|start|beginning|initiation|first "
    r"\w+|first) (?:of )?)?(?:the )?(?:\w+ ){0,2}(?:randomi[sz]ation|enrol\w*|inclusion|"
    r"registration|treatment|therapy|dose|administration|study entry|cycle)\b"
)
_ENDPOINT = re.compile(r"\b(?:os|pfs|dfs|efs)\b|\bsurvival\b|\bfollow-? ?up\b|\btime to\b")


def measured_here(manuscript: Manuscript, begins: str = "") -> bool | None:
    """Whether times are said to run from enrolment or treatment; False: from something that may
    be earlier; None: nothing says it.

    ``begins`` is what the first dates are of: times from just that begin within the dates.
    """
    here = None
    dated = _EVENTS.get(begins)
    for sentence in manuscript.prose.sentences:
        if sentence.section != "methods" or sentence.origin is Origin.CITED:
            continue
        text = plain(sentence.text)
        if not _ENDPOINT.search(text):
            continue
        origins = [match[0] for match in _ORIGIN_ELSEWHERE.finditer(text)]
        if any(dated is None or not dated.search(origin) for origin in origins):
            return False
        here = here or (True if origins else None)
        here = here or (True if _ORIGIN_HERE.search(text) else None)
    return here

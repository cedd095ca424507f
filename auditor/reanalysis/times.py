"""Medians of times to an event with their confidence intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from auditor.claims import Measure
from auditor.extraction.lexicon import plain
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds
from auditor.statement import Kind, Origin
from auditor.statistics.three_numbers import Symmetric, symmetric

_SURVIVAL = re.compile(
    r"\b(?:m-?)?(?:pfs|os|dfs|efs|rfs|lrfs|dmfs|ttp|ttf|dor|tfs)\b|\bsurvival\b|\btime to "
    r"(?:progression|failure|death|relapse|recurrence|event|deterioration|treatment failure)\b|"
    r"\b(?:duration of|length of) (?:response|remission|disease control)\b|"
    r"-free (?:survival|time)\b"
)
_NO_MEDIAN = re.compile(r"\bmeans?\b|\brmst\b|\brestricted\b|\bfollow-?up\b|\bage\b")
_LASTING = re.compile(
    r"\bfollow(?:ed)?-? ?up\b|\bsurvival\b|\b(?:m-?)?(?:pfs|os|dfs|efs|rfs|ttp|dor)\b|"
    r"\b(?:duration|length|time) (?:of|on) (?:\w+ )?(?:response|treatment|therapy|exposure|study|"
    r"remission)\b|\btime to (?:progression|response|death|relapse|failure)\b"
)
_BEFORE = re.compile(
    r"\bdiagnos\w+|\bsince\b|\bprior\b|\bprevious\w*|\bbefore\b|\bhistory\b|\bage\b|\bonset\b|"
    r"\bsurgery\b|\bresection\b|\btransplant\w*|\bdisease duration\b|"
    r"\bduration of (?:\w+ )?disease\b|"
    r"\bsymptom\w*|\bfirst[- ]line\b|\binitial\b|\bhistorical\b|\bexpected\b|\bassum\w+"
)
_ENDPOINTS = frozenset(("OS", "PFS", "DFS", "EFS", "RFS", "TTP", "DoR", "follow-up"))
TIME_UNITS = ("months", "years", "weeks", "days")


@dataclass(frozen=True, slots=True)
class SurvivalMedian:
    """A median time to an event with its confidence interval.

    Attributes:
        bounds: as printed.
        symmetric: the symmetric interval that it may be, or None.
        error: the standard error behind a symmetric interval, in the printed unit.
    """

    bounds: PrintedBounds
    symmetric: Symmetric | None
    error: float = 0.0


def is_survival_median(one: PrintedBounds) -> bool:
    """Whether it is the median of a time to an event of this study with its interval."""
    if not one.own or one.kinds - {"CI"} or "median" not in one.statistics or not one.exact:
        return False
    if one.unit not in TIME_UNITS and one.unit:
        return False
    if not one.kinds and one.statement is None:
        return False
    labels = plain(f"{one.what} {_caption(one)}")
    if one.statement is not None:
        labels += " " + plain(" ".join(phrase.text for phrase in one.statement.what))
    return bool(_SURVIVAL.search(labels)) and not _NO_MEDIAN.search(labels)


def _caption(one: PrintedBounds) -> str:
    return one.context if one.table is not None and not _SURVIVAL.search(plain(one.what)) else ""


def survival_medians(bounds: Sequence[PrintedBounds]) -> Iterator[SurvivalMedian]:
    """Every median survival time of this study whose interval holds it."""
    for one in bounds:
        if not is_survival_median(one):
            continue
        found = symmetric(one.value, one.lower, one.upper)
        z = NormalDist().inv_cdf(0.5 + (one.level or 0.95) / 2)
        yield SurvivalMedian(one, found, float(found.half) / z if found is not None else 0.0)


def lasting_times(
    manuscript: Manuscript, bounds: Sequence[PrintedBounds]
) -> Iterator[tuple[PrintedNumber, str, str, tuple[Place, ...]]]:
    """Times that nobody can exceed by follow-up: number, unit, words for it, places.

    Follow-up, survival, duration of treatment and response: medians, and the greatest of a range
    or quartiles. Time since diagnosis, age and what happened before the study are none.
    """
    told: set[str] = set()
    for one in bounds:
        if one.statement is not None:
            told.add(one.statement.id)
        if not one.own or one.unit not in TIME_UNITS or not one.exact:
            continue
        words = plain(f"{one.what} {one.context}" if one.statement is not None else one.what)
        if not _LASTING.search(words) or _BEFORE.search(words):
            continue
        if one.kinds and one.kinds <= {"range", "IQR"}:
            yield one.upper, one.unit, f"{one.what}, {one.printed}", one.places
    covered = {claim for one in bounds for claim in one.claims}
    for fact in manuscript.linked.facts:
        if fact.measure is not Measure.MEDIAN or fact.unit not in TIME_UNITS:
            continue
        words = plain(f"{fact.place.row_label or ''} {fact.place.column_label or ''}")
        lasting = fact.topic.concept in _ENDPOINTS and _BEFORE.search(words) is None
        if lasting and fact.claim not in covered and fact.printed.relation == "=":
            yield fact.printed, fact.unit, words, (fact.place,)
    sentences = {s.index: s for s in manuscript.prose.sentences}
    for statement in manuscript.prose.statements:
        if statement.origin is not Origin.OWN or statement.kind is not Kind.MEDIAN:
            continue
        if statement.id in told or statement.unit not in TIME_UNITS:
            continue
        words = plain(" ".join(phrase.text for phrase in statement.what))
        context = plain(sentences[statement.sentence].text)
        lasting = _LASTING.search(words) is not None and _BEFORE.search(context) is None
        if lasting and statement.value.relation == "=":
            yield statement.value, statement.unit, words, (statement.place,)

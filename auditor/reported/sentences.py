"""Fractions of the running text as reported results, where one sentence names one endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.claims import Claim, Measure, Population
from auditor.manuscript import Manuscript
from auditor.reported.labels import named_rates
from auditor.reported.model import EVERYBODY, Reported
from auditor.reported.populations import Vocabulary

_READ = ("abstract", "results", "conclusion")
_STATISTICS = {
    Measure.COUNT: "count",
    Measure.DENOMINATOR: "denominator",
    Measure.PERCENT: "rate",
}
_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])|\n")


def from_text(manuscript: Manuscript, vocabulary: Vocabulary) -> Iterator[Reported]:
    """The fractions of results and abstract; of another study's numbers nothing is said."""
    claims = {claim.id: claim for claim in manuscript.claims}
    starts = [fraction.place.start or 0 for fraction in manuscript.fractions]
    for fraction in manuscript.fractions:
        start, end = _sentence(manuscript.document.text, fraction.place.start or 0)
        sentence = manuscript.document.text[start:end]
        alone = sum(start <= other < end for other in starts) == 1
        endpoint, population, why = _meaning(sentence, alone, fraction.section, vocabulary)
        for i in fraction.claims:
            if i in claims:
                yield _reported(claims[i], endpoint, population, fraction.denominator, why)


def _sentence(text: str, at: int) -> tuple[int, int]:
    breaks = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    before = max(b for b in breaks if b <= at)
    return before, min((b for b in breaks if b > at), default=len(text))


def _meaning(
    sentence: str, alone: bool, section: str, vocabulary: Vocabulary
) -> tuple[str, Population, str]:
    """Endpoint and population of a fraction, and why they cannot be told."""
    if section not in _READ:
        return "", EVERYBODY, "it stands in a part of the text that may speak of other studies"
    if not alone:
        return "", EVERYBODY, "its sentence has several fractions"
    named = named_rates(sentence)
    groups = vocabulary.within(sentence)
    if len(named) != 1:
        return "", EVERYBODY, "its sentence does not name one rate of response"
    if len(groups) > 1:
        return named[0], EVERYBODY, "its sentence names several groups"
    return named[0], Population(groups) if groups else EVERYBODY, ""


def _reported(
    claim: Claim, endpoint: str, population: Population, whole: int, why: str
) -> Reported:
    return Reported(
        endpoint=endpoint or "a fraction of the text",
        statistic=_STATISTICS.get(claim.quantity.measure, str(claim.quantity.measure)),
        population=population,
        text=claim.printed.text,
        printed=claim.printed,
        place=claim.place,
        unit="%" if claim.quantity.measure is Measure.PERCENT else "",
        certain=False,
        stated_n=whole if claim.quantity.measure is not Measure.DENOMINATOR else None,
        why=why,
    )

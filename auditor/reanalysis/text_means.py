"""Means and medians of whole numbers in the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.lexicon import plain
from auditor.lexicon.whole_numbers import WholeVariable, whole_variable
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.reanalysis.group_sizes import sizes
from auditor.reanalysis.printed_means import CHANGE, LATER, PrintedMean, spread_is
from auditor.statement import Kind, Origin, Statement

_HAD = re.compile(
    r"(?:\b(?:patients|participants|subjects|women|men|received|attended|completed|underwent|had"
    r"|given|were|was|administered|the|of|in|all|each|they|a|mean|median|average|who)\b|\s)*"
)
"""Words between a group and the number of what it had, which restrict nobody."""


def means_in_text(
    manuscript: Manuscript, declared: str
) -> Iterator[tuple[PrintedMean, str, WholeVariable]]:
    """Every mean and median of a whole-numbered variable of a group of known size, with the
    words that name the variable.

    ``declared`` is what the paper calls the spread behind its means.
    """
    known = sizes(manuscript.linked)
    sentences = {s.index: s.text for s in manuscript.prose.sentences}
    everybody: dict[int, set[int]] = {}  # "All 31 patients ..., and the median number"
    for one in manuscript.prose.statements:
        if one.kind is Kind.COUNT and one.quantifier == "all" and one.value.integer:
            everybody.setdefault(one.sentence, set()).add(one.value.integer)
    for one in manuscript.prose.statements:
        topic = manuscript.linked.topics.get(one.id)
        named = _variable(one)
        if topic is None or named is None or one.origin is not Origin.OWN:
            continue
        if not set(topic.residue) <= set(plain(named[0]).split()):
            continue  # words that are not of the variable may restrict who is counted
        own = one.count.integer if one.count is not None else None  # "21.3 (SD 4.1; n = 47)"
        if own is None and not topic.terms:
            whole = {size.n for size in known.get(topic.terms, ())}
            if len(whole) == 1 and whole == everybody.get(one.sentence):
                own = next(iter(whole))
        numbers = {own} if own is not None else {size.n for size in known.get(topic.terms, ())}
        if len(numbers) != 1 or one.value.relation != "=" or one.quantifier:
            continue
        statistic = "median" if one.kind is Kind.MEDIAN else "mean"
        words = plain(sentences[one.sentence])
        bounds = one.bounds[0] if one.bounds else None
        printed = PrintedMean(
            statistic,
            one.value,
            one.spread if statistic == "mean" else None,
            spread_is(plain(one.place.quote), words) or declared,
            bounds.lower if bounds else None,
            bounds.upper if bounds else None,
            bounds.of if bounds else "",
            numbers.pop(),
            own is not None,
            (named[0],),
            CHANGE.search(words) is not None,
            LATER.search(words) is not None,
            "",
            f"{one.place.section or 'text'}, “{one.place.quote}”",
            one.place,
            claim_ids(one),
        )
        yield printed, *named


def _variable(one: Statement) -> tuple[str, WholeVariable] | None:
    """What "the median number of cycles was 6" and "attended 19.0 ± 1.1 sessions" count."""
    if one.kind not in (Kind.MEAN, Kind.MEDIAN) and (one.kind is not Kind.VALUE or not one.spread):
        return None
    for phrase in one.what:
        label = re.sub(r"\s+(?:was|were)$", "", phrase.text)
        variable = whole_variable(label)
        if variable is not None:
            return label, variable
    variable = whole_variable(one.unit) if one.unit else None
    if variable is None or not all(_HAD.fullmatch(plain(p.text)) for p in one.what):
        return None
    return one.unit, variable

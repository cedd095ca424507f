"""Counts of responses against the rates and the patients beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditor.extraction.fits import Fit, fit
from auditor.passages.responses import CATEGORIES, Counts, Rate
from auditor.passages.shares import patients_of

_NEAR = 12
"""So many other groups around may be those that a rate is of."""
_SPREAD = 2
"""A rate is taken to be of at most this many times the patients whose response is counted."""


@dataclass(frozen=True)
class Broken:
    """A rate that the counts beside it do not give.

    Attributes:
        counts, rate: what disagrees.
        of: the number of patients whose response is counted, 0 where only responders are.
        sure: whether another rate or the named number of patients bears that number out.
    """

    counts: Counts
    rate: Rate
    of: int
    sure: bool

    @property
    def numerator(self) -> int:
        return self.counts.responders(self.rate.key)


def gives(counts: Counts, rate: Rate, patients: int) -> bool:
    """Whether the counts give the rate over so many patients, under any rounding.

    Clinical benefit may ask for stable disease of some length: anything from CR + PR up to
    CR + PR + SD gives it.
    """
    most = counts.responders(rate.key)
    least = counts.responders("ORR") if rate.key == "CBR" else most
    return any(fit(n, patients, rate.percent) is not Fit.MISFIT for n in range(least, most + 1))


def broken(sets: Sequence[Counts], ns: Iterable[int], named: Sequence[int]) -> Iterator[Broken]:
    """Rates of a passage that no counts of it give.

    Args:
        sets: the counts of the passage in order, with the rates that follow each.
        ns: numbers of patients that the document states.
        named: numbers of patients that the passage names for the counts.
    """
    stated = sorted(ns)
    for at, counts in enumerate(sets):
        plain = [r for r in counts.rates if r.arm is None and _judges(r)]
        if counts.complete and plain:
            yield from _plain(sets, at, plain, stated, named)
        elif plain and {"PR", "SD"} <= set(counts.by) and "PD" not in counts.by:
            yield from _without_progression(counts, plain, named)
        elif plain and set(counts.by) == {"CR", "PR"}:
            yield from _responders(counts, plain, stated)
        against = [r for r in counts.rates if r.arm is not None and _judges(r)]
        if at and against and counts.complete and sets[at - 1].complete:
            yield from _against(sets[at - 1], counts, against, stated)


def _judges(rate: Rate) -> bool:
    return rate.percent.relation == "=" and not rate.mention.fraction


def _denominators(counts: Counts, stated: Sequence[int]) -> list[int]:
    total = counts.total
    return [total, *(n for n in stated if total < n <= _SPREAD * total)]


def _plain(
    sets: Sequence[Counts],
    at: int,
    rates: Sequence[Rate],
    stated: Sequence[int],
    named: Sequence[int],
) -> Iterator[Broken]:
    counts = sets[at]
    if any(all(gives(counts, r, n) for r in rates) for n in _denominators(counts, stated)):
        return
    total = counts.total
    failing = [r for r in rates if not gives(counts, r, total)]
    others = [s for s in sets[max(0, at - _NEAR) : at + _NEAR] if s is not counts and s.by]
    failing = [
        r
        for r in failing
        if not any(gives(s, r, n) for s in others for n in [s.total, *stated] if n)
    ]
    sure = len(failing) < len(rates) or total in named
    for rate in failing:
        if sure or not any(gives(counts, rate, n) for n in _denominators(counts, stated)):
            yield Broken(counts, rate, total, sure)


def _without_progression(
    counts: Counts, rates: Sequence[Rate], named: Sequence[int]
) -> Iterator[Broken]:
    """PR and SD alone, of patients that the sentence names: the rates bear each other out."""
    for patients in named:
        right = [r for r in rates if gives(counts, r, patients)]
        if counts.total < patients and right and len(right) < len(rates):
            for rate in rates:
                if rate not in right:
                    yield Broken(counts, rate, patients, sure=True)
            return


def _responders(counts: Counts, rates: Sequence[Rate], stated: Sequence[int]) -> Iterator[Broken]:
    """CR and PR alone, with the ORR in the same sentence: some stated number has to give it."""
    sentences = {m.sentence.index for m in counts.by.values()}
    for rate in rates if len(rates) == 1 else ():
        if rate.key != "ORR" or {rate.mention.sentence.index} != sentences:
            continue
        of = patients_of(counts.total, rate.percent)
        if not any(n in of for n in stated):
            yield Broken(counts, rate, 0, sure=not of)


def _against(
    first: Counts, second: Counts, rates: Sequence[Rate], stated: Sequence[int]
) -> Iterator[Broken]:
    """Rates of two groups set against each other, in the order of their counts."""
    if {r.arm for r in rates} != {0, 1}:
        return
    if any(
        all(_fitting(counts, [r for r in rates if r.arm == arm], stated) for arm, counts in order)
        for order in (((0, first), (1, second)), ((1, first), (0, second)))
    ):
        return
    straight = [
        gives(c, r, c.total) for c, arm in ((first, 0), (second, 1)) for r in rates if r.arm == arm
    ]
    crossed = [
        gives(c, r, c.total) for c, arm in ((first, 1), (second, 0)) for r in rates if r.arm == arm
    ]
    if sum(straight) <= sum(crossed):
        return
    for arm, counts, other in ((0, first, second), (1, second, first)):
        mine = [r for r in rates if r.arm == arm]
        theirs = [r for r in rates if r.arm != arm]
        if not _fitting(counts, mine, stated):
            sure = _fitting(other, theirs, stated)
            for rate in mine:
                if not gives(counts, rate, counts.total):
                    yield Broken(counts, rate, counts.total, sure)


def _fitting(counts: Counts, rates: Sequence[Rate], stated: Sequence[int]) -> bool:
    return any(all(gives(counts, r, n) for r in rates) for n in _denominators(counts, stated))


def likely(item: Broken) -> str:
    """Which other sum of the counts gives the printed rate, in words, or ""."""
    percent = item.rate.percent
    keys = [k for k in CATEGORIES if k in item.counts.by and item.counts.number(k)]
    if not item.of:
        return ""
    for size in range(1, len(keys) + 1):
        for chosen in combinations(keys, size):
            number = sum(item.counts.number(k) for k in chosen)
            if fit(number, item.of, percent) is Fit.NEAREST:
                alone = " alone" if size == 1 else ""
                return f"{percent.text} is {' + '.join(chosen)}{alone}: {number}/{item.of}"
    return ""


def arms_below(rates: Sequence[Rate]) -> Iterator[tuple[Rate, Rate]]:
    """Pairs (ORR, DCR) of two groups in adjoining sentences that cannot be, in whichever order.

    Each rate is given for two groups; in the order of the print one group has an ORR above its
    DCR, and in the other order one has as well.
    """
    pairs: dict[tuple[int, str, int | None], list[Rate]] = {}
    for rate in rates:
        statement = rate.mention.statement
        if not rate.mention.fraction and statement.series is not None:
            pairs.setdefault((statement.sentence, rate.key, statement.series), []).append(rate)
    two: dict[tuple[int, str], list[Rate]] = {}
    for (sentence, key, _), found in pairs.items():
        if len(found) == 2:
            two.setdefault((sentence, key), found)
    for (sentence, key), responses in two.items():
        controls = two.get((sentence, "DCR")) or two.get((sentence + 1, "DCR"))
        if key != "ORR" or controls is None:
            continue
        if _settings(responses) != _settings(controls):  # "among evaluable patients"
            continue
        highs = [r.percent.value for r in responses]
        lows = [r.percent.value for r in controls]
        straight = [h > low for h, low in zip(highs, lows, strict=True)]
        crossed = [h > low for h, low in zip(highs, reversed(lows), strict=True)]
        if any(straight) and any(crossed):
            at = straight.index(True)
            yield responses[at], controls[at]


def _settings(rates: Sequence[Rate]) -> set[str]:
    return {phrase.text for rate in rates for phrase in rate.mention.statement.setting}


def control_below_response(rates: Sequence[Rate]) -> Iterator[tuple[Rate, Rate]]:
    """Pairs (ORR, DCR) of the same patients in one sentence of which the ORR is the larger."""
    groups: dict[tuple[int, int | None, tuple[str, ...]], dict[str, Rate]] = {}
    for rate in rates:
        statement = rate.mention.statement
        whom = tuple(p.text for p in (*statement.whom, *statement.setting))
        groups.setdefault((statement.sentence, rate.arm, whom), {}).setdefault(rate.key, rate)
    for found in groups.values():
        response, control = found.get("ORR"), found.get("DCR")
        if response is None or control is None:
            continue
        if response.percent.value > control.percent.value:
            yield response, control

"""Is a confidence of 0.9 right nine times in ten? Pairs of known truth, bins, and a fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log

from accuracy import Known, cell_of, quotes_overlap
from slips import Slip

from auditor.linking.calibration import GROUPS, coefficients, log_odds, probability
from auditor.linking.parts import number, parts
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.statement import Statement
from auditor.topic import Link, Twin

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_SHORTEST = 1e-6
DISTINCTIVE = 3
"""So many digits make it unlikely that an equal number is equal by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A link or twin of which it is known whether it speaks of the same thing."""

    paper: str
    group: str
    confidence: float
    certain: bool
    right: bool


def digits(printed: PrintedNumber) -> int:
    """Digits of the number without leading zeros."""
    return len("".join(ch for ch in printed.text if ch.isdigit()).lstrip("0"))


def pairs_as_printed(
    paper: str, manuscript: Manuscript, known: Sequence[Known] | None
) -> list[Pair]:
    """Links and twins of a paper as printed whose truth is known.

    An equal value of three digits or more that only one cell holds is right. One that differs
    is right where the truth lists the discrepancy and wrong where it does not; without a truth
    it is wrong where exactly one other cell holds the very value, else not counted.
    """
    statements = {s.id: s for s in manuscript.prose.statements}
    values = Counter(fact.printed.fraction for fact in manuscript.linked.facts)
    found: list[Pair] = []
    for link in manuscript.linked.links:
        right = _link_right(link, statements[link.statement], values, known, manuscript)
        if right is not None:
            found.append(_pair(paper, link, right))
    for twin in manuscript.linked.twins:
        printed = number(statements[twin.one], twin.part)
        if twin.agrees:
            if printed is not None and digits(printed) >= DISTINCTIVE:
                found.append(_pair(paper, twin, right=True))
        elif known is not None:
            both = [statements[twin.one], statements[twin.other]]
            found.append(_pair(paper, twin, right=_listed(both, known, manuscript)))
    return found


def _link_right(
    link: Link,
    statement: Statement,
    values: Counter[Fraction],
    known: Sequence[Known] | None,
    manuscript: Manuscript,
) -> bool | None:
    printed = number(statement, link.part)
    if printed is None:
        return None
    alone = digits(printed) >= DISTINCTIVE and values[printed.fraction] == 1
    if link.agrees:
        return True if alone and link.operation == "same" else None
    if known is not None:
        cells = {cell_of(fact.place) for fact in link.facts}
        return any(
            cells & k.cells and _listed([statement], [k], manuscript) for k in known
        ) or _listed([statement], [k for k in known if not k.cells], manuscript)
    return False if alone else None


def _listed(
    statements: Iterable[Statement], known: Sequence[Known], manuscript: Manuscript
) -> bool:
    return any(
        quotes_overlap(s.place, quote, manuscript.document.text)
        for s in statements
        for k in known
        for quote in k.quotes
    )


def _pair(paper: str, tie: Link | Twin, right: bool) -> Pair:
    group = ("link" if isinstance(tie, Link) else "twin") + (
        " agrees" if tie.agrees else " differs"
    )
    return Pair(paper, group, tie.confidence, tie.certain, right)


def pairs_of_mutant(
    paper: str, before: Manuscript, after: Manuscript, start: int, change: Slip
) -> list[Pair]:
    """Links and twins of a number with a slip: right where they are those it had before."""
    old, new = _at(before, start), _at(after, change.start)
    if old is None or new is None or old[1] != new[1]:
        return []
    shift = len(change.new) - (change.end - change.start)
    printed = number(old[0], old[1])
    if printed is None or digits(printed) < DISTINCTIVE:
        return []
    cells = {
        tuple(sorted(fact.claim for fact in link.facts))
        for link in before.linked.links
        if link.agrees and (link.statement, link.part) == (old[0].id, old[1])
    }
    found: list[Pair] = []
    if cells:
        for link in after.linked.links:
            if (link.statement, link.part) == (new[0].id, new[1]):
                claims = tuple(sorted(fact.claim for fact in link.facts))
                found.append(_pair(paper, link, right=claims in cells))
    partners = {
        _moved(p, change, shift) for p in _partners(before, old[0].id, old[1], agreeing=True)
    }
    for twin, place in _twins(after, new[0].id, new[1]):
        found.append(_pair(paper, twin, right=place in partners))
    return found


def _at(manuscript: Manuscript, start: int) -> tuple[Statement, str] | None:
    for statement in manuscript.prose.statements:
        for name, printed in parts(statement):
            if printed.start == start:
                return statement, name
    return None


def _moved(place: int, change: Slip, shift: int) -> int:
    return place + shift if place >= change.end else place


def _partners(manuscript: Manuscript, statement: str, part: str, *, agreeing: bool) -> set[int]:
    return {
        place for twin, place in _twins(manuscript, statement, part) if twin.agrees or not agreeing
    }


def _twins(manuscript: Manuscript, statement: str, part: str) -> list[tuple[Twin, int]]:
    """Twins of one part with the position of the leading number of the other statement."""
    starts = {s.id: s.value.start for s in manuscript.prose.statements}
    return [
        (twin, starts[twin.other if twin.one == statement else twin.one])
        for twin in manuscript.linked.twins
        if twin.part == part and statement in (twin.one, twin.other)
    ]


def tables(pairs: Sequence[Pair]) -> str:
    """Reliability by group and bin; then log loss as it is and refitted without the paper."""
    lines = ["confidence against truth", f"{'':<16}{'bin':>12}{'pairs':>8}{'mean':>8}{'right':>14}"]
    for group in (*GROUPS, "certain"):
        chosen = [p for p in pairs if p.group == group or (group == "certain" and p.certain)]
        if group == "certain":
            chosen = [p for p in chosen if p.group.endswith("differs")]
        for low, high in zip(EDGES, EDGES[1:], strict=False):
            inside = [p for p in chosen if low <= p.confidence < high]
            if inside:
                mean = sum(p.confidence for p in inside) / len(inside)
                right = sum(p.right for p in inside)
                lines.append(
                    f"{group:<16}{f'{low:.2f}-{min(high, 1):.2f}':>12}{len(inside):>8}{mean:>8.2f}"
                    f"{right:>8} {100 * right / len(inside):4.0f}%"
                )
    for group in GROUPS:
        chosen = [p for p in pairs if p.group == group]
        if chosen:
            as_is, refitted = losses(chosen)
            lines.append(
                f"{group}: log loss {as_is:.3f} as it is, {refitted:.3f} refitted on other papers"
            )
    return "\n".join(lines)


def _loss(odds: float, right: bool) -> float:
    return log(1 + exp(-odds if right else odds))


def losses(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Mean log loss of the confidence as it is, and calibrated by the pairs of other papers."""
    total = refitted = 0.0
    for paper in sorted({p.paper for p in pairs}):
        intercept, slope = fit([p for p in pairs if p.paper != paper])
        for p in pairs:
            if p.paper == paper:
                odds = log_odds(p.confidence)
                total += _loss(odds, p.right)
                refitted += _loss(intercept + slope * odds, p.right)
    return total / len(pairs), refitted / len(pairs)


def fit(pairs: Sequence[Pair], strength: float = 2.0) -> tuple[float, float]:
    """Intercept and slope of Platt's scaling by Newton's method with shortened steps.

    ``strength`` pulls towards (0, 1), the confidence as it is, so that few pairs change little;
    the slope is held at 0.2 or more, so that more evidence is never less confidence.
    """
    intercept, slope = 0.0, 1.0
    points = [(log_odds(p.confidence), p.right) for p in pairs]

    def cost(at: tuple[float, float]) -> float:
        held = strength * (at[0] ** 2 + (at[1] - 1) ** 2) / 2
        return held + sum(_loss(at[0] + at[1] * x, right) for x, right in points)

    now = cost((intercept, slope))
    for _ in range(50):
        g0, g1 = strength * intercept, strength * (slope - 1)
        h00, h01, h11 = strength, 0.0, strength
        for x, right in points:
            q = probability(intercept + slope * x)
            g0 += q - right
            g1 += (q - right) * x
            w = q * (1 - q)
            h00 += w
            h01 += w * x
            h11 += w * x * x
        det = h00 * h11 - h01 * h01
        step = (h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det
        length = 1.0
        while length > _SHORTEST:
            tried = intercept - length * step[0], slope - length * step[1]
            if cost(tried) < now:
                break
            length /= 2
        else:
            break
        intercept, slope = tried
        now = cost(tried)
    return intercept, max(slope, 0.2)


def fitted(pairs: Sequence[Pair]) -> str:
    """The data file of the calibration, from the pairs as now calibrated."""
    lines = [
        "# Written by benchmarks/linking.py --fit. "
        "Confidence = logistic(intercept + slope * log-odds(raw))."
    ]
    now = coefficients()
    for group in GROUPS:
        chosen = [p for p in pairs if p.group == group]
        intercept, slope = fit(chosen) if chosen else (0.0, 1.0)
        before, steep = now[group]
        lines += [
            f'["{group}"]',
            f"intercept = {intercept + slope * before:.3f}",
            f"slope = {slope * steep:.3f}",
            f"pairs = {len(chosen)}",
            f"papers = {len({p.paper for p in chosen})}",
            "",
        ]
    return "\n".join(lines)

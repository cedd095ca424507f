"""Which shares of patients a P value of a sentence compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from auditor.linking.agreement import Agreement, with_exact
from auditor.linking.headers import PATIENTS
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Sentence, Statement
from auditor.topic import Topic

SHARES = (Kind.COUNT, Kind.PERCENT)
_SIZE = re.compile(r"^\W*n\s*=", re.IGNORECASE)
_JOINS = re.compile(
    r"\b(?:and|versus|vs|compared|than|against|or|whereas|while|to)\b|[/,]", re.IGNORECASE
)
_PLACED = re.compile(r"(?:in|with|on|for|at|of|from|by|to)\b|$")
_ENDS = re.compile(r"[;.](?=\s)|:(?=\s)")
_OF_CHI = re.compile(r"[xXχΧ]\s?\^?\{?[2²]|\bchi\b|\bchi-?square")
_OF_DIFFERENCE = re.compile(r"\bdifference|\bpercentage points?|\bodds ratio|\bOR\b|\bRR\b|\brisk")


def members_of(
    carriers: Sequence[Statement],
    own: Sequence[Statement],
    sentence: Sentence,
    topics: Mapping[str, Topic],
) -> tuple[tuple[Statement, ...], str]:
    """The shares that a P value compares, and a doubt in words or "".

    Args:
        carriers: statements that carry the P value; ``own``: all of the sentence, in order.
    """
    p = p_of(carriers[0])
    if p is None or p.value > 1:
        return (), ""
    shares = [s for s in carriers if s.kind in SHARES and not sized(s)]
    others = [s for s in carriers if s not in shares and not sized(s)]
    doubt = ""
    if len(shares) > 1 and others and max(s.value.start for s in others) < shares[0].value.start:
        others = []  # "a gain of at least 5 points was reached by 21 of 27 and 12 of 26"
    if others:
        last = others[-1]
        words = " ".join((last.place.quote, *(w.text for w in last.what)))
        if last.kind is Kind.P_VALUE:
            pass
        elif last.kind is Kind.RATIO or _OF_DIFFERENCE.search(words):
            doubt = "the P value may be that of the ratio or difference beside it"
        elif not _OF_CHI.search(words):
            return (), ""
        shares = []
    if shares and _differs(shares[-1], sentence):
        doubt, shares = "the P value may be that of the ratio or difference beside it", []
    if len(shares) < 2:
        shares = _before(p.start, shares, own, sentence, topics)
    shares = _without_total(shares)
    paired = len(shares) == 2 and _OPPOSED.fullmatch(_between(shares[0], shares[1], sentence))
    if not paired and not _alike(shares, topics):
        return (), ""
    return tuple(_with_sizes(shares, own)), doubt


def _without_total(shares: Sequence[Statement]) -> list[Statement]:
    """ "431 of 495 patients, 103 of 126 women and 328 of 369 men": the first has the others."""
    counts = [s.count.integer if s.count is not None else None for s in shares]
    first, *others = counts or [None]
    known = [n for n in others if n is not None]
    if len(shares) > 2 and first is not None and len(known) == len(others) and first == sum(known):
        return list(shares[1:])
    return list(shares)


def _differs(statement: Statement, sentence: Sentence) -> bool:
    """Whether a percentage is the difference of those before it: "a difference of 26%"."""
    start = statement.place.start or 0
    at = next((i for i, offset in enumerate(sentence.offsets) if offset >= start), 0)
    return _DIFFERENCE.search(sentence.text[:at]) is not None


_DIFFERENCE = re.compile(
    r"\b(?:difference|increase|reduction|improvement|gain|decrease)\s*(?:of|was|is|:|=|,|\()*\s*$",
    re.IGNORECASE,
)


def p_of(statement: Statement) -> PrintedNumber | None:
    """The P value that a statement carries or is."""
    own = statement.value if statement.kind is Kind.P_VALUE else None
    return statement.p_value or own


def _with_sizes(shares: Sequence[Statement], own: Sequence[Statement]) -> Iterator[Statement]:
    """The shares with the numbers of patients that stand in brackets behind their groups: "20%
    with A (n = 30) and 46% with B (n = 28)"."""
    ends = [*(s.value.start for s in shares[1:]), None]
    for share, end in zip(shares, ends, strict=True):
        sizes = [
            s
            for s in own
            if sized(s) and s.value.start > share.value.start and (not end or s.value.start < end)
        ]
        one = share.denominator is None and len(sizes) == 1
        yield replace(share, denominator=sizes[0].count) if one else share


def with_shares(own: Sequence[Statement]) -> list[Statement]:
    """The statements of a sentence, a fraction and its percentage behind it made one: "26 of 52
    responded with A (50.0%; P = 0.02)"."""
    found: list[Statement] = []
    for statement in own:
        last = found[-1] if found else None
        if last is not None and _is_share_of(statement, last):
            p = last.p_value or statement.p_value
            found[-1] = replace(last, percent=statement.percent, p_value=p)
        else:
            found.append(statement)
    return found


def _is_share_of(share: Statement, counted: Statement) -> bool:
    n = counted.denominator.integer if counted.denominator is not None else None
    count = counted.count.integer if counted.count is not None else None
    bare = share.kind is Kind.PERCENT and share.count is None and share.percent is not None
    if not bare or not n or count is None or counted.percent is not None or share.percent is None:
        return False
    return with_exact(share.percent, Fraction(100 * count, n)) is Agreement.AGREES


def sized(statement: Statement) -> bool:
    """Whether it is the size of a group: "(n = 31)"."""
    return statement.count is not None and bool(_SIZE.match(statement.place.quote))


def _before(
    start: int,
    found: Sequence[Statement],
    own: Sequence[Statement],
    sentence: Sentence,
    topics: Mapping[str, Topic],
) -> list[Statement]:
    """The list of shares that ends in front of a P value, with no other P value between."""
    tests = [p.start for s in own if (p := p_of(s)) is not None]
    since = max((at for at in tests if at < start), default=-1)
    free = [
        s
        for s in own
        if since < s.value.start < start
        and s.kind in SHARES
        and not sized(s)
        and (s.p_value is None or s in found)
        and not _differs(s, sentence)
    ]
    if not free:
        return []
    last = free[-1]
    if found and last is not found[-1]:
        return []
    if last.series is not None:
        series = [s for s in own if s.series == last.series]
        if len(series) > 1 and series[-1] is last:
            heads = {s.what[0].text if s.what else "" for s in series if s in free}
            whole = all(s in free for s in series)
            return [s for s in series if s in free] if whole or len(heads) == 1 else []
    run = [last]
    for one in reversed(free[:-1]):
        if not _joined(one, run[0], sentence) or (len(run) > 1 and not _same(one, run, topics)):
            break
        run.insert(0, one)
    return run


def _same(one: Statement, run: Sequence[Statement], topics: Mapping[str, Topic]) -> bool:
    """Whether a share is of what those behind it are shares of."""
    return _alike([one, *run], topics)


def _joined(one: Statement, other: Statement, sentence: Sentence) -> bool:
    """Whether two shares stand side by side: "20% of A and 30% of B"."""
    if (one.count is None) != (other.count is None) or one.kind is not other.kind:
        return False
    if _bare(one) is not _bare(other):
        return False  # "among 14 patients, 1 responded": one of them is no share
    between = _BRACKETS.sub(" ", _between(one, other, sentence))
    return bool(_JOINS.search(between)) and not _ENDS.search(between)


def _bare(statement: Statement) -> bool:
    return statement.denominator is None and statement.percent is None


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OPPOSED = re.compile(r"\W*(?:versus|vs)\W*")


def _between(one: Statement, other: Statement, sentence: Sentence) -> str:
    """The words between two statements of a sentence."""
    start, end = one.place.end or 0, other.place.start or 0
    return "".join(
        ch
        for ch, offset in zip(sentence.text, sentence.offsets, strict=True)
        if start <= offset < end
    )


def _alike(shares: Sequence[Statement], topics: Mapping[str, Topic]) -> bool:
    """Whether all are shares of one and the same thing."""
    if len(shares) < 2:
        return False
    concepts = [topics.get(s.id, Topic()).concept for s in shares]
    heads = {s.what[0].text if s.what else "" for s in shares}
    heads = {head for head in heads if not _PLACED.match(head)}
    named = {*concepts} - {"", PATIENTS}
    # "the ORR was 54% in the first line and 30% later": the first names it.
    return (len(named) == 1 and concepts[0] in named) or len(heads) <= 1

"""Lists that share out their whole by their wording: brackets, colons, totals, causes of death."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.passages.mentions import Mention, Passage
from auditor.passages.parts import MembersOf, Parts

_TOTAL = re.compile(r"\btotal(?:\s+of)?\s*$|\btotall?ing\s*$|^\s*(?:\w+\s+){0,3}in (?:total|all)\b")
OPEN = re.compile(
    r"\b(?:including|such as|e\.g|mainly|mostly|most(?:\s+\w+)? common|most frequent\w*|among|some|"
    r"both|either|one or more|more than one|multiple|several|at least|other than|predominantly|"
    r"especially|notably|primarily|include[sd]?|grades?|medians?|ranges?|respectively|p\s?[=<])\b",
    re.IGNORECASE,
)
_DEATHS = re.compile(r"\b(?:deaths?|died|fatal)\b", re.IGNORECASE)
GONE = re.compile(
    r"\b(?:discontinu\w+|stopped|withdr\w+|excluded|dropp\w+|drop-?outs?|removed|ineligible|"
    r"screen(?:ing)?[- ]fail\w+|failed screening|declined|refused|"
    r"not (?:\w+ )?(?:treated|included|analy[sz]ed|evaluable|randomi[sz]ed|randomly assigned|"
    r"assigned|enrolled)|off[- ]study|left the|lost|censored|randomi[sz]ed|deaths?|died|fatal)\b",
    re.IGNORECASE,
)
"""What befalls a patient once, so that its reasons or kinds exclude each other mostly."""


def bracket_lists(passage: Passage) -> Iterator[Parts]:
    """A number of people followed by a bracket or a colon and what shares them out: "14 patients
    stopped (5 for toxicity, 7 for progression, and 2 withdrew)"."""
    for sentence, own in passage.counts:
        for start, end in [*brackets(sentence.text), *_after_colon(sentence.text)]:
            inside = [m for m in own if start < m.start and m.end <= end]
            outside = [m for m in own if m.end <= start]
            if len(inside) < 2 or not outside:
                continue
            whole = outside[-1]
            between = sentence.text[whole.end : start]
            lead = sentence.text[:start]
            if (
                len(between) > 70
                or whole.of_events
                or not (whole.of_people or _BARE.fullmatch(whole.statement.place.quote))
                or OPEN.search(between + sentence.text[start:end])
                or not GONE.search(lead)
                or re.search(r"[;:)]|\d", between)
                or any(m.statement.versus or m.statement.percent is not None for m in inside)
                or not _leads(sentence.text[start + 1 : end], start + 1, inside)
            ):
                continue
            deaths = bool(_DEATHS.search(lead[-60:]))
            closed = bool(REST.search(sentence.text[inside[-1].end : end]))
            yield Parts(
                "reasons", tuple(inside), whole, exclusive=deaths, closed=closed, sure=False
            )


_BARE = re.compile(r"\w+")


def _after_colon(text: str) -> Iterator[tuple[int, int]]:
    """From a colon to the end of its clause, where no bracket stands between."""
    for match in re.finditer(r":(?=\s)[^();.]*", text):
        yield match.start(), match.end()


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost round brackets, as positions of "(" and ")"."""
    depth, start = 0, 0
    for i, char in enumerate(text):
        if char == "(":
            start = i if depth == 0 else start
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, i


def _leads(text: str, offset: int, inside: Sequence[Mention]) -> bool:
    """Whether every part of the bracket begins with its number ("5 for toxicity, 7 for ...")."""
    heads = [offset + m.end() for m in re.finditer(r"^\s*|[,;]\s+(?:and\s+)?|\s+and\s+", text)]
    return all(any(abs(m.start - head) <= 1 for head in heads) for m in inside)


_SHARED_OUT = re.compile(
    r"^\s*(?:\w+[- ]){0,2}deaths?\s+(?:were|was)\s+(?:due to|caused by|attribut\w+ to|from|"
    r"related to)\b|"
    r"^\s*(?:patients\s+)?(?:\w+\s+){0,2}died\s+(?:of|from|due to|because of)\b|"
    r"^\s*(?:patients\s+)?(?:\w+\s+){0,2}(?:discontinued|stopped|withdrew|went off)\b[^.;(]{0,40}?"
    r"\b(?:because of|due to|owing to|for)\b",
    re.IGNORECASE,
)
REST = re.compile(r"\b(?:others?|unknown|remaining|rest)\b", re.IGNORECASE)


def total_lists(passage: Passage) -> Iterator[Parts]:
    """A total with its parts in brackets: "a total of 40 deaths (26) or progressions (14)", "the
    32 deaths were due to lymphoma (20), infection (7) and other causes (5)"."""
    for sentence, own in passage.counts:
        for at, whole in enumerate(own):
            deaths = bool(_SHARED_OUT.search(sentence.text[whole.end :]))
            total = bool(_TOTAL.search(whole.before)) or "total" in whole.statement.quantifier
            if not (deaths or total):
                continue
            items = _bracketed(sentence.text, own[at + 1 :], whole.end)
            joined = sentence.text[whole.end : items[-1].end] if items else ""
            if len(items) < 2 or OPEN.search(joined) or not re.search(r"\b(?:or|and)\b", joined):
                continue
            closed = total or bool(REST.search(joined))
            yield Parts("parts", tuple(items), whole, exclusive=True, closed=closed, sure=deaths)


def _bracketed(text: str, following: Sequence[Mention], after: int) -> list[Mention]:
    """The numbers that stand alone in brackets, one after another, few words between."""
    items: list[Mention] = []
    for mention in following:
        shown = text[mention.start - 1 : mention.end + 1]
        alone = bool(re.fullmatch(r".?\((?:n\s?=\s?)?\d+\).?", shown))
        if (
            not alone
            or mention.start - after > 60
            or re.search(r"[.;]", text[after : mention.start])
        ):
            break
        items.append(mention)
        after = mention.end
    return items


_FIRST_EVENT = re.compile(
    r"^\s*(?:disease\s+|first\s+)?(?:progressions?|relapses?|recurrences?|deaths?)\b", re.IGNORECASE
)
_CAUSE = re.compile(r"^\s*(?:due to|because of|from|of|caused by|attribut\w+ to)\b", re.IGNORECASE)


def event_lists(passage: Passage) -> Iterator[Parts]:
    """Events with the first ones of each patient, and deaths with their causes: "29 PFS events (27
    progressions and 2 deaths)", "26 deaths, 24 due to disease and 2 due to other causes"."""
    for sentence, own in passage.counts:
        for at, whole in enumerate(own):
            events = re.match(r"\s*(?:\w+[- ]){0,2}events\b", whole.after)
            deaths = re.match(r"\s*(?:\w+[- ]){0,2}deaths\b", whole.after)
            kind = _FIRST_EVENT if events else _CAUSE if deaths else None
            if kind is None:
                continue
            items = []
            for mention in own[at + 1 :]:
                if not kind.match(mention.after) or mention.statement.percent is not None:
                    break
                items.append(mention)
            words = sentence.text[whole.end : items[-1].end] if items else ""
            if len(items) >= 2 and not OPEN.search(words) and ";" not in words:
                closed = bool(deaths and REST.search(words + items[-1].after))
                yield Parts("parts", tuple(items), whole, exclusive=True, closed=closed)


_MADE_OF = re.compile(
    r"\b(?:responses|responders|remissions)\s+(?:comprised|consisted of|were made up of|"
    r"were composed of)\s*$",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"\b(?:s|n|cyto)?CRs?[icu]?\b|\bVGPRs?\b|\b[nu]?PRs?\b|\b(?:complete|partial)\b"
)
_RESPONDED = re.compile(r"\brespon(?:ded|ders)\b", re.IGNORECASE)


def response_lists(passage: Passage, terms: MembersOf) -> Iterator[Parts]:
    """Responders of a group and what their responses are in a sentence behind it: "19 patients in
    cohort B responded. In cohort B, responses comprised 4 CRs and 15 PRs".

    Args:
        passage: one paragraph.
        terms: which groups of the document's tables a mention counts.
    """
    before: dict[frozenset[tuple[str, str]], list[Mention]] = {}
    for sentence, own in passage.counts:
        responders: dict[frozenset[tuple[str, str]], list[Mention]] = {}
        for mention in own:
            if _RESPONDED.search(mention.head) and mention.own:
                responders.setdefault(terms(mention), []).append(mention)
        known, before = before, responders
        at = next((i for i, m in enumerate(own) if _MADE_OF.search(m.before)), len(own))
        items = own[at:]
        if len(items) < 2 or re.search(r"[;:]", sentence.text[items[0].start : items[-1].end]):
            continue
        named = all(_RESPONSE.search(re.split("[,;.]", m.after)[0]) for m in items)
        wholes = known.get(terms(items[0]), ())
        for whole in wholes if named and len(wholes) == 1 else ():
            yield Parts("responses", tuple(items), whole, exclusive=True, closed=True)

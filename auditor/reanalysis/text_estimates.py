"""Estimates of the running text with their confidence interval and P value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.prose.origin import origin_of
from auditor.reanalysis.estimate import Estimate
from auditor.reanalysis.p_words import of_hearts, of_something_else
from auditor.reanalysis.reported_tests import by_sentence
from auditor.reanalysis.sentence_numbers import NUMBER, printed, tested
from auditor.reanalysis.words_of_tests import sides_named
from auditor.statement import Kind, Origin, Sentence, Statement

_BEHIND = 60
"""So many characters behind a P value may still say what test it is from."""
_LEVEL = re.compile(r"(9\d(?:[.·]\d{1,3})?)\s?[%％]")
_MORE = re.compile(r"^[\s,]*(?:and|or|,|vs\.?|versus)\s*(?:[pP]\s*)?[<=>≤≥]?\s*0?[.·]\d")
_NON_INFERIOR = re.compile(r"\bnon-?\s?inferior|\bequivalen", re.IGNORECASE)
_PRINTED = re.compile(
    rf"""
    (?P<name>\b(?:(?:difference|coefficient)s?|beta)\b|β
      |\b(?:hazards?|odds|risk|rate)\ ratio\b|\brelative\ risk\b|\b[au]?(?-i:HR|OR|RR|IRR)\b)
    (?:[^0-9.;]{{0,60}}?\d{{1,3}}[\s-](?:weeks?|months?|years?|days?)\b)?
    [^0-9.;]{{0,60}}?[,:=(\[]?\s*
    (?P<value>{NUMBER})\s*(?P<unit>[^0-9,;()\[\]=]{{0,30}}?)\s*[,;(\[]{{1,2}}\s*
    (?P<level>9\d(?:[.·]\d{{1,3}})?)\s?%\s*(?:C\.?I\.?|confidence\ intervals?(?:\s*[(\[]CI[)\]])?)
    \s*[,:=]?\s*(?:of\s|from\s)?[(\[]?\s*
    (?P<lower>{NUMBER})\s*%?\s*(?:to|[-\u2010-\u2015]|,|;|and)\s*(?P<upper>{NUMBER})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = (
    ("HR", re.compile(r"hazard|HR", re.IGNORECASE)),
    ("OR", re.compile(r"odds|OR", re.IGNORECASE)),
    ("RR", re.compile(r"risk|rate|RR", re.IGNORECASE)),
)
_NEW = re.compile(r"\b(?:HR|OR|RR|hazard ratio|odds ratio|median|versus|vs)\b|%(?!\s*(?:CI|conf))")
"""What begins something else between an estimate and a P value."""
_RELATIVE = re.compile(
    r"\brelative\b|\bratio\b|\bpercent change\b|\brisk reduction\b", re.IGNORECASE
)


def estimates(manuscript: Manuscript) -> Iterator[Estimate]:
    """Every estimate of the text that has interval and P value, in reading order."""
    statements = by_sentence(manuscript)
    for sentence in manuscript.prose.sentences:
        if sentence.section == "references":
            continue
        read = statements.get(sentence.index, [])
        own = [s for s in read if s.kind is Kind.RATIO and s.bounds]
        at = {offset: i for i, offset in enumerate(sentence.offsets)} if own else {}
        known = set()
        for statement in own:
            made = _of_statement(statement, sentence, at, manuscript)
            if made is not None:
                known.add(made.value.start)
                yield made
        for made in _by_words(sentence, read, manuscript):
            if made.value.start not in known:
                yield made


def _of_statement(
    one: Statement, sentence: Sentence, at: Mapping[int, int], manuscript: Manuscript
) -> Estimate | None:
    bounds = one.bounds[0]
    level = _level(one, sentence, at)
    p = one.p_value
    if p is None and bounds.upper.start in at:
        behind = tested(sentence, at[bounds.upper.start] + len(bounds.upper.text))
        p = None if behind is None else behind.number
    if p is None or level is None or one.origin is Origin.PLANNED:
        return None
    if one.ratio == "HR" and of_hearts(sentence.text):
        return None
    numbers = (one.value, bounds.lower, bounds.upper)
    if any(n.relation != "=" for n in numbers) or p.start not in at:
        return None
    start = at.get(one.value.start, at[p.start])
    here = sorted((start, at[p.start], at.get(bounds.upper.start, start)))
    words = sentence.text[max(0, here[0] - 30) : _end(sentence.text, here[-1] + len(p.text))]
    between = sentence.text[here[0] : here[-1]]
    behind_p = sentence.text[at[p.start] + len(p.text) :]
    if of_something_else(words) or _NEW.search(between) or _MORE.match(behind_p):
        return None
    if _NON_INFERIOR.search(sentence.text):
        return None
    doubt = ""
    if at[p.start] < start and re.search(r"adjust|multivari", between, re.IGNORECASE):
        doubt = "the P value may be that of an unadjusted comparison"
    return Estimate(
        name=one.ratio or "HR",
        value=one.value,
        lower=bounds.lower,
        upper=bounds.upper,
        p=p,
        p_place=_place(manuscript, sentence, p),
        places=(one.place,),
        what=_what(one, sentence),
        level=level,
        claims=claim_ids(one),
        words=sentence.text,
        sides=sides_named(words),
        own=one.origin is Origin.OWN,
        doubt=doubt,
        source="text",
    )


def _level(one: Statement, sentence: Sentence, at: Mapping[int, int]) -> float | None:
    """The level printed before the bounds, 0.95 where none is; None for a range or IQR."""
    bounds = one.bounds[0]
    if bounds.of and not bounds.of.endswith("CI"):
        return None
    start, end = at.get(one.value.end - 1, 0), at.get(bounds.lower.start, 0)
    found = _LEVEL.findall(sentence.text[start:end]) or _LEVEL.findall(bounds.of)
    return float(found[-1].replace("·", ".")) / 100 if found else 0.95


def _what(one: Statement, sentence: Sentence) -> str:
    named = ", ".join(dict.fromkeys(p.text for p in (*one.what[:1], *one.whom[:1])))
    return f"{sentence.title or 'text'}, {named}" if named else sentence.title or "text"


def _by_words(
    sentence: Sentence, read: Sequence[Statement], manuscript: Manuscript
) -> Iterator[Estimate]:
    """Differences, and ratios whose P value the statements leave out."""
    if "%" not in sentence.text:
        return
    for match in _PRINTED.finditer(sentence.text):
        name = next((n for n, pattern in _NAMES if pattern.search(match["name"])), "difference")
        said = sentence.text[max(0, match.start() - 20) : match.end()]
        if name == "difference" and _RELATIVE.search(said):
            continue
        if name == "HR" and of_hearts(sentence.text):
            continue
        p = tested(sentence, match.end())
        origin = origin_of(sentence, match.start("value"), match.end("value"))
        if p is None or origin is Origin.PLANNED:
            continue
        behind = _end(sentence.text, p.end)
        words = sentence.text[max(0, match.start() - 30) : behind]
        numbers = [printed(sentence, *match.span(name)) for name in ("value", "lower", "upper")]
        value, lower, upper = numbers
        if value is None or lower is None or upper is None or of_something_else(words):
            continue
        if _MORE.match(sentence.text[p.end :]) or _NON_INFERIOR.search(sentence.text):
            continue
        place = Place(
            manuscript.document.name,
            "text",
            match[0],
            section=sentence.title or None,
            start=sentence.offsets[match.start()],
            end=sentence.offsets[match.end() - 1] + 1,
        )
        yield Estimate(
            name=name,
            value=value,
            lower=lower,
            upper=upper,
            p=p.number,
            p_place=_place(manuscript, sentence, p.number),
            places=(place,),
            what=sentence.title or "text",
            level=float(match["level"].replace("·", ".")) / 100,
            claims=tuple(
                claim
                for one in read
                if (place.start or 0) <= one.value.start < p.number.end
                for claim in claim_ids(one)
            ),
            words=sentence.text,
            sides=sides_named(words),
            own=origin is Origin.OWN,
            source="text",
        )


def _place(manuscript: Manuscript, sentence: Sentence, p: PrintedNumber) -> Place:
    return Place(
        manuscript.document.name,
        "text",
        p.text,
        section=sentence.title or None,
        start=p.start,
        end=p.end,
    )


def _end(text: str, at: int) -> int:
    """Where the words about the P value before ``at`` end: with its bracket or its clause."""
    for end in range(at, min(len(text), at + _BEHIND)):
        if text[end] in ")];":
            return end
    return min(len(text), at + _BEHIND)

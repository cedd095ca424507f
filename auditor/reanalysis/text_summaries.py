"""Means with SD of two groups and their P value in the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.extraction.reading import TableReading
from auditor.finding import Place
from auditor.linking.claims import claim_ids
from auditor.manuscript import Manuscript
from auditor.prose.origin import origin_of
from auditor.reanalysis import p_words
from auditor.reanalysis.compared_means import ComparedMeans, Mean
from auditor.reanalysis.reported_tests import by_sentence
from auditor.reanalysis.sentence_numbers import NUMBER, P_VALUE, p_value, printed
from auditor.reanalysis.words_of_tests import sides_named
from auditor.statement import Origin, Sentence, Statement

_UNIT = r"[^\d±(),;:=<>]{0,18}?"
_MEAN_SD = re.compile(
    rf"(?<![\w.])(?P<mean>{NUMBER})\s?{_UNIT}\s?(?:±|\+\s?/\s?[-−–]|\(\s?(?P<named>SDs?|SEM?|"
    rf"standard deviation|standard error)[\s:,=±]{{1,4}})\s?(?P<spread>{NUMBER})",
    re.IGNORECASE,
)
_N = re.compile(
    r"\bn\s?=\s?(\d{1,6})\b|\bof (\d{1,6}) (?:patients|women|men|subjects)\b", re.IGNORECASE
)
_HINT = re.compile(r"±|\+\s?/|\(\s?(?:SD|SE|standard)")
_PART = re.compile(
    r"\b(?:women|men|males?|females?|subgroup|subset|among|younger|older|aged|survivors)\b"
    r"|\b(?:patients|those|people) (?:with|who|without)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:pre|post|before|after|baseline|initial(?:ly)?|at \d+ (?:weeks|months|days|years))\b"
    r"|\bfrom\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\bchange|\bdifference|\breduction", re.IGNORECASE)
_FAR = 90
"""So many characters at most between two means of one comparison, or before its P value."""


def compared_in_text(manuscript: Manuscript) -> Iterator[ComparedMeans]:
    """Two means with ± and a P value behind them, in reading order.

    The sizes of the groups stand beside them, or are those of the only two arms that the
    tables of the paper have; then the order of the two is open and a mismatch weak.
    """
    arms = _two_arms(manuscript.tables)
    own = by_sentence(manuscript)
    called = _called(" ".join(s.text for s in manuscript.prose.sentences if "±" in s.text))
    for sentence in manuscript.prose.sentences:
        text = sentence.text
        if sentence.section in ("references", "methods") or not _HINT.search(text):
            continue
        means = list(_MEAN_SD.finditer(text))
        found = own.get(sentence.index, [])
        for at in range(len(means) - 1):
            made = _compared(sentence, means, at, arms, found, called, manuscript)
            if made is not None:
                yield made


def _compared(
    sentence: Sentence,
    means: Sequence[re.Match[str]],
    at: int,
    arms: tuple[int, int] | None,
    own: Sequence[Statement],
    called: str,
    manuscript: Manuscript,
) -> ComparedMeans | None:
    """The comparison of two neighbouring means; ``called``: what the paper calls its ±."""
    text = sentence.text
    one, two = means[at], means[at + 1]
    between = text[one.end() : two.start()]
    match = P_VALUE.search(text, two.end(), two.end() + _FAR)
    tested = p_value(sentence, match) if match is not None else None
    if match is None or tested is None or P_VALUE.search(between):
        return None
    third = at + 2 < len(means) and means[at + 2].start() < match.start()
    before = means[at - 1] if at else None
    if third or (
        before is not None
        and one.start() - before.end() < _FAR
        and not P_VALUE.search(text, before.end(), one.start())
    ):
        return None
    if _others(between) or _others(text[two.end() : match.start()]):
        return None
    origin = origin_of(sentence, one.start(), two.end())
    if origin not in (Origin.OWN, Origin.UNCLEAR):
        return None
    parts = (text[max(0, one.start() - 40) : one.start()] + between, text[two.end() : match.end()])
    sizes, where, weak = _sizes(parts, arms, text)
    if sizes is None:
        return None
    groups = []
    for found, n, name in zip((one, two), sizes, ("first group", "second group"), strict=True):
        mean = printed(sentence, *found.span("mean"))
        spread = printed(sentence, *found.span("spread"))
        if mean is None or spread is None or spread.value < 0:
            return None
        groups.append(Mean(name, mean, spread, n))
    start, end = sentence.span(one.start(), two.end())
    document = manuscript.document
    section = sentence.title or None
    place = Place(document.name, "text", document.text[start:end], section, start=start, end=end)
    p = tested.number
    words = text[: tested.end + 40]
    return ComparedMeans(
        p=p,
        p_place=Place(document.name, "text", p.text, section, start=p.start, end=p.end),
        groups=tuple(groups),
        what=f"{sentence.title or 'text'}, “{one[0].strip()} … {two[0].strip()}”",
        spread=_called(one["named"] or "") or _called(text) or called,
        places=(place,),
        claims=_claims(own, start, p.end),
        words=words,
        doubt=_doubt(words),
        weak=weak or ("a change may have been adjusted" if _CHANGE.search(words) else ""),
        sides=sides_named(text),
        where=where,
        own=origin is Origin.OWN,
    )


def _claims(own: Sequence[Statement], start: int, end: int) -> tuple[str, ...]:
    """The numbers of the statements that were read there."""
    return tuple(claim for one in own if start <= one.value.start < end for claim in claim_ids(one))


def _others(between: str) -> bool:
    """Whether other numbers than sizes of groups stand between."""
    return len(between) > _FAR or bool(re.search(r"\d", _N.sub("", between)))


def _sizes(
    parts: tuple[str, str], arms: tuple[int, int] | None, text: str
) -> tuple[tuple[int, int] | None, str, str]:
    counts = [[int(a or b) for a, b in _N.findall(part)] for part in parts]
    if len(counts[0]) == 1 and len(counts[1]) == 1:
        return (counts[0][0], counts[1][0]), "the sentence", ""
    for pair, other in (counts, counts[::-1]):
        if len(pair) == 2 and not other:
            return (pair[0], pair[1]), "the sentence", ""
    if arms is None or counts[0] or counts[1] or _PART.search(text):
        return None, "", ""
    return arms, "the headers of the tables", "the sentence does not say how many were compared"


def _two_arms(tables: tuple[TableReading, ...]) -> tuple[int, int] | None:
    """The sizes of the two arms, where all tables that state them agree and are of one size."""
    found = set()
    for reading in tables:
        sizes = {
            c.arm: c.stated.value
            for c in reading.data_columns()
            if c.arm and c.stated is not None and not c.total
        }
        if len(sizes) >= 2:
            found.add(tuple(sizes.values()))
    if len(found) != 1:
        return None
    sizes_found = found.pop()
    if len(sizes_found) != 2 or min(sizes_found) < 2:
        return None
    one, two = sizes_found
    # Which mean is of which arm is open: where they differ much that decides too much.
    return (one, two) if abs(one - two) <= 0.1 * max(one, two) else None


def _called(text: str) -> str:
    """ "SD" or "SE" as the words call what stands behind a mean, "" where they name both."""
    sd = bool(re.search(r"\bSDs?\b|standard deviation", text, re.IGNORECASE))
    se = bool(re.search(r"\bSEM?\b|standard error", text, re.IGNORECASE))
    return "" if sd == se else "SD" if sd else "SE"


def _doubt(words: str) -> str:
    if p_words.of_something_else(words):
        return "the P value is of something else than a difference of means"
    if p_words.of_ranks(words):
        return "the P value is from a test of ranks"
    if p_words.paired(words) or _TIMES.search(words):
        return "the same patients may stand in both groups: a paired test cannot be checked"
    if p_words.adjusted(words):
        return "the P value may be adjusted for other factors"
    return ""

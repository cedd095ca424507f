"""Why patients were lost, one number in brackets behind each reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.passages.lists import GONE, OPEN, REST
from auditor.passages.mentions import Mention, Passage
from auditor.passages.parts import Parts

_NUMBER = re.compile(r"\((?:n\s?=\s?)?(?P<n>\d+)\)")
_BETWEEN = re.compile(r"^\s*(?:,|;|\band\b|\bor\b)")
_LAST = re.compile(r"^\s*[,;]?\s*(?:and|or)\b")
_WHY = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|for|reasons?)\b|:",
    re.IGNORECASE,
)
_NEAR = 90
"""So many characters may stand between two numbers of the list."""


def reason_lists(passage: Passage) -> Iterator[Parts]:
    """Lost patients with a number in brackets behind each reason: "Twelve were excluded because of
    brain metastases (n = 5), infection (n = 4) or other reasons (n = 3)".

    The list is closed where its last reason takes in all the others.
    """
    for sentence, own in passage.counts:
        text = sentence.text
        for run in _runs(text):
            whole = _whole(own, run[0].start())
            if whole is None:
                continue
            lead, joined = text[: run[0].start()], text[whole.end : run[-1].end()]
            if not (GONE.search(lead) and _WHY.search(lead)) or OPEN.search(joined):
                continue
            items = tuple(m for m in own if any(r.start() <= m.start < r.end() for r in run))
            if len(items) == len(run) and not any(m.statement.percent for m in items):
                closed = bool(REST.search(text[run[-2].end() : run[-1].end()]))
                yield Parts("reasons", items, whole, exclusive=False, closed=closed, sure=False)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Numbers alone in brackets, one behind each part of a list that ends with "and" or "or"."""
    run: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text):
        between = text[run[-1].end() : match.start()] if run else ""
        if run and (
            not _BETWEEN.match(between) or len(between) > _NEAR or re.search(r"[.()]", between)
        ):
            run = []
        run.append(match)
        if len(run) >= 2 and _LAST.match(text[run[-2].end() : match.start()]):
            yield run
            run = []


def _whole(own: tuple[Mention, ...], before: int) -> Mention | None:
    """The number of people that stands last in front of the list, near it."""
    for mention in reversed([m for m in own if m.end <= before]):
        if mention.of_people and (mention.number or 0) > 1 and not mention.fraction:
            near = before - mention.end <= 2 * _NEAR
            between = mention.sentence.text[mention.end : before]
            return mention if near and not re.search(r"[.;]", between) else None
    return None

"""A part of the patients is larger than the patients it is a part of.

## What it does
Compares every number of people in the running text with the number that its own words make it a
part of: "eight of the six patients", "of the 18 patients with progression, 21 died", a count
above its denominator. Severe adverse events of a passage are compared with those of any grade,
where both are counted of the same patients and nothing else tells them apart. Numbers of events
are left alone: they may exceed the patients.

## Why it matters
No data can give it; one of the two numbers is wrong.

## Example
"Eight of the six patients in the combination group had undergone thymectomy."

## References
CONSORT 2010 statement, item 16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.mentions import Mention, Passage
from auditor.passages.subsets import Overfull, Subset, overfull, subsets
from auditor.statement import Origin, Sentence

from ._text import in_words, judged, place, read_passages


@check(code="INC001", name="subset-exceeds-whole")
def subset_exceeds_whole(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every part that is larger than its whole."""
    seen = False
    for passage in read_passages(manuscript):
        for sentence, own in passage.parts:
            for item in subsets(sentence, own):
                seen = True
                yield judged([item.part])
                if (item.part.number or 0) > item.whole and not list(overfull(sentence)):
                    yield _finding(manuscript, item)
        for severe, whole in _grades(passage):
            seen = True
            yield judged([severe, whole])
            if (severe.number or 0) > (whole.number or 0):
                yield _severe(manuscript, severe, whole)
    for sentence in manuscript.prose.sentences:
        if sentence.origin in (Origin.OWN, Origin.UNCLEAR):
            for found in overfull(sentence):
                seen = True
                yield _overfull(manuscript, sentence, found)
    if not seen:
        raise NotEvaluable("no number of the text is said to be a part of another")


def _overfull(manuscript: Manuscript, sentence: Sentence, found: Overfull) -> Finding:
    start, end = sentence.span(found.start, found.end)
    quote = manuscript.document.text[start:end]
    where = Place(
        input=manuscript.document.name,
        kind="text",
        quote=quote,
        section=sentence.title or None,
        start=start,
        end=end,
    )
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.IMPOSSIBLE,
        message=f"“{' '.join(quote.split())}”: {found.part} are more than {found.whole}.",
        places=(where,),
        reported=str(found.part),
        expected=f"at most {found.whole}",
        arithmetic=(f"{found.part} > {found.whole}",),
    )


def _finding(manuscript: Manuscript, item: Subset) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{in_words(item.part)}: {item.part.number} “{item.words}” are more than "
        f"{item.whole}.",
        places=(place(manuscript, item.part, words=5),),
        reported=str(item.part.number),
        expected=f"at most {item.whole}",
        arithmetic=(f"{item.part.number} > {item.whole}",),
    )


_GRADED = re.compile(r"\bgrades?\b|\bsevere\b|\bserious\b|\bfatal\b", re.IGNORECASE)
_LIMITED = re.compile(
    r"\b(?:led to|leading to|because|reasons?|due to|doses?|discontinu\w+|delay\w*|reduc\w+|"
    r"stopped|died|deaths?|hospital\w*|treated|prior|history|baseline|persist\w*|ongoing|resolved|"
    r"recover\w*|new|worsen\w*|first|second|cycle|required|received)\b",
    re.IGNORECASE,
)
"""Such a sentence counts some of those with the event only, or other patients."""
_ANY = re.compile(r"\b(?:any|all)[- ]grades?\b|\bof (?:any|all) grades?\b", re.IGNORECASE)
_SEVERE = re.compile(r"\bgrades?\s*(?:≥\s*)?(?:of\s+)?[345]\b|\bsevere\b", re.IGNORECASE)


def _grades(passage: Passage) -> Iterator[tuple[Mention, Mention]]:
    """Patients with severe and with any events of one name in one passage, of the same patients."""
    whole: dict[object, Mention] = {}
    for mention in passage.mentions:
        name = mention.head.casefold().strip()
        if not name or not mention.own or not mention.of_people or mention.fraction:
            continue
        if " " in name and len(name.split()) > 3:
            continue
        statement, text = mention.statement, mention.sentence.text
        whom = tuple(sorted(p.text for p in statement.whom))
        if _LIMITED.search(text):
            continue
        if not _GRADED.search(text) or (_ANY.search(text) and not _SEVERE.search(text)):
            whole.setdefault((name, whom), mention)
        elif _SEVERE.search(text) and not _ANY.search(text) and (name, whom) in whole:
            yield mention, whole[name, whom]


def _severe(manuscript: Manuscript, severe: Mention, whole: Mention) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        verdict=Verdict.IMPOSSIBLE,
        message=f"{in_words(severe)}: {severe.number} patients with severe events are more than "
        f"the {whole.number} with events of any grade.",
        places=(place(manuscript, severe, words=5), place(manuscript, whole, words=5)),
        reported=str(severe.number),
        expected=f"at most {whole.number}",
        arithmetic=(f"{severe.number} > {whole.number}",),
    )

"""The number of patients that a sentence itself names: "of the 44 patients", "a study of 47"."""

from __future__ import annotations

import re

from auditor.passages.mentions import Mention
from auditor.prose.number_words import number_of
from auditor.statement import Sentence

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)?"
_MOST_DIGITS = 12
_FILL = r"(?:(?:a total of|the|these|those|all|our|only|another|about|a further)\s+){0,2}"
_NOUN = r"(?:patients|subjects|participants|individuals|women|men|children|adults|cases|responders)"
_WHOM = (
    rf"(?P<n>{_NUMBER})\s+(?:(?!patients|subjects|who|with|of|and|or|had|were)[\w/+-]+\s+){{0,4}}?"
    rf"{_NOUN}\b"
)
_NAMED = re.compile(
    rf"\b(?:of|all|among|amongst)\s+{_FILL}{_WHOM}"
    r"|\b(?:study|trial|series|cohort|analysis|report|survey|experience|population)\s"
    rf"(?:(?!patients|subjects)[^\s.;,]+\s){{0,6}}?(?:of|with|in|on|including|involving|enrolling|comprising|enrolled|included|"
    rf"evaluated|treated)\s+{_FILL}{_WHOM.replace('?P<n>', '?P<m>')}",
    re.IGNORECASE,
)


def named_before(sentence: Sentence, position: int) -> tuple[int, ...]:
    """Numbers of patients that the sentence names as a whole in front of a position, in order."""
    found = []
    for match in _NAMED.finditer(sentence.text, 0, position):
        value = value_of(match["n"] or match["m"])
        in_front = sentence.text[: match.start()].split()[-1:]
        if value and not (in_front and value_of(in_front[0].strip("()"))):
            found.append(value)
    return tuple(found)


_FRAME = re.compile(rf"^(?:In|For|With)\s+{_FILL}{_WHOM}", re.IGNORECASE)
_OF_WHOM = re.compile(r"\b(?:of (?:whom|these|them|those)|among (?:whom|these|them|those))\b")


def named_for(mention: Mention, in_front: Mention | None = None) -> tuple[int, ...]:
    """The numbers of patients that a share may be of by the words of its sentence.

    ``in_front`` is the number before it: "60 patients, of whom 12 (20%)".
    """
    of_whom = in_front is not None and _OF_WHOM.search(mention.before)
    whole = in_front.number if in_front is not None and of_whom and in_front.of_people else None
    if whole and in_front is not None and in_front.sentence is mention.sentence:
        return (whole, *named_for(mention))
    denominator = mention.statement.denominator
    printed = [denominator.integer] if denominator is not None and denominator.integer else []
    frame = _FRAME.match(mention.sentence.text)
    if frame is not None and frame.end() <= mention.start:
        printed.append(value_of(frame["n"]) or 0)
    printed += named_before(mention.sentence, mention.start)
    return tuple(dict.fromkeys(n for n in printed if n))


def value_of(text: str) -> int | None:
    """The value of a number in digits or words, or None."""
    digits = text.replace(",", "")
    if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    number = number_of([text.lower()])
    return number[0] if number else None


_EVALUABLE = re.compile(
    r"\b(?:all|the)\s+(?:\S+\s+){0,3}(?:evaluable|assessable|could be evaluated)|"
    r"\bwere (?:all )?(?:evaluable|assessable|evaluated) for (?:\w+ )?response",
    re.IGNORECASE,
)


def named_in(sentence: Sentence) -> tuple[int, ...]:
    """Numbers of patients that the sentence names as a whole, wherever they stand."""
    return named_before(sentence, len(sentence.text))


def evaluable(sentence: Sentence) -> bool:
    """Whether the sentence says that all of its patients were evaluable for response."""
    return bool(_EVALUABLE.search(sentence.text))

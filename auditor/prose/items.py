"""A sentence as items: values, times that name a rate, brackets, and the words between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.printed import PrintedNumber
from auditor.prose.number_words import number_of
from auditor.prose.tokens import Token
from auditor.prose.value import Value
from auditor.prose.values import lone_interval, range_at, test_name_at, value_at


@dataclass(frozen=True, slots=True)
class Times:
    """Times that name a rate: "6-month", "1- and 2-year", or "at 2 years".

    ``tokens[start:end]``; ``said_at`` tells whether "at" stands before them.
    """

    start: int
    end: int
    numbers: tuple[Token, ...]
    unit: str
    said_at: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """Brackets that hold values and more: a list or a comparison of its own."""

    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A token that is no value, with its position."""

    start: int
    end: int
    token: Token

    def is_(self, *names: str) -> bool:
        return self.token.is_(*names)


Item = Value | Times | Bracket | Word


def items_of(tokens: Sequence[Token]) -> tuple[Item, ...]:
    """The items of a sentence in order; brackets without a value are left out."""
    return tuple(_items(tokens, 0, len(tokens), _closings(tokens)))


def _closings(tokens: Sequence[Token]) -> dict[int, int]:
    """For each opening bracket where it closes; unpaired ones are left out."""
    stack: list[int] = []
    pairs = {}
    for at, token in enumerate(tokens):
        if token.is_("open"):
            stack.append(at)
        elif token.is_("close") and stack:
            pairs[stack.pop()] = at
    return pairs


def _items(tokens: Sequence[Token], start: int, end: int, closings: dict[int, int]) -> list[Item]:
    result: list[Item] = []
    at = start
    while at < end:
        token = tokens[at]
        found = _times(tokens, at) or _value(tokens, at)
        if found is not None and found.end <= end:
            result.append(found)
            at = found.end
        elif token.is_("ci") and (close := lone_interval(tokens, at)) is not None:
            result.append(Word(at, close, token))  # of no estimate: "(arm A, 95% CI, 28-NR)"
            at = close
        elif token.is_("open") and at in closings and closings[at] < end:
            close = closings[at]
            inner = _items(tokens, at + 1, close, closings)
            result += _bracket(tokens, at, close + 1, inner)
            at = close + 1
        elif token.is_("open", "close"):
            at += 1
        else:
            result.append(Word(at, at + 1, token))
            at += 1
    return result


def _bracket(tokens: Sequence[Token], start: int, end: int, inner: list[Item]) -> list[Item]:
    """A bracket with one value stands like a value: "hypertension (3, 7%)"."""
    if not any(isinstance(item, Value | Bracket) for item in inner):
        return []
    inner = inner[: _told(tokens, inner)]
    values = [item for item in inner if isinstance(item, Value)]
    if _only_tests(inner):  # "(Arm B, p=0.06)"
        return [replace(values[0], start=start, end=end, bracketed=True)]
    rest = [item for item in inner if not isinstance(item, Value)]
    marks = all(isinstance(item, Word) and item.is_("comma", "semicolon") for item in rest)
    measured = [value for value in values if "p" not in value.words]
    if marks and len(measured) <= 1 and len(values) <= 2:
        lead = measured[0] if measured else values[0]
        tests = [value for value in values if "p" in value.words]
        p = lead.p or (tests[0].number if tests else None)
        return [replace(lead, start=start, end=end, p=p, bracketed=True)]
    return [Bracket(start, end, tuple(inner))]


def _told(tokens: Sequence[Token], inner: list[Item]) -> int:
    """How many of the items stand before the name of a test at the end of their bracket."""
    values = [at for at, item in enumerate(inner) if isinstance(item, Value)]
    last = inner[values[-1]] if values else None
    if not isinstance(last, Value) or (last.p is None and "p" not in last.words):
        return len(inner)
    return values[-1] + 1 if test_name_at(tokens, last.end).status else len(inner)


def _only_tests(inner: list[Item]) -> bool:
    """Whether a P value and words without a head of it are all that the bracket holds."""
    values = [item for item in inner if not isinstance(item, Word)]
    tests = [item for item in values if isinstance(item, Value) and "p" in item.words]
    heads = any(
        isinstance(item, Word) and item.is_("survival", "copula", "light") for item in inner
    )
    return len(tests) == len(values) == 1 and len(inner) > 1 and not heads


def _times(tokens: Sequence[Token], at: int) -> Times | None:
    """ "6-month", "1- and 2-year", "two-year", and "3 years" before a name of survival."""
    numbers: list[Token] = []
    position = at
    token = tokens[at]
    if token.word and "-" in token.norm:
        number, unit = token.norm.split("-", 1)
        found = number_of([number])
        if found and unit in ("year", "month", "week", "day"):
            end = token.start + len(number)
            printed = PrintedNumber(token.text[: len(number)], Decimal(found[0]), 0)
            spelled = Token(printed.text, token.start, end, number, number=printed, spelled=True)
            return Times(at, at + 1, (spelled,), unit)
        return None
    if token.number is None or token.number.percent or token.number.relation != "=":
        return None
    while position < len(tokens) and tokens[position].number is not None:
        numbers.append(tokens[position])
        position += 1
        if position < len(tokens) and tokens[position].is_("hyphen", "dash"):
            position += 1
            if position < len(tokens) and tokens[position].is_("time"):
                return Times(at, position + 1, tuple(numbers), tokens[position].norm)
        elif position < len(tokens) and tokens[position].is_("time"):
            said = at > 0 and tokens[at - 1].norm == "at"
            named = position + 1 < len(tokens) and tokens[position + 1].is_("survival")
            if named or said:
                return Times(at, position + 1, tuple(numbers), tokens[position].norm, said)
            return None
        while position < len(tokens) and tokens[position].is_("comma", "and", "or"):
            position += 1
    return None


def _value(tokens: Sequence[Token], at: int) -> Value | None:
    token = tokens[at]
    if token.number is not None:
        if not _counts(tokens, at):
            return None
        return value_at(tokens, at)
    if token.is_("zero"):
        return value_at(tokens, at) if _zero_counts(tokens, at) else None
    if token.is_("both"):
        follows = at + 1 < len(tokens) and tokens[at + 1].is_("patients")
        return value_at(tokens, at) if follows else None
    if token.is_("ratio", "p", "median", "mean", "missing", "n"):
        found = value_at(tokens, at)
        return found if found is not None and found.end > at else None
    if token.is_("range") or token.norm == "between":
        return range_at(tokens, at)
    return None


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number states something: "one of the drugs" and "two groups" do not."""
    token, following = tokens[at], tokens[at + 1 : at + 4]
    if token.number is not None and token.number.percent:
        return True
    if at and tokens[at - 1].is_("sign", "plus-minus") and tokens[at - 1].text in "+*×":
        return False
    if not token.spelled:
        return not (
            following
            and following[0].is_("line")
            and at
            and tokens[at - 1].is_("det", "both", "all")
        )
    if not following:
        return True
    if following[0].is_("line") or (
        len(following) > 1
        and following[1].is_("line")
        and not following[0].is_("of", "prep", "open", "verb", "have", "patients")
    ):
        return False
    if token.norm == "one":
        bound = at > 0 and tokens[at - 1].norm in ("at least", "more than")
        if bound and not following[0].is_("patients", "of"):
            return False
        if following[0].is_("of"):
            later = tokens[at + 2 : at + 5]
            return any(t.number is not None or t.is_("patients", "relative") for t in later)
        if following[0].is_("or", "to"):
            return False
    return True


def _zero_counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether "no" or "none" counts patients, responses or events; "no difference" does not."""
    token = tokens[at]
    if token.norm == "none":
        return True
    if token.norm == "neither":
        return False
    for following in tokens[at + 1 : at + 7]:
        if following.is_("nothing"):
            return False
        if following.is_("patients", "response", "events"):
            return True
        if following.is_("comma", "semicolon", "number", "det"):
            return False
        if following.is_("light", "verb"):
            return True
    return False

"""One printed quantity at a position of the tokens: "82% (36/44)", "5.4 months (95% CI 4-7)".

The grammar is made of parsers (parsy) over tokens. Each gives parts, pairs of a name and
what was printed; a value is what its parts add up to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from parsy import Parser, Result, alt, seq, success

from auditor.printed import PrintedNumber
from auditor.prose.tokens import Token
from auditor.prose.value import Limits, Part, Value, folded

_SMALL_WHOLE = 6
"""Up to this "a/b" alone is as likely a grade or a score as a fraction of patients."""


def token(*names: str) -> Parser:
    """A token of one of the classes."""
    wanted = frozenset(names)

    def parse(stream: Sequence[Token], index: int) -> Result:
        if index < len(stream) and not wanted.isdisjoint(stream[index].classes):
            return Result.success(index + 1, stream[index])
        return Result.failure(index, wanted)

    return Parser(parse)


def _number(test: Callable[[Token], bool]) -> Parser:
    def parse(stream: Sequence[Token], index: int) -> Result:
        if index < len(stream) and stream[index].number is not None and test(stream[index]):
            return Result.success(index + 1, stream[index])
        return Result.failure(index, frozenset(("number",)))

    return Parser(parse)


def _is_count(found: Token) -> bool:
    return found.number is not None and found.number.integer is not None


def _is_percent(found: Token) -> bool:
    return found.number is not None and found.number.percent


def _part(name: str) -> Callable[[Any], list[Part]]:
    return lambda payload: [(name, payload)]


def _mark(name: str, *names: str) -> Parser:
    """A token of one of the classes as the part ``name`` with the token itself."""
    return token(*names).map(_part(name))


def _joined(parts: Sequence[list[Part]]) -> list[Part]:
    return [part for some in parts for part in some]


NOTHING: list[Part] = []
_STOPS = (
    "verb", "have", "copula", "prep", "with", "and", "or", "of", "to", "versus", "det", "relative",
    "subordinate", "including", "p", "light", "response", "comma", "open", "number", "missing",
)  # fmt: skip


def _noun_at(stream: Sequence[Token], index: int) -> Result:
    """The counted noun: up to three adjectives, then patients."""
    at = index
    while at < len(stream) and at - index <= 3:
        if stream[at].is_("patients"):
            return Result.success(at + 1, [("noun", (index, at + 1))])
        if not stream[at].word or stream[at].is_(*_STOPS):
            break
        at += 1
    return Result.failure(index, frozenset(("patients",)))


_noun = Parser(_noun_at)


any_number = _number(lambda t: t.number is not None)
count = _number(_is_count)
percent = _number(_is_percent)
plain = _number(lambda t: not _is_percent(t))
missing = token("missing")
comma = token("comma", "semicolon")
open_, close = token("open"), token("close")
filler = token("det", "all").many()
linking = token("colon", "comma", "equals", "of", "copula", "prep", "sign").many()
join = token("dash", "to", "comma", "and", "hyphen", "semicolon")
unit = alt(
    (token("hyphen").optional() >> token("time")).map(lambda t: [("unit", t.norm)]),
    token("line").map(lambda t: [("unit", t.norm)]),
)
maybe_unit = unit.optional(NOTHING)


def _limits(name: str) -> Callable[[Token | None, Any, Token, Token], list[Part]]:
    def make(level: Token | None, word: Any, lower: Token, upper: Token) -> list[Part]:
        del word
        of = name
        if name == "CI":
            of = f"{level.text} CI" if level else "CI"
        ends = [None if end.is_("missing") else end for end in (lower, upper)]
        return [("bounds", Limits(of, *ends))]

    return make


_end = alt(any_number, missing)
_abbreviated = (open_ >> token("ci", "quartiles") << close).optional()


def _interval(name: str, *classes: str) -> Parser:
    return seq(
        (token("mute") << token("percent-sign").optional()).optional(),
        token(*classes) << _abbreviated << token("mute").optional() << linking,
        _end << maybe_unit,
        join >> token("prep").optional() >> _end << maybe_unit,
    ).combine(_limits(name))


confidence = _interval("CI", "ci")
extent = _interval("range", "range")
quartiles = _interval("IQR", "quartiles")
interval = alt(confidence, extent, quartiles)
bare_interval = seq(_end << maybe_unit, join >> _end << maybe_unit).combine(
    lambda lower, upper: [
        ("bounds", Limits("", *(None if e.is_("missing") else e for e in (lower, upper))))
    ]
)
_small = _number(
    lambda t: t.number is not None and (t.number.relation != "=" or t.number.decimals > 0)
)
p_value = token("p") >> alt(
    token("colon", "equals", "of", "copula").many() >> _small.map(_part("p")),
    token("equals", "copula") >> any_number.map(_part("p")),
    token("equals", "copula").many() >> token("ns").map(lambda t: [("p", _not_significant(t))]),
)


def _not_significant(word: Token) -> Token:
    """ "P = NS" as a bound, as in tables: at least 0.05."""
    return replace(word, number=PrintedNumber(word.text, Decimal("0.05"), 2, ">="))


spread = alt(token("plus-minus"), token("spread", "deviation") << linking) >> plain.map(
    _part("spread")
)
whole = token("of") >> filler >> count << _noun.optional()
n_is = (
    token("n")
    >> token("equals", "colon").optional()
    >> count.map(lambda n: [("count", n), ("word", "n")])
)
shares = percent.map(_part("percent"))
fraction = seq(
    count,
    alt(token("slash") >> count, token("of") >> filler >> count),
    _noun.optional(NOTHING),
    (token("equals") >> shares).optional(NOTHING),  # "62/245 = 25%"
).combine(lambda n, d, noun, share: [("count", n), ("denominator", d), *noun, *share])
counted = seq(count.map(_part("count")), _noun.optional(NOTHING)).map(_joined)
_measured = seq(plain.map(_part("number")), unit).map(_joined)

_item = alt(
    interval,
    p_value,
    spread,
    fraction,
    shares,
    n_is,
    seq(count.map(_part("count")), _noun).map(_joined),
    bare_interval,
    (token("median", "mean").optional() >> _measured).map(lambda parts: [("also", parts)]),
    count.map(_part("inner")),
)


def test_name_at(stream: Sequence[Token], index: int) -> Result:
    """The name of a test that ends a bracket: ", Fisher's exact test"."""
    at = index + 1
    if index >= len(stream) or not stream[index].is_("comma", "semicolon"):
        return Result.failure(index, frozenset(("comma",)))
    while at < len(stream) and at - index <= _LONGEST_NAME and stream[at].word:
        at += 1
    words = " ".join(token.norm for token in stream[index + 1 : at])
    closes = at < len(stream) and stream[at].is_("close")
    if closes and _TEST.search(words):
        return Result.success(at, words)
    return Result.failure(index, frozenset(("test",)))


_LONGEST_NAME = 6
_TEST = re.compile(
    r"\b(?:test|fisher|pearson|chi|exact|mcnemar|sided|tailed)\b|-(?:sided|tailed)\b"
)
_test_name = Parser(test_name_at)
bracket = open_ >> _item.sep_by(comma, min=1).map(_joined) << _test_name.optional() << close


def _deviation_at(stream: Sequence[Token], index: int) -> Result:
    """The word for a spread; "6 PR, 16 SD" has none, since SD follows its number there."""
    if index < len(stream) and (stream[index].is_("spread") or stream[index].norm == "sd"):
        return Result.success(index + 1, stream[index])
    return Result.failure(index, frozenset(("spread",)))


_deviation = alt(
    token("plus-minus"), Parser(_deviation_at) << token("colon", "equals", "of", "copula").many()
) >> plain.map(_part("spread"))
_with = token("with", "comma", "semicolon").many() >> token("det").optional()
tail = alt(
    bracket,
    unit,
    _noun,
    (token("of_them") >> count << _noun.optional()).map(_part("whole")),
    token("of_them").result([("word", "of whom")]),
    whole.map(_part("whole")),
    _deviation,
    comma >> alt(interval, p_value, _deviation),
    _with >> interval,
)

_zero = seq(
    token("zero").map(_part("zero")),
    alt(whole.map(_part("denominator")), _noun, success(NOTHING)),
).map(_joined)
_both = seq(token("both").map(_part("both")), _noun).map(_joined)
_digits = _number(lambda t: not t.spelled and not _is_percent(t))
_in_words = _number(lambda t: t.spelled)
_span = alt(
    seq(_digits, token("dash", "to") >> _digits), seq(_in_words, token("dash", "to") >> _in_words)
).combine(
    lambda lower, upper: [
        ("number", lower),
        ("bounds", Limits("", lower, upper)),
        ("word", "range"),
    ]
)
_percent_span = seq(_number(lambda t: not t.spelled), token("dash", "to") >> percent).combine(
    lambda lower, upper: [
        ("percent", lower),
        ("bounds", Limits("", lower, upper)),
        ("word", "range"),
    ]
)
_span_words = alt(token("range") >> token("prep").optional(), token("prep"))
_between = _span_words >> (
    seq(any_number << maybe_unit, token("to", "and", "dash") >> any_number).combine(
        lambda lower, upper: [
            ("number", lower), ("bounds", Limits("range", lower, upper)), ("word", "range")
        ]
    )
)  # fmt: skip
_ratio = seq(
    token("ratio").map(_part("ratio")),
    (open_ >> token("ratio") << close).optional().result(NOTHING),
    (token("equals", "colon", "comma", "of", "copula").many()).result(NOTHING),
    plain.map(_part("number")),
).map(_joined)
_decimal = _number(lambda t: not _is_percent(t) and not t.spelled and "." in t.norm)
# "62.6 (9.2)%": with decimals no count and its percentage.
_with_deviation = seq(
    _decimal.map(_part("number")),
    (open_ >> _decimal << close << token("percent-sign")).map(_part("spread")),
).map(lambda parts: [*_joined(parts), ("unit", "%")])
_statistic = seq(
    token("median", "mean").map(lambda t: [("word", "median" if t.is_("median") else "mean")]),
    linking.result(NOTHING),
    alt(_with_deviation, _measured, plain.map(_part("number"))),
).map(_joined)
core = alt(
    _ratio,
    p_value.map(lambda parts: [*parts, ("word", "p")]),
    _statistic,
    _percent_span,
    _span,
    fraction,
    shares,
    n_is,
    _zero,
    _both,
    _with_deviation,
    counted,
    plain.map(_part("number")),
    missing.result([("missing", True)]),
)
_value = seq(core, tail.many().map(_joined)).map(_joined)
_within = seq(
    alt(n_is, fraction, counted),
    comma >> shares,
    (comma >> alt(interval, p_value, fraction)).many().map(_joined),
).map(_joined)
_within_percent = seq(
    shares,
    comma >> alt(fraction, n_is, counted),
    (comma >> alt(interval, p_value)).many().map(_joined),
).map(_joined)
between = seq(_between, tail.many().map(_joined)).map(_joined)


def value_at(tokens: Sequence[Token], at: int) -> Value | None:
    """The longest printed quantity that begins at ``tokens[at]``, or None."""
    if at and tokens[at - 1].is_("open"):
        # "(12, 27%)": only brackets tell that the comma does not part two quantities; a P value
        # may have words behind it ("(12, 27%; P = 0.1 for all three)").
        for parser in (_within, _within_percent):
            result = parser(tokens, at)
            tested = result.status and any(name == "p" for name, _ in result.value)
            if result.status and (tested or _closes(tokens, result.index)):
                return folded(result.value, at, result.index)
    result = _value(tokens, at)
    if not result.status:
        return None
    found = folded(result.value, at, result.index)
    return replace(found, number=None) if _no_fraction(tokens, found) else found


def _closes(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_("close")


def _no_fraction(tokens: Sequence[Token], value: Value) -> bool:
    """Whether "a/b" is no fraction of patients: more than its whole, or a score ("2/3")."""
    n = value.count.number if value.count else None
    d = value.denominator.number if value.denominator else None
    if n is None or d is None:
        return False
    scale = d.value <= _SMALL_WHOLE and value.percent is None and value.noun is None
    slash = any(token.is_("slash") for token in tokens[value.start : value.end])
    return n.value > d.value or d.value == 0 or (slash and scale)


def range_at(tokens: Sequence[Token], at: int) -> Value | None:
    """A range in words that begins at ``tokens[at]``: "ranged from 2 to 13", or None."""
    result = between(tokens, at)
    return folded(result.value, at, result.index) if result.status else None


def lone_interval(tokens: Sequence[Token], at: int) -> int | None:
    """Where a confidence interval that begins at ``tokens[at]`` ends, or None."""
    result = confidence(tokens, at)
    return result.index if result.status else None

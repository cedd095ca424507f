"""From sentences to statements: every printed quantity with the phrases that name it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.finding import Place
from auditor.printed import PrintedNumber
from auditor.prose.attach import attach
from auditor.prose.drafts import Draft
from auditor.prose.items import items_of
from auditor.prose.kinds import kind_of, ratio_of, unit_of
from auditor.prose.mute import without_names
from auditor.prose.origin import origin_of
from auditor.prose.parallel import with_groups
from auditor.prose.phrases import Span
from auditor.prose.respectively import pair
from auditor.prose.series import number_series
from auditor.prose.tokens import Token, tokenise
from auditor.prose.value import Value
from auditor.statement import Bounds, Kind, Phrase, Sentence, Statement


def statements_of(
    sentences: Sequence[Sentence], *, name: str = "", text: str = ""
) -> tuple[Statement, ...]:
    """Every statement of the sentences in reading order.

    ``name`` is the name of the document and ``text`` its text, for the places and their
    quotes; without it a quote is taken from the sentence, white space folded.
    """
    made: list[Statement] = []
    taken: dict[tuple[str, ...], int] = {}
    series = 0
    for sentence in sentences:
        if not any(ch.isalnum() for ch in sentence.text):
            continue
        tokens = without_names(_cleared(tokenise(sentence.text), sentence))
        items = items_of(tokens)
        drafts = attach(items)
        pair(drafts, items)
        series = number_series(drafts, series)
        made += with_groups(_made(sentence, tokens, drafts, name, text, taken))
    return tuple(made)


def _cleared(tokens: Sequence[Token], sentence: Sentence) -> list[Token]:
    """The tokens without citations and pointers to tables and figures."""
    result = []
    for token in tokens:
        spans = (*sentence.citations, *sentence.pointers)
        if not any(start <= token.start < end for start, end in spans):
            result.append(token)
    return result


def _made(
    sentence: Sentence,
    tokens: Sequence[Token],
    drafts: Sequence[Draft],
    name: str,
    text: str,
    taken: dict[tuple[str, ...], int],
) -> list[Statement]:
    found = [draft for draft in drafts if draft.measured is not None and draft.measured.number]
    ids: dict[int, str] = {}
    places = {}
    for draft in found:
        start, end = tokens[draft.value.start].start, tokens[draft.value.end - 1].end
        place = places[id(draft)] = _place(sentence, start, end, name, text)
        key = (sentence.section, sentence.source.value, place.quote, _around(sentence.text, start))
        taken[key] = taken.get(key, 0) + 1
        ids[id(draft)] = _digest((*key, str(taken[key])))
    result = []
    for draft in found:
        value = draft.measured
        if value is not None and value.number is not None:
            place = places[id(draft)]
            statement = _statement(sentence, tokens, draft, value, value.number, place)
            whole = ids.get(id(draft.whole), "") if draft.whole is not None else ""
            result.append(replace(statement, id=ids[id(draft)], whole=whole))
    return sorted(result, key=lambda s: s.place.start or 0)


def _around(text: str, start: int) -> str:
    """The words before a number: they tell repeated quotes apart."""
    return " ".join(text[max(0, start - 40) : start].split()[1:])


def _digest(key: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _place(sentence: Sentence, start: int, end: int, name: str, text: str) -> Place:
    begin, close = sentence.span(start, end)
    return Place(
        input=name,
        kind="text",
        quote=text[begin:close] if text else sentence.text[start:end],
        section=sentence.title or None,
        start=begin,
        end=close,
    )


def _statement(
    sentence: Sentence,
    tokens: Sequence[Token],
    draft: Draft,
    value: Value,
    lead: Token,
    place: Place,
) -> Statement:
    named = [token for start, end in draft.what for token in tokens[start:end]]
    counts = draft.mode != "before" or draft.before.place or draft.series is not None
    counts = counts or draft.whole is not None
    kind = kind_of(value, named, draft.at is not None, counts)
    times = draft.at
    at = None
    if times is not None and times.numbers:
        index = draft.pair if len(times.numbers) > 1 else 0
        if index < len(times.numbers):
            at = (_required(sentence, times.numbers[index]), times.unit)
    whom = [s for s in (*draft.own, *draft.shared) if s not in draft.what]
    return Statement(
        id="",
        kind=kind,
        value=_required(sentence, value.count if kind is Kind.COUNT and value.count else lead),
        place=place,
        sentence=sentence.index,
        count=_number(sentence, value.count),
        denominator=_number(
            sentence,
            value.denominator or (draft.basis if value.count is not None else None),
        ),
        percent=_number(sentence, value.percent),
        bounds=_bounds(sentence, value),
        p_value=_number(sentence, value.p or draft.p),
        unit=unit_of(value),
        ratio=ratio_of(value, named) if kind is Kind.RATIO else "",
        at=at,
        what=tuple(_phrase(sentence, tokens, s) for s in draft.what),
        whom=tuple(_phrase(sentence, tokens, s) for s in dict.fromkeys(whom)),
        setting=tuple(_phrase(sentence, tokens, s) for s in draft.setting),
        series=draft.series,
        item=draft.item,
        versus=draft.versus,
        respectively=draft.respectively,
        quantifier=draft.quantifier or value.quantifier,
        origin=origin_of(sentence, tokens[value.start].start, tokens[value.end - 1].end),
        why=sentence.why,
        order_open=draft.order_open,
        exhaustive=draft.exhaustive,
        spread=_number(sentence, value.spread),
    )


def _bounds(sentence: Sentence, value: Value) -> tuple[Bounds, ...]:
    return tuple(
        Bounds(limits.of, _required(sentence, limits.lower), _required(sentence, limits.upper))
        for limits in value.bounds
        if limits.lower is not None and limits.upper is not None
    )


def _phrase(sentence: Sentence, tokens: Sequence[Token], span: Span) -> Phrase:
    return sentence.phrase(tokens[span[0]].start, tokens[span[1] - 1].end)


def _number(sentence: Sentence, token: Token | None) -> PrintedNumber | None:
    return None if token is None else _required(sentence, token)


def _required(sentence: Sentence, token: Token) -> PrintedNumber:
    """The printed number at its place in the document; "none" and "no" are 0."""
    start, end = sentence.span(token.start, token.end)
    if token.number is None:
        return _word(token, start, end)
    return replace(token.number, start=start, end=end)


def _word(token: Token, start: int, end: int) -> PrintedNumber:
    return PrintedNumber(
        token.text, Decimal(2 if token.is_("both") else 0), 0, start=start, end=end
    )

"""Parts that a sentence gives, with the whole that its words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditor.passages.families import FAMILIES, Family, member
from auditor.passages.mentions import Mention, Passage

MemberOf = Callable[[Mention], str | None]


@dataclass(frozen=True)
class Parts:
    """Counts of a sentence that share out patients.

    Attributes:
        name: what they are, in words ("sexes").
        items: one a category, in printed order, two at least.
        whole: the number they are parts of where the sentence names it, else None.
        others: the other numbers of people in front of them in the sentence.
        exclusive: whether every patient is in one of them at most.
        closed: whether nobody is left out.
        sure: whether that lies in the nature of the categories ("men"), and not in the
            wording alone.
    """

    name: str
    items: tuple[Mention, ...]
    whole: Mention | None
    exclusive: bool
    closed: bool
    sure: bool = True
    others: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(m.number or 0 for m in self.items)

    @property
    def total(self) -> int:
        return sum(self.numbers)


_HEAD_OF_LIST = re.compile(
    r"(?:\bof (?:the|these|all|our|those|whom|which)?|\bamong (?:the|these|all|our|those)?|"
    r"\btotal of|\boverall,|\ball|^\W*|\bthe(?: \w+){0,2})\s*$",
    re.IGNORECASE,
)


def family_lists(passage: Passage, terms: MemberOf | None = None) -> Iterator[Parts]:
    """Categories that exclude each other by their nature: sexes, lines, stages, arms.

    Args:
        passage: one paragraph.
        terms: which category of the document's own tables a mention counts, or None.
    """
    for sentence in passage.sentences:
        own = [m for m in passage.mentions if m.sentence is sentence and m.number is not None]
        for family in FAMILIES:
            yield from _family_list(family, own)
        if terms is not None:
            yield from _term_list(own, terms)


def _family_list(family: Family, own: Sequence[Mention]) -> Iterator[Parts]:
    named = [(m, member(family, m)) for m in own]
    for run in _runs(named):
        keys = [key or "" for _, key in run]
        if len(set(keys)) == len(keys) >= 2 and _may_part(family, keys):
            items = tuple(m for m, _ in run)
            closed = any(c <= set(keys) for c in family.closed)
            yield _parts(family.name, own, items, closed=closed)


def _may_part(family: Family, keys: Sequence[str]) -> bool:
    """Whether the categories lie side by side: "second" and "beyond the first" do not."""
    return family.name != "lines of treatment" or "later" not in keys or keys[-1] == "later"


def _term_list(own: Sequence[Mention], terms: MemberOf) -> Iterator[Parts]:
    """Groups of one dimension that follow their whole at once, in one list."""
    for run in _runs([(m, terms(m)) for m in own]):
        keys = [key or "" for _, key in run]
        dimension = {key.partition("=")[0] for key in keys}
        items = tuple(m for m, _ in run)
        series = {m.statement.series for m in items}
        if len(set(keys)) == len(keys) >= 2 and len(dimension) == 1 and len(series) == 1:
            found = _parts("groups", own, items, closed=False)
            whole = found.whole
            if whole is None or not _introduces(whole, own, items):
                continue
            own_group = (terms(whole) or "").partition("=")[0] in dimension
            if not own_group and not re.search(r"\brespectively\b", _stretch(whole, items[-1])):
                yield found


def _stretch(first: Mention, last: Mention) -> str:
    """The words from one number to the first clause behind another."""
    return first.sentence.text[first.start : last.end] + last.after[:40]


def _introduces(whole: Mention, own: Sequence[Mention], items: Sequence[Mention]) -> bool:
    """Whether a number stands right in front of a list that shares it out."""
    if items[0].statement.whole == whole.statement.id:
        return True
    between = whole.sentence.text[whole.end : items[0].start]
    alone = not any(whole.end <= m.start < items[0].start for m in own)
    return alone and len(between) < 90 and not re.search(r"[;:]|\band\b", between)


def _runs(
    named: Sequence[tuple[Mention, str | None]],
) -> Iterator[list[tuple[Mention, str | None]]]:
    """Stretches of neighbours that all name a category, in one clause or adjoining ones."""
    run: list[tuple[Mention, str | None]] = []
    for mention, key in named:
        apart = run and (key is None or len(mention.before) > 120)
        if apart or (run and key in [k for _, k in run]):
            yield run
            run = []
        if key is not None:
            run.append((mention, key))
    if run:
        yield run


def _parts(name: str, own: Sequence[Mention], items: tuple[Mention, ...], *, closed: bool) -> Parts:
    in_front = [m for m in own if m.end <= items[0].start and m.of_people]
    return Parts(
        name=name,
        items=items,
        whole=_whole(own, items),
        exclusive=True,
        closed=closed,
        others=tuple(m.number or 0 for m in in_front),
    )


def _whole(own: Sequence[Mention], items: Sequence[Mention]) -> Mention | None:
    """The number of people in front of the list that the words make its whole."""
    first = items[0]
    largest = max(m.number or 0 for m in items)
    by_id = {m.statement.id: m for m in own}
    if first.statement.whole in by_id:
        return by_id[first.statement.whole]
    for mention in reversed([m for m in own if m.end <= first.start and m not in items]):
        number = mention.number
        if ";" in first.sentence.text[mention.end : first.start]:
            return None
        if number is None or not mention.of_people or number < 2:
            continue
        if mention.statement.percent is None and (
            number >= largest or _HEAD_OF_LIST.search(mention.before)
        ):
            return mention
        return None
    return None


_TOTAL = re.compile(r"\btotal(?:\s+of)?\s*$|\btotall?ing\s*$|^\s*(?:\w+\s+){0,3}in (?:total|all)\b")
_OPEN = re.compile(
    r"\b(?:including|such as|e\.g|mainly|mostly|most(?:\s+\w+)? common|most frequent\w*|among|some|"
    r"both|either|one or more|more than one|multiple|several|at least|other than|predominantly|"
    r"especially|notably|primarily|include[sd]?|grades?|medians?|ranges?|respectively|p\s?[=<])\b",
    re.IGNORECASE,
)
_DEATHS = re.compile(r"\b(?:deaths?|died|fatal)\b", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:discontinu\w+|stopped|withdr\w+|excluded|dropp\w+|drop-?outs?|removed|ineligible|"
    r"not (?:\w+ )?(?:treated|included|analy[sz]ed|evaluable|randomi[sz]ed|randomly assigned|"
    r"assigned|enrolled)|off[- ]study|left the|lost|censored|randomi[sz]ed|deaths?|died|fatal)\b",
    re.IGNORECASE,
)
"""What befalls a patient once, so that its reasons or kinds exclude each other mostly."""


def bracket_lists(passage: Passage) -> Iterator[Parts]:
    """A number of people followed by a bracket or a colon and what shares them out: "14 patients
    stopped (5 for toxicity, 7 for progression, and 2 withdrew)"."""
    for sentence in passage.sentences:
        own = [m for m in passage.mentions if m.sentence is sentence and m.number is not None]
        for start, end in [*_brackets(sentence.text), *_after_colon(sentence.text)]:
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
                or _OPEN.search(between + sentence.text[start:end])
                or not _GONE.search(lead)
                or re.search(r"[;:]|\d", between)
                or any(m.statement.versus or m.statement.percent is not None for m in inside)
                or not _leads(sentence.text[start + 1 : end], start + 1, inside)
            ):
                continue
            deaths = bool(_DEATHS.search(lead[-60:]))
            yield Parts("parts", tuple(inside), whole, exclusive=deaths, closed=False, sure=False)


_BARE = re.compile(r"\w+")


def _after_colon(text: str) -> Iterator[tuple[int, int]]:
    """From a colon to the end of its clause, where no bracket stands between."""
    for match in re.finditer(r":(?=\s)[^();.]*", text):
        yield match.start(), match.end()


def _brackets(text: str) -> Iterator[tuple[int, int]]:
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
    r"^\s*(?:patients\s+)?(?:\w+\s+){0,2}died\s+(?:of|from|due to|because of)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:others?|unknown|remaining|rest)\b", re.IGNORECASE)


def total_lists(passage: Passage) -> Iterator[Parts]:
    """A total with its parts in brackets: "a total of 40 deaths (26) or progressions (14)", "the
    32 deaths were due to lymphoma (20), infection (7) and other causes (5)"."""
    for sentence in passage.sentences:
        own = [m for m in passage.mentions if m.sentence is sentence and m.number is not None]
        for at, whole in enumerate(own):
            deaths = bool(_SHARED_OUT.search(sentence.text[whole.end :]))
            total = bool(_TOTAL.search(whole.before)) or "total" in whole.statement.quantifier
            if not (deaths or total):
                continue
            items = _bracketed(sentence.text, own[at + 1 :], whole.end)
            joined = sentence.text[whole.end : items[-1].end] if items else ""
            if len(items) < 2 or _OPEN.search(joined) or not re.search(r"\b(?:or|and)\b", joined):
                continue
            closed = total or bool(_REST.search(joined))
            yield Parts("parts", tuple(items), whole, exclusive=True, closed=closed, sure=deaths)


def _bracketed(text: str, following: Sequence[Mention], after: int) -> list[Mention]:
    """The numbers that stand alone in brackets, one after another, few words between."""
    items: list[Mention] = []
    for mention in following:
        shown = text[mention.start - 1 : mention.end + 1]
        alone = bool(re.fullmatch(r".?\(\d+\).?", shown))
        if (
            not alone
            or mention.start - after > 60
            or re.search(r"[.;]", text[after : mention.start])
        ):
            break
        items.append(mention)
        after = mention.end
    return items


_OPPOSED = re.compile(r"(?P<label>[a-z][\w-]*(?: [\w-]+){0,2})\s*\($")


def opposed_totals(passage: Passage) -> Iterator[Parts]:
    """Two arms set against each other under a label that the passage also counts as a whole:
    "treatment-related (three vs eight)" and "the 12 treatment-related deaths"."""
    counted = [m for m in passage.mentions if m.number is not None and m.own]
    pairs = []
    for first, second in zip(counted, counted[1:], strict=False):
        one, two = first.statement, second.statement
        label = _OPPOSED.search(first.before.rstrip(" ") if first.before else "")
        if label is None or not (one.versus and two.versus) or one.series != two.series:
            continue
        if one.series is not None and one.item == 0 and len(label["label"]) > 5:
            pairs.append((label["label"].split(", ")[-1], (first, second)))
    for words, items in pairs:
        named = re.compile(rf"^\s*{re.escape(words)}\s+(?:deaths|patients|events)\b", re.IGNORECASE)
        for whole in counted:
            if whole not in items and named.search(whole.after):
                yield Parts("arms", items, whole, exclusive=True, closed=True, sure=True)


_PAIRS = re.compile(r"^\s*(?:matched\s+)?pairs\b", re.IGNORECASE)


def matched_pairs(passage: Passage) -> Iterator[tuple[Mention, Mention]]:
    """Numbers of pairs with the number of patients behind them: "61 pairs (122 patients)"."""
    counted = [m for m in passage.mentions if m.number is not None and m.own]
    for pairs, patients in zip(counted, counted[1:], strict=False):
        between = pairs.sentence.text[pairs.end : patients.start]
        close = pairs.sentence is patients.sentence and len(between) < 25
        bracket = "(" in between or patients.statement.place.quote.startswith("(")
        if close and bracket and _PAIRS.search(pairs.after) and patients.of_people:
            yield pairs, patients


_ASSIGNED = re.compile(r"\b(?:randomi[sz]ed|assigned|allocated)\b", re.IGNORECASE)
_TO_ARM = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:patients |participants |subjects |were |received |assigned |"
    r"allocated |"
    r"randomi[sz]ed |randomly )*(?:in|to|into|for)\s",
    re.IGNORECASE,
)


def assignments(passage: Passage) -> Iterator[Parts]:
    """Randomised patients with the numbers of their arms: "130 patients, 66 to A and 64 to B"."""
    for sentence in passage.sentences:
        if not _ASSIGNED.search(sentence.text):
            continue
        own = [m for m in passage.mentions if m.sentence is sentence and m.number is not None]
        for at, whole in enumerate(own):
            near = sentence.text[max(0, whole.start - 40) : whole.end + 60]
            if not (whole.of_people and _ASSIGNED.search(near)) or _TO_ARM.search(whole.after):
                continue
            items = []
            for mention in own[at + 1 :]:
                if not _TO_ARM.search(mention.after) or mention.statement.percent is not None:
                    break
                items.append(mention)
            if len(items) >= 2:
                yield Parts("arms", tuple(items), whole, exclusive=True, closed=True)


def population(passage: Passage, before: Mention) -> Mention | None:
    """The number of patients that the passage speaks of at a mention: the last one in front of it
    that its words call included, enrolled, treated, analysed, or the total."""
    found = None
    for mention in passage.mentions:
        if mention is before or (mention.sentence.index, mention.start) >= (
            before.sentence.index,
            before.start,
        ):
            break
        if mention.own and mention.of_population:
            found = mention
    return found

"""The labels around a cell, read together: endpoint, statistic, and of whom it speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor import lexicon
from auditor.lexicon import Label
from auditor.reported.populations import Match, Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """One label and where it stands: "row", "column" or "group" (a heading above the row)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the labels of a cell say together.

    Attributes:
        endpoint: as in ``Reported``, or "".
        terms: of the population.
        statistics, unit, at, level: as in ``lexicon.Label``, of all labels.
        certain: whether every word is the name of what it was taken for; ``fuzzy``: whether
            one is merely spelt alike.
        by_row: whether the row restricts whom the cell counts.
        convention: as in ``lexicon.Label``.
        why: why it cannot be tied to the cohort, or "".
    """

    endpoint: str = ""
    terms: tuple[Term, ...] = ()
    statistics: tuple[str, ...] = ()
    unit: str = ""
    at: float | None = None
    level: float | None = None
    certain: bool = True
    fuzzy: bool = False
    by_row: bool = False
    convention: str = ""
    why: str = ""


def read_labels(
    parts: Sequence[Part],
    vocabulary: Vocabulary,
    *,
    events: bool,
    caption: Sequence[str] = (),
    part: tuple[int, int] = (0, 1),
) -> Meaning:
    """Read the labels of a cell, the nearest first: row, header from below, headings.

    Args:
        parts: the labels; vocabulary: what their words may mean.
        events: whether the table is one of adverse events, whose rows are their terms.
        caption: rates of response that the caption names, for cells whose labels name none.
        part: which statement of its cell is meant, and how many the cell holds: "50% (3/6),
            100% (6/6)" under "ORR and DCR" has one for each.
    """
    asides = [_aside(p.text) for p in parts]
    labels = [(p, lexicon.take_apart(head)) for p, (head, _) in zip(parts, asides, strict=True)]
    listed = next((named for _, named in asides if named), tuple(caption))
    if events:
        found = _event(labels, vocabulary)
        if found is not None:
            return found
    endpoint, at = _endpoint(labels)
    if endpoint:
        return _meaning(endpoint, _gather(labels, frozenset((at,)), vocabulary), labels)
    if listed:
        which, held = part
        if len(listed) != held:
            why = f"the cell holds {held} statements, its labels name {', '.join(listed)}"
            return _meaning("", _Who([]), labels, why)
        return _meaning(listed[which], _gather(labels, frozenset(), vocabulary), labels)
    return _category(labels, vocabulary)


def named_rates(text: str) -> tuple[str, ...]:
    """The rates of response that a caption names, in its order."""
    words = f" {lexicon.plain(text).replace('/', ' ')} "
    found: dict[str, int] = {}
    for name in ("ORR", "DCR", "CBR"):
        for hit in re.finditer(
            rf"(?<=\s)(?<!best )(?:{lexicon.pattern('endpoints', name).pattern})(?=\s)", words
        ):
            found.setdefault(name, hit.start())
    return tuple(sorted(found, key=found.__getitem__))


_Labels = Sequence[tuple[Part, Label]]


def _aside(text: str) -> tuple[str, tuple[str, ...]]:
    """A label without a remark in brackets that lists endpoints, and these.

    "First line (ORR and DCR)" is "First line"; "Objective response rate (ORR)" stays whole.
    """
    head, bracket, tail = text.partition(" (")
    words = tail.rstrip(") ").replace("/", " ").replace(",", " ").replace(" and ", " ").split()
    named = [lexicon.endpoint(lexicon.plain(word)) for word in words]
    if bracket and named and all(named) and not lexicon.endpoint(lexicon.plain(head)):
        return head, tuple(named)
    return text, ()


def _endpoint(labels: _Labels) -> tuple[str, int]:
    everybody = -1
    for position, (part, label) in enumerate(labels):
        found = lexicon.endpoint(label.rest)
        if found == "N" and part.kind == "row" and not _number(label):
            everybody = position
            continue
        # "AE" is for tables of adverse events; an N of the row counts what the row counts.
        if found and found != "AE" and not (found == "N" and part.kind == "column"):
            return found, position
    return ("N", everybody) if everybody >= 0 else ("", -1)


def _shared(labels: _Labels) -> Label:
    """What all labels say together of statistic, unit, time and level."""
    return Label(
        rest="",
        statistics=tuple(dict.fromkeys(name for _, label in labels for name in label.statistics)),
        unit=next((label.unit for _, label in labels if label.unit), ""),
        at=next((label.at for _, label in labels if label.at is not None), None),
        level=next((label.level for _, label in labels if label.level is not None), None),
        convention=next((label.convention for _, label in labels if label.convention), ""),
    )


@dataclass(slots=True)
class _Who:
    """The terms gathered so far."""

    terms: list[Term]
    certain: bool = True
    why: str = ""
    by_row: bool = False

    def add(self, match: Match, part: Part) -> None:
        if match.term is None:
            self.why = self.why or match.why
            return
        if match.term not in self.terms:
            self.terms.append(match.term)
        self.certain = self.certain and match.certain
        self.by_row = self.by_row or part.kind == "row"


def _number(label: Label) -> bool:
    """Whether a label announces a number of subjects, and is no other word for all of them."""
    return lexicon.endpoint(label.rest) == "N" and not lexicon.everybody(label.rest)


def _silent(label: Label) -> bool:
    return lexicon.announces(label.rest) or lexicon.everybody(label.rest)


def _gather(labels: _Labels, skip: frozenset[int], vocabulary: Vocabulary) -> _Who:
    """Whom the labels name; one that is not understood makes the whole not understood."""
    who = _Who([])
    heading = _heading(labels, skip, vocabulary)
    for position, (part, label) in enumerate(labels):
        if position in skip or _silent(label) or position == heading[0]:
            continue
        if part.kind == "column" and _number(label):
            continue
        match = vocabulary.find(label.rest)
        if match.term is None and part.kind == "row" and heading[1]:
            match = vocabulary.find_in(heading[1], label.rest)
        who.add(match, part)
    return who


def _heading(labels: _Labels, skip: frozenset[int], vocabulary: Vocabulary) -> tuple[int, str]:
    """A heading above the row that names a column of the patients."""
    for position, (part, label) in enumerate(labels):
        if part.kind == "group" and position not in skip:
            column = vocabulary.column(label.rest)
            if column:
                return position, column
    return -1, ""


def _category(labels: _Labels, vocabulary: Vocabulary) -> Meaning:
    """A row of patients' characteristics: a category under its heading, or a number."""
    rows = [(i, part, label) for i, (part, label) in enumerate(labels) if part.kind == "row"]
    columns = frozenset(i for i, (part, _) in enumerate(labels) if part.kind != "column")
    who = _gather(labels, columns, vocabulary)
    if not rows:
        return _meaning("N", who, labels)
    _, _, label = rows[0]
    number = vocabulary.column(label.rest)
    if number in vocabulary.numbers and label.statistics:
        return _meaning(number, who, labels)
    heading = _heading(labels, frozenset(), vocabulary)[1]
    if heading in vocabulary.numbers and not label.rest and label.statistics:
        return _meaning(heading, who, labels)
    if not heading and number in vocabulary.values and label.statistics:
        return _meaning("", who, labels, f"'{label.rest}' is no number in the extract")
    counts = any(part.kind == "column" and _number(one) for part, one in labels)
    if counts and label.rest and lexicon.everybody(label.rest):
        return _meaning("N", who, labels)
    match = vocabulary.find_in(heading, label.rest) if heading else Match(None)
    if match.term is None:
        # Under a heading that names no column the row must be the name of a group by itself.
        match = (
            vocabulary.find(label.rest) if label.rest else Match(None, why="the row has no name")
        )
    if match.term is None:
        return _meaning("", who, labels, match.why)
    who.certain = who.certain and match.certain
    if counts:
        who.add(match, rows[0][1])
        return _meaning("N", who, labels)
    return _meaning(f"{match.term[0]}={match.term[1]}", who, labels)


def _event(labels: _Labels, vocabulary: Vocabulary) -> Meaning | None:
    """A row of adverse events: its term, and the grades that header, heading or row name."""
    grades, of_grade = None, set()
    labels = list(labels)
    for position, (part, label) in enumerate(labels):
        found = lexicon.grades(part.text)
        named = lexicon.endpoint(label.rest) == "AE"
        named = named or (part.kind == "row" and lexicon.any_event(label.rest))
        if found is None or named or vocabulary.find(label.rest).term is not None:
            continue
        grades = found if grades is None or grades == (1, 5) else grades
        left = lexicon.take_apart(lexicon.without_grades(part.text))
        if _silent(left):
            of_grade.add(position)
        labels[position] = (part, left)
    rows = [i for i, (part, _) in enumerate(labels) if part.kind == "row" and i not in of_grade]
    rows += [i for i, (part, _) in enumerate(labels) if part.kind == "group" and i not in of_grade]
    term, fuzzy, at = "", False, -1
    for i in rows:
        rest = labels[i][1].rest
        match = vocabulary.find_event(rest)
        row = labels[i][0].kind == "row"
        if lexicon.endpoint(rest) == "AE" or (row and lexicon.any_event(rest)):
            term, at = "AE", i
        elif match.term is not None:
            term, at, fuzzy = f"AE {match.term[0]}={match.term[1]}", i, not match.certain
        if term:
            break
    if not term:
        return None
    headings = {i for i, (part, _) in enumerate(labels) if part.kind == "group"}
    who = _gather(labels, frozenset({at, *of_grade, *headings}), vocabulary)
    who.certain = who.certain and not fuzzy
    return _meaning(term + _grade(grades), who, labels)


def _grade(grades: tuple[int, int] | None) -> str:
    if grades is None or grades == (1, 5):
        return ""
    low, high = grades
    if high == 5:
        return f" grade>={low}" if low == 3 else f" grade={low}-5"
    return f" grade={low}" if low == high else f" grade={low}-{high}"


def _meaning(endpoint: str, who: _Who, labels: _Labels, why: str = "") -> Meaning:
    shared = _shared(labels)
    return Meaning(
        endpoint=endpoint,
        terms=tuple(who.terms),
        statistics=shared.statistics,
        unit=shared.unit,
        at=shared.at,
        level=shared.level,
        certain=who.certain,
        fuzzy=not who.certain,
        by_row=who.by_row,
        convention=shared.convention,
        why=why or who.why,
    )

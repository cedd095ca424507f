"""When a disagreement may be held against a paper: what speaks against accusing.

Confirming is easy and accusing is hard: the same value under the same words may stand in many
places, and another value under the same words is as often another quantity as an error. So a
candidate that differs is certain only where nothing at all speaks against it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from auditor.claims import Measure
from auditor.document import Document
from auditor.linking import discourse
from auditor.linking.agreement import Agreement
from auditor.linking.candidates import Candidate
from auditor.linking.cells import Cell, Index
from auditor.linking.confidence import Surroundings
from auditor.linking.headers import is_header
from auditor.linking.legends import is_time
from auditor.linking.parts import parts
from auditor.linking.read_topic import TIME_TO_EVENT
from auditor.linking.readings import How
from auditor.linking.showing import shows
from auditor.printed import scan_numbers
from auditor.statement import Kind, Origin, Sentence, Source, Statement
from auditor.topic import Topic

LEAST_ANCHORS = 2
_NOT_UNDERSTOOD = "not understood in the text: "
_MOST_CELLS = 5
_WOMEN = frozenset({"women", "woman", "female", "females", "girls"})
_MEN = frozenset({"men", "man", "male", "males", "boys"})
_SEXES = ((_WOMEN, _MEN), (_MEN, _WOMEN))
_WIDER = ("better", "worse")
"""As in "CR or better", which counts more than the complete responses."""
_SIMILAR = 0.85
_SUMS_UP = frozenset({"abstract", "discussion", "conclusion"})
_READ = frozenset({"abstract", "results", "discussion", "conclusion"})


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate with all that is known around it.

    Attributes:
        others: all candidates of the same part of the same statement.
        repeated: how many other statements of the text confirm the same cells.
        in_series: how many members of the statement's list agree with the table.
        told: how many other statements of the text agree with the table on the concept.
        swapped: whether the table gives the number to another named group of the list, and that
            group's number to this one.
        siblings: the other concepts that the sentence names.
        in_row: how many members of the statement's list agree with the table on the same quantity.
    """

    candidate: Candidate
    statement: Statement
    sentence: Sentence
    around: Surroundings
    others: Sequence[Candidate]
    repeated: int = 0
    in_series: int = 0
    told: int = 0
    swapped: bool = False
    siblings: tuple[str, ...] = ()
    in_row: int = 0


def objections(case: Case, index: Index, document: Document) -> tuple[str, ...]:
    """Why a candidate must not accuse; () where nothing speaks against it."""
    return (
        *_of_statement(case),
        *_of_topics(case, index),
        *_of_surroundings(case, index),
        *_of_references(case, document),
        *_explanations(case, index),
    )


def doubt(case: Case, against: Sequence[str]) -> str:
    """The one word of the text that alone speaks against accusing, where it stands before the
    name of the quantity ("local recurrence"), or ""."""
    topic = case.candidate.reading.topic
    if len(against) != 1 or not against[0].startswith(_NOT_UNDERSTOOD):
        return ""
    words = case.statement.what[0].text.lower().split() if case.statement.what else []
    if len(words) != 2 or topic.residue != (words[0],) or case.statement.kind is not Kind.COUNT:
        return ""
    names = (topic.concept, *(term.key for term in topic.terms))
    return words[0] if any(words[1] in name for name in names) else ""


def _of_statement(case: Case) -> Iterator[str]:
    statement, sentence = case.statement, case.sentence
    if statement.origin is not Origin.OWN:
        yield f"the number is {statement.origin}"
    if sentence.section not in _READ and sentence.source is Source.PARAGRAPH:
        yield f"it stands in the {sentence.section}"
    if sentence.source in (Source.CAPTION, Source.FOOTNOTE):
        yield f"it stands in a {sentence.source}"
    if statement.quantifier and discourse.approximate(statement.quantifier):
        yield f"it is not exact ({statement.quantifier})"
    if case.candidate.part == "denominator":
        yield "it says of how many patients, not how many have what"
    if statement.quantifier == "none" and not case.candidate.reading.topic.concept.startswith(
        "BOR"
    ):
        yield "nobody may be nobody of a kind"
    # A time to an event is given as its median.
    time_to_event = case.candidate.reading.topic.concept in TIME_TO_EVENT and is_time(statement)
    if statement.kind is Kind.VALUE and not time_to_event:
        yield "which statistic it is is not said"
    at = bisect_left(sentence.offsets, statement.place.end or 0)
    people = discourse.names_people(statement.place.quote)
    if statement.kind is Kind.COUNT:
        start = bisect_left(sentence.offsets, statement.place.start or 0)
        yield from _of_count(sentence.text[:start], sentence.text[at:], people=people)
    if not statement.bounds and discourse.in_a_range(sentence.text[at : at + 30]):
        yield "it begins a range"
    if _stray(statement):
        yield "the quote has another number"
    if not case.candidate.sure and not time_to_event:
        yield "which statistic the table shows is not said"
    if any(f.place.column_label == "" and f.place.row_label for f in case.candidate.facts):
        yield "a column of the table has no name"
    if case.candidate.printed.relation != "=" and statement.kind is not Kind.P_VALUE:
        yield "it is a bound"


def _other_sex(statement: Statement) -> bool:
    """Whether the number is of women where the words it shares are of men: "37 were men and 31
    women"."""
    quote = set(statement.place.quote.lower().split())
    said = {word for phrase in statement.what for word in phrase.text.lower().split()}
    return any(quote & one and said & other and not said & one for one, other in _SEXES)


def _of_count(before: str, after: str, *, people: bool) -> Iterator[str]:
    if not people and discourse.counts_no_patients(after[:60]):
        yield "it does not count patients"
    if people and discourse.after_events(before):
        yield "it counts those who had the events"
    if discourse.combines(after[:60]):
        yield "it counts a combination of what the sentence lists"


def _stray(statement: Statement) -> bool:
    """Whether a number of the quote is none of the statement's own."""
    own = {printed.start for _, printed in parts(statement)}
    quote, start = statement.place.quote, statement.place.start
    if start is None or statement.bounds or statement.at is not None:
        return False
    return any(start + n.start not in own for n in scan_numbers(quote))


def _of_topics(case: Case, index: Index) -> Iterator[str]:
    candidate = case.candidate
    reading, match = candidate.reading, candidate.match
    if not candidate.named or reading.what is not How.NAMED:
        yield "what it states is not known"
    if not match.same:
        yield "the cell is of something else"
    if match.text_residue and not _exceeds(case):
        yield _NOT_UNDERSTOOD + ", ".join(reading.topic.residue)
    if match.cell_residue:
        words = dict.fromkeys(w for f in candidate.facts for w in f.topic.residue)
        yield f"not understood in the table: {', '.join(words)}"
    if candidate.reading.topic.concept.startswith("row:") and any(
        discourse.patients(f.place.row_label or "") for f in candidate.facts
    ):
        yield "the row is a group of patients"
    if _other_sex(case.statement):
        yield "it counts the other sex"
    said = " ".join(p.text for p in case.statement.what).lower()
    labels = " ".join(f.place.row_label or "" for f in candidate.facts).lower()
    if any(f"or {word}" in said and word not in labels for word in _WIDER):
        yield "it takes in more than the row"
    if reading.rank:
        yield "another reading of the words is likelier"
    share = case.statement.percent is not None or case.statement.denominator is not None
    if _of_header(case) and share:
        yield "it is a part of the group"
    if reading.who is How.UNKNOWN:
        yield "of whom it speaks is not known"
    if not candidate.whole or not candidate.exclusive:
        yield "the cells may not add up"
    if reading.who is How.SIDE and not case.in_series:
        yield "which side is which is not said"
    numbers = {fact.n for fact in candidate.facts if fact.n is not None}
    if (
        candidate.operation == "same"
        and not reading.topic.terms
        and numbers
        and len(index.everybody) > 1
        and reading.patients is None
        and max(numbers) != max(index.everybody)
    ):
        yield "the table is of a part of the patients"


def _of_surroundings(case: Case, index: Index) -> Iterator[str]:
    around = case.around
    told_again = case.repeated + 1 if case.repeated else 0
    support = around.anchors + told_again + (1 if around.beside else 0)
    # The randomised, the treated and the evaluable patients of an arm are different numbers.
    if _of_header(case) and not (case.in_series and _same_patients(case, index)):
        yield "the header may count other patients of the group"
    pointed = case.candidate.table in case.sentence.tables
    support += pointed
    if case.swapped:
        return
    if _recalled(case):  # one result in a passage of other things
        if around.opposed > 1:
            yield "other numbers of the passage disagree with the table"
        return
    if support < LEAST_ANCHORS and not case.in_series and case.repeated < LEAST_ANCHORS:
        yield "too few other numbers of the passage agree with the table"
    if around.opposed > around.anchors + case.repeated + pointed:
        yield "most numbers of the passage disagree with the table"


def _recalled(case: Case) -> bool:
    """Whether a passage that sums up repeats a result of a group that it names, of a quantity of
    which the text states other numbers as the table does."""
    candidate, sentence = case.candidate, case.sentence
    reading = candidate.reading
    return (
        (sentence.section in _SUMS_UP or sentence.source is Source.FIGURE)
        and candidate.operation == "same"
        and candidate.match.clean
        and bool(reading.topic.terms)
        and reading.who in (How.NAMED, How.COUNTED)
        and case.told >= LEAST_ANCHORS
    )


def _exceeds(case: Case) -> bool:
    """Whether a part of the patients is said to be more than all of them, which words left over
    cannot mend."""
    candidate = case.candidate
    reading = candidate.reading
    return (
        candidate.part == "count"
        and candidate.exact is not None
        and candidate.printed.fraction > candidate.exact
        and reading.topic.residue == reading.restricts
    )


def _same_patients(case: Case, index: Index) -> bool:
    """Whether a sentence that chooses a population gives the total of the headers."""
    text = case.sentence.text
    if not discourse.population(text):
        return True
    everybody = index.people.get(frozenset(), frozenset())
    return any(number.integer in everybody for number in scan_numbers(text))


def _of_header(case: Case) -> bool:
    return any(is_header(fact) for fact in case.candidate.facts)


def _of_references(case: Case, document: Document) -> Iterator[str]:
    text = case.sentence.text
    label = document.tables[case.candidate.table].label if document.tables else ""
    named = discourse.tables_pointed_to(text)
    number = "".join(ch for ch in label if ch.isdecimal())[:9]
    if named and number and int(number) not in named:
        yield "the sentence points to another table"
    known = case.around.beside or case.repeated or case.in_series
    if not named and discourse.points_elsewhere(text):
        yield "the sentence points elsewhere"
    elif not named and not known and discourse.points_to_figure(text):
        yield "the sentence points to a figure"


def _explanations(case: Case, index: Index) -> Iterator[str]:
    """Other cells, or sums of cells, that explain the number."""
    candidate = case.candidate
    if case.swapped:
        return
    sure_count = case.around.beside and candidate.part == "percent"
    if sure_count and candidate.operation == "same" and not _elsewhere(case, index):
        return
    mine = {fact.printed.value for fact in candidate.facts}
    for other in case.others:
        if _twofold(candidate, other, mine):
            yield "the table has several such numbers"
            return
    for other in case.others:
        if other.named and other.match.terms and not other.match.grades and other.reading.graded:
            continue  # another grade is what it was mixed up with
        same_people = other.named and other.match.terms
        fits = other.agreement.fits if same_people else other.agreement is Agreement.AGREES
        if fits and (other.named or other.similar >= _SIMILAR):
            yield "another cell explains it"
            return
    if statement_of_values(case) and any(
        shows(case.statement, candidate.part, candidate.printed, cell)
        for concept in case.siblings
        for cell in index.by_concept.get(concept, ())
        if cell.topic.terms == candidate.reading.topic.terms
    ):
        yield "it is what the table shows of another quantity of the sentence"
    if not case.around.beside and _of_fewer(case, index):
        yield "it may be of another population of the same group"
    # The other arm's number of the same row tells that the row is the one meant.
    told = case.in_row and candidate.part in ("count", "percent")
    if not told and _elsewhere(case, index):
        yield "a cell of another row shows just these numbers"
    if candidate.part == "count" and _subset(candidate, index):
        yield "a sum of other cells explains it"


def _of_fewer(case: Case, index: Index) -> bool:
    """Whether a percentage fits the treated in place of the enrolled (or the reverse): with as
    many patients fewer, at most so many fewer are counted."""
    candidate = case.candidate
    counts = [f for f in candidate.facts if f.measure is Measure.COUNT and f.n]
    if candidate.part != "percent" or case.statement.denominator is not None or len(counts) != 1:
        return False
    count, n = counts[0].printed.integer, counts[0].n
    if count is None or n is None:
        return False
    for other in index.people.get(candidate.reading.of, frozenset()) - {n}:
        low, high = sorted((count, count + other - n))
        if other and abs(other - n) <= n // 4:
            near = range(max(low, 0), min(high, other) + 1)
            if any(candidate.printed.conventions(Fraction(100 * k, other)) for k in near):
                return True
    return False


def _elsewhere(case: Case, index: Index) -> bool:
    """Whether a cell of the same patients, of whatever quantity, prints all numbers of the
    statement: words may be misread, two equal numbers or a rare one hardly by chance."""
    candidate = case.candidate
    wanted = [printed for part, printed in parts(case.statement) if part != "denominator"]
    if len(wanted) < 2 and (not wanted or wanted[0].decimals < 1):
        return False
    terms = candidate.reading.topic.terms
    own = {(f.place.table_index, f.place.row, f.place.column) for f in candidate.facts}
    for cell, fact in index.by_value.get(wanted[0].value.normalize(), ()):
        if (fact.place.table_index, fact.place.row, fact.place.column) in own:
            continue  # its limit, say, which is not what the words name
        shown = {fact.printed.value for fact in cell.facts}
        near = cell.topic.terms == terms and cell.table == candidate.table
        near = near or len(wanted) > 1
        if near and all(printed.value in shown for printed in wanted):
            return True
    return False


def _twofold(candidate: Candidate, other: Candidate, mine: set[Decimal]) -> bool:
    """Whether another cell of the table has the very topic of the candidate's, and differs."""
    return (
        candidate.operation == other.operation == "same"
        and other.match.clean
        and other.table == candidate.table
        and other.reading.topic == candidate.reading.topic
        and {fact.printed.value for fact in other.facts} != mine
    )


def statement_of_values(case: Case) -> bool:
    """Whether the statement stands in a list of values, which may be told in another order."""
    return case.statement.kind is not Kind.COUNT and case.statement.series is not None


def _subset(candidate: Candidate, index: Index) -> bool:
    """Whether some cells of one row, or of one column, of the concept add up to the number."""
    value = candidate.printed.integer
    rows: dict[tuple[int, int, int], list[Cell]] = {}
    columns: dict[tuple[int, Topic], list[Cell]] = {}
    reading = candidate.reading
    for cell in index.of(reading.topic.concept, reading.belong, reading.topic.terms):
        if cell.count is None or (reading.graded and cell.topic.grades != reading.topic.grades):
            continue
        rows.setdefault((cell.table, cell.row, cell.line), []).append(cell)
        columns.setdefault((cell.table, Topic(terms=cell.topic.terms)), []).append(cell)
    for cells in (*rows.values(), *columns.values()):
        counts = [c.count for c in cells[:_MOST_CELLS] if c.count]
        for size in range(2, len(counts) + 1):
            if any(sum(chosen) == value for chosen in combinations(counts, size)):
                return True
    return False

"""Confidence intervals of proportions, with the counts they can have been computed from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.extraction.judged import Status
from auditor.extraction.lexicon import plain
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.bounds import PrintedBounds
from auditor.reanalysis.diagnostic import diagnostic_counts, diagnostic_pair
from auditor.statistics.printed_intervals import counts_of

_MANY = 40
"""More denominators than this under one count and percentage say nothing of the interval."""

FEWEST = 0.6
"""A rate may be of evaluable patients: so many of the group, as a share, are thought possible."""

_TIMED = re.compile(
    r"\b(?:survival|surviving|alive|pfs\d*|os|dfs|efs|rfs|ttp|actuarial|kaplan|cumulative|"
    r"duration|time to)\b|-free\b|\bfree (?:of|from)\b|\b(?:\d+|one|two|three|five|ten)[- ]"
    r"(?:months?|years?|weeks?|days?)\b"
)
_NO_SHARE = re.compile(
    r"\b(?:sensitivity|specificity|predictive|accuracy|concordance|agreement|auc|area under|"
    r"roc|kappa|heterogeneity|vaccine efficacy|score|points?|hba1c|change|reduction|"
    r"increase|decrease|difference|adjusted|power|hazard|odds|risk ratio|relative)\b"
)
_SHARE = re.compile(r"%|\b(?:rates?|proportions?|percentages?|orr|dcr|cbr|response)\b")
_HEADS_N = re.compile(r"n|no\.?|(?:no\.?|number)(?: of)? (?:patients|subjects)|patients(?:, n)?")
_OTHERWISE = re.compile(
    r"\b(?:stratif\w+|weight\w+|gee|generali[sz]ed estimating|mixed|imput\w+|bayes\w*|posterior|"
    r"credib\w+|bootstrap\w*|cluster\w*|kaplan|actuarial|cumulative|random[- ]effects?|pooled|"
    r"meta-?analy\w+|adjust\w+|standardi[sz]ed|koyama|bias[- ]\w+|umvue|repeated|simultaneous|"
    r"bonferroni|survey|propensity|model\w*)\b"
)
_DESIGN = re.compile(
    r"\bsimon\b|\btwo[- ]stage\b|\bkoyama\b|\bbias[- ](?:adjusted|corrected)\b|\bbayes|"
    r"\bposterior\b|\bgroup[- ]sequential\b|\binterim\b|\bpropensity\b"
)

_CLUSTERED = re.compile(
    r"\bcluster\w*|\bgee\b|\bgenerali[sz]ed estimating\b|\bbootstrap\w*|\bmixed[- ]\w+ model\w*|"
    r"\bper[- ](?:lesion|eye|segment|vessel|node|image)\b|\bbayes\w*"
)
"""Lesions or eyes of one patient are not independent: their interval is wider."""

_Rows = Mapping[tuple[int, tuple[int, int]], int]
_Linked = Mapping[str, tuple[tuple[tuple[int, int], bool], ...]]
"""By statement: count and patients of a cell, and whether it certainly states the same."""


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """The interval of a proportion.

    Attributes:
        bounds: percentage and bounds as printed.
        pairs: every (count, patients) that the print allows, the likeliest first.
        sure: whether one of the pairs is certainly what the interval belongs to.
        of: where the number of patients is from, in words.
        otherwise: words that let the interval be of another kind ("stratified"), or "".
        guessed: whether nothing says of how many patients it is, so that it can be recognised
            and never accused.
    """

    bounds: PrintedBounds
    pairs: tuple[tuple[int, int], ...]
    sure: bool
    of: str
    otherwise: str = ""
    guessed: bool = False

    @property
    def level(self) -> float:
        return self.bounds.level or 0.95

    @property
    def limits(self) -> tuple[PrintedNumber, PrintedNumber]:
        return self.bounds.lower, self.bounds.upper


def share_intervals(
    manuscript: Manuscript, bounds: Sequence[PrintedBounds]
) -> Iterator[ShareInterval]:
    """Every confidence interval of a share of this study's patients whose counts are known."""
    bases = _bases(manuscript)
    linked = _linked(manuscript)
    design = _design(manuscript)
    numbers = _stated(manuscript)
    sizes = _row_sizes(manuscript)
    methods = _methods(manuscript)
    accuracy = diagnostic_counts(manuscript)
    for one in bounds:
        pair = diagnostic_pair(one, accuracy)
        if pair is not None and _may_be_share(one):
            near = _OTHERWISE.search(plain(one.context)) or _CLUSTERED.search(methods)
            words = near[0] if near else design
            yield ShareInterval(one, (pair,), True, "the counts of its column", words)
            continue
        if not is_share(one):
            continue
        found = _pairs(manuscript, one, bases, linked, sizes)
        guessed = found is None
        if found is None:
            pairs = tuple((count, n) for n in numbers for count in counts_of(one.value, n))
            found = pairs[:_MANY], False, "a number of patients that is stated somewhere"
        pairs, sure, of = found
        if pairs:
            near = _OTHERWISE.search(plain(one.context))
            yield ShareInterval(one, pairs, sure, of, near[0] if near else design, guessed)


def _may_be_share(one: PrintedBounds) -> bool:
    """Whether its numbers can be a percentage of this study with its confidence interval."""
    if not one.own or one.kinds != {"CI"} or not one.exact:
        return False
    if not 0 <= one.value.value <= 100 or not one.lower.value <= one.value.value <= one.upper.value:
        return False
    return one.lower.value != one.upper.value


def is_share(one: PrintedBounds) -> bool:
    """Whether it is a confidence interval of a plain share of this study's patients."""
    if not _may_be_share(one):
        return False
    if one.topic is not None and one.topic.at is not None:
        return False
    labels = plain(one.what)
    if _TIMED.search(labels) or _NO_SHARE.search(labels):
        return False
    if one.statement is not None and _TIMED.search(plain(_phrases(one))):
        return False
    if one.statistics == {"share"}:
        return one.value.percent or one.unit == "%" or one.count is not None
    # A cell "19.4 (7.5-37.5)" is a share where its own labels say so.
    return one.table is not None and not one.statistics and bool(_SHARE.search(labels))


def _phrases(one: PrintedBounds) -> str:
    statement = one.statement
    return "" if statement is None else " ".join(p.text for p in statement.what)


def _bases(manuscript: Manuscript) -> dict[str, int]:
    """The denominator of each percentage of the tables that is settled, by id of its claims."""
    return {
        claim: percent.basis.value
        for judgement in manuscript.judged
        for percent in judgement.percents
        if percent.basis.value and percent.status in (Status.RIGHT, Status.ROUNDED)
        for claim in percent.stated.entry.claims
    }


def _methods(manuscript: Manuscript) -> str:
    return plain(" ".join(s.text for s in manuscript.prose.sentences if s.section == "methods"))


def _design(manuscript: Manuscript) -> str:
    for sentence in manuscript.prose.sentences:
        found = _DESIGN.search(plain(sentence.text)) if sentence.section == "methods" else None
        if found is not None:
            return found[0]
    return ""


def _pairs(
    manuscript: Manuscript,
    one: PrintedBounds,
    bases: Mapping[str, int],
    linked: _Linked,
    sizes: _Rows,
) -> tuple[tuple[tuple[int, int], ...], bool, str] | None:
    """(count, patients), whether that is certain, and what says how many patients."""
    share = one.value
    if one.count is not None and one.denominator:
        right = one.count <= one.denominator and one.count in counts_of(share, one.denominator)
        pair = ((one.count, one.denominator),)
        return (pair, right, "the fraction beside it") if one.count <= one.denominator else None
    basis = next((bases[claim] for claim in one.claims if claim in bases), None)
    if one.count is not None and basis and one.count in counts_of(share, basis):
        return ((one.count, basis),), True, "the denominator of its column"
    if one.count and (one.statement is None or one.statement.percent is not None):
        some = _denominators(one.count, share)
        if some:
            return tuple((one.count, n) for n in some), True, "count and percentage"
        return None
    cells = linked.get(one.statement.id, ()) if one.statement is not None else ()
    known = [(pair, sure) for pair, sure in cells if pair[0] in counts_of(share, pair[1])]
    if known:
        return tuple(pair for pair, _ in known), all(sure for _, sure in known), "the table"
    n = _patients(manuscript, one, sizes)
    if n is None:
        return None
    for fewer in range(n, int(FEWEST * n), -1):
        if counts := counts_of(share, fewer):
            of = "the size of the group" if fewer == n else "the size of the group, less some"
            return tuple((count, fewer) for count in counts), False, of
    return None


def _denominators(count: int, share: PrintedNumber) -> tuple[int, ...]:
    """Every number of patients of whom ``count`` is the printed percentage."""
    if share.value <= 0:
        return ()
    guess = int(100 * count / share.fraction)
    reach = max(2, int(guess * 10**-share.decimals / float(share.value)) + 2)
    if reach > _MANY:
        return ()
    around = range(max(count, guess - reach), guess + reach + 1)
    return tuple(n for n in around if n and count in counts_of(share, n))


def _linked(manuscript: Manuscript) -> _Linked:
    """Count and denominator of the cells that statements agree with, by id of the statement."""
    cells = {
        claim: percent
        for judgement in manuscript.judged
        for percent in judgement.percents
        if percent.basis.value
        for claim in percent.stated.entry.claims
    }
    found: dict[str, tuple[tuple[tuple[int, int], bool], ...]] = {}
    for link in manuscript.linked.links:
        cell = cells.get(link.facts[0].claim) if len(link.facts) == 1 else None
        if cell is not None and link.agrees and cell.basis.value:
            pair = (cell.stated.count, cell.basis.value)
            found[link.statement] = (*found.get(link.statement, ()), (pair, link.certain))
    return found


def _stated(manuscript: Manuscript) -> tuple[int, ...]:
    """Every number of patients that headers and the text state of a group or of everybody."""
    found = {
        column.stated.value
        for reading in manuscript.tables
        for column in reading.columns
        if column.stated is not None
    }
    for facts in manuscript.linked.people.values():
        found |= {n for fact in facts if (n := fact.printed.integer)}
    return tuple(sorted(found, reverse=True))


def _row_sizes(manuscript: Manuscript) -> _Rows:
    """The number of patients in a column of its own ("n"), by table and row."""
    found: dict[tuple[int, tuple[int, int]], int] = {}
    for reading in manuscript.tables:
        columns = {
            c.index for c in reading.columns if c.path and _HEADS_N.fullmatch(plain(c.path[-1]))
        }
        if len(columns) != 1:
            continue
        for entry in reading.entries:
            if entry.column in columns and entry.count and len(entry.numbers) == 1:
                found[reading.table.index, entry.row.key] = entry.count
    return found


def _patients(manuscript: Manuscript, one: PrintedBounds, sizes: _Rows) -> int | None:
    if one.table is not None and one.entries:
        reading = next(r for r in manuscript.tables if r.table.index == one.table)
        stated = reading.columns[one.entries[0].column].stated
        rows = {s.value for s in one.entries[0].row.stated}
        if len(rows) == 1:
            return rows.pop()
        if n := sizes.get((one.table, one.entries[0].row.key)):
            return n
        return stated.value if stated is not None else None
    if one.topic is None or one.topic.residue:
        return None  # words that were not understood may restrict who is counted
    numbers = {
        fact.printed.integer for fact in manuscript.linked.people.get(one.topic.terms, ())
    } - {None}
    return numbers.pop() if len(numbers) == 1 else None

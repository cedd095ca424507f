"""What the methods declare about tests: the level, the sides, the tests by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.document import Document
from auditor.finding import Place
from auditor.reanalysis.naming import named_sides, named_tests
from auditor.statement import Prose, Sentence, Source

_USED = re.compile(
    r"\b(?:compar|analy[sz]|assess|evaluat|test|calculat|perform|determin|estimat|"
    r"us(?:ed|ing)|appl|employ|examin|deriv|according to)",
    re.IGNORECASE,
)
_PLANNING = re.compile(
    r"\bpower\b|\bsample size|\btype (?:I|II|1|2)\b|\b(?:null|alternative) hypothes|\brequired\b|"
    r"\bto (?:detect|show|demonstrate)\b|\b(?:hypothesi[sz]|assum)(?:ed|ing|ption)|"
    r"\bwere needed\b|\bnon-?inferiority\b|\btwo-stage\b|\baccrual\b",
    re.IGNORECASE,
)
_INTERVALS = re.compile(r"\bconfidence|\bCIs?\b|\bcredible\b")
_ENTRY = re.compile(
    r"\b(?:univari\w+|entered|enter|inclu\w+|selected|select\w*|candidate|variables?|factors?|"
    r"predictors?|interactions?|proportionality|stepwise)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\bsubgroups?\b|\binterim\b|\bmultiplicity\b|\bbonferroni\b|\bmultiple (?:comp|test)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:and|or)\s(?:P\s?)?(?:<|≤|less than|below|of)?\s?(0?[.·]\d{1,3})\b")
_SIGNIFICANT = re.compile(r"\bsignifican|\bthreshold\b|\bcut-?off\b", re.IGNORECASE)
_LEVEL = re.compile(
    r"\b[Pp](?:[-\s]?(?:values?|levels?))?\s*(?:(?:of|was|were|is|are|set at|at)\s)?\s*"
    r"(?:<|>|≤|<=|⩽|&lt;|less than|below|under|lower than|smaller than|equal to or less than|"
    r"at or below|of)\s*(?:or equal to\s*)?(0?[.·,]\d{1,3})\b"
    r"|\b(?:significance|alpha|α)(?:\s?(?:level|error))?\s*(?:was|were|is|of|=|at|set|to|be|"
    r"defined|as|a|the|considered|fixed|[<≤:,(P]|\s)*(0?[.·,]\d{1,3})\b"
    r"|\b(?:level|alpha|α)\s*(?:of|=|at|was set (?:at|to))\s*(\d{1,2})\s?%"
    r"|\b(\d{1,2})\s?%\s+(?:significance )?level\b",
)
_ADJUSTED = re.compile(
    r"\bstratified (?:by [\w\s]{3,40})?(?:log|cox|test|analys|chi|cochran|mantel|model|wilcoxon)|"
    r"\badjust(?:ed|ing|ment)?\s+(?:for|by|to|analys|odds|models?|hazard|p\b)|\bcovariates?\b|"
    r"\bmultivari(?:ate|able)\b|\bpropensity\b|\binverse[-\s]probability\b|\bweighted\b|"
    r"\bmantel[-–\s]+haens?zel|\bmixed[-\s](?:effects|model)|\bestimating equations?\b",
    re.IGNORECASE,
)
_NOT_ADJUSTED = re.compile(
    r"\bunadjusted\b|\bno adjustment|\b(?:without|not) adjust|\bfor multipl|\bbonferroni|"
    r"\bmultiplicity",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manuscript says of its tests.

    Attributes:
        alpha: level below which a P value is called significant; 0.05 where nothing is said.
        sides: 1 or 2 where the text says that tests are one- or two-sided, else None.
        tests: keys of the tests that the text names: "fisher", "chi-squared", "yates", "t",
            "welch", "mann-whitney", "anova", "kruskal-wallis", "log-rank", "cox", "logistic",
            "mcnemar", "wilcoxon signed-rank", "paired t", "trend", "cmh", ...
        adjusted: whether tests may be adjusted, stratified or weighted for other factors.
        places: the sentences that say so.
    """

    alpha: float = 0.05
    sides: int | None = None
    tests: frozenset[str] = frozenset()
    adjusted: bool = False
    places: tuple[Place, ...] = ()


def declared(document: Document, prose: Prose) -> Declared:
    """Read level, sides and names of the tests from the methods of a manuscript.

    What is planned (power, sample size, hypotheses) is no test that was done: its one-sided
    level says nothing of the P values that are printed. Where several levels are declared, 0.05
    is taken if it is among them, else the greatest; where sentences differ about the sides,
    nothing is declared.
    """
    levels: list[float] = []
    sides: list[int] = []
    tests: set[str] = set()
    adjusted = False
    places: list[Place] = []
    for sentence in _methods(prose):
        text = sentence.text
        planned = bool(_PLANNING.search(text))
        said = named_tests(text) if not planned and _USED.search(text) else frozenset()
        tests |= said
        own = [] if planned else list(_levels(text))
        levels += own
        found = None if planned else _sides(text)
        if found is not None:
            sides.append(found)
        other = not planned and bool(_ADJUSTED.search(text)) and not _NOT_ADJUSTED.search(text)
        adjusted = adjusted or other
        if said or own or found is not None or other:
            places.append(_place(document, sentence))
    alpha = 0.05 if not levels or 0.05 in levels else max(levels)
    side = sides[0] if len(set(sides)) == 1 else None
    return Declared(alpha, side, frozenset(tests), adjusted, tuple(places))


def _methods(prose: Prose) -> Iterator[Sentence]:
    """Sentences of the methods; where a paper has none, of all its own text that is no result."""
    sections = {s.section for s in prose.sentences}
    kinds = {"methods"} if "methods" in sections else {"abstract", "other", "results"}
    for sentence in prose.sentences:
        if sentence.source is not Source.PARAGRAPH:
            continue
        if sentence.section in kinds or (
            sentence.section not in ("references", "introduction", "discussion", "methods")
            and _sides(sentence.text) is not None
            and re.search(r"\b(?:all|reported|tests? were)\b", sentence.text, re.IGNORECASE)
        ):
            yield sentence


def _levels(text: str) -> Iterator[float]:
    """Levels that a sentence calls those of significance; of choosing variables it is none."""
    if not _SIGNIFICANT.search(text) and not re.search(r"\balpha\b|α", text):
        return
    if _ENTRY.search(text) and not re.search(
        r"\bconsidered\b|\bregarded\b|\bindicat|\bdeemed\b|\bdefined\b|\bset\b", text
    ):
        return
    if _APART.search(text):
        return
    found = [m.groups() for m in _LEVEL.finditer(text)]
    if found:
        found += [(m.group(1), None, None, None) for m in _NEXT.finditer(text)]
    for one, other, whole, percent in found:
        part = one or other
        if part is not None:
            value = float("0" + part.lstrip("0").replace(",", ".").replace("·", "."))
        else:
            value = int(whole or percent or 0) / 100
        if 0 < value <= 0.2:
            yield value


def _sides(text: str) -> int | None:
    """The sides of the tests that a sentence speaks of; of intervals and plans it is none."""
    if _PLANNING.search(text):
        return None
    if _INTERVALS.search(text) and not re.search(
        r"\btests?\b|\b[Pp][-\s]?values?\b|\b[Pp]\b", text
    ):
        return None
    return named_sides(text)


def _place(document: Document, sentence: Sentence) -> Place:
    start, end = sentence.span(0, len(sentence.text))
    return Place(
        document.name,
        "text",
        document.text[start:end],
        section=sentence.title or None,
        start=start,
        end=end,
    )

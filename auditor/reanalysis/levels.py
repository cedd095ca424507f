"""Every level of significance that a manuscript may judge its P values by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from auditor.manuscript import Manuscript
from auditor.printed import scan_numbers
from auditor.reanalysis.significance_words import LONGEST
from auditor.statement import Sentence

USUAL = Fraction(1, 20)

_LEVEL = re.compile(
    r"(?:\balpha\b|α|\btype I error(?: rate)?\b|\bsignifican(?:ce|t)\b(?: (?:level|threshold|if|"
    r"when|for|at|was|were|set|accepted|defined|considered|declared|assumed|as|to|be|a|the|of|with|"
    r"two|one|sided|tailed|p|values?)\b)*|\bp[- ]?values?\b(?: (?:of|less|lower|smaller|below|than|"
    r"under))*|\bp\b)\s*\W{0,4}\s*(?P<n>(?:0|1)?[.·,]\d+|\d+(?:\.\d+)? ?%)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"signific|\balpha\b|α|type I error|\bp[- ]?values?\b|\bp\s*[<≤]", re.IGNORECASE
)
_MULTIPLE = re.compile(
    r"bonferroni|\bholm\b|hochberg|sidak|šidák|\btukey\b|multiple (?:test|comparison)|multiplicity|"
    r"false discovery|hierarchical(?:ly)? (?:test|procedure)|gatekeep|fixed[- ]sequence|"
    r"o.?brien[- –]fleming|lan[- –]demets|alpha[- ]spending|interim analys|family-?wise|"
    r"stopping bound|\bscheff",
    re.IGNORECASE,
)
_SELECTION = re.compile(
    r"univari|multivari|\benter|\bcandidate|\bstepwise|\bnormality|\bnormal distribution|"
    r"\bheterogeneity|\bselected\b|\bretained\b|\bincluded in\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:considered|regarded|deemed|defined|accepted|taken|set|judged|indicat\w+)\b[^.;]{0,60}"
    r"\bsignifican|\bsignifican\w+\b[^.;]{0,60}\b(?:considered|regarded|deemed|defined|accepted|"
    r"taken|set|judged|level)\b",
    re.IGNORECASE,
)
_STRICTER = re.compile(r"(?<![\d.·,=])0?[.·]0\d{1,3}\b(?! ?%)")
_LEAST, _MOST = Fraction(1, 1000), Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels that the methods name, 0.05 always among them.

    Attributes:
        all: as fractions. ``multiple``: whether tests are adjusted for their number or for
            looks at the data, so that a stricter level than any printed one may hold; not where
            the methods print the stricter level themselves.
    """

    all: frozenset[Fraction]
    multiple: bool

    @property
    def least(self) -> Fraction:
        """The strictest level that may hold; 0.001 where tests are adjusted for their number and
        the methods do not print the stricter level."""
        return min(*self.all, _LEAST) if self.multiple else min(self.all)

    @property
    def greatest(self) -> Fraction:
        return max(self.all)


def _corrected(sentence: Sentence) -> frozenset[Fraction]:
    """The level that a sentence on Bonferroni's correction prints: "compared with 0.0167".

    Other corrections have one for each step or look, of which not all need be printed.
    """
    if any(word.lower() != "bonferroni" for word in _MULTIPLE.findall(sentence.text)):
        return frozenset()
    numbers = (n.fraction for m in _STRICTER.finditer(sentence.text) for n in scan_numbers(m[0]))
    return frozenset(level for level in numbers if _LEAST <= level < USUAL)


def levels(manuscript: Manuscript) -> Levels:
    """The levels named in sentences on methods, wherever they stand."""
    found = {USUAL}
    multiple = False
    for sentence in manuscript.prose.sentences:
        if len(sentence.text) > LONGEST:
            continue
        if _MULTIPLE.search(sentence.text):
            printed = _corrected(sentence) if sentence.section == "methods" else frozenset()
            found |= printed
            multiple = multiple or not printed
        if sentence.section != "methods" or not _SPEAKS.search(sentence.text):
            continue
        if _SELECTION.search(sentence.text) and not _CALLED.search(sentence.text):
            continue  # what enters a model, not what is called significant
        for match in _LEVEL.finditer(sentence.text):
            for number in scan_numbers(match["n"])[:1]:
                level = number.fraction / 100 if number.percent else number.fraction
                if _LEAST <= level <= _MOST:
                    found.add(level)
    return Levels(frozenset(found), multiple)

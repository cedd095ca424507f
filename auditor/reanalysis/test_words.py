"""Words beside a P value: which test it is from, and which keep it from being one of counts."""

from __future__ import annotations

import re

from auditor.reanalysis.naming import named_sides, named_tests

_BY_LETTER = (
    ("yates", re.compile(r"\byates\b|\bcontinuity[- ]correct", re.IGNORECASE)),
    ("trend", re.compile(r"\bfor (?:linear )?trend\b", re.IGNORECASE)),
)
_FIRST = ("fisher", "mcnemar", "cmh", "trend", "likelihood ratio", "mid-p", "barnard", "boschloo")
_DOUBLED = re.compile(r"\b2\s?P\b")


def test_named(words: str) -> str:
    """The test of counts that the words name, a key of ``Declared.tests``, or ""."""
    found = named_tests(words)
    for name, pattern in _BY_LETTER:
        if pattern.search(words):
            return name
    return next((n for n in (*_FIRST, "chi-squared") if n in found), "")


def sides_named(words: str) -> int | None:
    """1 or 2 where the words say that a P value is one- or two-sided, else None."""
    return 2 if _DOUBLED.search(words) else named_sides(words)


_OTHER = re.compile(
    r"\blog[- ]?rank|\bwilcoxon|\bmann[- ]whitney|\bkruskal|\bwald\b|\bcox\b|\bproportional hazard"
    r"|\bt[- ]?tests?\b|\banova\b|\bancova\b|\banalysis of (?:co)?variance|\bspearman|\bcorrelat"
    r"|\bpearson(?:['’]s)? (?:r\b|corr)|\bmixed model|\blinear model|\bregression|\blogistic"
    r"|\binteraction|\bheterogeneity|\bnon-?inferior|\bequivalence\b|\bpropensity|\bweighted\b"
    r"|\bmulti-?variat|\bmulti-?variab|\badjust(?:ed|ment|ing)\b|\bbonferroni\b|\bmatched\b"
    r"|\bchanges? from baseline|\bmeta-?analy|\bhazard|\bkaplan|\bactuarial|\bsimon|\bgray['’]s"
    r"|\bHRs?\b|\bI\^?\{?2\b|\bchange[sd]? (?:in|of|over)\b",
    re.IGNORECASE,
)
"""What no test of the counts of two groups is: survival, means, models, correlations."""


def other_test(words: str) -> str:
    """The words that say that a P value is from no plain test of counts, or ""."""
    found = _OTHER.search(words)
    return found.group() if found else ""


_SURVIVAL = re.compile(
    r"\b(?:OS|PFS|DFS|EFS|RFS|TTP|TTF|MFS|DoR)\b|\bsurviv|\btime to\b|\bincidence at\b"
    r"|\bcumulative incidence|\bestimated\b|\bfree(?:dom)? (?:of|from)\b",
    re.IGNORECASE,
)


def of_survival(words: str) -> bool:
    """Whether the words speak of survival or times to events, whose shares are estimates."""
    return _SURVIVAL.search(words) is not None


_UNTIMED = re.compile(
    r"\badverse|\btoxic|\bgrades?\b|\bAEs?\b|\bhospital"
    r"|\b(?:within|at|after) \S+ (?:days?|weeks?)\b|\b(?:30|28|60|90)-day",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:died|dead|deaths?|mortality|alive|progress(?:ed|ion)|relaps\w*|recurren\w*|recurred"
    r"|primary (?:end ?point|outcome)|events?)\b",
    re.IGNORECASE,
)


def timed_event(words: str) -> bool:
    """Whether what is counted comes in time, so that a survival test may have compared it."""
    return _TIMED.search(words) is not None and _UNTIMED.search(words) is None


_MEASURED = re.compile(
    r"\bmeans?\b|\bmedians?\b|\bchanges?\b|\bscores?\b|\blevels?\b|\bconcentration|\bdecrease[sd]?\b"
    r"|\breduction in\b|\bincrease[sd]? in\b|\bintensity\b|\bvolume|\bejection fraction"
    r"|\bpercentage points?|\bcompliance\b|\bsensitivity\b|\bspecificity\b|\bAUC\b",
    re.IGNORECASE,
)


def measured(words: str) -> bool:
    """Whether what a percentage states is measured, and no share of patients."""
    return _MEASURED.search(words) is not None


def stratified(words: str) -> bool:
    """Whether the words say that a test was done within strata."""
    return re.search(r"\bstratif", words, re.IGNORECASE) is not None


_PAIRED = re.compile(
    r"\bmc\s?nemar|\bpaired\b|\bbefore and after\b[^.;]{0,60}\bsame patients\b"
    r"|\bsame patients\b[^.;]{0,60}\bbefore and after\b",
    re.IGNORECASE,
)


def paired(words: str) -> bool:
    """Whether the words say that the same patients are counted twice."""
    return _PAIRED.search(words) is not None


_ALL = re.compile(
    r"\boverall [Pp]\b|\b[Pp] overall\b|\bfor (?:linear )?trend\b|\bglobal [Pp]\b"
    r"|\b(?:all|among|across|between) (?:the )?(?:three|four|five|3|4|5)\b"
    r"|\bfor the (?:three|four|five)\b",
    re.IGNORECASE,
)


def of_all(words: str) -> bool:
    """Whether the words say that one P value compares three and more groups."""
    return _ALL.search(words) is not None

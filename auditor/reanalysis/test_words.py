"""Words beside a P value: which test it is from, and which keep it from being one of counts."""

from __future__ import annotations

import re

_TESTS = (
    ("fisher", re.compile(r"\bfisher", re.IGNORECASE)),
    ("yates", re.compile(r"\byates\b|\bcontinuity[- ]correct", re.IGNORECASE)),
    ("mcnemar", re.compile(r"\bmc\s?nemar", re.IGNORECASE)),
    ("cmh", re.compile(r"\bmantel|\bcmh\b", re.IGNORECASE)),
    ("trend", re.compile(r"\bfor (?:linear )?trend|\btrend test|\barmitage", re.IGNORECASE)),
    (
        "chi-squared",
        re.compile(
            r"\bchi[- ]?squared?\b|[χΧ]\s*\^?\{?[2²]|\bpearson(?:['’]s)? chi", re.IGNORECASE
        ),
    ),
)
_ONE = re.compile(r"\b(?:one|1)[- ]?(?:sided|tailed)\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|2)[- ]?(?:sided|tailed)\b|\b2\s?P\b", re.IGNORECASE)


def test_named(words: str) -> str:
    """The test of counts that the words name, a key of ``Declared.tests``, or ""."""
    return next((name for name, pattern in _TESTS if pattern.search(words)), "")


def sides_named(words: str) -> int | None:
    """1 or 2 where the words say that a P value is one- or two-sided, else None."""
    one, two = _ONE.search(words), _TWO.search(words)
    if (one is None) == (two is None):
        return None
    return 1 if one else 2


_OTHER = re.compile(
    r"\blog[- ]?rank|\bwilcoxon|\bmann[- ]whitney|\bkruskal|\bwald\b|\bcox\b|\bproportional hazard"
    r"|\bt[- ]?tests?\b|\banova\b|\bancova\b|\banalysis of (?:co)?variance|\bspearman|\bcorrelat"
    r"|\bpearson(?:['’]s)? (?:r\b|corr)|\bmixed model|\blinear model|\bregression|\blogistic"
    r"|\binteraction|\bheterogeneity|\bnon-?inferior|\bequivalence\b|\bpropensity|\bweighted\b"
    r"|\bmulti-?variat|\bmulti-?variab|\badjust(?:ed|ment|ing)\b|\bbonferroni\b|\bmatched\b"
    r"|\bchanges? from baseline|\bmeta-?analy|\bhazard|\bkaplan|\bactuarial|\bsimon|\bgray['’]s",
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


_TIMED = re.compile(
    r"\b(?:died|dead|deaths?|alive|progress(?:ed|ion)|relaps\w*|recurren\w*|recurred|metastas[ei]s"
    r"|primary (?:end ?point|outcome)|events?)\b",
    re.IGNORECASE,
)


def timed_event(words: str) -> bool:
    """Whether what is counted comes in time, so that a survival test may have compared it."""
    return _TIMED.search(words) is not None and not re.search(
        r"\badverse|\btoxic|\bgrades?\b|\bAEs?\b", words, re.IGNORECASE
    )


_MEASURED = re.compile(
    r"\bmeans?\b|\bmedians?\b|\bchanges?\b|\bscores?\b|\blevels?\b|\bconcentration|\bdecrease[sd]?\b"
    r"|\breduction in\b|\bincrease[sd]? in\b|\bintensity\b|\bvolume|\bejection fraction"
    r"|\bpercentage points?|\bcompliance\b|\bsensitivity\b|\bspecificity\b|\bAUC\b",
    re.IGNORECASE,
)


def measured(words: str) -> bool:
    """Whether what a percentage states is measured, and no share of patients."""
    return _MEASURED.search(words) is not None


_PAIRED = re.compile(
    r"\bmc\s?nemar|\bpaired\b|\bbefore and after\b[^.;]{0,60}\bsame patients\b"
    r"|\bsame patients\b[^.;]{0,60}\bbefore and after\b",
    re.IGNORECASE,
)


def paired(words: str) -> bool:
    """Whether the words say that the same patients are counted twice."""
    return _PAIRED.search(words) is not None

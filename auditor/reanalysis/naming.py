"""Words by which papers name statistical tests, and the sides of tests."""

from __future__ import annotations

import re

_CHI = r"(?:(?:χ|[xX]|chi)\s?(?:\^?\{?2\}?|²)|chi[-\s]?squared?|c2)"
_TESTS: dict[str, str] = {
    "fisher": r"\bfisher(?:['’´`]?s)?\b(?!\s+z)|\bexact tests?\b(?! for trend)",
    "chi-squared": rf"(?<![\w.]){_CHI}|\bpearson(?:['’]?s)?\s+{_CHI}|\bpearson['’]s test\b",
    "yates": r"\byates\b|\bcontinuity[-\s]correct",
    "likelihood ratio": r"\blikelihood[-\s]ratio\b",
    "mid-p": r"\bmid[-\s]?p\b",
    "barnard": r"\bbarnard",
    "boschloo": r"\bboschloo",
    "mcnemar": r"\bmc\s?nemar",
    "trend": r"\bcochran[-–\s]+armitage|\btests? for (?:linear )?trends?\b|\btrend tests?\b"
    r"|\blinear[-\s]by[-\s]linear",
    "cmh": r"\bmantel[-–\s]+haens?zel|\bcmh\b",
    "z": r"\bz[-\s]tests?\b",
    "t": r"\b(?:student(?:s|['’´`]s|s['’])?['’]?\s+)?t[-\s]?tests?\b|\bstudent(?:['’´`]?s)?\s+t\b",
    "paired t": r"\bpaired (?:samples? |sample[sd]? |student(?:['’]?s)? )?t\b",
    "welch": r"\bwelch|\bunequal variances?\b",
    "mann-whitney": r"\bmann[-–\s]+whitney|\brank[-\s]sum\b"
    r"|\bwilcoxon(?:['’]s)?\s+(?:test|two-sample)",
    "wilcoxon signed-rank": r"\bsigned[-\s]rank",
    "kruskal-wallis": r"\bkruskal",
    "anova": r"\banova\b|\banalys[ie]s of variance\b",
    "ancova": r"\bancova\b|\banalys[ie]s of covariance\b",
    "friedman": r"\bfriedman\b",
    "log-rank": r"\blog[-\s]?rank\b",
    "gehan": r"\bgehan|\bbreslow\b|\btarone",
    "gray": r"\bgray(?:['’]s)? test|\bfine (?:and|&) gray\b",
    "cox": r"\bcox\b|\bproportional[-\s]hazards?\b",
    "logistic": r"\blogistic\b",
    "regression": r"(?<!\bcox )(?<!\bhazards )(?<!\bhazard )\bregressions?\b"
    r"|\bgenerali[sz]ed linear\b",
    "gee": r"\bgeneral[iz]s?ed estimating\b|\bgees?\b",
    "mixed model": r"\bmixed(?:[-\s]effects?)?(?: linear| regression)?[-\s]models?\b"
    r"|\brepeated measures\b",
    "spearman": r"\bspearman|\brank correlation\b",
    "pearson correlation": r"\bpearson(?:['’]?s)?\s+(?:product[-\s]moment |linear )?correlation",
    "kappa": r"\bkappa\b",
    "permutation": r"\bpermutation tests?\b|\brandomi[sz]ation tests?\b|\bexact probability\b",
    "bootstrap": r"\bbootstrap",
    "bayes": r"\bbayes",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TESTS.items()}

OF_COUNTS = frozenset(
    {
        "fisher",
        "chi-squared",
        "yates",
        "likelihood ratio",
        "mid-p",
        "barnard",
        "boschloo",
        "mcnemar",
        "trend",
        "z",
    }
)
"""Tests of counts alone: nothing but the counts enters them."""

MODELS = frozenset({"cmh", "logistic", "regression", "gee", "mixed model", "permutation", "bayes"})
"""Tests of counts into which other things enter as well."""

OF_TIMES = frozenset({"log-rank", "gehan", "gray", "cox"})
"""Tests of times to events."""

OF_VALUES = frozenset(
    {
        "t",
        "paired t",
        "welch",
        "mann-whitney",
        "wilcoxon signed-rank",
        "kruskal-wallis",
        "anova",
        "ancova",
        "friedman",
        "spearman",
        "pearson correlation",
    }
)
"""Tests of measured or ranked values."""

_SIDES = {
    1: re.compile(r"\b(?:one|1|single)[-–\s]*(?:sided|tailed)\b", re.IGNORECASE),
    2: re.compile(r"\b(?:two|2|double)[-–\s]*(?:sided|tailed|tail|sides)\b", re.IGNORECASE),
}


def named_tests(text: str) -> frozenset[str]:
    """Keys of the tests that a text names, as ``Declared.tests`` has them."""
    found = {name for name, pattern in _PATTERNS.items() if pattern.search(text)}
    if "paired t" in found and not re.search(
        r"(?<!paired )(?<!paired student's )\bt[-\s]?tests?\b", text, re.IGNORECASE
    ):
        found.discard("t")
    return frozenset(found)


def named_sides(text: str) -> int | None:
    """1 or 2 where a text speaks of one-sided or of two-sided tests, None if of both or none."""
    found = [sides for sides, pattern in _SIDES.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None

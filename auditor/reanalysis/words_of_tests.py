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


_MODEL = re.compile(
    r"\bpropensity|\bweighted\b|\bmulti-?variat|\bmulti-?variab|\badjust(?:ed|ment|ing)\b"
    r"|\bmatched\b|\bregression|\blogistic|\bproportional hazard|\bmeta-?analy|\bmixed model"
    r"|\blinear model|\bbonferroni\b|\bnon-?inferior|\bequivalence (?:margin|test)|\bhistorical"
    r"|\bimput(?:ed|ation)|\bbootstrap|\bbayes",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\blog[- ]?rank|\bwilcoxon|\bmann[- ]whitney|\bkruskal|\bwald(?:['’]s)? (?:test|chi|stat|p\b)"
    r"|\bcox\b|\bt[- ]?tests?\b"
    r"|\banova\b|\bancova\b|\banalysis of (?:co)?variance|\bspearman|\bcorrelat"
    r"|\bpearson(?:['’]s)? (?:r\b|corr)|\binteraction|\bheterogeneity"
    r"|\bnull hypothesis|\bpatient-years|\bperson-years|\bper 100\b|\bannual"
    r"|\b(?:from|with|to|versus|vs\.?) baseline\b|\bhazard|\bkaplan|\bactuarial|\bgray['’]s"
    r"|\bsimon['’]s|\bHRs?\b|\bI\^?\{?2\b|\bchange[sd]? (?:in|of|over)\b",
    re.IGNORECASE,
)
"""What no test of the counts of two groups is: survival, means, correlations."""


def other_test(words: str, sentence: str = "") -> str:
    """The words that say that a P value is from no plain test of counts, or "".

    Args:
        words: that speak of the P value; ``sentence``: all up to it, whose models and adjustments
            hold for it too.
    """
    found = _OTHER.search(words) or _MODEL.search(words) or _MODEL.search(sentence)
    return found.group() if found else ""


_SURVIVAL = re.compile(
    r"\b(?:OS|PFS|DFS|EFS|RFS|TTP|TTF|MFS|DoR)\b|\bsurviv|\btime to\b|\bincidence at\b"
    r"|\bcumulative incidence|\bestimated\b|\bfree(?:dom)? (?:of|from|at)\b|-free\b"
    r"|\b(?:progression|event|relapse|disease|recurrence|failure) free\b|\bfree of\b"
    r"|\bloco-?regional control|\blocal control|\bLRC\b|\bdurable|\bduration\b",
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
    r"|\b(?:improv|increas|decreas|declin|reduc)\w*\s+by\b"
    r"|\bpercentage points?|\bcompliance\b|\bsensitivity\b|\bspecificity\b|\bAUC\b",
    re.IGNORECASE,
)


_AGAIN = re.compile(
    r"\bsensitivit|\bspecificit|\baccura|\bdetection rate|\bconcordan|\bpredictive value"
    r"|\bbefore\b.{0,40}\bafter\b|\bpre-?(?:treatment|operative|test)\b.{0,60}\bpost-?"
    r"|\b(?:increased|decreased|rose|fell|dropped|improved|declined|changed|went) from\b"
    r"|\bfrom \d+(?:\.\d+)?%[^.;]{0,40} to \d",
    re.IGNORECASE | re.DOTALL,
)


def counted_again(words: str) -> bool:
    """Whether the same patients may be counted in both groups: two tests, before and after."""
    return _AGAIN.search(words) is not None


_CLUSTERED = re.compile(
    r"(?<![\w-])\d+\)?\s+(?:\([^()]*\)\s+)?(?:of\s+\d+\s+)?(?:(?!with|of|in|and|had|were|from|for)[a-z-]+\s+){0,2}(?:lesions|eyes|cycles|samples"
    r"|specimens|implants|teeth|embryos|nodes|infusions|biopsies|visits|cells|episodes|metastases"
    r"|tumou?rs|cent(?:er|re)s|hospitals|procedures|courses|scans|measurements|knees|hips|limbs"
    r"|vessels|grafts|nodules|aneurysms|catheters|admissions|pregnancies|events)\b",
    re.IGNORECASE,
)


def clustered(words: str) -> bool:
    """Whether lesions, samples or cycles are counted, of which a patient has several."""
    return _CLUSTERED.search(words) is not None


_UNIVARIATE = re.compile(r"\b(?:uni|bi)-?varia", re.IGNORECASE)


def univariate(words: str) -> bool:
    """Whether the P value may be of a model of one variable."""
    return _UNIVARIATE.search(words) is not None


_SEVERAL_P = re.compile(
    r"^\s*(?:,|;|and|&|/)+\s*(?:and\s+)?(?:[Pp]\s*(?:value)?\s*)?[=<>≤≥]?\s*0?[.·]\d"
)


def several(behind: str) -> bool:
    """Whether another P value follows at once: "(P = 0.01 and 0.3, respectively)"."""
    return _SEVERAL_P.search(behind) is not None


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

"""Words beside a P value that say that it tests something else than the numbers next to it."""

from __future__ import annotations

import re

_ELSE = re.compile(
    r"\binteract|\bheterogeneity|\bhomogeneity|\b(?:for|of|linear) trend\b|\btrend test"
    r"|\bp[-\s_]?(?:trend|int|het|ni|interaction)\b|\btest for trend|\bnon-?\s?inferior"
    r"|\bequivalence\b|\blinearity\b|\bproportionality\b|\boverall p\b|\bomnibus\b"
    r"|\bgoodness|\bhosmer|\bschoenfeld",
    re.IGNORECASE,
)
_ALTERED = re.compile(
    r"\bbonferroni|\bholm\b|\bhochberg|\btukey|\bdunnett|\bfdr\b|\bfalse discovery|\bq[- ]value"
    r"|\bmultiplicity|\bmultiple (?:comparison|test)|\badjusted p\b|\bcorrected p\b|\bp[- ]?adj"
    r"|\bscheff|\bsidak|\bšidák|\bpost[- ]?hoc|\bpermutation|\bbootstrap|\bmonte[- ]carlo"
    r"|\bgreenhouse|\bhuynh|\brandomi[sz]ation test",
    re.IGNORECASE,
)
_ADJUSTED = re.compile(
    r"\badjust|\bmulti-?\s?vari|\bancova\b|\bcovariance\b|\bleast[- ]squares?\b|\bLS\b"
    r"|\bmixed[- ](?:effects?|model)|\bmmrm\b|\brepeated[- ]measures?\b|\bregression\b"
    r"|\bpropensity|\bweighted\b|\blog[- ]?transform|\bgeometric"
    r"|\bgeneral(?:i[sz]ed)? (?:linear|estimating)|\bimput",
    re.IGNORECASE,
)
_PAIRED = re.compile(
    r"\bpaired\b|\bmatched\b|\bwithin[- ](?:group|subject|patient)s?\b|\bcross-?over\b"
    r"|\bsigned[- ]rank",
    re.IGNORECASE,
)
_RANKS = re.compile(
    r"\bmann[-\s–]+whitney|\bwilcoxon|\brank[- ]sum|\bkruskal|\bnon-?\s?parametric|\bmedian test"
    r"|\bU[- ]test",
    re.IGNORECASE,
)
_PARAMETRIC = re.compile(
    r"\bt[-\s–]?tests?\b|\bstudent|\bwelch\b|\banova\b|\banalys[ie]s of variance|\bF[- ]tests?\b",
    re.IGNORECASE,
)
_CRUDE = re.compile(r"\bcrude\b|\bun-?adjusted\b|\buni-?vari", re.IGNORECASE)
_OTHERS = re.compile(r"\badjusted\b(?! p\b)|\bmulti-?vari|\ba(?:OR|HR|RR)\b", re.IGNORECASE)
_HEART = re.compile(r"\bbeats?\b|\bbpm\b|\bheart rate\b|/min\b|\bper minute\b", re.IGNORECASE)
_LOG_RANK = re.compile(r"\blog[-\s–]*rank\b", re.IGNORECASE)


def model(words: str) -> str:
    """ "adjusted" or "crude" as the words of a header call their estimate, or ""."""
    crude, other = bool(_CRUDE.search(words)), bool(_OTHERS.search(words))
    return "" if crude is other else "crude" if crude else "adjusted"


def of_something_else(words: str) -> bool:
    """Interaction, trend, heterogeneity, non-inferiority: not the P value of one estimate."""
    return bool(_ELSE.search(words))


def altered(words: str) -> bool:
    """Whether P values may be corrected for multiple tests, or found by resampling."""
    return bool(_ALTERED.search(words))


def adjusted(words: str) -> bool:
    """Whether the words name a model that adjusts for other factors."""
    return bool(_ADJUSTED.search(words))


def paired(words: str) -> bool:
    """Whether the words name a comparison within the same patients."""
    return bool(_PAIRED.search(words))


def of_ranks(words: str) -> bool:
    """Whether the words name a test of ranks, and none of means."""
    return bool(_RANKS.search(words)) and not _PARAMETRIC.search(words)


def names_ranks(words: str) -> bool:
    """Whether the words name a test of ranks."""
    return bool(_RANKS.search(words))


def of_means(words: str) -> bool:
    """Whether the words name a t test or an analysis of variance."""
    return bool(_PARAMETRIC.search(words))


def log_rank(words: str) -> bool:
    """Whether the words name the log-rank test."""
    return bool(_LOG_RANK.search(words))


def of_hearts(words: str) -> bool:
    """Whether "HR" may be a heart rate."""
    return bool(_HEART.search(words))

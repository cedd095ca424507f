"""The conventions under which endpoints are computed: named, explicit, and compared by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResponseConvention:
    """How best overall response and response endpoints follow from responses at visits.

    Attributes:
        name: of the convention, shown wherever it was used.
        start: column of the patients table from which days are counted; assessments before it
            do not count.
        evaluator: whose assessments count, as EVAL (or EVALID) spells it; "" for the only one
            there is, or the investigator among several.
        confirmed: whether the best response needs confirmation (CBOR instead of BOR).
        confirmation_days: least days between a response and its confirmation.
        max_ne_between: how many NE may stand between the two; None for any number.
        sd_between: whether SD may stand between a PR and its confirmation.
        max_sd_between: how many, where they may; None for any number.
        pd_after_cr: whether PR, SD or NON-CR/NON-PD after CR is PD (RECIST 1.1, Table 3,
            footnote a: the disease must have reappeared).
        sd_window_days: least days from ``start`` after which SD counts as a best response;
            without such an SD the best response is PD where a progression follows, else NE.
        sd_window_from: column from which these days are counted instead; "" for ``start``.
        missing_as_ne: whether a subject without assessment is NE instead of MISSING.
        new_therapy: "ignore", or "censor": only what comes before new anticancer therapy counts.
        impute_day: "last", "first" or "none": which day of the month a date without day stands
            for; with "none" such an assessment does not count.
    """

    name: str
    start: str = "RANDDT"
    evaluator: str = ""
    confirmed: bool = False
    confirmation_days: int = 28
    max_ne_between: int | None = 1
    sd_between: bool = True
    max_sd_between: int | None = 1
    pd_after_cr: bool = True
    sd_window_days: int = 42
    sd_window_from: str = ""
    missing_as_ne: bool = True
    new_therapy: str = "ignore"
    impute_day: str = "none"


RECIST_11 = ResponseConvention(name="RECIST 1.1", max_sd_between=None, impute_day="last")
"""Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.3 and Table 3: a response
is confirmed where its criteria are met "at a subsequent time point". On partial dates the
guideline is silent; they are taken as admiralonco takes them."""

ADMIRALONCO = ResponseConvention(
    name="admiralonco",
    sd_between=False,
    pd_after_cr=False,
    missing_as_ne=False,
    impute_day="last",
)
"""The events that the R package admiralonco predefines (its article "Creating ADRS")."""

RESPONSE_CONVENTIONS = {c.name: c for c in (RECIST_11, ADMIRALONCO)}


@dataclass(frozen=True, slots=True)
class SurvivalConvention:
    """How times are counted and a survival curve is summarised.

    Attributes:
        name: of the convention.
        unit: "days", "weeks", "months" or "years"; a month has 30.4375 days.
        plus_one: whether a time counts both its first and its last day (date - start + 1).
        ci: of the median and of survival at a time: "log-log", "log", "plain", or "symmetric"
            (median +- z * SE of the median, as SPSS prints it).
        level: confidence level.
        median: where the curve is flat at exactly 0.5: "midpoint" of the step (R's print), its
            "midpoint-to-end" also where the step is the last (R's quantile), or "first".
        ties: of Cox regression: "efron" or "breslow".
        new_therapy: "ignore", or "censor" at the last assessment before new anticancer therapy.
        before_start: an event or a censoring before the start is "left-out", or "at-start"
            counts on the day of the start (derive_param_tte of the R package admiral).
    """

    name: str = "R"
    unit: str = "months"
    plus_one: bool = True
    ci: str = "log-log"
    level: float = 0.95
    median: str = "midpoint"
    ties: str = "efron"
    new_therapy: str = "ignore"
    before_start: str = "left-out"

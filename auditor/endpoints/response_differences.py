"""Where two conventions of response differ, for each subject, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.conventions import ADMIRALONCO, RECIST_11, ResponseConvention
from auditor.endpoints.response_dates import ResponseSummary, responses_by_subject
from auditor.frames.cohort import Cohort

REASONS = {
    "missing_as_ne": "a subject without assessment is {}",
    "pd_after_cr": "PR, SD or NON-CR/NON-PD after CR is {}",
    "sd_between": "an SD between a PR and its confirmation is {}",
    "max_sd_between": "several SD between a PR and its confirmation are {}",
    "max_ne_between": "the number of NE between a response and its confirmation is {}",
    "confirmation_days": "the least time to confirmation is {}",
    "sd_window_days": "the least time after which SD counts is {}",
    "sd_window_from": "the least time of SD is counted from {}",
    "start": "days are counted from {}",
    "impute_day": "the day that a partial date stands for is {}",
    "new_therapy": "assessments from new anticancer therapy on are {}",
    "evaluator": "the assessments that count are those of {}",
}
"""Field of a convention -> what differs, to be completed by its two settings."""

_SETTINGS: dict[str, dict[object, str]] = {
    "missing_as_ne": {True: "NE", False: "MISSING"},
    "pd_after_cr": {True: "PD", False: "taken as it stands"},
    "sd_between": {True: "accepted", False: "not accepted"},
    "new_therapy": {"ignore": "counted", "censor": "left out"},
}

PARAMETERS = {
    "BOR": ("best", "best_date"),
    "CBOR": ("confirmed_best", "confirmed_best_date"),
    "PD": (None, "first_pd_date"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One subject whose result depends on the convention.

    Attributes:
        subject: USUBJID.
        parameter: "BOR", "CBOR", or "PD" (date of the first progression).
        first, second: the result under the two conventions; for PD "dated" or "none", or both
            "dated" where the dates differ.
        fields: the settings of the convention that alone, or together, make the difference.
        why: the same in words.
    """

    subject: str
    parameter: str
    first: str
    second: str
    fields: tuple[str, ...]
    why: str


def differences(
    cohort: Cohort,
    first: ResponseConvention = RECIST_11,
    second: ResponseConvention = ADMIRALONCO,
) -> tuple[Difference, ...]:
    """Subjects whose best response or first progression differs between two conventions.

    The reason is found, not assumed: each setting in which the conventions differ is changed
    alone in ``first``; those that change the subject's result are named, and all of them where
    only several together do.

    Raises:
        NotEvaluable: as ``responses_by_subject``.
    """
    one, other = (responses_by_subject(cohort, c) for c in (first, second))
    names = [n for n in REASONS if getattr(first, n) != getattr(second, n)]
    changed = {
        name: responses_by_subject(cohort, replace(first, **{name: getattr(second, name)}))
        for name in names
    }
    return tuple(
        found
        for parameter in PARAMETERS
        for found in _of(parameter, one, other, changed, first, second)
    )


def _of(
    parameter: str,
    one: ResponseSummary,
    other: ResponseSummary,
    changed: dict[str, ResponseSummary],
    first: ResponseConvention,
    second: ResponseConvention,
) -> Iterator[Difference]:
    before, after = _keys(parameter, one), _keys(parameter, other)
    differ = [s for s in before if before[s] != after[s]]
    if not differ:
        return
    alone = {name: _keys(parameter, summary) for name, summary in changed.items()}
    for subject in differ:
        fields = tuple(n for n, keys in alone.items() if keys[subject] != before[subject])
        fields = fields or tuple(changed)
        yield Difference(
            subject=subject,
            parameter=parameter,
            first=before[subject][0],
            second=after[subject][0],
            fields=fields,
            why="; ".join(_told(name, first, second) for name in fields),
        )


def _keys(parameter: str, summary: ResponseSummary) -> dict[str, tuple[str, str]]:
    """Subject -> result and, where the result is a date, the date (compared, never shown)."""
    value, date = PARAMETERS[parameter]
    dates = summary.frame[date].astype("string").fillna("")
    if value is not None:
        return {str(s): (str(v), "") for s, v in summary.frame[value].items()}
    return {str(s): ("dated" if d else "none", str(d)) for s, d in dates.items()}


def _told(name: str, first: ResponseConvention, second: ResponseConvention) -> str:
    sides = (_setting(name, c) + f" ({c.name})" for c in (first, second))
    return REASONS[name].format(", ".join(sides))


def _setting(name: str, convention: ResponseConvention) -> str:
    value = getattr(convention, name)
    if name in ("max_ne_between", "max_sd_between"):
        return "any" if value is None else f"at most {value}"
    if name.endswith("_days"):
        return f"{value} days"
    if name == "sd_window_from":
        return str(value or convention.start)
    return str(
        _SETTINGS.get(name, {}).get(value, value or "the only evaluator, or the investigator")
    )

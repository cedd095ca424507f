"""The confidence interval of a hazard ratio is narrower than its events allow.

## What it does
The standard error of a log hazard ratio between two groups is at least sqrt(1/d1 + 1/d2), and never
below 2/sqrt(d) for d events in all. Compares it with the error that the printed interval implies,
as rounding allows, where the same row, block or sentence counts the events; where it does not, the
number of all patients stands for that of the events. Ten per cent of leeway is given, since
covariates and the estimate itself move the error a little; weighting can move it more, and the
finding is then a note.

## Why it matters
Too narrow an interval claims more information than the study has: a bound is mistyped, the events
are of another endpoint, or patients were counted several times.

## Example
HR 0.70 (95% CI 0.65 to 0.75) with 30 and 40 deaths: the interval implies a standard error of 0.04,
70 deaths allow no less than 0.24.

## References
Schoenfeld D. The asymptotic properties of nonparametric tests for comparing survival distributions.
Biometrika 1981;68:316-319. Parmar MK, Torri V, Stewart L. Stat Med 1998;17:2815-2834.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.mentions import mentions
from auditor.reanalysis.hazard_ratios import HazardRatio, hazard_ratios
from auditor.recomputed import Recomputed, Result
from auditor.statistics.plausibility import least_error, log_error

_LEEWAY = 0.9
_WEIGHTED = re.compile(
    r"\bweight(?:ed|ing)\b|\biptw\b|inverse probability|propensity|recurrent|imput|bootstrap|"
    r"individual participant data|meta-?analy",
    re.IGNORECASE,
)


@check(code="PLS002", name="interval-beyond-events")
def interval_beyond_events(manuscript: Manuscript) -> Iterator[Finding | Judged | Recomputed]:
    """Yield the least error that the events allow, and the intervals that fall below it."""
    judged = 0
    patients = _patients(manuscript)
    weighted = any(
        _WEIGHTED.search(s.text) for s in manuscript.prose.sentences if s.section == "methods"
    )
    for ratio in hazard_ratios(manuscript):
        events = ratio.events or ((patients,) if patients and ratio.medians is not None else ())
        if not events or not all(events):
            continue
        judged += 1
        yield Judged(ratio.claims)
        least = least_error(*(events if len(events) < 3 else (sum(events),)))
        most = log_error(*ratio.bounds, ratio.level)
        if ratio.events:
            yield _recomputed(ratio, events, least, most)
        if most < _LEEWAY * least:
            yield _finding(ratio, events, least, most, weighted)
    if not judged:
        raise NotEvaluable("no hazard ratio of two groups stands beside their events")


def _patients(manuscript: Manuscript) -> int:
    """The most patients that any two groups can be together; 0 where nothing says it."""
    together: Counter[str] = Counter()
    most = 0
    for terms, facts in manuscript.linked.people.items():
        number = max((fact.printed.integer or 0 for fact in facts), default=0)
        most = max(most, number)
        if len(terms) == 1:
            together[next(iter(terms)).dimension] += number
    stated = (
        m.number or 0 for f in mentions(manuscript.prose).values() for m in f if m.of_population
    )
    return max(most, *together.values(), *stated, 0)


def _formula(events: tuple[int, ...], least: float) -> str:
    if len(events) == 2:
        return f"sqrt(1/{events[0]} + 1/{events[1]}) = {least:.3f}"
    return f"2/sqrt({sum(events)}) = {least:.3f}"


def _recomputed(
    ratio: HazardRatio, events: tuple[int, ...], least: float, most: float
) -> Recomputed:
    return Recomputed(
        statistic="CI of a hazard ratio",
        of=ratio.where,
        printed=f"{ratio.value.text} ({ratio.lower.text} to {ratio.upper.text})",
        place=ratio.place,
        inputs=(f"events: {', '.join(map(str, events))}",),
        results=(
            Result(
                "least standard error of log HR by the events",
                f"at least {least:.3f}; the interval implies {most:.3f}",
                most >= _LEEWAY * least,
                True,
                "Schoenfeld 1981",
            ),
        ),
        note="covariates and the estimate move the error a little",
    )


def _finding(
    ratio: HazardRatio, events: tuple[int, ...], least: float, most: float, weighted: bool
) -> Finding:
    what = "events" if ratio.events else "patients, even if all had the event,"
    return Finding(
        severity=Severity.NOTE if weighted else Severity.WARNING,
        verdict=Verdict.QUERY,
        message=f"{ratio.where}: the interval {ratio.lower.text} to {ratio.upper.text} is narrower "
        f"than {' and '.join(map(str, events))} {what} allow.",
        places=(ratio.place, *ratio.others),
        reported=f"{ratio.lower.text} to {ratio.upper.text}",
        expected=f"a standard error of log HR of at least {least:.3f}",
        arithmetic=(
            f"(ln {ratio.upper.text} - ln {ratio.lower.text}) / (2 z) = {most:.3f} at most, "
            f"{float(ratio.level):.0%} interval",
            _formula(events, least),
        ),
        conventions=("weighted analysis", "several events of a patient"),
    )

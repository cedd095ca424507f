"""Each reported number beside the cohort, judged under every convention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from auditor.claims import Population
from auditor.comparison import Agreement, Compared, Comparison, population_words
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort
from auditor.manuscript import Manuscript
from auditor.reported.agreement import DAYS, Reading, prints, readings, says_missing
from auditor.reported.alternatives import alternatives
from auditor.reported.candidates import candidates, time_in
from auditor.reported.files import read_results
from auditor.reported.manuscript import from_manuscript
from auditor.reported.model import Reported
from auditor.reported.populations import vocabulary
from auditor.reported.scopes import settled
from auditor.reported.source import Recomputed, Source
from auditor.rounding import unit

SIGNIFICANT = Fraction(1, 20)


def compare_reported(
    manuscripts: Sequence[Manuscript],
    reported_files: Sequence[Path],
    cohort: Cohort,
    recomputed: Recomputed,
) -> Compared:
    """Compare what manuscripts and files of results report with the cohort.

    Args:
        manuscripts: as read; their tables and fractions are compared.
        reported_files: CSV, or CDISC analysis results (ARS or ARD) as JSON.
        cohort: the extract; recomputed: what was recomputed of it.

    Raises:
        InputError: a file of results cannot be read; the message names line and column.
    """
    from auditor.endpoints.recompute import recompute

    words = vocabulary(cohort)
    found: list[Reported] = []
    for manuscript in manuscripts:
        found += from_manuscript(manuscript, words)
    for path in reported_files:
        found += read_results(path, words)
    unit_of_study = cohort.study.survival.unit
    times = {time_in(one, unit_of_study) for one in found if one.at is not None}
    source = Source(cohort, recomputed, recompute, times)
    return Compared(tuple(compare_all(found, source)))


def compare_all(reported: Sequence[Reported], source: Source) -> Iterator[Comparison]:
    """The comparison of each reported number, in order.

    Whether what a caption names restricts a table is settled first (``auditor.reported.scopes``).
    """
    return (compare(one, source) for one in settled(reported, source, agrees))


def agrees(reported: Reported, source: Source) -> bool:
    """Whether some estimate under the study's conventions rounds to the print."""
    known, _ = candidates(reported, source)
    own = _named(known, reported.convention) or known
    return _reproduced(own[:1], reported)[0] is not None


def compare(reported: Reported, source: Source) -> Comparison:
    """One reported number beside the cohort."""
    if reported.why:
        return _not_compared(reported, reported.why)
    known, why = candidates(reported, source)
    if not known:
        return _not_compared(reported, why)
    own = _named(known, reported.convention) or known
    first = own[0]
    usual, unusual = _reproduced(own, reported)
    if usual is not None and usual[1] is first:
        return _made(reported, first, Agreement.AGREES)
    if usual is not None:
        return _by_convention(reported, first, usual)
    if len(own) < len(known):
        other, _ = _reproduced([e for e in known if e not in own], reported)
        if other is not None:
            return _by_convention(reported, first, other)
    for name, estimates in alternatives(reported, source):
        usual, _ = _reproduced(estimates, reported)
        if usual is not None:
            return _by_convention(reported, first, usual, name)
    if unusual is not None:
        return _by_convention(reported, first, unusual)
    return _disagrees(reported, first)


_Found = tuple[Reading | None, Estimate, str]


def _reproduced(
    estimates: Sequence[Estimate], reported: Reported
) -> tuple[_Found | None, _Found | None]:
    """The first estimate of which the print is a rounding: usual, and by an unusual one."""
    unusual: _Found | None = None
    for estimate in estimates:
        if says_missing(reported, estimate):
            return (None, estimate, ""), None
        for reading in readings(estimate, reported):
            printed, odd = prints(reading, reported)
            if printed and not odd and not reading.convention:
                return (reading, estimate, ""), unusual
            # Two unusual things at once would explain nearly any print.
            if printed and unusual is None and not (odd and reading.convention):
                unusual = (reading, estimate, odd or reading.convention)
    return None, unusual


def _named(known: Sequence[Estimate], convention: str) -> tuple[Estimate, ...]:
    """Those under the convention that the report names, if there are any."""
    if not convention:
        return ()
    # "confirmed" is no part of "unconfirmed".
    wanted = re.compile(rf"(?<!\w){re.escape(convention)}", re.IGNORECASE)
    return tuple(e for e in known if any(wanted.search(name) for name in e.conventions))


def _by_convention(
    reported: Reported, first: Estimate, found: _Found, alternative: str = ""
) -> Comparison:
    """Another convention than the study's gives the print: which, and what follows from it."""
    reading, estimate, odd = found
    other = tuple(name for name in estimate.conventions if name not in first.conventions)
    names = tuple(name for name in (alternative, *other, odd) if name)
    return replace(
        _made(reported, first, Agreement.CONVENTION),
        reproduced_by=tuple(dict.fromkeys(names)) or estimate.conventions,
        consequence=_consequence(reported, first),
        steps=tuple(
            dict.fromkeys((*_steps(reported, first), *_steps(reported, estimate, reading)))
        ),
    )


def _disagrees(reported: Reported, first: Estimate) -> Comparison:
    made = _made(reported, first, Agreement.DISAGREES)
    value = next((reading.value for reading in readings(first, reported)), None)
    number = reported.printed
    last = (
        number is not None
        and value is not None
        and made.kind in ("rate", "time", "interval", "test", "summary")
        and abs(value - number.fraction) <= unit(number.decimals)
    )
    return replace(
        made,
        consequence=_consequence(reported, first) or ("one unit in the last digit" if last else ""),
    )


def _not_compared(reported: Reported, why: str) -> Comparison:
    return Comparison(
        endpoint=reported.endpoint,
        statistic=reported.statistic,
        population=population_words(reported.population),
        reported=reported.text,
        recomputed="",
        agreement=Agreement.NOT_COMPARED,
        place=reported.place,
        of=reported.of,
        at=reported.at,
        unit=reported.unit,
        certain=False,
        why=why,
        versus=_words(reported.versus),
    )


def _made(reported: Reported, first: Estimate, agreement: Agreement) -> Comparison:
    return Comparison(
        endpoint=reported.endpoint,
        statistic=reported.statistic,
        population=population_words(reported.population),
        reported=reported.text,
        recomputed=_printed(reported, first),
        agreement=agreement,
        place=reported.place,
        conventions=first.conventions,
        of=reported.of or first.of,
        at=reported.at,
        unit=reported.unit if first.unit in DAYS and reported.unit in DAYS else first.unit,
        certain=reported.certain,
        steps=_steps(reported, first),
        versus=_words(reported.versus or first.versus),
    )


def _words(population: Population | None) -> str:
    return "" if population is None else population_words(population)


def _printed(reported: Reported, estimate: Estimate, reading: Reading | None = None) -> str:
    """The recomputed value, printed as the reported one is."""
    if estimate.value is None:
        return estimate.why or "none"
    usual = reading or next(readings(estimate, reported), None)
    number = reported.printed
    if usual is None:
        return estimate.why
    if number is None:
        return f"{float(usual.value):.4g}"
    if number.relation != "=":
        return f"{float(usual.value):.4g}"
    return number.like(usual.value)


def _steps(
    reported: Reported, estimate: Estimate, reading: Reading | None = None
) -> tuple[str, ...]:
    """How a value came about, in a line that a reader can redo as far as counts go."""
    under = ", ".join(estimate.conventions)
    printed = _printed(reported, estimate, reading)
    if estimate.statistic == "rate" and estimate.value is not None and estimate.n:
        count = round(estimate.value * estimate.n)
        share = f"{count} / {estimate.n} = {100 * count / estimate.n:.2f}%"
        return (f"{share} ({under})" if under else share,)
    if estimate.value is None:
        return (f"{printed} ({under})" if under else printed,)
    precise = f"{estimate.value:.6g} {estimate.unit}".rstrip()
    of = f" of {estimate.n} subjects" if estimate.n else ""
    events = f", {estimate.events} events" if estimate.events is not None else ""
    return (f"{precise}{of}{events}" + (f" ({under})" if under else ""),)


def _consequence(reported: Reported, first: Estimate) -> str:
    number = reported.printed
    if reported.statistic != "p-value" or number is None or first.value is None:
        return ""
    bounds = number.interval()
    below = bounds.upper is not None and bounds.upper <= SIGNIFICANT
    if not below and number.relation == "=":
        below = number.fraction < SIGNIFICANT
    significant = Fraction(first.value) < SIGNIFICANT
    if below and not significant:
        return "significant at 0.05 as reported, not as recomputed"
    if significant and not below:
        return "significant at 0.05 as recomputed, not as reported"
    return ""

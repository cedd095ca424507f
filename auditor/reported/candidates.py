"""The estimates that a reported number may be the print of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.claims import Population
from auditor.comparison import population_words
from auditor.estimate import Estimate
from auditor.reported.agreement import DAYS, EXCHANGED
from auditor.reported.model import Reported
from auditor.reported.source import Found, Source, same
from auditor.study import Study


def candidates(
    reported: Reported, source: Source, study: Study | None = None
) -> tuple[tuple[Estimate, ...], str]:
    """Estimates of the same quantity and population, those under the study's conventions first.

    Where the report says of how many subjects, only estimates of as many are taken.

    Returns:
        The estimates, and why there are none.
    """
    if reported.at is not None:
        study = study or source.cohort.study
        at = time_in(reported, study.survival.unit)
        study = replace(study, landmarks=tuple(sorted({*study.landmarks, *source.landmarks, at})))
    quantity: tuple[Estimate, ...] = ()
    found = Found(())
    # What is known of all populations does not hold every endpoint of each.
    tested = reported.statistic in _TESTS or reported.of in _TESTS
    base, study = _compared(reported, source, study)
    for found in source.of(base, reported.endpoint, study, arms=tested):
        quantity = tuple(e for e in _estimates(reported, found.estimates) if _fits(reported, e))
        if quantity:
            break
    if not quantity and tested:
        quantity = _between_arms(reported, source, study)
    if not quantity and found.why:
        return (), found.why
    if not quantity and study is None and "=" in reported.endpoint:
        attribute, _, value = reported.endpoint.partition("=")
        if not attribute.startswith(("AE", "BOR", "LINE")):
            shared = source.share((attribute, value), reported.population)
            quantity = tuple(e for e in shared.estimates if _fits(reported, e))
    if not quantity:
        return (), _absent(reported)
    if reported.of in _RATIOS and not any(EXCHANGED in e.conventions for e in quantity):
        sides = {"lower": "upper", "upper": "lower"}
        other = replace(reported, statistic=sides[reported.statistic])
        pool = _estimates(reported, found.estimates)
        quantity = (*quantity, *_exchanged(e for e in pool if _fits(other, e)))
    of_category = "=" in reported.endpoint and not reported.endpoint.startswith("BOR=")
    checked = ("count", "rate", "denominator") if of_category else ("count", "rate")
    if reported.stated_n is None or reported.endpoint == "N":
        return quantity, ""
    as_many = tuple(e for e in quantity if e.n == reported.stated_n)
    if reported.of == "rate":
        return as_many or quantity, ""
    if reported.statistic not in checked:
        return quantity, ""
    if not as_many and study is None:
        as_many = _of_set(reported, source)
    if not as_many:
        numbers = " or ".join(str(n) for n in dict.fromkeys(e.n for e in quantity))
        return (), (
            f"the report counts {reported.stated_n} subjects in {_who(reported)}, the extract "
            f"{numbers}: whether the same are meant is open"
        )
    return as_many, ""


def _between_arms(reported: Reported, source: Source, study: Study | None) -> tuple[Estimate, ...]:
    """The one comparison in which an arm can stand: a ratio in its column, where there are two."""
    arm = (study or source.cohort.study).arm
    base = tuple(term for term in reported.population.terms if term[0] != arm)
    if reported.versus is not None or len(base) + 1 != len(reported.population.terms):
        return ()
    found, _ = candidates(replace(reported, population=Population(base)), source, study)
    of_arms = tuple(e for e in found if any(term[0] == arm for term in e.population.terms))
    sides = {e.versus and frozenset((e.population.terms, e.versus.terms)) for e in of_arms}
    return of_arms if len(sides) == 1 and None not in sides else ()


def _of_set(reported: Reported, source: Source) -> tuple[Estimate, ...]:
    """The estimates of the one analysis set that has as many subjects as the report states."""
    found = []
    for term in source.analysis_sets():
        within = Population((*reported.population.terms, term))
        if source.size(within) == reported.stated_n and term not in reported.population.terms:
            some, _ = candidates(replace(reported, population=within), source)
            found.append(
                tuple(
                    replace(e, conventions=(*e.conventions, f"subjects with {term[0]} = {term[1]}"))
                    for e in some
                    if e.n == reported.stated_n
                )
            )
    found = [some for some in found if some]
    return found[0] if len(found) == 1 else ()


def _compared(
    reported: Reported, source: Source, study: Study | None
) -> tuple[Population, Study | None]:
    """The population within which two groups are compared, and the study that compares them."""
    if reported.versus is None:
        return reported.population, study
    one, other = frozenset(reported.population.terms), frozenset(reported.versus.terms)
    base = Population(tuple(t for t in reported.population.terms if t in other))
    attributes = {attribute for attribute, _ in one ^ other}
    if len(one - other) != 1 or len(other - one) != 1 or len(attributes) != 1:
        return reported.population, study
    known = study or source.cohort.study
    arm = attributes.pop()
    if arm == known.arm:
        return base, study
    return base, replace(known, arm=arm, arms=())


def _who(reported: Reported) -> str:
    return population_words(reported.population)


def _absent(reported: Reported) -> str:
    return f"the extract gives no {reported.statistic} of {reported.endpoint} for this population"


def _exchanged(limits: Iterable[Estimate]) -> tuple[Estimate, ...]:
    """What the other limits of a ratio become when the reference is exchanged."""
    return tuple(
        replace(e, value=1 / e.value, conventions=(*e.conventions, EXCHANGED))
        for e in limits
        if e.value
    )


_RATIOS = ("hazard-ratio", "odds-ratio")
_TESTS = ("p-value", "hazard-ratio", "odds-ratio")
_GRADES = re.compile(r"(?P<base>AE.*) grade=(?P<low>\d)(?:-(?P<high>\d))?")


def _estimates(reported: Reported, estimates: Sequence[Estimate]) -> Iterable[Estimate]:
    """Those of the endpoint; of a range of worst grades the sum, since a patient has one."""
    found = _GRADES.fullmatch(reported.endpoint)
    if reported.of == "events":
        estimates = tuple(
            replace(e, statistic="rate", value=e.value / e.n, of="events")
            for e in estimates
            if e.statistic == "events" and e.n and e.value is not None
        )
    own = [e for e in estimates if _endpoint(e.endpoint) == _endpoint(reported.endpoint)]
    if own or not found:
        return own
    low, high = int(found["low"]), int(found["high"] or found["low"])
    names = {f"{found['base']} grade={g}" for g in range(low, high + 1)}
    base = _endpoint(found["base"])
    # Without grades in the extract there is no ">=3" either, and nothing is known of any.
    if not {base, f"{base} grade>=3"} <= {_endpoint(e.endpoint) for e in estimates}:
        return ()
    return _summed(reported, {_endpoint(n) for n in names}, _endpoint(found["base"]), estimates)


def _summed(
    reported: Reported, names: set[str], base: str, estimates: Sequence[Estimate]
) -> list[Estimate]:
    """For each way in which the endpoint of any grade is counted, the sum over the grades."""
    summed = []
    for whole in estimates:
        if _endpoint(whole.endpoint) != base or whole.value is None:
            continue
        if whole.statistic not in ("count", "rate", "events"):
            continue
        parts = [
            e.value
            for e in estimates
            if _endpoint(e.endpoint) in names
            and e.statistic == whole.statistic
            and same(e.population, whole.population)
            and e.conventions == whole.conventions
            and e.value is not None
        ]
        # A grade that nobody had is not listed.
        summed.append(replace(whole, endpoint=reported.endpoint, value=float(sum(parts))))
    return summed


def _endpoint(name: str) -> str:
    """Names of endpoints compare without regard to case: terms are often in capitals."""
    return name.casefold()


def _fits(reported: Reported, e: Estimate) -> bool:
    statistic = reported.statistic
    if statistic in ("count", "denominator", "n") and e.endpoint == "N":
        return e.statistic == "count" and _sides(reported, e)
    if e.statistic != statistic and (statistic, e.statistic) not in _ALIKE:
        return False
    if statistic in ("lower", "upper"):
        if reported.of and e.of != reported.of:
            return False
        if reported.level is not None and not _of_level(e, reported.level):
            return False
    if (reported.at is None) != (e.at is None):
        return False
    if reported.at is not None and e.at is not None:
        return abs(time_in(reported, e.unit) - e.at) < 1e-6 and _sides(reported, e)
    return _sides(reported, e)


# A count of an endpoint of adverse events may be of events instead of patients.
_ALIKE = {("count", "events"), ("denominator", "n"), ("rate", "survival")}


def _of_level(e: Estimate, level: float) -> bool:
    named = [name for name in e.conventions if name.endswith("%")]
    return not named or any(name.endswith(f" {100 * level:.10g}%") for name in named)


def time_in(reported: Reported, unit: str) -> float:
    """The time of a landmark in another unit."""
    at = reported.at or 0.0
    if reported.unit in DAYS and unit in DAYS and reported.unit != unit:
        return float(DAYS[reported.unit] / DAYS[unit]) * at
    return at


def _sides(reported: Reported, e: Estimate) -> bool:
    """Whether the estimate is of the population alone, or compares the two that are named."""
    if reported.versus is None:
        if e.versus is None:
            return same(e.population, reported.population)
        # Two groups compared within the population: which two is not said, so only one pair.
        return _between(e, reported)
    if e.versus is None:
        return False
    pair = (reported.population, reported.versus)
    return any(same(e.population, a) and same(e.versus, b) for a, b in (pair, pair[::-1]))


def _between(e: Estimate, reported: Reported) -> bool:
    if e.versus is None:
        return False
    base = frozenset(e.population.terms) & frozenset(e.versus.terms)
    tested = reported.statistic in _TESTS or reported.of in _TESTS
    return tested and base == frozenset(reported.population.terms)

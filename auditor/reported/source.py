"""Where the numbers of a cohort come from: what was recomputed, and more of it on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from auditor.claims import Population
from auditor.errors import NotEvaluable
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort
from auditor.reported.subjects import restricted, selected
from auditor.reported.terms import LIFE_TIMES
from auditor.study import Study

Terms = frozenset[tuple[str, str]]


class Recomputed(Protocol):
    """What ``auditor.endpoints.recompute.recompute`` gives."""

    @property
    def estimates(self) -> tuple[Estimate, ...]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The estimates of one population under one study, or why there are none."""

    estimates: tuple[Estimate, ...]
    why: str = ""


class Source:
    """Estimates of any population, under any conventions, each recomputed once.

    Args:
        cohort: the extract, arranged.
        recomputed: what was recomputed of it under the study's conventions.
        recompute: how to recompute a cohort.
        landmarks: times that will be asked for, in the study's unit: recomputed all at once.
    """

    def __init__(
        self,
        cohort: Cohort,
        recomputed: Recomputed,
        recompute: Callable[[Cohort], Recomputed],
        landmarks: Iterable[float] = (),
    ) -> None:
        self.cohort = cohort
        self._recompute = recompute
        self.landmarks = frozenset((*cohort.study.landmarks, *landmarks))
        self._known = _by_terms(recomputed.estimates)
        self._more: dict[tuple[object, ...], Found] = {}
        self._sizes: dict[Terms, int | None] = {}

    def of(
        self,
        population: Population,
        endpoint: str,
        study: Study | None = None,
        *,
        arms: bool = False,
    ) -> Iterator[Found]:
        """What there is of a population: known, then recomputed.

        Only the endpoint and its like are recomputed, and the arms within the population only
        where ``arms`` asks for them. ``study`` has other conventions than the cohort's.
        """
        terms = frozenset(population.terms)
        if study is None and terms in self._known:
            yield Found(self._known[terms])
            if not terms:
                return
        study = study or self.cohort.study
        if not arms:
            study = replace(study, arm="")
        tables = _tables(endpoint)
        key = (terms, tables, study.response, study.survival, study.landmarks, study.arm)
        if key not in self._more:
            self._more[key] = self._computed(population, study, tables)
        yield self._more[key]

    def size(self, population: Population) -> int | None:
        """How many subjects of the extract belong to a population; None: it cannot be told."""
        terms = frozenset(population.terms)
        if terms not in self._sizes:
            try:
                self._sizes[terms] = int(selected(self.cohort, population).sum())
            except NotEvaluable:
                self._sizes[terms] = None
        return self._sizes[terms]

    def analysis_sets(self) -> tuple[tuple[str, str], ...]:
        """The terms of the analysis sets that the extract flags, such as ("SAFFL", "Y")."""
        patients = self.cohort.tables.get("patients")
        columns = () if patients is None else patients.frame.columns
        return tuple((name, "Y") for name in ("SAFFL", "EVALFL", "PPROTFL") if name in columns)

    def share(self, term: tuple[str, str], population: Population) -> Found:
        """How many of a population have a term: count, denominator and rate.

        For categories that are recomputed under no name of their own: groups of the study, and
        ranges of a number.
        """
        try:
            whole = selected(self.cohort, population)
            part = whole & selected(self.cohort, Population((term,)))
        except NotEvaluable as why:
            return Found((), str(why))
        name = f"{term[0]}={term[1]}"
        x, n = int(part.sum()), int(whole.sum())
        rate = x / n if n else None
        made = Estimate(name, "rate", population, rate, ("all subjects",), n=n)
        return Found(
            (
                replace(made, statistic="count", value=float(x)),
                replace(made, statistic="denominator", value=float(n)),
                made,
            )
        )

    def _computed(self, population: Population, study: Study, tables: tuple[str, ...]) -> Found:
        # Only the population itself and the arms within it are asked for.
        narrow = replace(study, groups=(), by=())
        try:
            cohort = restricted(self.cohort, population)
        except NotEvaluable as why:
            return Found((), str(why))
        if cohort.tables["patients"].frame.empty:
            return Found((), "nobody in the extract belongs to this population")
        kept = {name: table for name, table in cohort.tables.items() if name in tables}
        estimates = self._recompute(replace(cohort, study=narrow, tables=kept)).estimates
        return Found(
            tuple(
                replace(
                    e,
                    population=_within(population, e.population),
                    versus=None if e.versus is None else _within(population, e.versus),
                )
                for e in estimates
            )
        )


def _tables(endpoint: str) -> tuple[str, ...]:
    """The tables from which an endpoint is recomputed."""
    if endpoint == "AE" or endpoint.startswith("AE "):
        return ("patients", "adverse_events")
    if endpoint in (*LIFE_TIMES, "ORR", "DCR", "CBR") or endpoint.startswith("BOR="):
        return ("patients", "responses", "best_responses", "times")
    return ("patients", "lines")


def same(one: Population, other: Population) -> bool:
    """Whether two populations have the same terms, in whatever order."""
    return frozenset(one.terms) == frozenset(other.terms)


def _within(outer: Population, inner: Population) -> Population:
    return Population((*outer.terms, *(t for t in inner.terms if t not in outer.terms)))


def _by_terms(estimates: Iterable[Estimate]) -> dict[Terms, tuple[Estimate, ...]]:
    """Estimates by population; comparisons also stand under both sides and their common base."""
    found: dict[Terms, list[Estimate]] = {}
    for e in estimates:
        own = frozenset(e.population.terms)
        found.setdefault(own, []).append(e)
        if e.versus is not None:
            other = frozenset(e.versus.terms)
            for terms in {other, own & other} - {own}:
                found.setdefault(terms, []).append(e)
    return {terms: tuple(members) for terms, members in found.items()}

"""Other conventions under which a reported number may have been computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.claims import Population
from auditor.conventions import RESPONSE_CONVENTIONS, ResponseConvention
from auditor.estimate import Estimate
from auditor.reported.candidates import candidates
from auditor.reported.model import Reported
from auditor.reported.source import Source
from auditor.study import Study

RESPONSE = ("ORR", "DCR", "CBR", "DoR", "TTR")
SURVIVAL = ("PFS", "OS", "DoR", "TTR", "TTP", "follow-up")


def alternatives(reported: Reported, source: Source) -> Iterator[tuple[str, tuple[Estimate, ...]]]:
    """Estimates of the same quantity under one other convention at a time, with its name.

    Each is recomputed only when the caller asks for the next. What is given under several
    conventions anyway (intervals, confirmed or not, evaluable subjects) is not repeated here.
    """
    if reported.endpoint == "N":
        yield from _analysis_sets(reported, source)
        return
    for name, study in studies(reported, source.cohort.study):
        found, _ = candidates(reported, source, study)
        if found:
            yield name, found


def _analysis_sets(
    reported: Reported, source: Source
) -> Iterator[tuple[str, tuple[Estimate, ...]]]:
    """The number of subjects of the analysis sets: treated, evaluable, per protocol."""
    for term in source.analysis_sets():
        within = replace(
            reported, population=Population((*reported.population.terms, term)), stated_n=None
        )
        found, _ = candidates(within, source)
        if found:
            yield f"subjects with {term[0]} = {term[1]}", found


def studies(reported: Reported, study: Study) -> Iterator[tuple[str, Study]]:
    """The study under other conventions that bear on the endpoint of a reported number."""
    by_response = reported.endpoint in RESPONSE or reported.endpoint.startswith("BOR=")
    by_time = reported.endpoint in SURVIVAL
    if by_response or reported.endpoint in ("PFS", "TTP"):
        for name, convention in _responses(study.response):
            yield name, replace(study, response=convention)
    if by_time:
        survival = study.survival
        counted = "date - start + 1" if not survival.plus_one else "date - start"
        yield (
            f"days counted as {counted}",
            replace(study, survival=replace(survival, plus_one=not survival.plus_one)),
        )
        therapy = "ignore" if survival.new_therapy == "censor" else "censor"
        words = "new anticancer therapy " + ("censors" if therapy == "censor" else "is ignored")
        yield words, replace(study, survival=replace(survival, new_therapy=therapy))
        ties = "breslow" if survival.ties == "efron" else "efron"
        if reported.statistic == "hazard-ratio":
            named = f"ties by {ties.capitalize()}"
            yield named, replace(study, survival=replace(survival, ties=ties))


def _responses(own: ResponseConvention) -> Iterator[tuple[str, ResponseConvention]]:
    for name, convention in RESPONSE_CONVENTIONS.items():
        if replace(convention, start=own.start, name=own.name, confirmed=own.confirmed) != own:
            yield name, replace(convention, start=own.start, confirmed=own.confirmed)
    therapy = "ignore" if own.new_therapy == "censor" else "censor"
    words = "new anticancer therapy " + ("censors" if therapy == "censor" else "is ignored")
    yield words, replace(own, new_therapy=therapy)

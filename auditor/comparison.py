"""Reported beside recomputed: what the checks of the family REP take, and reports show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.claims import Population
from auditor.finding import Place

ALL = "all subjects"


def population_words(population: Population) -> str:
    """Who is counted, in words: the values of the terms, or "all subjects"."""
    return ", ".join(value for _, value in population.terms) or ALL


class Agreement(StrEnum):
    """How a reported number stands to the cohort.

    AGREES: the print is a rounding of the value recomputed under the study's conventions.
    CONVENTION: another convention, which is named, gives the print. DISAGREES: none does.
    NOT_COMPARED: what is reported could not be tied to the cohort; it is not in question.
    """

    AGREES = "agrees"
    CONVENTION = "convention"
    DISAGREES = "disagrees"
    NOT_COMPARED = "not compared"


_RATES = ("rate", "survival")
_INTERVALS = ("lower", "upper")
_TESTS = ("p-value", "hazard-ratio", "odds-ratio")
_COUNTS = ("count", "n", "denominator", "events", "censored", "at-risk")
_SUMMARIES = ("mean", "sd", "min", "max", "q1", "q3")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One reported number beside the same number recomputed from the cohort.

    Attributes:
        endpoint, statistic, of, at, unit: as in ``auditor.estimate.Estimate``; of what is reported.
        population: in words: "Osteosarcoma, second line"; "all subjects".
        reported: as printed.
        recomputed: printed like the reported one, under the study's conventions; "" where there
            is none.
        agreement: how the two stand to each other.
        place: where it is reported.
        conventions: of the study, under which ``recomputed`` was computed.
        reproduced_by: conventions under which the print would be right.
        certain: whether the words of the report name the population and the endpoint exactly.
        consequence: what changes with the convention ("significant at 0.05 or not"), or "".
        steps: how it was recomputed, one step a line.
        why: why it was not compared, or "".
        versus: the population compared with, in words, or "".
    """

    endpoint: str
    statistic: str
    population: str
    reported: str
    recomputed: str
    agreement: Agreement
    place: Place
    conventions: tuple[str, ...] = ()
    reproduced_by: tuple[str, ...] = ()
    of: str = ""
    at: float | None = None
    unit: str = ""
    certain: bool = True
    consequence: str = ""
    steps: tuple[str, ...] = ()
    why: str = ""
    versus: str = ""

    @property
    def kind(self) -> str:
        """What sort of number it is: rate, time, interval, test, count or summary."""
        for kind, statistics in (
            ("rate", _RATES),
            ("interval", _INTERVALS),
            ("test", _TESTS),
            ("count", _COUNTS),
            ("summary", _SUMMARIES),
        ):
            if self.statistic in statistics:
                return kind
        # The median of an endpoint is a time and has a unit; that of a baseline variable has none.
        return "time" if self.unit else "summary"

    @property
    def quantity(self) -> str:
        """What is reported, in words: "ORR", "median PFS", "lower 95% limit of the ORR"."""
        at = f" at {self.at:g} {self.unit}".rstrip() if self.at is not None else ""
        if self.of == "events":
            return f"share of subjects with an event of {self.endpoint}"
        if self.statistic in ("rate", "survival"):
            return f"{self.endpoint}{at}"
        if self.statistic in _INTERVALS:
            side = "lower" if self.statistic == "lower" else "upper"
            of = "" if self.of in ("", "rate") else f"{self.of} "
            return f"{side} confidence limit of {of}{self.endpoint}{at}"
        if self.statistic == "p-value":
            return f"P for {self.endpoint}"
        if self.statistic in ("median", "mean"):
            return f"{self.statistic} {self.endpoint}"
        return f"{self.statistic.replace('-', ' ')} of {self.endpoint}{at}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a check of the subject ``COMPARISON`` takes.

    Attributes:
        comparisons: all that is reported, in the order of the report, not compared included.
    """

    comparisons: tuple[Comparison, ...] = ()

    def of_kind(self, kind: str) -> tuple[Comparison, ...]:
        """Those of this kind that were compared."""
        return tuple(
            c
            for c in self.comparisons
            if c.kind == kind and c.agreement is not Agreement.NOT_COMPARED
        )

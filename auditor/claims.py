"""Claims: a quantity of a population, as printed, with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.finding import Place
from auditor.printed import PrintedNumber


class Measure(StrEnum):
    """What kind of number a claim states."""

    COUNT = "count"
    DENOMINATOR = "denominator"
    PERCENT = "percent"
    MEAN = "mean"
    MEDIAN = "median"
    SD = "sd"
    LOWER = "lower"
    UPPER = "upper"
    P_VALUE = "p-value"
    ESTIMATE = "estimate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is stated: the measure, and the interval or statistic it belongs to.

    ``of`` tells the bounds apart ("95% CI", "range", "IQR") and names an estimate.
    """

    measure: Measure
    of: str = ""

    def __str__(self) -> str:
        return f"{self.measure} ({self.of})" if self.of else str(self.measure)


@dataclass(frozen=True, slots=True)
class Population:
    """Who is counted: a conjunction of ``(attribute, value)`` terms, as the table words them.

    Attributes are ``column`` (header path), ``group`` (heading of the block) and ``row``.
    """

    terms: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " | ".join(value for _, value in self.terms)


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed number with what it states, of whom, where, and how sure the reading is (0-1)."""

    id: str
    quantity: Quantity
    population: Population
    printed: PrintedNumber
    place: Place
    confidence: float = 1.0

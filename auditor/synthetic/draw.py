"""Random draws that are the same on every machine and under every version of numpy.

Everything rests on ``Generator.random`` of PCG64; the distributions are made here, because numpy
may change its own between versions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Draw:
    """A stream of draws; streams with different keys are independent of each other."""

    def __init__(self, *key: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(key))))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        return low + (high - low) * float(self._generator.random())

    def integer(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(float(self._generator.random()) * (high - low + 1))

    def chance(self, probability: float) -> bool:
        return float(self._generator.random()) < probability

    def normal(self, mean: float, sd: float, low: float, high: float) -> float:
        """Roughly normal (twelve uniforms added up), moved to the nearest bound if beyond it."""
        total = sum(float(self._generator.random()) for _ in range(12)) - 6.0
        return min(max(mean + sd * total, low), high)

    def waiting(self, median: float) -> float:
        """An exponential waiting time with this median."""
        return -math.log2(1.0 - float(self._generator.random())) * median

    def choose(self, items: Sequence[T], weights: Sequence[float] | None = None) -> T:
        if weights is None:
            return items[self.integer(0, len(items) - 1)]
        mark = self.uniform(0.0, sum(weights))
        for item, weight in zip(items, weights, strict=True):
            if mark < weight:
                return item
            mark -= weight
        return items[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a random order (Fisher and Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.integer(0, last)
            result[last], result[other] = result[other], result[last]
        return result

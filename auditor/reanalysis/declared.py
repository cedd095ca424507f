"""What the methods declare about tests: the level, the sides, the tests by name."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.finding import Place


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manuscript says of its tests.

    Attributes:
        alpha: level below which a P value is called significant; 0.05 where nothing is said.
        sides: 1 or 2 where the text says that tests are one- or two-sided, else None.
        tests: keys of the tests that the text names: "fisher", "chi-squared", "yates", "t",
            "welch", "mann-whitney", "anova", "kruskal-wallis", "log-rank", "cox", "logistic",
            "mcnemar", "wilcoxon signed-rank", "paired t", "trend", "cmh", ...
        adjusted: whether tests may be adjusted, stratified or weighted for other factors.
        places: the sentences that say so.
    """

    alpha: float = 0.05
    sides: int | None = None
    tests: frozenset[str] = frozenset()
    adjusted: bool = False
    places: tuple[Place, ...] = ()

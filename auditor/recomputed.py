"""A printed statistic beside what its inputs give under each convention."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.finding import Place


@dataclass(frozen=True, slots=True)
class Result:
    """What one convention gives.

    Attributes:
        convention: name of the test or formula ("Fisher, two-sided"; "Wilson interval").
        value: as a reader would print it ("0.064"; "3.9 to 18.2"; "0.041 to 0.052" where the
            rounding of the inputs leaves a span).
        reproduces: whether the printed number is right under it.
        standard: whether it is what a reader expects where nothing else is said.
        source: where formula or rule is published, in short.
    """

    convention: str
    value: str
    reproduces: bool
    standard: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One printed statistic, its inputs, and the conventions under which it was recomputed.

    A check yields one for everything it recomputed, right or wrong; the report shows them as a
    table.

    Attributes:
        statistic: what is printed: "P value", "95% CI", "SD", ...
        of: what it belongs to, in words ("ORR, anlotinib against anlotinib plus chemotherapy").
        printed: verbatim.
        place: where it stands.
        inputs: the numbers it was recomputed from, one line each ("1/16 against 5/13").
        results: one a convention, the standard ones first.
        note: what a reader must know to judge it, or "".
        code: of the check that recomputed it; filled in by the engine.
    """

    statistic: str
    of: str
    printed: str
    place: Place
    inputs: tuple[str, ...]
    results: tuple[Result, ...]
    note: str = ""
    code: str = ""

    @property
    def reproduced_by(self) -> tuple[str, ...]:
        """Names of the conventions under which the printed number is right."""
        return tuple(result.convention for result in self.results if result.reproduces)

    @property
    def standing(self) -> str:
        """``standard``: a standard convention gives the print; ``only``: others alone do;
        ``none``: none of those tried does."""
        if any(result.reproduces and result.standard for result in self.results):
            return "standard"
        return "only" if self.reproduced_by else "none"

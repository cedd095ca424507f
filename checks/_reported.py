"""What the checks of reported against recomputed numbers share."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.comparison import Agreement, Compared, Comparison
from auditor.errors import NotEvaluable
from auditor.finding import Evaluated, Finding, Severity, Verdict


def judged(compared: Compared, kind: str, what: str) -> Iterator[Evaluated | Finding]:
    """A finding for each comparison of a kind that disagrees or needs another convention.

    Raises:
        NotEvaluable: nothing of the kind was compared; the text says ``what``.
    """
    comparisons = compared.of_kind(kind)
    if not comparisons:
        reported = sum(c.kind == kind for c in compared.comparisons)
        if reported:
            raise NotEvaluable(f"none of {reported} reported {what} could be tied to the extract")
        raise NotEvaluable(f"no {what} are reported")
    yield Evaluated(len(comparisons))
    for comparison in comparisons:
        if comparison.agreement is Agreement.DISAGREES:
            yield _disagrees(comparison)
        elif comparison.agreement is Agreement.CONVENTION:
            yield _by_convention(comparison)


def _disagrees(c: Comparison) -> Finding:
    last_digit = c.consequence == "one unit in the last digit"
    severity = Severity.ERROR if c.certain else Severity.WARNING
    if last_digit:
        severity = Severity.NOTE
    doubt = "" if c.certain else " That the same subjects are meant is probable, not certain."
    after = f" {_sentence(c.consequence)}" if c.consequence else ""
    return Finding(
        severity=severity,
        verdict=Verdict.DISAGREES,
        message=f"{_subject(c)} is reported as {c.reported}; the extract gives {c.recomputed}, "
        f"and no convention tried gives what is printed.{after}{doubt}",
        places=(c.place,),
        reported=c.reported,
        expected=c.recomputed,
        arithmetic=c.steps,
    )


def _by_convention(c: Comparison) -> Finding:
    names = ", ".join(c.reproduced_by)
    own = f" ({', '.join(c.conventions)})" if c.conventions else ""
    after = f" {_sentence(c.consequence)}" if c.consequence else ""
    return Finding(
        severity=Severity.WARNING if c.consequence else Severity.NOTE,
        verdict=Verdict.CONVENTION,
        message=f"{_subject(c)} is reported as {c.reported}; the study's convention{own} gives "
        f"{c.recomputed}. The print is right under: {names}.{after}",
        places=(c.place,),
        reported=c.reported,
        expected=c.recomputed,
        arithmetic=c.steps,
        conventions=c.reproduced_by,
    )


def _subject(c: Comparison) -> str:
    quantity = c.quantity[:1].upper() + c.quantity[1:]
    against = f" against {c.versus}" if c.versus else ""
    return f"{quantity} of {c.population}{against}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."

"""A difference is called significant in one place and not significant in another.

## What it does
Looks for two sentences of the paper's own abstract, results, discussion or conclusions that name
the same groups of its tables, at least two, and the same outcome, one with "significantly" and one
with "no significant difference" or the like; "no significant clinical benefit" stands against every
outcome of efficacy. Sentences with words that restrict them (subgroups, times, models, reviewers)
are left alone. Always a note: the words may rest on other tests or populations.

## Why it matters
A reader of the conclusions takes home the opposite of what a reader of the results does.

## Example
"A plus B significantly improved the response rate compared with A" in the discussion, "A plus B did
not show a significant clinical benefit compared with A" in the abstract.

## References
Boutron I et al. Reporting and interpretation of randomized controlled trials with statistically
nonsignificant results for primary outcomes. JAMA 2010;303:2058-2064.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.claimed_apart import Apart, apart, stated


@check(code="WRD003", name="significance-claimed-and-denied")
def significance_claimed_and_denied(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a note for every comparison that is both significant and not."""
    claims = stated(manuscript)
    if not claims:
        raise NotEvaluable(
            "no sentence says of two groups of the tables how significant they differ"
        )
    yield Judged((), others=len(claims))
    for two in apart(claims):
        yield _finding(two)


def _finding(two: Apart) -> Finding:
    claimed, denied = two.claimed, two.denied
    groups = " and ".join(sorted(claimed.groups))
    here, there = (one.sentence.title or one.sentence.section for one in (claimed, denied))
    return Finding(
        severity=Severity.NOTE,
        verdict=Verdict.QUERY,
        message=f"The difference in {two.outcome} between {groups} is called significant in "
        f"{here} (“{claimed.sentence.text}”) and denied in {there} (“{denied.sentence.text}”).",
        places=(denied.place, claimed.place),
        reported=denied.assertion.words,
        expected="one statement",
    )

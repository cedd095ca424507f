"""Runs one check on one subject and contains its failure."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from auditor.check import Check, Outcome
from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Evaluated, Finding, Judged, Severity
from auditor.recomputed import Recomputed


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended on one subject.

    Attributes:
        outcome: how it ended; why: reason of *not evaluable* and *failed*.
        findings: those that are listed.
        judged: ids of the claims that were judged.
        evaluated: rows (or subjects) of a cohort that were judged; None where it says nothing.
        breaches: how many rows break the law, by severity, listed or not.
        unlisted: how many findings beyond the limit there are, by severity.
        recomputed: statistics that were recomputed, right or wrong.
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    judged: frozenset[str] = frozenset()
    why: str = ""
    evaluated: int | None = None
    breaches: Mapping[Severity, int] = field(default_factory=dict)
    unlisted: Mapping[Severity, int] = field(default_factory=dict)
    recomputed: tuple[Recomputed, ...] = ()


class _Taken:
    """What a check has yielded so far; kept when it crashes."""

    def __init__(self, check: Check, known: Collection[str], limit: int | None) -> None:
        self.check = check
        self.known = known
        self.limit = limit
        self.findings: list[Finding] = []
        self.judged: set[str] = set()
        self.others = 0
        self.evaluated: int | None = None
        self.breaches: Counter[Severity] = Counter()
        self.unlisted: Counter[Severity] = Counter()
        self.recomputed: list[Recomputed] = []

    def take(self, item: object) -> None:
        if isinstance(item, Judged):
            self.judged.update(_known(item, self.known))
            self.others += item.others
        elif isinstance(item, Evaluated):
            self.evaluated = (self.evaluated or 0) + item.rows
        elif isinstance(item, Breaches):
            self._list(item)
        elif isinstance(item, Recomputed):
            self.recomputed.append(replace(item, code=self.check.code))
        else:
            finding = _filled(item, self.check)
            self.breaches[finding.severity] += 1
            if self._room():
                self.findings.append(finding)
            else:
                self.unlisted[finding.severity] += 1

    def _room(self) -> bool:
        return self.limit is None or len(self.findings) < self.limit

    def _list(self, item: Breaches) -> None:
        """Make the findings that there is room for; count the others."""
        listed = 0
        for row in item.rows:
            if not self._room():
                break
            finding = _filled(item.finding(row), self.check)
            if finding.severity is not item.severity:
                raise ValueError(
                    f"a finding of breaches of severity {item.severity} is {finding.severity}"
                )
            self.findings.append(finding)
            listed += 1
        if len(item.rows):
            self.breaches[item.severity] += len(item.rows)
        if rest := len(item.rows) - listed:
            self.unlisted[item.severity] += rest


def run_check(
    check: Check, subject: Any, *, claims: Collection[str] = (), limit: int | None = None
) -> CheckResult:
    """Run one check on one subject: a manuscript, a cohort or a comparison.

    Whatever it raises is contained: what it had yielded before is kept. A check that judges
    nothing and finds nothing is *not evaluable*, never passed. ``claims`` are the ids it may
    say it judged; at most ``limit`` findings are listed, all are counted.
    """
    taken = _Taken(check, claims, limit)
    failed = False
    why = ""
    try:
        for item in check(subject):
            taken.take(item)
    except NotEvaluable as reason:
        why = str(reason) or "the check does not say why"
    except (Exception, SystemExit) as error:  # noqa: BLE001  the failure is the result
        failed = True
        why = _failure(error, check)
    if failed:
        outcome = Outcome.FAILED
    elif taken.breaches:
        outcome = Outcome.FINDINGS
    elif taken.judged or taken.others or taken.evaluated or taken.recomputed:
        outcome = Outcome.PASSED
    else:
        outcome = Outcome.NOT_EVALUABLE
        why = why or f"nothing in the {check.subject} for it to judge"
    return CheckResult(
        outcome,
        tuple(taken.findings),
        frozenset(taken.judged),
        why,
        taken.evaluated,
        dict(taken.breaches),
        dict(taken.unlisted),
        tuple(taken.recomputed),
    )


def _filled(item: object, check: Check) -> Finding:
    if not isinstance(item, Finding):
        wanted = "Finding, Judged, Breaches, Evaluated or Recomputed"
        raise TypeError(f"the check yielded {type(item).__name__}, not {wanted}")
    if not item.places:
        raise ValueError(f"the check yielded a finding without a place: {item.message}")
    return replace(item, code=check.code, check=check.name)


def _known(item: Judged, known: Collection[str]) -> tuple[str, ...]:
    """The claims judged; a wrong id would make the coverage a guess."""
    for claim in item.claims:
        if claim not in known:
            raise ValueError(f"the check judged a claim that the manuscript lacks: {claim}")
    return item.claims


def _failure(error: BaseException, check: Check) -> str:
    """Type and message of what a check raised, and the line of the rulebook where it did.

    Of a check of a cohort the message is left out: it may quote a patient's value.
    """
    text = type(error).__name__
    if str(error) and check.subject == "manuscript":
        text = f"{text}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).parent == Path(check.source).parent]
    if own:
        part = Path(check.source).parent.name
        return f"{text} ({part}/{Path(own[-1].filename).name}:{own[-1].lineno})"
    if check.subject == "manuscript" or not frames:
        return text
    return f"{text} ({Path(frames[-1].filename).name}:{frames[-1].lineno})"

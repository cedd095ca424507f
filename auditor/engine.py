"""Runs the checks over the manuscripts, contains their failures, and orders what they find."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor import extraction, readers
from auditor.audit import Audit, CheckRun, InputFile, RulebookIdentity
from auditor.check import Check, Outcome
from auditor.claims import Claim
from auditor.coverage import measured
from auditor.discovery import Rulebook, combine
from auditor.document import Document
from auditor.errors import NotEvaluable
from auditor.extraction import Manuscript
from auditor.finding import Finding, Judged
from auditor.identity import identified
from auditor.selection import chosen


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended on one manuscript; ``judged`` are ids of claims."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    judged: frozenset[str] = frozenset()
    why: str = ""


def audit(
    paths: Sequence[Path],
    *,
    rulebooks: Sequence[Rulebook],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Audit:
    """Read the manuscripts and run the checks on each; a file named twice is read once.

    Raises:
        InputError: a manuscript cannot be read.
        RulebookError: two rulebooks have a check of the same code or name.
        UsageError: ``select`` or ``ignore`` name no check, or leave none.
    """
    checks = chosen(combine(rulebooks), select, ignore)
    unique = list({path.resolve(): path for path in paths}.values())
    documents = [readers.read_document(path) for path in unique]
    names = _distinct([path.absolute() for path in unique])
    manuscripts = [
        extraction.read_manuscript(replace(document, name=name))
        for document, name in zip(documents, names, strict=True)
    ]
    return audit_manuscripts(manuscripts, checks, rulebooks)


def audit_manuscripts(
    manuscripts: Sequence[Manuscript], checks: Sequence[Check], rulebooks: Sequence[Rulebook]
) -> Audit:
    """Run these checks on manuscripts that were read already."""
    results = {c.code: [run_check(c, m) for m in manuscripts] for c in checks}
    judged = [
        frozenset().union(*(results[c.code][number].judged for c in checks))
        for number in range(len(manuscripts))
    ]
    documents = tuple(m.document for m in manuscripts)
    found = [f for runs in results.values() for run in runs for f in run.findings]
    return Audit(
        inputs=tuple(InputFile(d.name, d.kind, d.sha256) for d in documents),
        rulebooks=tuple(RulebookIdentity(book.name, book.sha256) for book in rulebooks),
        documents=documents,
        claims=_claims(manuscripts),
        findings=identified(found, [d.name for d in documents]),
        checks=tuple(_merged(c, results[c.code], documents) for c in checks),
        coverage=measured(list(zip(manuscripts, judged, strict=True))),
        coverages=tuple(measured([one]) for one in zip(manuscripts, judged, strict=True)),
    )


def _claims(manuscripts: Sequence[Manuscript]) -> tuple[Claim, ...]:
    """All claims; of several manuscripts each with the name of its own before its id."""
    if len(manuscripts) == 1:
        return manuscripts[0].claims
    return tuple(
        replace(claim, id=f"{m.document.name}:{claim.id}")
        for m in manuscripts
        for claim in m.claims
    )


def run_check(check: Check, manuscript: Manuscript) -> CheckResult:
    """Run one check on one manuscript.

    Whatever it raises is contained: what it had yielded before is kept. A check that judges
    nothing and finds nothing is *not evaluable*, never passed.
    """
    findings: list[Finding] = []
    judged: set[str] = set()
    known = {claim.id for claim in manuscript.claims}
    failed = False
    why = ""
    try:
        for item in check(manuscript):
            if isinstance(item, Judged):
                judged.update(_known(item, known))
            else:
                findings.append(_filled(item, check))
    except NotEvaluable as reason:
        why = str(reason) or "the check does not say why"
    except (Exception, SystemExit) as error:  # noqa: BLE001  the failure is the result
        failed = True
        why = _failure(error, check)
    if failed:
        outcome = Outcome.FAILED
    elif findings:
        outcome = Outcome.FINDINGS
    elif judged:
        outcome = Outcome.PASSED
    else:
        outcome = Outcome.NOT_EVALUABLE
        why = why or "nothing in the manuscript for it to judge"
    return CheckResult(outcome, tuple(findings), frozenset(judged), why)


def _filled(item: object, check: Check) -> Finding:
    if not isinstance(item, Finding):
        raise TypeError(f"the check yielded {type(item).__name__}, not Finding or Judged")
    if not item.places:
        raise ValueError(f"the check yielded a finding without a place: {item.message}")
    return replace(item, code=check.code, check=check.name)


def _known(item: Judged, known: set[str]) -> tuple[str, ...]:
    """The claims judged; a wrong id would make the coverage a guess."""
    for claim in item.claims:
        if claim not in known:
            raise ValueError(f"the check judged a claim that the manuscript lacks: {claim}")
    return item.claims


def _failure(error: BaseException, check: Check) -> str:
    """Type and message of what a check raised, and the line of the rulebook where it did."""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).parent == Path(check.source).parent]
    if not own:
        return text
    return f"{text} (checks/{Path(own[-1].filename).name}:{own[-1].lineno})"


def _merged(
    check: Check, results: Sequence[CheckResult], documents: Sequence[Document]
) -> CheckRun:
    """How a check ended over all manuscripts: the gravest outcome, evaluable before not."""
    gravity = (Outcome.FAILED, Outcome.FINDINGS, Outcome.PASSED, Outcome.NOT_EVALUABLE)
    ended = {run.outcome for run in results}
    outcome = next((o for o in gravity if o in ended), Outcome.NOT_EVALUABLE)
    reasons: dict[str, list[str]] = {}
    for run, document in zip(results, documents, strict=True):
        if run.outcome is outcome and run.why:
            reasons.setdefault(run.why, []).append(document.name)
    if len(documents) > 1:
        why = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in reasons.items())
    else:
        why = "".join(reasons)
    return CheckRun(
        code=check.code,
        name=check.name,
        outcome=outcome,
        why=why or ("" if results else "there is no manuscript"),
        rulebook=check.rulebook,
        summary=check.summary,
    )


def _distinct(paths: Sequence[Path]) -> list[str]:
    """File names; where two are the same, with as many folders before them as tell them apart."""
    depth = 1
    longest = max((len(path.parts) for path in paths), default=1)
    names = [path.name for path in paths]
    while len(set(names)) < len(names) and depth < longest:
        depth += 1
        clash = {name for name in names if names.count(name) > 1}
        names = [
            Path(*path.parts[-depth:]).as_posix() if name in clash else name
            for path, name in zip(paths, names, strict=True)
        ]
    return names

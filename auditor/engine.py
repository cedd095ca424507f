"""Runs the checks over the manuscripts and orders what they find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from auditor import readers, running
from auditor.audit import Audit, CheckRun, InputFile, RulebookIdentity, TextRead
from auditor.check import Check, Outcome, Subject
from auditor.claims import Claim
from auditor.coverage import measured
from auditor.discovery import Rulebook, combine
from auditor.document import Document
from auditor.errors import UsageError
from auditor.identity import identified
from auditor.manuscript import Manuscript, read_manuscript
from auditor.recomputed import Recomputed
from auditor.running import CheckResult
from auditor.selection import chosen
from auditor.study import Study

NOTHING_DECLARED = Study()


def audit(
    paths: Sequence[Path],
    *,
    rulebooks: Sequence[Rulebook],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    claims: Path | None = None,
    study: Study = NOTHING_DECLARED,
) -> Audit:
    """Read the manuscripts and run the checks on each; a file named twice is read once.

    ``claims`` is a claims file, in which a person corrected or confirmed what was read;
    ``study`` gives other words of the manuscripts, and checks to run or to leave out.

    Raises:
        InputError: a manuscript or the claims file cannot be read.
        RulebookError: two rulebooks have a check of the same code or name.
        UsageError: ``select`` or ``ignore`` name no check, or leave none.
    """
    known = combine(rulebooks)
    select, ignore = (*named(study.select, known), *select), (*named(study.ignore, known), *ignore)
    checks = of_subject(chosen(known, select, ignore), Subject.MANUSCRIPT)
    manuscripts, decided_by = with_decisions(read_manuscripts(paths, study), claims)
    result = audit_manuscripts(manuscripts, checks, rulebooks)
    return replace(result, inputs=(*result.inputs, *decided_by))


def with_decisions(
    manuscripts: tuple[Manuscript, ...], claims: Path | None
) -> tuple[tuple[Manuscript, ...], tuple[InputFile, ...]]:
    """The manuscripts as a claims file decides; and that file, where it decides anything.

    Raises:
        InputError: the file cannot be read, or belongs to other manuscripts.
    """
    if claims is None:
        return manuscripts, ()
    from auditor.claims_file import decided, matched, read_claims_file

    file = read_claims_file(claims)
    found = matched(file, manuscripts)
    used = any(m.decisions or m.problems for m in found)
    return (
        tuple(decided(m, by) for m, by in zip(manuscripts, found, strict=True)),
        (InputFile(file.name, "claims", file.sha256),) if used else (),
    )


def of_subject(checks: Iterable[Check], subject: Subject) -> tuple[Check, ...]:
    """The checks that take this subject.

    Raises:
        UsageError: there is none among them.
    """
    taking = tuple(check for check in checks if check.subject is subject)
    if not taking:
        raise UsageError(
            f"no check of a {subject} is left to run",
            hint="'auditor checks' lists them with what they take.",
        )
    return taking


def named(words: Iterable[str], checks: Sequence[Check]) -> tuple[str, ...]:
    """Those words that name one of these checks: a study names checks of its cohort as well."""
    return tuple(w for w in words if any(c.code.startswith(w) or c.name == w for c in checks))


def read_manuscripts(
    paths: Sequence[Path], study: Study = NOTHING_DECLARED
) -> tuple[Manuscript, ...]:
    """The manuscripts at these paths, in the words of a study; a file named twice is read once.

    Raises:
        InputError: one cannot be read.
    """
    unique = list({path.resolve(): path for path in paths}.values())
    documents = [readers.read_document(path) for path in unique]
    names = _distinct([path.absolute() for path in unique])
    words = {group.name: group.names for group in study.groups if group.names} | dict(study.words)
    return tuple(
        read_manuscript(replace(document, name=name), words)
        for document, name in zip(documents, names, strict=True)
    )


def audit_manuscripts(
    manuscripts: Sequence[Manuscript], checks: Sequence[Check], rulebooks: Sequence[Rulebook]
) -> Audit:
    """Run those of the checks that take a manuscript on manuscripts that were read already."""
    checks = [check for check in checks if check.subject is Subject.MANUSCRIPT]
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
        texts=tuple(TextRead(m.prose, m.linked) for m in manuscripts),
        recomputed=_recomputed(results.values(), documents),
    )


def _recomputed(
    results: Iterable[Sequence[CheckResult]], documents: Sequence[Document]
) -> tuple[Recomputed, ...]:
    """All that was recomputed, in the order in which it stands; each statistic once a check."""
    order = {document.name: number for number, document in enumerate(documents)}
    every = dict.fromkeys(one for runs in results for run in runs for one in run.recomputed)
    return tuple(
        sorted(every, key=lambda r: (order[r.place.input], r.place.start or 0, r.code, r.inputs))
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
    """Run one check on one manuscript (see ``auditor.running.run_check``)."""
    return running.run_check(check, manuscript, claims={c.id for c in manuscript.claims})


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

"""A plain-text summary for the terminal: no colours, one finding a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.audit import Audit, CheckRun
from auditor.check import Outcome
from auditor.finding import Finding, Severity
from auditor.report.text_states import State, standings, tally
from auditor.report.wording import (
    coverage_sentence,
    one_line,
    place_words,
    plural,
    says_its_place,
    verdict_sentence,
)

REASONS_SHOWN = 3
"""Checks without anything to judge that are listed with their reasons; more are only named."""


def summary(audit: Audit, *, limit: int | None = 20) -> str:
    """The result, the findings, the coverage and the checks that did not run, as lines.

    At most ``limit`` findings are listed (None: all); how many were left out is said.
    Input text can hold no line break or control character of its own. No newline at the end.
    """
    several = len(audit.documents) > 1
    counts = ", ".join(plural(audit.count(severity), severity.value) for severity in Severity)
    # "clean" of a manuscript of which nothing was judged would be taken for a good sign.
    nothing = audit.result == "clean" and not audit.coverage.checked
    result = "nothing checked" if nothing else audit.result
    lines = [one_line(document.name) for document in audit.documents]
    lines += [verdict_sentence(audit), f"{result}: {counts}"]
    shown = audit.findings if limit is None else audit.findings[:limit]
    lines += [finding_line(finding, with_input=several) for finding in shown]
    if hidden := len(audit.findings) - len(shown):
        lines.append(f"... and {plural(hidden, 'more finding')}")
    lines += [coverage_sentence(audit), *_of_text(audit), *_recomputed(audit), *_not_run(audit)]
    return "\n".join(lines)


def _of_text(audit: Audit) -> Iterator[str]:
    """What the numbers of the running text were tied to, over all documents."""
    counted: Counter[State] = Counter()
    for read in audit.texts:
        counted.update(tally(standings(read)))
    if not (total := sum(counted.values())):
        return
    asked = f"{counted[State.PERSON]:,} for a person"
    alone = counted[State.ALONE] + counted[State.CITED] + counted[State.PLANNED]
    yield (
        f"{plural(total, 'statement')} in the text: {counted[State.AGREES]:,} agree with tables or"
        f" other sentences, {counted[State.DIFFERS]:,} differ, {asked}, {alone:,} stand alone"
    )


def _recomputed(audit: Audit) -> Iterator[str]:
    """How many printed statistics were recomputed, and what came of it."""
    if audit.recomputed:
        tallied = Counter(one.standing for one in audit.recomputed)
        yield (
            f"{plural(len(audit.recomputed), 'statistic')} recomputed from printed numbers:"
            f" {tallied['standard']:,} by a standard convention, {tallied['only']:,} by an unusual"
            f" one alone, {tallied['none']:,} by none"
        )


def _not_run(audit: Audit) -> Iterator[str]:
    """The checks that had nothing to judge, and those that failed."""
    idle = [run for run in audit.checks if run.outcome == Outcome.NOT_EVALUABLE]
    if len(idle) == len(audit.checks) > 1:
        yield f"not evaluable: all {len(idle)} checks; none had anything to judge"
    elif len(idle) > REASONS_SHOWN:
        codes = ", ".join(run.code for run in idle)
        yield f"not evaluable: {len(idle)} of {len(audit.checks)} checks ({codes})"
    else:
        yield from (_run_line("not evaluable", run) for run in idle)
    failed = [run for run in audit.checks if run.outcome == Outcome.FAILED]
    yield from (_run_line("FAILED", run) for run in failed)


def _run_line(word: str, run: CheckRun) -> str:
    return f"{word}: {run.code} {run.name}" + (f": {one_line(run.why)}" if run.why else "")


def finding_line(finding: Finding, *, with_input: bool = False) -> str:
    """One finding on one line: "ERROR PCT001 Table 1, row 'Male', column 'PCR': message".

    A message that begins with its place is not told the place a second time.
    """
    head = f"{finding.severity.value.upper()} {finding.code}"
    message = one_line(finding.message)
    if finding.places and (with_input or not says_its_place(finding)):
        return f"{head} {place_words(finding.places[0], with_input=with_input)}: {message}"
    return f"{head} {message}" if finding.places else f"{head}: {message}"

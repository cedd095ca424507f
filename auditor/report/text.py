"""A plain-text summary for the terminal: no colours, one finding a line."""

from __future__ import annotations

from auditor.audit import Audit
from auditor.check import Outcome
from auditor.finding import Finding, Severity
from auditor.report.wording import (
    coverage_sentence,
    one_line,
    place_words,
    plural,
    says_its_place,
    verdict_sentence,
)


def summary(audit: Audit, *, limit: int | None = 20) -> str:
    """The result, the findings, the coverage and the checks that did not run, as lines.

    At most ``limit`` findings are listed (None: all); how many were left out is said.
    Input text can hold no line break or control character of its own. No newline at the end.
    """
    several = len(audit.documents) > 1
    counts = ", ".join(plural(audit.count(severity), severity.value) for severity in Severity)
    lines = [one_line(document.name) for document in audit.documents]
    lines += [verdict_sentence(audit), f"{audit.result}: {counts}"]
    shown = audit.findings if limit is None else audit.findings[:limit]
    lines += [finding_line(finding, with_input=several) for finding in shown]
    if hidden := len(audit.findings) - len(shown):
        lines.append(f"... and {plural(hidden, 'more finding')}")
    lines.append(coverage_sentence(audit))
    for outcome, word in ((Outcome.NOT_EVALUABLE, "not evaluable"), (Outcome.FAILED, "FAILED")):
        lines += [
            f"{word}: {run.code} {run.name}" + (f": {one_line(run.why)}" if run.why else "")
            for run in audit.checks
            if run.outcome == outcome
        ]
    return "\n".join(lines)


def finding_line(finding: Finding, *, with_input: bool = False) -> str:
    """One finding on one line: "ERROR PCT001 Table 1, row 'Male', column 'PCR': message".

    A message that begins with its place is not told the place a second time.
    """
    head = f"{finding.severity.value.upper()} {finding.code}"
    message = one_line(finding.message)
    if finding.places and (with_input or not says_its_place(finding)):
        return f"{head} {place_words(finding.places[0], with_input=with_input)}: {message}"
    return f"{head} {message}" if finding.places else f"{head}: {message}"

"""The commands about a cohort alone: ``gate`` and ``endpoints``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.console import complain, load_rulebooks, write_new
from auditor.errors import NotEvaluable, UsageError
from auditor.options import (
    COHORT_HELP,
    FailOn,
    Formats,
    Ignore,
    MaxRows,
    Output,
    Rulebooks,
    Select,
    ShowValues,
    StudyFile,
)

if TYPE_CHECKING:
    from auditor.cohort_engine import Shown
    from auditor.discovery import Rulebook
    from auditor.frames.cohort import Cohort
    from auditor.run_cohort import Asked

GATE_EXIT_CODES = (
    "Exit code: 0 the lock is not refused, 1 it is refused, 2 nothing was decided: the input"
    " cannot be read, a check failed, or there are no patients or nothing to judge."
)


def gate_command(
    cohort: Annotated[str, typer.Argument(metavar="EXTRACT", help=COHORT_HELP)],
    study: StudyFile = None,
    rulebook: Rulebooks = None,
    output: Output = None,
    formats: Formats = "html,json",
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Least severity that refuses; default: the study's."),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    show_values: ShowValues = False,
    max_rows: MaxRows = 100,
) -> None:
    """Decide whether an extract may be locked: its tables must be consistent."""
    from auditor import gate, run_cohort
    from auditor.cohort_engine import Shown

    folder = output if output is not None else Path(f"audit-{_cohort_name(cohort)}")
    asked = asked_of(
        cohort,
        study=study,
        rulebooks=load_rulebooks(rulebook),
        folder=folder,
        formats=formats,
        select=select,
        ignore=ignore,
        shown=Shown(max_rows, show_values),
    )
    result = run_cohort.run_gate(asked, fail_on.value if fail_on else None)
    raise typer.Exit(2 if result.gate is None else gate.exit_code(result.gate))


def endpoints_command(
    cohort: Annotated[str, typer.Argument(metavar="COHORT", help=COHORT_HELP)],
    study: StudyFile = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the endpoints as CSV."),
    ] = None,
    subjects: Annotated[
        Path | None,
        typer.Option(
            "--subjects",
            metavar="FILE",
            help="Instead, write what each subject's records give: responses, times, as CSV.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="CONVENTION",
            help="Instead, list the patients whose response differs under another convention"
            " ('RECIST 1.1', 'admiralonco'), and why.",
        ),
    ] = None,
) -> None:
    """Recompute the endpoints: response, survival, adverse events, each with its convention."""
    from auditor import run_cohort
    from auditor.endpoints.recompute import recompute
    from auditor.endpoints.text import to_csv, to_text
    from auditor.report.wording import plural

    if sum(asked is not None for asked in (output, subjects, against)) > 1:
        raise UsageError(
            "-o, --subjects and --against ask for different things", hint="Name one of them."
        )
    read, _ = run_cohort.prepared(run_cohort.Asked(cohort, study))
    if against is not None:
        _show_differences(read, against)
        return
    if subjects is not None:
        from auditor.endpoints import records

        derived = records.derived_records(read)
        write_new(subjects, records.to_csv(derived))
        typer.echo(f"{plural(len(derived.rows), 'record')} written to {subjects}")
        for note in derived.notes:
            complain(f"note: {note}")
        return
    recomputed = recompute(read)
    if output is None:
        typer.echo(to_text(recomputed))
    else:
        write_new(output, to_csv(recomputed))
        typer.echo(f"{plural(len(recomputed.estimates), 'estimate')} written to {output}")
        for note in recomputed.notes:
            complain(f"note: {note}")
    if not recomputed.estimates:
        raise typer.Exit(2)


def _show_differences(cohort: Cohort, against: str) -> None:
    from auditor.conventions import RESPONSE_CONVENTIONS
    from auditor.endpoints.response_differences import differences
    from auditor.selection import did_you_mean

    if against not in RESPONSE_CONVENTIONS:
        known = f"There are {', '.join(RESPONSE_CONVENTIONS)}."
        raise UsageError(
            f"there is no convention {against!r}",
            hint=did_you_mean(against, RESPONSE_CONVENTIONS, known),
        )
    own, other = cohort.study.response, RESPONSE_CONVENTIONS[against]
    try:
        found = differences(cohort, own, other)
    except NotEvaluable as why:
        raise UsageError(f"responses cannot be derived: {why}") from why
    typer.echo(f"{own.name} against {other.name}: {len(found)} results differ")
    for item in found:
        typer.echo(f"{item.subject}  {item.parameter}: {item.first}, {item.second}: {item.why}")


def asked_of(
    cohort: str,
    *,
    study: Path | None,
    rulebooks: Sequence[Rulebook],
    folder: Path,
    formats: str,
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    shown: Shown,
) -> Asked:
    """The options of a command as one request.

    Raises:
        UsageError: a format or a list of codes is wrong.
    """
    from auditor import run, run_cohort

    return run_cohort.Asked(
        cohort=cohort,
        study=study,
        rulebooks=rulebooks,
        folder=folder,
        formats=run.format_names(formats),
        select=run.code_words(select),
        ignore=run.code_words(ignore),
        shown=shown,
    )


def _cohort_name(cohort: str) -> str:
    """A name for the report's folder; of a URL its last part, which holds no password."""
    name = Path(cohort.partition("?")[0].rstrip("/")).name if "://" in cohort else Path(cohort).stem
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name) or "cohort"

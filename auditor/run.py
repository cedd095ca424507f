"""One audit as the command line does it: read, check, write the report, say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from auditor.audit import Audit
from auditor.discovery import Rulebook, load_rulebook
from auditor.engine import audit
from auditor.errors import UsageError
from auditor.finding import Severity
from auditor.output import check_folder, write_folder
from auditor.report import json_report
from auditor.report.text import summary
from auditor.report.wording import one_line, plural
from auditor.selection import did_you_mean
from auditor.study import Study

FORMATS = {"html": "report.html", "json": "report.json"}
_STYLES = {
    "ERROR": "red",
    "WARNING": "yellow",
    "NOTE": "cyan",
    "FAILED:": "bold red",
    "PASSED:": "bold green",
    "REFUSED:": "bold red",
    "UNDECIDED:": "bold red",
}


class _Console(Console):
    """Prints lines as they are: no wrapping, no markup, colours on a terminal alone."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, soft_wrap=True)

    def on_broken_pipe(self) -> None:
        # Rich would end the program with 1, which here means that there are findings.
        raise BrokenPipeError


def run_audit(
    inputs: Sequence[Path],
    *,
    rulebooks: Sequence[Rulebook],
    folder: Path,
    formats: Sequence[str] = tuple(FORMATS),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    claims: Path | None = None,
    study: Path | None = None,
) -> Audit:
    """Audit, write the report into ``folder``, print the summary on standard output.

    Raises:
        AuditorError: an input, an option or the folder is wrong; nothing is then written.
    """
    check_folder(folder)
    declared = study_at(study)
    result = audit(
        inputs,
        rulebooks=study_books(rulebooks, declared),
        select=select,
        ignore=ignore,
        claims=claims,
        study=declared,
    )
    print_problems(problem_lines(result))
    report = write_report(result, folder, formats)
    print_lines([*_summary_lines(result), f"Report: {report}"])
    return result


def study_at(path: Path | None) -> Study:
    """The study file at this path; without one, a study that declares nothing.

    Raises:
        StudyError: the file is wrong.
    """
    if path is None:
        return Study()
    from auditor.study_file import read_study

    return read_study(path)


def study_books(rulebooks: Sequence[Rulebook], study: Study) -> list[Rulebook]:
    """The rulebooks of the command line, and those that the study names beside its file.

    Raises:
        RulebookError: one cannot be loaded.
    """
    books = list(rulebooks)
    known = {book.folder for book in books}
    for name in study.rulebooks:
        book = load_rulebook(Path(study.file).parent / name)
        if book.folder not in known:
            books.append(book)
    return books


def print_lines(lines: Iterable[str]) -> None:
    """Print on standard output; on a terminal the first word gives the colour."""
    console = _Console()
    for line in lines:
        console.print(Text(line, style=_STYLES.get(line.partition(" ")[0], "")))


def print_problems(lines: Iterable[str]) -> None:
    """Print on standard error."""
    console = _Console(stderr=True)
    for line in lines:
        console.print(Text(line))


def write_report(result: Audit, folder: Path, formats: Sequence[str]) -> Path:
    """Write the report in these formats; the path of the one to open.

    Raises:
        UsageError: the folder cannot be written, or holds something else.
    """
    write_folder(folder, {FORMATS[name]: _render(result, name) for name in formats})
    return folder / FORMATS["html" if "html" in formats else formats[0]]


def exit_code(result: Audit, fail_on: str) -> int:
    """2 where a check failed; else 1 where a finding is at least as grave as ``fail_on``."""
    if result.result == "incomplete":
        return 2
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return int(any(f.severity.rank <= limit for f in result.findings))


def format_names(text: str) -> tuple[str, ...]:
    """The formats of a comma-separated list, once each.

    Raises:
        UsageError: one is not known, or none is named.
    """
    known = f"Formats are {', '.join(FORMATS)}."
    names = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for name in names:
        if name not in FORMATS:
            raise UsageError(
                f"there is no report format {name!r}", hint=did_you_mean(name, FORMATS, known)
            )
    if not names:
        raise UsageError("no report format is named", hint=known)
    return names


def code_words(values: Iterable[str] | None) -> tuple[str, ...]:
    """The words of a repeated option whose values are comma-separated lists.

    Raises:
        UsageError: a word is empty, which would stand for every check.
    """
    words = tuple(word.strip() for value in values or () for word in value.split(","))
    if "" in words:
        raise UsageError("a list of codes has an empty entry", hint="Write PCT001,SUM001.")
    return words


def _render(result: Audit, name: str) -> str:
    if name == "json":
        return json_report.render(result)
    from auditor.report import html

    return html.render(result)


def problem_lines(result: Audit) -> Iterator[str]:
    """What kept an input, or a table of it, from being read as it stands."""
    for document in result.documents:
        name = one_line(document.name)
        yield from (f"{name}: {one_line(warning)}" for warning in document.warnings)
        for table in document.tables:
            if not table.grid:
                why = one_line("; ".join(table.warnings)) or "the table has no cells: not read"
                yield f"{name}: {one_line(table.name)}: {why}"


def _summary_lines(result: Audit) -> Iterator[str]:
    yield from summary(result).splitlines()
    if len(result.documents) < 2:
        return
    for document, coverage in zip(result.documents, result.coverages, strict=True):
        here = [f for f in result.findings if f.places[0].input == document.name]
        counts = ", ".join(
            plural(sum(f.severity is severity for f in here), severity.value)
            for severity in Severity
        )
        checked = f"{coverage.checked:,}" if coverage.checked else "nothing"
        yield f"{one_line(document.name)}: {counts}; {checked} checked"

"""How well numbers of the running text are tied to tables and to each other.

python benchmarks/linking.py FOLDER... [--per-paper 24] [--seed 1] [--show 40] [--json OUT]

Plants slips into confirmed numbers of the text, lists every alarm on the papers as printed, and
compares confidence with how often it is right; benchmarks/README.md describes the measures.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accuracy import PAPERS, is_alarm, known_items, matches
from calibration import Pair, fitted, pairs_as_printed, pairs_of_mutant, tables
from slips import KINDS, Slip, edited, slip

from auditor import readers
from auditor.audit import Audit
from auditor.check import Check, Subject
from auditor.discovery import Rulebook, load_rulebook
from auditor.document import Document
from auditor.engine import audit_manuscripts, of_subject
from auditor.errors import AuditorError
from auditor.finding import Finding
from auditor.linking.parts import number
from auditor.manuscript import Manuscript, read_manuscript
from auditor.statement import Kind, Source, Statement

TRUSTED = 0.5
"""Least confidence of a link or twin that confirms a number."""

Outcome = tuple[int, int, int]
"""Planted, accused by an error or warning, noticed at all."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A number of the text that a table or another sentence repeats."""

    statement: str
    part: str
    kind: str
    by: str
    start: int
    end: int
    text: str
    siblings: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """What was counted over all papers."""

    by: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    listed: int = 0
    pairs: list[Pair] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    sizes: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def count(self, group: str, name: str, outcome: Outcome) -> None:
        row = self.by.setdefault(group, {}).setdefault(name, [0, 0, 0])
        for i, value in enumerate(outcome):
            row[i] += value


def kind_of(statement: Statement, part: str) -> str:
    """What kind of number a part is, for the table of recall."""
    if part in ("count", "denominator"):
        return part
    if part == "percent" or (part == "value" and statement.kind is Kind.PERCENT):
        return "survival at a time" if statement.kind is Kind.SURVIVAL else "percentage"
    if part.startswith(("lower", "upper")):
        return "bound of an interval"
    if part == "p-value":
        return "P"
    return statement.kind.value


def confirmed(manuscript: Manuscript) -> list[Confirmed]:
    """Every number of paragraphs and legends that an agreeing link or twin repeats."""
    prose, linked = manuscript.prose, manuscript.linked
    statements = {s.id: s for s in prose.statements}
    how: dict[tuple[str, str], set[str]] = {}
    values: dict[tuple[str, str], list[str]] = {}
    for link in linked.links:
        if link.agrees and link.operation == "same" and link.confidence >= TRUSTED:
            how.setdefault((link.statement, link.part), set()).add("table")
            values[link.statement, link.part] = [
                fact.printed.text
                for fact in linked.facts
                if fact.place.table_index == link.facts[0].place.table_index
                and fact.measure == link.facts[0].measure
            ]
    for twin in linked.twins:
        if twin.agrees and not twin.last_digit and twin.confidence >= TRUSTED:
            for one in (twin.one, twin.other):
                how.setdefault((one, twin.part), set()).add("text")
    found: dict[int, Confirmed] = {}
    for (name, part), ways in sorted(how.items()):
        statement = statements[name]
        printed = number(statement, part)
        source = prose.sentences[statement.sentence].source
        if printed is None or source not in (Source.PARAGRAPH, Source.FIGURE):
            continue
        siblings = [
            other.text
            for s in prose.statements
            if s.series is not None and s.series == statement.series and s.id != name
            if (other := number(s, part)) is not None
        ]
        text = manuscript.document.text[printed.start : printed.end]
        found.setdefault(
            printed.start,
            Confirmed(
                name,
                part,
                kind_of(statement, part),
                " and ".join(sorted(ways)),
                printed.start,
                printed.end,
                text,
                tuple(siblings),
                tuple(values.get((name, part), ())),
            ),
        )
    return [found[start] for start in sorted(found)]


def planted(
    numbers: Sequence[Confirmed], per_paper: int, rng: random.Random
) -> Iterator[tuple[Confirmed, Slip]]:
    """Slips for a sample of the numbers, the kinds in turn, one a number."""
    order = list(numbers)
    rng.shuffle(order)
    turn = 0
    for target in order[: 2 * per_paper]:
        if turn == per_paper:
            return
        for offset in range(len(KINDS)):
            kind = KINDS[(turn + offset) % len(KINDS)]
            new = slip(
                kind,
                target.text,
                target.siblings,
                target.others,
                rng,
                exact=target.kind in ("count", "denominator"),
            )
            if new is not None:
                turn += 1
                yield target, Slip(kind, target.start, target.end, target.text, new)
                break


def touches(finding: Finding, start: int, end: int) -> bool:
    """Whether a place of the finding covers some of these characters."""
    return any(
        p.start is not None and p.end is not None and p.start < end and start < p.end
        for p in finding.places
    )


def identity(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings of two audits the same: check, weight, first place."""
    first = finding.places[0]
    where = (
        f"{first.table_index}.{first.row}.{first.column}"
        if first.table_index is not None
        else first.quote
    )
    return finding.code, finding.severity.value, where


class Auditor:
    """The checks of manuscripts, loaded once."""

    def __init__(self) -> None:
        book: Rulebook = load_rulebook(None)
        self.books = (book,)
        self.checks: tuple[Check, ...] = of_subject(book.checks, Subject.MANUSCRIPT)

    def __call__(self, document: Document) -> tuple[Manuscript, Audit]:
        manuscript = read_manuscript(document)
        return manuscript, audit_manuscripts((manuscript,), self.checks, self.books)


def measure(path: Path, auditor: Auditor, per_paper: int, seed: int, figures: Figures) -> None:
    """Audit one paper as printed and with one slip at a time.

    Raises:
        InputError: the paper cannot be read.
    """
    document = readers.read_document(path)
    manuscript, before = auditor(document)
    truth_path = path.with_suffix(".json")
    truth = json.loads(truth_path.read_text(encoding="utf-8")) if truth_path.exists() else None
    known = known_items(truth["discrepancies"], document) if truth else []
    text_alarms = [
        f for f in before.findings if is_alarm(f) and any(p.kind == "text" for p in f.places)
    ]
    for finding in text_alarms:
        hit = sorted({k.id for k in known if matches(finding, k, document.text)})
        figures.listed += bool(hit)
        figures.alarms.append(told(path, finding, hit, truth is not None))
    figures.pairs += pairs_as_printed(path.stem, manuscript, known if truth else None)
    numbers = confirmed(manuscript)
    prose, linked = manuscript.prose, manuscript.linked
    figures.sizes.append(
        f"{path.name:<26}{len(prose.sentences):>10}{len(prose.statements):>12}"
        f"{sum(x.agrees for x in linked.links):>8}{sum(not x.agrees for x in linked.links):>8}"
        f"{sum(x.agrees for x in linked.twins):>8}{sum(not x.agrees for x in linked.twins):>8}"
        f"{len(numbers):>10}"
    )
    clean = [n for n in numbers if not any(touches(f, n.start, n.end) for f in before.findings)]
    old = {identity(f) for f in before.findings}
    rng = random.Random(f"{seed}:{path.name}")  # noqa: S311  repeatable, not secret
    for target, change in planted(clean, per_paper, rng):
        mutant, after = auditor(edited(document, change))
        end = change.start + len(change.new)
        new = [f for f in after.findings if identity(f) not in old]
        here = [f for f in new if touches(f, change.start, end)]
        accusing = [f for f in here if is_alarm(f)]
        figures.codes.update({f.code for f in accusing})
        outcome = (1, bool(accusing), bool(here))
        for group, name in (
            ("kind of number", target.kind),
            ("kind of slip", change.kind),
            ("confirmed by", target.by),
        ):
            figures.count(group, name, outcome)
        figures.elsewhere += [
            f"{path.name}: {change.old} -> {change.new}: {f.code} {f.message}"
            for f in new
            if is_alarm(f) and not touches(f, change.start, end)
        ]
        figures.pairs += pairs_of_mutant(path.stem, manuscript, mutant, target.start, change)
        if not accusing:
            around = document.text[max(change.start - 60, 0) : change.end + 40]
            figures.silent.append(
                f"{path.name}: {target.kind}, {change.old} -> {change.new} "
                f"({'a note' if here else 'silent'}): ...{' '.join(around.split())}..."
            )


def told(path: Path, finding: Finding, hit: Sequence[str], truth: bool) -> str:
    """One alarm with its quotes, for a person to read."""
    mark = f"listed {', '.join(hit)}" if hit else ("NOT LISTED" if truth else "to be read")
    lines = [f"{path.name}: {finding.severity} {finding.code} [{mark}] {finding.message}"]
    lines += [f"      {p.kind} {p.section or p.table or ''}: {p.quote!r}" for p in finding.places]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """``7 of 9  78%``, or a dash."""
    return f"{part} {100 * part / whole:4.0f}%" if whole else "-"


def report(figures: Figures, show: int) -> str:
    """The tables that a person reads."""
    head = ("sentences", "statements", "links", "differ", "twins", "differ", "numbers")
    widths = (10, 12, 8, 8, 8, 8, 10)
    lines = [f"{'paper':<26}" + "".join(f"{h:>{w}}" for h, w in zip(head, widths, strict=True))]
    lines += figures.sizes
    for group, rows in figures.by.items():
        lines += ["", f"{group:<26}{'planted':>8}{'accused':>14}{'noticed':>14}"]
        total = [sum(row[i] for row in rows.values()) for i in range(3)]
        for name, row in (*sorted(rows.items()), ("all", total)):
            shares = [share(row[i], row[0]) for i in (1, 2)]
            lines.append(f"{name:<26}{row[0]:>8}{shares[0]:>14}{shares[1]:>14}")
    codes = ", ".join(f"{code} {n}" for code, n in sorted(figures.codes.items()))
    lines += ["", f"accused by: {codes or 'none'}; new alarms elsewhere: {len(figures.elsewhere)}"]
    lines += [f"  {line}" for line in figures.elsewhere]
    lines += ["", tables(figures.pairs)]
    lines += [
        "",
        f"alarms on the papers as printed: {len(figures.alarms)}, {figures.listed} listed",
    ]
    lines += [f"  {alarm}" for alarm in figures.alarms]
    lines += ["", f"not accused: {len(figures.silent)}"]
    lines += [f"  {line}" for line in figures.silent[:show]]
    lines += ["", f"papers skipped: {len(figures.skipped)}", *figures.skipped]
    return "\n".join(lines)


def papers_in(inputs: Sequence[Path]) -> list[Path]:
    """The papers among the inputs and in the folders among them, in a stable order."""
    found = []
    for path in inputs:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [p for p in inside if p.suffix in PAPERS]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; always 0 once the papers were audited."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("inputs", type=Path, nargs="+", metavar="FOLDER_OR_FILE")
    parser.add_argument("--per-paper", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=40, help="how many silent slips to print")
    parser.add_argument("--fit", type=Path, metavar="OUT", help="write the calibration here")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures to this file")
    chosen = parser.parse_args(arguments)
    missing = [str(path) for path in chosen.inputs if not path.exists()]
    if missing:
        parser.error(f"no such file or folder: {', '.join(missing)}")
    started = time.process_time()
    figures = Figures()
    auditor = Auditor()
    for path in papers_in(chosen.inputs):
        try:
            measure(path, auditor, chosen.per_paper, chosen.seed, figures)
        except AuditorError as error:
            figures.skipped.append(f"{path.name}: {error.message}")
    print(report(figures, chosen.show))
    print(f"\n{time.process_time() - started:.1f} CPU seconds")
    if chosen.fit:
        chosen.fit.write_text(fitted(figures.pairs), encoding="utf-8")
    if chosen.json:
        kept: dict[str, Any] = {
            "recall": figures.by,
            "elsewhere": figures.elsewhere,
            "alarms": figures.alarms,
            "silent": figures.silent,
            "codes": dict(figures.codes),
        }
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

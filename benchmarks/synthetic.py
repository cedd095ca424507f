"""False alarms on consistent synthetic papers, and how many planted errors are noticed.

python benchmarks/synthetic.py [--papers 300] [--seed 1] [--errors 4] [--show 20] [--json OUT]

Trials are drawn patient by patient and printed in layouts drawn at random, so that every number
is right: an error or a warning on such a paper is a false alarm. Then one error at a time is
planted, as by mutation.py. --print SEED prints one paper.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mutation import identity, touches
from planting import KINDS, Mutant, plant
from synthetic_files import changed, document, planted_places
from synthetic_layouts import Layout, Printed, draw_layout, percent, print_sheet
from synthetic_sheets import Sheet, draw_sheets
from synthetic_trials import Share, Trial, draw_trial

from auditor.audit import Audit
from auditor.discovery import Rulebook, load_rulebook
from auditor.engine import audit_manuscripts
from auditor.finding import Finding, Severity
from auditor.testing import read_text


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that holds together: its seed, its layout and its tables."""

    seed: int
    layout: Layout
    sheets: tuple[Sheet, ...]
    tables: tuple[Printed, ...]
    paragraphs: tuple[str, ...]

    def text(self) -> str:
        return document(self.tables, self.paragraphs, self.layout)


@dataclass(slots=True)
class Result:
    """What came of all papers; the tallies count by kind and by trait of the layout."""

    papers: int = 0
    false_alarms: list[tuple[int, Finding]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    alarmed: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def make_paper(seed: int) -> Paper:
    """The paper of this seed, the same on every machine."""
    rng = random.Random(f"paper {seed}")  # noqa: S311  repeatable, not secret
    trial = draw_trial(rng)
    sheets = draw_sheets(trial)
    layout = draw_layout(rng)
    tables = tuple(print_sheet(sheet, layout, rng) for sheet in sheets)
    return Paper(seed, layout, sheets, tables, _paragraphs(trial, sheets, layout, rng))


def _paragraphs(
    trial: Trial, sheets: Sequence[Sheet], layout: Layout, rng: random.Random
) -> tuple[str, ...]:
    """Sentences that repeat numbers of the tables with their denominator."""
    shares = [
        (line.label, cell)
        for sheet in sheets
        for block in sheet.blocks
        for line in block.lines
        for cell in line.cells
        if isinstance(cell, Share) and cell.of and not cell.bare
    ]
    signed = [(label, s, percent(s, layout).removesuffix("%") + "%") for label, s in shares]
    forms = (
        "{label} was recorded in {n} of {of} patients ({p}).",
        "{label} was seen in {n}/{of} ({p}).",
        "The rate of {label} was {p} ({n}/{of}).",
        "There was {label} in {p} ({n} of {of} patients).",
    )
    said = [
        rng.choice(forms).format(label=label.lower(), n=s.n, of=s.of, p=p)
        for label, s, p in rng.sample(signed, min(3, len(signed)))
        if "<" not in p
    ]
    total = sum(arm.n for arm in trial.arms)
    return (f"A total of {total} patients were enrolled. " + " ".join(said),)


@cache
def _rulebook() -> Rulebook:
    return load_rulebook(None)


def audited(text: str, format_: str) -> Audit:
    """The audit of a paper given as text."""
    book = _rulebook()
    return audit_manuscripts([read_text(text, format_)], book.checks, (book,))


def alarms(result: Audit) -> list[Finding]:
    """Errors and warnings."""
    return [f for f in result.findings if f.severity is not Severity.NOTE]


def measure(result: Result, paper: Paper, errors: int) -> None:
    """Audit a paper as it is and with so many errors planted, one at a time."""
    before = audited(paper.text(), paper.layout.format)
    result.papers += 1
    result.false_alarms += [(paper.seed, f) for f in alarms(before)]
    result.failed += [
        f"seed {paper.seed}: {run.code} {run.why}"
        for run in before.checks
        if run.outcome.value == "failed"
    ]
    result.notes.update(f.code for f in before.findings if f.severity is Severity.NOTE)
    slots, headers = planted_places(paper.tables)
    rng = random.Random(f"errors {paper.seed}")  # noqa: S311  repeatable, not secret
    for _ in range(errors if slots else 0):
        mutant = plant(slots, headers, rng.choice(KINDS), rng)
        if mutant is not None:
            _record(result, paper, before, mutant)


def mutated(paper: Paper, mutant: Mutant) -> str:
    """The paper with the error in it."""
    slots, headers = planted_places(paper.tables)
    old = next(x.text for x in (*slots, *headers) if x.element == mutant.element)
    text = old[: mutant.span[0]] + mutant.new + old[mutant.span[1] :]
    return document(changed(paper.tables, mutant.element, text), paper.paragraphs, paper.layout)


def _record(result: Result, paper: Paper, before: Audit, mutant: Mutant) -> None:
    after = audited(mutated(paper, mutant), paper.layout.format)
    known = {identity(f) for f in before.findings}
    new = [f for f in after.findings if identity(f) not in known]
    loud = [f for f in new if f.severity is not Severity.NOTE]
    hit = any(touches(f, mutant.targets) for f in loud)
    seen = any(touches(f, mutant.targets) for f in new)
    table = paper.sheets[min(mutant.targets)[0]].title.split(" by ")[0]
    for name in (mutant.kind, *paper.layout.traits(), f"table {table}", "all"):
        result.planted[name] += 1
        result.alarmed[name] += hit
        result.noticed[name] += seen
        result.elsewhere[name] += sum(not touches(f, mutant.targets) for f in loud)
    if not seen:
        place = min(mutant.targets)
        result.missed.append(
            f"seed {paper.seed}: {mutant.kind}, table index {place[0]}, row {place[1]}, "
            f"column {place[2]}: {mutant.old} -> {mutant.new}"
        )


def run(papers: int, seed: int, errors: int) -> Result:
    """Audit the papers of the seeds ``seed`` to ``seed + papers - 1``."""
    result = Result()
    for number in range(seed, seed + papers):
        measure(result, make_paper(number), errors)
    return result


def report(result: Result, show: int) -> str:
    """What a person reads: false alarms with their tables, then recall."""
    lines = [f"{result.papers} papers, {len(result.false_alarms)} false alarms"]
    lines += [f"  {code}: {many} notes" for code, many in sorted(result.notes.items())]
    lines += [f"FAILED {line}" for line in result.failed]
    for seed, finding in result.false_alarms[:show]:
        lines += ["", f"seed {seed}: {finding.code} {finding.severity}: {finding.message}"]
        lines += [f"    {step}" for step in finding.arithmetic]
        lines += [f"    {line}" for line in shown(make_paper(seed), finding)]
    width = max(map(len, result.planted), default=0)
    lines += ["", f"{'planted':<{width}}{'errors':>8}{'alarmed':>9}{'noticed':>9}{'elsewhere':>11}"]
    for name, many in sorted(result.planted.items(), key=_order):
        shares = [round(100 * counter[name] / many) for counter in (result.alarmed, result.noticed)]
        lines.append(
            f"{name:<{width}}{many:>8}{shares[0]:>8}%{shares[1]:>8}%{result.elsewhere[name]:>11}"
        )
    lines += ["", f"not noticed: {len(result.missed)}", *result.missed[:show]]
    return "\n".join(lines)


def _order(item: tuple[str, int]) -> tuple[int, str]:
    name = item[0]
    return (0 if name == "all" else 1 if name in KINDS else 2, name)


def shown(paper: Paper, finding: Finding) -> list[str]:
    """The table that a finding names, as lines."""
    index = finding.places[0].table_index
    if index is None:
        return list(paper.paragraphs)
    table = paper.tables[index]
    rows = [
        " | ".join("  " * b.depth + b.text.replace("\n", " / ") if b else "<" for b in row)
        for row in table.grid
    ]
    return [f"[{paper.layout}]", table.title, *rows, *table.notes]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 where there are false alarms, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--papers", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=4, help="errors planted into each paper")
    parser.add_argument("--show", type=int, default=20, help="false alarms and misses printed")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures to this file")
    parser.add_argument("--print", type=int, metavar="SEED", help="print the paper of this seed")
    chosen = parser.parse_args(arguments)
    if chosen.print is not None:
        print(make_paper(chosen.print).text())
        return 0
    started = time.process_time()
    result = run(chosen.papers, chosen.seed, chosen.errors)
    print(report(result, chosen.show))
    print(f"\n{time.process_time() - started:.1f} CPU seconds")
    if chosen.json:
        figures = {
            "papers": result.papers,
            "false alarms": [f"seed {s}: {f.code} {f.message}" for s, f in result.false_alarms],
            **{n: getattr(result, n) for n in ("planted", "alarmed", "noticed", "elsewhere")},
        }
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return int(bool(result.false_alarms))


if __name__ == "__main__":
    raise SystemExit(main())

"""How many planted errors are noticed.

python benchmarks/mutation.py FOLDER_OR_FILES... [--per-paper 20] [--seed 1] [--json OUT]

Each JATS paper is audited as it is; then one error at a time is planted into an n (%) cell of
a table (or into the N of a column's header) and the paper is audited again. Counted is
whether a new finding names the mutated place. benchmarks/README.md says what is planted.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from lxml import etree
from planting import KINDS, Key, Mutant, plant, replaced, sites

from auditor.audit import Audit
from auditor.discovery import load_rulebook
from auditor.engine import audit
from auditor.errors import AuditorError
from auditor.finding import Finding, Severity


@dataclass(slots=True)
class Tally:
    """Counts per kind: planted, noticed by an error or warning, noticed at all, elsewhere."""

    planted: Counter[str] = field(default_factory=Counter)
    alarmed: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def identity(finding: Finding) -> tuple[Any, ...]:
    """What makes two findings of two audits the same; figures may differ, places may not."""
    first = finding.places[0]
    where = (first.table_index, first.row, first.column)
    return (
        finding.code,
        finding.severity == Severity.NOTE,
        where if first.table_index is not None else first.quote,
    )


def touches(finding: Finding, targets: frozenset[Key]) -> bool:
    """Whether any place of the finding is one of these cells."""
    return any((p.table_index, p.row, p.column) in targets for p in finding.places)


def record(tally: Tally, mutant: Mutant, before: Audit, after: Audit, name: str) -> None:
    """Count what a planted error brought about."""
    old = {identity(f) for f in before.findings}
    new = [f for f in after.findings if identity(f) not in old]
    alarms = [f for f in new if f.severity != Severity.NOTE]
    alarmed = any(touches(f, mutant.targets) for f in alarms)
    tally.planted[mutant.kind] += 1
    tally.alarmed[mutant.kind] += alarmed
    tally.noticed[mutant.kind] += any(touches(f, mutant.targets) for f in new)
    tally.elsewhere[mutant.kind] += sum(not touches(f, mutant.targets) for f in alarms)
    if not alarmed:
        place = min(mutant.targets)
        tally.missed.append(
            f"{name}: {mutant.kind}, table index {place[0]}, row {place[1]}, column {place[2]}: "
            f"{mutant.old} -> {mutant.new}"
        )


def run(paths: Sequence[Path], per_paper: int, seed: int) -> Tally:
    """Plant ``per_paper`` errors into each paper, kinds in turn; the seed decides where."""
    tally = Tally()
    books = (load_rulebook(None),)
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            try:
                before = audit((path,), rulebooks=books)
            except AuditorError as error:
                tally.skipped.append(f"{path.name}: {error.message}")
                continue
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            tree = etree.parse(str(path), parser).getroot()
            slots, headers = sites(tree, before.documents[0])
            slots = [
                s for s in slots if not any(touches(f, frozenset({s.key})) for f in before.findings)
            ]
            if not slots:
                tally.skipped.append(f"{path.name}: no n (%) cell with a known N")
                continue
            rng = random.Random(f"{seed}:{path.name}")  # noqa: S311  repeatable, not secret
            planted: set[Mutant] = set()
            for number in range(per_paper):
                mutant = plant(slots, headers, KINDS[number % len(KINDS)], rng)
                if mutant is None or mutant in planted:
                    continue
                planted.add(mutant)
                changed = copy.deepcopy(tree)
                element = list(changed.iter())[mutant.element]
                if not replaced(element, *mutant.span, mutant.new):
                    continue
                target = Path(folder) / path.name
                target.write_bytes(etree.tostring(changed, encoding="utf-8"))
                record(tally, mutant, before, audit((target,), rulebooks=books), path.name)
    return tally


def report(tally: Tally) -> str:
    """The table that a person reads."""
    lines = [f"{'planted':<26}{'errors':>8}{'alarmed':>14}{'noticed':>14}{'alarms elsewhere':>18}"]
    kinds = [*(k for k in KINDS if tally.planted[k]), "all"]
    for kind in kinds:
        chosen = KINDS if kind == "all" else (kind,)
        planted, alarmed, noticed, elsewhere = (
            sum(counter[k] for k in chosen)
            for counter in (tally.planted, tally.alarmed, tally.noticed, tally.elsewhere)
        )
        shares = [
            f"{part} {100 * part / planted if planted else 0:4.0f}%" for part in (alarmed, noticed)
        ]
        lines.append(f"{kind:<26}{planted:>8}{shares[0]:>14}{shares[1]:>14}{elsewhere:>18}")
    for title, items in (("not alarmed", tally.missed), ("papers skipped", tally.skipped)):
        lines += ["", f"{title}: {len(items)}", *(f"  {item}" for item in items)]
    return "\n".join(lines)


def papers_in(inputs: Sequence[Path]) -> list[Path]:
    """The JATS files among the inputs and in the folders among them, in a stable order."""
    found = []
    for path in inputs:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [p for p in inside if p.suffix in (".nxml", ".xml")]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; always 0 once the papers were audited."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("inputs", type=Path, nargs="+", metavar="FOLDER_OR_FILE")
    parser.add_argument("--per-paper", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures to this file")
    chosen = parser.parse_args(arguments)
    missing = [str(path) for path in chosen.inputs if not path.exists()]
    if missing:
        parser.error(f"no such file or folder: {', '.join(missing)}")
    started = time.process_time()
    tally = run(papers_in(chosen.inputs), chosen.per_paper, chosen.seed)
    print(report(tally))
    print(f"\n{time.process_time() - started:.1f} CPU seconds")
    if chosen.json:
        figures = {f.name: getattr(tally, f.name) for f in fields(tally)}
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

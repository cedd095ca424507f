"""How many known errors of real papers are found, and how many alarms are true.

python benchmarks/accuracy.py FOLDER [--json OUT] [--categories a,b,...]

FOLDER holds papers (``NAME.nxml``, ``NAME.xml`` or ``NAME.txt``) and their truth
(``NAME.json``); benchmarks/README.md describes the shape of the truth and the measures.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from auditor.audit import Audit
from auditor.discovery import load_rulebook
from auditor.document import Document
from auditor.engine import audit
from auditor.errors import AuditorError
from auditor.finding import Finding, Place, Severity

CATEGORIES = ("percent_vs_count", "parts_vs_whole", "header_N", "unattainable_percentage")
"""Categories that the present checks are meant to find."""

MATCHES = ("error", "error or ambiguous", "any discrepancy", "any, by its first place")
PAPERS = (".nxml", ".xml", ".txt")
SHORTEST_QUOTE = 6
"""A shorter quote ("26") stands in too many sentences to say by itself which one is meant."""


@dataclass(frozen=True, slots=True)
class Known:
    """A discrepancy or trap of the truth file: cells ``(table_index, row, column)``, quotes."""

    id: str
    category: str
    severity: str
    summary: str
    cells: frozenset[tuple[int, int, int]]
    quotes: tuple[str, ...]


@dataclass(slots=True)
class Paper:
    """The outcome for one paper; messages are ready to print."""

    name: str
    seconds: float = 0.0
    problem: str = ""
    errors: list[dict[str, Any]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    alarms: int = 0
    matched: Counter[str] = field(default_factory=Counter)
    unmatched: list[str] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)


def known_items(items: Iterable[dict[str, Any]], document: Document | None = None) -> list[Known]:
    """Truth entries, their cells moved to the origin of the span that covers them."""
    found = []
    for item in items:
        cells = {
            _origin(document, int(at["table_index"]), int(at["row"]), int(at["col"]))
            for at in item["locations"]
            if at["where"] == "table"
        }
        quotes = tuple(at["quote"] for at in item["locations"] if at["where"] == "text")
        summary = (
            f"{item['reported']} -> {item['expected']}"
            if "reported" in item
            else str(item.get("looks_like", ""))
        )
        severity = str(item.get("severity", "trap"))
        found.append(
            Known(item["id"], item["category"], severity, summary, frozenset(cells), quotes)
        )
    return found


def _origin(document: Document | None, table: int, row: int, column: int) -> tuple[int, int, int]:
    if document is not None and table < len(document.tables):
        grid = document.tables[table].grid
        if row < len(grid) and column < len(grid[row]):
            return table, grid[row][column].row, grid[row][column].column
    return table, row, column


def cell_of(place: Place) -> tuple[int, int, int] | None:
    """The cell of the place as ``(table_index, row, column)``, or None."""
    if place.table_index is None or place.row is None or place.column is None:
        return None
    return place.table_index, place.row, place.column


def folded(text: str) -> str:
    """The text in lower case with single blanks."""
    return " ".join(text.split()).lower()


def quotes_overlap(place: Place, quote: str, text: str) -> bool:
    """Whether a text place and a quote of the truth share characters of the document."""
    one, two = folded(place.quote), folded(quote)
    if min(len(one), len(two)) >= SHORTEST_QUOTE and (one in two or two in one):
        return True
    if place.start is None or place.end is None:
        return False
    start = text.find(quote)
    if start < 0:  # printed with other blanks than in the truth: look around the place
        around = folded(text[max(place.start - len(quote), 0) : place.end + len(quote)])
        return one in two and two in around
    while start >= 0:
        if start < place.end and place.start < start + len(quote):
            return True
        start = text.find(quote, start + 1)
    return False


def matches(finding: Finding, known: Known, text: str = "") -> bool:
    """Whether any place of the finding is a location of the known discrepancy."""
    return any(
        cell_of(place) in known.cells
        if cell_of(place) is not None
        else any(quotes_overlap(place, quote, text) for quote in known.quotes)
        for place in finding.places
    )


def is_alarm(finding: Finding) -> bool:
    """Whether the finding asks for action; notes do not."""
    return finding.severity in (Severity.ERROR, Severity.WARNING)


def judge(paper: Paper, result: Audit, truth: dict[str, Any]) -> None:
    """Fill in what was found, missed and falsely alarmed."""
    document = result.documents[0]
    known = known_items(truth["discrepancies"], document)
    traps = known_items(truth.get("traps", ()), document)
    alarms = [f for f in result.findings if is_alarm(f)]
    for item in known:
        any_severity = any(matches(f, item, document.text) for f in result.findings)
        alarmed = any(matches(f, item, document.text) for f in alarms)
        if item.severity == "error":
            paper.errors.append(
                {
                    "id": item.id,
                    "category": item.category,
                    "summary": item.summary,
                    "found": any_severity,
                    "alarmed": alarmed,
                }
            )
        else:
            paper.others[f"{item.severity} listed"] += 1
            paper.others[f"{item.severity} found"] += any_severity
            paper.others[f"{item.severity} alarmed"] += alarmed
    paper.alarms = len(alarms)
    for finding in alarms:
        hit = {item.severity for item in known if matches(finding, item, document.text)}
        paper.matched["error"] += "error" in hit
        paper.matched["error or ambiguous"] += bool(hit & {"error", "ambiguous"})
        paper.matched["any discrepancy"] += bool(hit)
        first = replace(finding, places=finding.places[:1])
        paper.matched["any, by its first place"] += any(
            matches(first, item, document.text) for item in known
        )
        shown = f"{finding.severity} {finding.code}: {finding.message}"
        if not hit:
            paper.unmatched.append(shown)
        paper.trapped += [
            f"{trap.id}{' (also listed as a discrepancy)' if hit else ''}: {shown}"
            for trap in traps
            if cell_of(finding.places[0]) in trap.cells
        ]


def run(folder: Path) -> list[Paper]:
    """Audit every paper of the folder that has a truth file beside it."""
    rulebook = load_rulebook(None)
    papers = []
    for path in sorted(folder.iterdir()):
        truth = path.with_suffix(".json")
        if path.suffix not in PAPERS or not truth.exists():
            continue
        known = json.loads(truth.read_text(encoding="utf-8"))
        paper = Paper(path.name)
        started = time.process_time()
        try:
            result = audit((path,), rulebooks=(rulebook,))
        except AuditorError as error:
            paper.problem = str(error)
            paper.errors = [
                {
                    "id": item.id,
                    "category": item.category,
                    "summary": item.summary,
                    "found": False,
                    "alarmed": False,
                }
                for item in known_items(known["discrepancies"])
                if item.severity == "error"
            ]
        else:
            paper.seconds = round(time.process_time() - started, 2)
            judge(paper, result, known)
            paper.problem = "; ".join(
                f"{r.code}: {r.why}" for r in result.checks if r.why and (r.outcome == "failed")
            )
        papers.append(paper)
    return papers


def recall(papers: Sequence[Paper], categories: Iterable[str] | None = None) -> dict[str, int]:
    """``errors`` listed, ``found`` at any severity, ``alarmed`` as error or warning."""
    wanted = None if categories is None else set(categories)
    errors = [e for p in papers for e in p.errors if wanted is None or e["category"] in wanted]
    return {
        "errors": len(errors),
        "found": sum(e["found"] for e in errors),
        "alarmed": sum(e["alarmed"] for e in errors),
    }


def summary(papers: Sequence[Paper], categories: Sequence[str]) -> dict[str, Any]:
    """All figures, for machines."""
    alarms = sum(p.alarms for p in papers)
    matched: Counter[str] = sum((p.matched for p in papers), Counter())
    names = sorted({e["category"] for p in papers for e in p.errors})
    return {
        "papers": [{f.name: getattr(p, f.name) for f in fields(p)} for p in papers],
        "recall": {
            "by category": {name: recall(papers, (name,)) for name in names},
            "all": recall(papers),
            "wanted": {"categories": list(categories), **recall(papers, categories)},
        },
        "other discrepancies": dict(sum((p.others for p in papers), Counter())),
        "alarms": alarms,
        "precision": {
            name: {"matched": matched[name], "share": matched[name] / alarms if alarms else None}
            for name in MATCHES
        },
        "alarms on traps": sum(len(p.trapped) for p in papers),
        "seconds": round(sum(p.seconds for p in papers), 2),
    }


def share(part: int, whole: int) -> str:
    """``7/9  78%``, or a dash for nothing out of nothing."""
    return f"{part}/{whole} {100 * part / whole:4.0f}%" if whole else "–"


def report(papers: Sequence[Paper], figures: dict[str, Any]) -> str:
    """The tables that a person reads."""
    lines = [f"{'recall over errors':<34}{'any severity':>16}{'error, warning':>18}"]
    rows = [*figures["recall"]["by category"].items(), ("all", figures["recall"]["all"])]
    wanted = figures["recall"]["wanted"]
    rows.append(("wanted: " + ", ".join(wanted["categories"]), wanted))
    for name, row in rows:
        label = name if len(name) <= 33 else "wanted categories (see below)"
        found, alarmed = share(row["found"], row["errors"]), share(row["alarmed"], row["errors"])
        lines.append(f"{label:<34}{found:>16}{alarmed:>18}")
    lines += ["", "wanted categories: " + ", ".join(wanted["categories"])]
    others = figures["other discrepancies"]
    for kind in ("rounding", "ambiguous"):
        listed = others.get(f"{kind} listed", 0)
        lines.append(
            f"{kind}: {share(others.get(f'{kind} found', 0), listed)} found, "
            f"{others.get(f'{kind} alarmed', 0)} of them as error or warning"
        )
    lines += ["", f"precision over {figures['alarms']} errors and warnings"]
    for name, row in figures["precision"].items():
        lines.append(f"  matches {name:<24}{share(row['matched'], figures['alarms']):>12}")
    lines += ["", f"{'paper':<24}{'errors':>8}{'found':>8}{'alarms':>8}{'traps':>8}{'CPU s':>8}"]
    for p in papers:
        found = sum(e["found"] for e in p.errors)
        lines.append(
            f"{p.name:<24}{len(p.errors):>8}{found:>8}{p.alarms:>8}{len(p.trapped):>8}"
            f"{p.seconds:>8.2f}"
        )
    sections = (
        (
            "missed errors",
            [
                f"{e['id']} {e['category']}: {e['summary']}{' (note only)' if e['found'] else ''}"
                for p in papers
                for e in p.errors
                if not e["alarmed"]
            ],
        ),
        (
            "alarms that match no discrepancy",
            [f"{p.name}: {m}" for p in papers for m in p.unmatched],
        ),
        ("alarms on traps", [f"{p.name}: {m}" for p in papers for m in p.trapped]),
        ("papers or checks that failed", [f"{p.name}: {p.problem}" for p in papers if p.problem]),
    )
    for title, items in sections:
        lines += ["", f"{title}: {len(items)}", *(f"  {item}" for item in items)]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; always 0 once the papers were audited."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures to this file")
    parser.add_argument(
        "--categories", default=",".join(CATEGORIES), help="categories of the overall recall"
    )
    chosen = parser.parse_args(arguments)
    if not chosen.folder.is_dir():
        parser.error(f"{chosen.folder} is not a folder")
    papers = run(chosen.folder)
    if not papers:
        parser.error(f"{chosen.folder} holds no paper with a truth file beside it")
    categories = [name for name in chosen.categories.split(",") if name]
    figures = summary(papers, categories)
    print(report(papers, figures))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1, default=str) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Tables whose P values follow from their counts under a usual test raise no alarm."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from auditor.check import Check
from auditor.discovery import load_rulebook
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Severity
from auditor.reanalysis.compared import Counts
from auditor.reanalysis.judged_counts import smallest
from auditor.recomputed import Recomputed
from auditor.statistics.chi_squared import pearson, yates
from auditor.statistics.fisher import fisher
from auditor.testing import read_text

Test = Callable[[Counts], float | None]
CHECKS = {c.code: c for c in load_rulebook(None).checks if c.code.startswith("PVL00")}
CODES = ("PVL002", "PVL003", "PVL004", "PVL005")
LABELS = ("Diabetes", "Hypertension", "Smoking", "Previous surgery", "Anaemia", "Fever")


def _usual(counts: Counts) -> float | None:
    """Pearson's test, Fisher's where few are expected: the convention of most papers."""
    return fisher(counts) if smallest(counts) < 5 else pearson(counts)


TESTS: dict[str, Test] = {
    "Pearson": pearson,
    "Fisher": fisher,
    "Yates": lambda counts: yates(counts) or pearson(counts),
    "usual": _usual,
}


def _print(p: float, rng: random.Random) -> str:
    decimals = rng.choice((2, 3, 3, 4))
    least = 10.0**-decimals
    return f"<{least:.{decimals}f}" if p < least else f"{p:.{decimals}f}"


def _row(label: str, counts: list[int], ns: list[int], p: str) -> str:
    cells = [f"{x} ({100 * x / n:.1f}%)" for x, n in zip(counts, ns, strict=True)]
    return f"| {label} | {' | '.join(cells)} | {p} |"


def _table(rng: random.Random, test: Test) -> str:
    """A table of two arms: rows of their own, variables with their P in one of three places."""
    ns = [rng.randint(20, 300) for _ in range(2)]
    lines = [f"| | Alpha (n = {ns[0]}) | Beta (n = {ns[1]}) | P |", "| --- | --- | --- | --- |"]
    for label in rng.sample(LABELS, rng.randint(2, 5)):
        share = rng.uniform(0.1, 0.9)
        counts = [round(n * min(0.97, max(0.03, share + rng.uniform(-0.1, 0.1)))) for n in ns]
        p = test(tuple((x, n - x) for x, n in zip(counts, ns, strict=True)))
        lines.append(_row(label, counts, ns, "" if p is None else _print(p, rng)))
    for heading in rng.sample(("Histology", "Stage", "Receptor status"), rng.randint(1, 2)):
        names = {
            "Histology": ["Ductal", "Lobular", "Other"],
            "Stage": ["I", "II", "III", "IV"],
            "Receptor status": ["Positive", "Negative"],
        }[heading]
        parts = [_split(n, len(names), rng) for n in ns]
        p = test(tuple(tuple(part) for part in parts))
        if p is None or p > 0.9999:
            continue
        where = rng.choice(("heading", "first"))
        lines.append(f"| {heading} | | | {_print(p, rng) if where == 'heading' else ''} |")
        for i, name in enumerate(names):
            shown = _print(p, rng) if where == "first" and i == 0 else ""
            lines.append(_row(name, [part[i] for part in parts], ns, shown))
    return "Table 1. Characteristics\n\n" + "\n".join(lines) + "\n"


def _split(n: int, parts: int, rng: random.Random) -> list[int]:
    cuts = sorted(rng.randint(0, n) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)]


def _findings(check: Check, text: str) -> tuple[list[Finding], list[Recomputed]]:
    try:
        found = list(check(read_text(text)))
    except NotEvaluable:
        return [], []
    return (
        [f for f in found if isinstance(f, Finding)],
        [f for f in found if isinstance(f, Recomputed)],
    )


@pytest.mark.parametrize("name", list(TESTS))
def test_no_alarm(name: str) -> None:
    rng = random.Random(f"consistent {name}")  # noqa: S311  repeatable, not secret
    judged = 0
    for _ in range(25):
        text = _table(rng, TESTS[name])
        for code in CODES:
            findings, recomputed = _findings(CHECKS[code], text)
            judged += len(recomputed)
            assert not [f for f in findings if f.severity is not Severity.NOTE], text
            assert all(r.standing == "standard" for r in recomputed), text
            # Pearson's test with few expected is told in a note.
            assert name == "Pearson" or not findings, text
    assert judged > 75


def test_wrong_p_values_are_found() -> None:
    rng = random.Random("wrong")  # noqa: S311  repeatable, not secret
    found = 0
    for _ in range(20):
        lines = _table(rng, pearson).splitlines()
        own = [
            i for i, line in enumerate(lines) if line.startswith(tuple(f"| {x}" for x in LABELS))
        ]
        i = own[0]
        cells = lines[i].split("|")
        printed = float(cells[-2].strip(" <"))
        cells[-2] = " 0.004 " if printed > 0.2 else " 0.871 "
        lines[i] = "|".join(cells)
        findings, _ = _findings(CHECKS["PVL002"], "\n".join(lines) + "\n")
        found += any(f.places[0].row == i - 2 - 1 for f in findings)
    assert found >= 12

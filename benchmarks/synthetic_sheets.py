"""Makes tables of a synthetic trial, without their looks: ``synthetic_layouts`` prints them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from synthetic_trials import (
    PARTITIONS,
    RESPONSES,
    Block,
    Draw,
    Head,
    Line,
    Share,
    Trial,
    continuous,
    lone,
    nested,
    partition,
    several,
    values_of,
)

EVENTS: dict[str, tuple[str, ...]] = {
    "Haematological": ("Anaemia", "Neutropenia", "Thrombocytopenia", "Febrile neutropenia"),
    "Non-haematological": (
        *("Nausea", "Vomiting", "Diarrhoea", "Fatigue", "Rash", "Mucositis", "Neuropathy"),
        *("Infection", "ALT increased", "Hypertension"),
    ),
}
GRADES: tuple[tuple[tuple[str, int, int], ...], ...] = (
    (("All grades", 1, 5), ("Grade ≥3", 3, 5)),
    (("Any grade", 1, 5), ("Grade 3-4", 3, 4)),
    (("Grade 1-2", 1, 2), ("Grade 3-4", 3, 4)),
    (("All grades", 1, 5), ("Grade 1-2", 1, 2), ("Grade ≥3", 3, 5)),
    (("Grade 1", 1, 1), ("Grade 2", 2, 2), ("Grade 3", 3, 3), ("Grade 4", 4, 4)),
    (("", 1, 5),),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table without its looks: columns are the heads, each parted into ``subs``.

    ``kind`` is ``plain``, ``fractions`` (n/N is printed) or ``subgroups`` (the first column
    prints the N of the row).
    """

    title: str
    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    subs: tuple[str, ...] = ("",)
    kind: str = "plain"


def baseline(trial: Trial) -> Sheet:
    """Baseline characteristics."""
    kinds: tuple[Draw, ...] = (partition, several, lone, nested, continuous)
    drawn = [trial.rng.choices(kinds, (6, 1, 2, 1, 2))[0] for _ in range(trial.rng.randint(4, 9))]
    blocks = [block for draw in drawn if (block := draw(trial)) is not None]
    return Sheet("Baseline characteristics", trial.heads(), tuple(blocks))


def response(trial: Trial) -> Sheet:
    """Best response with its composites, over all or over the evaluable patients."""
    rng = trial.rng
    data = trial.values["response"]
    evaluable = rng.random() < 0.25 and all(set(g) != {"Not evaluable"} for g in data)
    if evaluable:
        data = [[v for v in group if v != "Not evaluable"] for group in data]
    groups = trial.groups(data)
    heads = tuple(replace(h, n=len(g)) for h, g in zip(trial.heads(), groups, strict=True))

    def row(label: str, values: Sequence[str], depth: int = 1) -> Line:
        shares = (Share(sum(v in values for v in g), len(g)) for g in groups)
        return Line(label, tuple(shares), depth)

    shown = RESPONSES[:4] if evaluable else RESPONSES
    if rng.random() < 0.4:
        short = {"Complete response": "CR", "Partial response": "PR", "Stable disease": "SD"}
        short |= {"Progressive disease": "PD", "Not evaluable": "NE"}
    else:
        short = {}
    best = Block("Best response", tuple(row(short.get(x, x), [x]) for x in shown))
    overall = row("Objective response rate", RESPONSES[:2], depth=0)
    control = row("Disease control rate", RESPONSES[:3], depth=0)
    after = [Block("", (overall,)), Block("", (control,))]
    if rng.random() < 0.4:
        interval = tuple(_wilson(c) for c in overall.cells if isinstance(c, Share))
        after.insert(1, Block("", (Line("95% CI", interval, depth=1),), shares=False))
    return Sheet("Response to treatment", heads, (best, *after))


def _wilson(share: Share) -> str:
    if share.of == 0:
        return "–"
    z = 1.959964
    p, n = share.n / share.of, share.of
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{abs(100 * (middle - reach)):.1f}-{100 * (middle + reach):.1f}"


def adverse(trial: Trial) -> Sheet:
    """Adverse events by worst grade, among the treated, who may be fewer than the randomised."""
    rng = trial.rng
    arms = tuple(replace(a, n=a.n - min(rng.choice((0, 0, 1, 2)), a.n - 4)) for a in trial.arms)
    treated = Trial(rng, arms, trial.total)
    columns = rng.choice(GRADES)
    worst = 4 if any(high == 4 for _, _, high in columns) else 5
    blocks = []
    for heading, names in EVENTS.items():
        chosen = rng.sample(names, rng.randint(3, len(names)))
        lines = tuple(Line(name, _graded(treated, columns, worst)) for name in chosen)
        blocks.append(Block(heading, lines))
    if rng.random() < 0.5:
        blocks = [Block("", tuple(x for b in blocks for x in b.lines))]
    subs = tuple(name for name, _, _ in columns)
    return Sheet("Adverse events", treated.heads(), tuple(blocks), subs)


def _graded(trial: Trial, columns: Sequence[tuple[str, int, int]], worst: int) -> tuple[Share, ...]:
    rng = trial.rng
    share = rng.random() ** 2
    odds = [40, 30, 15, 4, 1][:worst]
    grades = range(1, worst + 1)
    data = [
        [rng.choices(grades, odds)[0] if rng.random() < share else 0 for _ in range(arm.n)]
        for arm in trial.arms
    ]
    return tuple(
        Share(sum(low <= v <= high for v in g), len(g))
        for g in trial.groups(data)
        for _, low, high in columns
    )


def cross(trial: Trial) -> Sheet:
    """Responders by line of treatment or age and arm, n/N with totals; cells may be empty."""
    name = trial.rng.choice(("Treatment line", "Age group"))
    by = trial.values.get(name) or values_of(trial, name, 0)
    hits = trial.values["response"]
    pairs = [list(zip(a, b, strict=True)) for a, b in zip(by, hits, strict=True)]
    groups = trial.groups(pairs)

    def row(label: str, chosen: Sequence[str]) -> Line:
        inside = [[hit in RESPONSES[:2] for line, hit in g if line in chosen] for g in groups]
        return Line(label, tuple(Share(sum(g), len(g)) for g in inside), depth=0)

    rows = [row(label, (label,)) for label in PARTITIONS[name]]
    rows.append(row("Total", PARTITIONS[name]))
    return Sheet(f"Response by {name}", trial.heads(), (Block("", tuple(rows)),), kind="fractions")


def subgroups(trial: Trial) -> Sheet:
    """Subgroups of all patients with the N of each row in a column of its own."""
    rng = trial.rng
    hits = [v in RESPONSES[:2] for arm in trial.values["response"] for v in arm]
    split = rng.random() < 0.4
    names = ("Response", "No response") if split else ("Responders",)
    blocks = []
    for name in rng.sample(tuple(PARTITIONS), rng.randint(2, 4)):
        known = trial.values.get(name) or values_of(trial, name, 0)
        flat = [v for arm in known for v in arm]
        lines = []
        for label in PARTITIONS[name]:
            inside = [hit for value, hit in zip(flat, hits, strict=True) if value == label]
            n, of = sum(inside), len(inside)
            shares = (Share(n, of), Share(of - n, of))[: len(names)]
            lines.append(Line(label, (of, *shares)))
        blocks.append(Block(name, tuple(lines)))
    heads = (Head("No. of patients", 0), *(Head(name, 0) for name in names))
    return Sheet("Response by subgroup", heads, tuple(blocks), kind="subgroups")


def draw_sheets(trial: Trial) -> tuple[Sheet, ...]:
    """The tables of one paper: a baseline table and some of the others."""
    others = trial.rng.sample((response, adverse, cross, subgroups), trial.rng.randint(1, 2))
    return (baseline(trial), *(make(trial) for make in others))

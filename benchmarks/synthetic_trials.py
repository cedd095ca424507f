"""Draws consistent trials, patient by patient, and the rows that a table makes of them.

A row is drawn without its looks: what it counts, and of how many patients.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

PARTITIONS: dict[str, tuple[str, ...]] = {
    "Sex": ("Male", "Female"),
    "ECOG performance status": ("0", "1", "2"),
    "Karnofsky score": ("90-100", "70-80", "<70"),
    "Stage": ("IIIA", "IIIB", "IV"),
    "T stage": ("T1", "T2", "T3", "T4"),
    "Histology": ("Adenocarcinoma", "Squamous cell carcinoma", "Large cell", "Other"),
    "Smoking history": ("Never", "Former", "Current"),
    "Race": ("White", "Asian", "Black", "Other"),
    "Treatment line": ("First line", "Second line", "Beyond second line"),
    "EGFR mutation": ("Positive", "Negative"),
    "KRAS status": ("Wild type", "Mutant"),
    "Tumour grade": ("G1", "G2", "G3"),
    "Age group": ("<65 years", "≥65 years"),
    "Age, years": ("<50", "50-64", "≥65"),
    "Number of previous regimens": ("0", "1", "2", "≥3"),
    "Prior transplantation": ("Yes", "No"),
    "Child-Pugh class": ("A", "B"),
    "Primary tumour site": ("Colon", "Rectum"),
}
LISTS: dict[str, tuple[str, ...]] = {
    "Sites of metastasis": ("Liver", "Lung", "Bone", "Lymph nodes", "Brain", "Other"),
    "Comorbidities": ("Arterial hypertension", "Diabetes mellitus", "Heart failure", "COPD"),
    "Prior treatment": ("Surgery", "Radiotherapy", "Chemotherapy", "Immunotherapy"),
    "Symptoms": ("Pain", "Weight loss", "Dyspnoea", "Cough"),
    "Reasons for discontinuation": ("Toxicity", "Patient choice", "Other reason"),
}
LONE = ("Measurable disease", "Central venous catheter", "Previous malignancy", "Alcohol use")
PARENTS: dict[str, tuple[str, ...]] = {
    "Subsequent therapy": ("Antibodies", "Cytotoxic drugs", "Kinase inhibitors"),
    "Family history of cancer": ("Breast", "Ovarian", "Colorectal"),
}
MEASURES = ("Age", "Body-mass index", "Time since diagnosis", "Tumour diameter", "CA 19-9")
RESPONSES = (
    *("Complete response", "Partial response", "Stable disease", "Progressive disease"),
    "Not evaluable",
)
ARMS = (
    ("All patients",),
    ("Vaccine", "Placebo"),
    ("Arm A", "Arm B", "Arm C", "Arm D"),
    ("Gemcitabine", "Gemcitabine plus cisplatin", "Capecitabine"),
    ("Responders", "Non-responders"),
    ("Osteosarcoma", "Soft tissue sarcoma", "Ewing sarcoma", "Other"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """``n`` of ``of`` patients; ``bare`` prints the count alone, ``of == 0`` prints a dash."""

    n: int
    of: int
    bare: bool = False


Content = Share | str | int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a content for every data column. ``p`` goes into the column of p-values."""

    label: str
    cells: tuple[Content, ...]
    depth: int = 1
    p: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading; without a heading they stand for themselves.

    ``shares`` tells that the rows are n (%), so that a label may announce it.
    """

    heading: str
    lines: tuple[Line, ...]
    shares: bool = True
    p: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Who is counted in a group of columns."""

    name: str
    n: int
    total: bool = False


@dataclass(slots=True)
class Trial:
    """The patients of each arm: their values by variable, None where one is missing."""

    rng: random.Random
    arms: tuple[Head, ...]
    total: str = ""  # where the column of all patients stands: "first", "last" or nowhere
    values: dict[str, list[list[str | None]]] = field(default_factory=dict)
    ages: list[list[float]] = field(default_factory=list)

    def heads(self) -> tuple[Head, ...]:
        return self._columns(
            list(self.arms), lambda arms: Head("Total", sum(a.n for a in arms), total=True)
        )

    def groups(self, data: Sequence[Sequence[T]]) -> tuple[list[T], ...]:
        """The values of all patients of every head, of those of every arm."""
        return self._columns([list(d) for d in data], lambda arms: [v for a in arms for v in a])

    def _columns(self, parts: list[T], whole: Callable[[list[T]], T]) -> tuple[T, ...]:
        if not self.total:
            return tuple(parts)
        return (whole(parts), *parts) if self.total == "first" else (*parts, whole(parts))

    def fresh(self, names: Sequence[str]) -> str | None:
        """A variable that the paper has not shown yet, or None."""
        free = [name for name in names if name not in self.values]
        return self.rng.choice(free) if free else None

    def draw(self, name: str, one: Callable[[], str | None]) -> list[list[str | None]]:
        """A value for every patient, kept under the name of the variable."""
        self.values[name] = [[one() for _ in range(arm.n)] for arm in self.arms]
        return self.values[name]


Draw = Callable[[Trial], Block | None]


def draw_trial(rng: random.Random) -> Trial:
    """Arms of 5 to 600 patients, more often small ones, 1 to 4 of them."""
    names = rng.choice(ARMS)
    count = rng.randint(min(2, len(names)), len(names))
    size = round(math.exp(rng.uniform(math.log(5), math.log(600))))
    even = rng.random() < 0.6
    arms = tuple(
        Head(name, max(5, round(size * rng.uniform(0.93, 1.07) if even else size * rng.random())))
        for name in names[:count]
    )
    total = rng.choice(("", "", "first", "last")) if count > 1 else ""
    trial = Trial(rng, arms, total)
    trial.ages = [[round(rng.gauss(58, 10), 1) for _ in range(arm.n)] for arm in arms]
    odds = weights(rng, len(RESPONSES))
    trial.draw("response", lambda: rng.choices(RESPONSES, odds)[0])
    return trial


def weights(rng: random.Random, count: int) -> list[float]:
    """How frequent each of ``count`` categories is."""
    return [rng.random() ** 2 + 0.02 for _ in range(count)]


def partition(trial: Trial) -> Block | None:
    """Categories of which every patient has one, with or without missing values."""
    rng = trial.rng
    name = trial.fresh(tuple(PARTITIONS))
    if name is None:
        return None
    labels = PARTITIONS[name]
    missing = rng.choice(("none", "none", "row", "count", "known", "known", "silent", "stated"))
    rate = 0.0 if missing == "none" else rng.choice((0.02, 0.05, 0.15))
    data = values_of(trial, name, rate)
    groups = trial.groups(data)
    known = [sum(v is not None for v in group) for group in groups]
    over_n = missing in ("none", "row", "silent")
    lines = [
        Line(
            label,
            tuple(
                Share(group.count(label), len(group) if over_n else k)
                for group, k in zip(groups, known, strict=True)
            ),
        )
        for label in labels
    ]
    if missing in ("row", "count"):
        label = rng.choice(("Unknown", "Missing", "Not available"))
        bare = missing == "count"
        lines.append(Line(label, tuple(Share(g.count(None), len(g), bare) for g in groups)))
    stated = f" (n = {known[0]})" if missing == "stated" and len(groups) == 1 else ""
    return Block(name + stated, tuple(lines), p=association(data, labels))


def values_of(trial: Trial, name: str, missing: float) -> list[list[str | None]]:
    """The categories of all patients; ages have to agree with their groups."""
    rng = trial.rng
    if name.startswith("Age"):
        limits = (65,) if name == "Age group" else (50, 65)
        trial.values[name] = [
            [
                None if rng.random() < missing else PARTITIONS[name][sum(a >= x for x in limits)]
                for a in ages
            ]
            for ages in trial.ages
        ]
        return trial.values[name]
    labels = PARTITIONS[name]
    odds = weights(rng, len(labels))
    return trial.draw(
        name, lambda: None if rng.random() < missing else rng.choices(labels, odds)[0]
    )


def several(trial: Trial) -> Block | None:
    """A list of which a patient may have several, each over all patients."""
    name = trial.fresh(tuple(LISTS))
    if name is None:
        return None
    trial.values[name] = []
    return Block(name, tuple(_marked(trial, label) for label in LISTS[name]))


def lone(trial: Trial) -> Block | None:
    """A single row, now and then over the patients with data."""
    name = trial.fresh(LONE)
    rate = trial.rng.choice((0, 0, 0, 0.05))
    return Block("", (_marked(trial, name, missing=rate, depth=0),)) if name else None


def _marked(trial: Trial, label: str, *, missing: float = 0, depth: int = 1) -> Line:
    rng = trial.rng
    share = rng.random() ** 2
    data = trial.draw(
        label,
        lambda: None if rng.random() < missing else "yes" if rng.random() < share else "no",
    )
    cells = (Share(g.count("yes"), len(g) - g.count(None)) for g in trial.groups(data))
    return Line(label, tuple(cells), depth, association(data, ("yes", "no")))


def nested(trial: Trial) -> Block | None:
    """A row with rows below it of which a patient may have several, over N or over the row."""
    rng = trial.rng
    name = trial.fresh(tuple(PARENTS))
    if name is None:
        return None
    share, parts = rng.random(), [rng.random() for _ in PARENTS[name]]
    letters = "abc"[: len(parts)]

    def one() -> str | None:
        hit = "".join(x for x, part in zip(letters, parts, strict=True) if rng.random() < part)
        return hit if rng.random() < share else None

    groups = trial.groups(trial.draw(name, one))
    top = tuple(Share(sum(v is not None for v in g), len(g)) for g in groups)
    of_parent = rng.random() < 0.25
    lines = [Line(name, top, depth=0)]
    for letter, label in zip(letters, PARENTS[name], strict=True):
        counts = [sum(v is not None and letter in v for v in g) for g in groups]
        shown = f"{label}, of those treated" if of_parent else label
        of = [t.n if of_parent else t.of for t in top]
        lines.append(Line(shown, tuple(map(Share, counts, of))))
    return Block("", tuple(lines))


def continuous(trial: Trial) -> Block | None:
    """A measure with its spread, in one row or under a heading of its own."""
    rng = trial.rng
    name = trial.fresh(MEASURES)
    if name is None:
        return None
    trial.values[name] = []
    middle = rng.uniform(20, 70)
    data = [[round(rng.gauss(middle, middle / 6), 1) for _ in range(a.n)] for a in trial.arms]
    groups = trial.groups(trial.ages if name == "Age" else data)
    looks: dict[str, Callable[[list[float]], str]] = {
        "mean ± SD": lambda g: f"{statistics.fmean(g):.1f} ± {statistics.stdev(g):.1f}",
        "mean (SD)": lambda g: f"{statistics.fmean(g):.1f} ({statistics.stdev(g):.1f})",
        "mean (SD), rounded": lambda g: f"{statistics.fmean(g):.0f} ({statistics.stdev(g):.0f})",
        "median (range)": lambda g: f"{statistics.median(g):.0f} ({min(g):.0f}-{max(g):.0f})",
        "median (IQR)": lambda g: f"{statistics.median(g):.1f} ({_quartiles(g)})",
        "median [IQR]": lambda g: f"{statistics.median(g):.0f} [{_quartiles(g)}]",
    }
    chosen = rng.choice(tuple(looks))
    if rng.random() < 0.7:
        label = f"{name}, {chosen.removesuffix(', rounded')}"
        return Block("", (Line(label, tuple(map(looks[chosen], groups)), depth=0),), shares=False)
    lines = (
        Line("Median", tuple(f"{statistics.median(g):.1f}" for g in groups)),
        Line("Range", tuple(f"{min(g):.1f}-{max(g):.1f}" for g in groups)),
    )
    return Block(name, lines, shares=False)


def _quartiles(group: list[float]) -> str:
    low, _, high = statistics.quantiles(group, n=4, method="inclusive")
    return f"{low:.0f}-{high:.0f}"


def association(data: Sequence[Sequence[T]], values: Sequence[T]) -> str:
    """The p-value of Pearson's chi-square test of arms by values, or "" where there is none."""
    counts = [[group.count(v) for v in values] for group in data]
    counts = [row for row in counts if sum(row)]
    used = [i for i in range(len(values)) if any(row[i] for row in counts)]
    df = (len(counts) - 1) * (len(used) - 1)
    if df <= 0:
        return ""
    whole = sum(map(sum, counts))
    column = {i: sum(row[i] for row in counts) for i in used}
    x = sum(
        (row[i] - sum(row) * column[i] / whole) ** 2 / (sum(row) * column[i] / whole)
        for row in counts
        for i in used
    )
    p = _chi_square_tail(x, df)
    return "<0.001" if p < 0.001 else f"{p:.3f}" if p < 0.01 else f"{p:.2f}"


def _chi_square_tail(x: float, df: int) -> float:
    """P(chi-square > x), by its finite series."""
    if df % 2 == 0:
        terms = [math.exp(-x / 2)]
        for i in range(1, df // 2):
            terms.append(terms[-1] * x / 2 / i)
        return min(1.0, sum(terms))
    tail = math.erfc(math.sqrt(x / 2))
    term = math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    for i in range(1, df // 2 + 1):
        tail += term
        term *= x / (2 * i + 1)
    return min(1.0, tail)

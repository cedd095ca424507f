"""Search for invented patients whose survival agrees with the example manuscript.

Simulated annealing over the days to progression and death of 44 patients whose disease, line,
therapy and best response are given by the tables of ``examples/sarcoma-consistent.xml``; free are
the days, who has an event, and which subtype belongs to which patient of the same response. It
takes some minutes and writes ``sarcoma_plan.csv``, from which ``sarcoma_cohort.py`` makes the
tables. Times are in days, first day included; a month has 30.4375 days.

    python benchmarks/sarcoma_times.py [SEED [MOVES]]
"""

from __future__ import annotations

import csv
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist

from auditor.synthetic.draw import Draw

PLAN = Path(__file__).parent / "sarcoma_plan.csv"
MONTH = 30.4375
LONGEST = 905
ANY = None  # not estimable

# therapy, line, best responses: Tables 2 and 5
OSTEO = (
    ("chemotherapy", 1, "PD PD"),
    ("alone", 2, "SD SD PD PD"),
    ("chemotherapy", 2, "SD SD SD PD"),
    ("alone", 3, "SD SD PD"),
)
SOFT = (
    ("alone", 1, "PR"),
    ("chemotherapy", 1, "PR PR PR SD SD SD"),
    ("radiotherapy", 1, "SD"),
    ("alone", 2, "SD SD SD SD SD SD SD SD PD PD PD PD"),
    ("chemotherapy", 2, "PR PR SD PD PD PD"),
    ("alone", 3, "SD SD SD"),
    ("chemotherapy", 3, "PD"),
    ("radiotherapy", 3, "PD"),
)
# subtype -> patients with PR, SD, PD: Table 3
SUBTYPES = {
    "FS": (2, 5, 2), "SS": (1, 3, 1), "UPS": (0, 2, 3), "LMS": (1, 0, 2), "LPS": (0, 2, 0),
    "CCS": (1, 0, 0), "ASPS": (1, 0, 0), "Others": (0, 4, 1),
}  # fmt: skip
FREE_OF_PROGRESSION = {"ASPS": 883, "CCS": 609}

# group -> median, lower, upper in months as printed (Tables 4 and 6, text); None: not estimable;
# "?": nothing is printed. A lower bound of 0 is one that was cut at 0.
Figures = tuple[float | str | None, float | str | None, float | str | None]
NONE: Figures = (ANY, ANY, ANY)
PFS: dict[str, Figures] = {
    "soft": (5.4, 4.1, 6.8), "FS": (3.9, 2.1, 5.7), "SS": (5.7, 2.9, 8.5), "UPS": (5.4, 0, 13.5),
    "LMS": (6.1, 0, 13.3), "Others": NONE, "soft line 1": NONE, "soft line 2": (5.2, 3.6, 6.8),
    "soft line 3": (2.9, 0.5, 5.3), "soft alone": (5.4, 4.9, 6.0),
    "soft chemotherapy": (5.7, 3.3, 8.1), "soft radiotherapy": (1.4, ANY, ANY),
    "osteo": (4.4, 0, 9.1), "osteo alone": (4.4, "?", "?"), "osteo chemotherapy": (3.6, "?", "?"),
}  # fmt: skip
OS: dict[str, Figures] = {
    "soft": (17.9, 11.2, 24.6), "FS": (17.9, 15.0, 20.8), "SS": NONE, "UPS": (13.5, 5.7, 21.3),
    "LMS": NONE, "Others": (15.8, 10.2, 21.4), "soft line 1": (15.7, ANY, ANY),
    "soft line 2": (17.9, ANY, ANY), "soft line 3": (11.7, 2.4, 21.0),
    "soft alone": (22.8, 12.4, 33.2), "soft chemotherapy": (17.9, 13.3, 22.5),
    "soft radiotherapy": (6.3, ANY, ANY), "osteo": (15.7, 9.5, 21.9),
}  # fmt: skip
# log-rank: endpoint, groups, P as printed
TESTS = (
    ("PFS", "soft alone", "soft chemotherapy", 0.936),
    ("OS", "soft alone", "soft chemotherapy", 0.747),
    ("PFS", "osteo alone", "osteo chemotherapy", 0.959),
    ("PFS", "osteo line 1", "osteo line 2", 0.033),
)
MEAN_FOLLOW_UP = 13.6


@dataclass(slots=True)
class Person:
    disease: str
    therapy: str
    line: int
    response: str
    subtype: str
    pfs: int = 0
    progressed: bool = True
    os: int = 0
    died: bool = True
    groups: tuple[str, ...] = field(default=())

    def sort(self) -> None:
        kind = self.disease
        mine = [kind, f"{kind} line {self.line}", f"{kind} {self.therapy}", self.subtype]
        self.groups = tuple(group for group in mine if group)

    def key(self) -> tuple[int, bool, int, bool, str]:
        return self.pfs, self.progressed, self.os, self.died, self.subtype

    def put(self, key: tuple[int, bool, int, bool, str]) -> None:
        self.pfs, self.progressed, self.os, self.died, self.subtype = key
        self.sort()

    def possible(self) -> bool:
        least = 24 if self.response == "PD" else 75 if self.progressed else 50
        if not least <= self.pfs <= 890 or not self.pfs <= self.os <= LONGEST:
            return False
        if self.response == "PD" and not (self.progressed and self.pfs <= 235):
            return False
        if self.died and not (self.progressed and self.pfs + 10 <= self.os):
            return False
        if not self.died and self.os < 184:
            return False
        fixed = FREE_OF_PROGRESSION.get(self.subtype)
        return fixed is None or (self.pfs == fixed and self.response == "PR")


def summary(sample: list[tuple[int, bool]]) -> Figures:
    """Kaplan-Meier median and median -+ 1.96 SE in months; None where not estimable.

    SE: Greenwood's at the median over the slope between survival 0.55 and 0.45 (as SPSS).
    """
    sample = sorted(sample)
    at_risk, survival, variance = len(sample), 1.0, 0.0
    above = below = median = error = None
    place = 0
    while place < len(sample):
        time, deaths, gone = sample[place][0], 0, 0
        while place < len(sample) and sample[place][0] == time:
            deaths += sample[place][1]
            gone += 1
            place += 1
        if deaths:
            survival *= 1 - deaths / at_risk
            if at_risk > deaths:
                variance += deaths / (at_risk * (at_risk - deaths))
            if survival >= 0.55 - 1e-9:
                above = (time, survival)
            if median is None and survival <= 0.5 + 1e-9:
                median = time
                error = survival * math.sqrt(variance) if survival > 0 else None
            if survival <= 0.45 + 1e-9:
                below = (time, survival)
                break
        at_risk -= gone
    if median is None:
        return NONE
    if above is None or below is None or not error:
        return median / MONTH, None, None
    half = 1.959963984540054 * error * (below[0] - above[0]) / (above[1] - below[1])
    return median / MONTH, (median - half) / MONTH, (median + half) / MONTH


def log_rank(first: list[tuple[int, bool]], second: list[tuple[int, bool]]) -> float:
    """P of the log-rank test of two groups."""
    observed = expected = variance = 0.0
    for time in sorted({t for t, event in first + second if event}):
        n1 = sum(t >= time for t, _ in first)
        n = n1 + sum(t >= time for t, _ in second)
        d1 = sum(t == time and event for t, event in first)
        d = d1 + sum(t == time and event for t, event in second)
        observed += d1
        expected += d * n1 / n
        if n > 1:
            variance += d * n1 * (n - n1) * (n - d) / (n * n * (n - 1))
    if not variance:
        return 1.0
    z = abs(observed - expected) / math.sqrt(variance)
    return 2 * (1 - NormalDist().cdf(z))


def distance(printed: float | str | None, found: float | str | None, decimals: int = 1) -> float:
    """How far a value is from all that would be printed so."""
    if printed == "?":
        return 0.0
    if printed is None or found is None:
        return 0.0 if printed is found else 3.0
    assert isinstance(printed, (int, float)) and isinstance(found, float)  # noqa: PT018, S101
    if printed == 0 and found < 0:
        return 0.0
    return max(0.0, abs(found - printed) - 0.46 * 10**-decimals)


class State:
    """The people and what each printed figure costs; ``miss`` is added for each that differs."""

    def __init__(
        self, people: list[Person], mean: tuple[float, int] | None, miss: float = 0.0
    ) -> None:
        self.people, self.mean, self.miss = people, mean, miss
        self.costs: dict[tuple[str, ...], float] = {}
        names = {group for person in people for group in person.groups}
        self.keys = [("PFS", g) for g in PFS if g in names] + [("OS", g) for g in OS if g in names]
        self.keys_of: dict[str, list[tuple[str, ...]]] = {g: [] for g in names}
        for key in self.keys:
            self.keys_of[key[1]].append(key)
        for test in TESTS:
            if test[1] in names:
                for group in test[1:3]:
                    self.keys_of[group].append((*test[:3], str(test[3])))
        self.update(names)

    def sample(self, endpoint: str, group: str) -> list[tuple[int, bool]]:
        if endpoint == "PFS":
            return [(p.pfs, p.progressed) for p in self.people if group in p.groups]
        return [(p.os, p.died) for p in self.people if group in p.groups]

    def cost_of(self, key: tuple[str, ...]) -> float:
        if len(key) == 2:
            found = summary(self.sample(*key))
            printed = (PFS if key[0] == "PFS" else OS)[key[1]]
            apart = [min(distance(p, f), 6.0) for p, f in zip(printed, found, strict=True)]
            return sum(apart) + self.miss * sum(a > 0 for a in apart)
        p = log_rank(self.sample(key[0], key[1]), self.sample(key[0], key[2]))
        far = distance(float(key[3]), p, 3)
        return 4 * far + self.miss * (far > 0)

    def update(self, groups: set[str]) -> None:
        for key in {key for group in groups for key in self.keys_of[group]}:
            self.costs[key] = self.cost_of(key)

    def total(self) -> float:
        late = sum(max(0, p.pfs - 110) for p in self.people if p.response == "PD") / 2000
        gaps = sum(max(0, p.os - p.pfs - 90) for p in self.people if not p.progressed) / 2000
        follow = 0.0
        if self.mean:
            mean = (sum(p.os for p in self.people) / MONTH + self.mean[0]) / (
                len(self.people) + self.mean[1]
            )
            follow = distance(MEAN_FOLLOW_UP, mean)
            follow = 3 * follow + self.miss * (follow > 0)
        return sum(self.costs.values()) + follow + late + gaps


def people_of(disease: str, rows: tuple[tuple[str, int, str], ...], draw: Draw) -> list[Person]:
    stock = {
        response: [s for s, counts in SUBTYPES.items() for _ in range(counts[place])]
        for place, response in enumerate(("PR", "SD", "PD"))
    }
    stock = {response: draw.shuffled(items) for response, items in stock.items()}
    people = []
    for therapy, line, responses in rows:
        for response in responses.split():
            subtype = stock[response].pop() if disease == "soft" else ""
            person = Person(disease, therapy, line, response, subtype)
            person.pfs = FREE_OF_PROGRESSION.get(subtype, draw.integer(80, 200))
            person.os = person.pfs + draw.integer(10, 15)
            person.os = max(person.os, draw.integer(200, 700))
            person.progressed = subtype != "ASPS"
            person.died = person.progressed and draw.chance(0.6)
            person.sort()
            people.append(person)
    return people


def move(draw: Draw, people: list[Person]) -> list[tuple[Person, tuple[int, bool, int, bool, str]]]:
    """Change one or two people; returns them as they were."""
    person = draw.choose(people)
    kind = draw.choose(("pfs", "os", "event", "death", "swap", "subtype"), (4, 4, 1, 1, 1, 1))
    before = [(person, person.key())]
    step = draw.choose((2, 8, 40, 200))
    shift = draw.integer(-step, step)
    if kind == "pfs":
        person.pfs += shift
        if not person.progressed and draw.chance(0.5):
            person.os += shift
    elif kind == "os":
        person.os += shift
    elif kind == "event":
        person.progressed = not person.progressed
        person.died = person.died and person.progressed
    elif kind == "death":
        person.died = not person.died
    else:
        other = draw.choose([p for p in people if p.response == person.response])
        before.append((other, other.key()))
        mine, theirs = person.key(), other.key()
        if kind == "swap":
            person.put((*theirs[:4], mine[4]))
            other.put((*mine[:4], theirs[4]))
        else:
            person.put((*mine[:4], theirs[4]))
            other.put((*theirs[:4], mine[4]))
    return before


def search(
    people: list[Person],
    draw: Draw,
    moves: int,
    mean: tuple[float, int] | None,
    heats: tuple[float, float] = (0.8, 0.004),
    miss: float = 0.0,
) -> float:
    """Anneal in place from the first heat to the second; returns what is left of the cost."""
    state = State(people, mean, miss)
    cost = state.total()
    best, kept = cost, [person.key() for person in people]
    for turn in range(moves):
        heat = heats[0] * (heats[1] / heats[0]) ** (turn / moves)
        before = move(draw, people)
        groups = {group for person, _ in before for group in person.groups}
        old = dict(state.costs)
        after = math.inf
        if all(person.possible() for person, _ in before):
            state.update(groups)
            after = state.total()
        if after <= cost or draw.uniform() < math.exp((cost - after) / heat):
            cost = after
            if cost < best:
                best, kept = cost, [person.key() for person in people]
        else:
            for person, key in before:
                person.put(key)
            state.costs = old
    for person, key in zip(people, kept, strict=True):
        person.put(key)
    return best


def report(people: list[Person]) -> list[str]:
    """Printed figures beside those of the plan, where they differ."""
    state = State(people, None)
    lines = []
    for endpoint, group in state.keys:
        found = summary(state.sample(endpoint, group))
        printed = (PFS if endpoint == "PFS" else OS)[group]
        if any(distance(p, f) for p, f in zip(printed, found, strict=True)):
            lines.append(f"{endpoint} {group}: printed {printed}, found {found}")
    for endpoint, one, two, printed_p in TESTS:
        p = log_rank(state.sample(endpoint, one), state.sample(endpoint, two))
        if distance(printed_p, p, 3):
            lines.append(f"{endpoint} {one} against {two}: printed {printed_p}, found {p:.4f}")
    lines.append(f"mean follow-up {sum(p.os for p in people) / MONTH / len(people):.3f} months")
    return lines


def main(seed: int = 4, moves: int = 2_000_000) -> None:
    """Anneal towards the figures; from the plan, where there is one, until as many as possible are
    printed alike."""
    draw = Draw(seed)
    soft = people_of("soft", SOFT, draw)
    osteo = people_of("osteo", OSTEO, draw)
    heats, miss = (0.8, 0.004), 0.0
    if PLAN.exists():
        restore(osteo + soft)
        heats, miss = (0.1, 0.002), 0.1
    print("soft tissue sarcoma:", search(soft, draw, moves, None, heats, miss), flush=True)
    others = (sum(person.os for person in soft) / MONTH, len(soft))
    print("osteosarcoma:", search(osteo, draw, moves // 4, others, heats, miss), flush=True)
    print("\n".join(report(soft + osteo)))
    write(osteo + soft)


def restore(people: list[Person]) -> None:
    """Give people, in their order, what the plan has for them."""
    with PLAN.open(encoding="utf-8", newline="") as file:
        for person, row in zip(people, csv.DictReader(file), strict=True):
            days = (int(row["pfs"]), row["progressed"] == "1", int(row["os"]), row["died"] == "1")
            person.put((*days, row["subtype"]))


def write(people: list[Person]) -> None:
    """The plan as CSV."""
    columns = (
        *("disease", "therapy", "line", "response"),
        "subtype",
        "pfs",
        "progressed",
        "os",
        "died",
    )
    with PLAN.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for person in people:
            values = [getattr(person, column) for column in columns]
            writer.writerow([int(v) if isinstance(v, bool) else v for v in values])


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

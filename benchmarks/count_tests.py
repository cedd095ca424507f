"""How long all tests of counts take: see README.md.

python benchmarks/count_tests.py [TABLES] [--workers 2] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

from auditor.statistics.count_tests import COUNT_TESTS, Counts, p_values

ROWS = 25  # of a paper's tables that compare its arms
ORDERED = 6  # every so manieth row is a block of ordered categories
THREE_ARMS = 8  # every so manieth paper has three arms

Job = tuple[Counts, bool, bool]  # table, ordered, paired


def draw(random_: random.Random, size: int, shares: list[float]) -> tuple[int, ...]:
    """How many of ``size`` patients fall into each category."""
    counts = [0] * len(shares)
    for category in random_.choices(range(len(shares)), shares, k=size):
        counts[category] += 1
    return tuple(counts)


def paper(random_: random.Random) -> list[Job]:
    """The tables of one trial: its arms are the same in every row."""
    size = max(8, min(110, round(random_.lognormvariate(3.7, 0.6))))
    others = 2 if random_.randrange(THREE_ARMS) == 0 else 1
    arms = [size, *(max(5, round(size * random_.uniform(0.85, 1.15))) for _ in range(others))]
    jobs: list[Job] = []
    for row in range(ROWS):
        ordered = row % ORDERED == ORDERED - 1
        categories = random_.choice((3, 3, 4, 5)) if ordered else 2
        base = [random_.random() ** 2 + 0.02 for _ in range(categories)]
        drift = [random_.uniform(0.7, 1.4) for _ in range(categories)]
        counts = [draw(random_, arms[0], base)]
        shifted = [b * d for b, d in zip(base, drift, strict=True)]
        counts += [draw(random_, n, shifted) for n in arms[1:]]
        jobs.append((tuple(counts), ordered, False))
    jobs[-1] = ((draw(random_, 2, [1, 1]), draw(random_, size, [1, 2])), False, True)
    return jobs


def run(jobs: list[Job]) -> tuple[int, float]:
    """P values computed, and CPU seconds."""
    start = time.process_time()
    found = sum(len(p_values(c, ordered=ordered, paired=paired)) for c, ordered, paired in jobs)
    return found, time.process_time() - start


def each(jobs: list[Job]) -> None:
    """Microseconds of every test on new tables; the first of a kind works for the others too."""
    spent: dict[str, float] = defaultdict(float)
    calls: dict[str, int] = defaultdict(int)
    for test in COUNT_TESTS:
        for counts, ordered, paired in jobs:
            if test.paired == paired and (ordered or not test.ordered):
                start = time.process_time()
                value = test.function(counts)
                took = time.process_time() - start
                if value is not None:
                    spent[test.name] += took
                    calls[test.name] += 1
    pearson = spent["Pearson chi-squared"] / calls["Pearson chi-squared"]
    for test in COUNT_TESTS:
        if calls[test.name]:
            mean = spent[test.name] / calls[test.name]
            print(f"{1e6 * mean:10.1f} {mean / pearson:8.1f}  {test.name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="?", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random_ = random.Random(options.seed)  # noqa: S311
    papers = [paper(random_) for _ in range(-(-options.tables // ROWS))]
    jobs = [job for one in papers for job in one][: options.tables]
    # A few papers at a time: whoever audits a paper has all of its rows.
    lots = [jobs[i : i + 20 * ROWS] for i in range(0, len(jobs), 20 * ROWS)]
    start = time.perf_counter()
    if options.workers > 1:
        with ProcessPoolExecutor(options.workers) as pool:
            results = list(pool.map(run, lots))
    else:
        results = [run(lot) for lot in lots]
    took = time.perf_counter() - start
    found, cpu = sum(n for n, _ in results), sum(seconds for _, seconds in results)
    print(f"{len(jobs)} tables of {len(papers)} trials, {found} P values")
    print(f"{took:.1f} s on {options.workers} workers, {cpu:.1f} s of CPU")
    print(f"{1e6 * cpu / len(jobs):.0f} microseconds of CPU a table, all tests together\n")
    print("microseconds  x Pearson")
    each([job for _ in range(80) for job in paper(random_)])


if __name__ == "__main__":
    main()

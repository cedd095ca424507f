"""Whether GRIM, GRIMMER and DEBIT are complete and sound, against everything that there is.

python benchmarks/granularity.py [--most 30] [--scales 1-5,1-7,0-4,0-10] [--decimals 1,2]

For every n, every printed mean and every printed SD of a scale of whole numbers the verdict is
compared with what adding up numbers one after the other can reach. Printed are the numbers of
cases, of reachable ones, and of wrong verdicts: reachable prints that are called impossible
("false alarms") and unreachable ones that pass ("misses"). All scales take some ten minutes.
"""

from __future__ import annotations

import argparse
import time
from fractions import Fraction
from functools import cache

from brute_granularity import prints, reachable, sums_of_squares

from auditor.granularity.grim import sums as totals
from auditor.granularity.grimmer import fits
from auditor.granularity.inputs import Scale, printed
from auditor.rounding import Interval, Rounding


@cache
def half_up(text: str) -> Interval:
    """What a print stands for."""
    return printed(text).interval(Rounding.HALF_UP)


def compare(
    least: int,
    greatest: int,
    sizes: range,
    decimals: tuple[int, int],
    *,
    sample: bool = True,
    items: int = 1,
) -> tuple[int, int, list[str], list[str]]:
    """Cases, reachable cases, false alarms and misses, over all means and SDs of a scale.

    ``items`` are averaged for one observation, each from ``least`` to ``greatest``.
    """
    sums = sums_of_squares(sizes[-1], range(items * least, items * greatest + 1))
    scale = Scale(Fraction(1, items), items * least, items * greatest)
    means = prints(greatest, decimals[0], least)
    sds = prints(greatest - least, decimals[1])
    cases = right = 0
    alarms: list[str] = []
    misses: list[str] = []
    for n in sizes:
        truth = reachable(n, sums[n], *decimals, sample=sample, items=items)
        for mean in means:
            possible = truth.get(mean, set())
            if not possible and not totals(half_up(mean), n, scale):
                cases += len(sds)  # no total, so no SD
                continue
            for sd in sds:
                cases += 1
                right += sd in possible
                said = fits(half_up(mean), half_up(sd), n, scale, sample)
                if said != (sd in possible):
                    (misses if said else alarms).append(f"mean {mean}, SD {sd}, n = {n}")
    return cases, right, alarms, misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--most", type=int, default=30)
    parser.add_argument("--scales", default="1-5,1-7,0-4,0-10")
    parser.add_argument("--decimals", default="1,2")
    wanted = parser.parse_args()
    places = [int(d) for d in wanted.decimals.split(",")]
    for scale in wanted.scales.split(","):
        least, greatest = (int(end) for end in scale.split("-"))
        for of_mean in places:
            for of_sd in places:
                for sample in (True, False):
                    start = time.process_time()
                    sizes = range(2 if sample else 1, wanted.most + 1)
                    cases, right, alarms, misses = compare(
                        least, greatest, sizes, (of_mean, of_sd), sample=sample
                    )
                    print(
                        f"{scale}, mean to {of_mean}, {'sample' if sample else 'population'} SD to "
                        f"{of_sd} decimals: {cases} cases, {right} reachable, {len(alarms)} false "
                        f"alarms, {len(misses)} misses, {time.process_time() - start:.0f} s",
                        flush=True,
                    )


if __name__ == "__main__":
    main()

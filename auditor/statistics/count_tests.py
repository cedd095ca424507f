"""Every test of counts that a paper may have used, by name, and the P values that they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from auditor.statistics import chi_squared, fisher, unconditional
from auditor.statistics import ordered as ranks
from auditor.statistics import paired as pairs
from auditor.statistics.contingency import Counts

__all__ = ["COUNT_TESTS", "CountTest", "Counts", "p_values"]


@dataclass(frozen=True, slots=True)
class CountTest:
    """One convention of testing counts.

    Attributes:
        name: short, in the words of the field.
        sides: 2 or 1.
        standard: whether it is what a reader expects where nothing else is said.
        source: where it is published, in short.
        function: Counts -> P; None where there is no such test of that table (a wrong shape, an
            empty margin, too large).
        ordered: whether it asks for ordered categories.
        paired: whether the table is the cross-table of pairs, each counted once: one row an
            outcome on one occasion, one column an outcome on the other.
        costly: whether it takes more than a millisecond.
    """

    name: str
    sides: int
    standard: bool
    source: str
    function: Callable[[Counts], float | None]
    ordered: bool = False
    paired: bool = False
    costly: bool = False


_FLEISS = "Fleiss, Levin and Paik, Rates and Proportions, 3.1"
_YATES = "Yates, Suppl J R Stat Soc 1934;1:217"
_BARNARD = "Barnard, Biometrika 1947;34:123; Suissa and Shuster, J R Stat Soc A 1985;148:317"
_BOSCHLOO = "Boschloo, Stat Neerl 1970;24:1"
_TREND = "Cochran, Biometrics 1954;10:417; Armitage, Biometrics 1955;11:375"
_RANKS = "Lehmann, Nonparametrics, 1.4"
_MCNEMAR = "McNemar, Psychometrika 1947;12:153"

_STANDARD = (
    CountTest(
        "Fisher's exact, two-sided",
        2,
        True,
        "Fisher 1935; Freeman and Halton, Biometrika 1951;38:141",
        fisher.fisher,
    ),
    CountTest("Pearson chi-squared", 2, True, "Pearson, Phil Mag 1900;50:157", chi_squared.pearson),
    CountTest("chi-squared with Yates's correction", 2, True, _YATES, chi_squared.yates),
    CountTest("McNemar's test", 2, True, _MCNEMAR, pairs.mcnemar, paired=True),
    CountTest(
        "McNemar's test, with continuity correction",
        2,
        True,
        "Edwards, Psychometrika 1948;13:185",
        pairs.mcnemar_corrected,
        paired=True,
    ),
    CountTest("McNemar's test, exact", 2, True, _MCNEMAR, pairs.mcnemar_exact, paired=True),
    CountTest(
        "McNemar-Bowker test",
        2,
        True,
        "Bowker, J Am Stat Assoc 1948;43:572",
        pairs.bowker,
        paired=True,
    ),
)

_TWO_SIDED = (
    CountTest(
        "N-1 chi-squared", 2, False, "Campbell, Stat Med 2007;26:3661", chi_squared.n_minus_1
    ),
    CountTest(
        "likelihood ratio chi-squared",
        2,
        False,
        "Wilks, Ann Math Stat 1938;9:60",
        chi_squared.likelihood_ratio,
    ),
    CountTest(
        "mid-p Fisher, two-sided",
        2,
        False,
        "Lydersen, Fagerland and Laake, Stat Med 2009;28:1159",
        fisher.mid_p,
    ),
    CountTest(
        "mid-p Fisher, one-sided doubled",
        2,
        False,
        "Rothman and Greenland, Modern Epidemiology",
        fisher.mid_p_doubled,
    ),
    CountTest(
        "Fisher's exact, one-sided doubled",
        2,
        False,
        "Yates, J R Stat Soc A 1984;147:426",
        fisher.doubled,
    ),
    CountTest("z test, unpooled variance", 2, False, _FLEISS, chi_squared.unpooled),
    CountTest(
        "z test, unpooled variance, with continuity correction",
        2,
        False,
        _FLEISS,
        chi_squared.unpooled_corrected,
    ),
    CountTest(
        "Wald test of the odds ratio",
        2,
        False,
        "Woolf, Ann Hum Genet 1955;19:251",
        chi_squared.odds_ratio,
    ),
    CountTest("Barnard's test", 2, False, _BARNARD, unconditional.barnard, costly=True),
    CountTest("Boschloo's test", 2, False, _BOSCHLOO, unconditional.boschloo, costly=True),
    CountTest(
        "Boschloo's test, one-sided doubled",
        2,
        False,
        _BOSCHLOO,
        unconditional.boschloo_doubled,
        costly=True,
    ),
    CountTest("Cochran-Armitage trend test", 2, False, _TREND, ranks.trend, ordered=True),
    CountTest(
        "linear-by-linear association",
        2,
        False,
        "Mantel, J Am Stat Assoc 1963;58:690",
        ranks.linear_by_linear,
        ordered=True,
    ),
    CountTest("Mann-Whitney test", 2, False, _RANKS, ranks.mann_whitney, ordered=True),
    CountTest(
        "Mann-Whitney test, with continuity correction",
        2,
        False,
        _RANKS,
        ranks.mann_whitney_corrected,
        ordered=True,
    ),
    CountTest(
        "Kruskal-Wallis test",
        2,
        False,
        "Kruskal and Wallis, J Am Stat Assoc 1952;47:583",
        ranks.kruskal_wallis,
        ordered=True,
    ),
    CountTest(
        "McNemar's test, mid-p",
        2,
        False,
        "Fagerland, Lydersen and Laake, BMC Med Res Methodol 2013;13:91",
        pairs.mcnemar_mid_p,
        paired=True,
    ),
)

_ONE_SIDED = (
    CountTest("Fisher's exact, one-sided", 1, False, "Fisher 1935", fisher.one_sided),
    CountTest(
        "Fisher's exact, one-sided, against the difference",
        1,
        False,
        "Fisher 1935",
        fisher.other_side,
    ),
    CountTest(
        "Pearson chi-squared, one-sided",
        1,
        False,
        "Pearson, Phil Mag 1900;50:157",
        chi_squared.one_sided,
    ),
    CountTest(
        "chi-squared with Yates's correction, one-sided",
        1,
        False,
        _YATES,
        chi_squared.yates_one_sided,
    ),
    CountTest(
        "mid-p Fisher, one-sided",
        1,
        False,
        "Lancaster, J Am Stat Assoc 1961;56:223",
        fisher.mid_p_one_sided,
    ),
    CountTest(
        "z test, unpooled variance, one-sided", 1, False, _FLEISS, chi_squared.unpooled_one_sided
    ),
    CountTest(
        "Barnard's test, one-sided",
        1,
        False,
        _BARNARD,
        unconditional.barnard_one_sided,
        costly=True,
    ),
    CountTest(
        "Boschloo's test, one-sided",
        1,
        False,
        _BOSCHLOO,
        unconditional.boschloo_one_sided,
        costly=True,
    ),
    CountTest(
        "Cochran-Armitage trend test, one-sided",
        1,
        False,
        _TREND,
        ranks.trend_one_sided,
        ordered=True,
    ),
    CountTest(
        "Mann-Whitney test, one-sided",
        1,
        False,
        _RANKS,
        ranks.mann_whitney_one_sided,
        ordered=True,
    ),
    CountTest(
        "McNemar's test, exact, one-sided",
        1,
        False,
        _MCNEMAR,
        pairs.mcnemar_exact_one_sided,
        paired=True,
    ),
)

COUNT_TESTS: tuple[CountTest, ...] = (*_STANDARD, *_TWO_SIDED, *_ONE_SIDED)
"""Every test, the standard ones first, then the two-sided and the one-sided ones."""


@lru_cache(maxsize=4096)
def p_values(
    counts: Counts, *, ordered: bool = False, paired: bool = False, costly: bool = True
) -> tuple[tuple[CountTest, float], ...]:
    """What every test that exists for ``counts`` gives, in the order of ``COUNT_TESTS``.

    Args:
        counts: one row a group, one column a category. With ``paired`` the cross-table of the
            pairs, and only tests of pairs are made.
        ordered: the categories have an order, by columns (in k x 2 tables the groups).
        costly: False leaves out the unconditional tests (Barnard, Boschloo).

    Raises:
        ValueError: rows of different lengths, or a negative count.
    """
    found = []
    for test in COUNT_TESTS:
        wanted = test.paired == paired and (ordered or not test.ordered)
        if wanted and (costly or not test.costly):
            value = test.function(counts)
            if value is not None:
                found.append((test, value))
    return tuple(found)

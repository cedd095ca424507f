"""P values of the running text and the counts that they compare."""

from __future__ import annotations

import pytest

from auditor.reanalysis.compared import ComparedCounts
from auditor.reanalysis.text_counts import compared
from auditor.testing import read_text

TABLE = """

Table 1. Responses

|              | Drug A (n = 30) | Drug A plus drug B (n = 28) |
| ------------ | --------------- | --------------------------- |
| ORR, n (%)   | 6 (20)          | 13 (46)                     |
| DCR, n (%)   | 21 (70)         | 20 (71)                     |
| Nausea, n (%) | 12 (40)        | 9 (32)                      |
"""
PAPER = (
    "# Drug A with and without drug B\n\n## Methods\n\nThe objective response rate (ORR) and the "
    "disease control rate (DCR) were recorded.\n\n## Results\n\n{}"
)


def of(text: str, table: str = TABLE) -> tuple[ComparedCounts, ...]:
    return compared(read_text(PAPER.format(text) + table))


def certain(text: str, table: str = TABLE) -> list[tuple[tuple[int, ...], ...]]:
    """The tables of what is certain, rows in order."""
    found = [c for c in of(text, table) if c.certain]
    assert all(len(c.tables) == 1 for c in found)
    return [tuple(sorted(c.tables[0])) for c in found]


ORR = ((6, 24), (13, 15))
DCR = ((20, 8), (21, 9))


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("Pain was seen in 5 of 13 patients (38%) in the drug A group versus 1 of 16 (6%) in the "
         "drug A plus drug B group (P = 0.047).", [((1, 15), (5, 8))]),
        ("Pain was seen in 38.5% (5/13) of the drug A group vs 6.3% (1/16) of the drug A plus "
         "drug B group (p=0.05).", [((1, 15), (5, 8))]),
        ("The ORR was 20% with drug A and 46% with drug A plus drug B (P = 0.03).", [ORR]),
        ("Drug A plus drug B had a higher ORR than drug A (20% vs. 46%, P = 0.03).", [ORR]),
        ("Drug A plus drug B had a higher ORR than drug A (46% vs. 20%, P = 0.03).", [ORR]),
        ("In the drug A and drug A plus drug B groups, the ORR and DCR were 20% versus 46% "
         "(P = 0.03) and 70% versus 71% (P = 0.90), respectively.", [ORR, DCR]),
        ("The ORR was 46% in the combination arm (13/28) and 20% in the drug A arm (6/30) "
         "(P = 0.03).", [ORR]),
        ("The ORR was 46% and 20%, respectively (P = 0.03, Fisher's exact test).", [ORR]),
        ("In all, 6 of 30 responded with drug A (20.0%; 95% Jeffreys interval 9.0 to 37.0) and 13 "
         "of 28 with drug A plus drug B (46.4%; 95% Jeffreys interval 29.0 to 64.5; P = 0.03).",
         [ORR]),
        ("Among the 58 patients, 19 of 58 responded, 6 of 30 with drug A and 13 of 28 with both "
         "(P = 0.03).", [ORR]),
        ("The ORR was 20% (6/30) versus 46% (13/28) (odds ratio 0.29, 95% CI 0.09 to 0.93; P = "
         "0.03, Fisher's exact test).", [ORR]),
        ("Of 30 patients in the drug A arm, 6 (20%) responded compared with 13 of 28 (46%) in the "
         "combination arm (P = 0.03).", [ORR]),
        ("No difference was found in the DCR (70% vs. 71%, P = 0.90) and the median PFS (4.4 "
         "months vs. 3.6 months, P = 0.96) between the drug A and drug A plus drug B groups.",
         [DCR]),
    ],
)  # fmt: skip
def test_counts_are_those_printed_or_those_of_the_cells(
    text: str, tables: list[tuple[tuple[int, ...], ...]]
) -> None:
    assert certain(text) == tables


@pytest.mark.parametrize(
    "text",
    [
        # survival, means and models
        "The 2-year OS was 20% with drug A and 46% with drug A plus drug B (P = 0.03).",
        "The ORR was 20% with drug A and 46% with drug A plus drug B (log-rank P = 0.03).",
        "After adjustment, the ORR was 20% with drug A and 46% with drug A plus drug B (P = 0.03).",
        "In multivariable analysis, the ORR was 20% with drug A versus 46% with drug A plus drug B "
        "(P = 0.03).",
        "The mean ejection fraction was 60% with drug A and 56% with drug A plus drug B "
        "(P = 0.03).",
        "Median dose intensity was 90% with drug A and 86% with drug A plus drug B (P = 0.03).",
        "The 12-month PFS was 20% with drug A and 46% with drug A plus drug B (P = 0.03).",
        "In all, 20% with drug A and 46% with drug A plus drug B were progression free (P = 0.03).",
        "In a matched analysis, the ORR was 20% with drug A and 46% with drug A plus drug B "
        "(P = 0.03).",
        "In univariate analysis, the ORR was 20% with drug A and 46% with drug A plus drug B "
        "(P = 0.03).",
        "Compared with a historical ORR of 20%, the ORR was 46% (P = 0.03).",
        # differences, ratios, and P values of several comparisons
        "The ORR was 46% with drug A plus drug B and 20% with drug A, a difference of 26% (P = "
        "0.03).",
        "The ORR was 20% with drug A and 46% with drug A plus drug B (odds ratio 3.5; 95% CI 1.1 "
        "to 11; P = 0.03).",
        "The DCR was 70% versus 71%, and the ORR 20% versus 46% (P = 0.03).",
        "The ORR was 20% vs 46% and the DCR 70% vs 71% (P = 0.03 and 0.90, respectively).",
        # the same patients twice, lesions instead of patients
        "The ORR was 20% (6/30) before and 46% (13/28) after the change (P = 0.03).",
        "The sensitivity was 85% (34/40) with drug A and 70% (28/40) with drug A plus drug B "
        "(P = 0.1).",
        "A response was seen in 12 of 40 lesions (30%) with drug A and 20 of 45 lesions (44%) with "
        "drug A plus drug B (P = 0.18).",
        # other patients than the table has
        "In patients with liver metastases, the ORR was 20% with drug A and 46% with drug A plus "
        "drug B (P = 0.03).",
        # other papers and plans
        "Roe et al. [4] reported an ORR of 20% with drug A and 46% with drug A plus drug B "
        "(P = 0.03).",
        # events that come in time
        "Disease progression was seen in 18 of 30 patients (60%) in the drug A group and 12 of 28 "
        "(43%) in the drug A plus drug B group (P = 0.03).",
        # percentages that are no cell's
        "The ORR was 23% with drug A and 46% with drug A plus drug B (P = 0.03).",
        # percentages that are not those of the counts
        "Pain was seen in 5 of 13 patients (45%) in the drug A group versus 1 of 16 (6%) in the "
        "drug A plus drug B group (P = 0.047).",
    ],
)
def test_nothing_is_certain_of_other_p_values(text: str) -> None:
    assert certain(text) == []


def test_words_beside_the_p_value_declare_sides_and_test() -> None:
    (found,) = of(
        "The ORR was 20% with drug A and 46% with drug A plus drug B (Fisher's exact test, "
        "one-sided P = 0.03)."
    )
    assert (found.sides, found.test, found.certain) == (1, "fisher", True)
    assert (found.source, found.p.text, found.what) == ("text", "0.03", "ORR")
    assert set(found.groups) == {"Drug A", "Drug A plus drug B"}


def test_a_p_value_that_a_table_prints_for_all_grades_is_not_that_of_one() -> None:
    table = """

Table 1. Adverse events

|             | Drug A (n = 30) | Drug A (n = 30) | Drug B (n = 28) | Drug B (n = 28) | P    |
|             | Grade 3         | Grade 4         | Grade 3         | Grade 4         |      |
| ----------- | --------------- | --------------- | --------------- | --------------- | ---- |
| Neutropenia | 9 (30%)         | 12 (40%)        | 4 (14%)         | 6 (21%)         | 0.05 |
"""
    text = (
        "Grade 4 neutropenia was seen in 12 of 30 patients (40%) with drug A and 6 of 28 (21%) "
        "with drug B (P = {})."
    )
    assert certain(text.format("0.05"), table) == []
    assert certain(text.format("0.13"), table) == [((6, 22), (12, 18))]


@pytest.mark.parametrize("p", ["NS", "n.s.", "not significant"])
def test_a_p_value_called_not_significant_is_at_least_a_twentieth(p: str) -> None:
    (found,) = of(f"The ORR was 20% with drug A and 46% with drug A plus drug B (P = {p}).")
    assert (found.p.relation, str(found.p.value)) == (">=", "0.05")
    assert found.certain


@pytest.mark.parametrize(
    ("style", "p", "sides", "test"),
    [
        ("(P = .047)", ".047", None, ""),
        ("(p<.001)", "<.001", None, ""),
        ("(p value of 0.03)", "0.03", None, ""),
        ("(P-value: 0.04)", "0.04", None, ""),
        ("(P=0·047)", "0·047", None, ""),
        ("(p 0.03)", "0.03", None, ""),
        ("(2P = 0.02)", "0.02", 2, ""),
        ("(1-sided P = 0.02)", "0.02", 1, ""),
        ("(two-sided p = 0.04)", "0.04", 2, ""),
        ("(Fisher’s exact test, P = 0.03)", "0.03", None, "fisher"),
        ("(χ2 = 4.5, P = 0.03)", "0.03", None, "chi-squared"),
        ("(P = 0.03 with Yates’ correction)", "0.03", None, "yates"),
        ("; this difference was significant (P = 0.03)", "0.03", None, ""),
    ],
)
def test_styles_of_p_values(style: str, p: str, sides: int | None, test: str) -> None:
    (found,) = of(f"The ORR was 20% (6/30) with drug A and 46% (13/28) with drug A plus B {style}.")
    assert (found.p.text, found.sides, found.test) == (p, sides, test)
    assert found.certain


def test_a_power_of_ten_that_was_not_read_is_no_p_value() -> None:
    assert of("The ORR was 20% (6/30) with A and 46% (13/28) with B (P = 3 x 10-4).") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Fever developed in 23 of 212 patients without asthma (10.8%) and 30 of 96 patients with "
        "asthma (31.3%; P = 0.007).",
        "Of the others, 26 of 52 responded with drug A (50.0%; 95% CI 36.7-63.3) and 16 of 58 with "
        "drug B (27.6%; 95% CI 17.4-40.0; P = 0.016).",
        "Among the 14 patients with fever, 1 responded (7.1%; 95% CI, 0.8% to 28.8%), compared "
        "with 25 of the 44 without it (56.8%; P = 0.001).",
    ],
)
def test_the_claims_of_a_comparison_are_those_of_the_manuscript(text: str) -> None:
    manuscript = read_text(PAPER.format(text) + TABLE)
    known = {claim.id for claim in manuscript.claims}
    found = compared(manuscript)
    assert found
    assert {claim for one in found for claim in one.claims} <= known

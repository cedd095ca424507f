"""The methods' words about tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.prose import read_prose
from auditor.readers.dispatch import read_document
from auditor.reanalysis.declared import Declared, declared
from auditor.reanalysis.naming import named_sides, named_tests


def _declared(tmp_path: Path, methods: str) -> Declared:
    file = tmp_path / "paper.txt"
    file.write_text(
        f"A trial\n\nAbstract\n\nWe did a trial.\n\nMethods\n\n{methods}\n\n"
        "Results\n\nThe groups differed (P < 0.001).\n",
        encoding="utf-8",
    )
    document = read_document(file)
    return declared(document, read_prose(document))


@pytest.mark.parametrize(
    ("methods", "alpha", "sides"),
    [
        ("Groups were compared by the chi-square test. P < 0.05 was significant.", 0.05, None),
        ("A two-sided P value < 0.05 was considered statistically significant.", 0.05, 2),
        ("All tests were one-sided at a significance level of 0.025.", 0.025, 1),
        ("A p-value of 0.01 or less was regarded as significant.", 0.01, None),
        ("Statistical significance was defined as p < 0.1.", 0.1, None),
        ("Analyses were done at a two-sided 5% significance level.", 0.05, 2),
        (
            "P values below 0.1 for the first and below 0.05 for others were significant.",
            0.05,
            None,
        ),
        # What is planned is not what was done.
        (
            "With a one-sided alpha of 0.10 and a power of 80%, 90 patients were required.",
            0.05,
            None,
        ),
        ("Variables with P < 0.10 entered the multivariable model.", 0.05, None),
        ("We give two-sided 95% confidence intervals.", 0.05, None),
        ("For subgroups, p < 0.01 was considered significant.", 0.05, None),
    ],
)
def test_level_and_sides(tmp_path: Path, methods: str, alpha: float, sides: int | None) -> None:
    found = _declared(tmp_path, methods)
    assert (found.alpha, found.sides) == (alpha, sides)


def test_tests_and_places(tmp_path: Path) -> None:
    found = _declared(
        tmp_path,
        "Proportions were compared using Fisher's exact test or the χ2 test. Survival was "
        "compared with the log-rank test. Patients were 18 years or older.",
    )
    assert found.tests == {"fisher", "chi-squared", "log-rank"}
    assert not found.adjusted
    assert len(found.places) == 2
    assert found.places[0].quote.startswith("Proportions were compared")


@pytest.mark.parametrize(
    ("methods", "adjusted"),
    [
        ("We used a stratified log-rank test.", True),
        ("Odds ratios were adjusted for age and sex by logistic regression.", True),
        ("Randomisation was stratified by centre.", False),
        ("There was no adjustment for multiple comparisons.", False),
        ("All analyses were unadjusted for covariates.", False),
    ],
)
def test_adjustment(tmp_path: Path, methods: str, adjusted: bool) -> None:
    assert _declared(tmp_path, methods).adjusted is adjusted


def test_nothing_said(tmp_path: Path) -> None:
    assert _declared(tmp_path, "Patients were treated.") == Declared()


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("Fisher’s exact test", {"fisher"}),
        ("χ^2 test", {"chi-squared"}),
        ("Yates' corrected chi-squared test", {"yates", "chi-squared"}),
        ("Student's t-test", {"t"}),
        ("paired t test", {"paired t"}),
        ("Wilcoxon rank-sum test", {"mann-whitney"}),
        ("Wilcoxon signed-rank test", {"wilcoxon signed-rank"}),
        ("Cochran-Armitage trend test", {"trend"}),
        ("Cochran–Mantel–Haenszel test", {"cmh"}),
        ("one-way ANOVA", {"anova"}),
        ("the tests of the liver", set()),
    ],
)
def test_words(text: str, tests: set[str]) -> None:
    assert named_tests(text) == tests


def test_both_sides_are_no_declaration() -> None:
    assert named_sides("one-sided and two-sided tests") is None
    assert named_sides("two-tailed") == 2

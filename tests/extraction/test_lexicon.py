"""What a header or label says that its cells hold."""

from __future__ import annotations

import pytest

from auditor.extraction.lexicon import announced, holds_pair, plain, says


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((t, "n (%)") for t in ("n (%)", "No. (%)", "n, %", "No. of patients (%)", "n [%]")),
        *((t, "n (%)") for t in ("Sex, n (%)", "n/N (%)", "Frequency (%)", "Number (percentage)")),
        *((t, "n (%)") for t in ("Data are n (%) or median (IQR)", "SD, n (%)", "Patients (%)")),
        *((t, "% (n)") for t in ("% (n)", "percent (n)", "Response, % (n)", "% (No.)")),
        *((t, "n/N") for t in ("n/N", "n of N", "% (n/N)")),
        *((t, "%") for t in ("%", "(%)", "Rate, %", "Male, %", "Tumour response (%)")),
        *((t, "n") for t in ("n", "No.", "N", "No. of patients", "Patients")),
        *((t, "statistic") for t in ("Median (range)", "Age, mean (SD)", "mean ± SD", "IQR")),
        *((t, "statistic") for t in ("95% CI", "HR (95% CI)", "Hazard ratio", "Min-max")),
        *((t, "") for t in ("Age, years", "Weight loss >5%", "Sex", "", "Rangers", "Meaning")),
    ],
)
def test_announced(text: str, said: str) -> None:
    assert announced(text) == said


def test_no_in_a_header_is_a_number_and_as_a_label_a_category() -> None:
    assert announced("No") == "n"
    assert holds_pair(("Yes", "No"))


@pytest.mark.parametrize(
    ("labels", "exclude"),
    [
        (("Male", "Female"), True),
        (("Women", "Men"), True),
        (("Yes", "No"), True),
        (("Positive", "Negative", "Unknown"), True),
        (("Premenopausal", "Post-menopausal"), True),
        (("CR", "PR", "SD", "PD"), True),
        (("Alive", "Dead"), True),
        (("Male", "Caucasian"), False),
        (("Liver", "Lung", "Bone"), False),
        (("Nodal disease", "Yes"), False),
        ((), False),
    ],
)
def test_pairs_that_exclude_each_other(labels: tuple[str, ...], exclude: bool) -> None:
    assert holds_pair(labels) is exclude


@pytest.mark.parametrize("header", ["P", "p value", "P-value", "p-values*", "P (log-rank)", "Sig."])
def test_columns_of_p_values(header: str) -> None:
    assert says("columns", "p_value", header)


@pytest.mark.parametrize("header", ["Placebo", "PR", "Patients", "PD", "Pemetrexed", "n (%)"])
def test_columns_of_something_else(header: str) -> None:
    assert not says("columns", "p_value", header)


def test_plain_makes_dashes_brackets_and_case_alike() -> None:
    assert plain("Grade 3–4  [ALL]") == plain("grade 3-4\n(all)") == "grade 3-4 (all)"

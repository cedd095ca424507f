"""Which labels name a whole number for each patient, and which do not."""

from __future__ import annotations

import pytest

from auditor.lexicon.whole_numbers import is_age, only_statistics, printed_scale, whole_variable


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Harvested lymph nodes", "lymph nodes"),
        ("No. of positive lymph nodes, mean (SD)", "lymph nodes"),
        ("Number of liver metastases, median (range)", "metastases or lesions"),
        ("Median number of cycles (range)", "cycles or sessions"),
        ("Prior lines of therapy, median (IQR)", "lines of treatment"),
        ("Number of episodes", "events of a patient's history"),
        ("ECOG PS, mean", "ECOG performance status"),
        ("Karnofsky performance score, mean (SD)", "Karnofsky index"),
        ("Mini-Mental State Examination (MMSE)", "mini-mental state examination"),
        ("Apgar score at 5 min", "Apgar score"),
        ("Length of hospital stay (days)", "days in hospital"),
        ("Hospital stay, median (IQR), d", "days in hospital"),
        ("MAS, elbow flexors (0–4)", "modified Ashworth scale"),
    ],
)
def test_labels_of_whole_numbers(label: str, name: str) -> None:
    variable = whole_variable(label)
    assert variable is not None
    assert variable.name == name


@pytest.mark.parametrize(
    "label",
    [
        "",
        "Mean ± SD",
        "Age, years",
        "Weight (kg)",
        "Tumour size (mm)",
        "Size of metastases (cm)",
        "Lymph node ratio",
        "Lymph nodes per patient",
        "Cycles per month",
        "Relapses per year",
        "Relapse rate",
        "Episodes (per 100 patient-years)",
        "Number of lesions (%)",
        "Number of previous treatments, n (%)",
        "Change of MADRS",
        "MADRS reduction",
        "Adjusted MMSE",
        "VAS pain (0-100 mm)",
        "Duration of treatment (cycles)",
        "Time to relapse",
        "Global health score",
        "EORTC QLQ-C30",
        "Patients with metastases",
        "Creatinine clearance",
    ],
)
def test_labels_of_anything_else(label: str) -> None:
    assert whole_variable(label) is None


def test_what_a_variable_knows() -> None:
    karnofsky, ashworth, nodes = map(whole_variable, ("KPS", "Modified Ashworth scale", "Nodes"))
    assert karnofsky is not None
    assert (str(karnofsky.step), karnofsky.greatest, karnofsky.everybody) == ("10", 100, True)
    assert ashworth is not None
    assert str(ashworth.step) == "1/2"
    assert nodes is not None
    assert (nodes.least, nodes.greatest, nodes.everybody) == (0, None, False)
    score = whole_variable("PHQ-9")
    assert score is not None
    assert not score.firm


def test_scales_that_labels_print() -> None:
    assert printed_scale("Pain (0–10)") == (0, 10)
    assert printed_scale("ARAT (0 to 57 points)") == (0, 57)
    assert printed_scale("Pain score, 1-5") == (1, 5)
    assert printed_scale("Score, median (3-8)") is None
    assert printed_scale("Lesions (0-3)") is None
    assert printed_scale("Day (0-28)") is None
    assert printed_scale("Pain score") is None


def test_labels_of_statistics_alone() -> None:
    assert only_statistics("Mean ± SD")
    assert only_statistics("Median (range)")
    assert only_statistics("Mean (SD)")
    assert not only_statistics("Women")
    assert not only_statistics("Mean weight")


def test_ages() -> None:
    assert is_age("Age, median (range), years")
    assert is_age("Median age (range)")
    assert is_age("Age at diagnosis (y)")
    assert not is_age("Gestational age (weeks)")
    assert not is_age("Age > 65 years")
    assert not is_age("Age at death of the mother")

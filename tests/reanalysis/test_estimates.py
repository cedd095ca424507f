"""Estimates with interval and P value are read from text and tables."""

from __future__ import annotations

import pytest

from auditor.reanalysis.estimates import estimates
from auditor.testing import read_text


def read(text: str) -> list[tuple[str, str, str, str, float, str]]:
    return [
        (e.name, e.value.text, e.lower.text, e.upper.text, e.level, e.p.text.replace(" ", ""))
        for e in estimates(read_text(text))
        if not e.doubt
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The hazard ratio was 0.71 (95% CI 0.52–0.97; P = 0.03).",
            ("HR", "0.71", "0.52", "0.97", 0.95, "0.03"),
        ),
        (
            "It was better (HR, 0.71; 95% CI, 0.52 to 0.97; P<.05).",
            ("HR", "0.71", "0.52", "0.97", 0.95, "<.05"),
        ),
        (
            "It was better (HR 0·71 [95% CI 0·52–0·97]; p=0·03).",
            ("HR", "0·71", "0·52", "0·97", 0.95, "0·03"),
        ),
        (
            "The odds ratio was 1.45 (90% CI 1.01–2.08, two-sided P = 0.09).",
            ("OR", "1.45", "1.01", "2.08", 0.90, "0.09"),
        ),
        (
            "The HR for OS was 0.80 (97.5% CI 0.63–1.01; P = 0.034).",
            ("HR", "0.80", "0.63", "1.01", 0.975, "0.034"),
        ),
        (
            "The relative risk was 1.98 (95% CI 1.11–3.55; P = 0.02).",
            ("RR", "1.98", "1.11", "3.55", 0.95, "0.02"),
        ),
        (
            "The mean difference was 2.3 kg (95% CI 0.4 to 4.2; P = 0.02).",
            ("difference", "2.3", "0.4", "4.2", 0.95, "0.02"),
        ),
        (
            "The difference was −5.2 percentage points (95% CI, −9.9 to −0.5; P = 0.03).",
            ("difference", "−5.2", "−9.9", "−0.5", 0.95, "0.03"),
        ),
    ],
)
def test_text(text: str, expected: tuple[str, str, str, str, float, str]) -> None:
    assert read(f"# Results\n\n{text}\n") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The hazard ratio was 0.71 (95% CI 0.52–0.97).",
        "HR 0.71 (95% CI 0.52–0.97; P for interaction = 0.20).",
        "HR 0.71 (95% CI 0.52–0.97; P = 0.20 for heterogeneity).",
        "The lowest HR was 78 (64–90) beats per minute (P = 0.40).",
        "Median survival was 12.1 months (95% CI 8.0–14.2; P = 0.20).",
        "The change was −0.3 points (95% CI −1.1 to 0.5) (P < 0.001 between groups).",
        "The relative difference was 12% (95% CI 4 to 20; P = 0.004).",
        "Noninferiority was met (HR 0.97; 95% CI 0.86–1.10; P < 0.001).",
    ],
)
def test_what_has_no_p_value_of_its_own(text: str) -> None:
    assert read(f"# Results\n\n{text}\n") == []


def test_two_models_of_a_table_keep_their_p_values() -> None:
    text = """Table 2. Cox models

| | Univariable | | Multivariable | |
| --- | --- | --- | --- | --- |
| Factor | HR (95% CI) | P | HR (95% CI) | P |
| Age | 1.62 (1.11–2.36) | 0.012 | 1.20 (0.80–1.80) | 0.38 |
"""
    assert read(text) == [
        ("HR", "1.62", "1.11", "2.36", 0.95, "0.012"),
        ("HR", "1.20", "0.80", "1.80", 0.95, "0.38"),
    ]


def test_one_p_value_behind_two_estimates_is_of_neither_for_certain() -> None:
    text = """Table 2. Cox models

| Factor | Crude HR (95% CI) | Adjusted HR (95% CI) | P |
| --- | --- | --- | --- |
| Age | 1.62 (1.11–2.36) | 1.20 (0.80–1.80) | 0.38 |
"""
    assert read(text) == []

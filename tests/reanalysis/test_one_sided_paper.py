"""A paper all of whose P values of counts are one-sided Fisher tests, as one real paper was."""

from __future__ import annotations

from auditor.discovery import load_rulebook
from auditor.finding import Finding, Severity
from auditor.recomputed import Recomputed
from auditor.testing import read_text

PAPER = """# Abstract

The combination had the higher response rate (ORR 6% vs. 38%, P = 0.047).

# Methods

Survival was compared by the log-rank test. P < 0.05 was considered statistically significant.

# Results

Table 1. Responses in bone sarcoma

| Line | DCR, drug alone | DCR, drug plus chemotherapy |
| --- | --- | --- |
| Second | 50 (2/4) | 75 (3/4) |
| Third | 67 (2/3) | 0 (0/2) |
| Total | 57 (4/7) | 50 (3/6) |

In bone sarcoma the DCR was 57% (4/7) with the drug alone versus 50% (3/6) with the drug plus
chemotherapy (P = 0.617).

In soft tissue sarcoma the ORR was 6% (1/16) with the drug alone versus 38% (5/13) with the drug
plus chemotherapy (P = 0.047), and the DCR was 75% (12/16) versus 69% (9/13), respectively
(P = 0.526). As first-line therapy the ORR was 50% (4/8) versus 9% (2/23) in later lines
(P = 0.026), and the DCR was 100% (8/8) versus 61% (14/23) in later lines (P = 0.041).
"""


def _found(code: str) -> tuple[list[Finding], list[Recomputed]]:
    check = next(c for c in load_rulebook(None).checks if c.code == code)
    found = list(check(read_text(PAPER)))
    return (
        [f for f in found if isinstance(f, Finding)],
        [f for f in found if isinstance(f, Recomputed)],
    )


def test_every_p_value_is_reproduced_by_a_one_sided_fisher_test() -> None:
    findings, recomputed = _found("PVL002")
    assert findings == []
    assert {r.printed for r in recomputed} == {"0.617", "0.047", "0.526", "0.026", "0.041"}
    assert all("Fisher's exact, one-sided" in r.reproduced_by for r in recomputed)


def test_two_results_are_significant_one_sided_alone() -> None:
    findings, _ = _found("PVL003")
    assert [(f.reported, f.severity) for f in findings] == [
        ("0.047", Severity.WARNING),
        ("0.041", Severity.WARNING),
    ]
    assert "two-sided it is 0.064, not below 0.05" in findings[0].message
    assert "two-sided it is 0.068, not below 0.05" in findings[1].message


def test_the_convention_is_one_finding() -> None:
    findings, _ = _found("PVL004")
    assert len(findings) == 1
    assert findings[0].message.startswith("5 of 5 P values of counts are those of Fisher's exact")
    assert findings[0].severity is Severity.WARNING
    assert len(findings[0].arithmetic) == 5

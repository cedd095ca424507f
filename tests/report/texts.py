"""Audits of made-up papers whose running text was read: one to look at, one hostile."""

from __future__ import annotations

from functools import cache

from auditor.audit import Audit
from auditor.discovery import load_rulebook
from auditor.engine import audit_manuscripts
from auditor.testing import read_text

PAPER = """# Apatinib in advanced liposarcoma

## Abstract

The ORR was 40% (12/30) with the study drug and the disease control rate was 67%.

## Results

Of the 60 patients, 30 received the study drug and 30 the control.
The ORR was 47% (14/30) in the study drug group and 30% (9/30) in the control group.
Disease control was seen in 20 patients (67%) of the study drug group.
Fatigue was reported by 11 patients.

Table 1. Response

| Response | Study drug (N = 30) | Control (N = 30) |
| -------- | ------------------- | ---------------- |
| CR       | 2 (7%)              | 1 (3%)           |
| PR       | 10 (33%)            | 8 (27%)          |
| SD       | 8 (27%)             | 9 (30%)          |
| PD       | 10 (33%)            | 12 (40%)         |
| ORR      | 12 (40%)            | 9 (30%)          |
| DCR      | 20 (67%)            | 18 (60%)         |

## Discussion

In a previous study, the ORR was 35% (7/20) [3].
"""
BAD = "<script>alert(1)</script>"


@cache
def text() -> Audit:
    return _audit(PAPER)


@cache
def hostile_text() -> Audit:
    """Markup in a label, a heading and a sentence that a contradiction quotes."""
    changed = PAPER.replace("| DCR ", f"| DCR {BAD}").replace("## Results", f"## Results {BAD}")
    changed = changed.replace("in the study drug group and", f'in the study drug group " {BAD} and')
    return _audit(changed.replace("Fatigue", f"Fatigue {BAD}"))


@cache
def long_text() -> Audit:
    """A text of some hundred statements."""
    more = "\n\n".join(
        f"## Part {n}\n\nFatigue of part {n} was seen in {n + 1} of {n + 9} patients; nausea was"
        f" seen in {n} patients, and the median age was {40 + n} years (range, 20-{60 + n})."
        for n in range(1, 81)
    )
    return _audit(f"{PAPER}\n{more}\n")


def _audit(paper: str) -> Audit:
    book = load_rulebook(None)
    return audit_manuscripts([read_text(paper)], book.checks, [book])

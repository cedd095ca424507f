"""Every case of every check: what must fire, and what must stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.check import Check
from auditor.discovery import load_rulebook
from auditor.testing import Case, load_cases, problems

CASES = Path(__file__).resolve().parent / "cases"
CHECKS = {Path(check.source).stem: check for check in load_rulebook(None).checks}
ALL = [(path.stem, case) for path in sorted(CASES.glob("*.yaml")) for case in load_cases(path)]


@pytest.mark.parametrize(
    ("module", "case"),
    ALL,
    ids=[f"{m}-{'fires' if c.fires else 'silent'}-{c.name}".replace(" ", "_") for m, c in ALL],
)
def test_case(module: str, case: Case) -> None:
    assert module in CHECKS, f"there is no check checks/{module}.py"
    assert problems(case, CHECKS[module]) == []


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda c: c.code)
def test_a_check_has_cases_of_both_kinds(check: Check) -> None:
    cases = [case for module, case in ALL if module == Path(check.source).stem]
    assert sum(case.fires for case in cases) >= 3
    assert sum(not case.fires for case in cases) >= 3

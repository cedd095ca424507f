"""All rules of the built-in rulebook: checks, models and suites together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.check import Check, Subject
from auditor.discovery import combine, load_rulebook, missing_sections
from auditor.rules import with_rules
from auditor.study import Study


def rules() -> Iterator[Check]:
    yield from combine(with_rules([load_rulebook(None)], Study()))


RULES = tuple(rules())


def test_models_and_suites_are_among_the_rules() -> None:
    folders = [Path(rule.source).parent.name for rule in RULES]
    for part in ("checks", "schemas", "expectations"):
        assert folders.count(part) >= 20, part


def test_models_and_suites_take_a_cohort() -> None:
    for rule in RULES:
        if Path(rule.source).parent.name != "checks":
            assert rule.subject is Subject.COHORT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented(rule: Check) -> None:
    assert missing_sections(rule) == ()
    assert rule.summary.endswith(".")
    assert rule.rulebook == "auditor"

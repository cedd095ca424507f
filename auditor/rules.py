"""All that a rulebook asks of a cohort: its checks, its pandera models, its suites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.check import Check
from auditor.discovery import Rulebook
from auditor.study import Study


def with_rules(rulebooks: Sequence[Rulebook], study: Study) -> tuple[Rulebook, ...]:
    """The rulebooks with a check for each rule of their models and suites besides their own.

    Models are Python that imports pandera: this takes a second, and is done where a cohort is
    audited or rules are listed.

    Raises:
        RulebookError: a model or a suite cannot be loaded.
    """
    return tuple(_with_rules(rulebook, study) for rulebook in rulebooks)


def _with_rules(rulebook: Rulebook, study: Study) -> Rulebook:
    from auditor.frames.models import model_checks
    from auditor.frames.suites import suite_checks

    rules: tuple[Check, ...] = (
        *model_checks(rulebook.folder, study),
        *suite_checks(rulebook.folder / "expectations", study),
    )
    named = (replace(check, rulebook=rulebook.name) for check in rules)
    return replace(rulebook, checks=tuple(sorted((*rulebook.checks, *named), key=lambda c: c.code)))

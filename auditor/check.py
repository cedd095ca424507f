"""The ``@check`` decorator and the ways in which a check ends.

A check is a generator function in a file of a rulebook's ``checks/`` folder::

    @check(code="PCT001", name="percent-mismatch")
    def percent_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
        ...

    @check(code="COH001", name="unknown-subject", subject=Subject.COHORT)
    def unknown_subject(cohort: Cohort) -> Iterator[Breaches | Evaluated]:
        ...

The decorator registers nothing: discovery collects the ``Check`` objects it returns.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from auditor.errors import RulebookError
from auditor.finding import Breaches, Evaluated, Finding, Judged
from auditor.recomputed import Recomputed

Yielded = Finding | Judged | Breaches | Evaluated | Recomputed
CheckFunction = Callable[[Any], Iterable[Yielded]]

_CODE = re.compile(r"[A-Z]{3}\d{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


class Outcome(StrEnum):
    """How a check ends. NOT_EVALUABLE is never counted as passed; FAILED means it crashed."""

    PASSED = "passed"
    FINDINGS = "findings"
    NOT_EVALUABLE = "not evaluable"
    FAILED = "failed"


class Subject(StrEnum):
    """What a check takes: a manuscript, a cohort, or reported results beside recomputed ones."""

    MANUSCRIPT = "manuscript"
    COHORT = "cohort"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Check:
    """One law.

    Attributes:
        code: three letters and three digits, never reused ("PCT001").
        name: reads well in "the manuscript has a percent-mismatch".
        function: takes its subject as read, yields findings and what it judged.
        doc: the documentation, from the docstring of the check's module.
        source: file name of the module, for messages.
        rulebook: name of the rulebook it came from; filled in by discovery.
        subject: what the function takes.
    """

    code: str
    name: str
    function: CheckFunction
    doc: str
    source: str
    rulebook: str = ""
    subject: Subject = Subject.MANUSCRIPT

    @property
    def summary(self) -> str:
        """The line that states the defect."""
        return self.doc.strip().splitlines()[0] if self.doc.strip() else ""

    def __call__(self, subject: Any) -> Iterable[Yielded]:
        return self.function(subject)


def check(
    *, code: str, name: str, subject: Subject = Subject.MANUSCRIPT
) -> Callable[[CheckFunction], Check]:
    """Make a ``Check`` of a generator function; its module's docstring is the documentation.

    Raises:
        RulebookError: the code or the name does not have the agreed form.
    """

    def decorate(function: CheckFunction) -> Check:
        source = inspect.getsourcefile(function) or "?"
        if not _CODE.fullmatch(code):
            raise RulebookError(
                f"check code {code!r} is not three capital letters and three digits",
                source=source,
            )
        if not _NAME.fullmatch(name):
            raise RulebookError(
                f"check name {name!r} is not two or more lower-case words joined by hyphens",
                source=source,
            )
        module = inspect.getmodule(function)
        doc = inspect.cleandoc((module.__doc__ if module else None) or function.__doc__ or "")
        return Check(
            code=code, name=name, function=function, doc=doc, source=source, subject=subject
        )

    return decorate

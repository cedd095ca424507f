"""A rule of a model: what a value must be, and what is said of one that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.errors import RulebookError
from auditor.finding import Severity, Verdict

_LABEL = re.compile(r"([A-Z]{3}\d{3}) ([a-z][a-z0-9]*(?:-[a-z0-9]+)+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a model in ``schemas/``, with its documentation.

    Attributes:
        code, name: as of a check; unique among all checks.
        states: the defect, in a sentence.
        breach: what a value is that breaks the rule, after "SEX: a value ", such as
            "is no code of sex".
        does, why, example, references: the sections of its documentation.
        severity, verdict: of its findings.
        only: of a rule for some rows alone: a column, and the values of it for which values of
            ``column`` are judged.
        column: of such a rule, the column in question.
        needs: why it cannot be judged where a model leaves it out.
    """

    code: str
    name: str
    states: str
    breach: str
    does: str = ""
    why: str = ""
    example: str = ""
    references: str = ""
    severity: Severity = Severity.ERROR
    verdict: Verdict = Verdict.IMPOSSIBLE
    column: str = ""
    only: tuple[str, tuple[str, ...]] = ("", ())
    needs: str = ""

    @property
    def label(self) -> str:
        """Code and name: the name of the pandera check."""
        return f"{self.code} {self.name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Of a rule for some rows, the columns that it reads."""
        return (self.column, self.only[0]) if self.column else ()

    @property
    def doc(self) -> str:
        """The documentation, as that of every check."""
        return (
            f"{self.states}\n\n## What it does\n{self.does}\n\n## Why it matters\n{self.why}\n\n"
            f"## Example\n{self.example}\n\n## References\n{self.references}"
        )

    @classmethod
    def of(cls, label: object, title: object, description: object, where: str) -> Rule:
        """The rule that a plain pandera check states by its name, title and description.

        Raises:
            RulebookError: its name is not a code and a name.
        """
        match = _LABEL.fullmatch(label) if isinstance(label, str) else None
        if match is None:
            raise RulebookError(
                f"{where} has no code: a rule that is not counted cannot be relied on",
                hint='Name it with a code and words, such as name="ABC001 wrong-unit".',
            )
        states = str(title) if title else f"A value of {where} breaks {label}."
        text = str(description) if description else states
        return cls(
            code=match[1],
            name=match[2],
            states=states,
            breach=f"breaks {match[2]}",
            does=text,
            why="The rulebook says so.",
            example="See the rulebook.",
            references="The rulebook.",
        )

"""A rule of a model: what a value must be, and what is said of one that is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from auditor.errors import RulebookError
from auditor.finding import Severity, Verdict

if TYPE_CHECKING:
    import pandas as pd

_WIDTH = 96
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
        columns: of a rule for some rows alone, the columns without which it cannot be judged,
            the one in question first.
        applies: of such a rule, takes a frame and gives the rows that are judged.
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
    columns: tuple[str, ...] = ()
    applies: Callable[[pd.DataFrame], pd.Series] | None = None
    needs: str = ""

    @property
    def label(self) -> str:
        """Code and name: the name of the pandera check."""
        return f"{self.code} {self.name}"

    @property
    def doc(self) -> str:
        """The documentation, as that of every check."""
        sections = {
            "What it does": self.does,
            "Why it matters": self.why,
            "Example": self.example,
            "References": self.references,
        }
        filled = (f"## {title}\n{fill(text, _WIDTH)}" for title, text in sections.items())
        return "\n\n".join((self.states, *filled))

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

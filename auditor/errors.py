"""Errors that a user can act on: each names the file, the place and what to do."""

from __future__ import annotations


class AuditorError(Exception):
    """Base of every error that the command line shows as one clear message and exit code 2.

    Args:
        message: what is wrong, in one sentence.
        source: the file (or other input) it is about.
        where: the place within the source, such as ``line 12`` or ``Table 2``.
        hint: what the user can do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.source, self.where) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  {self.hint}" if self.hint else text


class InputError(AuditorError):
    """The input cannot be read, or is not what it says it is."""


class RulebookError(AuditorError):
    """A rulebook cannot be loaded: a broken file, a clash of codes, a missing folder."""


class StudyError(AuditorError):
    """The study file is wrong: the message names the key."""


class UsageError(AuditorError):
    """The command was called in a way that cannot work."""


class NotEvaluable(Exception):
    """Raised by a check that has nothing to judge; the text says why. Never counted as passed."""

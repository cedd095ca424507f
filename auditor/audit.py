"""The result of an audit: what was read, what was checked, what was found."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.check import Outcome
from auditor.claims import Claim
from auditor.document import Document
from auditor.finding import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input by name, kind (``jats``, ``text``, ``markdown``) and SHA-256 of its bytes."""

    name: str
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RulebookIdentity:
    """A rulebook that was loaded, by name and SHA-256 over its files."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CheckRun:
    """How one check ended; ``why`` explains *not evaluable* and *failed*."""

    code: str
    name: str
    outcome: Outcome
    why: str = ""
    rulebook: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A printed number, or a whole table, that no check judged, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many printed numbers stand in the tables and how far each got.

    ``numbers`` printed in tables and in fractions of the text >= ``parsed`` as a number with a
    known role >= ``linked`` to a population >= ``checked`` by at least one check.
    """

    numbers: int = 0
    parsed: int = 0
    linked: int = 0
    checked: int = 0
    unchecked: tuple[Unchecked, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything an audit established, in a stable order.

    ``coverage`` is over all documents, ``coverages`` that of each, in their order. Ids of
    claims are unique: of several documents they begin with the name of theirs.
    """

    inputs: tuple[InputFile, ...]
    rulebooks: tuple[RulebookIdentity, ...]
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    checks: tuple[CheckRun, ...]
    coverage: Coverage
    coverages: tuple[Coverage, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity == severity for f in self.findings)

    @property
    def result(self) -> str:
        """``incomplete`` where a check crashed, else ``discrepancies`` or ``clean``.

        Notes alone leave a manuscript clean: they contradict nothing.
        """
        if any(run.outcome == Outcome.FAILED for run in self.checks):
            return "incomplete"
        if any(f.severity != Severity.NOTE for f in self.findings):
            return "discrepancies"
        return "clean"

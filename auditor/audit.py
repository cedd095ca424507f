"""The result of an audit: what was read, what was checked, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.check import Outcome
from auditor.claims import Claim
from auditor.comparison import Comparison
from auditor.document import Document
from auditor.estimate import Curve, Estimate
from auditor.finding import Finding, Place, Severity
from auditor.recomputed import Recomputed
from auditor.statement import Prose
from auditor.topic import Linked


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
    """How one check ended; ``why`` explains *not evaluable* and *failed*.

    Of a cohort: ``evaluated`` rows were judged, and ``breaches`` counts by severity those that
    break the law (exact, also where not every one is listed as a finding).
    """

    code: str
    name: str
    outcome: Outcome
    why: str = ""
    rulebook: str = ""
    summary: str = ""
    evaluated: int | None = None
    breaches: Mapping[Severity, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableRead:
    """A delivered table as it was taken.

    ``standard`` names the standard tables that it holds; none: it was not used. ``columns`` are
    pairs (standard, delivered); ``notes`` say what reading it had to decide.
    """

    name: str
    input: str
    rows: int
    subjects: int | None
    standard: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether an extract may be locked.

    ``complete``: the checks ran, and some had something to judge; else nothing was decided.
    ``reasons`` say why it is refused or undecided, and what was tolerated.
    """

    passed: bool
    complete: bool
    fail_on: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A printed number, or a whole table, that no check judged, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many printed numbers stand in tables and text and how far each got.

    ``numbers`` printed in tables and in the running text >= ``parsed`` as a number with a
    known role >= ``linked`` to a population >= ``checked`` by at least one check.
    """

    numbers: int = 0
    parsed: int = 0
    linked: int = 0
    checked: int = 0
    unchecked: tuple[Unchecked, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRead:
    """The running text of one document: what it states, and what that was tied to."""

    prose: Prose = field(default_factory=Prose)
    linked: Linked = field(default_factory=Linked)


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything an audit established, in a stable order.

    ``coverage`` is over all documents, ``coverages`` that of each, in their order. Ids of
    claims are unique: of several documents they begin with the name of theirs. ``texts`` is the
    running text of each document, in their order, or empty where none was read. Of a cohort:
    its ``tables``, ``notes`` on what was decided or left out, the ``estimates`` and ``curves``
    recomputed from it, the ``comparisons`` of what is reported with them, and how many findings
    beyond a bound are counted and ``unlisted``; ``gate`` where a lock was asked for.
    ``recomputed``: printed statistics beside what their inputs give, in the order of the text.
    """

    inputs: tuple[InputFile, ...]
    rulebooks: tuple[RulebookIdentity, ...]
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    checks: tuple[CheckRun, ...]
    coverage: Coverage
    coverages: tuple[Coverage, ...] = ()
    tables: tuple[TableRead, ...] = ()
    notes: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    curves: tuple[Curve, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    unlisted: Mapping[Severity, int] = field(default_factory=dict)
    gate: GateDecision | None = None
    texts: tuple[TextRead, ...] = ()
    recomputed: tuple[Recomputed, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity, those not listed included."""
        listed = sum(f.severity == severity for f in self.findings)
        return listed + self.unlisted.get(severity, 0)

    @property
    def result(self) -> str:
        """``incomplete`` where a check crashed, else ``discrepancies`` or ``clean``.

        Notes alone leave a manuscript clean: they contradict nothing.
        """
        if any(run.outcome == Outcome.FAILED for run in self.checks):
            return "incomplete"
        if any(self.count(s) for s in Severity if s is not Severity.NOTE):
            return "discrepancies"
        return "clean"

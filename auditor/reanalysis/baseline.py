"""The P values of a randomised trial's tables of baseline characteristics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.extraction.reading import ColumnRole, Entry, Role, TableReading
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber
from auditor.reanalysis.significance_words import LONGEST
from auditor.statement import Origin

_BASELINE = re.compile(
    r"\bbaseline\b|\bdemographic|\bcharacteristics?\b|\bpatient features\b|\bbefore (?:treatment|"
    r"randomi[sz]ation)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"regression|univaria|multivaria|outcomes?\b|respon[ds]|adverse|toxic|predict|survival|prognos|"
    r"follow-?up|after\b|post|change|operative|treatment characteristics|complication|factors|"
    r"matched|matching|per[- ]protocol|complet(?:er|ed)|subgroup|strat",
    re.IGNORECASE,
)
_RANDOMISED = re.compile(
    r"\b(?:patients|participants|subjects|women|men|children|adults|individuals|persons|they|who|"
    r"eligible|cases)\b[^.]{0,80}\b(?:were|was)\s+(?:\w+\s+)?(?:randomi[sz]ed|(?:randomly|"
    r"at random)\s+(?:assigned|allocated|divided)|(?:assigned|allocated)\s+"
    r"(?:randomly|at random))\b|"
    r"\bwe (?:randomi[sz]ed|randomly (?:assigned|allocated))\b|"
    r"\b(?:this|our|the present)\s+(?:[\w,-]+\s+){0,6}randomi[sz]ed\b|"
    r"\b\d+ (?:patients |participants |women |subjects )?were (?:finally |then |eventually )?"
    r"randomi[sz]ed\b|"
    r"\brandomi[sz]ation (?:was|list|sequence|ratio)\b|\brandom allocation sequence\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?<!non-)(?<!non)\brandomi[sz]ed\b[^.?]*\btrial\b", re.IGNORECASE)
_REVIEW = re.compile(
    r"review|meta-?analy|trials\b|emulat|target trial|cohort|retrospective|mendel", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|non|nor|without|previously|earlier)[- ](?:\w+ )?random", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BaselineP:
    """The P values of one table, one a variable, with their rows' labels."""

    reading: TableReading
    values: tuple[PrintedNumber, ...]
    labels: tuple[str, ...]
    entries: tuple[Entry, ...]


def randomised(manuscript: Manuscript) -> bool:
    """Whether the manuscript says that its own patients were randomised."""
    title = manuscript.document.title
    if _TITLE.search(title) and not _REVIEW.search(title):
        return True
    return any(
        len(s.text) <= LONGEST
        and _RANDOMISED.search(s.text)
        and not _NOT.search(s.text)
        and not s.citations
        for s in manuscript.prose.sentences
        if s.section in ("abstract", "methods") and s.origin is not Origin.CITED
    )


def baseline_p_values(manuscript: Manuscript) -> Iterator[BaselineP]:
    """Tables of baseline characteristics of all randomised patients with a column of P values.

    Of the rows of one variable, whose P values are not independent, the first stands for all.
    """
    for reading in manuscript.tables:
        caption = reading.table.caption
        tests = [c.index for c in reading.columns if c.role is ColumnRole.P_VALUE]
        if len(tests) != 1 or not _BASELINE.search(caption) or _OTHER.search(caption):
            continue
        found: list[tuple[PrintedNumber, str, Entry]] = []
        headed: set[int] = set()
        for entry in reading.entries:
            p = entry.number(Role.P_VALUE)
            if entry.column != tests[0] or p is None or not 0 <= p.value <= 1:
                continue
            if entry.row.headed and entry.row.block in headed:
                continue
            headed.add(entry.row.block)
            found.append((p, entry.row.path, entry))
        yield BaselineP(
            reading,
            tuple(p for p, _, _ in found),
            tuple(label for _, label, _ in found),
            tuple(entry for _, _, entry in found),
        )

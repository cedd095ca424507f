"""Adverse events: patients with any, by worst grade, by term and organ class; and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from auditor.claims import Population
from auditor.endpoints.populations import Mask, Populations
from auditor.endpoints.rates import proportion
from auditor.endpoints.wording import counted
from auditor.errors import NotEvaluable
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort

GRADES = (1, 2, 3, 4, 5)
_CI = ("Clopper-Pearson", "Wilson")


def adverse_events(
    cohort: Cohort, who: Populations, level: float
) -> tuple[list[Estimate], tuple[str, ...]]:
    """Incidence among the safety population: a patient counts once, at the worst grade.

    Endpoints: "AE", "AE grade=3" (worst grade 3), "AE grade>=3", "AE serious", and the same
    for each preferred term ("AE DECOD=NAUSEA grade>=3") and organ class ("AE BODSYS=..."), the
    latter two for all patients and the arms. ``count`` and ``rate`` are of patients, ``events``
    of records. Where events are flagged as treatment-emergent, only these count.

    Raises:
        NotEvaluable: there is no table of adverse events, or nobody in the safety population.
    """
    table = cohort.need("adverse_events", "USUBJID")
    frame = table.frame
    rules = ("all events",)
    if table.has("TRTEMFL") and (frame["TRTEMFL"] == "Y").any():
        frame, rules = frame[frame["TRTEMFL"] == "Y"], ("treatment-emergent (TRTEMFL)",)
    if not who.safety.any():
        raise NotEvaluable("nobody is in the safety population")
    position = pd.Series(np.arange(len(who.people)), index=who.people.index)
    subject = position.reindex(frame["USUBJID"].astype("string").astype(object)).to_numpy()
    known = ~np.isnan(subject.astype(float))
    notes: list[str] = []
    if not known.all():
        notes.append(
            f"{counted(int((~known).sum()), 'record')} left out, of nobody who is analysed"
        )
    frame, subject = frame[known], subject[known].astype(np.int64)
    safe = who.safety[subject]
    frame, subject = frame[safe], subject[safe]
    conventions = (*rules, who.safety_name)
    counter = _Counter(who.safety, conventions, level)

    grade = frame["TOXGR"].to_numpy(dtype=float) if table.has("TOXGR") else None
    if grade is None:
        notes.append("adverse events have no grade (TOXGR)")
    else:
        missing = int(np.isnan(grade).sum())
        if missing:
            notes.append(f"{counted(missing, 'record')} without grade, counted as any grade")
        grade = np.nan_to_num(grade)
    found = list(counter.incidence("AE", subject, grade, who.all()))
    if table.has("SER"):
        serious = (frame["SER"] == "Y").to_numpy(dtype=bool)
        found += counter.incidence("AE serious", subject[serious], None, who.all())
    arms = [p for p in who.all() if not p[0].terms or (who.arm and _is_arm(p[0], who.arm.name))]
    for column in ("BODSYS", "DECOD"):
        if not table.has(column):
            notes.append(f"adverse events have no {column}")
            continue
        terms = frame[column].astype("string").str.strip()
        codes, names = pd.factorize(terms, sort=True)
        order = np.argsort(codes, kind="stable")
        edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
        for i, name in enumerate(names):
            rows = order[edges[i] : edges[i + 1]]
            endpoint = f"AE {column}={name}"
            found += counter.incidence(
                endpoint, subject[rows], grade[rows] if grade is not None else None, arms
            )
    return found, tuple(notes)


class _Counter:
    """Patients and events among a safety population."""

    def __init__(self, safety: Mask, conventions: tuple[str, ...], level: float) -> None:
        self.safety = safety
        self.conventions = conventions
        self.level = level

    def incidence(
        self,
        endpoint: str,
        subject: np.ndarray,
        grade: np.ndarray | None,
        populations: Sequence[tuple[Population, Mask]],
    ) -> Iterator[Estimate]:
        """Any grade, each worst grade and grade 3 or more, of records of ``subject``."""
        worst = np.full(len(self.safety), -1.0)
        np.maximum.at(worst, subject, 0.0 if grade is None else grade)
        events = np.bincount(subject, minlength=len(self.safety))
        yield from self._count(endpoint, worst >= 0, events, populations)
        if grade is None:
            return
        severe = np.bincount(subject[grade >= 3], minlength=len(self.safety))
        yield from self._count(f"{endpoint} grade>=3", worst >= 3, severe, populations)
        for value in GRADES:
            at = np.bincount(subject[grade == value], minlength=len(self.safety))
            if (worst == value).any() or at.any():
                yield from self._count(f"{endpoint} grade={value}", worst == value, at, populations)
        if (worst == 0).any():
            none = np.bincount(subject[grade == 0], minlength=len(self.safety))
            yield from self._count(f"{endpoint} grade unknown", worst == 0, none, populations)

    def _count(
        self,
        endpoint: str,
        member: Mask,
        events: np.ndarray,
        populations: Sequence[tuple[Population, Mask]],
    ) -> Iterator[Estimate]:
        for population, mask in populations:
            within = mask & self.safety
            n, x = int(within.sum()), int((member & within).sum())
            yield from proportion(
                endpoint, population, x, n, (*self.conventions, "patients"), self.level, _CI
            )
            yield Estimate(
                endpoint,
                "events",
                population,
                float(events[within].sum()),
                (*self.conventions, "events"),
                n=n,
            )


def _is_arm(population: Population, arm: str) -> bool:
    return len(population.terms) == 1 and population.terms[0][0] == arm

"""Who is counted: the analysed patients, and the arms, subgroups and lines among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.claims import Population
from auditor.endpoints.times import people_of
from auditor.endpoints.wording import counted
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

Mask = NDArray[np.bool_]
ALL = Population()
EVERYBODY = "all subjects"
MOST_LEVELS = 20
# What SDTM says of those who were never in an arm, in ARM or in its place in ARMNRS.
_NEVER_ASSIGNED = ("SCREEN FAILURE", "NOT ASSIGNED")


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """A column that divides the patients: its levels in order, the reference first.

    ``by_arm`` is whether the arms are looked at within each level, too.
    """

    name: str
    levels: tuple[tuple[str, Mask], ...]
    by_arm: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Populations that are compared with each other, the reference first."""

    base: Population
    groups: tuple[tuple[Population, Mask], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Populations:
    """The patients and how they are divided.

    Attributes:
        people: one row a patient, index USUBJID; standard columns, then those that the extract
            has beside them, under the name delivered.
        who: the population by name ("all subjects", "randomised", "intention to treat").
        safety: who belongs to the safety population; ``safety_name`` says by which rule.
        arm: None where there is no arm.
        factors: what else divides the patients: the columns of the study file, the line.
        groups: populations by name, of the study file; they may overlap.
        notes: who is not analysed, and what cannot be divided, free of values.
    """

    people: pd.DataFrame
    who: str
    safety: Mask
    safety_name: str
    arm: Factor | None
    factors: tuple[Factor, ...]
    groups: tuple[tuple[str, Mask], ...]
    notes: tuple[str, ...]

    def all(self) -> tuple[tuple[Population, Mask], ...]:
        """All patients, each arm, each subgroup, each arm within each subgroup but the lines."""
        found: list[tuple[Population, Mask]] = []
        for base, mask, by_arm in self._bases():
            found += [(base, mask), *(self._arms(base, mask) if by_arm else ())]
        return tuple(found)

    def comparisons(self) -> tuple[Comparison, ...]:
        """The arms among all and within each subgroup; the levels of each factor."""
        found = [
            Comparison(base, tuple(self._arms(base, mask)))
            for base, mask, by_arm in self._bases()
            if by_arm
        ]
        found += [
            Comparison(ALL, tuple((_term(f.name, name), mask) for name, mask in f.levels))
            for f in self.factors
        ]
        return tuple(c for c in found if len(c.groups) > 1)

    def _bases(self) -> list[tuple[Population, Mask, bool]]:
        """All, each level of each factor, each group; and whether arms are told apart in it.

        In a group that is an arm, or that a factor has already, they are not told apart again.
        """
        divided = [mask for f in (self.arm, *self.factors) if f for _, mask in f.levels]
        return [
            (ALL, np.ones(len(self.people), dtype=bool), True),
            *(
                (_term(f.name, name), mask, f.by_arm)
                for f in self.factors
                for name, mask in f.levels
            ),
            *(
                (_term("group", name), mask, not any((mask == other).all() for other in divided))
                for name, mask in self.groups
            ),
        ]

    def _arms(self, base: Population, mask: Mask) -> list[tuple[Population, Mask]]:
        if self.arm is None:
            return []
        return [
            (Population((*base.terms, (self.arm.name, name))), mask & member)
            for name, member in self.arm.levels
            if (mask & member).any()
        ]


def populations(cohort: Cohort) -> Populations:
    """The patients of a cohort and how the study file divides them.

    Analysed are those with ITTFL = "Y"; without that flag those with a date of randomisation;
    without either, all but those whose arm, or the reason for having none (ARMNRS), is Screen
    Failure or Not Assigned. The safety population: SAFFL = "Y", else a date of first dose,
    else all.

    Raises:
        NotEvaluable: there is no table of patients, or nobody in it is to be analysed.
    """
    table = cohort.need("patients", "USUBJID")
    people = people_of(table)
    notes: list[str] = []
    unnamed = len(table.frame) - len(people)
    if unnamed:
        notes.append(
            f"patients: {counted(unnamed, 'row')} left out, no identifier or a repeated one"
        )
    extra = [c for c in table.delivered.frame.columns if c not in table.columns.values()]
    beside = table.delivered.frame[extra].reindex(people["_row"].to_numpy())
    people = people.join(beside.set_axis(people.index), rsuffix=" (delivered)")
    people = people.drop(columns="_row")

    analysed, who = _flagged(people, "ITTFL", "RANDDT", "intention to treat", "randomised")
    if who == EVERYBODY:
        analysed, who = _assigned(people)
    if not analysed.all():
        notes.append(f"{counted(int((~analysed).sum()), 'patient')} not analysed: not {who}")
        people = people[analysed]
    if people.empty:
        raise NotEvaluable("there is no patient to be analysed")
    safety, safety_name = _flagged(people, "SAFFL", "TRTSDT", "safety population", "treated")

    study = cohort.study
    arm = None
    if study.arm in people.columns:
        arm = _factor(people, study.arm, study.arms, notes)
        if arm is not None and len(arm.levels) < 2:
            notes.append(f"there is one arm alone ({study.arm}); nothing is compared between arms")
    else:
        notes.append(f"nothing is divided by arm: the patients have no {study.arm}")
    factors = [
        factor
        for column in study.by
        if column != study.arm and (factor := _factor(people, column, (), notes)) is not None
    ]
    line = _lines(cohort, people.index, notes)
    groups = tuple(
        (group.name, mask)
        for group in study.groups
        if (mask := _group(people, group.name, group.where, notes)) is not None
    )
    return Populations(
        people=people,
        who=who,
        safety=safety,
        safety_name=safety_name,
        arm=arm,
        factors=(*factors, *line),
        groups=groups,
        notes=tuple(notes),
    )


def labels(column: pd.Series) -> pd.Series:
    """Values as text: whole numbers without ".0"; missing ones and blanks are missing."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        text = column.map(lambda v: str(int(v)) if float(v).is_integer() else str(v), "ignore")
    else:
        text = column.astype("string").str.strip()
    return text.astype(object).where(text.notna() & (text != ""), None)


def _flagged(
    people: pd.DataFrame, flag: str, date: str, flag_name: str, date_name: str
) -> tuple[Mask, str]:
    if flag in people.columns and (people[flag] == "Y").any():
        return (people[flag] == "Y").to_numpy(dtype=bool), f"{flag_name} ({flag})"
    if date in people.columns and people[date].notna().any():
        return people[date].notna().to_numpy(dtype=bool), f"{date_name} ({date})"
    return np.ones(len(people), dtype=bool), EVERYBODY


def _assigned(people: pd.DataFrame) -> tuple[Mask, str]:
    never = np.zeros(len(people), dtype=bool)
    for column in ("TRT01P", "ARMNRS"):
        if column in people.columns:
            words = people[column].astype("string").str.strip().str.upper()
            never |= words.isin(_NEVER_ASSIGNED).to_numpy(dtype=bool)
    return (~never, "assigned to an arm") if never.any() else (~never, EVERYBODY)


def _factor(
    people: pd.DataFrame, column: str, order: tuple[str, ...], notes: list[str]
) -> Factor | None:
    if column not in people.columns:
        notes.append(f"nothing is divided by {column}: the patients have no such column")
        return None
    text = labels(people[column])
    present = sorted(set(text.dropna()))
    if not present:
        notes.append(f"nothing is divided by {column}: it is empty")
        return None
    if len(present) > MOST_LEVELS:
        notes.append(f"nothing is divided by {column}: it has {len(present)} values")
        return None
    missing = int(text.isna().sum())
    if missing:
        notes.append(f"{counted(missing, 'patient')} without {column}, in no group by it")
    names = [name for name in order if name in present]
    names += [name for name in present if name not in names]
    return Factor(column, tuple((name, (text == name).to_numpy(dtype=bool)) for name in names))


def _group(
    people: pd.DataFrame, name: str, where: Mapping[str, tuple[str, ...]], notes: list[str]
) -> Mask | None:
    mask = np.ones(len(people), dtype=bool)
    for column, values in where.items():
        if column not in people.columns:
            notes.append(f"group {name} cannot be formed: the patients have no {column}")
            return None
        mask &= labels(people[column]).isin(values).to_numpy(dtype=bool)
    if not mask.any():
        notes.append(f"group {name} is empty")
        return None
    return mask


def _lines(cohort: Cohort, subjects: pd.Index, notes: list[str]) -> list[Factor]:
    """Patients by the highest line of treatment that they have."""
    if not cohort.has("lines", "USUBJID", "LINE"):
        return []
    frame = cohort.tables["lines"].frame.dropna(subset=["USUBJID", "LINE"])
    highest = frame.groupby(frame["USUBJID"].astype(str))["LINE"].max().reindex(subjects)
    people = pd.DataFrame({"LINE": highest})
    factor = _factor(people, "LINE", (), notes)
    return [replace(factor, by_arm=False)] if factor else []


def _term(attribute: str, value: str) -> Population:
    return Population(((attribute, value),))

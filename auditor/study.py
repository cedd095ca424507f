"""The study: what a cohort and a manuscript have in common, and what a person declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.conventions import RECIST_11, ResponseConvention, SurvivalConvention


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one standard table was delivered.

    Attributes:
        source: name of the delivered table; None where the standard names tell.
        columns: standard column -> delivered column.
        codes: standard column -> delivered code -> standard value ({"SEX": {"1": "M"}}).
        date_formats: standard column -> order of a date that is not ISO 8601 ("dmy", "mdy",
            "ymd" for 20200314), or what its numbers are ("sas" or "excel" days).
    """

    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_formats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A population by name: subjects whose patients-table columns have one of these values.

    ``names`` are other words for it in a manuscript ("STS", "soft tissue sarcoma").
    """

    name: str
    where: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """When a lock is refused.

    Attributes:
        fail_on: least severity that refuses it.
        required: codes of checks that must have been evaluated.
        allowed: code of a check -> how many breaches of it are tolerated.
    """

    fail_on: str = "error"
    required: tuple[str, ...] = ()
    allowed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Study:
    """A study file as read. The default is a study that declares nothing.

    Attributes:
        name: of the study; file: the name of the study file, for messages.
        cutoff: data cut-off; nothing may happen after it.
        arms: the planned arms as the arm column spells them; empty where not declared.
        arm: standard column of the patients table that holds the arm.
        criteria: response criteria: "RECIST 1.1", "iRECIST", "RANO", "Lugano".
        tables: standard table -> how it was delivered.
        groups: populations by name.
        by: columns of the patients table by which endpoints are broken down, beside the arm.
        lines: line of treatment -> number of patients declared for it.
        ranges: (standard table, column) -> least and greatest plausible value.
        response, survival: the conventions under which endpoints are recomputed.
        landmarks: times, in the unit of ``survival``, at which survival is stated.
        gate: when a lock is refused.
        select, ignore: codes of checks to run or leave out.
        rulebooks: folders of further rulebooks, relative to the study file.
        words: what the study's manuscripts call things: a name of the lexicon ("ORR", "OS"), or
            a label of their own tables, with other words for it.
    """

    name: str = ""
    file: str = ""
    cutoff: date | None = None
    arms: tuple[str, ...] = ()
    arm: str = "TRT01P"
    criteria: str = "RECIST 1.1"
    tables: Mapping[str, TableMap] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    by: tuple[str, ...] = ()
    lines: Mapping[int, int] = field(default_factory=dict)
    ranges: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    response: ResponseConvention = RECIST_11
    survival: SurvivalConvention = field(default_factory=SurvivalConvention)
    landmarks: tuple[float, ...] = ()
    gate: Gate = field(default_factory=Gate)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rulebooks: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

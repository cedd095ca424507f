"""Invented cohorts of any size that obey every rule, as tables, files and a study file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import InputFile
from auditor.frames.extract import Delivered, Extract
from auditor.synthetic.draw import Draw
from auditor.synthetic.enrol import ARMS, Arm, enrol
from auditor.synthetic.patient import Patient
from auditor.synthetic.tables import frames

if TYPE_CHECKING:
    import pandas as pd

STUDY = "SYN001"
CUTOFF = date(2023, 6, 30)
RECRUITING = (date(2020, 1, 6), date(2022, 9, 30))


def make_patients(
    patients: int,
    seed: int,
    *,
    arms: Sequence[Arm] = ARMS,
    sites: int = 5,
    recruiting: tuple[date, date] = RECRUITING,
    cutoff: date = CUTOFF,
) -> tuple[Patient, ...]:
    """Invented patients, arms in turn within sites; the same for the same arguments."""
    made = []
    for index in range(patients):
        draw = Draw(seed, index)
        site = f"S{1 + index % sites:02d}"
        arm = arms[(index // sites) % len(arms)]
        subject = f"{STUDY}-{site}-{1 + index // sites:04d}"
        made.append(enrol(draw, subject, site, arm, recruiting, cutoff))
    return tuple(sorted(made, key=lambda patient: patient.subject))


def make_cohort(
    patients: int,
    seed: int,
    *,
    arms: Sequence[Arm] = ARMS,
    sites: int = 5,
    recruiting: tuple[date, date] = RECRUITING,
    cutoff: date = CUTOFF,
) -> Extract:
    """An extract of an invented trial: adsl, rs, adrs, tr, tu, adtte, adae, adcm, ex.

    Two arms, sites, screening, imaging every eight weeks, target and non-target and new lesions,
    responses by RECIST 1.1, progression, later treatment, death, dropouts, censoring at the
    cut-off. Sizes are in mm, times in days (date - start + 1); dates are ISO 8601 text, some of
    them partial. The same arguments give the same tables.
    """
    people = make_patients(
        patients, seed, arms=arms, sites=sites, recruiting=recruiting, cutoff=cutoff
    )
    return extract_of(frames(people, STUDY, cutoff), f"synthetic cohort, seed {seed}")


def extract_of(tables: Mapping[str, pd.DataFrame], name: str) -> Extract:
    """An extract of these tables, each as if it were the CSV file that ``write_csv`` writes."""
    delivered = tuple(Delivered(n, f"{n}.csv", "csv", frame) for n, frame in tables.items())
    inputs = tuple(
        InputFile(table.input, "csv", hashlib.sha256(csv_bytes(table.frame)).hexdigest())
        for table in delivered
    )
    return Extract(name, inputs, delivered)


def with_table(extract: Extract, name: str, frame: pd.DataFrame) -> Extract:
    """The extract with another content of one table; nothing else changes."""
    tables = {table.name: table.frame for table in extract.tables}
    tables[name] = frame.reset_index(drop=True)
    return replace(extract_of(tables, extract.name), notes=extract.notes)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The table as CSV in UTF-8, whole numbers without a decimal point."""
    text = frame.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return text.encode()


def write_csv(extract: Extract, folder: str | Path) -> tuple[Path, ...]:
    """Write each table of an extract as ``folder/NAME.csv``."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in extract.tables:
        path = target / f"{table.name}.csv"
        path.write_bytes(csv_bytes(table.frame))
        paths.append(path)
    return tuple(paths)


def study_toml(extract: Extract, *, cutoff: date = CUTOFF) -> str:
    """A study file for an extract that ``make_cohort`` made: cut-off, arms, lines, sources."""
    tables = {table.name: table.frame for table in extract.tables}
    arms = ", ".join(f'"{arm}"' for arm in sorted(set(tables["adsl"]["TRT01P"].dropna())))
    counts = tables["adcm"].groupby("LINE")["USUBJID"].nunique()
    declared = "\n".join(f"{line} = {count}" for line, count in counts.items())
    return f"""[study]
name = "An invented trial"
cutoff = {cutoff.isoformat()}
arms = [{arms}]
criteria = "RECIST 1.1"

[lines]
{declared}
"""

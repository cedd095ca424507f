"""The vectorised derivation against the rules written out, one patient and visit at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from auditor.conventions import ADMIRALONCO, RECIST_11, ResponseConvention
from auditor.endpoints.response_dates import responses_by_subject
from auditor.frames.cohort import Cohort

CohortMaker = Callable[..., Cohort]
Visits = list[tuple[int, str]]
LABELS = ["CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE"]
ODDS = [0.2, 0.25, 0.2, 0.03, 0.07, 0.25]


def naive(visits: Visits, rules: ResponseConvention) -> dict[str, object]:
    """Best responses of one patient, by the text of the rules."""
    seen: Visits = []
    had_cr = False
    for day, label in visits:
        back = rules.pd_after_cr and had_cr and label in ("PR", "SD", "NON-CR/NON-PD")
        now = "PD" if back else label
        had_cr |= label == "CR"
        seen.append((day, now))
        if now == "PD":
            break
    found = {}
    for name, confirm in (("best", False), ("confirmed_best", True)):
        found[name] = next(
            (
                (answer, day)
                for answer in ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE")
                for place, (day, _) in enumerate(seen)
                if met(answer, place, seen, rules, confirm=confirm)
            ),
            ("NE" if rules.missing_as_ne else "MISSING", None),
        )
    return {**found, "first_pd": next((d for d, label in seen if label == "PD"), None)}


def met(answer: str, place: int, seen: Visits, rules: ResponseConvention, *, confirm: bool) -> bool:
    day, label = seen[place]
    if answer in ("CR", "PR"):
        return label == answer and (not confirm or confirmed(place, seen, rules))
    if answer == "SD":
        return label in ("CR", "PR", "SD") and day >= rules.sd_window_days
    if answer == "NON-CR/NON-PD":
        return label == answer and day >= rules.sd_window_days
    return label == answer if answer == "PD" else label != "PD"


def confirmed(place: int, seen: Visits, rules: ResponseConvention) -> bool:
    day, label = seen[place]
    confirming = {"CR"} if label == "CR" else {"CR", "PR"}
    after = seen[place + 1 :]
    at = next(
        (
            n
            for n, (d, later) in enumerate(after)
            if later in confirming and d - day >= rules.confirmation_days
        ),
        None,
    )
    if at is None:
        return False
    until = [later for _, later in after[: at + 1]]
    allowed = {"CR", "NE"} if label == "CR" else {"CR", "PR", "SD", "NE"}
    most_sd = rules.max_sd_between if rules.sd_between else 0
    return (
        set(until) <= allowed
        and (rules.max_ne_between is None or until.count("NE") <= rules.max_ne_between)
        and (most_sd is None or until.count("SD") <= most_sd)
        and not ("CR" in until and "PR" in until[until.index("CR") :])
    )


@pytest.mark.parametrize(
    "rules",
    [
        RECIST_11,
        ADMIRALONCO,
        replace(ADMIRALONCO, confirmation_days=56, max_ne_between=0, sd_between=True),
        replace(ADMIRALONCO, max_ne_between=None, sd_window_days=28, missing_as_ne=True),
        replace(RECIST_11, confirmation_days=14, max_sd_between=2, sd_window_days=56),
    ],
)
def test_a_thousand_random_patients(rules: ResponseConvention, make_cohort: CohortMaker) -> None:
    draw = np.random.default_rng(20090101)
    patients: dict[str, Visits] = {}
    for number in range(1000):
        days = np.sort(draw.choice(200, size=draw.integers(0, 9), replace=False))
        patients[f"P{number:04d}"] = [(int(d), str(draw.choice(LABELS, p=ODDS))) for d in days]
    start = pd.Timestamp("2020-01-01")
    rows = [
        (subject, label, (start + pd.Timedelta(days=day)).date().isoformat())
        for subject, visits in patients.items()
        for day, label in visits
    ]
    draw.shuffle(rows)
    columns = [list(column) for column in zip(*rows, strict=True)]
    cohort = make_cohort(
        patients={"USUBJID": list(patients), "RANDDT": ["2020-01-01"] * len(patients)},
        responses=dict(zip(("USUBJID", "AVALC", "ADT"), columns, strict=True)),
    )
    frame = responses_by_subject(cohort, rules).frame
    for name in ("best", "confirmed_best", "first_pd"):
        dates = frame[f"{name}_date"].to_dict()
        for subject, visits in patients.items():
            expected = naive(visits, rules)[name]
            date = dates[subject]
            day = None if pd.isna(date) else (date - start).days
            got = day if name == "first_pd" else (frame.at[subject, name], day)
            assert got == expected, (subject, visits)

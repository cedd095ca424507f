"""The patients at baseline: counts of categories, and summaries of numbers, by population."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from auditor.claims import Population
from auditor.endpoints.populations import Mask, Populations, labels
from auditor.endpoints.rates import proportion
from auditor.estimate import Estimate
from auditor.frames.cohort import Cohort
from auditor.frames.standard import PATIENTS, Kind

NUMBERS = ("AGE", "HEIGHT", "WEIGHT", "BMI")
MOST_CATEGORIES = 20
_IDENTIFIERS = ("STUDYID", "USUBJID", "SUBJID", "SITEID", "INVID", "DOMAIN", "ARMCD", "ACTARMCD")
_NEVER = (*_IDENTIFIERS, "BOR")


def baseline(cohort: Cohort, who: Populations) -> tuple[list[Estimate], tuple[str, ...]]:
    """Number of patients, and every column of patients that holds categories or numbers.

    Endpoints: "N"; "AGE" and other numbers: n, mean, sd, median, q1, q3, min, max;
    "SEX=F" and other categories: count, denominator and rate, of all patients and of those in
    whom it is known; "LINE=2": patients who have that line of treatment. A column beside the
    standard ones counts as categories where it has few values that recur, so that no
    identifier and no free text comes out.
    """
    found = [
        Estimate("N", "count", population, float(mask.sum()), (who.who,), n=int(mask.sum()))
        for population, mask in who.all()
    ]
    notes: list[str] = []
    kinds = {column.name: column.kind for column in PATIENTS.columns}
    for name in who.people.columns:
        column = who.people[name]
        kind = kinds.get(str(name))
        if name in (*_NEVER, cohort.study.arm) or kind is Kind.DATE or column.notna().sum() == 0:
            continue
        if kind is None and _codes_another(str(name), who.people) and name not in cohort.study.by:
            continue
        if name in NUMBERS or (kind is None and _is_number(column)):
            found += _numbers(str(name), column, who)
        elif kind is not None or str(name) in cohort.study.by or _recurring(column):
            text = labels(column)
            if text.nunique() > MOST_CATEGORIES:
                notes.append(f"{name} is not summarised: it has {text.nunique()} values")
                continue
            found += _categories(str(name), text, who)
    if cohort.has("lines", "USUBJID", "LINE"):
        found += _lines(cohort, who)
    return found, tuple(notes)


def _codes_another(name: str, people: pd.DataFrame) -> bool:
    """Whether ADaM has this column as the numbers of another: AGEGR1N of AGEGR1."""
    return name.endswith("N") and name[:-1] in people.columns


def _is_number(column: pd.Series) -> bool:
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return numeric and column.nunique() > 6


def _recurring(column: pd.Series) -> bool:
    """Whether a column looks like categories: few values, short, each on average four times."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return False
    text = labels(column).dropna()
    if text.empty or text.nunique() > MOST_CATEGORIES or text.str.len().max() > 40:
        return False
    return len(text) >= 4 * text.nunique()


def _numbers(name: str, column: pd.Series, who: Populations) -> Iterator[Estimate]:
    values = column.to_numpy(dtype=float)
    for population, mask in who.all():
        x = values[mask]
        x = x[~np.isnan(x)]
        yield _made(name, "n", population, float(x.size), x.size)
        if not x.size:
            continue
        for statistic, value in (
            ("mean", float(x.mean())),
            ("sd", float(x.std(ddof=1)) if x.size > 1 else None),
            ("median", float(np.median(x))),
            ("min", float(x.min())),
            ("max", float(x.max())),
        ):
            yield _made(name, statistic, population, value, x.size)
        for statistic, p in (("q1", 0.25), ("q3", 0.75)):
            for convention, value in quartiles(x, p).items():
                yield _made(name, statistic, population, value, x.size, convention)


def quartiles(x: np.ndarray, p: float) -> dict[str, float]:
    """The quantile by the definitions in use: Hyndman and Fan, Am Stat 1996;50:361."""
    return {
        "R (type 7)": float(np.quantile(x, p, method="linear")),
        "SPSS (type 6)": float(np.quantile(x, p, method="weibull")),
        "SAS (type 2)": float(np.quantile(x, p, method="averaged_inverted_cdf")),
    }


def _made(
    name: str, statistic: str, population: Population, value: float | None, n: int, *more: str
) -> Estimate:
    why = "" if value is not None else "one value alone"
    return Estimate(name, statistic, population, value, more, n=int(n), why=why)


def _categories(name: str, text: pd.Series, who: Populations) -> Iterator[Estimate]:
    known = text.notna().to_numpy(dtype=bool)
    for value in sorted(set(text.dropna())):
        member = (text == value).to_numpy(dtype=bool)
        yield from _counted(f"{name}={value}", member, np.ones_like(known), who, "all subjects")
        if not known.all():
            yield from _counted(f"{name}={value}", member, known, who, "subjects with a value")
    if not known.all():
        yield from _counted(f"{name} missing", ~known, np.ones_like(known), who, "all subjects")


def _lines(cohort: Cohort, who: Populations) -> Iterator[Estimate]:
    frame = cohort.tables["lines"].frame.dropna(subset=["USUBJID", "LINE"])
    line = labels(frame["LINE"])
    subject = frame["USUBJID"].astype(str)
    everybody = np.ones(len(who.people), dtype=bool)
    for value in sorted(set(line.dropna()), key=lambda text: (len(text), text)):
        member = who.people.index.isin(subject[line == value])
        yield from _counted(f"LINE={value}", member, everybody, who, "patients with this line")
    highest = frame.groupby(subject)["LINE"].max().reindex(who.people.index)
    text = labels(highest)
    for value in sorted(set(text.dropna()), key=lambda text: (len(text), text)):
        member = (text == value).to_numpy(dtype=bool)
        yield from _counted(f"LINE={value}", member, everybody, who, "highest line")


def _counted(
    endpoint: str, member: Mask, within: Mask, who: Populations, convention: str
) -> Iterator[Estimate]:
    for population, mask in who.all():
        x, n = int((member & mask).sum()), int((within & mask).sum())
        yield from proportion(endpoint, population, x, n, (convention,), intervals=())

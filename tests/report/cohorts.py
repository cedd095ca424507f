"""Audits with an extract: alone, clean, and beside a manuscript."""

from __future__ import annotations

import math
from dataclasses import replace

from auditor.audit import Audit, CheckRun, Coverage, InputFile, RulebookIdentity, TableRead
from auditor.check import Outcome
from auditor.claims import Population
from auditor.comparison import Agreement, Comparison
from auditor.estimate import Curve, Estimate
from auditor.finding import Finding, Place, Severity, Verdict
from tests.report import samples

ARMS = ("Placebo", "Xanomeline <High> & Dose", "Xanomeline Low Dose")


def arm(name: str) -> Population:
    return Population((("TRT01P", name),))


def make_curve(endpoint: str, population: Population, n: int, rate: float) -> Curve:
    """Kaplan-Meier of made-up times, every fourth censored; bounds are Greenwood's, plain."""
    records = sorted(
        (round(-math.log(1 - (i + 0.5) / n) / rate, 1), i % 4 != 3 and i < n - 2) for i in range(n)
    )
    times, survival, lower, upper = [0.0], [1.0], [1.0], [1.0]
    alive, variance = 1.0, 0.0
    for time in sorted({t for t, event in records if event}):
        at_risk = sum(t >= time for t, _ in records)
        deaths = sum(t == time and event for t, event in records)
        alive *= 1 - deaths / at_risk
        variance += deaths / (at_risk * (at_risk - deaths)) if at_risk > deaths else 0.0
        half = 1.96 * alive * math.sqrt(variance)
        times.append(time)
        survival.append(alive)
        lower.append(max(alive - half, 0.0))
        upper.append(min(alive + half, 1.0))
    longest = records[-1][0]
    return Curve(
        endpoint=endpoint,
        population=population,
        unit="months",
        n=n,
        events=sum(event for _, event in records),
        times=tuple(times),
        survival=tuple(survival),
        lower=tuple(lower),
        upper=tuple(upper),
        censored=tuple(t for t, event in records if not event),
        at_risk=tuple(
            (float(t), sum(time >= t for time, _ in records))
            for t in range(0, math.ceil(longest) + 1, 3)
        ),
        median=next((t for t, s in zip(times, survival, strict=True) if s <= 0.5), None),
    )


def curves() -> tuple[Curve, ...]:
    rates = dict(zip(ARMS, (0.13, 0.08, 0.05), strict=True))
    overall = make_curve("OS", Population(), 84, 0.03)
    return (
        *(make_curve("PFS", arm(name), 40 + 20 * i, rates[name]) for i, name in enumerate(ARMS)),
        replace(overall, median=None, lower=(None, *overall.lower[1:])),
    )


def estimates() -> tuple[Estimate, ...]:
    exact, wilson = "Clopper-Pearson 95%", "Wilson 95%"
    found = []
    for name, responders, n in zip(ARMS, (16, 18, 18), (86, 84, 84), strict=True):
        rate = Estimate("ORR", "rate", arm(name), responders / n, ("RECIST 1.1",), n)
        found += [
            replace(rate, statistic="count", value=responders),
            replace(rate, statistic="denominator", value=n),
            rate,
        ]
        for convention, low, high in ((exact, 0.11, 0.284), (wilson, 0.118, 0.281)):
            names = ("RECIST 1.1", convention)
            found += [
                replace(rate, statistic="lower", of="rate", value=low, conventions=names),
                replace(rate, statistic="upper", of="rate", value=high, conventions=names),
            ]
    found.append(
        Estimate("PFS", "p-value", arm(ARMS[0]), 0.00002, ("log-rank",), 170, versus=arm(ARMS[2]))
    )
    found.append(
        Estimate(
            "OS", "median", Population(), None, ("R",), 84, 40, unit="months", why="not reached"
        )
    )
    return tuple(found)


def _cell(row: int, quote: str) -> Place:
    return Place(
        input="results.csv",
        kind="value",
        quote=quote,
        row=row,
        column_label="value",
    )


def comparisons() -> tuple[Comparison, ...]:
    return (
        Comparison(
            "ORR",
            "rate",
            "Placebo",
            "18.6%",
            "18.6%",
            Agreement.AGREES,
            _cell(0, "18.6%"),
            conventions=("RECIST 1.1",),
        ),
        Comparison(
            "PFS",
            "median",
            "Placebo",
            "6.9",
            "5.3",
            Agreement.DISAGREES,
            _cell(1, "6.9"),
            conventions=("R", "log-log"),
            unit="months",
            certain=False,
        ),
        Comparison(
            "PFS",
            "p-value",
            "Placebo",
            "0.047",
            "0.064",
            Agreement.CONVENTION,
            _cell(2, "0.047"),
            reproduced_by=("one-sided",),
            versus="Xanomeline Low Dose",
            consequence="significant at 0.05 only under this convention",
        ),
        Comparison(
            "ORR",
            "rate",
            "",
            "33%",
            "",
            Agreement.NOT_COMPARED,
            _cell(3, "33%"),
            why="'biomarker <b>high</b>' is no group of the study",
        ),
    )


def tables() -> tuple[TableRead, ...]:
    return (
        TableRead(
            "adsl",
            "extract/adsl.csv",
            254,
            254,
            ("patients",),
            (("USUBJID", "SUBJ"), ("TRT01P", "TRT01P"), ("SEX", "GESCHLECHT<script>")),
            ("delimiter ';', decimal comma, encoding cp1252",),
        ),
        TableRead("adrs", "extract/adrs.xpt", 1203, 205, ("responses", "best_responses")),
        TableRead("notes", "extract/notes.csv", 12, None),
    )


def _record(table: str, row: int, subject: str, variable: str, quote: str = "") -> Place:
    return Place(
        input=f"extract/{table}.csv" if table == "adsl" else f"extract/{table}.xpt",
        kind="record",
        quote=quote,
        table=table,
        row=row,
        subject=subject,
        visit="WEEK 8" if table == "adrs" else None,
        variable=variable,
    )


def findings() -> tuple[Finding, ...]:
    return (
        Finding(
            Severity.ERROR, Verdict.IMPOSSIBLE, "The date of death is before the date of birth.",
            (_record("adsl", 11, "01-701-1015", "DTHDT"),), code="COH004", check="dates-disordered",
        ),
        *(
            Finding(
                Severity.WARNING, Verdict.DISAGREES,
                'The response "CHECK" is no label of RECIST 1.1.',
                (_record("adrs", row, f"01-701-{row}", "AVALC", "CHECK"),),
                reported="CHECK", code="COH002", check="unknown-label",
            )
            for row in range(3)
        ),
        Finding(
            Severity.WARNING, Verdict.DISAGREES,
            "The median PFS of Placebo is reported as 6.9 months; the extract gives 5.3.",
            (_cell(1, "6.9"),), reported="6.9", expected="5.3",
            code="REP002", check="reported-time-mismatch",
        ),
    )  # fmt: skip


def extract() -> Audit:
    return Audit(
        inputs=(
            InputFile("extract", "folder", "a" * 64),
            InputFile("results.csv", "csv", "b" * 64),
        ),
        rulebooks=(RulebookIdentity("built-in", "0" * 64),),
        documents=(),
        claims=(),
        findings=findings(),
        checks=(
            CheckRun(
                "COH002",
                "unknown-label",
                Outcome.FINDINGS,
                evaluated=1203,
                breaches={Severity.WARNING: 1234},
            ),
            CheckRun(
                "COH004",
                "dates-disordered",
                Outcome.FINDINGS,
                evaluated=254,
                breaches={Severity.ERROR: 1},
            ),
            CheckRun("COH009", "gap-in-lines", Outcome.NOT_EVALUABLE, "there is no table of lines"),
            CheckRun(
                "REP002",
                "reported-time-mismatch",
                Outcome.FINDINGS,
                evaluated=1,
                breaches={Severity.WARNING: 1},
            ),
        ),
        coverage=Coverage(),
        tables=tables(),
        estimates=estimates(),
        curves=curves(),
        comparisons=comparisons(),
        unlisted={Severity.WARNING: 1231},
    )


def clean_extract() -> Audit:
    return replace(
        extract(),
        inputs=(InputFile("extract", "folder", "a" * 64),),
        findings=(),
        checks=(
            CheckRun("COH004", "dates-disordered", Outcome.PASSED, evaluated=254, breaches={}),
        ),
        comparisons=(),
        unlisted={},
    )


def manuscript_and_extract() -> Audit:
    paper, cohort = samples.realistic(), extract()
    return replace(
        paper,
        inputs=(*paper.inputs, *cohort.inputs),
        findings=(*paper.findings, *cohort.findings),
        checks=(*paper.checks, *cohort.checks),
        tables=cohort.tables,
        estimates=cohort.estimates,
        curves=cohort.curves,
        comparisons=cohort.comparisons,
        unlisted=cohort.unlisted,
    )

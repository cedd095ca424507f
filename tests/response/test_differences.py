"""Where conventions differ, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.conventions import ADMIRALONCO, RECIST_11
from auditor.endpoints.response_dates import responses_by_subject
from auditor.endpoints.response_differences import REASONS, Difference, differences
from auditor.frames.cohort import Cohort

Responses = Callable[..., Cohort]
CohortMaker = Callable[..., Cohort]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "conventions.md"


def only(found: tuple[Difference, ...], parameter: str) -> Difference:
    (one,) = [d for d in found if d.parameter == parameter]
    return one


def test_reappearance_after_cr_is_the_reason(responses_of: Responses) -> None:
    found = differences(responses_of("CR@20 PR@50"))
    assert {d.parameter for d in found} == {"CBOR", "PD"}
    best = only(found, "CBOR")
    assert (best.first, best.second, best.fields) == ("PD", "SD", ("pd_after_cr",))
    assert best.why == (
        "PR, SD or NON-CR/NON-PD after CR is PD (RECIST 1.1), taken as it stands (admiralonco)"
    )
    assert (only(found, "PD").first, only(found, "PD").second) == ("dated", "none")


def test_sd_between_is_the_reason(responses_of: Responses) -> None:
    (found,) = differences(responses_of("PR@42 SD@56 PR@70"))
    assert (found.parameter, found.first, found.second) == ("CBOR", "PR", "SD")
    assert found.fields == ("sd_between",)


def test_nobody_differs_where_the_conventions_agree(responses_of: Responses) -> None:
    assert differences(responses_of("PR@42 PR@70 PD@100")) == ()


def test_pr_then_pd_inside_the_window_is_alike(responses_of: Responses) -> None:
    assert differences(responses_of("PR@20 PD@40")) == ()


def test_every_setting_has_its_words(responses_of: Responses) -> None:
    # All but the evaluator, of which there is one here.
    other = replace(
        ADMIRALONCO,
        max_ne_between=0,
        confirmation_days=10,
        sd_window_days=7,
        impute_day="none",
        new_therapy="censor",
        start="TRTSDT",
        sd_window_from="RANDDT",
    )
    cohort = responses_of("PR@10 NE@20 SD@30", TRTSDT="2020-01-05", NEWTRTDT="2020-02-20")
    found = differences(cohort, RECIST_11, other)
    assert all("{" not in d.why for d in found)
    assert set(REASONS) - {"evaluator"} <= {
        name for name in REASONS if getattr(RECIST_11, name) != getattr(other, name)
    }


def test_the_table_of_the_documentation(make_cohort: CohortMaker) -> None:
    """Every sequence of docs/conventions.md gives what the page says."""
    rows = re.findall(
        r"^\| `([^`]+@\d+)` \|(.+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) >= 8
    for sequence, cells in rows:
        parts = [part.rsplit("@", 1) for part in sequence.split()]
        days = [(date(2020, 1, 1) + timedelta(days=int(d))).isoformat() for _, d in parts]
        cohort = make_cohort(
            patients={"USUBJID": ["01"], "RANDDT": ["2020-01-01"]},
            responses={
                "USUBJID": ["01"] * len(parts),
                "AVALC": [label for label, _ in parts],
                "ADT": days,
            },
        )
        said = [cell.strip() for cell in cells.split("|")]
        for convention, (bor, cbor) in (
            (RECIST_11, said[:2]),
            (ADMIRALONCO, said[2:4]),
        ):
            row = responses_by_subject(cohort, convention).frame.iloc[0]
            assert (row["best"], row["confirmed_best"]) == (bor, cbor), sequence


@pytest.mark.parametrize("base", [RECIST_11, ADMIRALONCO], ids=lambda c: c.name)
def test_a_convention_does_not_differ_from_itself(base: object, responses_of: Responses) -> None:
    assert differences(responses_of("CR@20 PR@50"), base, base) == ()  # type: ignore[arg-type]

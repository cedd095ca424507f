"""The table of printed statistics and the conventions that reproduce them."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import jsonschema
import pytest

from auditor.audit import Audit
from auditor.finding import Place
from auditor.recomputed import Recomputed, Result
from auditor.report import html, json_report, text
from auditor.report.recomputed import MOST


def one(name: str, printed: str, *results: Result, note: str = "") -> Recomputed:
    return Recomputed(
        statistic="P value",
        of="ORR, <b>A</b> against B",
        printed=printed,
        place=Place(name, "text", f"P = {printed}", section="Results"),
        inputs=("1/16 against 5/13",),
        results=results,
        note=note,
        code="PVL003",
    )


FISHER = Result("Fisher's exact, two-sided", "0.064", False, True, "Fisher 1934")
ONE_SIDED = Result("Fisher's exact, one-sided", "0.047", True, False)


@pytest.fixture
def audit(samples: ModuleType) -> Audit:
    whole: Audit = samples.realistic()
    name = whole.documents[0].name
    return replace(
        whole,
        recomputed=(
            one(
                name,
                "0.064",
                replace(FISHER, reproduces=True),
                replace(ONE_SIDED, reproduces=False),
            ),
            one(name, "0.047", FISHER, ONE_SIDED, note="all P values are one-sided"),
            one(name, "0.9", FISHER, replace(ONE_SIDED, reproduces=False)),
        ),
    )


def test_the_standing_follows_from_the_results(audit: Audit) -> None:
    assert [r.standing for r in audit.recomputed] == ["standard", "only", "none"]
    assert audit.recomputed[1].reproduced_by == ("Fisher's exact, one-sided",)


def test_json_holds_every_convention_and_satisfies_the_schema(audit: Audit) -> None:
    report = json.loads(json_report.render(audit))
    jsonschema.validate(report, json_report.load_schema())
    assert [r["standing"] for r in report["recomputed"]] == ["standard", "only", "none"]
    assert report["recomputed"][1]["results"] == [
        {
            "convention": "Fisher's exact, two-sided",
            "value": "0.064",
            "reproduces": False,
            "standard": True,
            "source": "Fisher 1934",
        },
        {
            "convention": "Fisher's exact, one-sided",
            "value": "0.047",
            "reproduces": True,
            "standard": False,
        },
    ]


def test_nothing_recomputed_leaves_no_trace(samples: ModuleType) -> None:
    whole = samples.realistic()
    assert "recomputed" not in json.loads(json_report.render(whole))
    assert 'id="recomputed"' not in html.render(whole)
    assert "recomputed from printed numbers" not in text.summary(whole)


def test_the_page_shows_what_is_in_question_and_folds_the_rest(audit: Audit) -> None:
    page = html.render(audit)
    section = page[page.index('<section id="recomputed"') :]
    questioned, folded = section.split('<details class="fold"', 1)
    assert "0.047" in questioned
    assert "Fisher&#39;s exact, one-sided" in questioned
    assert "Fisher&#39;s exact, two-sided: 0.064" in questioned
    assert "none of those tried" in questioned
    assert "all P values are one-sided" in questioned
    assert "1 that a standard convention reproduces" in folded
    assert "<b>A</b>" not in section


def test_a_long_table_is_cut_after_what_is_in_question(audit: Audit) -> None:
    sound, _, questioned = audit.recomputed
    many = replace(audit, recomputed=(*[sound] * (MOST + 5), questioned))
    page = html.render(many)
    assert "6 more are not listed" in page
    assert "none of those tried" in page


def test_the_summary_counts_the_standings(audit: Audit) -> None:
    assert (
        "3 statistics recomputed from printed numbers: 1 by a standard convention, "
        "1 by an unusual one alone, 1 by none"
    ) in text.summary(audit)

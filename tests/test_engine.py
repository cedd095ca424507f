"""The engine: failures are contained, nothing passes unjudged, the order never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor import engine, readers
from auditor.audit import Audit, Unchecked
from auditor.check import Check, Outcome
from auditor.claims import Claim, Measure
from auditor.discovery import Rulebook, load_rulebook
from auditor.document import Document
from auditor.engine import audit, audit_manuscripts, run_check
from auditor.errors import NotEvaluable, RulebookError, UsageError
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.identity import identified
from auditor.manuscript import Manuscript

ClaimMaker = Callable[..., Claim]
ManuscriptMaker = Callable[..., Manuscript]


def law(function: Callable[[Any], Any], code: str = "TST001") -> Check:
    return Check(code, "test-law", function, "A law.", __file__, rulebook="here")


def finding(place: Place, severity: Severity = Severity.ERROR, reported: str = "42") -> Finding:
    return Finding(severity, Verdict.IMPOSSIBLE, "It is wrong.", (place,), reported=reported)


def outcome(audited: Audit, code: str = "TST001") -> tuple[Outcome, str]:
    run = next(r for r in audited.checks if r.code == code)
    return run.outcome, run.why


def test_findings_carry_code_check_and_id(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    claim = make_claim()

    def function(_: Manuscript) -> Iterator[Finding | Judged]:
        yield Judged(("c1",))
        yield finding(claim.place)

    audited = audit_manuscripts([make_manuscript([claim])], [law(function)], [])
    (found,) = audited.findings
    assert (found.code, found.check) == ("TST001", "test-law")
    assert len(found.id) == 10
    assert int(found.id, 16) >= 0
    assert outcome(audited) == (Outcome.FINDINGS, "")
    assert audited.result == "discrepancies"


def test_a_judged_manuscript_without_findings_passed(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    check = law(lambda m: [Judged(tuple(c.id for c in m.claims))])
    assert run_check(check, make_manuscript([make_claim()])).outcome is Outcome.PASSED


def test_nothing_judged_is_not_evaluable(make_manuscript: ManuscriptMaker) -> None:
    result = run_check(law(lambda _: iter(())), make_manuscript())
    assert result.outcome is Outcome.NOT_EVALUABLE
    assert result.why == "nothing in the manuscript for it to judge"
    # An empty Judged judges nothing either.
    result = run_check(law(lambda _: [Judged(())]), make_manuscript())
    assert result.outcome is Outcome.NOT_EVALUABLE


def test_not_evaluable_says_why(make_manuscript: ManuscriptMaker) -> None:
    def function(_: Manuscript) -> Iterator[Finding]:
        yield from ()
        raise NotEvaluable("there is no p-value")

    result = run_check(law(function), make_manuscript())
    assert (result.outcome, result.why) == (Outcome.NOT_EVALUABLE, "there is no p-value")


def test_a_crash_is_failed_and_keeps_what_was_found(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    claim = make_claim()

    def function(_: Manuscript) -> Iterator[Finding | Judged]:
        yield Judged(("c1",))
        yield finding(claim.place)
        raise ZeroDivisionError("division by zero")

    audited = audit_manuscripts([make_manuscript([claim])], [law(function)], [])
    ended, why = outcome(audited)
    assert ended is Outcome.FAILED
    assert why.startswith("ZeroDivisionError: division by zero (tests/test_engine.py:")
    assert len(audited.findings) == 1
    assert audited.coverage.checked == 1
    assert audited.result == "incomplete"


def test_one_failure_does_not_stop_the_others(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    good = law(lambda m: [Judged((m.claims[0].id,))], "TST002")
    bad = law(lambda m: m.no_such_thing, "TST001")
    audited = audit_manuscripts([make_manuscript([make_claim()])], [bad, good], [])
    assert outcome(audited, "TST001")[0] is Outcome.FAILED
    assert outcome(audited, "TST002")[0] is Outcome.PASSED


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (lambda _: None, "TypeError"),
        (
            lambda _: ["a string"],
            "yielded str, not Finding, Judged, Breaches, Evaluated or Recomputed",
        ),
        (lambda _: [Judged(("no such claim",))], "judged a claim that the manuscript lacks"),
        (
            lambda _: [Finding(Severity.ERROR, Verdict.IMPOSSIBLE, "m", ())],
            "a finding without a place",
        ),
        (lambda _: exec("raise SystemExit(0)"), "SystemExit"),  # noqa: S102
        (lambda _: exec("raise RecursionError"), "RecursionError"),  # noqa: S102
    ],
)
def test_a_check_that_breaks_the_contract_failed(
    make_manuscript: ManuscriptMaker, function: Callable[[Any], Any], why: str
) -> None:
    result = run_check(law(function), make_manuscript())
    assert result.outcome is Outcome.FAILED
    assert why in result.why


def test_an_interruption_is_not_contained(make_manuscript: ManuscriptMaker) -> None:
    def function(_: Manuscript) -> Iterator[Finding]:
        yield from ()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_check(law(function), make_manuscript())


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("found", "nothing", Outcome.FINDINGS),
        ("judged", "nothing", Outcome.PASSED),
        ("nothing", "nothing", Outcome.NOT_EVALUABLE),
        ("crash", "found", Outcome.FAILED),
    ],
)
def test_outcomes_merge_over_manuscripts(
    make_claim: ClaimMaker,
    make_manuscript: ManuscriptMaker,
    first: str,
    second: str,
    merged: Outcome,
) -> None:
    plan = {"a.xml": first, "b.xml": second}

    def function(m: Manuscript) -> Iterator[Finding | Judged]:
        todo = plan[m.document.name]
        if todo == "crash":
            raise ValueError("broken")
        if todo == "nothing":
            raise NotEvaluable("nothing here")
        yield Judged(("c1",))
        if todo == "found":
            yield finding(m.claims[0].place)

    manuscripts = [make_manuscript([make_claim(name=n)], n) for n in plan]
    ended, why = outcome(audit_manuscripts(manuscripts, [law(function)], []))
    assert ended is merged
    if merged is Outcome.NOT_EVALUABLE:
        assert why == "a.xml, b.xml: nothing here"
    if merged is Outcome.FAILED:
        assert why.startswith("a.xml: ValueError: broken")


def test_findings_are_ordered_by_severity_then_place(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    places = {
        name: make_claim(row=row, column=column, table=table).place
        for name, (table, row, column) in {
            "a": (0, 9, 1),
            "b": (0, 10, 0),
            "c": (1, 0, 0),
            "d": (0, 1, 1),
        }.items()
    }

    def function(_: Manuscript) -> Iterator[Finding]:
        yield finding(places["a"], Severity.NOTE)
        yield finding(places["c"])
        yield finding(places["b"])
        yield finding(places["a"])
        yield finding(places["d"], Severity.WARNING)

    audited = audit_manuscripts([make_manuscript()], [law(function)], [])
    order = [(f.severity.value, f.places[0].table_index, f.places[0].row) for f in audited.findings]
    assert order == [
        ("error", 0, 9),
        ("error", 0, 10),
        ("error", 1, 0),
        ("warning", 0, 1),
        ("note", 0, 9),
    ]


def test_an_id_outlives_a_move_and_a_new_file_name(make_claim: ClaimMaker) -> None:
    old = finding(make_claim(row=1, name="v1.xml").place)
    (first,) = identified([old], ["v1.xml"])
    place = first.places[0]
    moved = Place(
        input="v2.docx",
        kind="cell",
        quote=place.quote,
        table=place.table,
        table_index=3,
        row=8,
        column=2,
        row_label=place.row_label,
        column_label=place.column_label,
        start=999,
    )
    (second,) = identified([finding(moved)], ["v2.docx"])
    assert first.id == second.id
    (third,) = identified([finding(moved, reported="43")], ["v2.docx"])
    assert third.id != second.id


def test_exact_repeats_have_ids_of_their_own(make_claim: ClaimMaker) -> None:
    place = make_claim().place
    ids = [f.id for f in identified([finding(place)] * 3, ["paper.xml"])]
    assert len(set(ids)) == 3
    assert ids == [f.id for f in identified([finding(place)] * 3, ["paper.xml"])]


def test_coverage_counts_each_step(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    claims = [
        make_claim("c1", row=1),
        make_claim("c2", row=2),
        make_claim("c3", row=3),
        make_claim("c4", row=4, linked=False),
        make_claim("c5", row=5, measure=Measure.OTHER),
    ]
    unread = Unchecked(claims[0].place, "the table has no cells")
    manuscript = make_manuscript(claims, printed_numbers=9, unread=[unread])
    coverage = audit_manuscripts([manuscript], [law(lambda _: [Judged(("c1",))])], []).coverage
    assert (coverage.numbers, coverage.parsed, coverage.linked, coverage.checked) == (9, 5, 4, 1)
    assert [u.why for u in coverage.unchecked] == [
        "the table has no cells",
        "no check judged it (count): 2 numbers",
        "whom the number counts is not known",
        "what the number states is not known",
    ]
    assert coverage.unchecked[1].place.row is None
    assert coverage.unchecked[2].place.row == 4


def test_claims_of_several_manuscripts_have_ids_of_their_own(
    make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    def function(manuscript: Manuscript) -> Iterator[Finding | Judged]:
        if manuscript.document.name == "a.xml":
            yield Judged(("c1",))
            yield finding(manuscript.claims[0].place)

    first = make_manuscript([make_claim(name="a.xml")], "a.xml")
    second = make_manuscript([make_claim(name="b.xml"), make_claim("c2", name="b.xml")], "b.xml")
    together = audit_manuscripts([first, second], [law(function)], [])
    assert [claim.id for claim in together.claims] == ["a.xml:c1", "b.xml:c1", "b.xml:c2"]
    assert [(c.numbers, c.checked) for c in together.coverages] == [(1, 1), (2, 0)]
    assert (together.coverage.numbers, together.coverage.checked) == (3, 1)
    alone = audit_manuscripts([first], [law(function)], [])
    assert [claim.id for claim in alone.claims] == ["c1"]
    # What identifies a finding is the same, alone or together.
    assert [f.id for f in alone.findings] == [f.id for f in together.findings]


@pytest.fixture
def reading(
    monkeypatch: pytest.MonkeyPatch, make_claim: ClaimMaker, make_manuscript: ManuscriptMaker
) -> None:
    """Every file reads as a manuscript with one 42."""

    def read_document(path: Path) -> Document:
        return Document(name=path.name, kind="text", text=path.read_text())

    def read_manuscript(document: Document, words: object = None) -> Manuscript:
        assert not words
        claim = make_claim(name=document.name)
        return make_manuscript([claim], document.name)

    monkeypatch.setattr(readers, "read_document", read_document, raising=False)
    monkeypatch.setattr(engine, "read_manuscript", read_manuscript)


@pytest.fixture
def study(make_rulebook: Callable[..., Path], check_source: Callable[..., str]) -> Rulebook:
    return load_rulebook(
        make_rulebook(
            {
                "checks/a.py": check_source("AAA001", "first-check"),
                "checks/b.py": check_source("AAB001", "second-check"),
                "checks/c.py": check_source("CCC001", "third-check"),
            }
        )
    )


@pytest.mark.usefixtures("reading")
def test_an_audit_names_inputs_and_rulebooks(tmp_path: Path, study: Rulebook) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("42")
    audited = audit([path, path], rulebooks=[study])
    assert [i.name for i in audited.inputs] == ["paper.txt"]
    assert [(r.name, r.sha256) for r in audited.rulebooks] == [("study", study.sha256)]
    assert [r.code for r in audited.checks] == ["AAA001", "AAB001", "CCC001"]
    assert {r.rulebook for r in audited.checks} == {"study"}
    assert audit([path], rulebooks=[study]) == audited


@pytest.mark.usefixtures("reading")
def test_files_of_one_name_are_told_apart(tmp_path: Path, study: Rulebook) -> None:
    paths = [tmp_path / folder / "paper.txt" for folder in ("v1", "v2")] + [tmp_path / "other.txt"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("42")
    audited = audit(paths, rulebooks=[study])
    assert [i.name for i in audited.inputs] == ["v1/paper.txt", "v2/paper.txt", "other.txt"]
    assert len({f.id for f in audited.findings}) == len(audited.findings) == 9


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ([], [], ["AAA001", "AAB001", "CCC001"]),
        (["AA"], [], ["AAA001", "AAB001"]),
        (["aab", "CCC001"], [], ["AAB001", "CCC001"]),
        ([], ["AA"], ["CCC001"]),
        (["AA"], ["AAA001"], ["AAB001"]),
        (["third-check"], [], ["CCC001"]),
    ],
)
def test_selection(
    tmp_path: Path, study: Rulebook, select: list[str], ignore: list[str], codes: list[str]
) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("42")
    audited = audit([path], rulebooks=[study], select=select, ignore=ignore)
    assert [r.code for r in audited.checks] == codes
    assert {f.code for f in audited.findings} == set(codes)


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize(
    ("select", "ignore", "text"),
    [
        (["AAC001"], [], "Did you mean AA"),
        ([], ["CCD"], "Did you mean CCC"),
        (["second-chek"], [], "Did you mean second-check"),
        (["zzzzzz"], [], "'auditor checks' lists them all"),
        ([""], [], "no check has the code or name ''"),
        (["AAA"], ["AA"], "no check is left to run"),
    ],
)
def test_a_wrong_selection_is_an_error(
    tmp_path: Path, study: Rulebook, select: list[str], ignore: list[str], text: str
) -> None:
    with pytest.raises(UsageError) as caught:
        audit([tmp_path / "paper.txt"], rulebooks=[study], select=select, ignore=ignore)
    assert text in str(caught.value)


def test_clashing_rulebooks_are_an_error(tmp_path: Path, study: Rulebook) -> None:
    with pytest.raises(RulebookError, match="two checks have the code"):
        audit([tmp_path / "paper.txt"], rulebooks=[study, study])

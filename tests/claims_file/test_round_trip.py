"""A claims file, written, edited as people and spreadsheets edit it, and read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import main

PAPER = """# A small trial

## Abstract

The ORR was 40% (12/30) with the study drug.

## Results

The ORR was 47% (14/30) in the study drug group and 30% (9/30) in the control group.
Disease control was seen in 20 patients (67%) of the study drug group.

Table 1. Response

| Response | Study drug (N = 30) | Control (N = 30) |
| -------- | ------------------- | ---------------- |
| CR       | 2 (7%)              | 1 (3%)           |
| PR       | 10 (33%)            | 8 (27%)          |
| SD       | 8 (27%)             | 9 (30%)          |
| PD       | 10 (33%)            | 12 (40%)         |
| ORR      | 12 (40%)            | 9 (30%)          |
| DCR      | 20 (67%)            | 18 (60%)         |
"""

Rows = list[dict[str, str]]


class Desk:
    """A folder with a paper, its claims file, and the audits made of them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.err = ""
        self.write(PAPER)

    def write(self, text: str, name: str = "paper.md") -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def claims(self, name: str = "paper.md") -> Rows:
        path = self.folder / "out.csv"
        path.unlink(missing_ok=True)
        assert main(["claims", name, "-o", str(path)]) == 0
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))

    def save(self, rows: Rows, *, delimiter: str = ",", **form: Any) -> None:
        out = io.StringIO()
        writer = csv.DictWriter(
            out, list(rows[0]), delimiter=delimiter, lineterminator=form.get("end", "\n")
        )
        writer.writeheader()
        writer.writerows(rows)
        data = out.getvalue().encode(form.get("encoding", "utf-8"))
        (self.folder / "claims.csv").write_bytes(data)

    def audit(self, *words: str, expect: int | None = None) -> dict[str, Any]:
        self.capsys.readouterr()
        code = main(["audit", "paper.md", "-o", "audit", "--fail-on", "never", *words])
        self.err = self.capsys.readouterr().err
        if expect is not None:
            assert code == expect
            return {}
        assert code == 0, self.err
        report: dict[str, Any] = json.loads((self.folder / "audit/report.json").read_text("utf-8"))
        return report

    def decided(self, rows: Rows) -> dict[str, Any]:
        self.save(rows)
        return self.audit("--claims", "claims.csv")


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def of(rows: Rows, quote: str, quantity: str) -> dict[str, str]:
    """The first row that prints this quote with this quantity."""
    return next(r for r in rows if quote in r["quote"] and r["quantity"] == quantity)


def about(report: dict[str, Any], quote: str) -> list[str]:
    """Codes of the findings on a quote."""
    return [f["code"] for f in report["findings"] if any(quote in p["quote"] for p in f["places"])]


def text_of(report: dict[str, Any]) -> dict[str, Any]:
    """The claims of the report by id."""
    return {claim["id"]: claim for claim in report["claims"]}


def test_an_unedited_file_changes_no_byte(desk: Desk) -> None:
    desk.audit()
    before = {p.name: p.read_bytes() for p in sorted((desk.folder / "audit").iterdir())}
    desk.save(desk.claims())
    desk.audit("--claims", "claims.csv")
    assert {p.name: p.read_bytes() for p in sorted((desk.folder / "audit").iterdir())} == before


@pytest.mark.parametrize(
    "form",
    [
        {"encoding": "utf-8-sig"},
        {"delimiter": ";", "end": "\r\n"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"encoding": "cp1252"},
    ],
)
def test_the_habits_of_spreadsheets_change_nothing(desk: Desk, form: dict[str, str]) -> None:
    plain = desk.audit()
    desk.save([dict(reversed(row.items())) for row in desk.claims()], **form)
    assert desk.audit("--claims", "claims.csv") == plain
    assert desk.err == ""


def test_numbers_that_a_spreadsheet_prints_otherwise_are_not_edits(desk: Desk) -> None:
    desk.write(PAPER.replace("8 (27%)             |", "8 (26.70%)          |"))
    plain, rows = desk.audit(), desk.claims()
    changed = 0
    for row in rows:
        if row["value"] == "26.70%":
            row["value"], row["quote"] = "26.7%", "8 (26.7%)"
            changed += 1
        elif row["value"] == "40%":
            row["value"] = "0.4"
        row["confidence"] = row["confidence"].replace("0.", ".")
    assert changed
    assert desk.decided(rows) == plain


def test_only_the_id_and_what_is_edited_are_needed(desk: Desk) -> None:
    rows = desk.claims()
    wrong = of(rows, "47% (14/30)", "percent")
    report = desk.decided([{"decision": "edited", "value": "46.7%", "id": wrong["id"]}])
    assert text_of(report)[wrong["id"]]["printed"]["text"] == "46.7%"


def test_a_rejected_statement_takes_no_part(desk: Desk) -> None:
    plain = desk.audit()
    assert about(plain, "47% (14/30)")
    rows = desk.claims()
    of(rows, "47% (14/30)", "count")["decision"] = "rejected"
    report = desk.decided(rows)
    assert about(report, "47% (14/30)") == []
    assert "47% (14/30)" not in json.dumps(report["claims"])
    assert report["coverage"]["numbers"] == plain["coverage"]["numbers"]
    assert report["inputs"][-1]["kind"] == "claims"


def test_a_rejected_cell_takes_no_part_and_its_block_is_not_summed(desk: Desk) -> None:
    text = PAPER.replace("10 (33%)            | 8 (27%)", "11 (33%)            | 8 (27%)")
    desk.write(text)
    assert about(desk.audit(), "11 (33%)")
    rows = desk.claims()
    for row in rows:
        if row["quote"] == "11 (33%)":
            row["decision"] = "rejected"
    report = desk.decided(rows)
    assert about(report, "11 (33%)") == []
    assert [f for f in report["findings"] if f["places"][0].get("table")] == []


def test_an_edited_value_replaces_the_reading(desk: Desk) -> None:
    rows = desk.claims()
    for quantity, value in (("count", "12"), ("percent", "40%")):
        row = of(rows, "47% (14/30)", quantity)
        row["value"], row["decision"] = value, "edited"
    report = desk.decided(rows)
    assert about(report, "47% (14/30)") == []
    assert "12" in [c["printed"]["text"] for c in report["claims"] if "14/30" in str(c["place"])]


def test_an_edited_value_of_a_fraction_is_judged_anew(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "40% (12/30)", "percent")["value"] = "43%"
    report = desk.decided(rows)
    assert "PCT006" in about(report, "40% (12/30)")
    assert "PCT006" not in about(desk.audit(), "40% (12/30)")


def test_an_edited_cell_of_a_table_is_judged_anew(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "18 (60%)", "count")["value"] = "28"
    assert about(desk.decided(rows), "18 (60%)")
    assert about(desk.audit(), "18 (60%)") == []


def test_an_edited_quantity_replaces_the_reading(desk: Desk) -> None:
    rows = desk.claims()
    row = of(rows, "30% (9/30)", "count")
    row["quantity"] = "other"
    report = desk.decided(rows)
    kinds = [c["quantity"] for c in report["claims"] if "9/30" in c["place"]["quote"]]
    assert "count" not in kinds


def test_an_edited_topic_replaces_the_reading(desk: Desk) -> None:
    rows = desk.claims()
    row = of(rows, "30% (9/30)", "percent")
    row["about"] = "DCR | Control"
    report = desk.decided(rows)
    claim = text_of(report)[row["id"]]
    assert claim["population"].startswith("DCR")
    assert [link["agrees"] for link in claim["links"]] == [False]
    assert claim["links"][0]["certain"]


def test_an_edited_link_is_certain_and_may_accuse(desk: Desk) -> None:
    rows = desk.claims()
    row = of(rows, "30% (9/30)", "percent")
    row["cells"] = "Table 1: DCR / Control (N = 30)"
    report = desk.decided(rows)
    (link,) = text_of(report)[row["id"]]["links"]
    assert (link["agrees"], link["certain"], link["confidence"]) == (False, True, 1.0)
    assert link["cells"][0]["row_label"] == "DCR"
    assert "TXT001" in about(report, "30% (9/30)")
    by_place = desk.claims()
    of(by_place, "30% (9/30)", "percent")["cells"] = of(rows, "18 (60%)", "percent")["place"]
    assert text_of(desk.decided(by_place))[row["id"]]["links"] == [link]


def test_an_emptied_link_is_none(desk: Desk) -> None:
    rows = desk.claims()
    row = of(rows, "30% (9/30)", "percent")
    assert row["cells"]
    row["cells"] = ""
    assert text_of(desk.decided(rows))[row["id"]]["links"] == []


@pytest.mark.parametrize("column", ["decision", "confirmed"])
def test_a_confirmed_link_is_certain(desk: Desk, column: str) -> None:
    rows = desk.claims()
    row = of(rows, "30% (9/30)", "percent")
    row[column] = "confirmed" if column == "decision" else "YES"
    (link,) = text_of(desk.decided(rows))[row["id"]]["links"]
    assert (link["certain"], link["confidence"], link["agrees"]) == (True, 1.0, True)


def test_edits_survive_changes_elsewhere(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "30% (9/30)", "percent")["cells"] = of(rows, "18 (60%)", "percent")["place"]
    of(rows, "18 (60%)", "percent")["value"] = "61%"
    text = PAPER.replace(
        "| CR       |", "| Any      | 22 (73%)            | 21 (70%)         |\n| CR       |"
    )
    desk.write(text.replace("The ORR was 47%", "Seven patients withdrew. The ORR was 47%"))
    report = desk.decided(rows)
    assert desk.err == ""
    assert about(report, "18 (60%)")
    claim = text_of(report)[of(rows, "30% (9/30)", "percent")["id"]]
    assert claim["links"][0]["cells"][0]["row_label"] == "DCR"
    assert claim["links"][0]["cells"][0]["row"] == 7


def test_what_is_gone_or_reads_otherwise_is_named(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "47% (14/30)", "percent")["decision"] = "confirmed"
    of(rows, "18 (60%)", "percent")["decision"] = "rejected"
    lines = [n for n, row in enumerate(rows, 2) if row["decision"]]
    desk.write(PAPER.replace("47% (14/30)", "40% (12/30)").replace("18 (60%)", "19 (63%)"))
    desk.decided(rows)
    for line in lines:
        assert f"claims.csv, line {line}: " in desk.err
    assert "18 (60%)" in desk.err
    assert "19 (63%)" in desk.err
    assert (desk.folder / "audit/report.html").read_text("utf-8").count("claims.csv, line") >= 2


def doubled(rows: Rows) -> None:
    """Two rows of one claim that are decided otherwise."""
    rows[4].update(rows[3], decision="rejected")
    rows[3].update(confirmed="yes")


WRONG: list[tuple[Callable[[Rows], Any], tuple[str, ...]]] = [
    (lambda r: r[3].update(decision="confirmd"), ("line 5", "Did you mean confirmed?")),
    (lambda r: r[3].update(confirmed="perhaps"), ("line 5", "yes or no")),
    (lambda r: r[3].update(value="many"), ("line 5", "no number", "45%")),
    (lambda r: r[3].update(quantity="persent"), ("line 5", "Did you mean percent?")),
    (lambda r: r[3].update(about="ORX | Control"), ("line 5", "'ORX'", "Did you mean")),
    (lambda r: r[3].update(about="ORR | Contrl"), ("line 5", "'Contrl'", "Did you mean")),
    (lambda r: r[3].update(cells="Table 1: DCX / Control (N = 30)"), ("line 5", "Did you mean")),
    (lambda r: r[3].update(id=""), ("line 5", "no id")),
    (lambda r: r[3].update(decision="rejected", confirmed="yes"), ("line 5", "both")),
    (doubled, ("line 6", "line 5", "otherwise")),
    (lambda r: [x.update(input="papers.md") for x in r], ("line 2", "Did you mean paper.md?")),
    (lambda r: [x.update(id=f"Z{x['id']}", as_read="") for x in r], ("line 2", "none of its")),
    (lambda r: [x.update(Decison=x.pop("decision")) for x in r], ("line 1", "'decison'")),
    (lambda r: [x.update(name=x.pop("id")) for x in r], ("line 1", "no column 'id'")),
]


@pytest.mark.parametrize("case", range(len(WRONG)))
def test_a_wrong_file_is_refused_with_its_line(desk: Desk, case: int) -> None:
    spoil, words = WRONG[case]
    rows = [row for row in desk.claims() if "." in row["id"] and not row["id"].startswith("T")]
    spoil(rows)
    desk.save(rows)
    desk.audit("--claims", "claims.csv", expect=2)
    for word in ("claims.csv", *words):
        assert word in desk.err
    assert not (desk.folder / "audit").exists()


def test_a_file_that_is_missing_or_no_table_is_refused(desk: Desk) -> None:
    desk.audit("--claims", "nowhere.csv", expect=2)
    assert "nowhere.csv" in desk.err
    (desk.folder / "claims.csv").write_bytes(b"PK\x03\x04 not a table\n\x00\x01")
    desk.audit("--claims", "claims.csv", expect=2)
    assert "auditor claims" in desk.err


def test_of_several_inputs_the_file_names_its_own(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "47% (14/30)", "count")["decision"] = "rejected"
    desk.write(PAPER.replace("small", "second"), "other.md")
    desk.save(rows)
    report = desk.audit("other.md", "--claims", "claims.csv")
    hit = {
        p["input"] for f in report["findings"] for p in f["places"] if "47% (14/30)" in p["quote"]
    }
    assert hit == {"other.md"}
    for row in rows:
        row["input"] = ""
    desk.save(rows)
    desk.audit("other.md", "--claims", "claims.csv", expect=2)
    assert "'input'" in desk.err


def test_decisions_are_carried_to_a_new_file(desk: Desk) -> None:
    rows = desk.claims()
    of(rows, "30% (9/30)", "percent")["cells"] = of(rows, "18 (60%)", "percent")["place"]
    of(rows, "20 patients (67%)", "count")["about"] = "ORR | Study drug"
    of(rows, "18 (60%)", "percent")["value"] = "61%"
    of(rows, "47% (14/30)", "count")["decision"] = "rejected"
    of(rows, "40% (12/30)", "percent")["confirmed"] = "yes"
    report = desk.decided(rows)
    assert main(["claims", "paper.md", "--claims", "claims.csv", "-o", "new.csv"]) == 0
    again = desk.audit("--claims", "new.csv")
    for key in ("findings", "claims", "coverage"):
        assert again[key] == report[key]
    new = csv.DictReader((desk.folder / "new.csv").read_text(encoding="utf-8").splitlines())
    assert sorted(row["decision"] for row in new if row["decision"]) == [
        *("confirmed", "edited", "edited", "edited", "rejected"),
    ]
    assert main(["claims", "paper.md", "--claims", "claims.csv"]) == 0
    assert "14/30" not in desk.capsys.readouterr().out


def test_labels_that_a_spreadsheet_would_run_are_no_edits(desk: Desk) -> None:
    desk.write(
        PAPER.replace("| DCR      |", "| =DCR     |").replace("| SD       |", "| -SD      |")
    )
    plain = desk.audit()
    rows = desk.claims()
    assert any(value.startswith("'=") for row in rows for value in row.values())
    assert desk.decided(rows) == plain


def test_text_that_was_saved_in_a_wrong_encoding_is_no_edit(desk: Desk) -> None:
    desk.write(PAPER.replace("Study drug (N", "Größe ≥ 5 (N").replace("study drug", "größe ≥ 5"))
    plain = desk.audit()
    rows = desk.claims()
    desk.save(rows, encoding="utf-8")
    garbled = (desk.folder / "claims.csv").read_bytes().decode("cp1252", "replace")
    (desk.folder / "claims.csv").write_text(garbled, encoding="utf-8")
    assert desk.audit("--claims", "claims.csv") == plain


def test_an_audit_against_a_cohort_takes_the_decisions_too(desk: Desk) -> None:
    (desk.folder / "adsl.csv").write_text("USUBJID,SEX,AGE\n1,F,61\n2,M,58\n", encoding="utf-8")
    words = ("--cohort", "adsl.csv", "--select", "TXT001,COH001")
    assert about(desk.audit(*words), "47% (14/30)") == ["TXT001"]
    rows = desk.claims()
    of(rows, "47% (14/30)", "count")["decision"] = "rejected"
    desk.save(rows)
    report = desk.audit(*words, "--claims", "claims.csv")
    assert about(report, "47% (14/30)") == []
    assert [file["kind"] for file in report["inputs"]][-1] == "claims"

"""A study file that names other words of its manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli import main

PAPER = """# Results

## Efficacy

Twenty patients were treated with Alfa and 20 with Beta. Complete responses were seen in 2 patients
(10%) with Alfa and 1 patient (5%) with Beta. The quench share was 45% with Alfa and 20% with Beta.
Partial responses were seen in 4 patients (20%) with Alfa and 3 patients (15%) with Beta.

Table 1. Response

| | Alfa (N = 20) | Beta (N = 20) |
| --- | --- | --- |
| CR | 2 (10%) | 1 (5%) |
| PR | 4 (20%) | 3 (15%) |
| SD | 9 (45%) | 8 (40%) |
| PD | 5 (25%) | 8 (40%) |
| ORR | 6 (30%) | 4 (20%) |
"""
WORDS = '[words]\nORR = ["quench share"]\n'


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "paper.md"
    path.write_text(PAPER, encoding="utf-8")
    return path


def study(folder: Path, text: str) -> str:
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_words_of_a_study_tie_a_statement_to_its_cell(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(paper), "-o", "plain"]) == 0
    capsys.readouterr()
    words = study(paper.parent, WORDS)
    assert main(["audit", str(paper), "--study", words, "-o", "told"]) == 1
    assert "45%" in capsys.readouterr().out


def test_a_study_leaves_checks_out(paper: Path) -> None:
    text = WORDS + '[checks]\nignore = ["TXT001", "PAT010", "TRS001"]\n'
    assert main(["audit", str(paper), "--study", study(paper.parent, text), "-o", "told"]) == 0


def test_claims_are_shown_in_the_words_of_a_study(paper: Path) -> None:
    words = study(paper.parent, WORDS)
    assert main(["claims", str(paper), "--study", words, "-o", "claims.csv"]) == 0
    rows = [r for r in Path("claims.csv").read_text(encoding="utf-8").splitlines() if "45%" in r]
    assert any("ORR" in row for row in rows)


def test_a_wrong_study_file_is_an_error(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = study(paper.parent, "[words]\nORR = []\n")
    assert main(["audit", str(paper), "--study", wrong]) == 2
    assert "line 2: words.ORR names no other words" in capsys.readouterr().err

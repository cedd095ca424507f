"""The built-in rulebook: reachable under one name, complete, documented, and self-contained."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import auditor.rulebook
from auditor.check import Check
from auditor.discovery import load_rulebook, missing_sections, rulebook_file
from auditor.errors import RulebookError

BOOK = load_rulebook(None)
ROOT = Path(__file__).resolve().parent.parent
FOREIGN = {"pandas", "pandera", "great_expectations"}


def test_it_is_the_source_tree_here() -> None:
    assert BOOK.name == "auditor"
    assert BOOK.folder == ROOT
    assert auditor.rulebook.__path__ == [str(ROOT)]


def test_every_check_is_a_module_of_auditor_rulebook() -> None:
    for check in BOOK.checks:
        assert check.function.__module__ == f"auditor.rulebook.checks.{Path(check.source).stem}"


def test_loading_twice_gives_the_same() -> None:
    again = load_rulebook(None)
    assert (again.sha256, again.checks) == (BOOK.sha256, BOOK.checks)


def test_no_rulebook_folder_is_a_package_by_itself() -> None:
    for part in ("checks", "schemas", "expectations", "reports", "reports/templates"):
        assert not (ROOT / part / "__init__.py").exists()


def test_files_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.html").write_text("x")
    monkeypatch.setattr(auditor.rulebook, "FOLDER", tmp_path)
    assert rulebook_file("reports/x.html").read_text() == "x"
    for name in ("reports/y.html", "reports", "reports/../reports/x.html"):
        with pytest.raises(RulebookError, match="no such file"):
            rulebook_file(name)


@pytest.mark.parametrize("check", BOOK.checks, ids=lambda c: c.code)
def test_a_check_is_documented(check: Check) -> None:
    assert missing_sections(check) == ()
    assert check.summary.endswith(".")
    assert len(check.summary) <= 100


@pytest.mark.parametrize("check", BOOK.checks, ids=lambda c: c.code)
def test_a_check_is_named_after_its_file(check: Check) -> None:
    assert Path(check.source).stem == check.name.replace("-", "_")


def test_one_law_a_file() -> None:
    sources = [check.source for check in BOOK.checks]
    assert len(set(sources)) == len(sources)


def _rulebook_sources() -> list[Path]:
    return sorted((ROOT / "checks").glob("*.py")) + sorted((ROOT / "schemas").glob("*.py"))


@pytest.mark.parametrize("path", _rulebook_sources(), ids=lambda p: p.name)
def test_a_file_of_the_rulebook_imports_only_auditor(path: Path) -> None:
    allowed = {"auditor", *sys.stdlib_module_names} | (
        FOREIGN if path.parent.name == "schemas" else set()
    )
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # A check of cohorts may use pandas when it runs, but not load it.
    late = [node for node in tree.body if isinstance(node, ast.If | ast.FunctionDef)]
    for node in (child for block in late for child in ast.walk(block)):
        if isinstance(node, ast.Import) and [a.name for a in node.names] == ["pandas"]:
            node.names.clear()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name.partition(".")[0] for alias in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom):
            # Helpers are reached by a relative import of the same folder, in any rulebook.
            assert node.level == 1 or str(node.module).partition(".")[0] in allowed
            assert not str(node.module).startswith("auditor.rulebook")

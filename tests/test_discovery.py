"""Rulebooks: what is found, under which name, and what a broken one says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.check import Check
from auditor.discovery import combine, load_rulebook, missing_sections
from auditor.errors import RulebookError

Source = Callable[..., str]
Make = Callable[..., Path]


def test_a_study_rulebook_is_loaded_by_code(make_rulebook: Make, check_source: Source) -> None:
    folder = make_rulebook(
        {
            "checks/zebra.py": check_source("AAA001", "first-check"),
            "checks/ant.py": check_source("BBB001", "second-check"),
        },
        name="trial-7",
    )
    book = load_rulebook(folder)
    assert book.name == "trial-7"
    assert book.folder == folder.resolve()
    assert [c.code for c in book.checks] == ["AAA001", "BBB001"]
    assert {c.rulebook for c in book.checks} == {"trial-7"}
    assert book.checks[0].summary == "A number is forty-two."


def test_sys_path_and_the_folder_stay_as_they_are(
    make_rulebook: Make, check_source: Source
) -> None:
    folder = make_rulebook({"checks/x.py": check_source()})
    before = list(sys.path)
    load_rulebook(folder)
    assert sys.path == before
    assert "checks" not in sys.modules
    assert sorted(p.name for p in folder.rglob("*")) == ["checks", "x.py"]


def test_checks_share_helpers_by_relative_import(make_rulebook: Make, check_source: Source) -> None:
    helper = "from __future__ import annotations\nANSWER = 42\n"
    user = check_source().replace("== 42", "== ANSWER") + "\nfrom ._shared import ANSWER\n"
    book = load_rulebook(make_rulebook({"checks/_shared.py": helper, "checks/x.py": user}))
    assert [c.code for c in book.checks] == ["TST001"]


def test_a_module_is_in_sys_modules_while_it_runs(
    make_rulebook: Make, check_source: Source
) -> None:
    # A dataclass with postponed annotations looks its own module up.
    extra = (
        "\nimport sys\nfrom dataclasses import dataclass\n\n"
        "@dataclass\nclass Row:\n    n: 'int'\n\nassert __name__ in sys.modules\n"
    )
    assert load_rulebook(make_rulebook({"checks/x.py": check_source() + extra})).checks


def test_an_imported_check_belongs_to_its_own_file_only(
    make_rulebook: Make, check_source: Source
) -> None:
    folder = make_rulebook(
        {
            "checks/a.py": check_source("AAA001", "first-check"),
            "checks/b.py": check_source("BBB001", "second-check")
            + "\nfrom .a import law as other\n",
        }
    )
    assert [c.code for c in load_rulebook(folder).checks] == ["AAA001", "BBB001"]


def test_two_rulebooks_do_not_see_each_other(make_rulebook: Make, check_source: Source) -> None:
    one = make_rulebook({"checks/x.py": check_source("AAA001", "check-one")}, "one")
    two = make_rulebook({"checks/x.py": check_source("BBB001", "check-two")}, "two")
    books = [load_rulebook(one), load_rulebook(two)]
    assert [c.code for c in combine(books)] == ["AAA001", "BBB001"]


def test_an_edited_rulebook_is_loaded_anew_within_the_same_second(
    make_rulebook: Make, check_source: Source
) -> None:
    folder = make_rulebook({"checks/x.py": check_source("AAA001")})
    first = load_rulebook(folder)
    make_rulebook({"checks/x.py": check_source("AAA002")})
    second = load_rulebook(folder)
    assert [first.checks[0].code, second.checks[0].code] == ["AAA001", "AAA002"]
    assert first.sha256 != second.sha256


def test_digest_is_of_names_and_contents_alone(make_rulebook: Make, check_source: Source) -> None:
    files = {"checks/x.py": check_source(), "reports/templates/r.html": "x"}
    one = make_rulebook(files, "one")
    two = make_rulebook(files, "two")
    (two / "checks" / "__pycache__").mkdir()
    (two / "checks" / "__pycache__" / "x.pyc").write_bytes(b"stale")
    (two / "README.md").write_text("not part of it")
    digest = load_rulebook(one).sha256
    assert load_rulebook(two).sha256 == digest
    (two / "reports/templates/r.html").rename(two / "reports/templates/s.html")
    assert load_rulebook(two).sha256 != digest


def test_a_broken_file_is_named_with_its_line(make_rulebook: Make) -> None:
    folder = make_rulebook({"checks/bad.py": '"""Doc."""\n\nx = 1 / 0\n'})
    with pytest.raises(RulebookError, match="ZeroDivisionError: division by zero") as caught:
        load_rulebook(folder)
    assert caught.value.source == str(folder.resolve() / "checks/bad.py")
    assert caught.value.where == "line 3"


def test_a_syntax_error_is_named_with_its_line(make_rulebook: Make) -> None:
    folder = make_rulebook({"checks/bad.py": "x = 1\ny = (\n"})
    with pytest.raises(RulebookError, match="SyntaxError") as caught:
        load_rulebook(folder)
    assert Path(str(caught.value.source)).name == "bad.py"
    assert caught.value.where == "line 2"


def test_a_broken_helper_is_named_itself(make_rulebook: Make) -> None:
    folder = make_rulebook(
        {"checks/x.py": "from . import _help\n", "checks/_help.py": "\nimport no_such_thing\n"}
    )
    with pytest.raises(RulebookError, match="no_such_thing") as caught:
        load_rulebook(folder)
    assert Path(str(caught.value.source)).name == "_help.py"
    assert caught.value.where == "line 2"


def test_a_file_that_ends_the_program_is_an_error(make_rulebook: Make) -> None:
    folder = make_rulebook({"checks/bad.py": "raise SystemExit(0)\n"})
    with pytest.raises(RulebookError, match="SystemExit"):
        load_rulebook(folder)


def test_a_bad_code_is_named_with_its_line(make_rulebook: Make, check_source: Source) -> None:
    folder = make_rulebook({"checks/x.py": check_source("X1")})
    with pytest.raises(RulebookError, match="three capital letters") as caught:
        load_rulebook(folder)
    assert str(caught.value.where).startswith("line ")


def test_nothing_stays_of_a_rulebook_that_failed(make_rulebook: Make, check_source: Source) -> None:
    folder = make_rulebook({"checks/a.py": check_source(), "checks/b.py": "1 / 0\n"})
    before = set(sys.modules)
    with pytest.raises(RulebookError):
        load_rulebook(folder)
    assert not {name for name in set(sys.modules) - before if name.startswith("_auditor_rulebook")}


def test_a_file_without_a_check_is_an_error(make_rulebook: Make) -> None:
    with pytest.raises(RulebookError, match="holds no check"):
        load_rulebook(make_rulebook({"checks/empty.py": "def law(m):\n    yield\n"}))


def test_a_file_that_cannot_be_a_module_is_an_error(
    make_rulebook: Make, check_source: Source
) -> None:
    with pytest.raises(RulebookError, match="name that Python can import"):
        load_rulebook(make_rulebook({"checks/two-words.py": check_source()}))


@pytest.mark.parametrize(
    ("second", "key"), [(("TST001", "x-y"), "code"), (("B" * 3 + "001", "forty-two"), "name")]
)
def test_a_clash_names_both_files(
    make_rulebook: Make, check_source: Source, second: tuple[str, str], key: str
) -> None:
    folder = make_rulebook({"checks/a.py": check_source(), "checks/b.py": check_source(*second)})
    with pytest.raises(RulebookError, match=f"the {key} ") as caught:
        load_rulebook(folder)
    assert "a.py" in caught.value.message
    assert "b.py" in caught.value.message


def test_a_clash_between_rulebooks_names_both_files(
    make_rulebook: Make, check_source: Source
) -> None:
    one = load_rulebook(make_rulebook({"checks/a.py": check_source()}, "one"))
    two = load_rulebook(make_rulebook({"checks/b.py": check_source()}, "two"))
    with pytest.raises(RulebookError) as caught:
        combine([one, two])
    assert str(Path("one") / "checks" / "a.py") in caught.value.message
    assert str(Path("two") / "checks" / "b.py") in caught.value.message


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no such folder"):
        load_rulebook(tmp_path / "nowhere")


def test_a_folder_of_another_shape_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(RulebookError, match="not a rulebook"):
        load_rulebook(tmp_path / "data")


def test_a_rulebook_of_templates_alone_is_one(make_rulebook: Make) -> None:
    folder = make_rulebook({"reports/templates/report.html": "x"})
    assert load_rulebook(folder).checks == ()


def test_missing_sections_are_named(make_rulebook: Make, check_source: Source) -> None:
    full = load_rulebook(make_rulebook({"checks/a.py": check_source()}, "full")).checks[0]
    assert missing_sections(full) == ()
    source = check_source().replace("## Example", "Example: see below")
    part = load_rulebook(make_rulebook({"checks/a.py": source}, "part")).checks[0]
    assert missing_sections(part) == ("Example",)


def test_missing_sections_accepts_other_marks_of_a_heading() -> None:
    doc = "X.\n\n*What it does*\n\nWhy it matters:\n\n**Example**\n\nReferences\n----------\n"
    assert missing_sections(Check("AAA001", "a-b", lambda _: (), doc, "x.py")) == ()

"""Great Expectations itself, given our suites as they stand: the same verdicts, and no trace."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import RulebookError
from auditor.frames.native_gx import run_expectations, run_file
from auditor.frames.standard import standard_table
from auditor.frames.standardise import standardise
from auditor.frames.suites_domain import domain
from auditor.frames.suites_judge import judge
from auditor.frames.suites_model import Suite
from auditor.frames.suites_read import read_suites
from auditor.study import Study
from auditor.synthetic.cohort import make_cohort
from tests.frames.suites_cases import CASES
from tests.frames.suites_kit import EXPECTATIONS, frame_of

ROOT = Path(__file__).resolve().parents[2]
SUITES = read_suites(EXPECTATIONS)
BY_NAME = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: str(suite.name))


def whole(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with every column of the standard table."""
    names = [column.name for column in standard_table(table).columns]
    empty = frame_of(table, [dict.fromkeys(names)])
    return frame.reindex(columns=names).astype(empty.dtypes.to_dict())


def compared(suite: Suite, frame: pd.DataFrame) -> list[bool]:
    """The verdicts, which are the same of both."""
    verdicts = []
    for mine, theirs in zip(suite.expectations, run_file(Path(suite.file), frame), strict=True):
        judged = judge(mine, frame)
        shown = f"{mine.code}: {judged} but Great Expectations {theirs}"
        assert not theirs.error, shown
        assert judged.success == theirs.success, shown
        if judged.unexpected is not None:
            assert (judged.unexpected, judged.rows) == (theirs.unexpected, theirs.rows), shown
        verdicts.append(judged.success)
    return verdicts


@BY_NAME
def test_great_expectations_loads_a_suite_as_it_stands(suite: Suite) -> None:
    run_file(Path(suite.file), whole(frame_of(suite.name, [{"USUBJID": "P1"}]), suite.name))
    import great_expectations as gx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        data = json.loads(Path(suite.file).read_text(encoding="utf-8"))
        loaded = gx.ExpectationSuite(**data)
    assert len(loaded.expectations) == len(suite.expectations)
    codes = [e.meta["auditor"]["code"] for e in loaded.expectations if e.meta]
    assert codes == [e.code for e in suite.expectations]


@BY_NAME
def test_both_say_the_same_of_broken_rows(suite: Suite) -> None:
    rows = [row for case in CASES if case.table == suite.name for row in case.rows]
    frame = whole(frame_of(suite.name, rows), suite.name)
    assert compared(suite, frame).count(False) > len(suite.expectations) // 3


@BY_NAME
def test_both_say_the_same_of_an_invented_cohort(suite: Suite) -> None:
    table = standardise(make_cohort(20, 5), Study()).tables[suite.name]
    assert all(compared(suite, whole(table.frame, suite.name)))


def test_both_read_a_row_condition_alike() -> None:
    frame = frame_of("lesions", [{"USUBJID": "P1", "TESTCD": t} for t in ("LDIAM", None, "X")])
    [suite] = [suite for suite in SUITES if suite.name == "lesions"]
    [diameter] = [e for e in suite.expectations if e.code == "LES506"]
    assert list(domain(frame, diameter.kwargs).index) == [0]


def test_a_column_that_is_not_there_is_an_error_and_no_finding() -> None:
    entry = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "AGE"}}
    [result] = run_expectations([entry], pd.DataFrame({"SEX": ["F"]}))
    assert not result.success
    assert result.error
    assert result.unexpected is None


def test_what_great_expectations_refuses_is_a_bad_rulebook() -> None:
    entry = {"type": "expect_column_values_to_be_between", "kwargs": {"column": "AGE"}}
    with pytest.raises(RulebookError, match="cannot load the suite") as raised:
        run_expectations([entry], pd.DataFrame({"AGE": [1.0]}), source="patients.json")
    assert raised.value.source == "patients.json"


ALONE = """
import socket, sys

asked = []

def refuse(*args, **kwargs):
    asked.append(args)
    raise OSError("no network here")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = refuse

from pathlib import Path
import pandas as pd
from auditor.frames.native_gx import run_file

frame = pd.DataFrame({"USUBJID": ["P1"], "AGE": [111.0], "STUDYID": ["A"]})
results = run_file(Path(sys.argv[1]), frame)
assert sum(not r.success and not r.error for r in results) == 1, results
assert not asked, asked
import os
assert "GX_ANALYTICS_ENABLED" not in os.environ
"""


def test_it_writes_nothing_asks_nobody_and_says_nothing(tmp_path: Path) -> None:
    for name in ("home", "work", "tmp"):
        (tmp_path / name).mkdir()
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", ALONE, str(EXPECTATIONS / "patients.json")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "work",
        env={
            "PYTHONPATH": str(ROOT),
            "HOME": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path / "tmp"),
            "PATH": "",
        },
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert [path for path in tmp_path.rglob("*") if path.parent != tmp_path] == []

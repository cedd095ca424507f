"""The tests on data frames, and the examples of the documentation."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import UsageError
from auditor.granularity import debit_map, grim_map, grimmer_map, sequence_map, summary

ROOT = Path(__file__).parents[2]


def test_means_as_text() -> None:
    frame = pd.DataFrame({"x": ["5.19", "5.18", "3.10", None, ""], "n": [28, 28, 9, 5, 5]})
    tested = grim_map(frame)
    assert list(tested["consistency"].fillna(True)) == [False, True, False, True, True]
    assert tested["consistency"].isna().tolist() == [False, False, False, True, True]
    assert tested["nearest"][0] == "5.18, 5.21"
    assert "down" in tested["conventions"][1] or tested["consistency"][1]
    assert list(frame.columns) == ["x", "n"]
    assert summary(tested) == {"rows": 5, "tested": 3, "inconsistent": 2, "share": 2 / 3}


def test_columns_have_any_name_and_items_a_column() -> None:
    frame = pd.DataFrame({"m": ["5.19", "5.19"], "size": [28, 28], "k": [1, 4]})
    tested = grim_map(frame, mean="m", n="size", items="k")
    assert tested["consistency"].tolist() == [False, True]


def test_floats_need_their_decimals() -> None:
    frame = pd.DataFrame({"x": [3.1, 5.19], "sd": [0.5, 1.0], "n": [9, 28]})
    with pytest.raises(UsageError, match="dtype=str"):
        grim_map(frame)
    assert grim_map(frame, decimals=2)["consistency"].tolist() == [False, False]
    with pytest.raises(UsageError, match="'sd' holds floats"):
        grimmer_map(frame, decimals={"x": 2})
    assert len(grimmer_map(frame, decimals={"x": 2, "sd": 2})) == 2


def test_a_frame_without_rows_or_values_is_no_frame_of_floats() -> None:
    assert grim_map(pd.DataFrame({"x": [], "n": []}, dtype=float)).empty
    tested = grim_map(pd.DataFrame({"x": [None, float("nan")], "n": [5, 6]}))
    assert tested["consistency"].isna().all()


def test_a_bad_number_names_its_row() -> None:
    frame = pd.DataFrame({"x": ["3.1", "about 3"], "n": [10, 10]})
    with pytest.raises(UsageError, match="row 1"):
        grim_map(frame)
    with pytest.raises(UsageError, match="no column 'mean'"):
        grim_map(frame, mean="mean")
    with pytest.raises(UsageError, match="not tested"):
        summary(frame)


def test_means_with_sd() -> None:
    frame = pd.DataFrame({"x": ["3.44", "0.35"], "sd": ["2.47", "0.49"], "n": [18, 20]})
    tested = grimmer_map(frame)
    assert tested["consistency"].tolist() == [False, True]
    assert "odd" in tested["reason"][0]
    assert debit_map(frame)["consistency"].tolist() == [False, True]
    empty = grimmer_map(frame.iloc[:0])
    assert summary(empty)["tested"] == 0


def test_neighbours_of_the_rows_that_are_impossible() -> None:
    frame = pd.DataFrame({"x": ["5.19", "5.18"], "sd": ["1.00", "1.02"], "n": [28, 28]})
    near = sequence_map(grim_map(frame), reach=1)
    assert set(near["row"]) == {0}
    assert ("mean", "5.18", -1) in set(
        near[["variable", "value", "steps"]].itertuples(index=False, name=None)
    )
    both = sequence_map(grimmer_map(frame), sd="sd", reach=2)
    assert set(both["variable"]) <= {"mean", "sd", "n"}
    assert len(both)
    with pytest.raises(UsageError, match="not tested"):
        sequence_map(frame)


def test_pandas_is_loaded_only_where_a_frame_is_tested() -> None:
    code = (
        "import sys, auditor.granularity as g; g.grim('5.19', 28); print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"


def test_the_examples_of_the_documentation_are_true() -> None:
    text = (ROOT / "docs" / "granularity.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3
    parser = doctest.DocTestParser()
    test = parser.get_doctest("\n".join(blocks), {}, "granularity.md", None, 0)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert runner.run(test).failed == 0

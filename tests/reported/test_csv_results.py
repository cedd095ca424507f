"""Reported results as CSV: what is read, and which line and column an error names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auditor.claims import Population
from auditor.errors import InputError
from auditor.reported.csv_results import read_csv
from auditor.reported.files import read_results
from auditor.reported.populations import Vocabulary

HEAD = "endpoint,statistic,value,population,versus,of,at,unit,level,convention,n\n"


def test_a_row_is_read_with_all_it_says(words: Vocabulary) -> None:
    text = HEAD + "progression-free survival,lower,4.10,SEX=F; STS,,median,,months,95,log,7\n"
    (one,) = read_csv(text, "r.csv", words)
    assert (one.endpoint, one.statistic, one.of, one.unit) == ("PFS", "lower", "median", "months")
    assert one.population == Population((("SEX", "F"), ("group", "Soft tissue tumour")))
    assert one.printed is not None
    assert (one.printed.decimals, one.level, one.stated_n) == (2, 0.95, 7)
    assert (one.place.input, one.place.row, one.certain, one.why) == ("r.csv", 0, True, "")


@pytest.mark.parametrize(
    ("row", "where", "hint"),
    [
        ("ORX,rate,45%", "line 2, column endpoint", "Did you mean ORR?"),
        ("ORR,meadian,45%", "line 2, column statistic", "Did you mean median?"),
        ("ORR,rate,many", "line 2, column value", "as printed"),
        ("ORR,rate,", "line 2, column value", "as printed"),
        ("PFS,median,5,,,,,monthz", "line 2, column unit", "Did you mean months?"),
        ("PFS,survival,5,,,,soon", "line 2, column at", ""),
        ("ORR,lower,5%,,,,,,200", "line 2, column level", "95"),
        ("ORR,rate,5%,,,,,,,,4.5", "line 2, column n", ""),
        ("ORR,rate,5%,,,,,,,,,extra", "line 2", ""),
    ],
)
def test_an_error_names_line_and_column(words: Vocabulary, row: str, where: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(HEAD + row + "\n", "r.csv", words)
    assert caught.value.where == where
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("endpoint,statistic\nORR,rate\n", "'value' is missing"),
        ("endpoint,statistic,value,populaton\n", "no column 'populaton'"),
        ("endpoint,statistic,value,value\n", "two columns"),
        ('endpoint,statistic,value\n"ORR,rate,1\n', "not CSV"),
    ],
)
def test_a_broken_file_is_said_to_be_that(words: Vocabulary, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_csv(text, "r.csv", words)


def test_a_population_that_nobody_knows_is_not_compared(comparer: Any) -> None:
    (one,) = comparer.file(HEAD + "ORR,rate,45%,smokers\n").comparisons
    assert one.agreement == "not compared"
    assert "'smokers' is no group" in one.why


@pytest.mark.parametrize(
    ("name", "content"), [("r.csv", HEAD), ("r.json", '{"analyses": [], "methods": []}')]
)
def test_a_file_that_reports_nothing_is_refused(
    words: Vocabulary, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}: no result is reported"):
        read_results(tmp_path / name, words)

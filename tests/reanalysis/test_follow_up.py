"""Dates of enrolment and cut-off in the styles of papers, and the longest follow-up they allow."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from auditor.manuscript import read_manuscript
from auditor.readers import read_document
from auditor.reanalysis.follow_up import FollowUp, in_months, longest_follow_up, measured_here


def follow_up(folder: Path, *sentences: str) -> FollowUp | None:
    path = folder / "paper.md"
    path.write_text("# Methods\n\n" + " ".join(sentences) + "\n", encoding="utf-8")
    return longest_follow_up(read_manuscript(read_document(path)))


@pytest.mark.parametrize(
    ("enrolled", "closed", "first", "last"),
    [
        (
            "Patients were enrolled from January 2019 to December 2020.",
            "The last interview ended in June 2021.",
            date(2019, 1, 1),
            date(2021, 6, 30),
        ),
        (
            "Between Feb 6, 2018, and May 28, 2019, 212 patients were randomly assigned.",
            "The data cutoff was April 30, 2021.",
            date(2018, 2, 6),
            date(2021, 4, 30),
        ),
        (
            "From 7 January to 12 December 2020, 64 patients were recruited.",
            "Follow-up was closed on 30 June 2021.",
            date(2020, 1, 7),
            date(2021, 6, 30),
        ),
        (
            "Patients treated between 2014 and 2019 were included.",
            "Data were locked on 2021-03-15.",
            date(2014, 1, 1),
            date(2021, 3, 15),
        ),
    ],
)
def test_dates(tmp_path: Path, enrolled: str, closed: str, first: date, last: date) -> None:
    found = follow_up(tmp_path, enrolled, closed)
    assert found is not None
    assert (found.first, found.last) == (first, last)
    assert len(found.places) == 2


def test_the_earliest_enrolment_and_the_latest_cut_off_count(tmp_path: Path) -> None:
    found = follow_up(
        tmp_path,
        "Patients were enrolled from March 2015 to May 2017 in part one and from June 2016 to "
        "July 2018 in part two.",
        "The data cut-off was 1 August 2019, that of the final analysis 1 August 2020.",
    )
    assert found is not None
    assert (found.first, found.last) == (date(2015, 3, 1), date(2020, 8, 1))
    assert round(float(found.longest), 1) == 65.1


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients enrolled from March 2015 to May 2017 were followed up to progression.",
        "The data cut-off was 1 August 2019.",
        "PubMed was searched from March 2015 to May 2017, and the data cut-off was 1 May 2018.",
        "Patients were enrolled from March 2015 to May 2017; the data cut-off was 1 May 2016.",
    ],
)
def test_dates_that_bound_nothing(tmp_path: Path, sentence: str) -> None:
    assert follow_up(tmp_path, sentence) is None


def test_where_times_begin(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    said = {
        "OS was measured from the date of randomization to death.": True,
        "OS was calculated from the date of diagnosis to death.": False,
        "OS and PFS were estimated by the Kaplan-Meier method.": None,
    }
    for sentence, begins in said.items():
        path.write_text(f"# Methods\n\n{sentence}\n", encoding="utf-8")
        assert measured_here(read_manuscript(read_document(path))) is begins


def test_units() -> None:
    assert in_months(Fraction(2), "years") == 24
    assert round(float(in_months(Fraction(52), "weeks") or 0), 2) == 11.96
    assert in_months(Fraction(5), "cycles") is None

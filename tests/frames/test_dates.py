"""Dates as extracts have them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.frames.dates import (
    Spans,
    UnreadDate,
    span,
    spans_of_numbers,
    spans_of_values,
    widen,
)

DAY = date(2020, 3, 14)
ALL_DATES = st.dates(date(1678, 1, 1), date(2261, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2020-03-14",
        "2020-03-14T10:00",
        "2020-03-14T10:00:00.000Z",
        "2020-03-14T10:00:00+02:00",
        "2020-03-14 10:00:00",
        "2020-03-14T-:15",
        "14MAR2020",
        "14-Mar-2020",
        "14 March 2020",
        "14mar2020 10:00",
    ],
)
def test_complete_dates(text: str) -> None:
    assert span(text) == (DAY, DAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2020---15", date(2020, 1, 15), date(2020, 12, 15)),
        ("2020---31", date(2020, 1, 31), date(2020, 12, 31)),
        ("2020-03-UN", date(2020, 3, 1), date(2020, 3, 31)),
        ("2020-UNK-UNK", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-03--T10:00", date(2020, 3, 1), date(2020, 3, 31)),
        ("MAR2020", date(2020, 3, 1), date(2020, 3, 31)),
        ("UN-MAR-2020", date(2020, 3, 1), date(2020, 3, 31)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "order", "first"),
    [
        ("14/03/2020", "dmy", DAY),
        ("14.3.2020", "dmy", DAY),
        ("14-03-2020 10:00", "dmy", DAY),
        ("03/14/2020", "mdy", DAY),
        ("2020/03/14", "ymd", DAY),
        ("20200314", "ymd", DAY),
        ("2020-03-14", "dmy", DAY),
        ("14/Mar/2020", "dmy", DAY),
        ("03/2020", "dmy", date(2020, 3, 1)),
        ("03/2020", "mdy", date(2020, 3, 1)),
        ("UN/03/2020", "dmy", date(2020, 3, 1)),
        ("UN/UN/2020", "dmy", date(2020, 1, 1)),
        ("04/03/2020", "dmy", date(2020, 3, 4)),
        ("04/03/2020", "mdy", date(2020, 4, 3)),
    ],
)
def test_declared_orders(text: str, order: str, first: date) -> None:
    assert span(text, order)[0] == first


@pytest.mark.parametrize(
    ("text", "order", "why"),
    [
        ("2020-02-30", None, "no such day"),
        ("2021-02-29", None, "no such day"),
        ("2020-13", None, "no such month"),
        ("2020-00-10", None, "no such month"),
        ("2020-03-00", None, "no such day"),
        ("2020-03-32", None, "no such day"),
        ("--03-14", None, "without a year"),
        ("9999-12-31", None, "outside the years"),
        ("0020-03-14", None, "outside the years"),
        ("14/03/2020", None, "can declare the order"),
        ("20200314", None, "not a date"),
        ("14/03/20", "dmy", "year does not have four digits"),
        ("2020/03/14", "dmy", "year does not have four digits"),
        ("14/03/2020", "mdy", "no such month"),
        ("31/04/2020", "dmy", "no such day"),
        ("2020-03-01/2020-03-05", None, "an interval"),
        ("14MRZ2020", None, "not a date"),
        ("unknown", None, "not a date"),
        ("NA", "dmy", "not a date"),
        ("61", None, "not a date"),
        ("-", None, "without a year"),
    ],
)
def test_what_is_no_date_is_not_read_and_says_why(text: str, order: str | None, why: str) -> None:
    with pytest.raises(UnreadDate, match=why) as error:
        span(text, order)
    assert text not in str(error.value) or len(text) < 3


@given(ALL_DATES, st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%d%b%Y", "%d-%B-%Y"]))
def test_every_day_is_read_as_itself(day: date, form: str) -> None:
    text = datetime(day.year, day.month, day.day).strftime(form)  # noqa: DTZ001
    assert span(text.replace(text[:4], f"{day.year:04d}", 1) if form[1] == "Y" else text) == (
        day,
        day,
    )


@given(ALL_DATES)
def test_a_partial_date_holds_every_day_that_it_can_mean(day: date) -> None:
    for text in (f"{day:%Y-%m}", f"{day.year:04d}", f"{day.year:04d}---{day.day:02d}"):
        first, last = span(text)
        assert first <= day <= last


@given(st.lists(st.none() | ALL_DATES.map(str) | st.text("0123456789-/TUN ", max_size=12)))
def test_reading_many_is_reading_each(values: list[str | None]) -> None:
    found = spans_of_values(values)
    for at, value in enumerate(values):
        if value is None:
            assert np.isnat(found.earliest[at])
            assert at not in found.why
            continue
        expected = alone(value)
        if isinstance(expected, str):
            assert found.why[at] == expected
            assert np.isnat(found.earliest[at])
        else:
            assert (found.earliest[at].item(), found.latest[at].item()) == expected


def alone(text: str) -> tuple[date, date] | str:
    """What one text means, or why it cannot be read."""
    try:
        return span(text)
    except UnreadDate as error:
        return str(error)


@given(ALL_DATES)
def test_days_of_sas(day: date) -> None:
    found = spans_of_numbers([float((day - date(1960, 1, 1)).days)], "sas")
    assert found.earliest[0].item() == found.latest[0].item() == day


@given(st.dates(date(1900, 3, 1), date(2261, 12, 31)))
def test_serials_of_excel(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days + 0.25
    assert spans_of_numbers([serial], "excel").earliest[0].item() == day


@pytest.mark.parametrize(
    ("number", "order"),
    [
        (0.5, "sas"),
        (1e9, "sas"),
        (-110_000.0, "sas"),
        (60, "excel"),
        (-1, "excel"),
        (np.inf, "sas"),
    ],
)
def test_numbers_that_are_no_days_are_not_read(number: float, order: str) -> None:
    found = spans_of_numbers([number, np.nan], order)
    assert found.why == {0: "not a number of days"}
    assert np.isnat(found.earliest).all()


@pytest.mark.parametrize("number", [21915.0, 43831.0, 202003.0, 20200314.0, 2020.5, np.inf, 61.0])
def test_numbers_that_nobody_declared_are_not_read(number: float) -> None:
    found = spans_of_numbers([number])
    assert "a number where a date belongs" in found.why[0]


def test_texts_of_numbers_are_read_where_the_study_says_what_they_count() -> None:
    found = spans_of_values(["21915", "x", None], "sas")
    assert found.earliest[0].item() == date(2020, 1, 1)
    assert list(found.why) == [1]


def test_dates_as_objects() -> None:
    found = spans_of_values([DAY, datetime(2020, 3, 14, 10), date(9999, 12, 31)])  # noqa: DTZ001
    assert [d.item() for d in found.earliest[:2]] == [DAY, DAY]
    assert list(found.why) == [2]


@given(ALL_DATES)
def test_imputed_dates_can_be_any_of_their_month_or_year(day: date) -> None:
    days = np.array([day] * 4, dtype="datetime64[D]")
    wide = widen(Spans(days, days.copy(), {}), np.array(["D", "M", "Y", None], dtype=object))
    assert wide.earliest[0].item() == day.replace(day=1)
    assert (wide.latest[0].item() + timedelta(days=1)).day == 1
    assert wide.latest[0].item().month == day.month
    assert (wide.earliest[1].item(), wide.latest[1].item()) == (
        date(day.year, 1, 1),
        date(day.year, 12, 31),
    )
    assert np.isnat(wide.earliest[2])
    assert np.isnat(wide.latest[2])
    assert wide.earliest[3].item() == wide.latest[3].item() == day
    assert days[0].item() == day

"""Defects of times to events: values, censoring, against dates and other tables."""

from __future__ import annotations

from auditor.synthetic.planting import (
    Bench,
    Defect,
    Planted,
    changed,
    copied,
    days_between,
    shifted,
)


def _moved(bench: Bench, row: int, day: str) -> None:
    """The end of a time at another day, its length with it."""
    start = bench.get("adtte", row, "STARTDT")
    bench.set("adtte", row, ADT=day, AVAL=days_between(start, day) + 1)


def _both(bench: Bench, row: int, *columns: str) -> Planted:
    """The time, or the record of the patient that it disagrees with."""
    patient = bench.patient(bench.get("adtte", row, "USUBJID"))
    return bench.planted(
        *(bench.spot("adtte", row, column) for column in columns),
        *(bench.spot("adsl", patient, column) for column in ("DTHDT", "DTHFL", "LSTALVDT")),
    )


def _os(bench: Bench, censored: int) -> int:
    adtte = bench["adtte"]
    return bench.pick("adtte", (adtte["PARAMCD"] == "OS") & (adtte["CNSR"] == censored))


def _event_of_the_living(bench: Bench) -> Planted:
    row = _os(bench, 1)
    bench.set("adtte", row, CNSR=0, EVNTDESC="Death", CNSDTDSC=None)
    return _both(bench, row, "CNSR", "ADT")


def _dead_censored(bench: Bench) -> Planted:
    row = _os(bench, 0)
    bench.set("adtte", row, CNSR=1, EVNTDESC=None, CNSDTDSC="Last known alive")
    return _both(bench, row, "CNSR", "ADT")


def _other_day_of_death(bench: Bench) -> Planted:
    row = _os(bench, 0)
    _moved(bench, row, shifted(bench.get("adtte", row, "ADT"), 17))
    return _both(bench, row, "ADT", "AVAL")


def _pfs_row(bench: Bench, progressed: bool) -> int:
    adtte = bench["adtte"]
    mask = (adtte["PARAMCD"] == "PFS") & (adtte["CNSR"] == 0)
    word = "Progressive disease" if progressed else "Death"
    return bench.pick("adtte", mask & (adtte["EVNTDESC"] == word))


def _pfs_beyond_os(bench: Bench) -> Planted:
    row = _pfs_row(bench, progressed=True)
    subject = bench.get("adtte", row, "USUBJID")
    other = bench.rows("adtte", subject, PARAMCD="OS")[0]
    _moved(bench, row, shifted(bench.get("adtte", other, "ADT"), 12))
    return bench.planted(
        *(bench.spot("adtte", r, c) for r in (row, other) for c in ("AVAL", "ADT"))
    )


def _progression_on_another_day(bench: Bench) -> Planted:
    row = _pfs_row(bench, progressed=True)
    _moved(bench, row, shifted(bench.get("adtte", row, "ADT"), -9))
    return bench.planted(*(bench.spot("adtte", row, c) for c in ("ADT", "AVAL")))


def _progression_censored(bench: Bench) -> Planted:
    row = _pfs_row(bench, progressed=True)
    bench.set("adtte", row, CNSR=1, EVNTDESC=None, CNSDTDSC="Last tumour assessment")
    return bench.planted(*(bench.spot("adtte", row, c) for c in ("CNSR", "ADT")))


def _death_not_in_pfs(bench: Bench) -> Planted:
    """Death without progression, PFS censored at the last assessment."""
    row = _pfs_row(bench, progressed=False)
    subject = bench.get("adtte", row, "USUBJID")
    days = [bench.get("rs", r, "RSDTC") for r in bench.rows("rs", subject)]
    _moved(bench, row, max(days, default=bench.get("adtte", row, "STARTDT")))
    bench.set("adtte", row, CNSR=1, EVNTDESC=None, CNSDTDSC="Last tumour assessment")
    return _both(bench, row, "CNSR", "ADT", "AVAL")


def _other_start(bench: Bench) -> Planted:
    row = _os(bench, 1)
    start = shifted(bench.get("adtte", row, "STARTDT"), -30)
    bench.set("adtte", row, STARTDT=start, AVAL=bench.get("adtte", row, "AVAL") + 30)
    patient = bench.patient(bench.get("adtte", row, "USUBJID"))
    return bench.planted(bench.spot("adtte", row, "STARTDT"), bench.spot("adsl", patient, "RANDDT"))


def _no_os(bench: Bench) -> Planted:
    row = _os(bench, 1)
    subject = bench.get("adtte", row, "USUBJID")
    bench.drop("adtte", row)
    patient = bench.patient(subject)
    return bench.planted(*(bench.spot("adsl", patient, c) for c in (None, "USUBJID")))


TIME_DEFECTS = (
    Defect(
        "time-not-of-its-dates",
        "A time that is not end less start.",
        changed("adtte", "AVAL", lambda value: value + 30, lambda t: t["AVAL"] > 30),
    ),
    Defect(
        "negative-time",
        "A time below 0.",
        changed("adtte", "AVAL", lambda value: -value, lambda t: t["AVAL"] > 30),
    ),
    Defect(
        "censoring-7",
        "Censoring that is neither 0 nor 1.",
        changed("adtte", "CNSR", 7, lambda t: t["CNSR"] == 0),
    ),
    Defect(
        "unit-of-months",
        "Times in days said to be in months.",
        changed("adtte", "AVALU", "MONTHS", lambda t: t["AVAL"] > 200),
    ),
    Defect("event-of-the-living", "An OS event of somebody alive.", _event_of_the_living),
    Defect("dead-but-censored", "OS of the dead is censored.", _dead_censored),
    Defect("death-on-another-day", "OS ends on another day than life.", _other_day_of_death),
    Defect("pfs-beyond-os", "PFS is longer than OS.", _pfs_beyond_os),
    Defect(
        "progression-on-another-day",
        "PFS ends on a day without progression.",
        _progression_on_another_day,
    ),
    Defect("progression-censored", "PFS of the progressed is censored.", _progression_censored),
    Defect("death-not-in-pfs", "A death that PFS does not count.", _death_not_in_pfs),
    Defect("other-start", "A time that starts before randomisation.", _other_start),
    Defect("no-os", "A patient without OS.", _no_os),
    Defect("duplicated-time", "A time stands twice.", copied("adtte")),
)

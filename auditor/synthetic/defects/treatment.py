"""Defects of adverse events, lines of treatment and exposure."""

from __future__ import annotations

from collections.abc import Callable

from auditor.synthetic.planting import Bench, Defect, Planted, Spot, changed, copied, shifted


def _grade_5_of_the_living(bench: Bench) -> Planted:
    adsl, adae = bench["adsl"], bench["adae"]
    living = adsl.loc[adsl["DTHDT"].isna(), "USUBJID"]
    row = bench.pick("adae", adae["USUBJID"].isin(living))
    bench.set("adae", row, AETOXGR=5)
    patient = bench.patient(bench.get("adae", row, "USUBJID"))
    return bench.planted(
        bench.spot("adae", row, "AETOXGR"),
        *(bench.spot("adsl", patient, column) for column in ("DTHFL", "DTHDT")),
    )


def _dates(table: str, start: str, end: str, days: int) -> Callable[[Bench], Planted]:
    """An end that lies ``days`` before its start."""

    def plant(bench: Bench) -> Planted:
        frame = bench[table]
        whole = (frame[start].str.len() == 10) & (frame[end].str.len() == 10)
        row = bench.pick(table, whole)
        bench.set(table, row, **{end: shifted(bench.get(table, row, start), -days)})
        return bench.planted(*(bench.spot(table, row, column) for column in (start, end)))

    return plant


def _event_before_dose(bench: Bench) -> Planted:
    row = bench.pick("adae", bench["adae"]["AETOXGR"] < 5)
    first = bench.get("adsl", bench.patient(bench.get("adae", row, "USUBJID")), "TRTSDT")
    bench.set("adae", row, AESTDTC=shifted(first, -60))
    return bench.planted(*(bench.spot("adae", row, c) for c in ("AESTDTC", "TRTEMFL")))


def _event_after_death(bench: Bench) -> Planted:
    adsl, adae = bench["adsl"], bench["adae"]
    dead = adsl.loc[adsl["DTHDT"].notna(), "USUBJID"]
    row = bench.pick("adae", adae["USUBJID"].isin(dead) & (adae["AETOXGR"] < 5))
    death = bench.get("adsl", bench.patient(bench.get("adae", row, "USUBJID")), "DTHDT")
    bench.set("adae", row, AESTDTC=shifted(death, 4), AEENDTC=None)
    return bench.planted(bench.spot("adae", row, "AESTDTC"))


def _fatal_grade_2(bench: Bench) -> Planted:
    row = bench.pick("adae", bench["adae"]["AETOXGR"] == 2)
    bench.set("adae", row, AESDTH="Y")
    return bench.planted(*(bench.spot("adae", row, c) for c in ("AESDTH", "AETOXGR")))


def _same_number(bench: Bench) -> Planted:
    """Another event of the patient under the number of this one."""
    like = bench.pick("adae", bench["adae"]["AETOXGR"] < 3)
    row = bench.add("adae", like, AETERM="HEADACHE", AEDECOD="HEADACHE")
    return bench.planted(
        *(bench.spot("adae", r, c) for r in (like, row) for c in ("AESEQ", "USUBJID"))
    )


def _line_gap(bench: Bench) -> Planted:
    """The last of two lines or more is numbered one too high."""
    adcm = bench["adcm"]
    most = adcm.groupby("USUBJID")["LINE"].transform("max")
    row = bench.pick("adcm", (adcm["LINE"] == most) & (most > 1))
    subject, line = bench.get("adcm", row, "USUBJID"), bench.get("adcm", row, "LINE")
    rows = bench.rows("adcm", subject, LINE=line)
    for same in rows:
        bench.set("adcm", same, LINE=int(line) + 1)
    return bench.planted(*(bench.spot("adcm", r, "LINE") for r in rows))


def _line_starts_at_2(bench: Bench) -> Planted:
    adcm = bench["adcm"]
    most = adcm.groupby("USUBJID")["LINE"].transform("max")
    row = bench.pick("adcm", most == 1)
    rows = bench.rows("adcm", bench.get("adcm", row, "USUBJID"))
    for same in rows:
        bench.set("adcm", same, LINE=2)
    return bench.planted(*(bench.spot("adcm", r, "LINE") for r in rows))


def _fewer_than_declared(bench: Bench) -> Planted:
    """The last line of a patient is left out; the study file still declares it."""
    adcm = bench["adcm"]
    most = adcm.groupby("USUBJID")["LINE"].transform("max")
    row = bench.pick("adcm", (adcm["LINE"] == most) & (most > 1))
    subject, line = bench.get("adcm", row, "USUBJID"), bench.get("adcm", row, "LINE")
    bench.drop("adcm", *bench.rows("adcm", subject, LINE=line))
    return bench.planted(Spot("adcm", None, "LINE", None))


def _lines_swapped(bench: Bench) -> Planted:
    """Line 2 starts a year before line 1."""
    adcm = bench["adcm"]
    whole = (adcm["CMSTDTC"].str.len() == 10) & (adcm["LINE"] == 2)
    once = ~adcm.duplicated(["USUBJID", "LINE"], keep=False)
    row = bench.pick("adcm", whole & once & (adcm["CMCAT"] == "PRIOR ANTICANCER THERAPY"))
    subject = bench.get("adcm", row, "USUBJID")
    first = bench.rows("adcm", subject, LINE=1)[0]
    start = f"{int(str(bench.get('adcm', first, 'CMSTDTC'))[:4]) - 1}-03-03"
    bench.set("adcm", row, CMSTDTC=start)
    return bench.planted(
        *(bench.spot("adcm", r, c) for r in (first, row) for c in ("CMSTDTC", "LINE", "CMENDTC"))
    )


def _overlap(bench: Bench) -> Planted:
    """A cycle lasts until two days into the next."""
    ex = bench["ex"]
    later = ex["EXSEQ"] > 1
    row = bench.pick("ex", later)
    start = bench.get("ex", row, "EXSTDTC")
    bench.set("ex", row - 1, EXENDTC=shifted(start, 2))
    return bench.planted(
        *(bench.spot("ex", r, c) for r in (row - 1, row) for c in ("EXSTDTC", "EXENDTC", None))
    )


def _dose_after_death(bench: Bench) -> Planted:
    adsl, ex = bench["adsl"], bench["ex"]
    dead = adsl.loc[adsl["DTHDT"].notna(), "USUBJID"]
    last = ~ex["USUBJID"].duplicated(keep="last")
    row = bench.pick("ex", last & ex["USUBJID"].isin(dead))
    death = bench.get("adsl", bench.patient(bench.get("ex", row, "USUBJID")), "DTHDT")
    bench.set("ex", row, EXSTDTC=shifted(death, 3), EXENDTC=shifted(death, 5))
    return bench.planted(*(bench.spot("ex", row, c) for c in ("EXSTDTC", "EXENDTC")))


def _dose_before_first(bench: Bench) -> Planted:
    """The first cycle starts before the date of first dose of the patients table."""
    row = bench.pick("ex", bench["ex"]["EXSEQ"] == 1)
    bench.set("ex", row, EXSTDTC=shifted(bench.get("ex", row, "EXSTDTC"), -45))
    patient = bench.patient(bench.get("ex", row, "USUBJID"))
    return bench.planted(bench.spot("ex", row, "EXSTDTC"), bench.spot("adsl", patient, "TRTSDT"))


TREATMENT_DEFECTS = (
    Defect(
        "grade-6", "CTCAE grade 6.", changed("adae", "AETOXGR", 6, lambda t: t["AETOXGR"] < 4), ()
    ),
    Defect(
        "grade-0", "CTCAE grade 0.", changed("adae", "AETOXGR", 0, lambda t: t["AETOXGR"] < 4), ()
    ),
    Defect(
        "grade-2.5",
        "A grade between two.",
        changed("adae", "AETOXGR", 2.5, lambda t: t["AETOXGR"] < 4),
    ),
    Defect("grade-5-of-the-living", "A fatal event of somebody alive.", _grade_5_of_the_living),
    Defect("fatal-of-grade-2", "Results in death, grade 2.", _fatal_grade_2),
    Defect(
        "event-ends-before-start",
        "An event ends before it starts.",
        _dates("adae", "AESTDTC", "AEENDTC", 8),
    ),
    Defect(
        "emergent-before-first-dose", "Treatment-emergent before treatment.", _event_before_dose, ()
    ),
    Defect("event-after-death", "An event starts after death.", _event_after_death),
    Defect(
        "event-after-cutoff",
        "An event starts after the cut-off.",
        changed("adae", "AESTDTC", "2023-08-02", lambda t: t["AEENDTC"].isna()),
    ),
    Defect("duplicated-event", "An event stands twice.", copied("adae")),
    Defect(
        "same-number-twice",
        "Two events of a patient have one number.",
        _same_number,
    ),
    Defect("line-gap", "A line is left out.", _line_gap),
    Defect("line-starts-at-2", "The first line is numbered 2.", _line_starts_at_2),
    Defect(
        "line-0",
        "Line 0.",
        changed(
            "adcm",
            "LINE",
            0,
            lambda t: (t["LINE"] == 1) & ~t.duplicated(["USUBJID", "LINE"], keep=False),
        ),
    ),
    Defect(
        "line-1.5",
        "A line between two.",
        changed("adcm", "LINE", 1.5, lambda t: t["LINE"] == 2),
    ),
    Defect(
        "fewer-than-declared", "Fewer patients in a line than declared.", _fewer_than_declared, ()
    ),
    Defect("lines-swapped", "A later line starts before an earlier.", _lines_swapped),
    Defect(
        "line-ends-before-start",
        "A line ends before it starts.",
        _dates("adcm", "CMSTDTC", "CMENDTC", 20),
    ),
    Defect("overlapping-exposure", "Two cycles overlap.", _overlap),
    Defect(
        "dose-ends-before-start",
        "A dose ends before it starts.",
        _dates("ex", "EXSTDTC", "EXENDTC", 3),
    ),
    Defect("dose-after-death", "A dose after death.", _dose_after_death),
    Defect("dose-before-first", "A dose before the date of the first.", _dose_before_first),
    Defect(
        "negative-dose",
        "A dose below 0.",
        changed("ex", "EXDOSE", lambda dose: -dose, lambda t: t["EXDOSE"] > 0),
    ),
    Defect(
        "tenfold-dose",
        "A dose ten times too high.",
        changed("ex", "EXDOSE", lambda dose: 10 * dose, lambda t: t["EXTRT"] == "STUDY DRUG"),
    ),
    Defect(
        "dose-unit",
        "A dose in another unit than all others.",
        changed("ex", "EXDOSU", "g", lambda t: t["EXDOSU"] == "mg"),
    ),
    Defect("duplicated-dose", "A period of exposure stands twice.", copied("ex")),
)

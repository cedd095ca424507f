"""Defects of responses: at visits, best ones, and against the lesions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.synthetic.planting import Bench, Defect, Planted, changed, shifted

if TYPE_CHECKING:
    import pandas as pd


def _overall(table: pd.DataFrame) -> pd.Series[bool]:
    return table["RSTESTCD"] == "OVRLRESP"


def _relabel(label: str, of: str) -> Defect:
    def plant(bench: Bench) -> Planted:
        rs = bench["rs"]
        row = bench.pick("rs", _overall(rs) & (rs["RSSTRESC"] == of))
        bench.set("rs", row, RSSTRESC=label)
        return bench.planted(bench.spot("rs", row, "RSSTRESC"))

    name = (
        f"response-{label.lower()}" if label.isupper() else f"response-in-lower-case-{of.lower()}"
    )
    return Defect(name, f"{label} where {of} is meant.", plant)


def _against_lesions(bench: Bench) -> Planted:
    """An SD before the best response is called PR: wrong for the lesions, not for the best."""
    rs, adrs = bench["rs"], bench["adrs"]
    best = adrs[(adrs["PARAMCD"] == "CBOR") & adrs["AVALC"].isin(["PR", "CR"])]["USUBJID"]
    first = ~rs["USUBJID"].where(_overall(rs)).duplicated()
    mask = _overall(rs) & first & (rs["RSSTRESC"] == "SD") & rs["USUBJID"].isin(best)
    row = bench.pick("rs", mask)
    bench.set("rs", row, RSSTRESC="PR", RSORRES="PR")
    return bench.planted(bench.spot("rs", row, "RSSTRESC"))


def _nadir_ignored(bench: Bench) -> Planted:
    """A progression from the nadir is called SD because the sum is below the first one."""
    rs, tr = bench["rs"], bench["tr"]
    sums = tr[tr["TRGRPID"] == "TARGET"].groupby(["USUBJID", "VISITNUM"])["TRSTRESN"].sum()
    baseline = sums.xs(1.0, level="VISITNUM")
    wide = rs.pivot_table(
        index=["USUBJID", "VISITNUM"], columns="RSTESTCD", values="RSSTRESC", aggfunc="first"
    )
    new = set(tr.loc[tr["TRGRPID"] == "NEW", "USUBJID"])
    fit = []
    for key in wide.index[wide["TRGRESP"] == "PD"]:
        smaller = sums[key] < baseline[key[0]]
        if smaller and wide.at[key, "NTRGRESP"] != "PD" and key[0] not in new:
            fit.append(key)
    keys = rs.set_index(["USUBJID", "VISITNUM"]).index.isin(fit)
    row = bench.pick("rs", _overall(rs) & keys)
    subject, visit = bench.get("rs", row, "USUBJID"), bench.get("rs", row, "VISITNUM")
    for same in bench.rows("rs", subject, VISITNUM=visit):
        if bench.get("rs", same, "RSTESTCD") != "NTRGRESP":
            bench.set("rs", same, RSSTRESC="SD", RSORRES="SD")
    return bench.planted(bench.spot("rs", row, "RSSTRESC"))


def _two_on_one_day(bench: Bench) -> Planted:
    rs = bench["rs"]
    like = bench.pick("rs", _overall(rs) & (rs["RSSTRESC"] == "SD"))
    number = bench["rs"]["RSSEQ"].max() + 1
    row = bench.add("rs", like, RSSTRESC="PD", RSORRES="PD", RSSEQ=int(number))
    return bench.planted(
        *(
            bench.spot("rs", r, c)
            for r in (like, row)
            for c in (None, "RSSTRESC", "RSDTC", "USUBJID")
        )
    )


def _twice(bench: Bench) -> Planted:
    like = bench.pick("rs", _overall(bench["rs"]))
    row = bench.add("rs", like)
    return bench.planted(
        *(
            bench.spot("rs", r, c)
            for r in (like, row)
            for c in (None, "RSSTRESC", "RSDTC", "USUBJID")
        )
    )


def _moved(bench: Bench, row: int, day: str) -> Planted:
    """All records of the visit of this row moved to a day."""
    subject, visit = bench.get("rs", row, "USUBJID"), bench.get("rs", row, "VISITNUM")
    for table, column in (("rs", "RSDTC"), ("tr", "TRDTC"), ("tu", "TUDTC")):
        for same in bench.rows(table, subject, VISITNUM=visit):
            bench.set(table, same, **{column: day})
    return bench.planted(bench.spot("rs", row, "RSDTC"))


def _last_stable(bench: Bench, subjects: pd.Series[str]) -> int:
    """The last overall response of one of these patients, if it is no progression."""
    rs = bench["rs"]
    last = ~rs["USUBJID"].where(_overall(rs)).duplicated(keep="last")
    good = rs["RSSTRESC"].isin(["SD", "PR", "CR", "NON-CR/NON-PD"])
    return bench.pick("rs", _overall(rs) & last & good & rs["USUBJID"].isin(subjects))


def _after_death(bench: Bench) -> Planted:
    adsl = bench["adsl"]
    row = _last_stable(bench, adsl.loc[adsl["DTHDT"].notna(), "USUBJID"])
    death = bench.get("adsl", bench.patient(bench.get("rs", row, "USUBJID")), "DTHDT")
    return _moved(bench, row, shifted(death, 5))


def _after_cutoff(bench: Bench) -> Planted:
    adsl = bench["adsl"]
    row = _last_stable(bench, adsl.loc[adsl["DTHDT"].isna(), "USUBJID"])
    return _moved(bench, row, "2023-07-20")


def _before_enrolment(bench: Bench) -> Planted:
    """The first of two SD or more, so that the best response stays."""
    rs = bench["rs"]
    first = ~rs["USUBJID"].where(_overall(rs)).duplicated()
    stable = _overall(rs) & (rs["RSSTRESC"] == "SD")
    several = stable.groupby(rs["USUBJID"]).transform("sum") > 1
    row = bench.pick("rs", first & stable & several)
    start = bench.get("adsl", bench.patient(bench.get("rs", row, "USUBJID")), "RANDDT")
    bench.set("rs", row, RSDTC=shifted(start, -40))
    return bench.planted(bench.spot("rs", row, "RSDTC"))


def _visits_swapped(bench: Bench) -> Planted:
    """The dates of two visits in a row are exchanged, in responses and lesions alike."""
    rs = bench["rs"]
    overall = _overall(rs)
    later = rs["USUBJID"].where(overall).duplicated()
    row = bench.pick("rs", overall & later & (rs["RSSTRESC"] == "SD"))
    subject, visit = bench.get("rs", row, "USUBJID"), bench.get("rs", row, "VISITNUM")
    seen = bench.rows("rs", subject, RSTESTCD="OVRLRESP")
    before = seen[seen.index(row) - 1]
    other = bench.get("rs", before, "VISITNUM")
    days = {other: bench.get("rs", row, "RSDTC"), visit: bench.get("rs", before, "RSDTC")}
    for table, column in (("rs", "RSDTC"), ("tr", "TRDTC"), ("tu", "TUDTC")):
        for number, day in days.items():
            for same in bench.rows(table, subject, VISITNUM=number):
                bench.set(table, same, **{column: day})
    return bench.planted(
        *(bench.spot("rs", r, c) for r in (before, row) for c in ("RSDTC", "VISITNUM", "VISIT"))
    )


def _best(
    name: str, what: str, parameter: str, found: str, put: str, *, plain: bool = False
) -> Defect:
    """A recorded best response other than the visits give."""

    def plant(bench: Bench) -> Planted:
        adrs = bench["adrs"]
        mask = (adrs["PARAMCD"] == parameter) & (adrs["AVALC"] == found)
        if parameter == "CBOR":
            seen = adrs[(adrs["PARAMCD"] == "BOR") & (adrs["AVALC"] == put)]["USUBJID"]
            mask &= adrs["USUBJID"].isin(seen)
        row = bench.pick("adrs", mask)
        bench.set("adrs", row, AVALC=put)
        subject = bench.get("adrs", row, "USUBJID")
        spots = [bench.spot("adrs", row, "AVALC")]
        if parameter == "BOR" and not plain:
            patient = bench.patient(subject)
            bench.set("adsl", patient, BOR=put)
            spots.append(bench.spot("adsl", patient, "BOR"))
        return bench.planted(*spots)

    return Defect(name, what, plant)


def _two_best(bench: Bench) -> Planted:
    adrs = bench["adrs"]
    like = bench.pick("adrs", (adrs["PARAMCD"] == "BOR") & (adrs["AVALC"] == "SD"))
    row = bench.add("adrs", like, AVALC="PR")
    return bench.planted(
        *(
            bench.spot("adrs", r, c)
            for r in (like, row)
            for c in (None, "AVALC", "USUBJID", "PARAMCD")
        )
    )


def _no_best(bench: Bench) -> Planted:
    adrs = bench["adrs"]
    row = bench.pick("adrs", (adrs["PARAMCD"] == "BOR") & (adrs["AVALC"] == "SD"))
    subject = bench.get("adrs", row, "USUBJID")
    bench.drop("adrs", row)
    patient = bench.spot("adsl", bench.patient(subject), None)
    other = bench.rows("rs", subject, RSTESTCD="OVRLRESP")
    spots = [patient, bench.spot("adsl", patient.row or 0, "USUBJID")]
    spots += [bench.spot("adsl", patient.row or 0, "BOR")]
    return bench.planted(*spots, *(bench.spot("rs", r, "RSSTRESC") for r in other))


def _best_of_another_day(bench: Bench) -> Planted:
    adrs = bench["adrs"]
    row = bench.pick("adrs", (adrs["PARAMCD"] == "BOR") & (adrs["AVALC"] == "PR"))
    bench.set("adrs", row, ADT=shifted(bench.get("adrs", row, "ADT"), 11))
    return bench.planted(bench.spot("adrs", row, "ADT"))


RESPONSE_DEFECTS = (
    _relabel("OCR", "CR"),
    _relabel("PRR", "PR"),
    _relabel("DRR", "SD"),
    _relabel("pd", "PD"),
    Defect(
        "response-missing",
        "An overall response without a value.",
        changed("rs", "RSSTRESC", None, lambda t: _overall(t) & (t["RSSTRESC"] == "SD")),
    ),
    Defect("response-against-lesions", "PR recorded, the lesions say SD.", _against_lesions),
    Defect("nadir-ignored", "Growth from the nadir judged from baseline.", _nadir_ignored),
    Defect("two-responses-on-one-day", "SD and PD at one visit.", _two_on_one_day),
    Defect("duplicated-response-row", "A response stands twice.", _twice),
    Defect("assessment-after-death", "An assessment after death.", _after_death),
    Defect("assessment-after-cutoff", "An assessment after the cut-off.", _after_cutoff),
    Defect("assessment-before-enrolment", "A response before enrolment.", _before_enrolment),
    Defect("visits-out-of-order", "A later visit on an earlier day.", _visits_swapped),
    _best("best-response-too-good", "PR recorded, the visits say SD.", "BOR", "SD", "PR"),
    _best("best-response-too-bad", "SD recorded, the visits say PR.", "BOR", "PR", "SD"),
    _best("unconfirmed-response", "PR recorded as confirmed, never confirmed.", "CBOR", "SD", "PR"),
    _best("best-response-prr", "PRR where PR is meant.", "BOR", "PR", "PRR", plain=True),
    Defect("two-best-responses", "Two best responses of one patient.", _two_best),
    Defect("best-response-missing", "A patient without best response.", _no_best),
    Defect(
        "best-response-of-another-day", "No such response on that day.", _best_of_another_day, ()
    ),
)

"""Defects of lesions: sizes, units, identification, RECIST 1.1's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.synthetic.planting import Bench, Defect, Planted, changed, shifted

if TYPE_CHECKING:
    import pandas as pd


def _target(table: pd.DataFrame) -> pd.Series[bool]:
    return (table["TRGRPID"] == "TARGET") & (table["TRSTRESN"] > 10)


def _baseline(table: pd.DataFrame) -> pd.Series[bool]:
    return table["VISITNUM"] == 1


def _size(value: Any) -> Any:
    """A defect that puts a size into all three columns of results."""

    def plant(bench: Bench) -> Planted:
        tr = bench["tr"]
        row = bench.pick("tr", _target(tr) & ~_baseline(tr) & (tr["TRORRESU"] == "mm"))
        size = value(float(bench.get("tr", row, "TRSTRESN")))
        text = f"{size:g}"
        bench.set("tr", row, TRSTRESN=size, TRSTRESC=text, TRORRES=text)
        return bench.planted(bench.spot("tr", row, "TRSTRESN"))

    return plant


def _centimetres(bench: Bench) -> Planted:
    """The standard result is left in cm, its unit says mm."""
    tr = bench["tr"]
    row = bench.pick("tr", _target(tr) & (tr["TRORRESU"] == "cm"))
    size = float(bench.get("tr", row, "TRSTRESN")) / 10
    bench.set("tr", row, TRSTRESN=size, TRSTRESC=f"{size:g}")
    return bench.planted(bench.spot("tr", row, "TRSTRESN"))


def _six_targets(bench: Bench) -> Planted:
    """A sixth target, and of the sixth no later measurement."""
    tr = bench["tr"]
    fifth = tr.loc[(tr["TRLNKID"] == "T05") & _baseline(tr), "USUBJID"]
    like = bench.pick("tr", (tr["TRLNKID"] == "T05") & _baseline(tr))
    subject = bench.get("tr", like, "USUBJID")
    assert subject in set(fifth)  # noqa: S101
    spots = []
    number = int(tr["TRSEQ"].max())
    for place, row in enumerate(bench.rows("tr", subject, TRLNKID="T05"), 1):
        new = bench.add("tr", row, TRLNKID="T06", TRSEQ=number + place)
        if bench.get("tr", row, "VISITNUM") == 1:
            spots += [
                bench.spot("tr", r, c) for r in (row, new) for c in (None, "TRLNKID", "TRGRPID")
            ]
    seen = bench.rows("tu", subject, TULNKID="T05")[0]
    number = int(bench["tu"]["TUSEQ"].max()) + 1
    new = bench.add("tu", seen, TULNKID="T06", TUSEQ=number, TULOC="KIDNEY")
    spots += [bench.spot("tu", new, c) for c in (None, "TULNKID", "TUSTRESC")]
    return bench.planted(*spots, bench.spot("tr", like, None))


def _three_in_an_organ(bench: Bench) -> Planted:
    tu = bench["tu"]
    three = tu.loc[(tu["TULNKID"] == "T03") & (tu["TULOC"] != "LYMPH NODE"), "USUBJID"]
    nodes = set(tu.loc[(tu["TULOC"] == "LYMPH NODE") & (tu["TUSTRESC"] == "TARGET"), "USUBJID"])
    fit = [subject for subject in three if subject not in nodes]
    row = bench.pick("tu", (tu["TULNKID"] == "T01") & tu["USUBJID"].isin(fit))
    subject = bench.get("tu", row, "USUBJID")
    targets = bench.rows("tu", subject, TUSTRESC="TARGET")
    for same in targets[:3]:
        bench.set("tu", same, TULOC="KIDNEY")
    return bench.planted(
        *(bench.spot("tu", r, c) for r in targets[:3] for c in ("TULOC", "TULNKID"))
    )


def _too_small(node: bool, size: int) -> Any:
    """A baseline target below the least size."""

    def plant(bench: Bench) -> Planted:
        tr = bench["tr"]
        code = "LPERP" if node else "LDIAM"
        mask = _target(tr) & _baseline(tr) & (tr["TRTESTCD"] == code) & (tr["TRORRESU"] == "mm")
        row = bench.pick("tr", mask)
        text = str(size)
        bench.set("tr", row, TRSTRESN=float(size), TRSTRESC=text, TRORRES=text)
        return bench.planted(bench.spot("tr", row, "TRSTRESN"))

    return plant


def _measured_twice(bench: Bench) -> Planted:
    tr = bench["tr"]
    like = bench.pick("tr", _target(tr) & ~_baseline(tr))
    size = float(bench.get("tr", like, "TRSTRESN")) + 2
    number = int(tr["TRSEQ"].max()) + 1
    row = bench.add("tr", like, TRSTRESN=size, TRSTRESC=f"{size:g}", TRSEQ=number)
    spots = [
        bench.spot("tr", r, c)
        for r in (like, row)
        for c in (None, "TRLNKID", "TRSTRESN", "USUBJID")
    ]
    return bench.planted(*spots)


def _not_identified(bench: Bench) -> Planted:
    tu = bench["tu"]
    row = bench.pick("tu", tu["TUSTRESC"] == "NON-TARGET")
    subject, link = bench.get("tu", row, "USUBJID"), bench.get("tu", row, "TULNKID")
    bench.drop("tu", row)
    return bench.planted(
        *(bench.spot("tr", r, "TRLNKID") for r in bench.rows("tr", subject, TRLNKID=link))
    )


def _other_group(bench: Bench) -> Planted:
    tu = bench["tu"]
    row = bench.pick("tu", tu["TUSTRESC"] == "TARGET")
    bench.set("tu", row, TUSTRESC="NON-TARGET", TUORRES="NON-TARGET")
    subject, link = bench.get("tu", row, "USUBJID"), bench.get("tu", row, "TULNKID")
    lesions = bench.rows("tr", subject, TRLNKID=link)
    return bench.planted(
        bench.spot("tu", row, "TUSTRESC"), *(bench.spot("tr", r, "TRGRPID") for r in lesions)
    )


def _late_target(bench: Bench) -> Planted:
    """A new lesion is called a target."""
    tr = bench["tr"]
    row = bench.pick("tr", tr["TRGRPID"] == "NEW")
    subject, link = bench.get("tr", row, "USUBJID"), bench.get("tr", row, "TRLNKID")
    bench.set(
        "tr",
        row,
        TRGRPID="TARGET",
        TRTESTCD="LDIAM",
        TRTEST="Longest Diameter",
        TRORRES="14",
        TRORRESU="mm",
    )
    bench.set("tr", row, TRSTRESC="14", TRSTRESN=14.0, TRSTRESU="mm")
    seen = bench.rows("tu", subject, TULNKID=link)[0]
    bench.set("tu", seen, TUSTRESC="TARGET", TUORRES="TARGET")
    return bench.planted(
        *(bench.spot("tr", row, c) for c in ("TRGRPID", "TRLNKID", "VISITNUM", "TRDTC")),
        *(bench.spot("tu", seen, c) for c in ("TUSTRESC", "TULNKID", "VISITNUM", "TUDTC")),
    )


def _other_day(bench: Bench) -> Planted:
    """The lesions of a visit carry another day than its response, a week off."""
    rs = bench["rs"]
    row = bench.pick("rs", (rs["RSTESTCD"] == "OVRLRESP") & (rs["RSSTRESC"] == "SD"))
    subject, visit = bench.get("rs", row, "USUBJID"), bench.get("rs", row, "VISITNUM")
    lesions = bench.rows("tr", subject, VISITNUM=visit)
    for lesion in lesions:
        bench.set("tr", lesion, TRDTC=shifted(bench.get("rs", row, "RSDTC"), -21))
    return bench.planted(
        bench.spot("rs", row, "RSDTC"), *(bench.spot("tr", r, "TRDTC") for r in lesions)
    )


LESION_DEFECTS = (
    Defect("size-in-centimetres", "A size in cm in a column of mm.", _centimetres),
    Defect(
        "unit-of-centimetres",
        "A standard result whose unit is not mm.",
        changed("tr", "TRSTRESU", "cm", lambda t: _target(t) & (t["TRORRESU"] == "mm")),
    ),
    Defect("negative-size", "A size below 0.", _size(lambda size: -size)),
    Defect("size-of-900", "A size that no lesion has.", _size(lambda _: 900.0)),
    Defect(
        "size-not-as-collected",
        "Standard and collected result differ, digits transposed.",
        changed(
            "tr",
            "TRORRES",
            lambda text: str(int(text) + 27),
            lambda t: _target(t) & (t["TRORRESU"] == "mm"),
        ),
    ),
    Defect("six-targets", "Six target lesions; five is the most.", _six_targets),
    Defect("three-targets-in-an-organ", "Three targets in an organ.", _three_in_an_organ),
    Defect("target-too-small", "A target of 6 mm at baseline.", _too_small(False, 6)),
    Defect("node-too-small", "A target node of 11 mm at baseline.", _too_small(True, 11)),
    Defect("lesion-measured-twice", "Two sizes of a lesion at one visit.", _measured_twice),
    Defect("lesion-not-identified", "Measured, but never identified.", _not_identified),
    Defect("lesion-of-two-groups", "Target here, non-target there.", _other_group),
    Defect("target-after-baseline", "A target that appears later.", _late_target),
    Defect(
        "lesion-group-label",
        "A group that is none.",
        changed("tr", "TRGRPID", "TARGT", lambda t: (t["TRGRPID"] == "TARGET") & ~_baseline(t)),
    ),
    Defect(
        "lesion-state-label",
        "A state that is none.",
        changed("tr", "TRSTRESC", "PRESNT", lambda t: t["TRSTRESC"] == "PRESENT"),
    ),
    Defect(
        "lesions-of-another-day", "Lesions and response of a visit on two days.", _other_day, ()
    ),
)

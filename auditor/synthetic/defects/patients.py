"""Defects of the patients table: identity, arm, values, flags."""

from __future__ import annotations

from auditor.synthetic.planting import (
    Bench,
    Defect,
    Planted,
    Spot,
    changed,
    copied,
    shifted,
    stranger,
)


def _duplicate(bench: Bench) -> Planted:
    """The second record of the subject has no height, so that the rows are not the same."""
    like = bench.pick("adsl", bench["adsl"]["HEIGHTBL"].notna())
    row = bench.add("adsl", like, HEIGHTBL=None, BMIBL=None)
    return bench.planted(*(bench.spot("adsl", r, "USUBJID") for r in (like, row)))


def _lower_case(bench: Bench) -> Planted:
    like = bench.pick("adae", bench["adae"]["USUBJID"].notna())
    row = bench.add("adae", like, USUBJID=str(bench.get("adae", like, "USUBJID")).lower())
    return bench.planted(bench.spot("adae", row, "USUBJID"))


def _other_arm(bench: Bench) -> Planted:
    row = bench.pick("adtte", bench["adtte"]["PARAMCD"] == "OS")
    arm = bench.get("adtte", row, "TRT01P")
    other = next(a for a in sorted(set(bench["adsl"]["TRT01P"])) if a != arm)
    bench.set("adtte", row, TRT01P=other)
    patient = bench.patient(bench.get("adtte", row, "USUBJID"))
    return bench.planted(bench.spot("adtte", row, "TRT01P"), bench.spot("adsl", patient, "TRT01P"))


def _missing_in_one_arm(bench: Bench) -> Planted:
    """Height (and BMI) are unknown in every other patient of one arm alone."""
    adsl = bench["adsl"]
    arm = min(adsl["TRT01P"])
    for place, row in enumerate(adsl.index[adsl["TRT01P"] == arm]):
        if place % 2:
            bench.set("adsl", int(row), HEIGHTBL=None, BMIBL=None)
    return bench.planted(Spot("adsl", None, "HEIGHTBL", None), Spot("adsl", None, "BMIBL", None))


def _consent_before_birth(bench: Bench) -> Planted:
    row = bench.pick("adsl", bench["adsl"]["BRTHDT"].notna())
    bench.set("adsl", row, BRTHDT=shifted(bench.get("adsl", row, "RFICDT"), 30))
    return bench.planted(*(bench.spot("adsl", row, c) for c in ("BRTHDT", "RFICDT")))


def _consent_after_dose(bench: Bench) -> Planted:
    row = bench.pick("adsl", bench["adsl"]["TRTSDT"].notna())
    bench.set("adsl", row, RFICDT=shifted(bench.get("adsl", row, "TRTSDT"), 3))
    return bench.planted(*(bench.spot("adsl", row, c) for c in ("RFICDT", "TRTSDT", "RANDDT")))


def _last_dose_first(bench: Bench) -> Planted:
    row = bench.pick("adsl", bench["adsl"]["TRTSDT"].notna())
    bench.set("adsl", row, TRTEDT=shifted(bench.get("adsl", row, "TRTSDT"), -6))
    return bench.planted(*(bench.spot("adsl", row, c) for c in ("TRTEDT", "TRTSDT")))


def _alive_after_death(bench: Bench) -> Planted:
    row = bench.pick("adsl", bench["adsl"]["DTHDT"].notna())
    bench.set("adsl", row, LSTALVDT=shifted(bench.get("adsl", row, "DTHDT"), 9))
    return bench.planted(*(bench.spot("adsl", row, c) for c in ("LSTALVDT", "DTHDT")))


def _height_in_metres(bench: Bench) -> Planted:
    row = bench.pick("adsl", bench["adsl"]["HEIGHTBL"].notna())
    bench.set("adsl", row, HEIGHTBL=round(float(bench.get("adsl", row, "HEIGHTBL")) / 100, 2))
    return bench.planted(bench.spot("adsl", row, "HEIGHTBL"))


PATIENT_DEFECTS = (
    Defect("duplicate-subject", "A subject has two records of unlike content.", _duplicate),
    Defect("duplicated-patient-row", "A record stands twice, word for word.", copied("adsl")),
    Defect("unknown-subject-in-responses", "A response of nobody known.", stranger("rs")),
    Defect("unknown-subject-in-lesions", "A lesion of nobody known.", stranger("tr")),
    Defect("unknown-subject-in-times", "A time of nobody known.", stranger("adtte")),
    Defect("unknown-subject-in-events", "An adverse event of nobody known.", stranger("adae")),
    Defect("unknown-subject-in-exposure", "A dose of nobody known.", stranger("ex")),
    Defect("subject-in-lower-case", "A subject spelt in lower case elsewhere.", _lower_case),
    Defect(
        "row-without-subject",
        "An adverse event of nobody.",
        changed("adae", "USUBJID", None, lambda t: t["AETOXGR"] < 3),
    ),
    Defect(
        "missing-arm",
        "A patient has no planned arm.",
        changed("adsl", "TRT01P", None, lambda t: t["TRT01P"].notna()),
    ),
    Defect(
        "misspelt-arm",
        "An arm that is not among the declared ones, by a slip.",
        changed("adsl", "TRT01P", "Experimantal", lambda t: t["TRT01P"] == "Experimental"),
    ),
    Defect("other-arm-elsewhere", "Two tables give a patient different arms.", _other_arm),
    Defect(
        "ecog-7",
        "ECOG 7; the scale ends at 5.",
        changed("adsl", "ECOGBL", 7, lambda t: t["ECOGBL"] < 3),
    ),
    Defect(
        "ecog-1.5",
        "ECOG between two grades.",
        changed("adsl", "ECOGBL", 1.5, lambda t: t["ECOGBL"] < 3),
    ),
    Defect(
        "negative-age",
        "An age below 0.",
        changed("adsl", "AGE", lambda a: -a, lambda t: t["AGE"] > 0),
    ),
    Defect(
        "age-of-156",
        "An age nobody has reached.",
        changed("adsl", "AGE", 156, lambda t: t["AGE"] > 0),
    ),
    Defect(
        "age-off-by-ten",
        "Age and date of birth disagree.",
        changed("adsl", "AGE", lambda a: a + 10, lambda t: t["AGE"] < 75),
    ),
    Defect(
        "sex-label",
        "A sex that is no code.",
        changed("adsl", "SEX", "Femal", lambda t: t["SEX"] == "F"),
    ),
    Defect("height-in-metres", "A height in m in a column of cm.", _height_in_metres),
    Defect(
        "weight-in-grams",
        "A weight in g in a column of kg.",
        changed("adsl", "WEIGHTBL", lambda w: w * 1000, lambda t: t["WEIGHTBL"].notna()),
    ),
    Defect(
        "bmi-not-of-height-and-weight",
        "A BMI that is not weight over height squared.",
        changed("adsl", "BMIBL", lambda b: round(b + 6, 1), lambda t: t["BMIBL"] < 30),
    ),
    Defect(
        "missing-in-one-arm", "Heights are missing in half of one arm.", _missing_in_one_arm, ()
    ),
    Defect("consent-before-birth", "Consent before birth.", _consent_before_birth),
    Defect("consent-after-first-dose", "First dose before consent.", _consent_after_dose),
    Defect("last-dose-before-first", "Last dose before the first.", _last_dose_first),
    Defect(
        "death-flag-without-date",
        "Dead by flag, without a date.",
        changed("adsl", "DTHDT", None, lambda t: t["DTHDT"].notna()),
    ),
    Defect(
        "death-date-without-flag",
        "A date of death, alive by flag.",
        changed("adsl", "DTHFL", "N", lambda t: t["DTHFL"] == "Y"),
    ),
    Defect(
        "flag-label",
        "A flag that is neither Y nor N.",
        changed("adsl", "ITTFL", "J", lambda t: t["ITTFL"] == "Y"),
    ),
    Defect("alive-after-death", "Last known alive after death.", _alive_after_death),
    Defect(
        "impossible-day",
        "30 February.",
        changed("adsl", "RFICDT", "2021-02-30", lambda t: t["RFICDT"].notna()),
    ),
    Defect(
        "unreadable-date",
        "A word where a date belongs.",
        changed("adsl", "BRTHDT", "unknown", lambda t: t["BRTHDT"].notna()),
    ),
    Defect(
        "consent-after-cutoff",
        "Consent after the data cut-off.",
        changed("adsl", "RFICDT", "2024-01-09", lambda t: t["RFICDT"].notna()),
    ),
    Defect(
        "best-response-differs",
        "Best response of the patients table and of the responses differ.",
        changed("adsl", "BOR", "SD", lambda t: t["BOR"] == "PD"),
    ),
)

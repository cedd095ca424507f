"""Invented patients written into tables under their ADaM and SDTM names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.synthetic.patient import Patient
from auditor.synthetic.recist import best_response

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
ASSESSOR = "INVESTIGATOR"
CENTIMETRES = "S03"  # this site measures in cm; the standard results are in mm all the same


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def flag(yes: bool) -> str:
    return "Y" if yes else "N"


def adsl(patient: Patient, study: str, cutoff: date) -> Iterator[Row]:
    """The patient, one row."""
    height, weight = patient.height, patient.weight
    best, _ = best_response(patient.assessments, patient.randomised)
    ended = patient.death or (patient.last_alive if patient.status == "DISCONTINUED" else None)
    yield {
        "STUDYID": study,
        "USUBJID": patient.subject,
        "SITEID": patient.site,
        "TRT01P": patient.arm,
        "TRT01A": patient.arm if patient.first_dose else None,
        "AGE": patient.age,
        "SEX": patient.sex,
        "ECOGBL": patient.ecog,
        "HEIGHTBL": height,
        "WEIGHTBL": weight,
        "BMIBL": round(weight / (height / 100) ** 2, 1) if height and weight else None,
        "BRTHDT": iso(patient.birth),
        "RFICDT": iso(patient.consent),
        "RANDDT": iso(patient.randomised),
        "TRTSDT": iso(patient.first_dose),
        "TRTEDT": iso(patient.last_dose),
        "NEWTRTDT": iso(patient.new_therapy),
        "DTHDT": iso(patient.death),
        "DTHFL": flag(patient.death is not None),
        "LSTALVDT": iso(patient.last_alive),
        "EOSDT": iso(ended),
        "EOSSTT": patient.status,
        "DCUTDT": iso(cutoff),
        "BOR": best,
        "ITTFL": "Y",
        "SAFFL": flag(patient.first_dose is not None),
        "EVALFL": flag(bool(patient.assessments)),
        **patient.more,
    }


def rs(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Responses at visits: of targets, of non-targets, and overall."""
    number = 0
    for visit in patient.assessments:
        for code, name, value in (
            ("TRGRESP", "Target Response", visit.target),
            ("NTRGRESP", "Non-target Response", visit.nontarget),
            ("OVRLRESP", "Overall Response", visit.overall),
        ):
            if not value:
                continue
            number += 1
            yield {
                "STUDYID": study,
                "USUBJID": patient.subject,
                "RSSEQ": number,
                "RSTESTCD": code,
                "RSTEST": name,
                "RSCAT": "RECIST 1.1",
                "RSORRES": value,
                "RSSTRESC": value,
                "RSEVAL": ASSESSOR,
                "VISITNUM": visit.number,
                "VISIT": visit.name,
                "RSDTC": iso(visit.day),
            }


def adrs(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Best overall response, as seen and confirmed."""
    for code, name, confirmed in (
        ("BOR", "Best Overall Response", False),
        ("CBOR", "Confirmed Best Overall Response", True),
    ):
        label, day = best_response(patient.assessments, patient.randomised, confirmed=confirmed)
        yield {
            "STUDYID": study,
            "USUBJID": patient.subject,
            "TRT01P": patient.arm,
            "PARAMCD": code,
            "PARAM": name,
            "AVALC": label,
            "ADT": iso(day),
        }


def tr(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Lesions at each visit: long diameter, of nodes the short axis, of others the state."""
    number = 0
    for visit in patient.visits:
        for reading in visit.readings:
            number += 1
            lesion, size = reading.lesion, reading.size
            if lesion.group == "TARGET":
                code, name = (
                    ("LPERP", "Longest Perpendicular")
                    if lesion.node
                    else ("LDIAM", "Longest Diameter")
                )
            else:
                code, name = "TUMSTATE", "Tumor State"
            tenths = patient.site == CENTIMETRES
            collected = None if size is None else f"{size / 10:.1f}" if tenths else str(size)
            measured = size is not None
            yield {
                "STUDYID": study,
                "USUBJID": patient.subject,
                "TRSEQ": number,
                "TRGRPID": lesion.group,
                "TRLNKID": lesion.link,
                "TRTESTCD": code,
                "TRTEST": name,
                "TRORRES": collected or reading.state,
                "TRORRESU": ("cm" if tenths else "mm") if measured else None,
                "TRSTRESC": str(size) if measured else reading.state,
                "TRSTRESN": size,
                "TRSTRESU": "mm" if measured else None,
                "TRSTAT": None if measured or reading.state else "NOT DONE",
                "TREVAL": ASSESSOR,
                "VISITNUM": visit.number,
                "VISIT": visit.name,
                "TRDTC": iso(visit.day),
            }


def tu(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Each lesion once, at the visit where it was first seen."""
    number = 0
    seen: set[str] = set()
    for visit in patient.visits:
        for lesion in (reading.lesion for reading in visit.readings):
            if lesion.link in seen:
                continue
            seen.add(lesion.link)
            number += 1
            yield {
                "STUDYID": study,
                "USUBJID": patient.subject,
                "TUSEQ": number,
                "TULNKID": lesion.link,
                "TUTESTCD": "TUMIDENT",
                "TUTEST": "Tumor Identification",
                "TUORRES": lesion.group,
                "TUSTRESC": lesion.group,
                "TULOC": lesion.organ,
                "TUMETHOD": lesion.method,
                "TUEVAL": ASSESSOR,
                "VISITNUM": visit.number,
                "VISIT": visit.name,
                "TUDTC": iso(visit.day),
            }


def adtte(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Overall and progression-free survival in days, the first day counted as 1.

    OS is censored when last known alive, PFS at the last assessment (at randomisation if there
    is none).
    """
    progressed = patient.progression
    last = patient.assessments[-1].day if patient.assessments else patient.randomised
    found = (
        ("OS", "Overall Survival", patient.death, "Death", patient.last_alive, "Last known alive"),
        (
            "PFS",
            "Progression-Free Survival",
            progressed or patient.death,
            "Progressive disease" if progressed else "Death",
            last,
            "Last tumour assessment" if patient.assessments else "Randomisation",
        ),
    )
    for code, name, event, what, censored, why in found:
        day = event or censored
        yield {
            "STUDYID": study,
            "USUBJID": patient.subject,
            "TRT01P": patient.arm,
            "PARAMCD": code,
            "PARAM": name,
            "AVAL": (day - patient.randomised).days + 1,
            "AVALU": "DAYS",
            "CNSR": 0 if event else 1,
            "STARTDT": iso(patient.randomised),
            "ADT": iso(day),
            "EVNTDESC": what if event else None,
            "CNSDTDSC": None if event else why,
        }


def adae(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Adverse events."""
    for number, event in enumerate(patient.events, 1):
        yield {
            "STUDYID": study,
            "USUBJID": patient.subject,
            "AESEQ": number,
            "AETERM": event.term,
            "AEDECOD": event.term,
            "AEBODSYS": event.system,
            "AETOXGR": event.grade,
            "AESER": flag(event.grade >= 4),
            "AESDTH": flag(event.grade == 5),
            "AEREL": "RELATED" if event.related else "NOT RELATED",
            "AEOUT": event.outcome,
            "TRTEMFL": "Y",
            "AESTDTC": event.start,
            "AEENDTC": event.end or None,
        }


def adcm(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Lines of anticancer treatment, one row a drug."""
    number = 0
    for line in patient.lines:
        for treatment in line.treatments:
            number += 1
            yield {
                "STUDYID": study,
                "USUBJID": patient.subject,
                "CMSEQ": number,
                "LINE": line.number,
                "CMDECOD": treatment,
                "CMCAT": line.category,
                "CMSTDTC": line.start,
                "CMENDTC": line.end or None,
            }


def ex(patient: Patient, study: str, _cutoff: date) -> Iterator[Row]:
    """Periods of exposure."""
    for number, dose in enumerate(patient.doses, 1):
        yield {
            "STUDYID": study,
            "USUBJID": patient.subject,
            "EXSEQ": number,
            "EXTRT": dose.treatment,
            "EXDOSE": dose.amount,
            "EXDOSU": dose.unit,
            "VISITNUM": dose.number,
            "VISIT": dose.visit,
            "EXSTDTC": iso(dose.start),
            "EXENDTC": iso(dose.end),
        }


WRITERS: dict[str, Callable[[Patient, str, date], Iterator[Row]]] = {
    "adsl": adsl,
    "rs": rs,
    "adrs": adrs,
    "tr": tr,
    "tu": tu,
    "adtte": adtte,
    "adae": adae,
    "adcm": adcm,
    "ex": ex,
}
# Columns of whole numbers in which some are missing stay floats, as a CSV reader gives them.


def frames(patients: Sequence[Patient], study: str, cutoff: date) -> dict[str, pd.DataFrame]:
    """The tables by name, rows in the order of the patients; dates are ISO 8601 text."""
    import pandas as pd

    return {
        name: pd.DataFrame([row for patient in patients for row in write(patient, study, cutoff)])
        for name, write in WRITERS.items()
    }

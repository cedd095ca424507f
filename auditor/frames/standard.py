"""The standard tables of a cohort and their columns, under the names that ADaM has for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. FLAG is Y or N (or missing)."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class StandardColumn:
    """A column of a standard table; ``names`` are other standard names under which it comes."""

    name: str
    kind: Kind
    title: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardTable:
    """A standard table.

    Attributes:
        name: as models, suites and the study file call it.
        title: as messages call it.
        domains: names of delivered tables that hold it, the preferred one first.
        columns: those that are known; a cohort may have fewer.
        required: without these a delivered table is not taken for this one.
        key: what identifies a row.
        only: values of PARAMCD to which it is confined, where a delivered table holds several
            standard ones; empty for all.
    """

    name: str
    title: str
    domains: tuple[str, ...]
    columns: tuple[StandardColumn, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    only: tuple[str, ...] = ()

    def column(self, name: str) -> StandardColumn:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def _text(name: str, title: str, *names: str) -> StandardColumn:
    return StandardColumn(name, Kind.TEXT, title, names)


def _number(name: str, title: str, *names: str) -> StandardColumn:
    return StandardColumn(name, Kind.NUMBER, title, names)


def _date(name: str, title: str, *names: str) -> StandardColumn:
    return StandardColumn(name, Kind.DATE, title, names)


def _flag(name: str, title: str, *names: str) -> StandardColumn:
    return StandardColumn(name, Kind.FLAG, title, names)


_SUBJECT = _text("USUBJID", "Unique subject identifier", "SUBJID", "SUBJECT", "PATIENTID")
_VISIT = (_text("VISIT", "Visit", "AVISIT"), _number("VISITNUM", "Visit number", "AVISITN"))
_READER = (
    _text("EVAL", "Evaluator", "RSEVAL", "TREVAL", "TUEVAL"),
    _text("EVALID", "Identifier of the evaluator", "RSEVALID", "TREVALID", "TUEVALID"),
    _flag("ACPTFL", "Accepted record", "RSACPTFL", "TRACPTFL", "TUACPTFL"),
)

OVERALL = ("OVR", "OVRLRESP")
BEST = ("BOR", "CBOR", "BESTRESP")

PATIENTS = StandardTable(
    name="patients",
    title="patients (ADSL)",
    domains=("adsl", "dm", "patients", "subjects"),
    columns=(
        _text("STUDYID", "Study"),
        _SUBJECT,
        _text("SITEID", "Site"),
        _text("TRT01P", "Planned arm", "ARM", "TRTP", "TRT01"),
        _text("TRT01A", "Actual arm", "ACTARM", "TRTA"),
        _number("AGE", "Age in years"),
        _text("SEX", "Sex"),
        _number("ECOG", "ECOG performance status at baseline", "ECOGBL", "BECOG", "ECOGPS"),
        _number("HEIGHT", "Height in cm", "HEIGHTBL"),
        _number("WEIGHT", "Weight in kg", "WEIGHTBL"),
        _number("BMI", "Body mass index in kg/m2", "BMIBL"),
        _date("BRTHDT", "Date of birth", "BRTHDTC", "BIRTHDT"),
        _date("RFICDT", "Date of informed consent", "RFICDTC", "ICDT", "CONSDT"),
        _date("RANDDT", "Date of randomisation or enrolment", "RANDDTC", "ENRLDT"),
        _date("TRTSDT", "Date of first dose", "RFXSTDTC", "RFSTDTC", "TRTSDTM"),
        _date("TRTEDT", "Date of last dose", "RFXENDTC", "RFENDTC", "TRTEDTM"),
        _date("NEWTRTDT", "Date of new anticancer therapy", "NACTDT", "NEWTXDT"),
        _date("DTHDT", "Date of death", "DTHDTC"),
        _flag("DTHFL", "Death"),
        _date("LSTALVDT", "Date last known alive", "LSTALVDTC", "LSALVDT"),
        _date("EOSDT", "Date of end of study", "EOSDTC"),
        _text("EOSSTT", "Status at end of study"),
        _date("DCUTDT", "Data cut-off", "CUTOFFDT"),
        _text("BOR", "Best overall response", "BESTRESP"),
        _flag("ITTFL", "Intention-to-treat population"),
        _flag("SAFFL", "Safety population"),
        _flag("EVALFL", "Evaluable for response", "EFFFL", "RESPFL"),
    ),
    required=("USUBJID",),
    key=("USUBJID",),
)

RESPONSES = StandardTable(
    name="responses",
    title="responses at visits (ADRS, RS)",
    domains=("adrs", "rs", "responses"),
    columns=(
        _SUBJECT,
        _text("PARAMCD", "Parameter", "RSTESTCD"),
        _text("AVALC", "Response", "RSSTRESC", "RSORRES"),
        _date("ADT", "Date of assessment", "RSDTC"),
        *_VISIT,
        _number("SEQ", "Sequence number", "RSSEQ", "ASEQ"),
        _text("CAT", "Response criteria", "RSCAT"),
        _text("SCAT", "Part of the response criteria", "RSSCAT"),
        *_READER,
    ),
    required=("USUBJID", "AVALC"),
    key=("USUBJID", "ADT", "EVAL", "EVALID", "SEQ"),
    only=OVERALL,
)

BEST_RESPONSES = StandardTable(
    name="best_responses",
    title="best overall responses (ADRS)",
    domains=("adrs", "rs", "best_responses"),
    columns=(
        _SUBJECT,
        _text("PARAMCD", "Parameter", "RSTESTCD"),
        _text("AVALC", "Best overall response", "RSSTRESC", "RSORRES"),
        _date("ADT", "Date of best response", "RSDTC"),
        _text("CAT", "Response criteria", "RSCAT"),
        *_READER[:2],
    ),
    required=("USUBJID", "PARAMCD", "AVALC"),
    key=("USUBJID", "PARAMCD", "EVAL", "EVALID"),
    only=BEST,
)

LESIONS = StandardTable(
    name="lesions",
    title="lesion results (ADTR, TR)",
    domains=("adtr", "tr", "lesions"),
    columns=(
        _SUBJECT,
        _text("LNKID", "Lesion", "TRLNKID", "LESIONID"),
        _text("GRPID", "Target, non-target or new", "TRGRPID", "TRGRP"),
        _text("TESTCD", "Test", "TRTESTCD", "PARAMCD"),
        _number("AVAL", "Numeric result", "TRSTRESN"),
        _text("AVALC", "Result", "TRSTRESC"),
        _text("UNIT", "Unit", "TRSTRESU", "AVALU"),
        _text("ORRES", "Result as collected", "TRORRES"),
        _text("ORRESU", "Unit as collected", "TRORRESU"),
        _text("STAT", "Completion status", "TRSTAT"),
        _text("LOC", "Location", "TRLOC", "TULOC"),
        _date("ADT", "Date of assessment", "TRDTC"),
        *_VISIT,
        _number("SEQ", "Sequence number", "TRSEQ"),
        *_READER,
    ),
    required=("USUBJID", "LNKID"),
    key=("USUBJID", "LNKID", "TESTCD", "VISITNUM", "EVAL", "EVALID"),
)

TUMOURS = StandardTable(
    name="tumours",
    title="tumour identification (TU)",
    domains=("tu", "tumours", "tumors"),
    columns=(
        _SUBJECT,
        _text("LNKID", "Lesion", "TULNKID", "LESIONID"),
        _text("TESTCD", "Test", "TUTESTCD"),
        _text("AVALC", "Target, non-target or new", "TUSTRESC", "TUORRES"),
        _text("LOC", "Location", "TULOC"),
        _text("METHOD", "Method", "TUMETHOD"),
        _date("ADT", "Date of identification", "TUDTC"),
        *_VISIT,
        _number("SEQ", "Sequence number", "TUSEQ"),
        *_READER,
    ),
    required=("USUBJID", "LNKID"),
    key=("USUBJID", "LNKID", "TESTCD", "VISITNUM", "EVAL", "EVALID"),
)

TIMES = StandardTable(
    name="times",
    title="times to events (ADTTE)",
    domains=("adtte", "times", "tte"),
    columns=(
        _SUBJECT,
        _text("PARAMCD", "Parameter"),
        _number("AVAL", "Time"),
        _text("AVALU", "Unit of the time"),
        _number("CNSR", "Censoring: 0 for an event"),
        _date("STARTDT", "Start of the time at risk"),
        _date("ADT", "Date of event or censoring"),
        _text("EVNTDESC", "Event"),
        _text("CNSDTDSC", "Reason of censoring"),
        _text("TRT01P", "Planned arm", "TRTP", "ARM"),
    ),
    required=("USUBJID", "PARAMCD"),
    key=("USUBJID", "PARAMCD"),
)

ADVERSE_EVENTS = StandardTable(
    name="adverse_events",
    title="adverse events (ADAE, AE)",
    domains=("adae", "ae", "adverse_events"),
    columns=(
        _SUBJECT,
        _number("SEQ", "Sequence number", "AESEQ", "ASEQ"),
        _text("TERM", "Reported term", "AETERM"),
        _text("DECOD", "Preferred term", "AEDECOD"),
        _text("BODSYS", "System organ class", "AEBODSYS", "AESOC"),
        _number("TOXGR", "CTCAE grade", "AETOXGR", "ATOXGR", "ATOXGRN", "AETOXGRN"),
        _text("SEV", "Severity", "AESEV", "ASEV"),
        _flag("SER", "Serious", "AESER"),
        _flag("DTH", "Results in death", "AESDTH"),
        _text("OUT", "Outcome", "AEOUT"),
        _text("REL", "Relation to treatment", "AEREL", "AREL"),
        _flag("TRTEMFL", "Treatment-emergent"),
        _date("ASTDT", "Start", "AESTDTC", "AESTDT"),
        _date("AENDT", "End", "AEENDTC", "AEENDT"),
    ),
    required=("USUBJID",),
    key=("USUBJID", "SEQ"),
)

LINES = StandardTable(
    name="lines",
    title="lines of treatment (ADCM, CM)",
    domains=("adcm", "cm", "lines", "treatment_lines"),
    columns=(
        _SUBJECT,
        _number("LINE", "Line of treatment", "LINENUM", "CMLINE", "TRTLINE", "LOT"),
        _text("TRT", "Treatment", "CMDECOD", "CMTRT", "REGIMEN"),
        _text("CAT", "Category", "CMCAT"),
        _date("ASTDT", "Start", "CMSTDTC", "CMSTDT"),
        _date("AENDT", "End", "CMENDTC", "CMENDT"),
    ),
    required=("USUBJID", "LINE"),
    key=("USUBJID", "LINE", "TRT", "ASTDT"),
)

EXPOSURES = StandardTable(
    name="exposures",
    title="exposure (ADEX, EX)",
    domains=("adex", "ex", "exposures", "exposure"),
    columns=(
        _SUBJECT,
        _number("SEQ", "Sequence number", "EXSEQ", "ASEQ"),
        _text("TRT", "Treatment", "EXTRT"),
        _number("DOSE", "Dose", "EXDOSE"),
        _text("DOSU", "Unit of the dose", "EXDOSU"),
        _date("ASTDT", "Start", "EXSTDTC", "EXSTDT"),
        _date("AENDT", "End", "EXENDTC", "EXENDT"),
        *_VISIT,
    ),
    required=("USUBJID", "TRT"),
    key=("USUBJID", "TRT", "ASTDT", "SEQ"),
)

STANDARD_TABLES = (
    PATIENTS,
    RESPONSES,
    BEST_RESPONSES,
    LESIONS,
    TUMOURS,
    TIMES,
    ADVERSE_EVENTS,
    LINES,
    EXPOSURES,
)


_BY_NAME = {table.name: table for table in STANDARD_TABLES}


def standard_table(name: str) -> StandardTable:
    """The standard table of this name.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]

"""The words of tumour results: which test is a diameter, which state a lesion is in.

Controlled terminology of CDISC (TRTESTCD, TUMSTATE, LOC) and the wordings that extracts use
for the same. Matched in capitals.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Group(StrEnum):
    """RECIST 1.1, section 3.2: target and non-target lesions are fixed at baseline."""

    TARGET = "TARGET"
    NON_TARGET = "NON-TARGET"
    NEW = "NEW"


class Axis(StrEnum):
    """What a test measures. DIAMETER: the axis that RECIST asks for, whichever it is."""

    LONG = "long"
    SHORT = "short"
    DIAMETER = "diameter"
    SUM = "sum"
    STATE = "state"
    OTHER = "other"


class State(StrEnum):
    """What is said of a lesion in words. MERGED: measured within another. UNREAD: unknown word."""

    ABSENT = "absent"
    PRESENT = "present"
    PROGRESSED = "progressed"
    EQUIVOCAL = "equivocal"
    UNKNOWN = "not evaluable"
    SMALL = "too small to measure"
    MERGED = "merged"
    UNREAD = "unread"


_AXES = (
    (Axis.SUM, r"SUM\w*|SDIAM|SOD|SLD|SODBL"),
    (Axis.SHORT, r"LPERP\d*|SAXIS|SAX|SHORTAX\w*|SHAXIS|NLDIAM\d*|LNDIAM\d*"),
    (Axis.LONG, r"LDIAM\d*|LD|LONGDIAM|LONGESTD"),
    (Axis.DIAMETER, r"DIAM\w*|TLDIAM\d*|SIZE|MEAS\w*"),
    (Axis.STATE, r"TUMSTATE|STATE|STATUS|NTSTATE|NTLSTAT\w*|LESSTAT\w*"),
)
_STATES = (
    (State.MERGED, r".*\b(MERGED|COALESCED|CONFLUENT)\b.*"),
    (State.SMALL, r".*\bTOO SMALL\b.*|TSTM|BELOW (THE )?(LIMIT|LEVEL).*"),
    (
        State.UNKNOWN,
        r"NE|ND|NA|N/A|NOT? (EVALUABLE|EVALUATED|ASSESSED|ASSESSABLE|DONE|MEASURED|IMAGED)"
        r"|INEVALUABLE|UNEVALUABLE|UNKNOWN|UNK",
    ),
    (State.EQUIVOCAL, r"EQUIVOCAL.*|INDETERMINATE|SUSPECTED|POSSIBLE"),
    (
        State.ABSENT,
        r"ABSENT|DISAPPEARED|RESOLVED|NOT PRESENT|NONE|CR|COMPLETE RESPONSE|NO|NORMAL"
        r"|NON-?PATHOLOGICAL",
    ),
    (
        State.PRESENT,
        r"PRESENT.*|UNCHANGED|STABLE.*|SD|NON-?CR/NON-?PD|(NO|NOT|NO UNEQUIVOCAL) PROGRESS\w*"
        r"|NON-?PD|PERSIST\w*|DECREASED|INCREASED|IMPROVED|PARTIAL RESPONSE|PR|YES",
    ),
    (State.PROGRESSED, r"UNEQUIVOCAL.*|PD|PROGRESS\w*( DISEASE)?|WORSENED|UNEQUIVOCALLY .*"),
)
_GROUPS = (
    (Group.NON_TARGET, r"(NON|NT).*"),
    (Group.NEW, r"NEW.*"),
    (Group.TARGET, r"T(ARGET)?\b.*|T\d.*|TL.*"),
)
_NODE = re.compile(r"\bNOD(E|ES|AL)\b|\bLYMPH\b|\bLN\b")
_BASELINE = re.compile(r"SCREEN|BASELINE|^BL$|^PRE[- ]?(TREATMENT|DOSE|STUDY)")


def axis(test: str) -> Axis:
    """What this test code measures; "" is the diameter of a table with nothing else."""
    return _first(_AXES, test, Axis.OTHER) if test else Axis.DIAMETER


def state(text: str) -> State | None:
    """The state in these words; None where there are none."""
    return _first(_STATES, text, State.UNREAD) if text else None


def group(text: str) -> Group | None:
    """The group in these words, or in the identifier of a lesion ("NT02")."""
    return _first(_GROUPS, text, None) if text else None


def is_node(location: str) -> bool:
    """Whether this location is a lymph node."""
    return bool(_NODE.search(location))


def is_baseline(visit: str) -> bool:
    """Whether a visit of this name is before treatment."""
    return bool(_BASELINE.search(visit))


def _first(patterns: tuple[tuple[T, str], ...], text: str, otherwise: U) -> T | U:
    return next((word for word, pattern in patterns if re.fullmatch(pattern, text)), otherwise)

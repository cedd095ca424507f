"""Vocabularies that several models share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RECIST_11 = ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD", "NED")

RESPONSES: Mapping[str, tuple[str, ...]] = {
    "RECIST 1.1": RECIST_11,
    # Responses before any iUPD may be recorded without the prefix.
    "iRECIST": ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NON-iCR/NON-iUPD", "iNE", *RECIST_11),
    "RANO": ("CR", "PR", "MR", "SD", "PD", "NE", "NON-CR/NON-PD", "NED"),
    # Metabolic responses by PET-CT, anatomic ones by CT.
    "Lugano": (
        *("CR", "PR", "SD", "PD", "NE", "NED"),
        *("CMR", "PMR", "NMR", "PMD", "CAR", "PAR", "SAD", "PAD"),
    ),
}
"""Labels of an overall response, by the criteria that the study declares."""

_NAMED = {"irecist": "iRECIST", "recist": "RECIST 1.1", "rano": "RANO", "lugano": "Lugano"}


def criteria_named(text: str) -> str | None:
    """The criteria that a category of responses names, or None: "RECIST 1.1 INDEPENDENT"."""
    plain = text.lower()
    return next((name for word, name in _NAMED.items() if word in plain), None)


def row_criteria(frame: pd.DataFrame, declared: str) -> pd.Series:
    """The criteria of each row; None where its category names some that are not known."""
    import pandas as pd

    if "CAT" not in frame.columns:
        return pd.Series(declared, index=frame.index, dtype=object)
    known = {text: criteria_named(text) for text in frame["CAT"].dropna().unique()}
    return frame["CAT"].map(known).astype(object).where(frame["CAT"].notna(), declared)


BEST_ONLY = ("MISSING",)
"""Further labels of a best response: no assessment at all."""

RESPONSE_REFERENCES = (
    "Eisenhauer EA et al. New response evaluation criteria in solid tumours: revised RECIST "
    "guideline (version 1.1). Eur J Cancer 2009;45:228-247, section 4.3 and Tables 1 to 3. "
    "Seymour L et al. iRECIST. Lancet Oncol 2017;18:e143-e152. Wen PY et al. RANO. J Clin Oncol "
    "2010;28:1963-1972. Cheson BD et al. Lugano classification. J Clin Oncol 2014;32:3059-3068. "
    "CDISC controlled terminology, Oncology Response Assessment Result (C96785)."
)

GROUPS = ("TARGET", "NON-TARGET", "NEW")
"""Lesions by RECIST 1.1, sections 4.1 and 4.3."""

SUBJECT_WHY = (
    "A row without a subject belongs to nobody: it is counted among rows and lost among subjects, "
    "and no other table can be joined to it."
)
SUBJECT_REFERENCES = (
    "CDISC SDTM Implementation Guide 3.4: USUBJID is required in every subject-level domain."
)
ARM_REFERENCES = (
    "CDISC ADaM Implementation Guide 1.3, TRT01P; SDTM Implementation Guide 3.4, "
    "DM: ARM and the reasons for not having one."
)
NO_ARM = ("Screen Failure", "Not Assigned", "Not Treated", "Unplanned Treatment")
"""What SDTM has in place of an arm."""

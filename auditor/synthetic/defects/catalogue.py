"""All defects that can be planted, in the order of their themes."""

from __future__ import annotations

from dataclasses import replace

from auditor.synthetic.defects.found_by import CASCADES, FOUND_BY
from auditor.synthetic.defects.lesions import LESION_DEFECTS
from auditor.synthetic.defects.patients import PATIENT_DEFECTS
from auditor.synthetic.defects.responses import RESPONSE_DEFECTS
from auditor.synthetic.defects.times import TIME_DEFECTS
from auditor.synthetic.defects.treatment import TREATMENT_DEFECTS

_ALL = (
    *PATIENT_DEFECTS,
    *RESPONSE_DEFECTS,
    *LESION_DEFECTS,
    *TIME_DEFECTS,
    *TREATMENT_DEFECTS,
)

DEFECTS = tuple(
    replace(defect, codes=FOUND_BY[defect.name], also=CASCADES.get(defect.name, {}))
    for defect in _ALL
)

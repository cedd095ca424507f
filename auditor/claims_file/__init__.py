"""The claims file: what was read of manuscripts, as a person corrected or confirmed it."""

from auditor.claims_file.applying import decided
from auditor.claims_file.matching import Decision, Matched, matched
from auditor.claims_file.rows import ClaimsFile, read_claims_file

__all__ = ["ClaimsFile", "Decision", "Matched", "decided", "matched", "read_claims_file"]

"""What a paper says stands behind its means."""

from __future__ import annotations

import re

from auditor.manuscript import Manuscript
from auditor.statement import Origin

_MEAN = r"\bmeans?(?: values?)?\s*(?:±|\+/-|\(|and|with)\s*(?:the\s*)?"
_SD = re.compile(_MEAN + r"(?:\(?S\.?D\.?\b|standard deviations?)", re.IGNORECASE)
_SE = re.compile(_MEAN + r"(?:\(?S\.?E\.?M?\.?\b|standard errors?)", re.IGNORECASE)


def declared_spread(manuscript: Manuscript) -> str:
    """ "SD" where the text gives means with their SD and none with a standard error, or ""."""
    texts = [s.text for s in manuscript.prose.sentences if s.origin is not Origin.CITED]
    if any(_SE.search(text) for text in texts):
        return ""
    return "SD" if any(_SD.search(text) for text in texts) else ""

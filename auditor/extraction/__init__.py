"""From documents to claims."""

from auditor.extraction.manuscript import Manuscript, read_manuscript

__all__ = ["Manuscript", "read_manuscript"]

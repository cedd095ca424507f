"""Readers: from a file to a ``Document``, for each format in a file of its own."""

from auditor.readers.dispatch import read_document
from auditor.readers.source import MAX_BYTES

__all__ = ["MAX_BYTES", "read_document"]

"""The running text of a document: its sentences, and the statements they make."""

from __future__ import annotations

from auditor.document import Document
from auditor.prose.sentences import sentences
from auditor.prose.statements import statements_of
from auditor.statement import Prose


def read_prose(document: Document) -> Prose:
    """Read sentences and statements of a document, references left out."""
    read = sentences(document)
    return Prose(read, statements_of(read, name=document.name, text=document.text))

"""From running text to statements: sentences, and the numbers they state."""

from auditor.prose.read import read_prose

__all__ = ["read_prose"]

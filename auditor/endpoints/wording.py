"""Counts in words, for notes."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 patient", "2 patients"."""
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"

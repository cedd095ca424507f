"""Auditor finds the numbers in a clinical study that cannot all be true."""

__version__ = "0.1.0"

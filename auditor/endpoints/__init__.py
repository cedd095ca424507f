"""Endpoints recomputed from a cohort: response, survival, proportions, adverse events."""

"""Cohorts: files and databases as delivered -> standard tables that checks can rely on."""

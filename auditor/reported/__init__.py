"""Results as reported, tied to the cohort and compared with it."""

"""Statistics from summary numbers alone: tests, intervals, granularity; no document, no cohort.

Every function names its formula and source. ``scipy`` and ``numpy`` are imported inside the
functions that need them: an audit that recomputes nothing never loads them.
"""

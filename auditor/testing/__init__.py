"""Runs the cases of a check, for this project's checks and for those of a study.

A file of cases is YAML, named after the module of its check, with two lists::

    fires:
      - name: percentage of another denominator
        document: |
          Table 1. Patients

          | Sex  | All (N = 31) |
          | ---- | ------------ |
          | Male | 12 (45%)     |
        expect:
          - {severity: error, verdict: impossible, table: Table 1, reported: 45%}
    silent:
      - name: percentage of N
        document: ...

``format`` is ``markdown`` (the default), ``text`` or ``jats``, of which a part will do. A check
of a cohort has ``tables`` instead, CSV under the name of each table, and ``study`` where it
needs a study file; a check of a comparison has ``reported`` besides (results as CSV)::

      - name: a subject that patients do not have
        tables:
          adsl: |
            USUBJID,TRT01P
            01,A
          rs: |
            USUBJID,RSTESTCD,RSSTRESC,RSDTC
            02,OVRLRESP,PR,2020-03-01
        study: |
          [study]
          arms = ["A"]
        expect:
          - {severity: error, table: rs, row: 0, variable: USUBJID, subject: "02"}

``row`` and ``column`` of ``expect`` are the numbers of the grid (from 0) or the labels; of a
cohort ``row`` counts the rows of data from 0. All other keys are compared as written;
``message_contains`` and ``suggestion_contains`` ask for a part. A check must yield exactly what
is expected; ``others: allow`` lets it yield more. A silent case must be judged and yield
nothing; ``allow: note`` lets notes pass, and ``outcome: not evaluable`` asks that there be
nothing to judge. ``comment`` is for readers.
"""

from auditor.testing.cases import Case, load_cases
from auditor.testing.judge import problems
from auditor.testing.subjects import SUFFIXES, read_tables, read_text

__all__ = ["SUFFIXES", "Case", "load_cases", "problems", "read_tables", "read_text"]

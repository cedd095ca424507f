"""A patient has more than one best overall response.

## What it does
Looks for two records of the same best response parameter (BOR, CBOR) of one patient by the same
evaluator. Different values contradict each other; a record that is only repeated is a warning.

## Why it matters
There is one best overall response a patient. A second one counts a responder twice, or leaves
open which of the two is counted.

## Example
BOR is PR in one record and SD in another, both by the investigator.

## References
Eisenhauer EA et al. Eur J Cancer 2009;45:228-247, section 4.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import Subject, check
from auditor.finding import Breaches, Evaluated, Severity, Verdict
from auditor.frames.cohort import Cohort

from ._responses import Judgement, breaches


@check(code="RES004", name="repeated-best-response", subject=Subject.COHORT)
def repeated_best_response(cohort: Cohort) -> Iterator[Evaluated | Breaches]:
    """Yield a breach for every further record of a best response."""
    table = cohort.need("best_responses", "USUBJID", "PARAMCD", "AVALC")
    frame = table.frame.dropna(subset=["USUBJID", "PARAMCD"])
    yield Evaluated(len(frame))
    keys = [c for c in ("USUBJID", "PARAMCD", "CAT", "EVAL", "EVALID") if c in frame.columns]
    repeated = frame[frame.duplicated(keys, keep=False)].fillna(dict.fromkeys(keys, ""))
    judged: dict[int, Judgement] = {}
    for _, rows in repeated.groupby(keys, sort=False):
        parameter, first = str(rows["PARAMCD"].iloc[0]), rows["AVALC"].iloc[0]
        for row, value in rows["AVALC"].iloc[1:].items():
            judged[int(str(row))] = _judge(parameter, first, value)
    yield from breaches(table, "AVALC", judged)


def _judge(parameter: str, first: object, value: object) -> Judgement:
    if value == first:
        return Judgement(
            Severity.WARNING,
            Verdict.DISAGREES,
            f"The best response ({parameter}) of the patient is recorded twice, with one value.",
            suggestion="a duplicate record",
        )
    return Judgement(
        Severity.ERROR,
        Verdict.DISAGREES,
        f"The patient has another best response ({parameter}) of a different value.",
        reported=str(value),
        expected=str(first),
    )

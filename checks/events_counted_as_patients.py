"""Events are counted as if each were another patient.

## What it does
Where a number of patients with adverse events is followed by a list of these events, and the
counts of four or more events add up to exactly that number, it looks like a sum of events: a
warning, since a patient may have several. It is an error where the arms of the same passage leave
room for fewer patients (patients with adverse events in each arm, and all patients of whom nothing
is said), with or without a list. It is an error, too, where one sentence counts so many events in
fewer patients, and another gives the number of events as patients (a warning where no kind of
events is named: the numbers may agree by chance).

## Why it matters
The incidence of toxicity is overstated, and the sum of events hides how many patients were spared.

## Example
"35 patients experienced AEs, including A (12), B (8), C (7), D (4), E (3), and F (1)", with 12 of
23 and 10 of 19 patients in the arms of 44: at most 24 patients can have had any.

## References
CONSORT Harms 2022 (Junqueira DR et al. BMJ 2023;381:e073725), items 13b and 19.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import addition
from auditor.extraction.fits import attainable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.harms import (
    Arm,
    Events,
    Listed,
    affected,
    arms,
    events_in_patients,
    listed,
    most,
    plain,
)
from auditor.passages.mentions import Mention, Passage
from auditor.passages.parts import population
from auditor.passages.people import Stated, stated_people

from ._text import in_words, judged, place, read_passages


@check(code="TAE001", name="events-counted-as-patients")
def events_counted_as_patients(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every number of patients that seems to be one of events."""
    passages = read_passages(manuscript)
    stated = stated_people(manuscript, passages)
    counted: dict[tuple[str, int | None], list[Events]] = {}
    for events in (e for p in passages for e in events_in_patients(p)):
        counted.setdefault((events.name, events.events.number), []).append(events)
    seen = bool(counted)
    for passage in passages:
        given = arms(passage)
        told = set()
        for item in listed(passage):
            seen = True
            yield judged([item.patients, *item.events])
            bound = _bound(passage, item.patients, given, stated)
            found = _finding(manuscript, item, given, bound)
            if found is not None:
                told.add(item.patients.statement.id)
                yield found
        for mention, name in affected(passage):
            if mention.statement.id in told:
                continue
            for events in counted.get((name, mention.number), ()):
                if mention is not events.patients:
                    yield judged([mention])
                    yield _swapped(manuscript, mention, events)
    if not seen:
        raise NotEvaluable("the text lists no adverse events behind a number of patients")


def _bound(
    passage: Passage, patients: Mention, given: tuple[Arm, ...], stated: Stated
) -> tuple[int, int] | None:
    """The greatest possible number of patients with events, and all patients."""
    if not plain(patients):
        return None
    everybody = _everybody(passage, patients, stated)
    bound = most(given, everybody) if everybody else None
    return None if bound is None else (bound, everybody)


def _everybody(passage: Passage, patients: Mention, stated: Stated) -> int:
    """Of how many patients it is: by its own percentage, or the patients of the passage."""
    percent, number = patients.statement.percent, patients.number or 0
    if patients.statement.denominator is not None:
        return patients.statement.denominator.integer or 0
    if percent is not None:
        fitting = attainable(number, percent, 10**6)
        return stated.explains(fitting) or 0
    current = population(passage, patients)
    return current.number or 0 if current is not None else 0


def _finding(
    manuscript: Manuscript, item: Listed, given: tuple[Arm, ...], bound: tuple[int, int] | None
) -> Finding | None:
    number = item.patients.number or 0
    beyond = bound is not None and number > bound[0]
    adds_up = item.total == number
    if not beyond and not adds_up:
        return None
    lines = [f"{addition([m.number or 0 for m in item.events])} events listed"]
    says = f"{in_words(item.patients)}: “{place(manuscript, item.patients, words=2).quote}”"
    if adds_up:
        says += f" are exactly the sum of the {len(item.events)} events listed"
    if beyond and bound is not None:
        says += (", and" if adds_up else " are") + f" more than the arms allow ({bound[0]})"
        inside = " + ".join(str(a.patients) for a in given)
        rest = bound[1] - sum(a.of for a in given)
        lines.append(
            f"{inside} patients with events in the arms + {rest} of whom nothing is said = "
            f"{bound[0]}"
        )
    others = [*item.events, *(a.mention for a in given if beyond)]
    return Finding(
        severity=Severity.ERROR if beyond else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if beyond else Verdict.QUERY,
        message=says + ".",
        places=tuple(place(manuscript, m) for m in (item.patients, *others)),
        reported=str(number),
        expected=f"at most {bound[0]}" if beyond and bound is not None else "",
        arithmetic=tuple(lines),
        suggestion="say how many patients had at least one event",
    )


def _swapped(manuscript: Manuscript, mention: Mention, events: Events) -> Finding:
    kind = len(events.name.split()) > 2
    return Finding(
        severity=Severity.ERROR if kind else Severity.WARNING,
        verdict=Verdict.DISAGREES if kind else Verdict.QUERY,
        message=f"{in_words(mention)}: “{place(manuscript, mention, words=2).quote}”, but "
        f"{events.events.number} are the {events.name}, in {events.patients.number} patients.",
        places=tuple(
            place(manuscript, m, words=3) for m in (mention, events.events, events.patients)
        ),
        reported=str(mention.number),
        expected=str(events.patients.number),
        arithmetic=(f"{events.events.number} events in {events.patients.number} patients",),
        suggestion="events may have been counted as patients",
    )

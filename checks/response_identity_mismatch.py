"""Responses in the text do not add up to their rates, or to the patients.

## What it does
Collects the counts of CR, PR, SD and PD (and of patients not evaluable) that a passage gives for
one group of patients, with the rates that follow them. ORR must be CR + PR and DCR must be CR +
PR + SD over the patients whose response is counted, or over another number of patients that the
paper states. A rate that no number gives is an error where another rate of the same group, or the
number of patients in the sentence, bears the denominator out, otherwise a warning. Two groups set
against each other ("6% versus 38%") are compared in their order, and not at all where the other
order fits as well. More responses than patients, and an ORR above the DCR, are errors. Confirmed,
centrally reviewed and other special responses, and rates of subgroups, are left alone.

## Why it matters
Response rates are the endpoint of most phase 2 trials.

## Example
"6 PR, 16 SD, and 9 PD were observed. The ORR and DCR were 19% and 52%": (6 + 16)/31 is 71%; 52%
is SD alone.

## References
Eisenhauer EA et al. New response evaluation criteria in solid tumours (RECIST 1.1). Eur J Cancer
2009;45:228-247.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.extraction.describe import addition, division, right_percent
from auditor.finding import Finding, Judged, Place, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.passages.identities import (
    Broken,
    arms_below,
    broken,
    control_below_response,
    likely,
)
from auditor.passages.named import evaluable, named_in
from auditor.passages.people import Stated, stated_people
from auditor.passages.responses import CATEGORIES, Counts, Rate, rate_of, response_counts
from auditor.passages.shares import patients_of
from auditor.topic import Term

from ._text import in_words, judged, place, read_passages

Known = tuple[int, Sequence[Place]]
_SUMS = {"ORR": "CR + PR", "DCR": "CR + PR + SD", "CBR": "CR + PR + SD"}


@check(code="TRS001", name="response-identity-mismatch")
def response_identity_mismatch(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every rate and every sum of responses that cannot be."""
    passages = read_passages(manuscript)
    stated = stated_people(manuscript, passages)
    seen = False
    for passage in passages:
        sets = response_counts(passage)
        if not sets:
            continue
        seen = True
        for counts in sets:
            yield judged([*counts.by.values(), *(r.mention for r in counts.rates)])
        named = [n for c in sets for m in list(c.by.values())[:1] for n in named_in(m.sentence)]
        told: set[int] = set()
        rated: set[int] = set()
        groups = Counter(_terms(manuscript, counts) for counts in sets)
        whole = any(evaluable(sentence) for sentence in passage.sentences)
        for counts in sets:
            known = (
                _patients(manuscript, counts) if groups[_terms(manuscript, counts)] == 1 else None
            )
            for found in _against_patients(manuscript, counts, known, stated, whole=whole):
                told.add(id(counts))
                yield found
        for item in broken(sets, stated.ns, named):
            if id(item.counts) not in rated and (item.sure or id(item.counts) not in told):
                rated.add(id(item.counts))
                yield _finding(manuscript, item)
        rates = [r for m in passage.mentions if m.own and (r := rate_of(m)) is not None]
        told_below: set[str] = set()
        for response, control in chain(control_below_response(rates), arms_below(rates)):
            if control.mention.statement.id not in told_below:
                told_below.add(control.mention.statement.id)
                yield _below(manuscript, response, control)
    if not seen:
        raise NotEvaluable("the text counts no responses")


def _finding(manuscript: Manuscript, item: Broken) -> Finding:
    percent = item.rate.percent
    if not item.of:
        return _of_nobody(manuscript, item)
    right = right_percent(item.numerator, item.of, percent)
    counted = [item.counts.by[k] for k in CATEGORIES if k in item.counts.by]
    hint = likely(item)
    return Finding(
        severity=Severity.ERROR if item.sure else Severity.WARNING,
        verdict=Verdict.DISAGREES,
        message=f"{in_words(item.rate.mention)}: the {item.rate.key} of {percent.text} does not "
        f"follow from {item.counts.words}, which give {right}" + (f"; {hint}." if hint else "."),
        places=tuple(place(manuscript, m) for m in (item.rate.mention, *dict.fromkeys(counted))),
        reported=percent.text,
        expected=right,
        arithmetic=(
            f"{item.counts.words} = {item.counts.total}",
            f"{item.rate.key} = {_SUMS[item.rate.key]}: {division(item.numerator, item.of)}",
        ),
        suggestion=hint,
    )


def _of_nobody(manuscript: Manuscript, item: Broken) -> Finding:
    """Responders of whom no stated number of patients makes the rate."""
    percent = item.rate.percent
    of = patients_of(item.counts.total, percent)
    span = f"{of[0]} to {of[-1]}" if len(of) > 1 else f"{of[0]}" if of else ""
    needs = f"would need {span} patients, whom nothing states" if of else "is a share of no number"
    return Finding(
        severity=Severity.ERROR if item.sure else Severity.WARNING,
        verdict=Verdict.DISAGREES if of else Verdict.IMPOSSIBLE,
        message=f"{in_words(item.rate.mention)}: the ORR of {percent.text} does not follow from "
        f"{item.counts.words}: {item.counts.total} responders; {percent.text} {needs}.",
        places=tuple(place(manuscript, m) for m in (item.rate.mention, *item.counts.by.values())),
        reported=percent.text,
        arithmetic=(f"{item.counts.words} = {item.counts.total}", f"{percent.text} {needs}"),
    )


def _against_patients(
    manuscript: Manuscript,
    counts: Counts,
    known: Known | None,
    stated: Stated,
    *,
    whole: bool,
) -> Iterator[Finding]:
    """Counted responses against the patients that the sentence names, or that there are.

    ``known`` is the number of patients of their group; ``whole`` whether the passage says that all
    patients were evaluable.
    """
    if not {"PR", "SD", "PD"} <= set(counts.by):
        return
    sentences = {m.sentence.index: m.sentence for m in counts.by.values()}
    numbers = {m.number for m in counts.by.values()}
    named = {n for s in sentences.values() for n in named_in(s)} - numbers
    patients, where = known or (0, ())
    if len(named) == 1:
        patients, where = named.pop(), ()
    if not patients and counts.total > stated.most_people > 0:
        patients, where = stated.most_people, ()
    if not patients or counts.total == patients:
        return
    over = counts.total > patients
    all_counted = whole or "NE" in counts.by
    if not over and (where or not all_counted or "CR" not in counts.by):
        return
    items = [counts.by[k] for k in CATEGORIES if k in counts.by]
    shown = addition([counts.number(k) for k in CATEGORIES if k in counts.by])
    yield Finding(
        severity=Severity.ERROR if over else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if over else Verdict.DISAGREES,
        message=f"{in_words(items[0])}: the responses add up to {counts.total} "
        f"({counts.words}), {abs(counts.total - patients)} {'more' if over else 'fewer'} than the "
        f"{patients} patients.",
        places=(*(place(manuscript, m) for m in dict.fromkeys(items)), *where),
        reported=shown,
        expected=str(patients),
        arithmetic=(f"{shown}, not {patients}",),
    )


def _patients(manuscript: Manuscript, counts: Counts) -> Known:
    """How many patients the group of the counts has by the tables and the text; 0 if unknown."""
    if not any(m.statement.whom or m.statement.setting for m in counts.by.values()):
        return 0, ()
    terms = _terms(manuscript, counts)
    facts = manuscript.linked.people.get(next(iter(terms)), ()) if len(terms) == 1 else ()
    known = [(f.printed.integer or 0, f.place) for f in facts]
    if not known:
        return 0, ()
    most = max(n for n, _ in known)
    return most, tuple(p for n, p in known if n == most)[:1]


def _terms(manuscript: Manuscript, counts: Counts) -> frozenset[frozenset[Term]]:
    """The groups that the counts are of; none where words are left over."""
    topics = [manuscript.linked.topics.get(m.statement.id) for m in counts.by.values()]
    if any(t is None or t.residue for t in topics):
        return frozenset()
    return frozenset(t.terms for t in topics if t is not None)


def _below(manuscript: Manuscript, response: Rate, control: Rate) -> Finding:
    high, low = response.percent, control.percent
    one, other = response.mention.statement, control.mention.statement
    alike = {p.text for p in (*one.whom, *one.setting)} == {
        p.text for p in (*other.whom, *other.setting)
    }
    return Finding(
        severity=Severity.ERROR if alike else Severity.WARNING,
        verdict=Verdict.IMPOSSIBLE if alike else Verdict.DISAGREES,
        message=f"{in_words(control.mention)}: the DCR of {low.text} is below the ORR of "
        f"{high.text}, although it includes all responders.",
        places=(place(manuscript, control.mention), place(manuscript, response.mention)),
        reported=low.text,
        expected=f"at least {high.text}",
        arithmetic=("DCR = ORR + stable disease",),
    )

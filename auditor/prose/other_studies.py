"""Tells this study's numbers from those of other studies in a discussion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.prose.cues import begins, says
from auditor.prose.signals import Cues, Known
from auditor.statement import Origin, Sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    origin: Origin
    why: str


_UNCLEAR = Verdict(Origin.UNCLEAR, "nothing says whose study it is")


def of_discussion(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    cues: Sequence[Cues],
    known: Known,
    state: Verdict | None,
) -> list[Verdict]:
    """Clauses with words of their own first; the others follow their neighbours."""
    told = [_ofcues_of(cue) for cue in cues]
    cited = any(v and v.origin is Origin.CITED for v in told)
    if not cited and (state is None or state.origin is not Origin.CITED):
        told = [v or _of_weak(cue) for v, cue in zip(told, cues, strict=True)]
    texts = [sentence.text[slice(*span)] for span in spans]
    led = [begins("comparison", "leads", text) for text in texts]
    if sentence.tables and not sentence.citations:
        told = [verdict or Verdict(Origin.OWN, "points to a table") for verdict in told]
    clear = [v for v in told if v]
    valued = [
        leads and begins("comparison", "value", text)
        for leads, text in zip(led, texts, strict=True)
    ]
    if not clear:
        carried = _carried(sentence, known, state)
        unsaid = Verdict(Origin.UNCLEAR, "what is compared with")
        return [unsaid if v and carried.origin is Origin.OWN else carried for v in valued]
    compared = _compared_with_cited(texts, led, told)
    result: list[Verdict] = []
    for i, verdict in enumerate(told):
        if verdict is not None:
            result.append(verdict)
        elif valued[i]:
            result.append(Verdict(Origin.UNCLEAR, "what is compared with"))
        elif compared and not led[i]:
            result.append(_beside_cited(state))
        else:
            before = [v for v in told[:i] if v]
            result.append(before[-1] if before else clear[0])
    return result


def _ofcues_of(cue: Cues) -> Verdict | None:
    """What the clause's own words say, or None where they say nothing."""
    if cue.planned:
        return Verdict(Origin.PLANNED, "a plan")
    if cue.own:
        if cue.cited or (cue.citation and not cue.method):
            return Verdict(Origin.UNCLEAR, f'"{cue.own}", but also a cited study')
        return Verdict(Origin.OWN, f'"{cue.own}"')
    if cue.cited:
        return Verdict(Origin.CITED, f'"{cue.cited}"')
    if cue.citation:
        return Verdict(Origin.CITED, "a citation")
    if cue.indefinite and not cue.weak:
        return Verdict(Origin.CITED, f'"{cue.indefinite}"')
    return None


def _of_weak(cue: Cues) -> Verdict | None:
    return Verdict(Origin.OWN, f'"{cue.weak}"') if cue.weak else None


def _compared_with_cited(
    texts: Sequence[str],
    led: Sequence[bool],
    told: Sequence[Verdict | None],
) -> bool:
    """Whether all that is cited in the sentence is what something else is compared with.

    "The ORR was 19%, similar to that of sorafenib [12]" is; in "A was better compared with B
    [12]" the citation stands for the whole.
    """
    found = False
    for text, leads, verdict in zip(texts, led, told, strict=True):
        if verdict is None or verdict.origin is not Origin.CITED:
            continue
        within = begins("comparison", "within", text)  # "compared with": of arms, as a rule
        key = "across" if within else "another"
        if not leads or not says("comparison", key, text):
            return False
        found = True
    return found


def _beside_cited(state: Verdict | None) -> Verdict:
    """The half that is compared with a cited study: this study's, unless another was meant."""
    if state is None or state.origin is not Origin.CITED:
        return Verdict(Origin.OWN, "compared with a cited study")
    return Verdict(Origin.UNCLEAR, "compared with a cited study, after another one")


def _carried(sentence: Sentence, known: Known, state: Verdict | None) -> Verdict:
    """Origin of a sentence without any word that tells."""
    if state is not None and state.origin is Origin.CITED:
        if says("cited", "anaphora", sentence.text):
            return Verdict(Origin.CITED, "continues a cited study")
        return Verdict(Origin.UNCLEAR, "follows a cited study")
    if not known.cites or not says("tense", "past", sentence.text):
        return _UNCLEAR
    if state is not None and state.origin is Origin.OWN:
        return Verdict(Origin.OWN, "continues")
    if not says("number", "data", sentence.text):
        return _UNCLEAR
    return Verdict(Origin.OWN, "tells what happened, without a citation")


def state_after(
    verdicts: Sequence[Verdict], state: Verdict | None, *, cites: bool
) -> Verdict | None:
    """What the next sentence may follow: what this one is mainly about."""
    first, last = verdicts[0], verdicts[-1]
    if first.origin is Origin.OWN or len({v.origin for v in verdicts}) == 1:
        verdict = first
    elif last.origin is Origin.OWN:
        verdict = last
    else:
        verdict = next(v for v in verdicts if v.origin is not Origin.UNCLEAR)
    if verdict.origin is not Origin.UNCLEAR:
        return verdict
    return Verdict(Origin.CITED, "follows a citation") if cites else state

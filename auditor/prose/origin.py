"""Whose number it is: this study's, a cited one's, or a plan. The words are in origin.toml.

A clause is judged by its own words first: "our", "et al.", a citation, the register number of
another trial. Where it has none, the sentence before it in the paragraph decides, and where
that cannot tell either it stays unclear: an unclear number accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.prose.clauses import clauses
from auditor.prose.cues import found, says
from auditor.prose.other_studies import Verdict, of_discussion, state_after
from auditor.prose.signals import Cues, Known, cues_of, known_of
from auditor.statement import Origin, Sentence, Source

_DOSE = re.compile(
    r"\s?(?:[mµμ]?g|mcg|[cm]?Gy|IU|U|mCi|GBq|MBq|mL|ml)(?:/(?:m\^?2|m²|kg|day|d|dose|ml|mL|min|h))*\b"
    r"(?!/dL|/dl)|\s?AUC\b|[\s-](?:weekly|daily|twice|once|times|fractions)\b"
)
_SCHEDULE = re.compile(
    r"\b(?:days?|every|AUC(?: of)?|cycles?|weeks?)(?:\s\d+\s?(?:[–-]|to|and))?\s?\Z"
)
_INTRODUCTION = re.compile(
    r"(?i)background|introduction|objective|aim|purpose|context|importance|rationale|goal"
)
_METHODS = re.compile(r"(?i)method|design|patients|participants|intervention|setting|procedure")
_RESULTS = re.compile(r"(?i)results|findings|conclusion|interpretation|outcome|discussion")
_WHOLE_ABSTRACT = re.compile(r"(?i)\W*(?:abstract|summary|synopsis)?\W*")


def with_origins(sentences: Sequence[Sentence], title: str = "") -> tuple[Sentence, ...]:
    """The sentences with the origin of each and of its clauses; ``title`` is the paper's."""
    known = known_of(sentences, title)
    result: list[Sentence] = []
    state: Verdict | None = None
    for i, sentence in enumerate(sentences):
        if i == 0 or sentences[i - 1].passage != sentence.passage:
            state = None
        spans = clauses(sentence.text, sentence.citations)
        verdicts = _judge(sentence, spans, known, state)
        if says("planned", "hypothetical", sentence.text):
            would = Verdict(Origin.UNCLEAR, "what would have been")
            verdicts = [would if v.origin is Origin.OWN else v for v in verdicts]
        state = state_after(verdicts, state, cites=bool(sentence.citations))
        kinds = {v.origin for v in verdicts}
        whole = _whole(sentence, spans, verdicts)
        parts = tuple((*span, v.origin) for span, v in zip(spans, verdicts, strict=True))
        result.append(
            replace(
                sentence,
                origin=whole.origin,
                why=whole.why,
                clauses=parts if len(kinds) > 1 else (),
            )
        )
    return tuple(result)


def origin_of(sentence: Sentence, start: int, end: int) -> Origin:
    """Origin of ``sentence.text[start:end]``, a number or a clause: more precise than
    ``sentence.origin``, which is unclear where the clauses differ."""
    if any(a < end and start < b for a, b in sentence.citations):
        return Origin.CITED
    touched = {o for a, b, o in sentence.clauses if a < end and start < b}
    origin = touched.pop() if len(touched) == 1 else sentence.origin
    if origin is Origin.OWN and sentence.section in ("abstract", "methods"):
        before = sentence.text[max(0, start - 24) : start]
        if _DOSE.match(sentence.text, end) or _SCHEDULE.search(before):
            return Origin.PLANNED
    return origin


def _judge(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    known: Known,
    state: Verdict | None,
) -> list[Verdict]:
    """One verdict for each clause."""
    place = _place(sentence)
    if sentence.source is Source.CAPTION and says("panels", "captions", sentence.text):
        return [Verdict(Origin.CITED, "a table of other studies")] * len(spans)
    if place == "methods":
        return [_of_methods(sentence, span, known) for span in spans]
    if place == "results":
        return [_of_results(sentence, span, known) for span in spans]
    after_cited = state is not None and state.origin is Origin.CITED
    cues = [cues_of(sentence, span, known, after_cited=after_cited) for span in spans]
    if place == "panel":
        return [_of_panel(cue) for cue in cues]
    if place == "introduction":
        return _of_introduction(cues)
    return of_discussion(sentence, spans, cues, known, state)


def _place(sentence: Sentence) -> str:
    """How a sentence is judged: as introduction, methods, results or discussion."""
    if sentence.section == "abstract":
        title = sentence.title
        if _WHOLE_ABSTRACT.fullmatch(title) or _RESULTS.search(title):
            return "results"
        if _INTRODUCTION.search(title):
            return "introduction"
        return "methods" if _METHODS.search(title) else "results"
    if sentence.section == "other":
        panel = any(says("panels", "titles", title) for title in sentence.path)
        return "panel" if panel else "results"
    return "discussion" if sentence.section == "conclusion" else sentence.section


def _of_methods(sentence: Sentence, span: tuple[int, int], known: Known) -> Verdict:
    text = sentence.text[slice(*span)]
    cue = cues_of(sentence, span, known)
    if cue.cited and cue.citation:
        return Verdict(Origin.CITED, f'"{cue.cited}"')
    if says("planned", "phrases", sentence.text) or cue.planned:
        return Verdict(Origin.PLANNED, "a plan in the methods")
    subject = next(found("flow", "subjects", text), None)
    if subject and says("flow", "verbs", sentence.text) and not says("planned", "phrases", text):
        return Verdict(Origin.OWN, f'who took part: "{text[slice(*subject)]}"')
    return Verdict(Origin.PLANNED, "in the methods")


def _of_results(sentence: Sentence, span: tuple[int, int], known: Known) -> Verdict:
    cue = cues_of(sentence, span, known)
    if cue.planned:
        return Verdict(Origin.PLANNED, "a plan")
    if cue.cited:
        if cue.own:
            return Verdict(Origin.UNCLEAR, f'"{cue.own}" and "{cue.cited}"')
        sure = cue.citation or sentence.section == "abstract" or "et al" in cue.cited
        if sure and not (cue.method and not cue.citation):
            return Verdict(Origin.CITED, f'"{cue.cited}"')
        return Verdict(Origin.UNCLEAR, f'"{cue.cited}"')
    return Verdict(Origin.OWN, f'"{cue.own}"' if cue.own else f"in the {sentence.section}")


def _of_panel(cue: Cues) -> Verdict:
    """A panel beside the text speaks of the literature and of this study by turns."""
    if cue.own or cue.weak:
        return Verdict(Origin.UNCLEAR, "in a panel")
    return Verdict(Origin.CITED, "in a panel")


def _of_introduction(cues: Sequence[Cues]) -> list[Verdict]:
    """Cited, but for sentences in which "we" or "this study" meets no citation."""
    own = next((c.own or c.weak for c in cues if c.own or c.weak.lower().startswith("this")), "")
    if own and not any(c.citation or c.cited for c in cues):
        return [Verdict(Origin.OWN, f'"{own}"')] * len(cues)
    return [
        Verdict(Origin.OWN, f'"{c.own}"')
        if c.own and not c.citation and not c.cited
        else Verdict(Origin.CITED, f'"{c.cited}"' if c.cited else "in the introduction")
        for c in cues
    ]


def _whole(
    sentence: Sentence, spans: Sequence[tuple[int, int]], verdicts: Sequence[Verdict]
) -> Verdict:
    """Origin of the sentence: of those of its clauses that hold a number, if any does."""
    telling = [
        v
        for span, v in zip(spans, verdicts, strict=True)
        if says("number", "any", sentence.text[slice(*span)])
    ] or list(verdicts)
    kinds = dict.fromkeys(v.origin.value for v in telling)
    if len(kinds) == 1:
        return telling[0]
    return Verdict(Origin.UNCLEAR, f"its clauses differ: {', '.join(kinds)}")

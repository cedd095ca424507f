"""Whose number it is: this study's, a cited one's, or a plan. The words are in origin.toml.

A clause is judged by its own words first: "our", "et al.", a citation, the register number of
another trial. Where it has none, the sentence before it in the paragraph decides, and where
that cannot tell either it stays unclear: an unclear number accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.prose.clauses import clauses
from auditor.prose.cues import begins, found, says
from auditor.statement import Origin, Sentence, Source

_REGISTER = re.compile(
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{6,}|ChiCTR[\w-]{6,}|ACTRN\d{8,}|UMIN\d{6,}|JapicCTI-?\d{4,}"
    r"|(?:EudraCT|EUCTR)[\w .:-]{0,20}\d{4}-\d{6}-\d\d|CTRI/[\d/]{6,}|DRKS\d{6,}|KCT\d{6,}"
    r"|NTR\d{3,}|IRCT[\dN]{6,}|TCTR\d{6,}|PACTR\d{6,})\b"
)
_TRIAL = re.compile(
    r"\b(?P<name>(?![IVX]+\b)[A-Z][A-Z0-9]{2,}(?:[- ]?\d{1,4}[A-Z]?)?)"
    r"(?:(?:,? and|,|/) [A-Z][\w-]+)*\s(?:trials?|stud(?:y|ies))\b"
)
_NAME = re.compile(r"\b(?![IVX]+\b)[A-Z][A-Z0-9]{2,}(?:[- ]?\d{1,4}[A-Z]?)?\b")
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What the document says of itself.

    Attributes:
        registers: register numbers of its own trial.
        names: what it calls its own trial; ``titled``: capitals in its title, which may.
        cites: whether it cites anything.
    """

    registers: frozenset[str]
    names: frozenset[str]
    titled: frozenset[str]
    cites: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    origin: Origin
    why: str


_UNCLEAR = _Verdict(Origin.UNCLEAR, "nothing says whose study it is")


def with_origins(sentences: Sequence[Sentence], title: str = "") -> tuple[Sentence, ...]:
    """The sentences with the origin of each and of its clauses; ``title`` is the paper's."""
    known = _known(sentences, title)
    result: list[Sentence] = []
    state: _Verdict | None = None
    for i, sentence in enumerate(sentences):
        if i == 0 or sentences[i - 1].passage != sentence.passage:
            state = None
        spans = clauses(sentence.text, sentence.citations)
        verdicts = _judge(sentence, spans, known, state)
        state = _state_after(verdicts, state, cites=bool(sentence.citations))
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


def _known(sentences: Sequence[Sentence], title: str) -> _Known:
    registers: set[str] = set()
    names: set[str] = set()
    cites = False
    for sentence in sentences:
        cites = cites or bool(sentence.citations)
        if sentence.section not in ("abstract", "methods", "other"):
            continue
        registers.update(m[0].replace(" ", "") for m in _REGISTER.finditer(sentence.text))
        if not sentence.citations and sentence.section != "other":
            names.update(m["name"] for m in _TRIAL.finditer(sentence.text))
    titled = frozenset(m[0] for m in _NAME.finditer(title))
    return _Known(frozenset(registers), frozenset(names), titled, cites)


def _judge(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    known: _Known,
    state: _Verdict | None,
) -> list[_Verdict]:
    """One verdict for each clause."""
    place = _place(sentence)
    if sentence.source is Source.CAPTION and says("panels", "captions", sentence.text):
        return [_Verdict(Origin.CITED, "a table of other studies")] * len(spans)
    if place == "methods":
        return [_of_methods(sentence, span, known) for span in spans]
    if place == "results":
        return [_of_results(sentence, span, known) for span in spans]
    after_cited = state is not None and state.origin is Origin.CITED
    cues = [_cues(sentence, span, known, after_cited=after_cited) for span in spans]
    if place == "panel":
        return [_of_panel(cue) for cue in cues]
    if place == "introduction":
        return _of_introduction(cues)
    return _of_discussion(sentence, spans, cues, known, state)


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


@dataclass(frozen=True, slots=True)
class _Cues:
    """What the words of one clause say."""

    own: str = ""
    weak: str = ""
    cited: str = ""
    indefinite: str = ""
    citation: bool = False
    method: bool = False
    planned: bool = False


def _cues(
    sentence: Sentence, span: tuple[int, int], known: _Known, *, after_cited: bool = False
) -> _Cues:
    text = sentence.text[slice(*span)]
    void = list(found("own", "void", text))
    own = [s for s in found("own", "phrases", text) if not _within(s, void)]
    own += _names(text, known)
    this: list[tuple[int, int]] = []
    if after_cited and says("own", "ours", sentence.text):
        # as in: 30% in this study, and 12% in our study
        this = [s for s in own if begins("own", "this", text[slice(*s)])]
        own = [s for s in own if s not in this]
    earlier = next(found("own", "earlier", text), None)
    beside = this[0] if this and not own else None
    cited = text[slice(*(earlier or beside or (0, 0)))] or _foreign(text, known)
    if not cited:
        first = next((s for s in found("cited", "phrases", text) if not _within(s, own)), None)
        cited = text[slice(*first)] if first else ""
    indefinite = next((s for s in found("cited", "indefinite", text) if not _within(s, own)), None)
    weak = next(found("own", "weak", text), None)
    return _Cues(
        own=text[slice(*own[0])] if own and not earlier else "",
        weak=text[slice(*weak)] if weak else "",
        cited=cited,
        indefinite=text[slice(*indefinite)] if indefinite else "",
        citation=any(span[0] < end <= span[1] + 1 for _, end in sentence.citations),
        method=says("cited", "method", text),
        planned=says("planned", "strong", text),
    )


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _names(text: str, known: _Known) -> list[tuple[int, int]]:
    """Where the trial's own name stands."""
    own = [m.span() for m in _NAME.finditer(text) if m[0] in known.names]
    titled = (m for m in _TRIAL.finditer(text) if m["name"] in known.titled)
    return own + [m.span() for m in titled if m[0].endswith(("trial", "study"))]


def _foreign(text: str, known: _Known) -> str:
    """The register number or the name of another trial, or ""."""
    for match in _REGISTER.finditer(text):
        if match[0].replace(" ", "") not in known.registers:
            return match[0]
    for match in _TRIAL.finditer(text):
        if match["name"] not in known.names | known.titled:
            return match[0]
    return ""


def _of_methods(sentence: Sentence, span: tuple[int, int], known: _Known) -> _Verdict:
    text = sentence.text[slice(*span)]
    cue = _cues(sentence, span, known)
    if cue.cited and cue.citation:
        return _Verdict(Origin.CITED, f'"{cue.cited}"')
    if says("planned", "phrases", sentence.text) or cue.planned:
        return _Verdict(Origin.PLANNED, "a plan in the methods")
    subject = next(found("flow", "subjects", text), None)
    if subject and says("flow", "verbs", sentence.text) and not says("planned", "phrases", text):
        return _Verdict(Origin.OWN, f'who took part: "{text[slice(*subject)]}"')
    return _Verdict(Origin.PLANNED, "in the methods")


def _of_results(sentence: Sentence, span: tuple[int, int], known: _Known) -> _Verdict:
    cue = _cues(sentence, span, known)
    if cue.planned:
        return _Verdict(Origin.PLANNED, "a plan")
    if cue.cited:
        if cue.own:
            return _Verdict(Origin.UNCLEAR, f'"{cue.own}" and "{cue.cited}"')
        sure = cue.citation or sentence.section == "abstract" or "et al" in cue.cited
        if sure and not (cue.method and not cue.citation):
            return _Verdict(Origin.CITED, f'"{cue.cited}"')
        return _Verdict(Origin.UNCLEAR, f'"{cue.cited}"')
    return _Verdict(Origin.OWN, f'"{cue.own}"' if cue.own else f"in the {sentence.section}")


def _of_panel(cue: _Cues) -> _Verdict:
    """A panel beside the text speaks of the literature and of this study by turns."""
    if cue.own or cue.weak:
        return _Verdict(Origin.UNCLEAR, "in a panel")
    return _Verdict(Origin.CITED, "in a panel")


def _of_introduction(cues: Sequence[_Cues]) -> list[_Verdict]:
    """Cited, but for sentences in which "we" or "this study" meets no citation."""
    own = next((c.own or c.weak for c in cues if c.own or c.weak.lower().startswith("this")), "")
    if own and not any(c.citation or c.cited for c in cues):
        return [_Verdict(Origin.OWN, f'"{own}"')] * len(cues)
    return [
        _Verdict(Origin.OWN, f'"{c.own}"')
        if c.own and not c.citation and not c.cited
        else _Verdict(Origin.CITED, f'"{c.cited}"' if c.cited else "in the introduction")
        for c in cues
    ]


def _of_discussion(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    cues: Sequence[_Cues],
    known: _Known,
    state: _Verdict | None,
) -> list[_Verdict]:
    """Clauses with words of their own first; the others follow their neighbours."""
    told = [_of_cues(cue) for cue in cues]
    cited = any(v and v.origin is Origin.CITED for v in told)
    if not cited and (state is None or state.origin is not Origin.CITED):
        told = [v or _of_weak(cue) for v, cue in zip(told, cues, strict=True)]
    texts = [sentence.text[slice(*span)] for span in spans]
    led = [begins("comparison", "leads", text) for text in texts]
    if sentence.tables and not sentence.citations:
        told = [verdict or _Verdict(Origin.OWN, "points to a table") for verdict in told]
    clear = [v for v in told if v]
    if not clear:
        return [_carried(sentence, known, state)] * len(told)
    compared = _compared_with_cited(texts, led, told)
    result: list[_Verdict] = []
    for i, verdict in enumerate(told):
        if verdict is not None:
            result.append(verdict)
        elif led[i] and begins("comparison", "value", texts[i]):
            result.append(_Verdict(Origin.UNCLEAR, "what is compared with"))
        elif compared and not led[i]:
            result.append(_beside_cited(state))
        else:
            before = [v for v in told[:i] if v]
            result.append(before[-1] if before else clear[0])
    return result


def _of_cues(cue: _Cues) -> _Verdict | None:
    """What the clause's own words say, or None where they say nothing."""
    if cue.planned:
        return _Verdict(Origin.PLANNED, "a plan")
    if cue.own:
        if cue.cited or (cue.citation and not cue.method):
            return _Verdict(Origin.UNCLEAR, f'"{cue.own}", but also a cited study')
        return _Verdict(Origin.OWN, f'"{cue.own}"')
    if cue.cited:
        return _Verdict(Origin.CITED, f'"{cue.cited}"')
    if cue.citation:
        return _Verdict(Origin.CITED, "a citation")
    if cue.indefinite and not cue.weak:
        return _Verdict(Origin.CITED, f'"{cue.indefinite}"')
    return None


def _of_weak(cue: _Cues) -> _Verdict | None:
    return _Verdict(Origin.OWN, f'"{cue.weak}"') if cue.weak else None


def _compared_with_cited(
    texts: Sequence[str],
    led: Sequence[bool],
    told: Sequence[_Verdict | None],
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


def _beside_cited(state: _Verdict | None) -> _Verdict:
    """The half that is compared with a cited study: this study's, unless another was meant."""
    if state is None or state.origin is not Origin.CITED:
        return _Verdict(Origin.OWN, "compared with a cited study")
    return _Verdict(Origin.UNCLEAR, "compared with a cited study, after another one")


def _carried(sentence: Sentence, known: _Known, state: _Verdict | None) -> _Verdict:
    """Origin of a sentence without any word that tells."""
    if state is not None and state.origin is Origin.CITED:
        if says("cited", "anaphora", sentence.text):
            return _Verdict(Origin.CITED, "continues a cited study")
        return _Verdict(Origin.UNCLEAR, "follows a cited study")
    if not known.cites or not says("tense", "past", sentence.text):
        return _UNCLEAR
    if state is not None and state.origin is Origin.OWN:
        return _Verdict(Origin.OWN, "continues")
    if not says("number", "data", sentence.text):
        return _UNCLEAR
    return _Verdict(Origin.OWN, "tells what happened, without a citation")


def _state_after(
    verdicts: Sequence[_Verdict], state: _Verdict | None, *, cites: bool
) -> _Verdict | None:
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
    return _Verdict(Origin.CITED, "follows a citation") if cites else state


def _whole(
    sentence: Sentence, spans: Sequence[tuple[int, int]], verdicts: Sequence[_Verdict]
) -> _Verdict:
    """Origin of the sentence: of those of its clauses that hold a number, if any does."""
    telling = [
        v
        for span, v in zip(spans, verdicts, strict=True)
        if says("number", "any", sentence.text[slice(*span)])
    ] or list(verdicts)
    kinds = dict.fromkeys(v.origin.value for v in telling)
    if len(kinds) == 1:
        return telling[0]
    return _Verdict(Origin.UNCLEAR, f"its clauses differ: {', '.join(kinds)}")

"""How likely a statement and the cells of a candidate speak of the same thing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor.linking.agreement import Agreement
from auditor.linking.calibration import calibrated, probability
from auditor.linking.candidates import Candidate
from auditor.linking.readings import How
from auditor.statement import Origin

_MOST_RESIDUE = 3
_MOST_ANCHORS = 4


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What speaks for a candidate outside it.

    Attributes:
        anchors: other statements of the passage that agree with the table.
        opposed: how many of the passage that have a cell in the table disagree with it.
        beside: whether another part of the statement is what the same cells say.
        origin: whose number it is.
    """

    anchors: int = 0
    opposed: int = 0
    beside: bool = False
    origin: Origin = Origin.OWN


@cache
def coefficients() -> Mapping[str, float]:
    """The coefficients of the logistic model, by name of the feature."""
    text = files("auditor.linking").joinpath("confidence.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["coefficients"].items()}


def features(
    candidate: Candidate, around: Surroundings, *, certain: bool = False
) -> dict[str, float]:
    """The evidence as numbers from 0 to 1 (residues count words, at most 3)."""
    match, who = candidate.match, candidate.reading.who
    printed = candidate.printed
    digits = len(str(abs(printed.value)).replace(".", "").strip("0"))
    equal = candidate.agreement is Agreement.AGREES
    words_differ = not (match.grades and match.at and match.modifiers)
    linked = around.anchors + around.opposed
    return {
        "bias": 1.0,
        "equal": float(equal),
        "last_digit": float(candidate.agreement is Agreement.LAST_DIGIT),
        "distinctive": float(equal and digits >= 2),
        "beside": float(around.beside),
        "named": float(candidate.named),
        "similar": 0.0 if candidate.named else candidate.similar,
        "clean": float(candidate.named and match.clean),
        "other_terms": float(not match.terms),
        "other_words": float(words_differ),
        "residue": float(min(match.text_residue, _MOST_RESIDUE)),
        "cell_residue": float(min(match.cell_residue, _MOST_RESIDUE)),
        "who_named": float(who in (How.NAMED, How.COUNTED)),
        "who_inherited": float(who in (How.BEFORE, How.HEADING, How.SIDE)),
        "who_unknown": float(who is How.UNKNOWN),
        "same_patients": float(match.patients is True),
        "other_patients": float(match.patients is False),
        "anchors": min(around.anchors, _MOST_ANCHORS) / _MOST_ANCHORS,
        "opposed": around.opposed / linked if linked else 0.0,
        "sum": float(candidate.operation == "sum"),
        "not_whole": float(not candidate.whole),
        "not_own": float(around.origin is not Origin.OWN),
        "certain": float(certain),
    }


def strength(values: Mapping[str, float]) -> float:
    """The logistic model before calibration (0-1)."""
    weights = coefficients()
    return probability(sum(weights.get(name, 0.0) * value for name, value in values.items()))


def confidence(candidate: Candidate, around: Surroundings, *, certain: bool = False) -> float:
    """Probability (0-1) that statement and cells speak of the same thing; ``certain``: whether
    the gate found nothing that speaks against it."""
    group = "link agrees" if candidate.agreement.fits else "link differs"
    return calibrated(group, strength(features(candidate, around, certain=certain)))


def evidence(candidate: Candidate, around: Surroundings) -> tuple[str, ...]:
    """The reasons in words, the strongest first."""
    weights = coefficients()
    values = features(candidate, around)
    said = {
        "equal": "the numbers are equal",
        "last_digit": "the numbers differ in the last digit only",
        "beside": "another number of the statement is in the same cell",
        "clean": "the words mean the same, none is left over",
        "other_terms": "the cell is of other patients",
        "other_words": "grade, time or manner differ",
        "residue": "words of the text are not understood",
        "cell_residue": "words of the table are not understood",
        "same_patients": "the number of patients is that of the cell",
        "other_patients": "the number of patients is not that of the cell",
        "who_named": "the text names the patients",
        "who_inherited": f"the patients are {candidate.reading.who}",
        "who_unknown": "of whom the text speaks is not known",
        "anchors": f"{around.anchors} more numbers of the passage agree with the table",
        "opposed": f"{around.opposed} numbers of the passage disagree with the table",
        "similar": "the words are similar",
        "not_own": f"whose number it is: {around.origin}",
    }
    weighed = sorted(
        ((abs(weights.get(name, 0.0) * values[name]), name) for name in said if values[name]),
        reverse=True,
    )
    return tuple(said[name] for weight, name in weighed if weight)

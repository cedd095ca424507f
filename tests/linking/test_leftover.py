"""Words of a sentence that no phrase of a statement holds."""

from __future__ import annotations

import pytest

from auditor.linking.leftover import leftovers
from auditor.manuscript import Manuscript
from auditor.testing.subjects import read_text
from auditor.topic import Topic


def every_word(text: str, role: str) -> Topic:
    """A reader that understands nothing but the commonest words."""
    assert role == "what"
    known = {"and", "was", "in", "the", "of", "had", "were", "a", "with", "occurred", "seen"}
    words = (w.strip(".,()") for w in text.casefold().split())
    return Topic(residue=tuple(w for w in words if w and w not in known))


def left(text: str) -> dict[str, tuple[str, ...]]:
    manuscript: Manuscript = read_text(f"# Results\n\n{text}\n")
    found = leftovers(manuscript.prose, every_word)
    return {s.place.quote: found[s.id] for s in manuscript.prose.statements if s.id in found}


@pytest.mark.parametrize(
    "text",
    [
        "Recurrence occurred in 25 patients.",
        "The ORR was 19% and the DCR was 71%.",
        "Of the 44 patients, 36 (82%) received surgery.",
        "Hypertension was seen in 12 patients (mainly of the lung).",
    ],
)
def test_a_sentence_that_was_read_leaves_nothing(text: str) -> None:
    assert left(text) == {}


def test_a_subject_that_a_clause_cuts_off_is_left() -> None:
    text = "Keratitis, mostly detected by examination only, occurred in 55 patients (65%)."
    (words,) = left(text).values()
    assert "examination" in words or "keratitis" in words


def test_a_citation_and_a_pointer_are_no_words() -> None:
    assert left("Recurrence occurred in 25 patients (Table 2).") == {}

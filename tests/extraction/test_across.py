"""N from the text and from captions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.manuscript import Manuscript

TABLE = """
Table 1. Toxicity

| Event | FLOX arm | 3-week arm |
| --- | --- | --- |
| Diarrhoea | 4 (17%) | 5 (21%) |
| Nausea | 2 (8%) | 3 (13%) |
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Of those screened, 24 patients were enrolled for each treatment group.",
        "There were 24 patients in the FLOX arm and 24 patients in the 3-week arm.",
        "The arms were FLOX (n = 24) and 3-week (n = 24).",
    ],
)
def test_n_of_arms_from_the_text(read: Callable[..., Manuscript], sentence: str) -> None:
    manuscript = read(f"# Methods\n\n{sentence}\n{TABLE}")
    bases = [arm.basis for arm in manuscript.judged[0].arms.values()]
    assert [(b.value, b.source) for b in bases if b is not None] == [(24, "the text")] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Another study enrolled 50 patients in each group.",
        "All patients gave consent in each treatment group.",
    ],
)
def test_an_n_that_the_percentages_do_not_bear_out(
    read: Callable[..., Manuscript], sentence: str
) -> None:
    manuscript = read(f"# Methods\n\n{sentence}\n{TABLE}")
    assert all(arm.stated is None for arm in manuscript.judged[0].arms.values())


def test_a_caption_with_the_n_of_each_arm(read: Callable[..., Manuscript]) -> None:
    text = TABLE.replace("Toxicity", "Toxicity with FLOX (n = 24) and every 3 weeks (n = 24)")
    columns = read(text).tables[0].columns
    assert [c.stated.value for c in columns if c.stated is not None] == [24, 24]

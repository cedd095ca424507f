"""Labels of groups, as the text and a table word them."""

from __future__ import annotations

import pytest

from auditor.passages.grouped import label_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("in patients with two or more risk factors", "≥2 risk factors"),
        ("at DL3", "DL3"),
        ("in the cohort with liver metastases", "Liver metastases"),
    ],
)
def test_the_same_group_has_one_label(text: str, label: str) -> None:
    assert label_of(text) == label_of(label)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("with two risk factors", "≥2 risk factors"),
        ("without liver metastases", "Liver metastases"),
        ("at DL2", "DL3"),
    ],
)
def test_other_groups_have_other_labels(text: str, label: str) -> None:
    assert label_of(text) != label_of(label)

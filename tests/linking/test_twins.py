"""Which statements of the text are the same quantity, and which differences accuse."""

from __future__ import annotations

import time

from auditor.linking.twins import ACCUSE, twins
from auditor.statement import Kind, Origin, Prose, Statement
from auditor.topic import Term, Topic, Twin

from .saying import about, paper, say

MEDIAN, PERCENT, RATIO, COUNT = Kind.MEDIAN, Kind.PERCENT, Kind.RATIO, Kind.COUNT


def times(values: str, arms: str = "A A B B") -> list[Statement]:
    """Medians of PFS and OS in two arms."""
    whats = ("PFS", "OS") * 2
    return [
        say(MEDIAN, value, what=what, whom=arm)
        for value, what, arm in zip(values.split(), whats, arms.split(), strict=True)
    ]


def differing(prose: Prose, topics: dict[str, Topic] | None = None) -> list[Twin]:
    found = twins(prose, about(prose) if topics is None else topics)
    return [t for t in found if not t.agrees]


def accused(prose: Prose, topics: dict[str, Topic] | None = None) -> list[tuple[str, str]]:
    return [
        (t.one, t.other) for t in differing(prose, topics) if t.certain or t.confidence >= ACCUSE
    ]


def test_one_of_four_equal_numbers_differs_for_certain() -> None:
    prose = paper(("abstract", times("2.0 14.0 2.8 13.2")), ("results", times("2.0 14.5 2.8 13.2")))
    found = twins(prose, about(prose))
    assert [(t.one, t.other, t.agrees, t.certain) for t in found] == [
        ("0.0", "1.0", True, False),
        ("0.1", "1.1", False, True),
        ("0.2", "1.2", True, False),
        ("0.3", "1.3", True, False),
    ]


def test_arms_in_reverse_order_are_paired_by_name() -> None:
    prose = paper(
        ("abstract", times("2.0 14.0 2.8 13.2")),
        ("results", times("2.8 13.2 2.0 14.0", "B B A A")),
    )
    assert all(t.agrees for t in twins(prose, about(prose)))


def test_unnamed_pairs_are_laid_side_by_side_in_their_order() -> None:
    def pair(values: str) -> list[Statement]:
        return [
            say(PERCENT, v, what="ORR", series=1, item=i, p="0.047")
            for i, v in enumerate(values.split())
        ]

    prose = paper(("abstract", pair("6% 38%")), ("results", pair("6% 38%")))
    found = twins(prose, about(prose))
    assert {(t.one, t.other) for t in found if t.agrees} >= {("0.0", "1.0"), ("0.1", "1.1")}
    assert not accused(prose)


def test_other_words_of_the_same_numbers_are_anchors_without_topics() -> None:
    def sentence(values: str) -> list[Statement]:
        whats = ("grade 3 anaemia", "grade 3 neutropenia", "grade 3 diarrhoea")
        return [say(COUNT, v, what=what) for v, what in zip(values.split(), whats, strict=True)]

    prose = paper(("abstract", sentence("31 12 17")), ("results", sentence("31 12 19")))
    assert accused(prose, {}) == [("0.2", "1.2")]


def test_interval_and_ratio_beside_the_median_are_anchors() -> None:
    prose = paper(
        (
            "abstract",
            [
                say(MEDIAN, "4.9", what="PFS", whom="A"),
                say(RATIO, "0.67", what="PFS", ratio="HR", ci=("0.47", "0.97")),
            ],
        ),
        (
            "results",
            [
                say(MEDIAN, "4.6", what="PFS", whom="A"),
                say(RATIO, "0.67", what="PFS", ratio="HR", ci=("0.47", "0.97")),
            ],
        ),
    )
    assert [(t.one, t.certain) for t in differing(prose)] == [("0.0", True)]


def test_equal_topics_far_apart_are_probable_and_never_certain() -> None:
    prose = paper(
        ("abstract", [say(PERCENT, "33.3%", what="ORR", whom="A")]),
        ("results", [say(PERCENT, "33.3%", what="ORR", whom="A")]),
        ("discussion", [say(PERCENT, "39.4%", what="ORR", whom="A")]),
    )
    assert accused(prose) == [("0.0", "2.0"), ("1.0", "2.0")]
    assert not any(t.certain for t in differing(prose))


def test_words_that_were_not_understood_silence_equal_topics() -> None:
    prose = paper(
        ("abstract", [say(PERCENT, "33.3%", what="ORR", whom="A")]),
        ("discussion", [say(PERCENT, "39.4%", what="ORR", whom="A")]),
    )
    assert accused(prose)
    assert not accused(prose, about(prose, residue=("evaluable",)))


def test_value_of_other_patients_explains_a_difference() -> None:
    prose = paper(
        ("results", [say(PERCENT, "14%", what="ORR"), say(PERCENT, "38%", what="ORR", whom="B")]),
        ("discussion", [say(PERCENT, "38%", what="ORR")]),
    )
    assert not accused(prose)


def test_cited_planned_and_rough_numbers_accuse_nobody() -> None:
    for changed in (
        say(PERCENT, "39.4%", what="ORR", whom="A", origin=Origin.CITED),
        say(PERCENT, "39.4%", what="ORR", whom="A", origin=Origin.PLANNED),
        say(PERCENT, "39%", what="ORR", whom="A", quantifier="about"),
    ):
        prose = paper(
            ("results", [say(PERCENT, "33.3%", what="ORR", whom="A")]), ("discussion", [changed])
        )
        assert not accused(prose)


def test_conversions_and_rounding_agree() -> None:
    pairs = [
        (say(MEDIAN, "5.4", what="OS"), say(MEDIAN, "5", what="OS")),
        (say(MEDIAN, "5.42", what="OS"), say(MEDIAN, "5.4", what="OS")),
        (say(MEDIAN, "18.0", what="OS"), say(MEDIAN, "1.5", what="OS", unit="years")),
        (say(MEDIAN, "21", what="OS", unit="weeks"), say(MEDIAN, "4.8", what="OS")),
        (
            say(RATIO, "0.50", what="OS", ratio="HR", ci=("0.25", "0.80")),
            say(RATIO, "2.00", what="OS", ratio="HR", ci=("1.25", "4.00")),
        ),
    ]
    for one, other in pairs:
        prose = paper(("abstract", [one]), ("results", [other]))
        assert twins(prose, about(prose))
        assert not differing(prose)


def test_last_digit_is_no_accusation() -> None:
    prose = paper(
        ("abstract", [say(COUNT, "47", what="AE", whom="A", of="254", percent="19%")]),
        ("results", [say(COUNT, "47", what="AE", whom="A", of="254", percent="18%")]),
    )
    found = twins(prose, about(prose))
    assert not differing(prose)
    assert [t.part for t in found if t.last_digit] == ["percent"]


def test_another_denominator_is_another_population() -> None:
    prose = paper(
        ("abstract", [say(COUNT, "22", what="CR", whom="A", of="66", percent="33%")]),
        ("results", [say(COUNT, "23", what="CR", whom="A", of="61", percent="38%")]),
    )
    assert not accused(prose)


def test_several_values_in_one_paragraph_show_that_a_topic_is_too_coarse() -> None:
    prose = paper(
        ("abstract", [say(MEDIAN, "5.4", what="PFS")]),
        ("results", [say(MEDIAN, "6.1", what="PFS"), say(MEDIAN, "9.9", what="PFS")]),
    )
    assert not accused(prose)


def test_other_time_grade_or_manner_is_another_quantity() -> None:
    prose = paper(
        ("abstract", [say(PERCENT, "33.3%", what="ORR", whom="A")]),
        ("results", [say(PERCENT, "27.1%", what="ORR", whom="A")]),
    )
    base = Topic("ORR", frozenset({Term("arm", "A")}))
    for other in (
        Topic("ORR", base.terms, modifiers=frozenset({"independent review"})),
        Topic("ORR", base.terms, at=6.0),
        Topic("ORR", base.terms, grades=(3, 4)),
        Topic("ORR", frozenset({Term("arm", "A"), Term("sex", "men")})),
    ):
        assert not accused(prose, {"0.0": base, "1.0": other})


def test_work_grows_with_the_text() -> None:
    def took(copies: int) -> float:
        prose = paper(
            *(
                (section, [say(MEDIAN, f"{n}.{k}", what=f"x{n}", whom="A") for k in range(4)])
                for n in range(copies)
                for section in ("abstract", "results")
            )
        )
        topics = about(prose)
        started = time.process_time()
        twins(prose, topics)
        return time.process_time() - started

    took(50)
    assert took(800) < 12 * took(200)

"""Numbers of sentences with the phrases that say what they state, and of whom."""

from __future__ import annotations

import pytest

from auditor.prose.statements import statements_of
from auditor.statement import Kind, Sentence, Statement


def read(*texts: str) -> tuple[Statement, ...]:
    """The statements of sentences that are documents of their own."""
    made = [Sentence(i, 0, text, tuple(range(len(text)))) for i, text in enumerate(texts)]
    return statements_of(made)


def told(statement: Statement) -> tuple[str, list[str], list[str]]:
    """The printed value with what and whom in words."""
    return (
        statement.value.text,
        [phrase.text for phrase in statement.what],
        [phrase.text for phrase in statement.whom],
    )


def setting(statement: Statement) -> list[str]:
    return [phrase.text for phrase in statement.setting]


Told = tuple[str, list[str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ORR was 14%.", [("14%", ["ORR"], [])]),
        ("In all, 12 patients received radiotherapy.", [("12", ["received radiotherapy"], [])]),
        ("Relapse occurred in 25 patients.", [("25", ["Relapse"], [])]),
        (
            "Grade 3/4 events were hypertension (3, 7%) and fatigue (2, 5%).",
            [
                ("3", ["hypertension", "Grade 3/4 events"], []),
                ("2", ["fatigue", "Grade 3/4 events"], []),
            ],
        ),
        (
            "The incidence of pain in monotherapy patients was 52% (12/23).",
            [("12", ["incidence of pain"], ["in monotherapy patients"])],
        ),
        (
            "The drug was used as first-line therapy in 10 patients, second-line therapy in 26 "
            "patients, and beyond second-line therapy in 8 patients.",
            [
                ("10", ["first-line therapy", "drug"], []),
                ("26", ["second-line therapy", "drug"], []),
                ("8", ["beyond second-line therapy", "drug"], []),
            ],
        ),
        (
            "Although none achieved CR, 6 PR, 16 SD, and 9 PD were seen in patients with lymphoma.",
            [
                ("none", ["achieved CR"], ["in patients with lymphoma"]),
                ("6", ["PR"], ["in patients with lymphoma"]),
                ("16", ["SD"], ["in patients with lymphoma"]),
                ("9", ["PD"], ["in patients with lymphoma"]),
            ],
        ),
        (
            "5 with PR and 4 with SD were found in the combination group.",
            [
                ("5", ["with PR"], ["in the combination group"]),
                ("4", ["with SD"], ["in the combination group"]),
            ],
        ),
        (
            "Median OS was 10.3 months in arm A and 9.3 months in arm B.",
            [("10.3", ["Median OS"], ["in arm A"]), ("9.3", ["Median OS"], ["in arm B"])],
        ),
        (
            "Median PFS for the patients in arm A was 10.3 months and 9.3 months in arm B.",
            [
                ("10.3", ["Median PFS"], ["for the patients", "in arm A"]),
                ("9.3", ["Median PFS"], ["in arm B", "for the patients"]),
            ],
        ),
        (
            "The study ended in June 2021, and the average follow-up was 13.6 months.",
            [("13.6", ["average follow-up"], [])],
        ),
        (
            "Patients treated with the vaccine had a median age of 62 years.",
            [("62", ["median age"], ["Patients treated with the vaccine"])],
        ),
        (
            "Four out of 8 patients with pain (50%) had relief.",
            [("Four", ["had relief"], ["with pain"])],
        ),
    ],
)
def test_what_and_whom(text: str, expected: list[Told]) -> None:
    assert [told(statement) for statement in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Median PFS was 5.4 months.", [Kind.MEDIAN]),
        ("The mean age was 58.4 ± 12.9 years.", [Kind.MEAN]),
        ("The 6-month PFS rate was 54%.", [Kind.SURVIVAL]),
        ("The hazard ratio for death was 0.71 (95% CI 0.52–0.97).", [Kind.RATIO]),
        ("PFS did not differ between the groups (P = 0.26).", [Kind.P_VALUE]),
        ("The follow-up ranged from 2 to 13 months.", [Kind.RANGE]),
        ("The ORR was 14% and 12 patients died.", [Kind.PERCENT, Kind.COUNT]),
        ("Infusion took 3.5 hours.", [Kind.VALUE]),
    ],
)
def test_kinds(text: str, kinds: list[Kind]) -> None:
    assert [statement.kind for statement in read(text)] == kinds


def test_fronted_phrases_are_the_setting() -> None:
    whole, part = read("Of the 44 patients, 36 (82%) had surgery.")
    assert whole.value.integer == 44
    assert setting(part) == ["Of the 44 patients"]
    assert part.denominator is not None
    assert part.denominator.integer == 44


def test_a_time_in_front_is_no_whole() -> None:
    (_, count) = read("After a median of 46 months, 12 patients had died.")
    assert count.denominator is None


def test_respectively_pairs_heads_with_values() -> None:
    orr, dcr = read("The ORR and DCR were 19% and 71%, respectively.")
    assert (told(orr), told(dcr)) == (("19%", ["ORR"], []), ("71%", ["DCR"], []))
    assert orr.respectively
    assert dcr.respectively
    assert (orr.item, dcr.item) == (0, 1)


def test_respectively_pairs_heads_with_comparisons() -> None:
    found = read("The ORR and DCR were 6% versus 38% (P = 0.047) and 75% versus 69% (P = 0.526).")
    assert [statement.what[0].text for statement in found] == ["ORR", "ORR", "DCR", "DCR"]
    tests = [s.p_value.text for s in found if s.p_value is not None]
    assert tests == ["0.047", "0.047", "0.526", "0.526"]
    assert found[0].series == found[1].series != found[2].series
    assert all(statement.versus for statement in found)


def test_a_p_value_with_words_behind_it_stays_with_its_share() -> None:
    found = read("More responded with A (12 of 44, 27%) than B (9 of 50, 18%; P = 0.3 for both).")
    assert [(told(s)[0], s.percent and s.percent.text) for s in found] == [
        ("12", "27%"),
        ("9", "18%"),
    ]
    assert found[1].p_value is not None


def test_numbers_within_words_count_nothing() -> None:
    found = read("The ORR was 81% in the weekly and 71% in the 3-weekly group (1-sided P = 0.3).")
    assert [told(s)[0] for s in found] == ["81%", "71%"]
    assert {s.p_value.text for s in found if s.p_value is not None} == {"0.3"}


def test_a_share_behind_the_patients_of_a_fraction_is_its_own() -> None:
    found = read("Remission was seen in 24 of 36 younger (67%) and 12 of 27 older patients (44%).")
    assert [(s.count and s.count.text, s.percent and s.percent.text) for s in found] == [
        ("24", "67%"),
        ("12", "44%"),
    ]


def test_a_fraction_behind_its_group_belongs_to_the_share_before_it() -> None:
    found = read("The ORR was 46% in the A arm (13/28) and 20% in the B arm (6/30) (P = 0.03).")
    assert [(s.count and s.count.text, s.percent and s.percent.text) for s in found] == [
        ("13", "46%"),
        ("6", "20%"),
    ]


def test_the_name_of_a_test_behind_a_p_value_names_nothing_else() -> None:
    found = read("The ORR differed (46% vs 20%, P = 0.03, Fisher's exact test).")
    assert [told(s)[0] for s in found] == ["46%", "20%"]
    assert not any("test" in p.text for s in found for p in s.what)
    assert all(s.p_value is not None for s in found)


def test_groups_of_values_by_arms() -> None:
    found = read(
        "Median PFS and OS were 2.0 and 14.0 months in arm A, and 2.8 and 13.2 months in arm B, "
        "respectively."
    )
    assert [(s.what[0].text, s.whom[0].text) for s in found] == [
        ("Median PFS", "in arm A"),
        ("OS", "in arm A"),
        ("Median PFS", "in arm B"),
        ("OS", "in arm B"),
    ]
    assert {statement.unit for statement in found} == {"months"}
    assert {statement.kind for statement in found} == {Kind.MEDIAN}


def test_times_of_survival() -> None:
    one, two = read("The 1- and 2-year OS were 78% and 55%, respectively.")
    assert one.at is not None
    assert two.at is not None
    assert (one.at[0].text, one.at[1], two.at[0].text) == ("1", "year", "2")


def test_an_arm_named_by_a_time_has_no_time() -> None:
    (count,) = read("Fever was seen in 3 patients in the 3-week arm.")
    assert count.at is None


@pytest.mark.parametrize(
    ("text", "sides", "measure"),
    [
        (
            "The combination had a higher ORR compared with monotherapy (6% vs. 38%).",
            ["combination", "monotherapy"],
            "ORR",
        ),
        (
            "Severe neutropenia was more frequent in arm A than in arm B (34% vs 12%).",
            ["arm A", "arm B"],
            "Severe neutropenia",
        ),
        (
            "We found that X plus Y compared with X significantly improved the ORR (6% vs 38%).",
            ["X plus Y", "X"],
            "ORR",
        ),
    ],
)
def test_compared_sides_may_be_turned_round(text: str, sides: list[str], measure: str) -> None:
    found = read(text)
    assert [statement.whom[0].text for statement in found] == sides
    assert {statement.what[0].text for statement in found} == {measure}
    assert all(statement.order_open and statement.versus for statement in found)


def test_sides_that_are_named_in_order() -> None:
    one, other = read("The PFS for drug vs. placebo was 71.9% vs. 46.9%.")
    assert (one.whom[0].text, other.whom[0].text) == ("drug", "placebo")
    assert not one.order_open


@pytest.mark.parametrize(
    ("text", "exhaustive"),
    [
        ("A total of 44 patients, including 13 with X and 31 with Y, were enrolled.", False),
        ("There were 44 deaths: 13 in arm A and 31 in arm B.", True),
        ("Overall, 44 patients stopped (13 for toxicity, 31 for progression).", False),
        ("Forty-four patients had surgery, 13 (30%) in arm A and 31 (70%) in arm B.", False),
        ("So far 44 patients have died; 13 on the drug and 31 on placebo.", False),
    ],
)
def test_parts_know_their_whole(text: str, exhaustive: bool) -> None:
    whole, one, other = read(text)
    assert whole.value.integer is not None or whole.value.text == "Forty-four"
    assert one.whole == other.whole == whole.id
    assert whole.whole == ""
    assert {one.exhaustive, other.exhaustive} == {exhaustive}
    assert one.series == other.series is not None


def test_brackets_that_add_up() -> None:
    death, relapse, total = read("The number with death (17) or relapse (12) was 29 in arm A.")
    assert death.whole == relapse.whole == total.id


@pytest.mark.parametrize(
    "text",
    [
        "There were 33 responses, with 18 patients (54.5%) having a CR.",
        "Dose delays occurred in 7 patients, and 3 patients stopped.",
    ],
)
def test_other_counts_are_no_parts(text: str) -> None:
    assert [statement.whole for statement in read(text)] == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Patients received 12 mg once daily on days 1 to 14 every 3 weeks.",
        "Patients aged ≥18 years with a performance status of 0–2 were eligible.",
        "No significant difference was found between the two groups.",
        "Toxicity was graded by CTCAE version 4.0.",
        "One of the drugs was approved in 2017 [3, 4].",
    ],
)
def test_no_statements(text: str) -> None:
    assert read(text) == ()


def test_quantifiers() -> None:
    found = read(
        "More than 95% of patients had pain.",
        "At least 2 patients died.",
        "No patient achieved CR.",
        "Both patients relapsed.",
    )
    quantifiers = [statement.quantifier for statement in found]
    assert quantifiers == ["more than", "at least", "none", "both"]
    assert [int(statement.value.value) for statement in found] == [95, 2, 0, 2]


def test_offsets_are_those_of_the_document() -> None:
    text = "The ORR was 14% in arm A."
    shifted = Sentence(0, 0, text, tuple(range(100, 100 + len(text))), title="Results")
    (statement,) = statements_of([shifted], name="paper.txt")
    assert (statement.place.start, statement.place.end) == (112, 115)
    assert (statement.value.start, statement.value.end) == (112, 115)
    assert (statement.what[0].start, statement.what[0].end) == (104, 107)
    assert statement.place.input == "paper.txt"


def test_ids_stay_when_the_sentence_moves() -> None:
    (alone,) = read("The ORR was 14%.")
    _, moved = read("Then 12 patients died.", "The ORR was 14%.")
    assert alone.id == moved.id


def test_equal_sentences_have_ids_of_their_own() -> None:
    one, other = read("The ORR was 14%.", "The ORR was 14%.")
    assert one.id != other.id


def test_citations_and_pointers_are_no_data() -> None:
    text = "The ORR was 14% [12] (Table 2)."
    sentence = Sentence(
        0,
        0,
        text,
        tuple(range(len(text))),
        citations=((16, 20),),
        pointers=((22, 29),),
    )
    assert [statement.value.text for statement in statements_of([sentence])] == ["14%"]


@pytest.mark.parametrize(
    "text",
    [
        "7 CR, 30 PR and 40 SD were seen with placebo, and 9 CR, 34 PR and 22 SD with the drug.",
        "7 CR, 30 PR and 40 SD occurred in arm A, and 9 CR, 34 PR and 22 SD in arm B.",
    ],
)
def test_lists_of_two_arms_are_two_series(text: str) -> None:
    found = read(text)
    assert [statement.item for statement in found] == [0, 1, 2, 0, 1, 2]
    assert len({statement.series for statement in found}) == 2
    sides = [statement.whom[0].text for statement in found]
    assert sides[:3] == [sides[0]] * 3
    assert sides[3:] == [sides[3]] * 3
    assert sides[0] != sides[3]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Pain was less frequent with the drug (5%) than with placebo (12%).",
            ["with the drug", "with placebo"],
        ),
        ("ORRs were 28.6% and 14.3% with drug and placebo, respectively.", ["drug", "placebo"]),
        ("Median OS was 4.0, 4.2 and 5.8 months in arms A, B and C.", ["arms A", "B", "C"]),
        ("Fever occurred in 21 of 65 with the drug and 15 of 63 with placebo.",
         ["with the drug", "with placebo"]),
        ("Events occurred in 44 receiving the drug and 33 receiving placebo.",
         ["receiving the drug", "receiving placebo"]),
    ],
)  # fmt: skip
def test_sides_of_one_head(text: str, sides: list[str]) -> None:
    found = read(text)
    assert [statement.whom[0].text for statement in found] == sides
    assert len({statement.what[0].text for statement in found}) == 1


def test_a_number_in_a_phrase_is_of_whom() -> None:
    ratio, men = read("The HR was 0.51 in the 70 patients with the mutation.")
    assert [phrase.text for phrase in ratio.whom] == ["in the 70 patients with the mutation"]
    assert men.value.integer == 70
    assert men.series is None


def test_the_class_of_events_stays_with_each() -> None:
    found = read("Fever (seven patients, 16%) and pain (5, 11%) were the worst grade 3 events.")
    assert [s.what[-1].text for s in found] == ["were the worst grade 3 events"] * 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("22 had a score of 5 or more and 23 a score below 5.", ["22", "23"]),
        ("The 25 patients aged 75–79 years and 22 aged 80–84 years lived.", ["25", "22"]),
        ("In arm B (95% CI, 28 - not reached) 12 patients died.", ["12"]),
        ("At least three sessions were given to 33 (30.6%) patients.", ["33"]),
    ],
)
def test_thresholds_are_no_statements(text: str, values: list[str]) -> None:
    assert [statement.value.text for statement in read(text)] == values


def test_numbers_that_name_sides_keep_their_noun() -> None:
    found = read("OS was 17.4, 14.0, and 9.0 months in patients with 0, 1, and 2 risk factors.")
    whom = {phrase.text for statement in found for phrase in statement.whom}
    assert whom == {"in patients with 0, 1, and 2 risk factors"}


def test_percentages_behind_counts_by_arm_have_their_sides() -> None:
    found = read("34 of 61 in arm A and 23 of 59 in arm B had a response (55.7% vs. 39.0%).")
    assert [statement.whom[0].text for statement in found] == ["in arm A", "in arm B"] * 2
    assert [statement.versus for statement in found] == [False, False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "On 3/4/2012 (82% complete) the data were locked.",
        "In 44/36 (82%) of the samples it was absent.",
        "In 36 (82%) of 44 (51%) patients it was there.",
        "Grade 3/4 (12%) events were rare.",
        "HER2 2/3+ and stages 3/4 (45%) prevailed.",
        "Doses were 36/0 (82%) apart.",
    ],
)
def test_no_fractions(text: str) -> None:
    assert not [s for s in read(text) if s.count and s.denominator and s.percent]


def test_a_comparison_that_names_one_side() -> None:
    one, other = read("A higher rate of pain was observed with the drug (33% vs. 3%).")
    assert told(one) == ("33%", ["higher rate of pain"], ["with the drug"])
    assert told(other) == ("3%", ["higher rate of pain"], [])
    assert all(s.order_open for s in (one, other))

"""Lesions and the responses that they give, worked out by hand.

Sections and tables are those of RECIST 1.1 (Eisenhauer EA et al. Eur J Cancer 2009;45:228-247).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.endpoints.lesion_arithmetic import millimetres, steps
from auditor.endpoints.lesion_responses import TimePoints, time_points
from auditor.endpoints.lesion_words import Axis, Group, State, axis, group, is_node, state
from auditor.errors import NotEvaluable
from auditor.frames.cohort import Cohort

CohortMaker = Callable[..., Cohort]
Lesions = dict[str, list[object]]
DAYS = ["2020-01-02", "2020-02-12", "2020-03-25", "2020-05-06", "2020-06-17"]
NN = "NON-CR/NON-PD"


def results(**lesions: list[object]) -> Lesions:
    """Rows from the values of each lesion at screening and the visits after it.

    A number is a diameter (for L01, ... the short axis of a node), text is a state, None is not
    done and ... is no row at all.
    """
    rows: list[dict[str, object]] = []
    for lesion, values in lesions.items():
        target = lesion[0] in "TL"
        node = lesion[0] == "L" or lesion.startswith("NTL")
        for visit, value in enumerate(values):
            if value is ...:
                continue
            number = isinstance(value, (int, float))
            rows.append(
                {
                    "USUBJID": "01",
                    "LNKID": lesion,
                    "GRPID": "TARGET" if target else "NON-TARGET" if lesion[1] == "T" else "NEW",
                    "TESTCD": ("LPERP" if node else "LDIAM") if number or target else "TUMSTATE",
                    "AVAL": value if number else None,
                    "AVALC": None if number else value,
                    "STAT": "NOT DONE" if value is None else None,
                    "UNIT": "mm" if number else None,
                    "VISITNUM": float(visit + 1),
                    "VISIT": f"WEEK {6 * visit}" if visit else "SCREENING",
                    "ADT": DAYS[visit],
                }
            )
    return {name: [row[name] for row in rows] for name in rows[0]}


def derived(make_cohort: CohortMaker, lesions: Lesions, **tables: object) -> TimePoints:
    nodes = sorted({str(n) for n in lesions["LNKID"] if "L" in str(n)[:3]})
    others = sorted({str(n) for n in lesions["LNKID"]} - set(nodes))
    tumours = {
        "USUBJID": ["01"] * (len(nodes) + len(others)),
        "LNKID": nodes + others,
        "AVALC": [None] * (len(nodes) + len(others)),
        "LOC": ["LYMPH NODE, AXILLARY"] * len(nodes) + ["LUNG"] * len(others),
    }
    return time_points(make_cohort(**{"tumours": tumours, "lesions": lesions, **tables}))


def overall(points: TimePoints) -> list[str]:
    return [str(r) for r in points.frame.loc[~points.frame["baseline"], "overall"]]


@pytest.mark.parametrize(
    ("lesions", "expected"),
    [
        # Target lesions (4.3.1)
        ({"T01": [100, 70]}, ["PR"]),  # exactly 30% below the baseline
        ({"T01": [100, 70.01]}, ["SD"]),
        ({"T01": [0.1, 0.1], "T02": [0.2, 0.11]}, ["PR"]),  # 0.3 -> 0.21: 30%, not 29.99...
        ({"T01": [30, 36]}, ["PD"]),  # +20%, +6 mm
        ({"T01": [25, 30]}, ["PD"]),  # +20% and +5 mm, both exactly
        ({"T01": [24, 28.9]}, ["SD"]),  # +20.4%, but +4.9 mm
        ({"T01": [25.1, 30.1]}, ["SD"]),  # +5 mm, but +19.9%
        ({"T01": [0.1, 5.1], "T02": [0.2, 0.2]}, ["PD"]),  # +5 mm exactly, in tenths
        ({"T01": [100, 50, 60]}, ["PR", "PD"]),  # the nadir is 50: +20%, still -40%
        ({"T01": [100, 50, 59.9]}, ["PR", "PR"]),
        ({"T01": [50, 55, 60]}, ["SD", "PD"]),  # the smallest sum is the baseline (+20%)
        ({"T01": [100, 80, 90, 96]}, ["SD", "SD", "PD"]),  # slow growth against the nadir
        ({"T01": [20, 0]}, ["CR"]),
        ({"T01": [20, 0, 4]}, ["CR", "PR"]),  # arithmetic alone: less than 5 mm
        ({"T01": [20, 0, 5]}, ["CR", "PD"]),  # from a nadir of 0
        # Nodes (4.3.1, 4.3.2): short axis, normal below 10 mm, the sum need not be 0
        ({"L01": [22, 9.9]}, ["CR"]),
        ({"L01": [22, 10]}, ["PR"]),
        ({"L01": [22, 9], "T01": [30, 0]}, ["CR"]),
        ({"L01": [22, 9], "T01": [30, 3]}, ["PR"]),
        ({"L01": [20, 2, 9]}, ["CR", "CR"]),  # grown by 7 mm, and still normal (4.4.4)
        ({"L01": [20, 9, 14]}, ["CR", "PD"]),  # pathological again: +5 mm, +56%
        # Words
        ({"T01": [20, "ABSENT"]}, ["CR"]),
        ({"T01": [20, "TOO SMALL TO MEASURE"]}, ["PR"]),  # 5 mm (4.3.2)
        ({"T01": [30, 30], "T02": [20, "MERGED WITH T01"]}, ["PR"]),  # 50 -> 30: -40%
        # Lesions that split (4.3.2)
        ({"T01": [50, ..., ...], "T01A": [..., 20, 30], "T01B": [..., 15, 30]}, ["PR", "PD"]),
        ({"T01": [50, ...], "T01.1": [..., 20], "T01.2": [..., 15]}, ["PR"]),
        # Missing lesions (4.4.2)
        ({"T01": [50, 30], "T02": [20, None]}, ["NE"]),
        ({"T01": [50, 30], "T02": [20, ...]}, ["NE"]),
        ({"T01": [30, 80], "T02": [20, None]}, ["PD"]),  # as in the guideline: 50 -> 80
        ({"T01": [30, 60], "T02": [20, None]}, ["PD"]),  # +20% and +10 mm without the other
        ({"T01": [30, 59], "T02": [20, None]}, ["NE"]),
        ({"T01": [50, None, 35]}, ["NE", "PR"]),
        ({"T01": [50, None, 60]}, ["NE", "PD"]),  # an incomplete sum is no nadir
        ({"T01": [50, 10, 56], "T02": [50, None, 44]}, ["NE", "SD"]),
        ({"T01": [50, 0], "T02": [20, None]}, ["NE"]),
        # Table 1
        ({"T01": [20, 0], "NT01": ["PRESENT", "ABSENT"]}, ["CR"]),
        ({"T01": [20, 0], "NT01": ["PRESENT", "PRESENT"]}, ["PR"]),
        ({"T01": [20, 0], "NT01": ["PRESENT", None]}, ["PR"]),
        ({"T01": [20, 0], "NT01": ["PRESENT", ...]}, ["PR"]),
        ({"T01": [20, 10], "NT01": ["PRESENT", "ABSENT"]}, ["PR"]),
        ({"T01": [20, 10], "NT01": ["PRESENT", None]}, ["PR"]),
        ({"T01": [20, 20], "NT01": ["PRESENT", None]}, ["SD"]),
        ({"T01": [20, None], "NT01": ["PRESENT", "PRESENT"]}, ["NE"]),
        ({"T01": [20, None], "NT01": ["PRESENT", "UNEQUIVOCAL PROGRESSION"]}, ["PD"]),
        ({"T01": [20, 0], "NT01": ["PRESENT", "UNEQUIVOCAL PROGRESSION"]}, ["PD"]),
        ({"T01": [20, 10], "NEW01": [..., "PRESENT"]}, ["PD"]),
        ({"T01": [20, 10], "NEW01": [..., 8]}, ["PD"]),
        ({"T01": [20, None], "NEW01": [..., "UNEQUIVOCAL"]}, ["PD"]),
        ({"T01": [20, 10], "NEW01": [..., "EQUIVOCAL"]}, ["PR"]),  # 4.3.5
        ({"T01": [20, 10, 10], "NEW01": [..., "EQUIVOCAL", "PRESENT"]}, ["PR", "PD"]),
        # Table 2: non-target disease only
        ({"NT01": ["PRESENT", "PRESENT"]}, [NN]),
        ({"NT01": ["PRESENT", "ABSENT"], "NT02": ["PRESENT", "PRESENT"]}, [NN]),
        ({"NT01": ["PRESENT", "ABSENT"]}, ["CR"]),
        ({"NT01": ["PRESENT", None]}, ["NE"]),
        ({"NT01": ["PRESENT", "ABSENT"], "NT02": ["PRESENT", None]}, ["NE"]),
        ({"NT01": ["PRESENT", "PRESENT"], "NEW01": [..., "PRESENT"]}, ["PD"]),
        ({"NT01": ["PRESENT", "INCREASED"]}, [NN]),  # not unequivocal (4.3.4)
        ({"NTL01": [12, 9]}, ["CR"]),  # a non-target node is normal below 10 mm (4.3.3)
        ({"NTL01": [12, 10]}, [NN]),
    ],
)
def test_response_at_a_time_point(
    lesions: dict[str, list[object]], expected: list[str], make_cohort: CohortMaker
) -> None:
    points = derived(make_cohort, results(**lesions))
    assert overall(points) == expected
    assert points.frame["certain"].all()


def test_sums_nadir_and_arithmetic(make_cohort: CohortMaker) -> None:
    points = derived(make_cohort, results(T01=[60.5, 40, 71.3], T02=[36.5, 51, 39.2]))
    last = points.frame.iloc[-1]
    assert [millimetres(last[n]) for n in ("baseline_sum", "nadir", "sum")] == [
        "97 mm",
        "91 mm",
        "110.5 mm",
    ]
    assert steps({str(name): value for name, value in last.items()}) == (
        "sum of target diameters: 110.5 mm",
        "baseline 97 mm, nadir 91 mm",
        "against baseline: +13.5 mm, +13.92%",
        "against nadir: +19.5 mm, +21.43%",
        "target lesions: PD",
        "new lesions: no",
        "overall: PD (RECIST 1.1, Tables 1 and 2)",
    )


def test_units_are_read_and_others_are_no_size(make_cohort: CohortMaker) -> None:
    lesions = results(T01=[5, 35, 35])
    lesions["UNIT"] = ["cm", "mm", "cm2"]
    assert overall(derived(make_cohort, lesions)) == ["PR", "NE"]


def test_collected_text_serves_where_there_is_no_number(make_cohort: CohortMaker) -> None:
    lesions = results(T01=[50, 35])
    del lesions["AVAL"], lesions["UNIT"]
    lesions |= {"AVALC": [None, None], "ORRES": ["5.0", "35"], "ORRESU": ["cm", "mm"]}
    assert overall(derived(make_cohort, lesions)) == ["PR"]


def test_two_results_of_one_lesion_make_the_visit_uncertain(make_cohort: CohortMaker) -> None:
    lesions = results(T01=[50, 35])
    twice = {name: [*values, values[1]] for name, values in lesions.items()}
    assert derived(make_cohort, twice).frame["certain"].tolist() == [True, True]
    twice["AVAL"] = [50, 35, 36]
    assert derived(make_cohort, twice).frame["certain"].tolist() == [True, False]


def test_words_that_are_not_known_make_the_visit_uncertain(make_cohort: CohortMaker) -> None:
    points = derived(make_cohort, results(T01=[50, 50], NT01=["PRESENT", "BLURRED"]))
    assert points.frame["certain"].tolist() == [True, False]


def test_evaluators_are_judged_by_their_own_lesions(make_cohort: CohortMaker) -> None:
    one, two = results(T01=[50, 30]), results(T01=[40, 60])
    both = {name: [*one[name], *two[name]] for name in one}
    names: list[object] = ["INVESTIGATOR", "INVESTIGATOR", "COMMITTEE", "COMMITTEE"]
    both["EVAL"] = names
    frame = derived(make_cohort, both).frame
    found = frame[~frame["baseline"]].set_index("EVAL")["overall"].to_dict()
    assert found == {"INVESTIGATOR": "PR", "COMMITTEE": "PD"}


def test_the_order_of_rows_does_not_matter(make_cohort: CohortMaker) -> None:
    lesions = results(T01=[100, 50, 61], NT01=["PRESENT", "PRESENT", "ABSENT"])
    backward = {name: values[::-1] for name, values in lesions.items()}
    assert overall(derived(make_cohort, backward)) == ["PR", "PD"]


def test_a_new_tumour_without_result_is_progression(make_cohort: CohortMaker) -> None:
    tumours = {
        "USUBJID": ["01", "01"],
        "LNKID": ["T01", "NEW01"],
        "AVALC": ["TARGET", "NEW"],
        "VISITNUM": [1.0, 3.0],
    }
    lesions = results(T01=[50, 50, 50])
    assert overall(time_points(make_cohort(lesions=lesions, tumours=tumours))) == ["SD", "PD"]


@pytest.mark.parametrize(
    ("visits", "patients", "baseline"),
    [
        (["SCREENING", "V2", "V3"], None, [True, False, False]),
        (["V1", "V2", "V3"], None, [True, False, False]),
        (["V1", "V2", "V3"], "2020-02-20", [True, True, False]),
        (["Screening 1", "Baseline", "V3"], "2019-12-01", [True, True, False]),
    ],
)
def test_the_baseline(
    visits: list[str], patients: str | None, baseline: list[bool], make_cohort: CohortMaker
) -> None:
    lesions = results(T01=[50, 40, 24])
    lesions["VISIT"] = list[object](visits)
    tables = {"patients": {"USUBJID": ["01"], "TRTSDT": [patients]}} if patients else {}
    frame = derived(make_cohort, lesions, **tables).frame
    assert frame["baseline"].tolist() == baseline
    # The last size before treatment counts: 24 mm is 40% below 40 mm, 52% below 50 mm.
    assert frame["overall"].iloc[-1] == "PR"
    assert millimetres(frame["baseline_sum"].iloc[-1]) == ("40 mm" if baseline[1] else "50 mm")


def test_a_patient_first_measured_on_treatment_has_no_baseline(make_cohort: CohortMaker) -> None:
    lesions = results(T01=[50, 40])
    lesions["VISIT"] = ["WEEK 3", "WEEK 6"]
    patients = {"USUBJID": ["01"], "RANDDT": ["2019-12-01"], "TRTSDT": ["2019-12-08"]}
    points = derived(make_cohort, lesions, patients=patients)
    assert points.unbased == ("01",)
    assert points.frame.empty


def test_lesions_need_a_time(make_cohort: CohortMaker) -> None:
    with pytest.raises(NotEvaluable, match="ADT"):
        time_points(make_cohort(lesions={"USUBJID": ["01"], "LNKID": ["T01"], "AVAL": [5.0]}))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("UNEQUIVOCAL PROGRESSION", State.PROGRESSED),
        ("PD", State.PROGRESSED),
        ("NON-CR/NON-PD", State.PRESENT),
        ("NO PROGRESSION", State.PRESENT),
        ("ABSENT", State.ABSENT),
        ("NOT EVALUABLE", State.UNKNOWN),
        ("EQUIVOCAL", State.EQUIVOCAL),
        ("COALESCED", State.MERGED),
        ("WHATEVER", State.UNREAD),
        ("", None),
    ],
)
def test_states(word: str, expected: State | None) -> None:
    assert state(word) == expected


def test_tests_groups_and_nodes() -> None:
    assert [
        axis(t) for t in ("LDIAM", "LPERP", "SUMDIAM", "DIAMETER", "TUMSTATE", "VOLUME", "")
    ] == [
        Axis.LONG,
        Axis.SHORT,
        Axis.SUM,
        Axis.DIAMETER,
        Axis.STATE,
        Axis.OTHER,
        Axis.DIAMETER,
    ]
    words = ("TARGET", "NON-TARGET", "NEW", "T01", "NT02", "NEW01", "X9", "NONTARGET LESION")
    expected = [Group.TARGET, Group.NON_TARGET, Group.NEW] * 2 + [None, Group.NON_TARGET]
    assert [group(w) for w in words] == expected
    assert [is_node(w) for w in ("LYMPH NODE", "AXILLARY LN", "LUNG", "NODULE, LUNG")] == [
        True,
        True,
        False,
        False,
    ]

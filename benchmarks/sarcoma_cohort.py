"""Make the tables of the shipped example: 44 invented patients behind the example manuscript.

The plan (``sarcoma_plan.csv``, found by ``sarcoma_times.py``) says of each patient the disease,
therapy, line, best response and the days to progression and death; this script invents the rest
so that it agrees with Table 1 and Table 7 of ``examples/sarcoma-consistent.xml``, and lesions and
visits that have these responses.

    python benchmarks/sarcoma_cohort.py [FOLDER]        # without FOLDER: examples/sarcoma-cohort
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.synthetic.cohort import extract_of, write_csv
from auditor.synthetic.disease import (
    baseline_lesions,
    next_visit,
    screening,
    ways_to_progress,
)
from auditor.synthetic.draw import Draw
from auditor.synthetic.patient import AdverseEvent, Dose, Line, Patient, Visit
from auditor.synthetic.recist import best_response
from auditor.synthetic.tables import frames
from auditor.synthetic.treatment import CYCLE

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).parent
PLAN = HERE / "sarcoma_plan.csv"
TARGET = HERE.parent / "examples" / "sarcoma-cohort"
SEED = 20210630
CUTOFF = date(2021, 6, 30)
FIRST, LAST = date(2019, 1, 2), date(2020, 12, 31)  # of treatment with the study drug
ARMS = {
    "alone": "Study drug",
    "chemotherapy": "Study drug plus chemotherapy",
    "radiotherapy": "Study drug plus radiotherapy",
}
DISEASES = {"osteo": "Osteosarcoma", "soft": "Soft tissue sarcoma"}
LINES = {1: "First line", 2: "Second line", 3: "Beyond second line"}
AGES = {
    "osteo": (8, 14, 16, 17, 19, 22, 28, 33, 39, 44, 48, 57, 62),
    "soft": (
        *(19, 23, 27, 31, 34, 37, 40, 42, 44, 46, 47, 49, 50, 52, 54, 55, 56, 57, 58, 59),
        *(60, 61, 62, 63, 64, 65, 66, 68, 70, 73, 76),
    ),
}
# Rows of Table 1: column -> value -> number of patients, by disease.
BASELINE: dict[str, dict[str, dict[str, int]]] = {
    "osteo": {
        "SEX": {"M": 9, "F": 4},
        "ECOGGR1": {"0-1": 10, "2-3": 3},
        "PRIMSITE": {"Extremities": 12, "Trunk": 1},
        "SURGHX": {"Y": 11, "N": 2},
        "CHEMOHX": {"Y": 13},
        "RADIOHX": {"N": 13},
        "METASTAS": {"Lung only": 8, "Multiple organs": 2, "No": 3},
    },
    "soft": {
        "SEX": {"M": 12, "F": 19},
        "ECOGGR1": {"0-1": 20, "2-3": 11},
        "PRIMSITE": {"Extremities": 21, "Trunk": 10},
        "SURGHX": {"Y": 25, "N": 6},
        "CHEMOHX": {"Y": 12, "N": 19},
        "RADIOHX": {"Y": 8, "N": 23},
        "METASTAS": {"Lung only": 10, "Other single": 3, "Multiple organs": 2, "No": 16},
    },
}
# Further columns of the patients table, called as the hospital's own sheet might call them.
HEADINGS = {
    "PRIMSITE": "Primary tumor site",
    "SURGHX": "Surgical history",
    "CHEMOHX": "Chemotherapy history",
    "RADIOHX": "Radiotherapy history",
    "RECUR": "Recurrence",
    "METASTAS": "Distant metastases",
}
RECURRENT = {"osteo": 8, "soft": 21}
# Table 7: term, system organ class, patients with grades 1-2, with grades 3-4.
EVENTS = (
    ("HAND-FOOT SYNDROME", "Skin and subcutaneous tissue disorders", 12, 1),
    ("DIARRHEA", "Gastrointestinal disorders", 8, 0),
    ("HOARSENESS OR SORE THROAT", "Respiratory, thoracic and mediastinal disorders", 7, 0),
    ("VOMIT", "Gastrointestinal disorders", 4, 0),
    ("HYPERTENSION", "Vascular disorders", 3, 1),
    ("PLEURAL EFFUSION", "Respiratory, thoracic and mediastinal disorders", 0, 2),
    ("PNEUMOTHORAX", "Respiratory, thoracic and mediastinal disorders", 1, 2),
    ("ANEMIA", "Blood and lymphatic system disorders", 0, 1),
    ("HEMOPTYSIS", "Respiratory, thoracic and mediastinal disorders", 0, 1),
)
AFFECTED = {"alone": (12, 2), "chemotherapy": (10, 3)}  # with any event, with grade 3 or 4
REDUCED = ((10.0,), (10.0,), (10.0, 8.0))  # three patients whose dose was lowered


@dataclass(frozen=True)
class Planned:
    """A row of the plan; times in days, first day included."""

    disease: str
    therapy: str
    line: int
    response: str
    subtype: str
    pfs: int
    progressed: bool
    os: int
    died: bool


def read_plan() -> list[Planned]:
    with PLAN.open(encoding="utf-8", newline="") as file:
        return [
            Planned(
                row["disease"],
                row["therapy"],
                int(row["line"]),
                row["response"],
                row["subtype"],
                int(row["pfs"]),
                row["progressed"] == "1",
                int(row["os"]),
                row["died"] == "1",
            )
            for row in csv.DictReader(file)
        ]


def traits(draw: Draw, plan: list[Planned]) -> list[dict[str, object]]:
    """The further columns of the patients table, dealt out so that Table 1 comes true."""
    found: list[dict[str, object]] = [{} for _ in plan]
    for disease, columns in BASELINE.items():
        mine = [i for i, p in enumerate(plan) if p.disease == disease]
        for i, age in zip(mine, draw.shuffled(AGES[disease]), strict=True):
            found[i]["AGE"] = age
        for column, counts in columns.items():
            values = [value for value, count in counts.items() for _ in range(count)]
            for i, value in zip(mine, draw.shuffled(values), strict=True):
                found[i][column] = value
        _earlier_treatment(plan, found, mine)
        # Whoever has no metastasis has a recurrence; others do as long as there are any.
        order = sorted(mine, key=lambda i: (found[i]["METASTAS"] != "No", i))
        for place, i in enumerate(order):
            found[i]["RECUR"] = "Y" if place < RECURRENT[disease] else "N"
    return found


def _earlier_treatment(
    plan: list[Planned], found: list[dict[str, object]], mine: list[int]
) -> None:
    """Whoever had an earlier line had some earlier treatment: exchange with first-line patients
    or with those who had several."""
    kinds = ("SURGHX", "CHEMOHX", "RADIOHX")
    for i in mine:
        if plan[i].line == 1 or any(found[i][k] == "Y" for k in kinds):
            continue
        for kind in kinds:
            other = next(
                (
                    j
                    for j in mine
                    if found[j][kind] == "Y"
                    and (plan[j].line == 1 or sum(found[j][k] == "Y" for k in kinds) > 1)
                ),
                None,
            )
            if other is not None:
                found[i][kind], found[other][kind] = "Y", "N"
                break


def visits_of(draw: Draw, planned: Planned, start: date, lungs: bool) -> tuple[Visit, ...]:
    """Imaging with the planned best response, and progression (if any) on the planned day."""
    lesions = baseline_lesions(draw, others=1)
    if lungs:
        lesions = (replace(lesions[0], organ="LUNG"), *lesions[1:])
        kept = [n for n in lesions[1:] if n.group != "TARGET" or n.organ != "LUNG"]
        lesions = (lesions[0], *kept)
    visits = [screening(lesions, start - timedelta(days=draw.integer(3, 14)))]
    end = start + timedelta(days=planned.pfs - 1)
    days: list[date] = []
    if planned.response != "PD":
        day = start + timedelta(days=draw.integer(43, min(52, planned.pfs - 1)))
        while day <= end - timedelta(days=18):
            days.append(day)
            day += timedelta(days=draw.integer(46, 60))
        days = days or [min(day, end - timedelta(days=14))]
    if days[-1:] != [end] and (planned.progressed or not days or days[-1] < end):
        days.append(end)
    factor = {"PR": 0.58, "SD": 0.93, "PD": 1.0}[planned.response]
    for number, day in enumerate(days, 2):
        way = ""
        if planned.progressed and day == end:
            way = draw.choose(ways_to_progress(lesions))
        name = f"ASSESSMENT {number - 1}"
        visits.append(next_visit(draw, visits, day, name, number, factor, way))
    seen = tuple(visits)
    best, _ = best_response(seen, start)
    progression = next((v.day for v in seen if v.overall == "PD"), None)
    if best != planned.response or progression != (end if planned.progressed else None):
        raise ValueError(f"the visits do not follow the plan: {planned}")
    return seen


def treated(draw: Draw, start: date, end: date, levels: tuple[float, ...]) -> tuple[Dose, ...]:
    """Cycles of two weeks in three, lowered to each further level from a later cycle on."""
    doses: list[Dose] = []
    cycles = 1 + (end - start).days // CYCLE
    changes = sorted(draw.shuffled(range(2, max(cycles, 3) + 1))[: len(levels)])
    for cycle in range(1, cycles + 1):
        first = start + timedelta(days=CYCLE * (cycle - 1))
        amount = (12.0, *levels)[sum(change <= cycle for change in changes)]
        last = min(first + timedelta(days=13), end)
        doses.append(Dose("STUDY DRUG", amount, "mg", first, last, f"CYCLE {cycle}", float(cycle)))
    return tuple(doses)


def lines_of(
    draw: Draw, planned: Planned, given: tuple[Dose, ...], mine: dict[str, object]
) -> tuple[Line, ...]:
    earlier = [
        name
        for name, column in (
            ("DOXORUBICIN AND IFOSFAMIDE", "CHEMOHX"),
            ("RADIOTHERAPY", "RADIOHX"),
            ("SURGERY", "SURGHX"),
        )
        if mine[column] == "Y"
    ]
    lines: list[Line] = []
    end = given[0].start - timedelta(days=draw.integer(40, 150))
    for number in range(planned.line - 1, 0, -1):
        start = end - timedelta(days=draw.integer(30, 160))
        treatment = earlier[(planned.line - 1 - number) % len(earlier)]
        lines.append(
            Line(
                number, (treatment,), "PRIOR TREATMENT", start.isoformat()[:7], end.isoformat()[:7]
            )
        )
        end = start - timedelta(days=draw.integer(70, 300))
    with_it = {"alone": (), "chemotherapy": ("CHEMOTHERAPY",), "radiotherapy": ("RADIOTHERAPY",)}
    now = ("STUDY DRUG", *with_it[planned.therapy])
    dates = given[0].start.isoformat(), given[-1].end.isoformat()
    return (*reversed(lines), Line(planned.line, now, "STUDY TREATMENT", *dates))


def events_of(
    draw: Draw, plan: list[Planned], mine: list[dict[str, object]]
) -> list[list[tuple[str, str, int]]]:
    """Who had which event of what grade (Table 7 and the text above it)."""
    dealt: list[list[tuple[str, str, int]]] = [[] for _ in plan]
    affected: list[int] = []
    severe: list[int] = []
    for therapy, (some, grave) in AFFECTED.items():
        people = draw.shuffled([i for i, p in enumerate(plan) if p.therapy == therapy])
        # Those with metastases of the lung first: they are the ones with pneumothorax.
        people.sort(key=lambda i: mine[i]["METASTAS"] not in ("Lung only", "Multiple organs"))
        severe += people[:grave]
        affected += people[:some]

    def give(people: list[int], term: str, system: str, grade: int) -> None:
        free = [i for i in people if all(event[0] != term for event in dealt[i])]
        least = min(len(dealt[i]) for i in free)
        chosen = draw.choose([i for i in free if len(dealt[i]) == least])
        dealt[chosen].append((term, system, grade))

    for term, system, _, grave in EVENTS:
        for _ in range(grave):
            give(severe, term, system, draw.choose((3, 4), (0.8, 0.2)))
    for term, system, mild, _ in EVENTS:
        for _ in range(mild):
            give(affected, term, system, draw.choose((1, 2)))
    return dealt


def make_patient(
    draw: Draw,
    subject: str,
    planned: Planned,
    mine: dict[str, object],
    events: list[tuple[str, str, int]],
    levels: tuple[float, ...],
) -> Patient:
    """One patient as planned; ``mine`` are the further columns."""
    latest = min(LAST, CUTOFF - timedelta(days=planned.os - 1))
    if planned.died:
        start = FIRST + timedelta(days=draw.integer(0, (latest - FIRST).days))
    else:
        start = max(FIRST, latest - timedelta(days=draw.integer(0, 20)))
    lungs = mine["METASTAS"] in ("Lung only", "Multiple organs")
    visits = visits_of(draw, planned, start, lungs)
    end = start + timedelta(days=planned.os - 1)
    stop = min(visits[-1].day, end - timedelta(days=1))
    given = treated(draw, start, stop, levels)
    last = max(visits[-1].day, given[-1].end)
    alive = last + timedelta(days=draw.integer(0, (end - last).days)) if planned.died else end
    adverse = []
    for term, system, grade in events:
        begin = start + timedelta(days=draw.integer(1, (given[-1].end - start).days))
        over = begin + timedelta(days=draw.integer(4, 30))
        known = over <= alive
        outcome = "RECOVERED/RESOLVED" if known else "NOT RECOVERED/NOT RESOLVED"
        until = over.isoformat() if known else ""
        adverse.append(
            AdverseEvent(term, system.upper(), grade, begin.isoformat(), until, outcome, True)
        )
    age = int(str(mine["AGE"]))
    birth = date(start.year - age - 1, start.month, min(start.day, 28)) + timedelta(
        days=draw.integer(40, 320)
    )
    low = draw.choose((0, 1)) if mine["ECOGGR1"] == "0-1" else draw.choose((2, 3), (0.8, 0.2))
    return Patient(
        subject=subject,
        site="01",
        arm=ARMS[planned.therapy],
        sex=str(mine["SEX"]),
        birth=birth,
        age=age,
        ecog=low,
        height=None,
        weight=None,
        consent=visits[0].day,
        randomised=start,
        first_dose=start,
        last_alive=alive,
        death=end if planned.died else None,
        status="COMPLETED" if planned.died else "ONGOING",
        new_therapy=None,
        visits=visits,
        lines=lines_of(draw, planned, given, mine),
        doses=given,
        events=tuple(sorted(adverse, key=lambda event: (event.start, event.term))),
        more={
            "Disease": DISEASES[planned.disease],
            "Histological subtype": planned.subtype or "Osteosarcoma",
            "Treatment line": LINES[planned.line],
            **{HEADINGS[key]: value for key, value in mine.items() if key in HEADINGS},
        },
    )


def make_patients() -> list[Patient]:
    plan = read_plan()
    draw = Draw(SEED)
    mine = traits(draw, plan)
    events = events_of(draw, plan, mine)
    long = [i for i, p in enumerate(plan) if p.pfs > 100]
    reduced = dict(zip(draw.shuffled(long)[: len(REDUCED)], REDUCED, strict=True))
    order = draw.shuffled(range(len(plan)))
    return [
        make_patient(
            Draw(SEED, i), f"SAR-{place:03d}", plan[i], mine[i], events[i], reduced.get(i, ())
        )
        for place, i in enumerate(order, 1)
    ]


def make_tables() -> dict[str, pd.DataFrame]:
    """The tables: no consent and no sizes of the body (records looked back at have none)."""
    tables = frames(make_patients(), "SARCOMA", CUTOFF)
    absent = ["HEIGHTBL", "WEIGHTBL", "BMIBL", "RFICDT", "NEWTRTDT", "EOSDT", "EOSSTT"]
    adsl = tables["adsl"].drop(columns=absent).rename(columns={"RANDDT": "ENRLDT"})
    adrs = tables["adrs"]
    rs = tables["rs"]
    return {
        **tables,
        "adsl": adsl,
        "adrs": adrs[adrs["PARAMCD"] == "BOR"].reset_index(drop=True),
        "rs": rs[rs["RSTESTCD"] == "OVRLRESP"].reset_index(drop=True),
    }


def main(folder: str = str(TARGET)) -> None:
    for path in write_csv(extract_of(make_tables(), "sarcoma-cohort"), folder):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])

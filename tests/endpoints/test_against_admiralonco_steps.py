"""Responses and times against the documented steps of admiralonco, a subject at a time.

Written from the package's articles "Creating ADRS" and "Creating ADTTE" and from the reference of
``derive_param_tte``, with lists and loops only; shares no code with the derivation.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.endpoints.records import derived_records
from auditor.frames.dispatch import read_extract
from auditor.frames.standardise import standardise
from auditor.study_file import read_study

WORST = ("NE", "CR", "PR", "SD", "NON-CR/NON-PD", "PD")
CONTROLLED = WORST[1:5]
PATIENTS = ("USUBJID", "TRT01P", "RANDDT", "TRTSDT", "DTHDT", "LSTALVDT", "NACTDT")
RESPONSES = ("USUBJID", "RSTESTCD", "RSSTRESC", "RSEVAL", "RSSEQ", "RSDTC")
Found = dict[str, tuple[str, ...]]
Visits = list[tuple[date, str]]


@dataclass(frozen=True)
class Rules:
    """The arguments of the package."""

    reference_date: str = "RANDDT"
    ref_start_window: int = 42
    ref_confirm: int = 28
    max_nr_ne: int = 1
    accept_sd: bool = False
    missing_as_ne: bool = False
    responses_before_nact: bool = False
    events_before_nact: bool = False
    add_one: bool = True

    def study_file(self) -> str:
        def therapy(before: bool) -> str:
            return "censor" if before else "ignore"

        return f"""
            [response]
            convention = "admiralonco"
            sd_window_from = "{self.reference_date}"
            sd_window_days = {self.ref_start_window}
            confirmation_days = {self.ref_confirm}
            max_ne_between = {self.max_nr_ne}
            sd_between = {str(self.accept_sd).lower()}
            missing_as_ne = {str(self.missing_as_ne).lower()}
            new_therapy = "{therapy(self.responses_before_nact)}"
            [survival]
            plus_one = {str(self.add_one).lower()}
            new_therapy = "{therapy(self.events_before_nact)}"
            before_start = "at-start"
            """


def steps(patient: dict[str, str], rows: list[dict[str, str]], rules: Rules) -> Found:
    start, nact = day(patient["RANDDT"]), day(patient["NACTDT"])
    assert start is not None
    worst: dict[date, tuple[int, int]] = {}
    for row in rows:
        at = day(row["RSDTC"])
        if (row["RSTESTCD"], row["RSEVAL"]) != ("OVRLRESP", "INVESTIGATOR"):
            continue
        if row["RSSTRESC"] not in WORST or at is None or at < start:
            continue
        if rules.responses_before_nact and nact and at >= nact:
            continue
        rank = (WORST.index(row["RSSTRESC"]), int(row["RSSEQ"]))
        worst[at] = max(worst.get(at, rank), rank)
    valid = [(at, WORST[worst[at][0]]) for at in sorted(worst)]
    first_pd = next((at for at, label in valid if label == "PD"), None)
    source = [visit for visit in valid if first_pd is None or visit[0] <= first_pd]
    responses = [at for at, label in source if label in ("CR", "PR")]
    sure = [source[i] for i in range(len(source)) if is_confirmed(source, i, rules)]
    reference = day(patient[rules.reference_date])
    window = reference and reference + timedelta(days=rules.ref_start_window)
    lasting = [v for v in source if v[1] in CONTROLLED and window and v[0] >= window]
    found: Found = {
        "PD": yes(first_pd),
        "LSTA": (valid[-1][1], str(valid[-1][0])) if valid else ("", ""),
        "RSP": yes(min(responses, default=None)),
        "CRSP": yes(min((at for at, _ in sure), default=None)),
        "CB": yes(min((*responses, *(at for at, _ in lasting)), default=None)),
        "CCB": yes(min((at for at, _ in (*sure, *lasting)), default=None)),
        "BOR": best(source, source, lasting, rules),
        "CBOR": best(sure, source, lasting, rules),
    }
    death, last = day(patient["DTHDT"]), valid[-1][0] if valid else None
    os_event, event_pd = death, first_pd
    if rules.events_before_nact and nact:
        event_pd = first_pd if first_pd and first_pd < nact else None
        death = death if death and death < nact else None
        last = max((at for at, _ in valid if at < nact), default=None)
    alive = day(patient["LSTALVDT"])
    for code, begin, events, censors in (
        ("OS", start, (os_event,), (alive, start)),
        ("PFS", start, (event_pd, death), (last, start)),
        ("TTP", start, (event_pd,), (last, start)),
        ("RSD", day(found["RSP"][1]), (event_pd, death), (last,)),
        ("CRSD", day(found["CRSP"][1]), (event_pd, death), (last,)),
    ):
        happened = [e for e in events if e]
        ends = happened or [c for c in censors if c]
        if begin and ends:
            end = max(min(ends) if happened else max(ends), begin)
            days = (end - begin).days + rules.add_one
            found[code] = (str(begin), str(end), str(days), "0" if happened else "1")
    return found


def is_confirmed(source: Visits, i: int, rules: Rules) -> bool:
    at, label = source[i]
    if label not in ("CR", "PR"):
        return False
    joined: list[str] = []
    for later, next_label in source[i + 1 :]:
        joined.append(next_label)
        enough = (later - at).days >= rules.ref_confirm
        if enough and next_label in (("CR",) if label == "CR" else ("CR", "PR")):
            break
    else:
        return False
    if joined.count("NE") > rules.max_nr_ne:
        return False
    if label == "CR":
        return set(joined) <= {"CR", "NE"}
    if "PD" in joined or "NON-CR/NON-PD" in joined or joined.count("SD") > rules.accept_sd:
        return False
    both = "CR" in joined and "PR" in joined
    last_pr = len(joined) - joined[::-1].index("PR") if both else 0
    return not both or joined.index("CR") >= last_pr


def best(responding: Visits, source: Visits, lasting: Visits, rules: Rules) -> tuple[str, str]:
    events: tuple[tuple[str, list[date]], ...] = (
        ("CR", [at for at, label in responding if label == "CR"]),
        ("PR", [at for at, label in responding if label == "PR"]),
        ("SD", [at for at, label in lasting if label != "NON-CR/NON-PD"]),
        ("NON-CR/NON-PD", [at for at, label in lasting if label == "NON-CR/NON-PD"]),
        ("PD", [at for at, label in source if label == "PD"]),
        ("NE", [at for at, label in source if label != "PD"]),
    )
    for label, dates in events:
        if dates:
            return label, str(min(dates))
    return "NE" if rules.missing_as_ne else "MISSING", ""


def day(text: str) -> date | None:
    """A date; without its day, the last of the month; without more, none."""
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(text) if len(text) == 10 else None


def yes(at: date | None) -> tuple[str, str]:
    return ("Y", str(at)) if at else ("N", "")


def invented(draw: random.Random, number: int) -> tuple[list[str], list[list[str]]]:
    """A patient and the responses, with everything that real extracts have."""
    subject = f"S{number:04d}"
    start = date(2019, 1, 1) + timedelta(days=draw.randrange(700))
    at, rows = start + timedelta(days=draw.choice([-20, 0, 5, 20, 28, 42])), list[list[str]]()
    labels = (*WORST, "CHECK", "ND")
    for sequence in range(draw.randrange(9)):
        written = draw.choices([str(at), str(at)[:7], str(at)[:4], ""], [92, 4, 2, 2])[0]
        label = draw.choices(labels, [20, 20, 25, 17, 6, 8, 2, 2])[0]
        test = draw.choices(["OVRLRESP", "TRGRESP"], [9, 1])[0]
        who = draw.choices(["INVESTIGATOR", "INDEPENDENT ASSESSOR"], [9, 1])[0]
        rows.append([subject, test, label, who, str(sequence), written])
        at += timedelta(days=draw.choice([0, 7, 13, 14, 15, 27, 28, 29, 41, 42, 43, 56]))

    def maybe(share: float, base: date, *later: int) -> str:
        return str(base + timedelta(days=draw.choice(later))) if draw.random() < share else ""

    patient = [
        subject,
        "AB"[number % 2],
        str(start),
        maybe(0.95, start, 0, 0, 3, 9),
        maybe(0.4, at, 0, 10, 60) if draw.random() < 0.98 else maybe(1, start, -3),
        maybe(0.95, at, -30, 0, 30),
        maybe(0.5, start, -3, 0, 20, 42, 60, 84, 100),
    ]
    return patient, rows


def table(names: tuple[str, ...], rows: list[list[str]]) -> Iterator[str]:
    yield ",".join(names)
    yield from (",".join(row) for row in rows)


DEFAULT = Rules()


@pytest.mark.parametrize(
    "rules",
    [
        DEFAULT,
        replace(DEFAULT, ref_start_window=28, ref_confirm=14, max_nr_ne=0, accept_sd=True),
        replace(DEFAULT, ref_start_window=56, ref_confirm=56, max_nr_ne=2, missing_as_ne=True),
        replace(DEFAULT, reference_date="TRTSDT", max_nr_ne=2, accept_sd=True, add_one=False),
        replace(DEFAULT, events_before_nact=True),
        replace(DEFAULT, events_before_nact=True, responses_before_nact=True),
    ],
)
def test_every_record_of_random_patients(rules: Rules, tmp_path: Path) -> None:
    draw = random.Random(20190101)  # noqa: S311
    people = [invented(draw, number) for number in range(400)]
    patients, responses = [p for p, _ in people], [row for _, rows in people for row in rows]
    draw.shuffle(responses)
    extract = tmp_path / "extract"
    extract.mkdir()
    (extract / "adsl.csv").write_text("\n".join(table(PATIENTS, patients)))
    (extract / "rs.csv").write_text("\n".join(table(RESPONSES, responses)))
    (tmp_path / "study.toml").write_text(rules.study_file())
    cohort = standardise(read_extract(extract), read_study(tmp_path / "study.toml"))
    ours: dict[str, Found] = {str(subject): {} for subject, *_ in patients}
    for row in derived_records(cohort).rows:
        names = ("STARTDT", "ADT", "AVAL", "CNSR") if "CNSR" in row else ("AVALC", "ADT")
        ours[row["USUBJID"]][row["PARAMCD"]] = tuple(row[name] for name in names)
    for patient, rows in people:
        named = dict(zip(PATIENTS, patient, strict=True))
        theirs = steps(named, [dict(zip(RESPONSES, r, strict=True)) for r in rows], rules)
        assert ours[patient[0]] == theirs, (named, rows)

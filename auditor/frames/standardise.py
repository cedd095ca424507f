"""An extract as delivered -> standard tables under standard names.

What is read: text without blanks around it, numbers, flags and dates. What cannot be read is
missing in the table and listed in ``Table.unread``; nothing is coerced in silence.

Of a date that comes twice, as a date (``ADT``) and as collected (``RSDTC``), the first is read,
since analyses rest on it. Where the other is partial, or an imputation flag (``ADTF``) says so,
``earliest`` and ``latest`` are as wide as what was collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditor.audit import TableRead
from auditor.errors import InputError, StudyError
from auditor.frames.cohort import Cohort, Table, Unread
from auditor.frames.dates import Spans, widen
from auditor.frames.extract import Delivered, Extract
from auditor.frames.parameters import one_row_an_exposure, responses_done
from auditor.frames.recognise import (
    Candidate,
    candidates,
    companions,
    has_required,
    other_domain,
    refuse_without_subjects,
    told_by_name,
)
from auditor.frames.standard import (
    EXPOSURES,
    PATIENTS,
    RESPONSES,
    STANDARD_TABLES,
    Kind,
    StandardTable,
    standard_table,
)
from auditor.frames.subjects import same_identifiers
from auditor.frames.suggest import did_you_mean
from auditor.frames.values import Values, as_text, grades_in_words, read_values
from auditor.study import Study, TableMap

if TYPE_CHECKING:
    import pandas as pd

# Formats of SAS, whose dates without a format are numbers of days since 1960.
_SAS_KINDS = ("xpt", "sas7bdat", "sas")


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """A candidate as read, with what was passed over for it."""

    table: Table
    why: str
    passed: tuple[tuple[Delivered, str], ...]


def standardise(extract: Extract, study: Study) -> Cohort:
    """Arrange an extract as standard tables.

    A delivered table is recognised by what the study says, else by its name (ADaM or SDTM, alone
    or as a word of it), else by its columns. Where several hold a standard table, the order of
    ``StandardTable.domains`` decides, and one without a row to use is passed over.

    Args:
        extract: as delivered.
        study: its tables, columns, codes and orders of dates.

    Raises:
        StudyError: the study names a table or a column that is not there.
        InputError: two tables can be the same standard one and nothing decides, none is
            recognised at all, or one that is called as a standard table has no subjects.
    """
    taken = {}
    for standard in STANDARD_TABLES:
        found = _take(extract, standard, study)
        if found is not None:
            taken[standard.name] = found
    used = [item.table.delivered for item in taken.values()]
    for delivered in extract.tables:
        if not any(delivered is table for table in used):
            refuse_without_subjects(delivered)
    if not taken:
        raise InputError(
            "no table of a cohort is recognised",
            source=extract.name,
            hint='Name them in the study file, such as: [tables.patients] source = "...".',
        )
    tables = same_identifiers({name: item.table for name, item in taken.items()})
    taken = {name: replace(item, table=tables[name]) for name, item in taken.items()}
    return Cohort(extract, study, tables, _reads(extract, taken, study))


def tables_read(cohort: Cohort) -> tuple[TableRead, ...]:
    """How each delivered table was taken, those that were not used included."""
    return cohort.reads


def _take(extract: Extract, standard: StandardTable, study: Study) -> _Taken | None:
    found = candidates(extract, standard, study)
    passed: list[tuple[Delivered, str]] = []
    empty: Table | None = None
    why = ""
    for rank in sorted({c.rank for c in found}):
        usable = []
        for candidate in (c for c in found if c.rank == rank):
            table = _read(candidate, standard, study)
            if len(table.frame):
                usable.append((candidate, table))
            elif standard.only and len(candidate.delivered.frame):
                passed.append((candidate.delivered, f"no row of {', '.join(standard.only)}"))
            elif empty is None:
                empty, why = table, candidate.why
        if len(usable) > 1:
            raise _ambiguous(extract, standard, [c.delivered for c, _ in usable])
        if usable:
            candidate, table = usable[0]
            later = [c.delivered for c in found if c.rank > rank]
            instead = f"{candidate.delivered.name} is read for {standard.title}"
            passed += [(delivered, instead) for delivered in later]
            return _Taken(table, candidate.why, tuple(passed))
    if empty is not None:
        return _Taken(empty, why, tuple(passed))
    declared = study.tables.get(standard.name, TableMap()).source
    if declared is not None:
        raise StudyError(
            f"no row of the table {declared} has the parameter {' or '.join(standard.only)}",
            source=study.file or None,
            where=f"tables.{standard.name}.source",
            hint=f"Translate its parameters under [tables.{standard.name}.codes.PARAMCD].",
        )
    return None


def _ambiguous(
    extract: Extract, standard: StandardTable, tables: Sequence[Delivered]
) -> InputError:
    names = [t.name for t in tables]
    if len({name.lower() for name in names}) < len(names):
        names = [f"{t.input}/{t.name}" for t in tables]
    return InputError(
        f"several tables can be {standard.title}: {', '.join(names)}",
        source=extract.name,
        hint=f'Name one in the study file: [tables.{standard.name}] source = "{names[0]}".',
    )


def _read(candidate: Candidate, standard: StandardTable, study: Study) -> Table:
    """The standard table of one delivered table."""
    import pandas as pd

    mapping = study.tables.get(standard.name, TableMap())
    delivered = candidate.delivered
    columns = dict(candidate.columns)
    kinds = {column.name: column.kind for column in standard.columns}
    if standard is PATIENTS:
        columns |= _named_by_study(delivered, columns, study)
    frame = delivered.frame.reset_index(drop=True)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise InputError(
            f"the table {delivered.name} has two columns {twice}",
            source=delivered.input,
            hint="Give one of them another name.",
        )
    if standard.only and "PARAMCD" in columns:
        codes = mapping.codes.get("PARAMCD")
        parameter = read_values(frame[columns["PARAMCD"]], Kind.TEXT, codes).series
        frame = frame[parameter.isin(standard.only)]
    notes: list[str] = []
    if standard is EXPOSURES:
        frame, said = one_row_an_exposure(frame, columns)
        notes += said
    if standard is RESPONSES and "AVALC" in columns:
        frame, said = responses_done(frame, columns["AVALC"])
        notes += said
    series: dict[str, pd.Series] = {}
    earliest: dict[str, pd.Series] = {}
    latest: dict[str, pd.Series] = {}
    unread: list[Unread] = []
    for name, column in columns.items():
        kind = kinds.get(name, Kind.TEXT)
        order = mapping.date_formats.get(name)
        if kind is Kind.DATE and order is None and delivered.kind in _SAS_KINDS:
            order = "sas"
        codes = mapping.codes.get(name)
        if name == "TOXGR" and codes is None and (words := grades_in_words(frame[column])):
            values = read_values(frame[column], kind, words, order, "the words for grades")
        else:
            values = _values(frame[column], kind, codes, order, delivered)
        series[name] = values.series
        notes += [f"{column}: {note}" for note in values.notes]
        unread += _unread(name, frame[column], values)
        if values.spans is not None:
            spans = _as_collected(values.spans, frame, standard, name, column, notes)
            earliest[name] = _series(spans.earliest, frame.index)
            latest[name] = _series(spans.latest, frame.index)
    result = pd.DataFrame(series, index=frame.index)
    return Table(
        name=standard.name,
        delivered=delivered,
        frame=result,
        columns=columns,
        earliest=earliest,
        latest=latest,
        unread=tuple(unread),
        notes=tuple(notes),
    )


def _values(
    series: pd.Series,
    kind: Kind,
    codes: Mapping[str, str] | None,
    order: str | None,
    delivered: Delivered,
) -> Values:
    """A column by the study's codes; by the value labels of its file where there are none."""
    labels = delivered.codes.get(str(series.name))
    if codes is None and labels and kind in (Kind.TEXT, Kind.FLAG):
        return read_values(series, kind, labels, order, "the value labels of the file")
    return read_values(series, kind, codes, order)


def _named_by_study(
    delivered: Delivered, columns: Mapping[str, str], study: Study
) -> dict[str, str]:
    """Further columns of the patients table by which the study breaks down its results.

    Raises:
        StudyError: there is no such column.
    """
    given = [str(column) for column in delivered.frame.columns]
    wanted = {study.arm: "study.arm"} if study.arm != Study().arm else {}
    wanted |= dict.fromkeys(study.by, "study.by")
    for group in study.groups:
        wanted |= dict.fromkeys(group.where, f"groups, {group.name}")
    more = {}
    for name, where in wanted.items():
        if name in columns:
            continue
        if name not in given:
            raise StudyError(
                f"the table {delivered.name} has no column {name}",
                source=study.file or None,
                where=where,
                hint=did_you_mean(name, [*columns, *given], "Its columns are"),
            )
        more[name] = name
    return more


def _unread(name: str, delivered: pd.Series, values: Values) -> list[Unread]:
    at = sorted(values.why)
    rows, texts = delivered.index[at].tolist(), delivered.iloc[at].astype(object).tolist()
    return [
        Unread(name, row, as_text(text).strip(), values.why[position])
        for position, row, text in zip(at, rows, texts, strict=True)
    ]


def _as_collected(
    spans: Spans,
    frame: pd.DataFrame,
    standard: StandardTable,
    name: str,
    column: str,
    notes: list[str],
) -> Spans:
    """Spans as wide as the date was collected: by its imputation flag, or by the --DTC beside."""
    import numpy as np

    given = {str(c).upper(): str(c) for c in frame.columns}
    plain = column.upper()
    flags = (given.get(f) for f in (plain + "F", plain.removesuffix("M") + "F", plain[:-1] + "F"))
    flag = next((f for f in flags if f is not None and f.upper().endswith("TF")), None)
    if flag is not None:
        letters = read_values(frame[flag], Kind.TEXT).series
        wider = widen(spans, letters.to_numpy())
        _tell(spans, wider, f"{column}: imputed dates, by {flag}: {{}}", notes)
        spans = wider
    for other in companions(standard, standard.column(name), frame.columns):
        if other == column:
            continue
        collected = read_values(frame[other], Kind.DATE).spans
        assert collected is not None  # noqa: S101 - dates have spans
        partial = ~np.isnat(collected.earliest) & (collected.earliest != collected.latest)
        inside = (collected.earliest <= spans.earliest) & (spans.latest <= collected.latest)
        rows = partial & (np.isnat(spans.earliest) | inside)
        wider = Spans(
            np.where(rows, collected.earliest, spans.earliest),
            np.where(rows, collected.latest, spans.latest),
            spans.why,
        )
        _tell(spans, wider, f"{column}: dates that are partial in {other}: {{}}", notes)
        spans = wider
    return spans


def _tell(before: Spans, after: Spans, note: str, notes: list[str]) -> None:
    import numpy as np

    same = (before.earliest == after.earliest) & (before.latest == after.latest)
    both = np.isnat(before.earliest) & np.isnat(after.earliest)
    changed = int((~same & ~both).sum())
    if changed:
        notes.append(note.format(changed))


def _series(days: object, index: pd.Index) -> pd.Series:
    import pandas as pd

    return pd.Series(days, index=index).astype("datetime64[ns]")


def _reads(extract: Extract, taken: Mapping[str, _Taken], study: Study) -> tuple[TableRead, ...]:
    reads = []
    for delivered in extract.tables:
        items = [item for item in taken.values() if item.table.delivered is delivered]
        tables = [item.table for item in items]
        notes = list(delivered.notes)
        if items:
            notes += dict.fromkeys(item.why for item in items)
        else:
            notes.append(_not_used(delivered, taken, study))
        pairs = dict.fromkeys(pair for table in tables for pair in table.columns.items())
        subjects = {s for t in tables if "USUBJID" in t.frame for s in t.frame["USUBJID"].dropna()}
        notes += dict.fromkeys(note for table in tables for note in table.notes)
        unread = len({(u.column, u.row) for table in tables for u in table.unread})
        if unread:
            notes.append(f"values that could not be read: {unread}")
        reads.append(
            TableRead(
                name=delivered.name,
                input=delivered.input,
                rows=len(delivered.frame),
                subjects=len(subjects) if tables else None,
                standard=tuple(table.name for table in tables),
                columns=tuple(pairs),
                notes=tuple(notes),
            )
        )
    return tuple(reads)


def _not_used(delivered: Delivered, taken: Mapping[str, _Taken], study: Study) -> str:
    whys = [why for item in taken.values() for table, why in item.passed if table is delivered]
    if whys:
        return "not used: " + "; ".join(dict.fromkeys(whys))
    told = sorted(told_by_name(delivered.name))
    fitting = [name for name in told if has_required(delivered, name, study)]
    parameters = [code for name in fitting for code in standard_table(name).only]
    if parameters:
        return f"not used: no row has a parameter of {', '.join(parameters)}"
    if told:
        required = {s.name: s.required for s in STANDARD_TABLES}
        return f"not used: it lacks one of the columns {', '.join(required[told[0]])}"
    if other_domain(delivered.name):
        return "not used: no check and no endpoint rests on this domain"
    return "not used: neither its name nor its columns tell which table it is"

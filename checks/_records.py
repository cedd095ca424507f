"""What the checks of a cohort share: dates by their bounds, rows by their patient, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from auditor.errors import NotEvaluable
from auditor.finding import Breaches, Finding, Place, Severity, Verdict
from auditor.frames.cohort import Cohort, Table

if TYPE_CHECKING:
    import pandas as pd


YEAR = timedelta(days=365)


class Span(NamedTuple):
    """The first and the last day that each value of a date column can mean."""

    earliest: pd.Series
    latest: pd.Series

    @property
    def known(self) -> pd.Series:
        """Whether there is a date, if only a partial one."""
        return self.earliest.notna() & self.latest.notna()

    @property
    def exact(self) -> pd.Series:
        """Whether the day is known."""
        return self.known & (self.earliest == self.latest)

    def before(self, other: Span) -> pd.Series:
        """Whether it lies before the other under every completion of both."""
        return self.latest < other.earliest

    def within(self, other: Span) -> pd.Series:
        """Whether some completion of both is the same day."""
        return (self.earliest <= other.latest) & (other.earliest <= self.latest)

    def at(self, rows: pd.Series) -> Span:
        """The dates of the rows named by each value; missing where no row is named."""
        return Span(rows.map(self.earliest), rows.map(self.latest))


def span(table: Table, column: str) -> Span:
    """A date column by its bounds, without times of day."""
    plain = table.frame[column]
    first, last = table.earliest.get(column, plain), table.latest.get(column, plain)
    return Span(first.dt.normalize(), last.dt.normalize())


def owners(cohort: Cohort, table: Table) -> pd.Series:
    """For each row its row of the patients table; missing where unknown or not unique."""
    if table.name == "patients":
        return table.frame.index.to_series()
    patients = cohort.need("patients", "USUBJID").frame["USUBJID"]
    once = patients[patients.notna() & ~patients.duplicated(keep=False)]
    rows: pd.Series = table.frame["USUBJID"].map(rows_by(once))
    return rows


def rows_by(column: pd.Series) -> pd.Series:
    """Value -> row."""
    import pandas as pd

    return pd.Series(column.index, index=pd.Index(column.to_numpy()))


def holds(mask: pd.Series) -> pd.Series:
    """A mask in which what is missing does not hold."""
    import pandas as pd

    return pd.Series(mask.eq(True).fillna(False).to_numpy(dtype=bool), index=mask.index)


def true_rows(mask: pd.Series) -> list[int]:
    """The rows where it holds, in order."""
    return [int(row) for row in mask.index[holds(mask).to_numpy()]]


def words(column: pd.Series) -> pd.Series:
    """Text in capitals without blanks around it; "" where there is none."""
    return column.fillna("").astype(str).str.strip().str.upper()


def named(table: Table, column: str) -> str:
    """A column as messages call it: by its delivered table and its delivered name."""
    return f"{table.delivered.name} {table.columns.get(column, column)}"


def finding(
    severity: Severity,
    verdict: Verdict,
    message: str,
    *places: Place,
    reported: str | None = None,
    expected: str = "",
    suggestion: str = "",
    arithmetic: Sequence[str] = (),
) -> Finding:
    """A finding; what it reports is the value of its first place, where nothing else is said."""
    return Finding(
        severity=severity,
        verdict=verdict,
        message=message,
        places=places,
        reported=places[0].quote if reported is None else reported,
        expected=expected,
        suggestion=suggestion,
        arithmetic=tuple(arithmetic),
    )


def breaches(
    severity: Severity, mask: pd.Series, make: Callable[[int], Finding]
) -> Iterator[Breaches]:
    """The rows where ``mask`` holds as breaches; nothing where there is none."""
    rows = true_rows(mask)
    if rows:
        yield Breaches(severity, rows, make)


def death(cohort: Cohort) -> tuple[Table, pd.Series]:
    """The patients, and whether each is recorded as dead by a date or by the flag.

    Raises:
        NotEvaluable: the patients have neither.
    """
    patients = cohort.need("patients", "USUBJID")
    if not (patients.has("DTHDT") or patients.has("DTHFL")):
        raise NotEvaluable(f"patients ({patients.delivered.name}) have no DTHDT and no DTHFL")
    dead = patients.frame["USUBJID"].isna() & False
    if patients.has("DTHDT"):
        dead |= span(patients, "DTHDT").known
        dead |= unread(patients, "DTHDT")
    if patients.has("DTHFL"):
        dead |= words(patients.frame["DTHFL"]) == "Y"
    return patients, dead


def death_column(patients: Table) -> str:
    """Where the death of a patient stands."""
    return "DTHDT" if patients.has("DTHDT") else "DTHFL"


def unread(table: Table, column: str) -> pd.Series:
    """Whether a value is there that could not be read: it is not missing."""
    rows = {u.row for u in table.unread if u.column == column}
    return table.frame.index.to_series().isin(list(rows))


def dosed(patients: Table, column: str) -> bool:
    """Whether a date of first or last dose was delivered as one.

    RFSTDTC and RFENDTC of SDTM are reference dates, and often those of participation.
    """
    return patients.has(column) and patients.columns[column] not in ("RFSTDTC", "RFENDTC")


def events(flags: pd.Series) -> pd.Series:
    """True for an event, False for a censored time, missing where CNSR is."""
    return (flags == 0).astype("boolean").mask(flags.isna())


def date_slip(day: Any, least: Any, greatest: Any) -> str:
    """The slip of typing after which a date would be in order; "" where none is likely.

    Args:
        day: the date as recorded, a timestamp or missing.
        least, greatest: the first and last day that would be in order; missing for any.
    """
    if day is None or day != day:
        return ""

    def fits(other: Any) -> bool:
        return not (least == least and other < least) and not (
            greatest == greatest and other > greatest
        )

    if day.day <= 12 and day.day != day.month:
        swapped = day.replace(month=day.day, day=day.month)
        if fits(swapped):
            return "it would be in order with day and month exchanged"
    if least == least and greatest == greatest and not (day.month == 2 and day.day == 29):
        for years, word in ((-1, "the year before"), (1, "the year after")):
            if fits(day.replace(year=day.year + years)):
                return f"it would be in order in {word}"
    return ""


def several(count: int, word: str) -> str:
    """A count with its noun: "1 record", "3 records"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

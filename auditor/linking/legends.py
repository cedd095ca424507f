"""What a legend is of: "Median, 7.4 months" below a plot of overall survival is a survival."""

from __future__ import annotations

from auditor.linking import discourse
from auditor.linking.groups import Reader
from auditor.linking.read_topic import TIME_TO_EVENT
from auditor.statement import Kind, Sentence, Source, Statement

_TIMES = ("day", "week", "month", "mo", "year", "yr")


def titled(sentence: Sentence, read: Reader) -> str:
    """The one time to an event that a sentence of a legend names, or ""."""
    if sentence.source is not Source.FIGURE or not sentence.text:
        return ""
    texts = (sentence.text, *discourse.sides(sentence.text))
    found = {read(text, "what").concept for text in texts} & TIME_TO_EVENT
    return found.pop() if len(found) == 1 else ""


def takes_title(statement: Statement) -> bool:
    """Whether a number without the name of its quantity is one of a survival curve."""
    if statement.kind in (Kind.MEDIAN, Kind.VALUE):
        return is_time(statement)
    return statement.kind is Kind.RATIO and statement.ratio.upper() == "HR"


def is_time(statement: Statement) -> bool:
    """Whether the unit is one of time."""
    return statement.unit.lower().startswith(_TIMES)

"""Great Expectations itself on a frame: in memory, silent, and without a network.

Used for expectation types that our own engine does not interpret, and to show that both give the
same verdicts. The import takes seconds, so it happens when it is needed.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import RulebookError

if TYPE_CHECKING:
    import pandas as pd

_POSITION = "auditor_position"
# Great Expectations resolves the metrics of a suite in a time that grows with their square.
_AT_ONCE = 40
_NO_ANALYTICS = {"GX_ANALYTICS_ENABLED": "false"}
# What Great Expectations and its libraries warn of, of themselves or of a suite's old syntax.
_KNOWN_WARNINGS = (
    "The condition_parser parameter is deprecated",
    "Passing a string to the row_condition parameter is deprecated",
    "This pattern is interpreted as a regular expression, and has match groups",
)


@dataclass(frozen=True, slots=True)
class NativeResult:
    """What Great Expectations says of one expectation.

    Attributes:
        position: of the expectation in its suite, from 0.
        type: of the expectation.
        success: its verdict; False as well where it could not evaluate (see ``error``).
        considered: rows judged, where it says so.
        unexpected: how many values or rows break the law; None for a column or table as a whole.
        rows: index labels of those.
        observed: the value of a column or table as a whole.
        error: class of the exception that kept it from evaluating, or "".
        message: of that exception; may hold values of the frame.
    """

    position: int
    type: str
    success: bool
    considered: int | None
    unexpected: int | None
    rows: tuple[Any, ...]
    observed: Any
    error: str = ""
    message: str = ""


def run_file(path: Path, frame: pd.DataFrame) -> tuple[NativeResult, ...]:
    """Run the suite of a JSON file, as it stands, on a frame; results in its order.

    Raises:
        RulebookError: the file cannot be read, or Great Expectations cannot load it.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RulebookError(f"the suite cannot be read: {error}", source=str(path)) from error
    return run_expectations(data["expectations"], frame, source=str(path))


def run_expectations(
    expectations: Sequence[Mapping[str, Any]], frame: pd.DataFrame, *, source: str = "suite"
) -> tuple[NativeResult, ...]:
    """Run expectations ({"type", "kwargs"}) on a frame; results in their order.

    Raises:
        RulebookError: Great Expectations cannot load one of them.
    """
    marked = [
        {"type": e["type"], "kwargs": dict(e.get("kwargs", {})), "meta": {_POSITION: position}}
        for position, e in enumerate(expectations)
    ]
    found: list[NativeResult] = []
    with _quiet():
        import great_expectations as gx
        from great_expectations.data_context.types import base

        context = gx.get_context(
            mode="ephemeral",
            project_config=base.DataContextConfig(
                store_backend_defaults=base.InMemoryStoreBackendDefaults(
                    init_temp_docs_sites=False
                ),
                analytics_enabled=False,
                progress_bars=base.ProgressBarsConfig(globally=False),
            ),
        )
        asset = context.data_sources.add_pandas("auditor").add_dataframe_asset("table")
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
        for start in range(0, len(marked), _AT_ONCE):
            part = marked[start : start + _AT_ONCE]
            try:
                suite = gx.ExpectationSuite(name=f"auditor {start}", expectations=part)
            except Exception as error:
                raise RulebookError(
                    f"Great Expectations cannot load the suite: {error}", source=source
                ) from error
            result = batch.validate(suite, result_format={"result_format": "COMPLETE"})
            found.extend(_result(r) for r in result.results)
    return tuple(sorted(found, key=lambda r: r.position))


@contextmanager
def _quiet() -> Iterator[None]:
    """No analytics, and none of the warnings that Great Expectations gives of itself."""
    before = {name: os.environ.get(name) for name in _NO_ANALYTICS}
    os.environ.update(_NO_ANALYTICS)
    try:
        with warnings.catch_warnings():
            for message in _KNOWN_WARNINGS:
                warnings.filterwarnings("ignore", message=message)
            for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
                warnings.filterwarnings("ignore", category=category)
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _result(given: Any) -> NativeResult:
    config = given.expectation_config
    result = given.result or {}
    error, message = _exception(given.exception_info or {})
    elements = result.get("element_count")
    missing = result.get("missing_count") or 0
    unexpected = result.get("unexpected_count")
    mapped = "element_count" in result
    return NativeResult(
        position=config.meta[_POSITION],
        type=config.type,
        success=bool(given.success),
        considered=elements - missing if mapped and elements is not None else None,
        unexpected=unexpected if mapped else None,
        rows=tuple(result.get("unexpected_index_list") or ()),
        observed=result.get("observed_value"),
        error=error,
        message=message,
    )


def _exception(info: Mapping[str, Any]) -> tuple[str, str]:
    """Class and message of what Great Expectations raised; it nests them by metric at times."""
    entries = [info] if "raised_exception" in info else [v for v in info.values() if v]
    for entry in entries:
        if isinstance(entry, Mapping) and entry.get("raised_exception"):
            lines = [x for x in str(entry.get("exception_traceback")).splitlines() if x.strip()]
            last = lines[-1].partition(":")[0].rpartition(".")[2] if lines else "Exception"
            return last, str(entry.get("exception_message"))
    return "", ""

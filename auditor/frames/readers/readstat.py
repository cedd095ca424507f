"""Runs pyreadstat in a process of its own: on some damaged files it crashes the interpreter.

``python -m auditor.frames.readers.readstat KIND PATH [ENCODING]`` writes what it read to standard
output. The parent takes nothing else for an answer, so a crash is seen as a damaged file.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENCODING = 3  # exit code: the text is not in the encoding
_BROKEN = 4
_PATIENCE = 1800  # seconds
_ATTRIBUTES = (
    "column_names",
    "column_names_to_labels",
    "missing_ranges",
    "number_rows",
    "original_variable_types",
    "readstat_variable_types",
    "variable_value_labels",
)


class NotInEncoding(Exception):
    """The text of the file is not in the encoding that it names, or that was asked for."""


class Broken(Exception):
    """The file cannot be read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Columns by name, and what the file says of them under pyreadstat's names."""

    values: Mapping[str, Any]
    column_names: list[str]
    column_names_to_labels: Mapping[str, str | None]
    missing_ranges: Mapping[str, Any]
    number_rows: int | None
    original_variable_types: Mapping[str, str | None]
    readstat_variable_types: Mapping[str, str]
    variable_value_labels: Mapping[str, Mapping[Any, str]]


def load(path: Path, kind: str, encoding: str | None = None) -> Loaded:
    """Read a ``sas7bdat``, ``sav``, ``por`` or ``dta`` file; dates stay numbers.

    Raises:
        NotInEncoding: another encoding may help.
        Broken: damaged, cut off, or the reader crashed or did not end.
    """
    words = [kind, str(path.resolve()), *([encoding] if encoding else [])]
    command = [sys.executable, "-P", "-m", "auditor.frames.readers.readstat", *words]
    root = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired:
        raise Broken from None
    if done.returncode == _ENCODING:
        raise NotInEncoding
    if done.returncode == 1:  # an exception that nobody foresaw: no damage, a fault of ours
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
    if done.returncode:
        raise Broken
    return Loaded(**pickle.loads(done.stdout))  # noqa: S301  our own process wrote it


def _main(kind: str, path: str, encoding: str | None = None) -> int:
    import pyreadstat

    reader: Any = {
        "sas7bdat": pyreadstat.read_sas7bdat,
        "sav": pyreadstat.read_sav,
        "por": pyreadstat.read_por,
        "dta": pyreadstat.read_dta,
    }[kind]
    options: dict[str, Any] = {"disable_datetime_conversion": True, "output_format": "dict"}
    if kind != "por":
        options["user_missing"] = True
    if encoding:
        options["encoding"] = encoding
    try:
        values, meta = reader(path, **options)
    except UnicodeDecodeError:
        return _ENCODING
    except pyreadstat.ReadstatError as problem:
        return _ENCODING if "encoding" in str(problem) else _BROKEN
    except (pyreadstat.PyreadstatError, ValueError, OverflowError, MemoryError):
        return _BROKEN
    found = {"values": values, **{name: getattr(meta, name) for name in _ATTRIBUTES}}
    sys.stdout.buffer.write(pickle.dumps(found, protocol=5))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))

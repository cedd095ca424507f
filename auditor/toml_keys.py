"""TOML for people: every complaint names the file, the key and its line, and what was meant."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from auditor.errors import StudyError

Steps = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_STEP = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


@dataclass(frozen=True, slots=True)
class Keys:
    """A table of a TOML file, and where in the file it stands.

    Attributes:
        values: as ``tomllib`` gives them.
        steps: the keys that lead to it.
        file: the file as the user called it.
        lines: line (from 1) of each key.
    """

    values: Mapping[str, Any]
    steps: Steps
    file: str
    lines: Mapping[Steps, int]

    def wrong(self, key: str, message: str, hint: str | None = None) -> StudyError:
        """The error for a key of this table: ``message`` follows the key's full name."""
        steps = (*self.steps, key)
        line = next(
            (self.lines[steps[:n]] for n in range(len(steps), 0, -1) if steps[:n] in self.lines),
            None,
        )
        return StudyError(
            f"{dotted(steps)} {message}",
            source=self.file,
            where=f"line {line}" if line else None,
            hint=hint,
        )

    def only(self, known: Iterable[str], what: str = "key") -> None:
        """Refuse any key that is not known.

        Raises:
            StudyError: there is one; the nearest known key is suggested.
        """
        words = list(known)
        for key in self.values:
            if key not in words:
                raise self.wrong(key, f"is no {what} that is known", meant(key, words))

    def table(self, key: str) -> Keys:
        """A table within this one; empty where it is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table", f"Write [{dotted((*self.steps, key))}].")
        return Keys(value, (*self.steps, key), self.file, self.lines)

    def tables(self, key: str) -> tuple[Keys, ...]:
        """An array of tables; empty where it is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.wrong(key, "must be an array of tables", f"Write [[{key}]].")
        return tuple(
            Keys(v, (*self.steps, key, n), self.file, self.lines) for n, v in enumerate(value)
        )

    def text(self, key: str, default: str) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "must be text", f'Write {key} = "...".')
        return value

    def one_of(self, key: str, default: str, choices: Iterable[str]) -> str:
        value = self.text(key, default)
        words = list(choices)
        if value not in words:
            raise self.wrong(key, f'cannot be "{value}"', meant(value, words))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone stands for a list of one."""
        value = self.values.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.wrong(key, "must be a list of texts", f'Write {key} = ["...", "..."].')
        return tuple(items)

    def labels(self, key: str) -> tuple[str, ...]:
        """A list of labels: texts or whole numbers, as text."""
        value = self.values.get(key, [])
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(i, (str, int)) and not isinstance(i, bool) for i in items):
            raise self.wrong(key, "must be a list of texts", f'Write {key} = ["...", "..."].')
        return tuple(str(item) for item in items)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def whole(self, key: str, default: int, *, least: int = 0) -> int:
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(key, f"must be a whole number, {least} or more")
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(_is_number(item) for item in value):
            raise self.wrong(key, "must be a list of numbers", f"Write {key} = [6, 12].")
        return tuple(float(item) for item in value)

    def number(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if not _is_number(value):
            raise self.wrong(key, "must be a number")
        return float(value)

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(key, "must be a date", f"Write {key} = 2024-03-01.") from None


def read_toml(path: Path) -> Keys:
    """The keys of a TOML file.

    Raises:
        StudyError: the file cannot be read or is not TOML; the line is named.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise StudyError(
            "the study file cannot be read", source=str(path), hint=f"{error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise StudyError(
            "the study file is not UTF-8", source=str(path), hint="Save it as UTF-8."
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        at = re.search(r"\(at (line \d+)[^)]*\)", told)
        message = re.sub(r"\s*\(at [^)]*\)", "", told)
        # At the end of the document the parser names no line.
        where = at[1] if at else f"line {max(1, len(text.splitlines()))}"
        raise StudyError(
            f"the study file is not TOML: {message}", source=str(path), where=where
        ) from error
    return Keys(values, (), str(path), key_lines(text))


def key_lines(text: str) -> dict[Steps, int]:
    """The line of each key and header of a TOML text, which is known to be well formed."""
    lines: dict[Steps, int] = {}
    counts: dict[Steps, int] = {}
    here: Steps = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            here = ()
            steps = _steps(header[2])
            for at, step in enumerate(steps, start=1):
                here = (*here, step)
                last = at == len(steps)
                if header[1] == "[[" and last:
                    counts[here] = counts.get(here, -1) + 1
                lines.setdefault(here, number)
                if here in counts:
                    here = (*here, counts[here])
            lines.setdefault(here, number)
        elif key:
            steps = _steps(key[1])
            for at in range(1, len(steps) + 1):
                lines.setdefault((*here, *steps[:at]), number)
    return lines


def _steps(text: str) -> tuple[str, ...]:
    return tuple(
        next(part for part in found if part) for found in _STEP.findall(text) if any(found)
    )


def dotted(steps: Steps) -> str:
    """Keys as TOML writes them, an entry of an array by its number from 1."""
    name = ""
    for step in steps:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            bare = step if re.fullmatch(r"[\w-]+", step) else f'"{step}"'
            name += f".{bare}" if name else bare
    return name


def meant(word: str, known: Iterable[str]) -> str:
    """Which of the known words was meant, or all of them."""
    words = list(known)
    lower = {w.lower(): w for w in reversed(words)}
    near = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {lower[near[0]]}?"
    return f"It can be {', '.join(words)}." if words else ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value

"""Which checks run: ``--select`` and ``--ignore`` take codes, prefixes of codes, and names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from auditor.check import Check
from auditor.errors import UsageError


def chosen(
    checks: Sequence[Check], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Check, ...]:
    """The checks that ``select`` keeps (all, where it is empty) and ``ignore`` leaves.

    Raises:
        UsageError: a word matches no check, or no check is left.
    """
    select, ignore = tuple(select), tuple(ignore)
    kept = {c.code for word in select for c in _matching(checks, word)} if select else None
    dropped = {c.code for word in ignore for c in _matching(checks, word)}
    result = tuple(c for c in checks if (kept is None or c.code in kept) and c.code not in dropped)
    if checks and not result:
        raise UsageError(
            "no check is left to run", hint="Select more codes, or ignore fewer of them."
        )
    return result


def find_check(checks: Sequence[Check], word: str) -> Check:
    """The check with this code or name.

    Raises:
        UsageError: there is none; the hint names what is near.
    """
    for check in checks:
        if word.strip().upper() == check.code or word.strip().lower() == check.name:
            return check
    raise _unknown(checks, word)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint with the nearest of the known words, or ``otherwise`` where none is near."""
    spelling = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), spelling, n=3, cutoff=0.6)
    if not near:
        return otherwise
    return f"Did you mean {' or '.join(spelling[name] for name in near)}?"


def _matching(checks: Sequence[Check], word: str) -> list[Check]:
    code, name = word.strip().upper(), word.strip().lower()
    found = [c for c in checks if (code and c.code.startswith(code)) or c.name == name]
    if not found:
        raise _unknown(checks, word)
    return found


def _unknown(checks: Sequence[Check], word: str) -> UsageError:
    prefixes = {c.code.rstrip("0123456789") for c in checks}
    known = [*(c.code for c in checks), *(c.name for c in checks), *sorted(prefixes)]
    return UsageError(
        f"no check has the code or name {word!r}",
        hint=did_you_mean(word, known, "'auditor checks' lists them all."),
    )

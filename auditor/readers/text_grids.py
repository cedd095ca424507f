"""Finds the grids in plain text: lines with tabs, and the pipe tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.readers.lines import Line
from auditor.readers.titles import label_at_start

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"\s*(?:\(?\d{1,3}[.)]|\[\d{1,3}\]|[-•*–·]|\(?[a-z][.)])\s*$")
_LONGEST_ROW_LABEL = 120
_ROWS_JUDGED = 200  # enough to tell a table from a list


@dataclass(frozen=True, slots=True)
class TextGrid:
    """The lines of one grid, the last one excluded; ``rule`` is the line of dashes in Markdown."""

    first: int
    last: int
    pipes: bool = False
    rule: int | None = None

    @property
    def rows(self) -> list[int]:
        """The lines that are rows."""
        return [i for i in range(self.first, self.last) if i != self.rule]


def find_grids(lines: Sequence[Line]) -> list[TextGrid]:
    """All grids in order."""
    taken = [False] * len(lines)
    grids = []
    for grid in _pipe_grids(lines):
        grids.append(grid)
        taken[grid.first : grid.last] = [True] * (grid.last - grid.first)
    grids.extend(_tab_grids(lines, taken))
    return sorted(grids, key=lambda grid: grid.first)


def fields(line: Line, *, pipes: bool) -> list[tuple[int, int]]:
    """Offsets of the fields of a row in the text, blanks around them included."""
    text = line.text
    if not pipes:
        cuts = [-1, *(i for i, ch in enumerate(text) if ch == "\t"), len(text)]
    else:
        cuts = [-1, *(match.start() for match in _PIPE.finditer(text)), len(text)]
        if len(cuts) > 2 and not text[: cuts[1]].strip():
            cuts = cuts[1:]
        if len(cuts) > 2 and not text[cuts[-2] + 1 :].strip():
            cuts = cuts[:-1]
    return [(line.start + a + 1, line.start + b) for a, b in zip(cuts, cuts[1:], strict=False)]


def _pipe_grids(lines: Sequence[Line]) -> list[TextGrid]:
    grids = []
    at = 0
    while at < len(lines):
        if not _PIPE.search(lines[at].text):
            at += 1
            continue
        end = at
        while end < len(lines) and _PIPE.search(lines[end].text):
            end += 1
        rule = next((i for i in range(at + 1, end) if _is_rule(lines[i].text)), None)
        outer = sum(1 for i in range(at, end) if _has_outer_pipes(lines[i].text))
        if rule is not None or (end - at >= 2 and outer == end - at):
            grids.append(TextGrid(at, end, pipes=True, rule=rule))
        at = end
    return grids


def _is_rule(text: str) -> bool:
    return "-" in text and "|" in text and _RULE.fullmatch(text) is not None


def _has_outer_pipes(text: str) -> bool:
    folded = text.strip()
    return len(folded) > 2 and folded[0] == "|" and folded[-1] == "|" and folded[-2] != "\\"


def _tab_grids(lines: Sequence[Line], taken: Sequence[bool]) -> list[TextGrid]:
    grids = []
    run: list[int] = []
    for i in range(len(lines) + 1):
        inside = i < len(lines) and not taken[i] and lines[i].text.strip(" ") != ""
        if inside and not _parts_tables(lines[i].text):
            run.append(i)
            continue
        grids.extend(_grid_in(lines, run))
        run = []
    return _joined(lines, grids)


def _parts_tables(text: str) -> bool:
    """A line that cannot stand within a grid: a long one without tabs, or the next caption."""
    if "\t" in text:
        label = label_at_start(text.lstrip(" *_#"))
        return label is not None and len([f for f in text.split("\t") if f.strip()]) <= 2
    return len(text) > _LONGEST_ROW_LABEL or label_at_start(text.lstrip(" *_#")) is not None


def _grid_in(lines: Sequence[Line], run: list[int]) -> list[TextGrid]:
    tabbed = [i for i in run if "\t" in lines[i].text and not lines[i].blank]
    if not tabbed:
        return []
    rows = [[f.strip() for f in lines[i].text.split("\t")] for i in tabbed[:_ROWS_JUDGED]]
    filled = [row for row in rows if sum(map(bool, row)) >= 2]
    if len(filled) < 2 or all(_BULLET.match(row[0]) and len(row) == 2 for row in rows):
        return []
    return [TextGrid(tabbed[0], tabbed[-1] + 1)]


def _joined(lines: Sequence[Line], grids: list[TextGrid]) -> list[TextGrid]:
    """Grids that only blank lines part, joined where the second goes on in the same columns.

    It goes on where its first row has a label and a value: a header row begins anew.
    """
    result: list[TextGrid] = []
    for grid in grids:
        last = result[-1] if result else None
        if last and _only_blank(lines, last.last, grid.first) and _goes_on(lines, last, grid):
            result[-1] = TextGrid(last.first, grid.last)
        else:
            result.append(grid)
    return result


def _only_blank(lines: Sequence[Line], first: int, last: int) -> bool:
    return all(lines[i].blank for i in range(first, last))


def _goes_on(lines: Sequence[Line], above: TextGrid, below: TextGrid) -> bool:
    widths = {lines[i].text.count("\t") for i in above.rows if not lines[i].blank}
    first = [f.strip() for f in lines[below.first].text.split("\t")]
    return (
        len(first) - 1 in widths
        and bool(first[0])
        and any(f[:1].isdigit() for f in first[1:])
        and lines[below.first].text != lines[above.first].text
    )

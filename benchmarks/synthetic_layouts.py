"""Prints the tables of a trial in one of the many layouts that papers use.

Every layout says the same: what differs is where N stands, how a count and its percentage are
written, how rows are grouped, and the format of the file.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from synthetic_sheets import Sheet
from synthetic_trials import Block, Content, Head, Line, Share

from auditor.rounding import Rounding, round_fraction

FORMATS = ("jats", "markdown", "text")
STYLES = (
    *("n (%)", "n (%)", "n (%)", "n(%)", "n [%]", "n/N (%)", "% (n)", "% (n/N)"),
    *("two columns", "two columns", "n, %", "%"),
)
STRUCTURES = ("indent", "indent", "rows", "bold", "flat", "prefix", "stub", "lines")
N_AT = ("header", "header", "header", "lower", "first row", "caption", "nowhere")
CUT = "\x1f"  # parts the count from the percentage where they have a cell each


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paper prints its tables; ``sign`` is "%" or "", ``announce`` where "n (%)" stands."""

    format: str
    style: str
    sign: str
    decimals: int
    rounding: Rounding
    structure: str
    n_at: str
    n_words: str
    announce: str
    point: str
    zero: str
    less: bool
    marks: bool
    p_values: str
    p_first: bool
    case: int

    def traits(self) -> Iterator[str]:
        """What recall is broken down by."""
        yield f"format {self.format}"
        yield f"style {self.style}{' with sign' if self.sign else ''}"
        yield f"decimals {self.decimals}"
        yield f"rounding {self.rounding}"
        yield f"rows {self.structure}"
        yield f"N {self.n_at}"
        yield f"announced {self.announce}"


def draw_layout(rng: random.Random) -> Layout:
    """A layout at random, without those that nobody could read."""
    format_ = rng.choice(FORMATS)
    structure = rng.choice(STRUCTURES)
    if (format_, structure) in (("text", "bold"), ("text", "lines"), ("markdown", "lines")):
        structure = "indent"
    style = rng.choice(STYLES)
    sign = rng.choice(("%", ""))
    announce = rng.choice(("column", "label", "caption", "none"))
    if style in ("% (n)", "n, %", "%"):
        announce, sign = "column", sign if style == "%" else "%"
    return Layout(
        format=format_,
        style=style,
        sign=sign,
        decimals=rng.choice((0, 1, 1, 2)),
        rounding=rng.choice((*[Rounding.HALF_UP] * 4, Rounding.HALF_EVEN, Rounding.DOWN)),
        structure=structure,
        n_at=rng.choice(N_AT),
        n_words=rng.choice(("(n = #)", "(N=#)", "(n=#)", "N = #", "(# patients)", "n = #")),
        announce=announce,
        point=rng.choice((".", ".", ".", "·")),
        zero=rng.choice(("full", "full", "full", "0", "–")),
        less=rng.random() < 0.15,
        marks=rng.random() < 0.2,
        p_values=rng.choice(("", "", "P value", "p", "P-value*")),
        p_first=rng.random() < 0.5,
        case=rng.randrange(4),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A cell to print; ``span`` columns wide, ``tall`` rows high (JATS only)."""

    text: str = ""
    bold: bool = False
    depth: int = 0
    span: int = 1
    tall: int = 1
    mark: str = ""


Grid = list[list[Box | None]]  # None stands beneath a span


@dataclass(slots=True)
class Printed:
    """A table as printed, with the places where an error can be planted.

    ``slots`` are (row, column of count, column of percentage, text, spans, N that are right),
    ``stated`` the header cells that state the N of a head: (row, column, N, columns).
    """

    title: str
    grid: Grid
    header_rows: int
    notes: list[str] = field(default_factory=list)
    slots: list[tuple[int, int, int, str, tuple[int, int], tuple[int, int], frozenset[int]]] = (
        field(default_factory=list)
    )
    stated: list[tuple[int, int, int, range]] = field(default_factory=list)


def number(n: int) -> str:
    """A count with commas from a thousand on."""
    return f"{n:,}"


def percent(share: Share, layout: Layout) -> str:
    """The percentage as this layout prints it, with its sign."""
    exact = Fraction(100 * share.n, share.of)
    if layout.less and layout.decimals == 0 and 0 < exact < 1:
        return "<1" + layout.sign
    shown = f"{round_fraction(exact, layout.decimals, layout.rounding):f}"
    return shown.replace(".", layout.point) + layout.sign


def share_texts(share: Share, layout: Layout, style: str) -> tuple[str, ...]:
    """What the cell (or the two cells) of a count and its percentage hold."""
    two = style == "two columns"
    if share.of == 0:
        return ("–", "–") if two else ("–",)
    n = number(share.n)
    if share.bare:
        return (n, "") if two else ("" if style == "%" else n,)
    if share.n == 0 and layout.zero != "full" and style not in ("% (n)", "%"):
        return (layout.zero, layout.zero) if two else (layout.zero,)
    p = percent(share, layout)
    if two:
        return n, p
    forms = {
        "n (%)": f"{n} ({p})",
        "n(%)": f"{n}({p})",
        "n [%]": f"{n} [{p}]",
        "n, %": f"{n}, {p}",
        "n/N (%)": f"{n}/{number(share.of)} ({p})",
        "% (n)": f"{p} ({n})",
        "% (n/N)": f"{p} ({n}/{number(share.of)})",
        "%": p,
    }
    return (forms[style],)


def print_sheet(sheet: Sheet, layout: Layout, rng: random.Random) -> Printed:
    """The table in this layout."""
    return _Printer(sheet, _fitted(sheet, layout), rng).run()


def _fitted(sheet: Sheet, layout: Layout) -> Layout:
    """The layout with what this kind of table needs."""
    if sheet.kind == "fractions":
        style = layout.style if layout.style in ("n/N (%)", "% (n/N)") else "% (n/N)"
        return replace(layout, style=style, zero="full", p_values="")
    if sheet.kind == "subgroups":
        style = "n (%)" if layout.style in ("%", "two columns") else layout.style
        structure = "rows" if layout.structure == "lines" else layout.structure
        return replace(layout, style=style, structure=structure, n_at="row", p_values="")
    if layout.style == "%" and sheet.title != "Adverse events":
        return replace(layout, style="n (%)")
    return layout


@dataclass(slots=True)
class _Printer:
    """Builds one table row by row."""

    sheet: Sheet
    layout: Layout
    rng: random.Random
    out: Printed = field(init=False)

    def __post_init__(self) -> None:
        self.out = Printed(self._title(), [], 0)

    def run(self) -> Printed:
        self._header()
        self.out.header_rows = len(self.out.grid)
        if self.layout.n_at == "first row":
            self._row("No. of patients", 0, [h.n for h in self.sheet.heads for _ in self.subs])
        for block in self.sheet.blocks:
            self._block(block)
        if self.layout.announce == "caption" and self.layout.style != "two columns":
            mixed = any(not block.shares for block in self.sheet.blocks)
            others = " unless otherwise stated; SD, standard deviation" if mixed else ""
            self.out.notes.append(f"Data are {self._statistic()}{others}.")
        return self.out

    @property
    def subs(self) -> Sequence[str]:
        return self.sheet.subs

    @property
    def parts(self) -> int:
        return 2 if self.layout.style == "two columns" else 1

    @property
    def stubs(self) -> int:
        return 2 if self.layout.structure == "stub" else 1

    @property
    def width(self) -> int:
        data = len(self.sheet.heads) * len(self.subs) * self.parts
        return self.stubs + data + bool(self.layout.p_values)

    def _title(self) -> str:
        title = self.sheet.title
        whole = [h for h in self.sheet.heads if h.total] or self.sheet.heads
        if self.layout.n_at == "caption" and len(whole) == 1:
            words = self.layout.n_words if "(" in self.layout.n_words else "(n = #)"
            title += " " + words.replace("#", number(whole[0].n))
        return title

    def _statistic(self) -> str:
        return {"n(%)": "n (%)", "n/N (%)": "n/N (%)", "% (n/N)": "% (n/N)", "n, %": "n, %"}.get(
            self.layout.style, self.layout.style
        )

    def _header(self) -> None:
        layout, heads = self.layout, self.sheet.heads
        span = len(self.subs) * self.parts
        subs = any(self.subs)
        words = layout.n_words.replace("#", "{}")
        rows: list[list[tuple[str, int]]] = [[(self._head_text(h), span) for h in heads]]
        if layout.n_at == "lower":
            rows.append([(words.format(number(h.n)), span) for h in heads])
        if subs:
            rows.append([(s, self.parts) for _ in heads for s in self.subs])
        count = len(heads) * len(self.subs)
        if self.parts == 2:
            names = (("No.", "%"), ("n", "%"), ("n", "(%)"), ("No. of patients", "%"))
            rows.append([(name, 1) for _ in range(count) for name in names[layout.case]])
        elif layout.announce == "column" and (subs or layout.case % 2) and layout.n_at != "row":
            rows.append([(self._statistic(), 1)] * count)
        first = ("Characteristic", "Variable", "", "Parameter")[layout.case]
        for at, cells in enumerate(rows):
            line: list[Box | None] = [Box(first if at == 0 else "")]
            line += [Box()] * (self.stubs - 1)
            for text, wide in cells:
                line.append(Box(text, span=wide))
                line += [None] * (wide - 1)
            if layout.p_values:
                line.append(Box(layout.p_values if at == 0 else ""))
            self.out.grid.append(line)
        stating = {"header": 0, "lower": 1}.get(layout.n_at)
        if stating is not None:
            for i, head in enumerate(heads):
                column = self.stubs + i * span
                self.out.stated.append((stating, column, head.n, range(column, column + span)))

    def _head_text(self, head: Head) -> str:
        layout = self.layout
        text = head.name
        if layout.n_at == "header":
            joint = ", " if "(" not in layout.n_words else " "
            text += joint + layout.n_words.replace("#", number(head.n))
        own_row = any(self.subs) or layout.case % 2
        data = layout.n_at != "row" or head is not self.sheet.heads[0]
        here = layout.n_at == "row" or not own_row
        if layout.announce == "column" and self.parts == 1 and data and here:
            text += ", " + self._statistic()
        return text

    def _block(self, block: Block) -> None:
        layout = self.layout
        heading = block.heading
        if block.shares and layout.announce == "label" and self.parts == 1 and heading:
            heading += f", {self._statistic()}"
        structure = layout.structure
        if not block.heading:
            for line in block.lines:
                depth = line.depth if structure == "indent" else 0
                self._line(line, line.label, depth, bold=structure == "bold" and not line.depth)
        elif structure == "lines" and len(block.lines) > 1:
            self._stacked(heading, block)
        elif structure == "stub":
            for i, line in enumerate(block.lines):
                self._line(line, line.label, 0, outer=heading if i == 0 else "", p=block.p)
        elif structure in ("flat", "prefix"):
            for i, line in enumerate(block.lines):
                label = line.label if structure == "flat" else f"{block.heading}: {line.label}"
                self._line(line, label, 0, p=block.p if i == 0 else "")
        else:
            blank: list[Content] = [None] * (len(self.sheet.heads) * len(self.subs))
            bold = structure == "bold"
            self._row(heading, 0, blank, bold=bold, p="" if layout.p_first else block.p)
            for i, line in enumerate(block.lines):
                p = block.p if layout.p_first and i == 0 else ""
                self._line(line, line.label, int(structure == "indent"), p=p)

    def _line(
        self,
        line: Line,
        label: str,
        depth: int,
        *,
        bold: bool = False,
        outer: str | None = None,
        p: str = "",
    ) -> None:
        if self.layout.announce == "label" and self.parts == 1 and line.depth == 0:
            counts = any(isinstance(c, Share) for c in line.cells)
            label += f", {self._statistic()}" if counts else ""
        self._row(label, depth, line.cells, bold=bold, outer=outer, p=p or line.p)

    def _row(
        self,
        label: str,
        depth: int,
        cells: Sequence[Content],
        *,
        bold: bool = False,
        outer: str | None = None,
        p: str = "",
    ) -> None:
        layout = self.layout
        row: list[Box | None] = [Box(label, bold=bold, depth=depth)]
        if self.stubs == 2:
            row = [Box(label), Box()] if outer is None else [Box(outer), Box(label)]
        for content in cells:
            if isinstance(content, Share):
                self._slot(content, len(row))
                mark = "a" if layout.marks and self.rng.random() < 0.05 else ""
                texts = share_texts(content, layout, layout.style)
                mark = mark if any(ch.isdigit() for ch in texts[-1]) else ""
                row += [Box(text, mark=mark * (i == 0)) for i, text in enumerate(texts)]
            else:
                text = number(content) if isinstance(content, int) else content or ""
                row += [Box(text.replace(".", layout.point)), *[Box()] * (self.parts - 1)]
        if layout.p_values:
            row.append(Box(p.replace(".", layout.point)))
        self.out.grid.append(row)

    def _slot(self, share: Share, column: int) -> None:
        """Note the place of a count with its percentage, where an error can be planted."""
        texts = share_texts(share, self.layout, self.layout.style)
        whole = CUT.join(texts)
        plain = share.of and not share.bare and "<" not in whole and share.n < 1000
        short = self.layout.style == "%" or (share.n == 0 and self.layout.zero != "full")
        if not plain or short:
            return
        n, p = number(share.n), percent(share, self.layout).removesuffix("%")
        percent_first = self.layout.style.startswith("%")
        at_p = 0 if percent_first else whole.rindex(p)
        at_n = whole.index("(") + 1 if percent_first else 0
        self.out.slots.append(
            (
                len(self.out.grid),
                column,
                column + self.parts - 1,
                whole,
                (at_n, at_n + len(n)),
                (at_p, at_p + len(p)),
                frozenset({share.of}),
            )
        )

    def _stacked(self, heading: str, block: Block) -> None:
        """All categories in one row, each on a line of its cells."""
        row: list[Box | None] = [Box("\n".join((heading, *(x.label for x in block.lines))))]
        columns: list[list[str]] = []
        for at in range(len(block.lines[0].cells)):
            texts = [self._texts(line.cells[at]) for line in block.lines]
            columns += [[t[i] for t in texts] for i in range(self.parts)]
        row += [Box("\n".join(["", *texts])) for texts in columns]
        if self.layout.p_values:
            row.append(Box(block.p.replace(".", self.layout.point)))
        self.out.grid.append(row)

    def _texts(self, content: Content) -> tuple[str, ...]:
        if isinstance(content, Share):
            return share_texts(content, self.layout, self.layout.style)
        text = number(content) if isinstance(content, int) else content or ""
        return (text.replace(".", self.layout.point), "")

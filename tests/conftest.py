"""Fixtures that several test modules share."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.audit import Unchecked
from auditor.claims import Claim, Measure, Population, Quantity
from auditor.document import Document
from auditor.finding import Place
from auditor.manuscript import Manuscript
from auditor.printed import PrintedNumber

RulebookMaker = Callable[..., Path]
ManuscriptMaker = Callable[..., Manuscript]
ClaimMaker = Callable[..., Claim]

CHECK = '''
    """A number is forty-two.

    ## What it does
    Reports every 42.

    ## Why it matters
    It matters.

    ## Example
    42.

    ## References
    None.
    """

    from auditor.check import check
    from auditor.errors import NotEvaluable
    from auditor.finding import Finding, Judged, Severity, Verdict


    @check(code="{code}", name="{name}")
    def law(manuscript):
        if not manuscript.claims:
            raise NotEvaluable("there is no number")
        for claim in manuscript.claims:
            yield Judged((claim.id,))
            if claim.printed.value == 42:
                yield Finding(
                    Severity.{severity}, Verdict.IMPOSSIBLE, "It is 42.", (claim.place,),
                    reported="42", expected="41",
                )
'''


@pytest.fixture
def check_source() -> Callable[..., str]:
    """Source of a check that finds each 42."""

    def make(code: str = "TST001", name: str = "forty-two", severity: str = "ERROR") -> str:
        source = textwrap.dedent(CHECK)
        for key, value in (("code", code), ("name", name), ("severity", severity)):
            source = source.replace("{" + key + "}", value)
        return source.lstrip()

    return make


@pytest.fixture
def make_rulebook(tmp_path: Path) -> RulebookMaker:
    """Write a rulebook: relative name to source, below a folder in tmp_path."""

    def make(files: dict[str, str], name: str = "study") -> Path:
        folder = tmp_path / name
        (folder / "checks").mkdir(parents=True, exist_ok=True)
        for file, source in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def make_claim() -> ClaimMaker:
    """A claim in a cell of Table 1."""

    def make(
        id: str = "c1",  # noqa: A002  named as the attribute
        value: str = "42",
        *,
        row: int = 1,
        column: int = 1,
        table: int | None = 0,
        measure: Measure = Measure.COUNT,
        linked: bool = True,
        name: str = "paper.xml",
    ) -> Claim:
        place = Place(
            input=name,
            kind="cell",
            quote=value,
            table=None if table is None else f"Table {table + 1}",
            table_index=table,
            row=row,
            column=column,
            row_label=f"row {row}",
            column_label=f"column {column}",
        )
        terms = (("column", f"column {column}"),) if linked else ()
        number = PrintedNumber(value, Decimal(value), len(value.partition(".")[2]))
        return Claim(id, Quantity(measure), Population(terms), number, place)

    return make


@pytest.fixture
def make_manuscript() -> ManuscriptMaker:
    """A manuscript that holds these claims."""

    def make(
        claims: Sequence[Claim] = (),
        name: str = "paper.xml",
        *,
        printed_numbers: int | None = None,
        unread: Sequence[Unchecked] = (),
        warnings: Sequence[str] = (),
    ) -> Manuscript:
        document = Document(
            name=name,
            kind="jats",
            text="",
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            warnings=tuple(warnings),
        )
        count = len(claims) if printed_numbers is None else printed_numbers
        return Manuscript(
            document=document,
            tables=(),
            judged=(),
            claims=tuple(claims),
            printed_numbers=count,
            unread=tuple(unread),
        )

    return make

"""Audits that strain a report: hostile text, many findings, several documents."""

from __future__ import annotations

from auditor.audit import Audit, CheckRun, Coverage, InputFile, RulebookIdentity, Unchecked
from auditor.check import Outcome
from auditor.document import Document, Footnote, Paragraph, Section
from auditor.finding import Finding, Place, Severity, Verdict
from tests.report.builders import cell_place, make_table
from tests.report.samples import realistic, response

HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src="https://example.org/x.png" onerror=alert(1)>',
    "</style></title><a href=javascript:alert(2)>&amp;",
    "\u202eright to left\u202c שלום مرحبا",
    "{{ 7 * 7 }}{% raise %}",
    "Lang" * 80,
    "bell \x07 escape \x1b[31m red",
)


def hostile() -> Audit:
    """Every text that comes from an input is hostile."""
    a, b, c, d, e, f, g = HOSTILE
    table = make_table(0, a, b, [[c, d], [e, f + g]], footnotes=(Footnote(a, b),), warnings=(c,))
    text = f"{a} {b} {c} {d}"
    paper = Document(
        name=f"{a}{b}.xml",
        kind="jats",
        text=text,
        title=c + d,
        sections=(Section("results", b, 1, (Paragraph(0, len(text)),)),),
        tables=(table,),
        sha256="c" * 64,
        warnings=(a, b),
    )
    places = (
        cell_place(table, 1, 1, paper.name, quote=f),
        Place(
            input=paper.name,
            kind="text",
            quote=b,
            section=a,
            start=len(a) + 1,
            end=len(a) + 1 + len(b),
        ),
        Place(input=a, kind="record", quote=b, row_label=c, column_label=d),
    )
    found = tuple(
        Finding(
            severity,
            Verdict.QUERY,
            text,
            (*places[i:], *places[:i]),
            reported=a,
            expected=b,
            arithmetic=(c, d),
            conventions=(e, a),
            suggestion=f + b,
            code="PCT001",
            check="percent-mismatch",
            id=a,
        )
        for i, severity in enumerate(Severity)
    )
    return Audit(
        (InputFile(paper.name, "jats", "c" * 64),),
        (RulebookIdentity(a, "d" * 64),),
        (paper,),
        (),
        found,
        (CheckRun("PCT001", "percent-mismatch", Outcome.FAILED, a + b, b, c),),
        Coverage(4, 4, 4, 2, (Unchecked(places[0], a), Unchecked(places[1], b))),
    )


def many(count: int = 300) -> Audit:
    """``count`` findings over one table; one in ten an error, two in ten a warning."""
    height = max(2, count // 10)
    rows = [["Item", *(f"Arm {c}" for c in range(10))]]
    rows += [[f"Row {r}", *(f"{r} ({c}%)" for c in range(10))] for r in range(height)]
    table = make_table(0, "Table 1", "A long table.", rows)
    paper = Document("long.txt", "text", "", tables=(table,), sha256="e" * 64)
    kinds = [Severity.ERROR] + [Severity.WARNING] * 2 + [Severity.NOTE] * 7
    found = sorted(
        (
            Finding(
                kinds[n % 10],
                Verdict.DISAGREES,
                f"Number {n} does not agree with its row.",
                (
                    cell_place(table, 1 + n // 10 % height, 1 + n % 10, paper.name),
                    cell_place(table, 1 + n // 10 % height, 1, paper.name),
                ),
                reported=str(n),
                expected=str(n + 1),
                arithmetic=(f"{n} + 1 = {n + 1}",),
                code="SUM001",
                check="parts-exceed-whole",
                id=str(n),
            )
            for n in range(count)
        ),
        key=lambda finding: finding.severity.rank,
    )
    return Audit(
        (InputFile("long.txt", "text", "e" * 64),),
        (),
        (paper,),
        (),
        tuple(found),
        (CheckRun("SUM001", "parts-exceed-whole", Outcome.FINDINGS),),
        Coverage(count, count, count, count),
    )


def two_documents() -> Audit:
    """The realistic audit, and a supplement with a table of its own."""
    whole = realistic()
    table = response()
    supplement = Document(
        "supplement.md",
        "markdown",
        "",
        tables=(
            make_table(0, "Table S1", table.caption, [[c.text for c in row] for row in table.grid]),
        ),
        sha256="f" * 64,
    )
    place = cell_place(supplement.tables[0], 5, 1, "supplement.md")
    extra = Finding(
        Severity.ERROR,
        Verdict.DISAGREES,
        "The supplement repeats the 45%.",
        (place, cell_place(table, 5, 1)),
        reported="45%",
        expected="39%",
        code="TXT002",
        check="table-table-disagreement",
        id="12345678",
    )
    return Audit(
        (*whole.inputs, InputFile("supplement.md", "markdown", "f" * 64)),
        whole.rulebooks,
        (*whole.documents, supplement),
        whole.claims,
        (extra, *whole.findings),
        whole.checks,
        whole.coverage,
    )

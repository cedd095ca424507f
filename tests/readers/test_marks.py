"""Footnote marks are taken off; exponents, isotopes and genotypes are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.document import Document, Table

Reader = Callable[[str], Document]
Tables = Callable[[str], Table]

CASES = [
    # source, text, clean, marks
    ("Total†", "Total†", "Total", ("†",)),
    ("Total<sup>a</sup>", "Total^a", "Total", ("a",)),
    ("Total<sup>a,b</sup>", "Total^a,b", "Total", ("a", "b")),
    ("Total<sup>a</sup><sup>,</sup><sup>b</sup>", "Total^a,b", "Total", ("a", "b")),
    ("Total<sup>*†</sup>", "Total*†", "Total", ("*", "†")),
    ("0.03**", "0.03**", "0.03", ("**",)),
    ("12 (5)<sup>1</sup>", "12 (5)^1", "12 (5)", ("1",)),
    ("p<xref ref-type='table-fn' rid='f'>a</xref>", "p^a", "p", ("a",)),
    ("0.5\n<xref ref-type='table-fn'>\n<sup>#</sup>\n</xref>\n", "0.5#", "0.5", ("#",)),
    ("Stage<xref ref-type='bibr'><sup>18</sup></xref>", "Stage^18", "Stage", ("18",)),
    ("HR* (95% CI)", "HR* (95% CI)", "HR (95% CI)", ("*",)),
    ("Margins<sup>*</sup>, all", "Margins*, all", "Margins, all", ("*",)),
    ("Stage²", "Stage²", "Stage", ("2",)),
    ("*Median", "*Median", "Median", ("*",)),
    ("†", "†", "", ("†",)),
    # what stays
    ("10<sup>9</sup>/L", "10^9/L", "10^9/L", ()),
    ("×10<sup>9</sup>", "×10^9", "×10^9", ()),
    ("10\n<sup>9</sup>/L", "10^9/L", "10^9/L", ()),
    ("10⁹/L", "10⁹/L", "10^9/L", ()),
    ("kg/m<sup>2</sup>", "kg/m^2", "kg/m^2", ()),
    ("cm<sup>3</sup>", "cm^3", "cm^3", ()),
    ("mL min<sup>−1</sup>", "mL min^−1", "mL min^−1", ()),
    ("χ<sup>2</sup>", "χ^2", "χ^2", ()),
    ("<sup>18</sup>F-FDG", "^18F-FDG", "^18F-FDG", ()),
    ("21<sup>st</sup>", "21st", "21st", ()),
    ("37<sup>o</sup>C", "37°C", "37°C", ()),
    ("CD4<sup>+</sup>", "CD4+", "CD4+", ()),
    ("RAS<sup>wt</sup>", "RAS^wt", "RAS^wt", ()),
    ("T<sub>max</sub>", "Tmax", "Tmax", ()),
    ("UGT1A1*28", "UGT1A1*28", "UGT1A1*28", ()),
    ("*1/*28", "*1/*28", "*1/*28", ()),
    ("2 * 3", "2 * 3", "2 * 3", ()),
    ("# of patients", "# of patients", "# of patients", ()),
]


@pytest.mark.parametrize(("source", "text", "clean", "marks"), CASES)
def test_marks_in_jats(
    table: Tables, source: str, text: str, clean: str, marks: tuple[str, ...]
) -> None:
    cell = table(f"<tr><td>Stub</td><td>H</td></tr><tr><td>x</td><td>{source}</td></tr>").grid[1][1]
    assert (cell.text, cell.clean, cell.marks) == (text, clean, marks)


def test_ten_with_a_known_mark_is_ten(jats: Reader) -> None:
    document = jats(
        "<table-wrap><table><tr><td>10<sup>1</sup></td><td>10<sup>1</sup>/L</td></tr></table>"
        "<table-wrap-foot><fn><label>1</label><p>Note.</p></fn></table-wrap-foot></table-wrap>"
    )
    first, second = document.tables[0].grid[0]
    assert (first.clean, first.marks) == ("10", ("1",))
    assert (second.clean, second.marks) == ("10^1/L", ())


def test_letters_that_are_two_known_marks(jats: Reader) -> None:
    document = jats(
        "<table-wrap><table><tr><td>9<sup>xy</sup></td></tr></table><table-wrap-foot>"
        "<p><sup>x</sup>One. <sup>y</sup>Two.</p></table-wrap-foot></table-wrap>"
    )
    assert document.tables[0].grid[0][0].marks == ("x", "y")


@pytest.mark.parametrize(
    ("source", "clean", "marks"),
    [
        ("9 (69)<sup>a</sup>", "9 (69)", ("a",)),
        ("9 (69)^{1,2}", "9 (69)", ("1", "2")),
        ("9 (69)$^{a}$", "9 (69)", ("a",)),
        ("9 (69)^a", "9 (69)", ("a",)),
        ("<i>n</i> (%)", "n (%)", ()),
        ("&lt;0.001", "<0.001", ()),
        ("$P < 0.05$", "P < 0.05", ()),
        (r"$12.1 \pm 3.4$", "12.1 ± 3.4", ()),
        (r"45\%", "45%", ()),
        (r"$\mathrm{CR}$ \& PR", "CR & PR", ()),
        ("**Sex**", "Sex", ()),
        ("*de novo* disease", "de novo disease", ()),
        ("p_value", "p_value", ()),
        ("10^9/L", "10^9/L", ()),
        ("10^12/L", "10^12/L", ()),
        ("Age*", "Age", ("*",)),
        ("US$", "US$", ()),
    ],
)
def test_remnants_in_text(text: Reader, source: str, clean: str, marks: tuple[str, ...]) -> None:
    cell = text(f"Table 1. Title.\n\nItem\tArm A\nfirst\t{source}\n").tables[0].grid[1][1]
    assert cell.text == source
    assert (cell.clean, cell.marks) == (clean, marks)

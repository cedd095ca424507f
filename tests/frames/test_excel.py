"""Workbooks: sheets, what Excel hides, and what is refused."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from auditor.errors import InputError
from auditor.frames.dispatch import read_extract

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "frames"
SHEET = "xl/worksheets/sheet1.xml"


def book(path: Path, rows: list[list[object]]) -> Path:
    """A workbook of one sheet called adsl."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "adsl"
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with something replaced in one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_each_sheet_is_a_table(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "adsl"
    first.append(["USUBJID", "AGE"])
    first.append(["01", 63])
    hidden = made.create_sheet("adae")
    hidden.sheet_state = "hidden"
    hidden["B3"], hidden["C3"] = "USUBJID", "AETERM"
    hidden["B4"] = "01"
    hidden["C6"] = "rash"
    made.create_sheet("empty")
    made.create_sheet("none").append(["USUBJID", "X"])
    path = tmp_path / "cohort.xlsx"
    made.save(path)
    extract = read_extract(path)
    assert [table.name for table in extract.tables] == ["adsl", "adae", "none"]
    assert extract.notes == ("sheets without a table: empty",)
    adae = extract.tables[1]
    assert adae.frame.to_numpy().tolist() == [["01", None], [None, "rash"]]
    assert adae.notes == (
        "the sheet is hidden",
        "names of columns in row 3",
        "1 empty rows are left out",
    )
    assert extract.tables[2].frame.shape == (0, 2)


def test_dates_times_and_mixtures(tmp_path: Path) -> None:
    path = book(
        tmp_path / "t.xlsx",
        [
            ["D", "DT", "MIX", "CODE", "B", "PARTIAL"],
            [
                dt.date(2020, 1, 2),
                pd.Timestamp("2020-01-02T03:04").to_pydatetime(),
                1,
                "01",
                True,
                "2020-03",
            ],
            [None, pd.Timestamp("2020-01-02").to_pydatetime(), "ND", 2, None, dt.date(2020, 1, 5)],
        ],
    )
    (table,) = read_extract(path).tables
    assert table.frame["D"].tolist() == [pd.Timestamp("2020-01-02"), pd.NaT]
    assert table.frame["DT"].iloc[0] == pd.Timestamp("2020-01-02T03:04:00")
    assert table.frame["MIX"].tolist() == ["1", "ND"]
    assert table.frame["CODE"].tolist() == ["01", "2"]
    assert table.frame["B"].tolist() == [True, None]
    assert table.frame["PARTIAL"].tolist() == ["2020-03", "2020-01-05"]
    said = "numbers, text or dates are mixed, given as text: MIX, CODE, PARTIAL"
    assert said in table.notes


def test_errors_of_excel_are_said_and_kept_apart(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["ID", "X"], ["a", 1], ["b", 17], ["c", 3]])
    changed(path, SHEET, '<c r="B3" t="n"><v>17</v></c>',
            '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>')  # fmt: skip
    (table,) = read_extract(path).tables
    assert table.special == {"X": {1: "#DIV/0!"}}
    assert pd.isna(table.frame["X"].iloc[1])
    assert "1 errors of Excel (#DIV/0!), missing: X" in table.notes


def test_a_formula_that_was_never_computed_is_said(tmp_path: Path) -> None:
    (table,) = read_extract(book(tmp_path / "t.xlsx", [["ID", "X"], ["a", "=1+1"]])).tables
    assert table.frame["X"].tolist() == [None]
    assert "1 formulas without a computed value, missing: X" in table.notes


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["A", "B", "A"], [1, 2, 3]], "columns of the same name: 'A'"),
        ([["Table of patients"], ["ID", "AGE"], ["a", 1]], "column B has values but no name"),
        ([[]], "all sheets are empty"),
    ],
)
def test_sheets_that_are_no_tables(tmp_path: Path, rows: list[list[object]], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_extract(book(tmp_path / "t.xlsx", rows))


def test_a_cell_far_off_is_refused_before_the_sheet_is_laid_out(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["ID"], ["a"], ["zz"]])
    changed(path, SHEET, 'r="A3"', 'r="XFD1048576"')
    with pytest.raises(InputError, match="spans 1,048,576 rows and 16,384 columns"):
        read_extract(path)


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["ID", "X"], *([f"s{n}", n] for n in range(50))])
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    data = path.read_bytes()
    for at in range(start, start + 40, 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with pytest.raises(InputError, match="damaged"):
            read_extract(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["ID"], ["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", bytes(101 * 1024**2))
    with pytest.raises(InputError, match="refused as unsafe"):
        read_extract(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["ID"], ["a"]])
    with zipfile.ZipFile(path) as archive:
        head = archive.read("xl/workbook.xml").decode()[:9]
    bomb = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    changed(path, "xl/workbook.xml", head, bomb + head)
    changed(path, "xl/workbook.xml", 'name="adsl"', 'name="&e;"')
    try:
        tables = read_extract(path).tables
    except InputError:
        return
    assert not any("root" in table.name for table in tables)


def test_the_old_format(tmp_path: Path) -> None:
    (table,) = read_extract(REFERENCE / "patients.xls").tables
    assert table.frame["USUBJID"].tolist() == ["01-001", "01-002", "02-003", "02-004"]
    assert table.frame["SITEID"].tolist() == ["01", "01", "02", "02"]
    assert table.frame["RANDDT"].dtype == "datetime64[ns]"
    assert table.frame["CITY"].tolist() == ["Köln", None, "Genève", 'Oslo, "N"']
    assert table.special == {"CITY": {1: "#REF!"}}
    data = (REFERENCE / "patients.xls").read_bytes()
    cut = tmp_path / "cut.xls"
    cut.write_bytes(data[:3000])
    with pytest.raises(InputError, match="damaged"):
        read_extract(cut)
    word = tmp_path / "letter.xls"
    word.write_bytes(data[:512] + bytes(len(data) - 512))
    with pytest.raises(InputError, match="damaged"):
        read_extract(word)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="adsl">{}'
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def ods(path: Path, rows: str) -> Path:
    """An OpenDocument spreadsheet of one sheet."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            "/>",
        )
    return path


def _cell(text: str, kind: str = "string", extra: str = "") -> str:
    return (f'<table:table-cell office:value-type="{kind}" {extra}><text:p>{text}</text:p>'
            "</table:table-cell>")  # fmt: skip


def _row(*cells: str, extra: str = "") -> str:
    return f"<table:table-row {extra}>{''.join(cells)}</table:table-row>"


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    rows = _row(_cell("ID"), _cell("AGE"), _cell("DAY"), _cell("X")) + _row(
        _cell("01"),
        _cell("63", "float", 'office:value="63"'),
        _cell("2 Jan", "date", 'office:date-value="2020-01-02"'),
        _cell("#REF!", "string", 'calcext:value-type="error"'),
    )
    (table,) = read_extract(ods(tmp_path / "t.ods", rows)).tables
    assert table.frame["ID"].tolist() == ["01"]
    assert table.frame["AGE"].tolist() == [63.0]
    assert table.frame["DAY"].tolist() == [pd.Timestamp("2020-01-02")]
    assert table.special == {"X": {0: "#REF!"}}
    many = _row(_cell("ID"), extra='table:number-rows-repeated="900000000"')
    with pytest.raises(InputError, match="at most"):
        read_extract(ods(tmp_path / "bomb.ods", many))


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, rows: list[tuple[int, list[tuple[int, int, bytes]]]]) -> Path:
    """A binary workbook of one sheet: rows of (column, record type, content)."""
    data = _record(129) + _record(148, struct.pack("<IIII", 0, 1, 0, 1)) + _record(145)
    for row, cells in rows:
        data += _record(0, struct.pack("<II", row, 0) + bytes(9))
        for column, kind, content in cells:
            data += _record(kind, struct.pack("<II", column, 0) + content)
    data += _record(146) + _record(130)
    sheet = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("adsl"))
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", _record(131) + _record(143) + sheet + _record(144)
                         + _record(132))  # fmt: skip
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{base}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.bin", data)
    return path


def test_a_binary_workbook(tmp_path: Path) -> None:
    rows = [
        (0, [(0, 6, _wide("ID")), (1, 6, _wide("AGE"))]),
        (1, [(0, 6, _wide("01")), (1, 5, struct.pack("<d", 63.5))]),
        (2, [(0, 6, _wide("02")), (1, 3, bytes([23]))]),
    ]
    (table,) = read_extract(xlsb(tmp_path / "t.xlsb", rows)).tables
    assert table.frame["ID"].tolist() == ["01", "02"]
    assert table.frame["AGE"].iloc[0] == 63.5
    assert table.special == {"AGE": {1: "#REF!"}}
    far = [*rows, (1_048_575, [(16_383, 6, _wide("x"))])]
    with pytest.raises(InputError, match="spans 1,048,576 rows"):
        read_extract(xlsb(tmp_path / "far.xlsb", far))

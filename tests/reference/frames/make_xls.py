"""Writes patients.xls, a workbook of Excel 97, with xlwt 1.3.0 (`pip install xlwt`).

    cd tests/reference/frames && python make_xls.py
"""

import datetime

import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("patients")
day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
rows = [
    ["USUBJID", "SITEID", "AGE", "WEIGHT", "RANDDT", "CITY"],
    ["01-001", "01", 63, 70.5, datetime.date(2014, 1, 2), "K\u00f6ln"],
    ["01-002", "01", None, 81.25, datetime.date(2012, 2, 29), None],
    ["02-003", "02", 71, None, None, "Gen\u00e8ve"],
    ["02-004", "02", 48, -0.1, datetime.date(2020, 12, 31), 'Oslo, "N"'],
]
for at, row in enumerate(rows):
    for column, value in enumerate(row):
        if isinstance(value, datetime.date):
            sheet.write(at, column, value, day)
        elif column == 5 and at == 2:
            sheet.row(at).set_cell_error(column, "#REF!")
        elif value is not None:
            sheet.write(at, column, value)
book.add_sheet("nothing")
book.save("patients.xls")

"""Reads the first visible worksheet of each workbook by openpyxl and calamine, and prints both as JSON: read.py FILE..."""
import datetime, json, sys, warnings
import openpyxl
from python_calamine import CalamineWorkbook

warnings.simplefilter("ignore")


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value == value and value == int(value):
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def by_openpyxl(path):
    sheet = next(s for s in openpyxl.load_workbook(path, data_only=True).worksheets if s.sheet_state == "visible")
    return sheet.iter_rows(values_only=True)


def by_calamine(path):
    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheets_metadata:
        if "WorkSheet" in str(sheet.typ) and "Visible" in str(sheet.visible):
            return book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    return []


def read(by, path):
    try:
        return [[text(cell) for cell in row] for row in by(path)]
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:100]


print(json.dumps({path: [read(by_openpyxl, path), read(by_calamine, path)] for path in sys.argv[1:]}))

"""Writes the table of table.json by every library for Python: write.py FOLDER"""
import datetime, json, sys
import openpyxl, xlsxwriter
from pyexcelerate import Workbook

folder = sys.argv[1]
rows = json.load(open(folder + "/table.json", encoding="utf-8"))


def value(cell):
    if isinstance(cell, dict) and "day" in cell:
        return datetime.datetime.fromisoformat(cell["day"])
    return cell


def of_formula(cell):
    return isinstance(cell, dict) and "formula" in cell


book = openpyxl.Workbook()
sheet = book.active
for i, row in enumerate(rows, 1):
    for j, cell in enumerate(row, 1):
        sheet.cell(i, j, "=" + cell["formula"] if of_formula(cell) else value(cell))
book.save(folder + "/openpyxl.xlsx")

for name, options in (("xlsxwriter", {}), ("xlsxwriter-constant-memory", {"constant_memory": True})):
    book = xlsxwriter.Workbook(f"{folder}/{name}.xlsx", options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("People")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if of_formula(cell):
                sheet.write_formula(i, j, "=" + cell["formula"])
            elif isinstance(cell, dict):
                sheet.write_datetime(i, j, value(cell), day)
            elif isinstance(cell, str):
                sheet.write_string(i, j, cell)
            elif cell is not None:
                sheet.write(i, j, cell)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=People!$F$8:$F$9"})
    book.add_chartsheet().set_chart(chart)
    book.close()

book = Workbook()
sheet = book.new_sheet("People", data=[[value(c) if not of_formula(c) else None for c in row] for row in rows])
for i, row in enumerate(rows, 1):
    for j, cell in enumerate(row, 1):
        # It writes an & as it is, and no program opens the file.
        if of_formula(cell) and "&" not in cell["formula"]:
            sheet.set_cell_value(i, j, "=" + cell["formula"])
book.save(folder + "/pyexcelerate.xlsx")

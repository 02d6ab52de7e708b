#!/bin/sh
# Libraries leave values beside formulas that are not their results, each in its own way.
#
# A value beside a formula would be guessed to be its last result. XlsxWriter writes 0 unless told otherwise, and so does its
# file that says it is of "Microsoft Excel"; openpyxl writes an empty value; SheetJS with a common list of texts, and Gnumeric,
# write true results as t="s", which from POI is the text of before. PyExcelerate does not escape an & in a formula, so that
# no XML parser reads its sheet.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 PyExcelerate==0.13.0
cat > seen.py <<'PY'
import re, zipfile
import openpyxl, pyexcelerate, xlsxwriter
from xml.etree import ElementTree

book = xlsxwriter.Workbook("a.xlsx")
book.add_worksheet().write_formula("A1", '="An"&"n"')
book.close()
book = openpyxl.Workbook()
book.active["A1"] = '="An"&"n"'
book.save("b.xlsx")
book = pyexcelerate.Workbook()
book.new_sheet("S").set_cell_value(1, 1, '="An"&"n"')
book.save("c.xlsx")


def cell(name):
    return re.search(r"<c .*?</c>", zipfile.ZipFile(name).read("xl/worksheets/sheet1.xml").decode(), re.S).group(0)


def is_xml(name):
    try:
        ElementTree.fromstring(zipfile.ZipFile(name).read("xl/worksheets/sheet1.xml"))
        return True
    except ElementTree.ParseError:
        return False


print("XlsxWriter", xlsxwriter.__version__, cell("a.xlsx"))
print("openpyxl", openpyxl.__version__, cell("b.xlsx"))
print("PyExcelerate", cell("c.xlsx"), "well-formed:", is_xml("c.xlsx"))
application = re.search(r"<Application>(.*?)</Application>", zipfile.ZipFile("a.xlsx").read("docProps/app.xml").decode()).group(1)
print("XlsxWriter says that it is", application)
assert "<v>0</v>" in cell("a.xlsx") and application == "Microsoft Excel"
assert re.search(r"<v ?/>", cell("b.xlsx")) and not is_xml("c.xlsx")
PY
venv/bin/python seen.py

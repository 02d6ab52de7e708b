#!/bin/sh
# A row of height 0, or a column of width 0, is not what its writer says.
#
# "Height 0 hides the row" would be guessed to come out as ht="0" from each library. openpyxl and exceljs drop the 0 without
# a word, so that the row is visible again; exceljs writes 0.01 as it is. XlsxWriter turns a height of 0 into hidden="1", and a
# width of 0 into width="0" without hidden. zeroHeight="1" of a sheet ("rows are hidden by default") concerns only the rows that
# the file leaves out: LibreOffice shows all rows with cells.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip -q install openpyxl==3.1.5 XlsxWriter==3.3.1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0
cat > write.py <<'PY'
import openpyxl, xlsxwriter
book = openpyxl.Workbook()
sheet = book.active
for row in (['a', 'b'], ['c', 'd'], ['e', 'f']): sheet.append(row)
sheet.row_dimensions[2].height = 0
sheet.column_dimensions['B'].width = 0
sheet.sheet_format.zeroHeight = True
book.save('openpyxl.xlsx')
book = xlsxwriter.Workbook('xlsxwriter.xlsx')
sheet = book.add_worksheet()
for i, row in enumerate((['a', 'b'], ['c', 'd'], ['e', 'f'])): sheet.write_row(i, 0, row)
sheet.set_row(1, 0)
sheet.set_column('B:B', 0)
book.close()
PY
python/bin/python write.py
cat > write.cjs <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
const sheet = book.addWorksheet('S');
for (const row of [['a', 'b'], ['c', 'd'], ['e', 'f']]) sheet.addRow(row);
sheet.getRow(2).height = 0;
sheet.getRow(3).height = 0.01;
sheet.getColumn(2).width = 0;
book.xlsx.writeFile('exceljs.xlsx');
JS
node write.cjs
echo "openpyxl 3.1.5, XlsxWriter 3.3.1, exceljs 4.4.0"
tags() { unzip -p "$1.xlsx" xl/worksheets/sheet1.xml | grep -oE '<(col |row r="[23]")[^>]*>' | sed "s/^/$1: /"; }
for writer in openpyxl xlsxwriter exceljs; do tags $writer; done | tee tags
if command -v soffice >/dev/null; then
  soffice --version
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to fods openpyxl.xlsx >/dev/null 2>&1
  echo "LibreOffice, zeroHeight: rows that it hides:"
  grep -oE '<table:table-row [^>]*visibility[^>]*>' openpyxl.fods | tee hidden
  # Only the rows below those that have cells.
  test "$(grep -c . hidden)" -le 2
  if grep -B1 -A3 'visibility' openpyxl.fods | grep -qE '<text:p>[a-f]</text:p>'; then exit 1; fi
fi
grep -q '^openpyxl: <row r="2" customHeight="1"' tags
never() { if grep -E "$1" tags; then exit 1; fi; }
never '^(openpyxl|exceljs): <row r="2"[^>]* (ht|hidden)='
never '^(openpyxl|exceljs): <col [^>]*(width="0"|hidden=)'
never '^xlsxwriter: <col [^>]*hidden'
grep -qE '^exceljs: <row r="3"[^>]* ht="0.01"' tags
grep -qE '^xlsxwriter: <row r="2"[^>]* hidden="1"' tags
grep -qE '^xlsxwriter: <col [^>]*width="0"' tags

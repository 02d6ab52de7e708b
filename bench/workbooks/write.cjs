// Writes the table of table.json by SheetJS and exceljs: write.cjs FOLDER
const { join } = require('node:path');
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

const folder = process.argv[2];
const rows = require(join(folder, 'table.json'));
const isObject = (cell) => typeof cell === 'object' && cell !== null;

const sheet = XLSX.utils.aoa_to_sheet(
  rows.map((row) =>
    row.map((cell) =>
      !isObject(cell)
        ? cell
        : cell.formula
          ? { t: 'n', f: cell.formula }
          : { t: 'd', v: new Date(`${cell.day}T00:00:00Z`), z: 'dd/mm/yyyy' },
    ),
  ),
);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'People');
XLSX.writeFile(book, join(folder, 'sheetjs.xlsx'));
XLSX.writeFile(book, join(folder, 'sheetjs-shared.xlsx'), { bookSST: true, compression: true });

async function writeExcelJs() {
  const workbook = new ExcelJS.Workbook();
  const people = workbook.addWorksheet('People');
  for (const row of rows) {
    people.addRow(
      row.map((cell) => (!isObject(cell) ? cell : cell.formula ? cell : new Date(`${cell.day}T00:00:00Z`))),
    );
  }
  await workbook.xlsx.writeFile(join(folder, 'exceljs.xlsx'));
}
void writeExcelJs();

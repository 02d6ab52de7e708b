import { strToU8, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
import type { CellProblem } from '../../../contract/problem';
import { columnLetter } from '../../columns';
import { cellText, numberText } from './cell-text';
import type { WorkbookCell } from './cell-text';
import { isBlank } from '../csv/csv-records';
import { UTF_8 } from '../encoding/encodings';
import { countKnownHeaders } from '../csv/divide-column';
import { refuseGrid } from '../grid';
import type { ReadGrid } from '../grid';
import { leadingRows, SURELY_A_HEADER } from '../csv/leading-rows';
import { fileProblem, shorten } from '../../problems/make-problem';
import { prepareParts } from './prepare-parts';
import { UNSOLVED } from './unsolved-formulas';
import { listSheets } from './sheet-list';
import type { Layout } from '../../table';
import { openWorkbook } from './workbook-archive';

const WORKBOOK = 'xl/workbook.xml';
/** What the parser reads again for each sheet, in characters over all of them. */
const MAX_READ_AGAIN = 30_000_000;

/** What is given back of a workbook is CSV that every spreadsheet program opens. */
const LAYOUT: Layout = { format: 'xlsx', encoding: UTF_8, byteOrderMark: true, delimiter: ',' };

interface Sheet {
  name: string;
  /** The first formula without a value. */
  unsolved?: { line: number; letter: string };
  records: string[][];
}

export interface WorkbookOptions {
  maxPeople: number;
  isKnownHeader: (header: string) => boolean;
}

/** Reads the cells of the first sheet that has any and is not hidden. Whatever the archive holds, it does not throw. */
export async function readWorkbook(
  archive: Uint8Array,
  { maxPeople, isKnownHeader }: WorkbookOptions,
): Promise<ReadGrid> {
  const opened = await openWorkbook(archive);
  if (!opened.ok) return refuseGrid(opened.problem);
  const prepared = prepareParts(opened.parts, maxPeople);
  if (!(prepared instanceof Map)) return refuseGrid(prepared);
  const sheets = await parse(prepared);
  if (!Array.isArray(sheets)) return refuseGrid(sheets);
  const [first, ...others] = sheets.filter(({ records }) => !records.every(isBlank));
  const meant = first && findMeantSheet(first, others, isKnownHeader);
  if (meant) return refuseGrid(fileProblem('file.header-in-other-sheet', { sheet: first.name, meant: meant.name }));
  const warnings = [
    ...(first && others.length > 0 ? [otherSheets(first, others)] : []),
    ...(first?.unsolved ? [unsolvedFormula(first.unsolved)] : []),
  ];
  return { ok: true, grid: { layout: LAYOUT, records: first?.records ?? [], warnings } };
}

/** The sheets that can be seen, in their order. */
async function parse(parts: ReadonlyMap<string, string>): Promise<Sheet[] | CellProblem> {
  const visible = listSheets(parts.get(WORKBOOK) ?? '').filter(({ isHidden }) => !isHidden);
  const besideSheets = [...parts.values()].reduce((sum, xml) => sum + (xml.includes('sheetData') ? 0 : xml.length), 0);
  if (visible.length * besideSheets > MAX_READ_AGAIN) {
    return fileProblem('file.workbook-too-large', { reason: `it has ${visible.length} sheets and very much text` });
  }
  // Packed anew, so that the parser sees nothing but what was looked at.
  const archive = zipSync(Object.fromEntries([...parts].map(([name, xml]) => [name, strToU8(xml)])), { level: 0 });
  const input = new Blob([archive]);
  const sheets: Sheet[] = [];
  try {
    for (const { name, number } of visible) {
      // One at a time: of two faulty sheets that are read together, the parser leaves one rejection to nobody.
      const data = await readSheet(input, number, { trim: false, parseNumber: numberText });
      sheets.push(toSheet(name, (data ?? []) as WorkbookCell[][]));
    }
  } catch {
    return fileProblem('file.damaged-workbook');
  }
  return sheets;
}

function toSheet(name: string, cells: readonly (readonly WorkbookCell[])[]): Sheet {
  const index = cells.findIndex((row) => row.includes(UNSOLVED));
  const records = cells.map((row) => row.map((cell) => (cell === UNSOLVED ? '' : cellText(cell))));
  if (index < 0) return { name, records };
  return { name, records, unsolved: { line: index + 1, letter: columnLetter(cells[index]!.indexOf(UNSOLVED)) } };
}

const unsolvedFormula = ({ line, letter }: NonNullable<Sheet['unsolved']>): CellProblem => ({
  ...fileProblem('file.formula-without-value', { line }),
  letter,
});

/** The sheet that has the names of columns where the first has none. */
function findMeantSheet(
  first: Sheet,
  others: readonly Sheet[],
  isKnownHeader: (header: string) => boolean,
): Sheet | undefined {
  const known = ({ records }: Sheet): number =>
    Math.max(0, ...leadingRows(records).map((i) => countKnownHeaders(records[i]!, isKnownHeader)));
  return known(first) === 0 ? others.find((sheet) => known(sheet) >= SURELY_A_HEADER) : undefined;
}

const otherSheets = (read: Sheet, others: readonly Sheet[]): CellProblem =>
  fileProblem('file.other-sheets', { sheet: read.name, names: shorten(others.map(({ name }) => name).join(', ')) });

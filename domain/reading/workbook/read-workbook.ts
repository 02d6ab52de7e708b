import type { CellProblem } from '../../../contract/problem';
import { fileProblem, shorten } from '../../problems/make-problem';
import { UTF_8 } from '../encoding/encodings';
import { columnLetter } from '../../columns';
import { MOST_HELD } from '../../long-list';
import { rejectGrid } from '../grid';
import type { ReadGrid } from '../grid';
import type { Layout } from '../../table';
import { chooseSheet } from './choose-sheet';
import { LongRunError } from './archive/read-xml';
import { longCell, readSheet } from './read-sheet';
import type { Sheet, SheetLimits } from './read-sheet';
import { openWorkbook } from './archive/workbook-archive';
import { formatCount, tooLarge, WorkbookError } from './archive/workbook-error';
import { readContents } from './workbook-parts';

/** Files given back of a workbook are CSV that every spreadsheet program opens. */
const LAYOUT: Layout = { format: 'xlsx', encoding: UTF_8, byteOrderMark: true, delimiter: ',' };

export interface WorkbookOptions {
  maxPeople: number;
  /** Rows that are kept at most. */
  maxRecords: number;
  isKnownHeader: (header: string) => boolean;
  mostHeld?: number;
  /** The sheet that the administrator names, by its name or place. */
  sheet?: string | null;
}

/** Limits on the cost of a workbook. They grow only where an import may have tens of thousands of people. */
const limitsFor = ({
  maxPeople,
  maxRecords,
  mostHeld = MOST_HELD,
}: WorkbookOptions): SheetLimits & { unpackedBytes: number } => ({
  unpackedBytes: Math.max(30 * 1024 * 1024, maxPeople * 1024),
  cells: Math.max(100_000, maxPeople * 10),
  rows: Math.max(100_000, maxPeople * 2),
  area: Math.max(1_000_000, maxPeople * 20),
  keptRows: maxRecords,
  mostHeld,
});

/** Reads the cells of one visible sheet. Never throws for the content of the archive. */
export async function readWorkbook(archive: Uint8Array, options: WorkbookOptions): Promise<ReadGrid> {
  let sheets: Sheet[];
  let hiddenSheets: string[];
  try {
    ({ sheets, hiddenSheets } = await readSheets(archive, options));
  } catch (error) {
    return rejectGrid(error instanceof WorkbookError ? error.problem : fileProblem('file.damaged-workbook'));
  }
  const { sheet, otherSheets, ...chosen } = chooseSheet(sheets, options.sheet ?? null, options.isKnownHeader);
  if (!sheet && hiddenSheets.length > 0) {
    return rejectGrid(fileProblem('file.hidden-sheet', { names: shorten(hiddenSheets.join(', ')) }));
  }
  const warnings = [
    ...chosen.warnings,
    ...(sheet?.unsolved ? [formulaProblem('file.formula-without-value', sheet.unsolved)] : []),
    ...doubtfulFormulas(sheet),
  ];
  const records = sheet?.records ?? [];
  return {
    ok: true,
    grid: {
      layout: LAYOUT,
      records,
      ...(sheet?.isCut && { filledRows: sheet.filledRows }),
      ...(sheet && { hiddenRows: sheet.hiddenRows, hiddenColumns: sheet.hiddenColumns, doubtful: sheet.doubtful }),
      warnings,
      ...(chosen.questions.length > 0 && { questions: chosen.questions }),
      ...(otherSheets && { otherSheets }),
    },
  };
}

/** The visible sheets with cells, in their order. Throws a `WorkbookError`, or any other for a damaged workbook. */
async function readSheets(archive: Uint8Array, options: WorkbookOptions) {
  const limits = limitsFor(options);
  const parts = await openWorkbook(archive, limits.unpackedBytes);
  try {
    const contents = await readContents(parts);
    const sheets: Sheet[] = [];
    for (const listed of contents.sheets) sheets.push(await readSheet(listed, contents, limits));
    if (contents.strings.maxCharacters !== undefined) throw longCell(0, contents.strings.maxCharacters);
    checkSize(sheets, limits, options.maxPeople);
    return { sheets, hiddenSheets: contents.hiddenSheets };
  } catch (error) {
    throw error instanceof LongRunError ? longCell(0, error.maxCharacters) : error;
  }
}

function checkSize(sheets: readonly Sheet[], limits: SheetLimits, maxPeople: number): void {
  if (sheets.reduce((sum, { cells }) => sum + cells, 0) > limits.cells) {
    const people = sheets[0]!.filledRows - 1;
    // Any of several sheets may have the people.
    throw sheets.length === 1 && people > maxPeople
      ? new WorkbookError(fileProblem('file.too-many-rows', { rows: people, limit: maxPeople }))
      : tooLarge(`its sheets have more than ${formatCount(limits.cells)} cells with something in them`);
  }
  const wide = sheets.find(({ lastRow, lastColumn }) => lastRow > limits.rows || lastRow * lastColumn > limits.area);
  if (!wide) return;
  const corner = `row ${formatCount(wide.lastRow)} and column ${columnLetter(wide.lastColumn - 1)}`;
  throw tooLarge(`a sheet has something as far away as ${corner}`);
}

const formulaProblem = (
  code: 'file.formula-without-value' | 'file.formula-not-recalculated',
  { line, letter }: NonNullable<Sheet['unsolved']>,
): CellProblem => ({ ...fileProblem(code, { line }), letter });

function doubtfulFormulas(sheet: Sheet | undefined): CellProblem[] {
  const [first] = sheet?.doubtful ?? [];
  if (!first) return [];
  const [index, [column = 0]] = first;
  return [formulaProblem('file.formula-not-recalculated', { line: index + 1, letter: columnLetter(column) })];
}

import type { CellProblem } from '../../../contract/problem';
import { columnLetter } from '../../columns';
import { fileProblem } from '../../problems/make-problem';
import { findLongRun, toPlainXml } from './plain-xml';
import { prepareSheet } from './sheet-xml';
import type { PreparedSheet } from './sheet-xml';

/** What the parser gets through before anybody notices that the process is busy. */
const MAX_CELLS = 100_000;
const MAX_ROWS = 100_000;
/** Rows times columns: a stray cell far away makes a table of mostly nothing. */
const MAX_AREA = 1_000_000;
/**
 * Excel allows 32,767 characters in a cell, of which each can take six in XML. The parser begins a tag that it has only a
 * part of anew with each further part, which takes minutes for a long one; none that a program writes has a thousand.
 */
const MAX_RUN = { text: 200_000, tag: 10_000 };

/** The parts of a workbook as the parser may have them, or why it may not. */
export function prepareParts(
  parts: ReadonlyMap<string, Uint8Array>,
  maxPeople: number,
): Map<string, string> | CellProblem {
  const plain = new Map<string, string>();
  for (const [name, part] of parts) {
    const xml = toPlainXml(part);
    if (xml === undefined) return fileProblem('file.damaged-workbook');
    plain.set(name, xml);
  }
  for (const xml of plain.values()) {
    const run = findLongRun(xml, MAX_RUN);
    if (run) return tooLarge(`${nameCell(xml, run.at, plain)} has more than ${count(run.max)} characters`);
  }

  const prepared = new Map<string, string>();
  const sheets: PreparedSheet[] = [];
  for (const [name, xml] of plain) {
    const sheet = isSheet(xml) ? prepareSheet(xml) : undefined;
    if (!sheet && isSheet(xml)) return fileProblem('file.damaged-workbook');
    if (sheet) sheets.push(sheet);
    prepared.set(name, sheet?.xml ?? xml);
  }
  return tooMuchIn(sheets, maxPeople) ?? prepared;
}

function tooMuchIn(sheets: readonly PreparedSheet[], maxPeople: number): CellProblem | undefined {
  if (sheets.reduce((sum, { cells }) => sum + cells, 0) > MAX_CELLS) {
    const people = sheets[0]!.filledRows - 1;
    // Of several sheets it is not known yet which has the people.
    return sheets.length === 1 && people > maxPeople
      ? fileProblem('file.too-many-rows', { rows: people, limit: maxPeople })
      : tooLarge(`its sheets have more than ${count(MAX_CELLS)} cells with something in them`);
  }
  const wide = sheets.find(({ lastRow, lastColumn }) => lastRow > MAX_ROWS || lastRow * lastColumn > MAX_AREA);
  if (!wide) return undefined;
  const corner = `row ${count(wide.lastRow)} and column ${columnLetter(wide.lastColumn - 1)}`;
  return tooLarge(`a sheet has something as far away as ${corner}`);
}

const isSheet = (xml: string): boolean => xml.includes('sheetData');

const ROW = /\br\s*=\s*["'](\d+)["']/;

/** The cell that a place in the XML belongs to, by its row. Most texts stand apart, and cells have their number. */
function nameCell(xml: string, at: number, parts: ReadonlyMap<string, string>): string {
  let row: string | undefined;
  if (isSheet(xml)) {
    row = ROW.exec(xml.slice(xml.lastIndexOf('<row', at), at))?.[1];
  } else {
    const index = xml.slice(0, at).split('<si>').length - 2;
    const cell = new RegExp(`<c\\s[^<>]*\\br="[A-Z]+(\\d+)"[^<>]*>\\s*<v>${index}</v>`);
    row = [...parts.values()]
      .filter(isSheet)
      .map((sheet) => cell.exec(sheet)?.[1])
      .find((found) => found !== undefined);
  }
  return row === undefined ? 'a cell of it' : `a cell in row ${row}`;
}

const tooLarge = (reason: string): CellProblem => fileProblem('file.workbook-too-large', { reason });

const count = (number: number): string => number.toLocaleString('en');

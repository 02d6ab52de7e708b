import type { ProblemCode } from '../../contract/problem-codes';
import { formatRowSet } from '../../contract/row-set';
import { isError, isWarning } from './listed-problems';
import type { ListedProblem } from './listed-problems';
import { printable } from './text';

interface Cells {
  line: string;
  where: string;
  code: string;
  text: string;
}

const TO_CORRECT: Cells = { line: 'LINE', where: 'COLUMN', code: 'CODE', text: 'WHAT IS WRONG, AND WHAT TO DO' };
const TO_KNOW: Cells = { ...TO_CORRECT, text: 'WARNING: WHAT TO KNOW, AND WHAT TO DO' };
/** Where the output is no terminal. */
const USUAL_WIDTH = 120;
export const terminalWidth = ({ columns }: NodeJS.WriteStream): number => columns ?? USUAL_WIDTH;

const GAP = 2;
/** A header can be a whole paragraph. */
const LONGEST_PLACE = 30;
const NARROWEST_TEXT = 30;

export interface TableOptions {
  /** The warnings on rows are usually many and seldom of interest; those on the file always are. */
  listRowWarnings: boolean;
  /** The codes of those that are listed all the same. */
  unasked?: readonly ProblemCode[];
  /** Columns of the terminal. */
  width: number;
}

/** What was found, as no, one or two tables: what is to be corrected, and what is to be known. */
export function formatProblems(ofFile: ListedProblem[], ofRows: ListedProblem[], options: TableOptions): string[] {
  const { width } = options;
  const toCorrect = [...ofFile, ...ofRows].filter(isError);
  const toKnow = [...ofFile, ...ofRows.filter((item) => isListed(item, options))].filter(isWarning);
  return [
    ...(toCorrect.length > 0 ? [formatTable(toCorrect, TO_CORRECT, width)] : []),
    ...(toKnow.length > 0 ? [formatTable(toKnow, TO_KNOW, width)] : []),
  ];
}

/** Whether something that was found in a row is listed, and not only counted. */
export const isListed = (item: ListedProblem, { listRowWarnings, unasked = [] }: Omit<TableOptions, 'width'>): boolean =>
  isError(item) || listRowWarnings || unasked.some((code) => code === item.code);

/** Long sentences go on in the lines below. */
function formatTable(found: ListedProblem[], headings: Cells, width: number): string {
  const rows = [headings, ...group(found)];
  const widest = (key: 'line' | 'where' | 'code'): number => Math.max(...rows.map((row) => row[key].length)) + GAP;
  const [line, where, code] = [widest('line'), widest('where'), widest('code')];
  const indent = line + where + code;
  return rows
    .flatMap((row) => {
      const [first = '', ...more] = wrap(row.text, Math.max(NARROWEST_TEXT, width - indent - GAP));
      return [
        `${row.line.padEnd(line)}${row.where.padEnd(where)}${row.code.padEnd(code)}${first}`,
        ...more.map((rest) => ' '.repeat(indent) + rest),
      ];
    })
    .map((text) => ' '.repeat(GAP) + text)
    .join('\n');
}

/** What is said of several lines alike is said once. */
function group(found: ListedProblem[]): Cells[] {
  const groups = new Map<string, ListedProblem[]>();
  for (const item of found) {
    const key = JSON.stringify([item.where, item.code, item.text]);
    const alike = groups.get(key);
    if (alike) alike.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map((alike) => {
    const { where, code, text } = alike[0]!;
    const line = formatRowSet(alike.flatMap((item) => item.line ?? [])) || '-';
    return { line, where: shorten(printable(where)), code, text: printable(text) };
  });
}

const shorten = (place: string): string =>
  place.length <= LONGEST_PLACE ? place : `${[...place].slice(0, LONGEST_PLACE - 1).join('')}…`;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

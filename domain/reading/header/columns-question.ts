import type { ImportKind } from '../../../contract/import';
import type { FileColumn, Question } from '../../../contract/question';
import { columnLetter, columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import { fileProblem, shorten } from '../../problems/make-problem';
import { isAddress, isNumber } from './contact-data';
import type { FailedRowsColumns } from './failed-rows-columns';
import type { HeaderAliases } from './header-aliases';
import { findSimilarHeader, isComparable } from './missing-columns';

/** A row of headings of which some columns cannot be told. */
export interface UnclearHeader {
  kind: ImportKind;
  aliases: HeaderAliases;
  line: number;
  /** The administrator's own; blank where a column has none, or is one of ours. */
  headers: readonly string[];
  ours: FailedRowsColumns | undefined;
  /** The columns that their headings tell, by index. */
  known: ReadonlyMap<number, ColumnKey>;
  /** The columns that are still looked for. */
  wanted: readonly ColumnKey[];
}

const SAMPLES = 3;
const LONGEST_SAMPLE = 60;
/** Rows whose values are looked at for a guess. */
const ROWS_LOOKED_AT = 100;

/**
 * The question which column is which, if an answer exists: a column for each that is looked for. `records` are the rows below the
 * headings. What a column may be is a guess, and nothing is read by it.
 */
export function askForColumns(
  unclear: UnclearHeader,
  records: Iterable<readonly string[]>,
  isUnusable: boolean,
): Question | undefined {
  const { kind, headers, line, ours, known, wanted } = unclear;
  const columns = headers.flatMap((header, index): (FileColumn & { index: number })[] => {
    const samples = samplesOf(records, index);
    const isShown = !ours?.indexes.has(index) && (header !== '' || samples.length > 0);
    return isShown ? [{ index, letter: columnLetter(index), header: shorten(header), samples }] : [];
  });
  const open = columns.filter(({ index }) => !known.has(index) || wanted.includes(known.get(index)!));
  if (!isUnusable && open.length < wanted.length) return undefined;
  const guesses = guessColumns(unclear, first(records, ROWS_LOOKED_AT), open);
  const names = columnsOf(kind).flatMap(({ key, header }) => (wanted.includes(key) ? [header] : []));
  return {
    kind: 'columns',
    problem: fileProblem('file.columns-unclear', { line, names: names.join(', ') }),
    choices: [],
    columns: columns.map(({ index, ...column }) => {
      const column_ = known.get(index);
      const likely = column_ ? ({ column: column_, why: 'recognised' } as const) : guesses.get(index);
      return { ...column, ...(likely && { likely }) };
    }),
  };
}

/** What the open columns may be: by a heading that is nearly one of ours, then by what stands in them. */
function guessColumns(
  { kind, aliases, headers, wanted }: UnclearHeader,
  records: readonly (readonly string[])[],
  open: readonly { index: number }[],
): Map<number, NonNullable<FileColumn['likely']>> {
  const guesses = new Map<number, NonNullable<FileColumn['likely']>>();
  const isFree = ({ index }: { index: number }): boolean => !guesses.has(index);
  for (const key of wanted) {
    const free = open.filter((column) => isFree(column) && isComparable(headers[column.index]!));
    const similar = findSimilarHeader(
      free.map(({ index }) => headers[index]!),
      kind,
      key,
      aliases,
    );
    if (similar !== undefined) guesses.set(free[similar]!.index, { column: key, why: 'heading' });
  }
  for (const [key, test] of Object.entries(TELLING) as [ColumnKey, (cell: string) => boolean][]) {
    const isGuessed = [...guesses.values()].some(({ column }) => column === key);
    const [found, ...others] = open.filter((column) => isFree(column) && isMostly(records, column.index, test));
    // Of two columns of numbers neither is more likely the mobile.
    if (wanted.includes(key) && !isGuessed && found && others.length === 0)
      guesses.set(found.index, { column: key, why: 'values' });
  }
  return guesses;
}

function first<T>(items: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const item of items) if (found.push(item) === count) break;
  return found;
}

/** Columns of ours whose values give them away. */
const TELLING = { email: isAddress, mobile: isNumber } satisfies Partial<Record<ColumnKey, (cell: string) => boolean>>;

function isMostly(records: readonly (readonly string[])[], index: number, test: (cell: string) => boolean): boolean {
  const filled = records.flatMap((record) => (record[index] ?? '').trim() || []);
  return filled.filter(test).length * 2 > filled.length;
}

function samplesOf(records: Iterable<readonly string[]>, index: number): string[] {
  const samples = new Set<string>();
  for (const record of records) {
    const cell = (record[index] ?? '').trim();
    if (cell !== '') samples.add(shorten(cell, LONGEST_SAMPLE));
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
}

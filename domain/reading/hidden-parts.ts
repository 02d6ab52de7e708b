import type { ImportKind } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import type { Choices, Question } from '../../contract/question';
import { columnsOf } from '../columns';
import { isExampleRow } from '../example-row';
import { fileProblem, linesInShort, shorten } from '../problems/make-problem';
import type { TableRow } from '../table';
import type { CellsSeen } from './cells-seen';
import type { HeaderColumn } from './header/read-header';

interface HiddenOptions extends Pick<Choices, 'hiddenRows' | 'hiddenColumns'> {
  kind: ImportKind;
  /** Whether a file may lack the column of the client team. */
  hasDefaultTeam: boolean;
  hasHiddenRows: boolean;
}

interface Findings {
  warnings: CellProblem[];
  questions: Question[];
}

/**
 * What an administrator cannot have seen when looking at the sheet: people in hidden rows, and hidden columns that are read.
 * A filtered list may mean "these only" or "all, and I look at some of them", so nobody but the administrator can tell.
 * Hidden rows and columns without anything in them do not matter.
 */
export function findHidden(
  rows: Iterable<TableRow>,
  seen: Pick<CellsSeen, 'filledHidden'>,
  columns: readonly HeaderColumn[],
  options: HiddenOptions,
): Findings {
  const found = [hiddenRowsIn(rows, options), hiddenColumnsIn(seen, columns, options)];
  return {
    warnings: found.flatMap(({ warnings }) => warnings),
    questions: found.flatMap(({ questions }) => questions),
  };
}

const NOTHING: Findings = { warnings: [], questions: [] };

function hiddenRowsIn(rows: Iterable<TableRow>, { kind, hiddenRows, hasHiddenRows }: HiddenOptions): Findings {
  const lines: number[] = [];
  for (const { isHidden, line, cells } of hasHiddenRows ? rows : [])
    if (isHidden && !isExampleRow(kind, cells)) lines.push(line);
  if (lines.length === 0) return NOTHING;
  const problem = fileProblem('file.hidden-rows', { rows: lines.length, lines: linesInShort(lines) });
  const choices = [{ value: 'skip' }, { value: 'include' }];
  return { warnings: [problem], questions: hiddenRows ? [] : [{ kind: 'hidden-rows', problem, choices }] };
}

function hiddenColumnsIn(
  { filledHidden }: Pick<CellsSeen, 'filledHidden'>,
  columns: readonly HeaderColumn[],
  { kind, hasDefaultTeam, hiddenColumns }: HiddenOptions,
): Findings {
  const found = columns.filter(({ index }) => filledHidden.has(index));
  if (found.length === 0) return NOTHING;
  const names = found.map(({ header, letter }) => `${header} (${letter})`).join(', ');
  const problem = fileProblem('file.hidden-columns', { names: shorten(names) });
  const isNeeded = ({ key }: HeaderColumn): boolean =>
    columnsOf(kind).some((column) => column.key === key && column.required) && !(key === 'group' && hasDefaultTeam);
  // Without a required column every row would be rejected.
  const choices = [...(found.some(isNeeded) ? [] : [{ value: 'skip' }]), { value: 'include' }];
  return { warnings: [problem], questions: hiddenColumns ? [] : [{ kind: 'hidden-columns', problem, choices }] };
}

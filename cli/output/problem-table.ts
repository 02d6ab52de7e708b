import type { ProblemCode } from '../../contract/problem-codes';
import { formatRowSet, spacedRowSet } from '../../contract/row-set';
import { isError, isWarning } from './listed-problems';
import type { ListedProblem } from './listed-problems';
import { formatTable, paragraph, ROOM_FOR_COLUMNS } from './table';
import { countOf, printable, truncate } from './text';

/** In terminal columns. A header can be a whole paragraph, and so can a cell. */
const WIDEST = { name: 24, where: 30, value: 40 } as const;
/** Lines that are listed unless all are asked for. */
export const MOST_LISTED = 20;
/** Lines of the terminal on which the lines of one reason stand unless all are asked for. */
const MOST_FOR_A_REASON = 2;
const LEAST_ROOM = 30;
/** The indent, the gaps, and what is left over where two lines are broken. */
const BESIDE_LINES = 18;

export interface ListOptions {
  /** Warnings on rows are usually many and seldom of interest; warnings on the file are always listed. */
  listRowWarnings: boolean;
  /** The codes of row warnings that are listed all the same. */
  alwaysListed?: readonly ProblemCode[];
}

export interface ProblemsOptions extends ListOptions {
  /** Of the terminal, in columns. */
  width: number;
  /** Lists every line, not only the first of each reason. */
  all?: boolean;
  /** What lists every line, as a person types it. */
  toSeeAll: string;
}

/** Whether a problem of a row is listed, and not only counted. */
export const isListed = (problem: ListedProblem, { listRowWarnings, alwaysListed = [] }: ListOptions): boolean =>
  isError(problem) || listRowWarnings || alwaysListed.some((code) => code === problem.code);

/** No, one or several blocks of text: for errors, then for warnings, the totals by reason, and the lines of each reason. */
export function formatProblems(
  ofFile: readonly ListedProblem[],
  ofRows: readonly ListedProblem[],
  options: ProblemsOptions,
): string[] {
  const listed = [...ofFile, ...ofRows.filter((problem) => isListed(problem, options))];
  return [
    ...formatSection(listed.filter(isError), 'problem', options),
    ...formatSection(listed.filter(isWarning), 'warning', options),
  ];
}

function formatSection(problems: readonly ListedProblem[], noun: string, options: ProblemsOptions): string[] {
  if (problems.length === 0) return [];
  const { width, all = false, toSeeAll } = options;
  const reasons = groupByCode(problems);
  const shown = all ? reasons.map((reason) => reason.length) : allot(reasons, MOST_LISTED);
  const left = problems.length - shown.reduce((sum, count) => sum + count, 0);
  return [
    ...(reasons.length > 1 ? [formatReasons(reasons, noun, options)] : []),
    ...reasons.flatMap((reason, i) => (shown[i]! > 0 ? [formatReason(reason, shown[i]!, width)] : [])),
    ...(left > 0 ? [`  ${countOf(left, 'line')} more: ${toSeeAll}`] : []),
  ];
}

/** Those of the file first, then the most frequent. */
function groupByCode(problems: readonly ListedProblem[]): ListedProblem[][] {
  const groups = new Map<string, ListedProblem[]>();
  for (const problem of problems) {
    const alike = groups.get(problem.code);
    if (alike) alike.push(problem);
    else groups.set(problem.code, [problem]);
  }
  const ofFile = (group: readonly ListedProblem[]): number => (group[0]!.line === null ? 1 : 0);
  return [...groups.values()].sort((a, b) => ofFile(b) - ofFile(a) || b.length - a.length);
}

/** How many lines of each group are listed so that there are at most `most`: one of each, then a second of each, and so on. */
export function allot(groups: readonly { length: number }[], most: number): number[] {
  const counts = groups.map(() => 0);
  for (let left = most; left > 0;) {
    const open = groups.flatMap(({ length }, i) => (counts[i]! < length ? [i] : [])).slice(0, left);
    if (open.length === 0) break;
    for (const i of open) counts[i]! += 1;
    left -= open.length;
  }
  return counts;
}

/** Each reason with its count and its lines. */
function formatReasons(reasons: readonly ListedProblem[][], noun: string, { width, all }: ProblemsOptions): string {
  const count = reasons.reduce((sum, { length }) => sum + length, 0);
  const digits = String(Math.max(...reasons.map(({ length }) => length))).length;
  const codes = reasons.map(([first]) => first!.code);
  // As much is cut as would not fit, and a little for where the lines are broken.
  const room = Math.max(LEAST_ROOM, width - Math.max(...codes.map((code) => code.length)) - digits - BESIDE_LINES);
  const rows = reasons.map((reason, i) => [
    String(reason.length).padStart(digits),
    codes[i]!,
    linesOf(reason, all ? Infinity : MOST_FOR_A_REASON * room),
  ]);
  return `  ${countOf(count, noun)}, by reason:\n${formatTable(rows, width, 4)}`;
}

function linesOf(problems: readonly ListedProblem[], longest = Infinity): string {
  const lines = formatRowSet(problems.flatMap(({ line }) => line ?? []));
  return lines === '' ? '-' : spacedRowSet(lines, longest);
}

/** One reason: what it is and what to do, said once as far as that is the same for all, and its first lines. */
function formatReason(problems: readonly ListedProblem[], shown: number, width: number): string {
  const { code } = problems[0]!;
  const isSame = (part: 'message' | 'fix'): boolean => problems.every((one) => one[part] === problems[0]![part]);
  const [sameMessage, sameFix] = [isSame('message'), isSame('fix')];
  const inCommon = [sameMessage ? problems[0]!.message : '', sameFix ? problems[0]!.fix : ''].filter(Boolean).join(' ');
  const items = problems.slice(0, shown).map((problem) => ({
    line: problem.line === null ? '-' : String(problem.line),
    name: truncate(printable(problem.name), WIDEST.name),
    where: truncate(printable(problem.where), WIDEST.where),
    value: truncate(printable(problem.value), WIDEST.value),
    more: printable(
      [sameMessage ? '' : problem.message, sameFix ? '' : problem.fix, problem.guess].filter(Boolean).join(' '),
    ),
  }));
  const heading = `  ${problems.length} × ${code}`;
  const isOfFile = problems.every(
    (one) => one.line === null && one.value === '' && one.where === '' && one.guess === '',
  );
  // One line needs no columns.
  const isStacked = width < ROOM_FOR_COLUMNS || items.length === 1;
  const list = isOfFile ? [] : [isStacked ? formatStacked(items, width) : formatColumns(items, width)];
  return [[heading, ...(inCommon === '' ? [] : [paragraph(printable(inCommon), width, 4)])].join('\n'), ...list].join(
    '\n\n',
  );
}

interface Item {
  line: string;
  name: string;
  where: string;
  value: string;
  more: string;
}

const HEADINGS: Readonly<Record<keyof Item, string>> = {
  line: 'LINE',
  name: 'NAME',
  where: 'COLUMN',
  value: 'VALUE',
  more: 'MORE',
};

/** Without the columns in which nothing stands. */
function formatColumns(items: readonly Item[], width: number): string {
  const used = (Object.keys(HEADINGS) as (keyof Item)[]).filter((key) => items.some((item) => item[key] !== ''));
  return formatTable(
    [used.map((key) => HEADINGS[key]), ...items.map((item) => used.map((key) => item[key]))],
    width,
    4,
  );
}

function formatStacked(items: readonly Item[], width: number): string {
  return items
    .map(({ line, name, where, value, more }) => {
      const place = [line === '-' ? '' : `Line ${line}`, where, name].filter(Boolean).join(', ');
      return [
        paragraph([place, value].filter(Boolean).join(': '), width, 4),
        ...(more === '' ? [] : [paragraph(more, width, 6)]),
      ].join('\n');
    })
    .join('\n');
}

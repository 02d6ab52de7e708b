import { isDeepStrictEqual } from 'node:util';
import type { CellProblem } from '../../contract/problem';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import { checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import type { CheckContext, CheckedRow } from '../../domain/checking/check-rows';
import type { KnownPerson } from '../../domain/person';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { readTable } from '../../domain/reading/read-table';
import type { ReadOptions } from '../../domain/reading/read-table';
import type { Table } from '../../domain/table';

const MAX_ROWS = 500;

export interface Verdict {
  /** Rows that were read; none if the file was refused. */
  rows: number;
  refused: boolean;
  elapsedMs: number;
  /** What must never be true of any file and is of this one. */
  faults: string[];
}

/** Reads and checks a file as an import does, and looks for whatever no file may bring about. Never throws. */
export async function checkFile(bytes: Uint8Array, options: Partial<ReadOptions> = {}): Promise<Verdict> {
  const start = performance.now();
  const done = (verdict: Partial<Verdict>): Verdict => ({
    rows: 0,
    refused: false,
    faults: [],
    elapsedMs: performance.now() - start,
    ...verdict,
  });
  try {
    const kind = options.kind ?? 'clients';
    const read = await readTable(bytes, { kind, maxRows: MAX_ROWS, ...options });
    if (!read.ok) return done({ refused: true, faults: refusalFaults(read.problems) });
    const { table } = read;
    const checked = checkRows(table, contextFor(kind, emailKeysOf(table)));
    const elapsedMs = performance.now() - start;
    return done({ rows: table.rows.length, elapsedMs, faults: [...tableFaults(table), ...rowFaults(table, checked)] });
  } catch (error) {
    return done({ faults: [`It throws: ${error instanceof Error ? error.stack : String(error)}`] });
  }
}

/** Every third address is that of a client, and every fifth that of a member of staff. */
function contextFor(kind: CheckContext['kind'], keys: readonly string[]): CheckContext {
  const known = keys.flatMap((emailKey, i): [string, KnownPerson][] => {
    if (i % 3 !== 0 && i % 5 !== 0) return [];
    return [[emailKey, { ...KNOWN, kind: i % 3 === 0 ? 'client' : 'staff', email: emailKey, emailKey }]];
  });
  return {
    kind,
    defaultCountry: 'GB',
    teams: ['Mayfair', 'Riverside', 'Empty_Quarter'].map((name) => ({
      id: name,
      name,
      activeStaff: name !== 'Empty_Quarter',
    })),
    defaultTeamId: null,
    known: new Map(known),
    strict: false,
    onExisting: 'update',
    channels: ['email', 'sms'],
  };
}

const KNOWN: KnownPerson = {
  id: 'known',
  kind: 'client',
  firstName: 'Petra',
  lastName: 'Known',
  email: '',
  emailKey: '',
  mobile: '+447911123456',
  mobileType: 'mobile',
  company: null,
  role: null,
  teamIds: ['Mayfair'],
  active: false,
  deactivated: false,
  optedOut: [],
  neverInvited: false,
  underWay: [],
  importId: null,
  line: null,
  since: '2026-01-05',
};

function refusalFaults(problems: readonly CellProblem[]): string[] {
  const isError = problems.some((problem) => describeProblem(problem, null).severity === 'error');
  return [
    ...(isError ? [] : ['It is refused without an error']),
    ...problems.flatMap((problem) => problemFaults(problem, null)),
  ];
}

function tableFaults({ rows, columns, headers, warnings }: Table): string[] {
  const faults = warnings.flatMap((problem) => problemFaults(problem, null));
  if (rows.length === 0 || rows.length > MAX_ROWS) faults.push(`It has ${rows.length} rows`);
  const lines = linesOf(rows);
  if (lines.some((line, i) => line <= (lines[i - 1] ?? 1))) faults.push('Its lines do not ascend from the header');
  if (new Set(columns.map(({ key }) => key)).size !== columns.length) faults.push('A column is there twice');
  if (warnings.some((problem) => describeProblem(problem, null).severity === 'error'))
    faults.push('A warning is an error');
  if (headers.length > 1000) faults.push(`It has ${headers.length} headers`);
  return faults;
}

const linesOf = (rows: Iterable<{ line: number }>): number[] => Array.from(rows, ({ line }) => line);

function rowFaults(table: Table, checked: readonly CheckedRow[]): string[] {
  const faults: string[] = [];
  if (!isDeepStrictEqual(linesOf(table.rows), linesOf(checked)))
    faults.push('Not every row is checked once, in its order');
  const taken = new Set<string>();
  for (const { line, person, plan, problems, repairs } of checked) {
    const isRefused = problems.some((problem) => describeProblem(problem, line).severity === 'error');
    if (isRefused !== (plan.action === 'reject')) faults.push(`Row ${line} has errors or is rejected, but not both`);
    if ((person === null) !== (plan.action === 'reject' || plan.action === 'skip'))
      faults.push(`Row ${line}: person and plan disagree`);
    if (person && taken.has(person.emailKey)) faults.push(`Row ${line} has an address that is taken`);
    if (person) taken.add(person.emailKey);
    if (repairs.some(({ before, after }) => before === after))
      faults.push(`Row ${line} has a repair that changes nothing`);
    faults.push(...problems.flatMap((problem) => problemFaults(problem, line)));
  }
  return faults;
}

/** What a person could not read, or the database not store. */
function problemFaults(problem: CellProblem, line: number | null): string[] {
  const { code, message, expected, fix, value } = describeProblem(problem, line);
  const faults: string[] = [];
  if (!PROBLEM_CODES.includes(code)) faults.push(`There is no code ${code}`);
  if ([message, expected, fix].some((text) => text.trim() === '')) faults.push(`${code} says nothing`);
  if ((value?.length ?? 0) > 1000 || message.length > 3000)
    faults.push(`${code} repeats ${message.length} characters of the file`);
  return faults;
}

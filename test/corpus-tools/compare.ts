import type { Problem } from '../../contract/problem';
import { showInvisible } from '../../domain/problems/invisible';
import type { ProblemCode } from '../../contract/problem-codes';
import type { PersonDoc, RowDoc } from '../../store/documents';
import type { ImportAnswer, RowAnswer } from '../support/api-caller';
import type { ExpectedImport, ExpectedPerson, ExpectedProblem, ExpectedRow } from '../corpus/case';
import { teamNameOf } from './seed-organisations';

/** What an import came to, as its API tells it, with the people whom its rows have made or changed, or would. */
export interface Outcome {
  found: ImportAnswer;
  rows: RowAnswer[];
  people: PersonDoc[];
  planned: RowDoc[];
}

/** What was found, cut down to what is expected, so that the two can be compared as a whole. */
export function comparable(outcome: Outcome, expected: ExpectedImport) {
  const { found, rows } = outcome;
  return {
    status: found.status,
    lines: found.lines,
    file: problems(found.problems, expected.file),
    rows: rows.map((row, i) => comparableRow(row, expected.rows[i], personOf(row, outcome))),
  };
}

/** The expectation in the same shape; its values are declared as typed. */
export const expectation = (expected: ExpectedImport) => ({
  ...expected,
  lines: expected.rows.length,
  file: expected.file.map(asShown),
  rows: expected.rows.map((row) => ({ ...row, problems: row.problems.map(asShown) })),
});

const asShown = (problem: ExpectedProblem): ExpectedProblem =>
  problem.value ? { ...problem, value: showInvisible(problem.value) } : problem;

function comparableRow(row: RowAnswer, expected: ExpectedRow | undefined, person: ShownPerson): ExpectedRow {
  return {
    line: row.row,
    status: row.status,
    problems: problems(row.problems, expected?.problems ?? []),
    ...(expected?.repairs && { repairs: row.repairs.map(({ column, before, after }) => [column, before, after]) }),
    ...(expected?.person && { person: pick(person, expected.person) }),
    ...(expected?.channels && { channels: row.plan.channels }),
    ...(expected?.changes && {
      changes: (row.plan.changes ?? []).map(({ field, before, after }) => [field, before, after]),
    }),
  };
}

/** People of the corpus share one number, which no case is about. */
const OF_SHARED_NUMBERS: readonly ProblemCode[] = ['mobile.shared', 'file.shared-mobiles'];

function problems(all: readonly Problem[], expected: readonly ExpectedProblem[]): ExpectedProblem[] {
  const found = all.filter(({ code }) => !OF_SHARED_NUMBERS.includes(code));
  return found.map((problem, i) => {
    const { says, ...others } = expected[i] ?? { code: problem.code };
    const said = `${problem.message} ${problem.expected} ${problem.fix}`.toLowerCase();
    return {
      ...(pick(problem, others) as unknown as ExpectedProblem),
      ...(says && { says: says.filter((text) => said.includes(text.toLowerCase())) }),
    };
  });
}

type ShownPerson = ExpectedPerson & RowAnswer['person'];

/** What the row shows, and of the person behind it what it does not. In a preview there is only the person as planned. */
function personOf({ row, person }: RowAnswer, { found, people, planned }: Outcome): ShownPerson {
  const madeBy = ({ importId, row: line }: { importId: string | null; row: number | null }): boolean =>
    importId === found.id && line === row;
  const made = people.find((one) => madeBy(one) || (one.updatedBy && madeBy(one.updatedBy)));
  const behind = made ?? (found.status === 'awaiting-approval' ? planned.find(madeBy)?.person : undefined);
  return { ...person, ...(behind && { teams: behind.teamIds.map(teamNameOf), role: behind.role }) };
}

const pick = (from: object, keysOf: object): Record<string, unknown> =>
  Object.fromEntries(Object.keys(keysOf).map((key) => [key, (from as Record<string, unknown>)[key]]));

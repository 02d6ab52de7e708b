import type { ImportKind, OnExisting } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { CellProblem, Repair } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Choices } from '../../contract/question';
import type { RowPlan } from '../../contract/row-plan';
import type { ClientTeam } from '../client-team';
import { personKindOf } from '../person';
import type { KnownPerson, PersonValues } from '../person';
import { isError } from '../problems/problem-sentences';
import type { Table, TableRow } from '../table';
import type { UnplacedProblem } from './cells/cell-verdict';
import { checkCells, openFieldsOf, toPerson } from './cells/check-cells';
import type { CellRules, RowVerdicts } from './cells/check-cells';
import { possibleEmailKey } from './cells/check-email';
import { createTeamFinder } from './cells/find-team';
import { isNoPerson } from './not-a-person';
import { decideRow, rejectionOf } from './decide-row';
import type { DecisionContext } from './decide-row';
import { leftOutBecause } from './first-lines';
import type { EarlierRow } from './first-lines';
import { placesOf, problemsIn, repairsIn } from './row-places';
import type { Place } from './row-places';

/** Everything beside the file that the checks depend on. */
export interface CheckContext {
  kind: ImportKind;
  /** ISO 3166 alpha-2, such as GB. */
  defaultCountry: string | null;
  teams: readonly ClientTeam[];
  defaultTeamId: string | null;
  /** Clients and staff by e-mail key; at least those with a key of `emailKeysOf(table)`. */
  known: ReadonlyMap<string, KnownPerson>;
  /** Whether a cell that needs a repair is rejected. */
  strict: boolean;
  onExisting: OnExisting;
  /** The channels on which the organisation invites. */
  channels: readonly Channel[];
  /** Whether rows that are hidden in a workbook are skipped; as long as nobody has chosen, they are planned like others. */
  hiddenRows?: Choices['hiddenRows'];
  /** By e-mail key: the rows with these addresses in the files that the same upload has before this one. */
  earlierInBatch?: ReadonlyMap<string, EarlierRow>;
  /** The lines that an administrator has put aside. */
  ignored?: { has: (line: number) => boolean };
}

/** `organisation` is `null` once it is deleted. */
export const checkContextOf = (
  {
    kind,
    options: { strict, onExisting, hiddenRows = null },
  }: { kind: ImportKind; options: Pick<CheckContext, 'strict' | 'onExisting' | 'hiddenRows'> },
  organisation: Pick<CheckContext, 'defaultCountry' | 'defaultTeamId' | 'channels'> | null,
  { teams, known, earlierInBatch }: Pick<CheckContext, 'teams' | 'known' | 'earlierInBatch'>,
): CheckContext => ({
  kind,
  defaultCountry: organisation?.defaultCountry ?? null,
  defaultTeamId: organisation?.defaultTeamId ?? null,
  channels: organisation?.channels ?? [],
  teams,
  known,
  strict,
  onExisting,
  hiddenRows,
  ...(earlierInBatch && { earlierInBatch }),
});

export interface CheckedRow {
  line: number;
  /** The person after the row is applied. `null` if and only if the plan is `reject` `skip` or `ignore`. */
  person: PersonValues | null;
  plan: RowPlan;
  /** Errors and warnings together, in the order of the file's columns. With an error the plan is `reject`. */
  problems: CellProblem[];
  repairs: Repair[];
}

/** Checks every row by every rule. Returns the rows in their order, each with all its problems. */
export const checkRows = (table: Pick<Table, 'columns' | 'rows'>, context: CheckContext): CheckedRow[] =>
  createRowChecker(table, context)(table.rows);

/**
 * Returns the function that checks the rows of a table, some at a time and in their order: it remembers whose address it has seen.
 * `known` stands in place of that of the context.
 */
export function createRowChecker(
  table: Pick<Table, 'columns'>,
  context: CheckContext,
): (rows: Iterable<TableRow>, known?: CheckContext['known']) => CheckedRow[] {
  const places = placesOf(table, context.kind);
  const rules = cellRulesOf(context);
  const decisions: DecisionContext = { ...context, teams: new Map(context.teams.map((team) => [team.id, team])) };
  const firstLines = new Map<string, number>();
  const headers = new Map(places.map(({ key, header }) => [key, header]));

  return (rows, known = context.known) => {
    const looked = { ...context, known };
    return Array.from(rows, (row) => checkRow(row, looked));
  };

  function checkRow(row: TableRow, context: CheckContext): CheckedRow {
    if (context.ignored?.has(row.line)) return { ...skipRow(row), plan: { action: 'ignore', channels: [] } };
    // Before its cells are looked at, so that its address is free for another row.
    const leftOut = leftOutBecause(row, context);
    if (leftOut) return skipRow(row, leftOut);
    const verdicts = checkCells(row, rules, (key) => headers.get(key) ?? '');
    verdicts.email.problems.push(...addressProblems(verdicts, row.line, context, firstLines));
    const repairs = repairsIn(row, places, verdicts);
    if (context.strict) {
      for (const { key, after } of repairs) {
        verdicts[key]?.problems.push({ code: 'row.not-exact', suggestion: after });
      }
    }
    const decided = decide(row, places, verdicts, context, decisions);
    const remarks = [
      ...(row.isHidden ? [ofRow('row.hidden')] : []),
      ...(decided.plan.action === 'reject' && isNoPerson(row) ? [ofRow('row.not-a-person')] : []),
    ];
    return {
      line: row.line,
      ...decided,
      problems: [...remarks, ...decided.problems],
      repairs: context.strict ? [] : repairs.map(({ column, before, after }) => ({ column, before, after })),
    };
  }
}

/**
 * The distinct keys of the addresses in the table, which a caller looks up before it checks the rows. Includes invalid
 * addresses that look like valid ones; no known person has these.
 */
export function emailKeysOf({ rows }: { rows: Iterable<TableRow> }): string[] {
  const keys = new Set<string>();
  for (const { cells } of rows) {
    const key = possibleEmailKey(cells.email ?? '');
    if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

function cellRulesOf({ teams, defaultTeamId, ...rules }: CheckContext): CellRules {
  return {
    ...rules,
    findTeam: createTeamFinder(teams),
    defaultTeam: teams.find(({ id }) => id === defaultTeamId),
  };
}

/** The problems of an address that another row or a known person has, even if the row has other errors. */
function addressProblems(
  { email }: RowVerdicts,
  line: number,
  { kind, known, onExisting, earlierInBatch }: CheckContext,
  firstLines: Map<string, number>,
): UnplacedProblem[] {
  if (!email.value) return [];
  const { key } = email.value;
  const earlier = earlierInBatch?.get(key);
  // Alone: the other row may have created the person by now or not, and the answer must not depend on that.
  if (earlier) {
    return [{ code: 'email.duplicate-in-file', details: { firstLine: earlier.line, fileName: earlier.fileName } }];
  }
  const problems: UnplacedProblem[] = [];
  const firstLine = firstLines.get(key);
  if (firstLine === undefined) firstLines.set(key, line);
  else problems.push({ code: 'email.duplicate-in-file', details: { firstLine } });

  const person = known.get(key);
  const rejection = person && rejectionOf(personKindOf(kind), person, onExisting);
  if (!rejection) return problems;
  return [...problems, rejection, ...(person.deactivated ? [{ code: 'person.deactivated' } as const] : [])];
}

function decide(
  row: TableRow,
  places: readonly Place[],
  verdicts: RowVerdicts,
  { kind, known }: CheckContext,
  decisions: DecisionContext,
): Pick<CheckedRow, 'person' | 'plan' | 'problems'> {
  const problems = problemsIn(row, places, verdicts);
  if (problems.some(isError)) return { person: null, plan: { action: 'reject', channels: [] }, problems };
  const values = toPerson(kind, verdicts);
  const decision = decideRow(values, known.get(values.emailKey), decisions, openFieldsOf(row, verdicts));
  const { person, plan } = decision;
  if (decision.problems.length === 0) return { person, plan, problems };
  for (const { column, ...unplaced } of decision.problems) verdicts[column]?.problems.push(unplaced);
  return { person, plan, problems: problemsIn(row, places, verdicts) };
}

const ofRow = (code: ProblemCode): CellProblem => ({ code, column: null, letter: null, value: null });

/** Other problems of a row that is left out do not matter. */
const skipRow = ({ line }: TableRow, code?: ProblemCode): CheckedRow => ({
  line,
  person: null,
  plan: { action: 'skip', channels: [] },
  problems: code ? [ofRow(code)] : [],
  repairs: [],
});

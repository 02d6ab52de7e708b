import type { ImportKind, OnExisting } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { CellProblem, Repair } from '../../contract/problem';
import type { RowPlan } from '../../contract/row-plan';
import type { UnplacedProblem } from './cells/cell-verdict';
import { checkCells, openFieldsOf, toPerson } from './cells/check-cells';
import type { CellRules, RowVerdicts } from './cells/check-cells';
import { possibleEmailKey } from './cells/check-email';
import { decideRow, rejectionOf } from './decide-row';
import type { DecisionContext } from './decide-row';
import { isExampleRow } from '../example-row';
import { createTeamFinder } from './cells/find-team';
import type { ClientTeam } from './cells/find-team';
import { personKindOf } from '../person';
import type { KnownPerson, PersonValues } from '../person';
import { PROBLEM_CATALOGUE } from '../problems/problem-catalogue';
import { placesOf, problemsIn, repairsIn } from './row-places';
import type { Place } from './row-places';
import type { Table, TableRow } from '../table';

export type { ClientTeam } from './cells/find-team';

/** What the organisation has and wants, as far as the rows of one file depend on it. */
export interface CheckContext {
  kind: ImportKind;
  /** ISO 3166 alpha-2, such as GB. */
  defaultCountry: string | null;
  teams: readonly ClientTeam[];
  defaultTeamId: string | null;
  /** Clients and staff by e-mail key; at least those with a key of `emailKeysOf(table)`. */
  known: ReadonlyMap<string, KnownPerson>;
  /** Whether a cell that would have to be repaired is refused. */
  strict: boolean;
  onExisting: OnExisting;
  /** The channels on which the organisation invites. */
  channels: readonly Channel[];
}

export interface CheckedRow {
  line: number;
  /**
   * The person as they stand once the row is carried out. `null` if and only if nothing is to be done with the row, since
   * its plan is `reject` or `skip`; then its cells are all there is.
   */
  person: PersonValues | null;
  plan: RowPlan;
  /** Errors and warnings together, in the order of the file's columns. With an error the plan is `reject`. */
  problems: CellProblem[];
  repairs: Repair[];
}

/** Checks every row by every rule. The rows come back in their order, each with all that was found in it. */
export function checkRows(table: Table, context: CheckContext): CheckedRow[] {
  const places = placesOf(table, context.kind);
  const rules = cellRulesOf(context);
  const decisions: DecisionContext = { ...context, teams: new Map(context.teams.map((team) => [team.id, team])) };
  const firstLines = new Map<string, number>();
  const headers = new Map(places.map(({ key, header }) => [key, header]));

  return table.rows.map((row) => {
    if (isExampleRow(context.kind, row.cells)) return exampleRow(row);
    const verdicts = checkCells(row, rules, (key) => headers.get(key) ?? '');
    verdicts.email.findings.push(...findUses(verdicts, row.line, context, firstLines));
    const repairs = repairsIn(row, places, verdicts);
    if (context.strict) {
      for (const { key, after } of repairs) {
        verdicts[key]?.findings.push({ code: 'row.not-exact', suggestion: after });
      }
    }
    return {
      line: row.line,
      ...decide(row, places, verdicts, context, decisions),
      repairs: context.strict ? [] : repairs.map(({ column, before, after }) => ({ column, before, after })),
    };
  });
}

/**
 * The keys of the addresses in the table, each once: what a caller looks up before it can check the rows. Whether they
 * are addresses that mail can be sent to is not asked here, only whether they could be; nobody has the others.
 */
export function emailKeysOf({ rows }: Pick<Table, 'rows'>): string[] {
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

/** What is to be said of the address of a row, whatever else is wrong in the row. */
function findUses(
  { email }: RowVerdicts,
  line: number,
  { kind, known, onExisting }: CheckContext,
  firstLines: Map<string, number>,
): UnplacedProblem[] {
  if (!email.value) return [];
  const { key } = email.value;
  const findings: UnplacedProblem[] = [];
  const firstLine = firstLines.get(key);
  if (firstLine === undefined) firstLines.set(key, line);
  else findings.push({ code: 'email.duplicate-in-file', details: { firstLine } });

  const holder = known.get(key);
  const refusal = holder && rejectionOf(personKindOf(kind), holder, onExisting);
  return refusal ? [...findings, refusal] : findings;
}

function decide(
  row: TableRow,
  places: readonly Place[],
  verdicts: RowVerdicts,
  { kind, known }: CheckContext,
  decisions: DecisionContext,
): Pick<CheckedRow, 'person' | 'plan' | 'problems'> {
  const problems = problemsIn(row, places, verdicts);
  if (problems.some(({ code }) => PROBLEM_CATALOGUE[code].severity === 'error')) {
    return { person: null, plan: { action: 'reject', channels: [] }, problems };
  }
  const values = toPerson(kind, verdicts);
  const { person, plan, finding } = decideRow(
    values,
    known.get(values.emailKey),
    decisions,
    openFieldsOf(row, verdicts),
  );
  if (!finding) return { person, plan, problems };
  verdicts[finding.about]?.findings.push(finding.what);
  return { person, plan, problems: problemsIn(row, places, verdicts) };
}

/** Whatever else was made of it, it is the template's own row, and nobody means it to be a person. */
function exampleRow({ line }: TableRow): CheckedRow {
  return {
    line,
    person: null,
    plan: { action: 'skip', channels: [] },
    problems: [{ code: 'row.template-example', column: null, letter: null, value: null }],
    repairs: [],
  };
}

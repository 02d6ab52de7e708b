import type { CellProblem, Repair } from '../contract/problem';
import { acceptedValue } from './cell-verdict';
import type { CellVerdict, Finding } from './cell-verdict';
import { checkEmail } from './check-email';
import type { EmailAddress } from './check-email';
import { createGroupCheck } from './check-group';
import type { ClientTeam } from './check-group';
import { checkMobile } from './check-mobile';
import type { MobileType } from './check-mobile';
import { checkRole } from './check-role';
import { checkCompany, checkFirstName, checkLastName } from './check-text';
import { CLIENT_COLUMNS } from './columns';
import type { ColumnKey } from './columns';
import { PROBLEM_CATALOGUE } from './problem-catalogue';
import { shorten } from './make-problem';
import type { Table, TableRow } from './read-table';

/** Where an address was used first. What is not known is `null`. */
export interface EmailUse {
  importId: string | null;
  line: number | null;
  /** ISO day. */
  since: string | null;
}

/** What the organisation already has, as far as the rows of one file depend on it. */
export interface CheckContext {
  /** ISO 3166 alpha-2, such as GB. */
  defaultCountry: string | null;
  teams: readonly ClientTeam[];
  defaultTeamId: string | null;
  /** By e-mail key; at least those of `emailKeysOf(table)` that belong to a client. */
  usedEmails: ReadonlyMap<string, EmailUse>;
  /** E-mail keys of the organisation's staff. */
  staffEmails: ReadonlySet<string>;
}

export interface ClientValues {
  firstName: string;
  lastName: string;
  /** As typed, without outer spaces. */
  email: string;
  emailKey: string;
  /** E.164. */
  mobile: string;
  mobileType: MobileType;
  company: string | null;
  teamId: string;
}

export interface CheckedRow {
  line: number;
  /** `null` if and only if one of the problems is an error. */
  client: ClientValues | null;
  /** Errors and warnings together, in the order of the file's columns. */
  problems: CellProblem[];
  repairs: Repair[];
}

/** Checks every row by every rule. The rows come back in their order, each with all that was found in it. */
export function checkRows(table: Table, context: CheckContext): CheckedRow[] {
  const places = placesOf(table);
  const checkGroup = createGroupCheck(context.teams, context.defaultTeamId);
  const firstLines = new Map<string, number>();

  return table.rows.map((row) => {
    const cell = (key: ColumnKey): string => row.cells[key] ?? '';
    const email = checkEmail(cell('email'));
    if (email.value) email.findings.push(...findUses(email.value, row.line, context, firstLines));
    return settle(row, places, {
      firstName: checkFirstName(cell('firstName')),
      lastName: checkLastName(cell('lastName')),
      email,
      mobile: checkMobile(cell('mobile'), context.defaultCountry),
      role: checkRole(cell('role')),
      company: checkCompany(cell('company')),
      group: checkGroup(cell('group')),
    });
  });
}

/** The key of each correct address in the table, once: what a caller looks up before it can check the rows. */
export function emailKeysOf(table: Table): string[] {
  const keys = table.rows.map((row) => checkEmail(row.cells.email ?? '').value?.key);
  return [...new Set(keys.filter((key) => key !== undefined))];
}

function findUses(
  { key }: EmailAddress,
  line: number,
  { usedEmails, staffEmails }: CheckContext,
  firstLines: Map<string, number>,
): Finding[] {
  const findings: Finding[] = [];
  const firstLine = firstLines.get(key);
  if (firstLine === undefined) firstLines.set(key, line);
  else findings.push({ code: 'email.duplicate-in-file', details: { firstLine } });

  const use = usedEmails.get(key);
  if (staffEmails.has(key)) findings.push({ code: 'email.is-staff' });
  else if (use) findings.push({ code: 'email.already-used', details: knownOf(use) });
  return findings;
}

/** What is known of an earlier use, as the details of `email.already-used`. */
export function knownOf(use: EmailUse): Record<string, string | number> {
  const entries = Object.entries(use).filter((entry): entry is [string, string | number] => entry[1] !== null);
  return Object.fromEntries(entries);
}

type Place = { key: ColumnKey; header: string; letter: string | null };

/** The file's columns as they stand, then those it does not have: an absent cell can be at fault as well. */
function placesOf({ columns }: Table): Place[] {
  const absent = CLIENT_COLUMNS.filter(({ key }) => !columns.some((column) => column.key === key));
  return [...columns, ...absent.map(({ key, header }) => ({ key, header, letter: null }))];
}

interface RowVerdicts {
  firstName: CellVerdict<string>;
  lastName: CellVerdict<string>;
  email: CellVerdict<EmailAddress>;
  mobile: CellVerdict<{ number: string; type: MobileType }>;
  role: CellVerdict<true>;
  company: CellVerdict<string | null>;
  group: CellVerdict<string>;
}

function settle(row: TableRow, places: readonly Place[], verdicts: RowVerdicts): CheckedRow {
  const problems: CellProblem[] = [];
  const repairs: Repair[] = [];
  for (const { key, header, letter } of places) {
    const cell = row.cells[key] ?? '';
    const { text, findings } = verdicts[key];
    const value = cell.trim() === '' ? null : shorten(cell);
    for (const finding of findings) problems.push({ ...finding, column: header, letter, value });
    if (text !== cell) repairs.push({ column: header, before: shorten(cell), after: text });
  }
  if (row.excess) problems.push({ code: 'row.too-many-cells', column: null, ...row.excess });
  const refused = problems.some(({ code }) => PROBLEM_CATALOGUE[code].severity === 'error');
  return { line: row.line, client: refused ? null : toClient(verdicts), problems, repairs };
}

function toClient(verdicts: RowVerdicts): ClientValues {
  const email = acceptedValue(verdicts.email);
  const mobile = acceptedValue(verdicts.mobile);
  return {
    firstName: acceptedValue(verdicts.firstName),
    lastName: acceptedValue(verdicts.lastName),
    email: email.address,
    emailKey: email.key,
    mobile: mobile.number,
    mobileType: mobile.type,
    company: acceptedValue(verdicts.company),
    teamId: acceptedValue(verdicts.group),
  };
}

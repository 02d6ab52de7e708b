import { isSupportedCountry } from 'libphonenumber-js/max';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportKind } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { PlannedAction } from '../../contract/row-plan';
import { checkRows } from '../../domain/checking/check-rows';
import type { CheckContext, CheckedRow } from '../../domain/checking/check-rows';
import type { ClientTeam } from '../../domain/client-team';
import { readTable } from '../../domain/reading/read-table';
import { attentionToCells, isError, isWarning } from '../output/attention';
import type { Attention } from '../output/attention';
import { formatFindings, widthOf } from '../output/attention-table';
import { CliError } from '../cli-error';
import { assertReadable } from './readable-files';
import { hintsFor, isOnlyExample, ONLY_EXAMPLE } from '../output/hints';
import { checkWithAnyTeams, teamsCalled } from './offline-teams';
import { many, printable } from '../output/printable';

/** What only the server knows otherwise. */
export interface CheckOptions {
  kind: ImportKind;
  country?: string;
  /** Names of all client teams. */
  teams?: string[];
  defaultTeam?: string;
  strict?: boolean;
  encoding?: string;
  maxRows: number;
  /** Whether the warnings on rows are listed, not only counted. */
  warnings?: boolean;
}

/** Reads and checks files without a server. Resolves to the exit code: 0 all good, 2 with problems. */
export async function checkFiles(
  paths: readonly string[],
  options: CheckOptions,
  out: NodeJS.WriteStream,
): Promise<0 | 2> {
  const context = contextOf(options);
  await assertReadable(paths);
  const all: Found[] = [];
  for (const path of paths) {
    const found = await checkFile(await readFile(path), context, options);
    all.push(found);
    const tables = { listRowWarnings: options.warnings ?? false, width: widthOf(out) };
    const parts = [totalsOf(path, found), ...formatFindings(found.ofFile, found.ofRows, tables)];
    out.write(`\n${parts.join('\n\n')}\n`);
  }
  const everything = all.flatMap(({ ofFile, ofRows }) => [...ofFile, ...ofRows]);
  out.write(`\n${whatIsOpen(all, options).join('\n')}\n`);
  return everything.some(isError) || all.some(({ rows }) => rows && isOnlyExample(rows)) ? 2 : 0;
}

interface Context extends Omit<CheckContext, 'teams'> {
  teams: ClientTeam[];
}

function contextOf({ kind, country, teams = [], defaultTeam, strict = false }: CheckOptions): Context {
  const defaultCountry = country?.toUpperCase() ?? null;
  if (defaultCountry !== null && !isSupportedCountry(defaultCountry))
    throw new CliError(`"${country}" is no country. Name it by its two letters, such as GB.`);
  const named = teamsCalled([...(defaultTeam === undefined ? [] : [defaultTeam]), ...teams]);
  return {
    kind,
    defaultCountry,
    teams: named,
    defaultTeamId: defaultTeam === undefined ? null : named[0]!.id,
    known: new Map(),
    strict,
    onExisting: 'error',
    channels: CHANNELS,
  };
}

interface Found {
  /** `null` where the file as a whole is refused. */
  rows: CheckedRow[] | null;
  ofFile: Attention[];
  ofRows: Attention[];
}

async function checkFile(bytes: Uint8Array, context: Context, options: CheckOptions): Promise<Found> {
  const reading = await readTable(bytes, {
    kind: context.kind,
    maxRows: options.maxRows,
    encoding: options.encoding ?? null,
    hasDefaultTeam: context.defaultTeamId !== null,
  });
  if (!reading.ok) return { rows: null, ofFile: attentionToCells(reading.problems), ofRows: [] };
  const { table } = reading;
  const check = (teams: readonly ClientTeam[]): CheckedRow[] => checkRows(table, { ...context, teams });
  const rows = options.teams ? check(context.teams) : checkWithAnyTeams(context.teams, check);
  const ofRows = rows.flatMap(({ line, problems }) =>
    attentionToCells(options.teams ? problems : problems.map(withoutTeamNames), line),
  );
  return { rows, ofFile: attentionToCells(table.warnings), ofRows };
}

/** Nobody knows whether the teams that a file names exist, so none of them is proposed. */
function withoutTeamNames(problem: CheckedRow['problems'][number]): CheckedRow['problems'][number] {
  if (problem.code !== 'group.invalid-name') return problem;
  const { code, column, letter, value } = problem;
  return { code, column, letter, value };
}

function totalsOf(path: string, { rows, ofFile, ofRows }: Found): string {
  const name = printable(basename(path));
  if (!rows) return `${name}: the file as a whole would be refused.`;
  if (isOnlyExample(rows)) return `${name}: ${ONLY_EXAMPLE}.`;
  const count = (action: PlannedAction): number => rows.filter(({ plan }) => plan.action === action).length;
  const skipped = count('skip');
  const warnings = [...ofFile, ...ofRows].filter(isWarning).length;
  const totals = [
    many(rows.length, 'line'),
    `${rows.length - skipped - count('reject')} good`,
    ...(skipped > 0 ? [`${skipped} to be skipped`] : []),
    `${count('reject')} to be refused`,
    ...(warnings > 0 ? [many(warnings, 'warning')] : []),
  ];
  return `${name}: ${totals.join(', ')}.`;
}

/** What the server may judge otherwise, as it knows more. */
function whatIsOpen(all: readonly Found[], { teams, warnings = false }: CheckOptions): string[] {
  const ofRows = all.flatMap((one) => one.ofRows);
  const found = [...all.flatMap(({ ofFile }) => ofFile), ...ofRows];
  const has = (code: ProblemCode): boolean => found.some((item) => item.code === code);
  return [
    ...(ofRows.some(isWarning) && !warnings ? ['The warnings, row by row: check again with --warnings.'] : []),
    ...hintsFor(found.filter(isError)),
    'Nothing was uploaded. Only the import itself can tell whether an address is used already.',
    ...(teams ? [] : ['Client teams were not compared with yours: list all that exist with --teams.']),
    ...(has('group.missing') ? ['If there is a default client team, name it with --default-team.'] : []),
    ...(has('mobile.not-international') ? ['If there is a default country, name it with --country.'] : []),
  ];
}

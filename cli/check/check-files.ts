import { isSupportedCountry } from 'libphonenumber-js/max';
import type { ImportKind } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { Mapping } from '../../contract/question';
import type { ProblemCode } from '../../contract/problem-codes';
import { checkRows } from '../../domain/checking/check-rows';
import { firstLinesOf } from '../../domain/checking/first-lines';
import type { EarlierRow } from '../../domain/checking/first-lines';
import { findSharedMobiles } from '../../domain/checking/shared-mobiles';
import type { CheckContext, CheckedRow } from '../../domain/checking/check-rows';
import type { ClientTeam } from '../../domain/client-team';
import { readTable } from '../../domain/reading/read-table';
import type { Terminal } from '../commands/session';
import type { Output } from '../data/formats';
import { CliError } from '../http/cli-error';
import {
  hintsFor,
  isError,
  isOnlyExample,
  isWarning,
  nameOf,
  ONLY_EXAMPLE,
  problemsOfCells,
} from '../output/listed-problems';
import { formatProblems } from '../output/problem-table';
import { formatRepairs } from '../output/repairs-table';
import { terminalWidth } from '../output/table';
import { countOf, printable } from '../output/text';
import { countRows, writeChecked } from './check-output';
import type { CheckedFile, NamedFile } from './check-output';
import { checkWithAnyTeams, teamsNamed } from './offline-teams';
import { openFiles } from '../input/open-files';
import type { StdinOptions } from '../input/open-files';

/** In place of the organisation's settings, which only the server knows. */
export interface CheckOptions {
  kind: ImportKind;
  country?: string;
  /** Names of all client teams. */
  teams?: string[];
  defaultTeam?: string;
  strict?: boolean;
  encoding?: string;
  sheet?: string;
  map?: Mapping;
  maxRows: number;
  /** Whether the warnings on rows are listed, not only counted. */
  warnings?: boolean;
  /** Whether every problem is listed, not only the first of each reason. */
  all?: boolean;
  /** Whether the cells that would be repaired are listed, not only counted. */
  repairs?: boolean;
  output: Output;
}

/** Reads and checks files without a server. Resolves to the exit code: 0 all good, 2 with problems. */
export async function checkFiles(
  paths: readonly string[],
  options: CheckOptions & StdinOptions,
  { in: input, out }: Pick<Terminal, 'in' | 'out'>,
): Promise<0 | 2> {
  const context = buildContext(options);
  const given = await openFiles(paths, options, input);
  const files: NamedFile[] = [];
  const isForPeople = options.output === 'table';
  // As the import would have it, which uploads them together.
  const earlierInBatch = new Map<string, EarlierRow>();
  for (const { name, read } of given) {
    const file = await checkFile(await read(), { ...context, earlierInBatch }, options);
    files.push({ fileName: name, ...file });
    for (const [key, line] of file.firstLines)
      if (!earlierInBatch.has(key)) earlierInBatch.set(key, { fileName: name, line });
    if (!isForPeople) continue;
    const parts = [formatFileTotals(name, file), ...formatFindings(file, options, terminalWidth(out))];
    out.write(`\n${parts.join('\n\n')}\n`);
  }
  if (isForPeople) out.write(`\n${remarksOn(files, options).join('\n')}\n`);
  else writeChecked(out, files, options.output);
  const isBad = ({ rows, ofFile, ofRows }: CheckedFile): boolean =>
    [...ofFile, ...ofRows].some(isError) || (rows !== null && isOnlyExample(rows));
  return files.some(isBad) ? 2 : 0;
}

interface Context extends Omit<CheckContext, 'teams'> {
  teams: ClientTeam[];
}

function buildContext({ kind, country, teams = [], defaultTeam, strict = false }: CheckOptions): Context {
  const defaultCountry = country?.toUpperCase() ?? null;
  if (defaultCountry !== null && !isSupportedCountry(defaultCountry))
    throw new CliError(`Invalid country "${country}" in --country. Use its two letters, such as GB.`);
  const named = teamsNamed([...(defaultTeam === undefined ? [] : [defaultTeam]), ...teams]);
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

async function checkFile(bytes: Uint8Array, context: Context, options: CheckOptions): Promise<CheckedFile> {
  const reading = await readTable(bytes, {
    kind: context.kind,
    maxRows: options.maxRows,
    encoding: options.encoding ?? null,
    sheet: options.sheet ?? null,
    mapping: options.map ?? null,
    defaultCountry: context.defaultCountry,
    hasDefaultTeam: context.defaultTeamId !== null,
  });
  if (!reading.ok) return { rows: null, ofFile: problemsOfCells(reading.problems), ofRows: [], firstLines: new Map() };
  const { table } = reading;
  const check = (teams: readonly ClientTeam[]): CheckedRow[] => checkRows(table, { ...context, teams });
  const checked = options.teams ? check(context.teams) : checkWithAnyTeams(context.teams, check);
  const { rows, warnings } = findSharedMobiles(checked, table, { kind: context.kind });
  const names = new Map(
    Array.from(table.rows, ({ line, cells }) => [line, nameOf({ firstName: '', lastName: '', ...cells })]),
  );
  const ofRows = rows.flatMap(({ line, problems }) =>
    problemsOfCells(options.teams ? problems : problems.map(withoutTeamNames), line, names.get(line)),
  );
  const ofFile = problemsOfCells([...table.warnings, ...warnings]);
  return { rows, ofFile, ofRows, firstLines: firstLinesOf(table, context) };
}

/** Teams that only the file names may not exist, so none of them is suggested. */
function withoutTeamNames(problem: CheckedRow['problems'][number]): CheckedRow['problems'][number] {
  if (problem.code !== 'group.invalid-name') return problem;
  const { code, column, letter, value } = problem;
  return { code, column, letter, value };
}

function formatFileTotals(fileName: string, { rows, ofFile, ofRows }: CheckedFile): string {
  const name = printable(fileName);
  if (!rows) return `${name}: the file as a whole would be rejected.`;
  if (isOnlyExample(rows)) return `${name}: ${ONLY_EXAMPLE}.`;
  const { good, skipped, rejected } = countRows(rows);
  const warnings = [...ofFile, ...ofRows].filter(isWarning).length;
  const totals = [
    countOf(rows.length, 'line'),
    `${good} good`,
    ...(skipped > 0 ? [`${skipped} to be skipped`] : []),
    `${rejected} to be rejected`,
    ...(warnings > 0 ? [countOf(warnings, 'warning')] : []),
  ];
  return `${name}: ${totals.join(', ')}.`;
}

function formatFindings({ rows, ofFile, ofRows }: CheckedFile, options: CheckOptions, width: number): string[] {
  const { warnings = false, all = false, repairs = false } = options;
  const toSeeAll = 'check again with --all';
  const repaired = formatRepairs(rows ?? [], {
    width,
    list: repairs,
    all,
    toList: 'check again with --repairs',
    toSeeAll,
  });
  return [
    ...formatProblems(ofFile, ofRows, { listRowWarnings: warnings, width, all, toSeeAll }),
    ...(repaired === null ? [] : [repaired]),
  ];
}

/** What helps with the problems, and where the server knows more. */
function remarksOn(files: readonly CheckedFile[], { teams, warnings = false }: CheckOptions): string[] {
  const ofRows = files.flatMap((file) => file.ofRows);
  const problems = [...files.flatMap(({ ofFile }) => ofFile), ...ofRows];
  const has = (code: ProblemCode): boolean => problems.some((problem) => problem.code === code);
  return [
    ...(ofRows.some(isWarning) && !warnings ? ['The warnings, row by row: check again with --warnings.'] : []),
    ...hintsFor(problems.filter(isError)),
    'Nothing was uploaded. Only the import itself can tell whether an address is used already.',
    ...(teams ? [] : ['Client teams were not compared with yours: list all that exist with --teams.']),
    ...(has('group.missing') || has('file.columns-unclear') || has('file.missing-column')
      ? ['If there is a default client team, name it with --default-team.']
      : []),
    ...(has('mobile.not-international') ? ['If there is a default country, name it with --country.'] : []),
  ];
}

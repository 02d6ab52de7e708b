import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { IMPORT_KINDS } from '../contract/import';
import { CHANNELS, FAILURE_CLASSES } from '../contract/invitation';
import type { Channel, FailureClass } from '../contract/invitation';
import { HIDDEN_CHOICES, SHARED_MOBILES_CHOICES } from '../contract/question';
import type { Choices, Mapping } from '../contract/question';
import { parseRowSet } from '../contract/row-set';
import { columnsOf } from '../domain/columns';
import { ENCODING_NAMES, isKnownEncoding } from '../domain/reading/encoding/encodings';
import { normaliseHeader } from '../domain/reading/header/header-meaning';
import type { ShowOptions } from './commands/show-import';
import type { ConnectionOptions } from './connection/resolve-connection';
import { OUTPUTS } from './data/formats';

export const withConnectionOptions = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the API (CLIENT_IMPORT_URL)')
    .option('--key <key>', 'API key (CLIENT_IMPORT_KEY)')
    .option('--profile <name>', 'address and key that login has kept (CLIENT_IMPORT_PROFILE)');

/** The options of a command without those that say where the API is. */
export function withoutConnection<T extends ConnectionOptions>({ url, key, profile, ...rest }: T) {
  void [url, key, profile];
  return rest;
}

export const withWarningsOption = (command: Command): Command =>
  command.option('--warnings', 'list the warnings on rows instead of only counting them');

/** How a list, or one thing, is written. */
export const withOutputOption = (command: Command): Command =>
  command.addOption(
    new Option('--output <form>', 'as a table for people, as JSON or as CSV').choices(OUTPUTS).default('table'),
  );

/** An argument whose values a shell completes from what there is. */
export class IdArgument extends Argument {
  constructor(
    name: string,
    description: string,
    readonly of: 'imports' | 'uploads',
  ) {
    super(name, description);
  }
}

export const importIdArgument = (name = '<id>'): Argument =>
  new IdArgument(name, 'of the import, or how it begins', 'imports');

export const uploadIdArgument = (): Argument => new IdArgument('<id>', 'of the upload, or how it begins', 'uploads');

/** How much of a list is written. */
export const withListOptions = (command: Command): Command => withLimitOption(withOutputOption(command));

/** A terminal is filled by so many. */
const USUAL_LIMIT = 20;

export const withLimitOption = (command: Command): Command =>
  command.option('--limit <count>', 'at most so many, or all', parseLimit, USUAL_LIMIT);

/** How much of an import is shown. */
export const withShowOptions = (command: Command): Command =>
  withOutputOption(withWarningsOption(command))
    .option('--all', 'list every problem, not only the first of each reason')
    .option('--repairs', 'list the cells that were repaired instead of only counting them');

export interface ShowFlags extends Omit<ShowOptions, 'allProblems'> {
  all?: true;
}

export const showIn = ({ warnings, all, repairs, output }: ShowFlags): ShowOptions => ({
  ...(warnings && { warnings }),
  ...(all && { allProblems: true }),
  ...(repairs && { repairs }),
  ...(output && { output }),
});

/** The options of a command in two: how its results are shown, and the rest. */
export function splitShow<T extends Pick<ShowOptions, 'warnings' | 'output'>>(options: T) {
  const { warnings, output, ...rest } = options;
  const show: ShowOptions = { ...(warnings && { warnings }), ...(output && { output }) };
  return { show, rest };
}

/** How files are read, by the server or offline. */
export const withReadingOptions = (command: Command): Command =>
  command
    .addOption(new Option('--kind <kind>', 'which template the files follow').choices(IMPORT_KINDS).default('clients'))
    .option('--strict', 'reject cells that would otherwise be repaired, such as 00 in place of +')
    .addOption(encodingOption())
    .addOption(sheetOption())
    .addOption(mapOption());

/** Answers to what an import asks before it sends anything. */
export const withChoiceOptions = (command: Command): Command =>
  command
    .addOption(hiddenOption('rows', 'leave them out (skip), or import them like the others'))
    .addOption(hiddenOption('columns', 'read them as blank (skip), or like the others'))
    .addOption(
      new Option('--shared-mobiles <choice>', 'SMS to a mobile that many rows share: send all, or hold them').choices(
        SHARED_MOBILES_CHOICES,
      ),
    );

export const encodingOption = (): Option =>
  new Option('--encoding <name>', 'encoding of the files, where it is not detected').argParser(parseEncoding);

export const sheetOption = (): Option =>
  new Option('--sheet <name>', 'sheet of a workbook, by its name or its number from 1');

/** May be given several times. */
export const mapOption = (): Option =>
  new Option(
    '--map <pair>',
    "what a column of the file is, such as 'Tel. (mobile)=Mobile'; by its heading or letter, once for each column",
  ).argParser(parsePair);

/** The heading may hold any sign, the name of our column no equals sign. */
function parsePair(text: string, before: Mapping | undefined): Mapping {
  const [, place = '', name = ''] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
  const wanted = normaliseHeader(name);
  const columns = IMPORT_KINDS.flatMap((kind) => columnsOf(kind));
  const column = columns.find(({ key, header }) => [key, header].some((one) => normaliseHeader(one) === wanted));
  if (column && place.trim() !== '') return { ...before, [column.key]: place.trim() };
  const names = [...new Set(columns.map(({ header }) => header))].join(', ');
  throw new InvalidArgumentError(`Write the column of the file, =, and one of: ${names}.`);
}

const hiddenOption = (what: string, effects: string): Option =>
  new Option(`--hidden-${what} <choice>`, `hidden ${what} of a workbook: ${effects}`).choices(HIDDEN_CHOICES);

/** Choices as they are typed. */
export interface ChoiceOptions extends Omit<Choices, 'mapping'> {
  map?: Mapping;
}

/** The choices among the options of a command. */
export const choicesIn = ({
  encoding,
  sheet,
  map,
  hiddenRows,
  hiddenColumns,
  sharedMobiles,
}: ChoiceOptions): Choices => ({
  ...(encoding && { encoding }),
  ...(sheet && { sheet }),
  ...(map && { mapping: map }),
  ...(hiddenRows && { hiddenRows }),
  ...(hiddenColumns && { hiddenColumns }),
  ...(sharedMobiles && { sharedMobiles }),
});

export const withSaveOptions = (command: Command): Command =>
  command
    .option('-o, --output <file>', 'where to save the file; - for the standard output')
    .option('--force', 'replace an existing file');

/** Which invitations of an import. */
export const withSelectionOptions = (command: Command): Command =>
  command
    .option('--all', 'all of them; without this, --rows or another option must say which')
    .option('--rows <lines>', 'only these lines of the file, such as 2-40,42', parseLines)
    .option('--channels <names>', 'only by email, or only by sms', parseChannels);

function parseEncoding(name: string): string {
  if (isKnownEncoding(name)) return name;
  throw new InvalidArgumentError(`Use one of: ${ENCODING_NAMES.join(', ')}.`);
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 1.');
}

function parseLimit(text: string): number {
  try {
    return text === 'all' ? Infinity : parseCount(text);
  } catch {
    throw new InvalidArgumentError('Use a whole number from 1, or all.');
  }
}

export const parseNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** Lines written as a print dialog takes pages. */
export function parseLines(text: string): number[] {
  try {
    const lines = /\d{7}/.test(text) ? [] : parseRowSet(text.replace(/\s/g, ''));
    if (lines.length > 0) return lines;
  } catch {
    // The error below says more.
  }
  throw new InvalidArgumentError('Name lines of the file as in 2-40,42.');
}

export const parseChannels = (text: string): Channel[] => parseChoices(text, CHANNELS);
export const parseClasses = (text: string): FailureClass[] => parseChoices(text, FAILURE_CLASSES);

function parseChoices<T extends string>(text: string, choices: readonly T[]): T[] {
  const names = parseNames(text);
  const chosen = choices.filter((choice) => names.includes(choice));
  if (chosen.length > 0 && chosen.length === new Set(names).size) return chosen;
  throw new InvalidArgumentError(`Use some of ${choices.join(', ')}, with commas between.`);
}

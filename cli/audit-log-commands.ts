import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ChainHead } from '../domain/audit-log/entry';
import { saveFile } from './commands/save-file';
import type { SaveOptions } from './commands/save-file';
import { verifyEvents } from './audits/verify-events';
import type { ConnectionOptions } from './connection/resolve-connection';
import { parseOutput } from './data/formats';
import { examples } from './examples';
import { CliError } from './http/cli-error';
import { findImportId } from './http/find-id';
import type { EventFilters } from './http/lists';
import { listEvents } from './lists/list-events';
import { withLimitOption, withSaveOptions } from './options';
import type { Commands } from './command-context';

type EventFlags = SaveOptions &
  ConnectionOptions & {
    import?: string;
    actor?: string;
    action?: string;
    limit: number;
    format?: 'ndjson' | 'csv';
  };

const HOW_TO_SAVE = 'To save the audit log as a file, say how: --format ndjson or --format csv.';

/** The commands for the log of who did what. */
export function addAuditLogCommands({ program, online, connect, end, terminal: { out } }: Commands): void {
  withLimitOption(withSaveOptions(online('events')))
    .description('list who did what, when and from where, the newest first, or save all of it')
    .option('--import <id>', 'only what concerned this import; its id, or how it begins')
    .option('--actor <id>', 'only what this key or person did')
    .option('--action <name>', 'only this operation, such as pauseImport')
    .addOption(
      new Option(
        '--format <name>',
        'save all of it: ndjson can be verified, csv opens in a spreadsheet program',
      ).choices(['ndjson', 'csv']),
    )
    .addHelpText(
      'after',
      examples(
        ['events --import f62ff629', 'who did what to an import'],
        ['events --limit all --output json', 'everything as JSON; --output takes table, json or csv'],
        ['events --format ndjson --output log.ndjson', 'a file that verify-events checks'],
      ),
    )
    .action(async ({ import: typed, actor, action, limit, format, ...options }: EventFlags) => {
      const isFiltered = typed !== undefined || actor !== undefined || action !== undefined;
      if (format && isFiltered) throw new CliError('--format saves the whole audit log; it takes no filter.');
      const session = await connect(options);
      if (format) return saveFile(await session.api.downloadEvents(format), options, out);
      const output = parseOutput(options.output, HOW_TO_SAVE);
      const filters: EventFilters = {
        ...(typed !== undefined && { import: await findImportId(session.api, typed) }),
        ...(actor !== undefined && { actor }),
        ...(action !== undefined && { action }),
      };
      return listEvents(session, filters, { output, limit });
    });

  withAnchorOption(program.command('verify-events'))
    .description('check a saved audit log on this machine alone: no server, no key')
    .argument('<file>', 'saved as ndjson')
    .action(async (file: string, { anchor }: AnchorOption) => end(await verifyEvents(file, anchor, out)));
}

export interface AnchorOption {
  anchor: ChainHead[];
}

export const withAnchorOption = (command: Command): Command =>
  command.addOption(
    new Option('--anchor <sequence:hash>', 'what an earlier check printed, as often as you have kept one')
      .argParser((text, anchors: ChainHead[]) => [...anchors, parseAnchor(text)])
      .default([], 'none'),
  );

function parseAnchor(text: string): ChainHead {
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new InvalidArgumentError('An anchor is the number of an entry, a colon and its hash of 64 digits.');
  return { sequence: Number(sequence), hash };
}

import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ChainHead } from '../domain/audit-log/entry';
import { saveFile } from './commands/save-file';
import type { SaveOptions } from './commands/save-file';
import { verifyEvents } from './audits/verify-events';
import type { ConnectionOptions } from './connection/resolve-connection';
import { withSaveOptions } from './options';
import type { Commands } from './command-context';

/** The commands for the log of who did what. */
export function addAuditLogCommands({ program, online, connect, end, terminal: { out } }: Commands): void {
  withSaveOptions(online('events'))
    .description('save the audit log of your organisation: who did what, when and from where')
    .addOption(
      new Option('--format <name>', 'ndjson can be verified, csv opens in a spreadsheet program')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .action(async ({ format, ...options }: SaveOptions & ConnectionOptions & { format: 'ndjson' | 'csv' }) => {
      const { api } = await connect(options);
      await saveFile(await api.downloadEvents(format), options, out);
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

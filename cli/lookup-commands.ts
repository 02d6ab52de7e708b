import type { Commands } from './command-context';
import type { ConnectionOptions } from './connection/resolve-connection';
import { findImportId } from './http/find-id';
import { findPerson } from './lookups/find-person';
import type { LookupOptions } from './lookups/find-person';
import { showRow } from './lookups/show-row';
import { importIdArgument, parseCount, withOutputOption } from './options';

/** The commands that answer what has become of one person, or one row. */
export function addLookupCommands({ online, connect, end }: Commands): void {
  withOutputOption(online('find'))
    .description('find people by address, number or name, with their rows and messages')
    .argument('<query...>', 'an address, a number, or the beginning of a name or two')
    .action(async (words: string[], options: LookupOptions & ConnectionOptions) => {
      end(await findPerson(await connect(options), words.join(' '), options));
    });

  withOutputOption(online('row'))
    .description('show one row with everything that has happened to it')
    .addArgument(importIdArgument())
    .argument('<line>', 'of the file, as a spreadsheet numbers it', parseCount)
    .action(async (typed: string, line: number, options: LookupOptions & ConnectionOptions) => {
      const session = await connect(options);
      end(await showRow(session, await findImportId(session.api, typed), line, options));
    });
}

import type { Command } from 'commander';
import { findPerson } from './lookups/find-person';
import type { LookupOptions } from './lookups/find-person';
import { showRow } from './lookups/show-row';
import type { OperatorContext } from './operator-commands';
import { parseCount } from './options';
import type { ConnectionOptions } from './options';

/** The commands that answer what has become of one person, or one row. */
export function addLookupCommands({ online, connect, end }: OperatorContext): void {
  withJsonOption(online('find'))
    .description('find people by address, number or name, with their rows and messages')
    .argument('<query...>', 'an address, a number, or the beginning of a name or two')
    .action(async (words: string[], options: LookupOptions & ConnectionOptions) => {
      end(await findPerson(connect(options), words.join(' '), options));
    });

  withJsonOption(online('row'))
    .description('show one row with everything that has happened to it')
    .argument('<id>', 'of the import')
    .argument('<line>', 'of the file, as a spreadsheet numbers it', parseCount)
    .action(async (id: string, line: number, options: LookupOptions & ConnectionOptions) => {
      end(await showRow(connect(options), id, line, options));
    });
}

const withJsonOption = (command: Command): Command =>
  command.option('--json', 'print the answer of the API, for programs');

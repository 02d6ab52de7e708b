import type { Command } from 'commander';
import type { RetryRequest } from '../contract/messages';
import { Argument } from 'commander';
import { auditImports } from './commands/audit-imports';
import { actOnBatch, BATCH_ACTIONS } from './commands/batch';
import type { BatchAction, BatchOptions } from './commands/batch';
import { controlImports } from './commands/control-imports';
import { correctRow } from './commands/correct-row';
import { ignoreRows } from './commands/ignore-rows';
import type { IgnoreOptions } from './commands/ignore-rows';
import { remind, retryInvitations } from './commands/invite-again';
import { erasePerson } from './commands/people/erase-person';
import type { EraseOptions } from './commands/people/erase-person';
import type { Session } from './commands/session';
import type { ShowOptions } from './commands/show-import';
import type { RowCorrection } from './http/views';
import { parseChannels, parseClasses, parseCount, parseLines } from './options';
import { withSaveOptions, withSelectionOptions, withWarningsOption } from './options';
import type { ConnectionOptions } from './options';

export interface OperatorContext {
  /** Adds a command that calls the API. */
  online: (nameAndArguments: string) => Command;
  connect: (options: ConnectionOptions) => Session;
  end: (exitCode: number) => void;
}

const CONTROLS = [
  ['pause', 'pause imports: once the command has ended, no invitation is sent until they are resumed'],
  ['resume', 'resume imports that were paused, by staff or because a provider rejected the account'],
  ['cancel', 'end imports; created people and sent invitations stay'],
] as const;

/** The commands for imports that have begun. */
export function addOperatorCommands({ online, connect, end }: OperatorContext): void {
  for (const [action, description] of CONTROLS) {
    online(`${action} <ids...>`)
      .description(description)
      .action(async (ids: string[], options: ConnectionOptions) =>
        end(await controlImports(connect(options), action, ids)),
      );
  }

  withWarningsOption(withSelectionOptions(online('remind <id>')))
    .description('remind people who have not accepted their invitation, each with a new link')
    .action(async (id: string, { all, rows, channels, ...options }: RetryRequest & ShowOptions & ConnectionOptions) => {
      const selection = { ...(all && { all }), ...(rows && { rows }), ...(channels && { channels }) };
      end(await remind(connect(options), id, selection, options));
    });

  withWarningsOption(withSelectionOptions(online('retry <id>')))
    .description('send failed invitations again, without a new upload')
    .option(
      '--classes <names>',
      'only failures that may pass by themselves (transient), or that somebody has fixed since (permanent)',
      parseClasses,
    )
    .option('--include-unconfirmed', 'also invitations that may have arrived: some people may get two')
    .action(async (id: string, { url, key, warnings, ...request }: RetryRequest & ShowOptions & ConnectionOptions) => {
      const show = warnings ? { warnings } : {};
      end(await retryInvitations(connect({ url, key }), id, request, show));
    });

  withWarningsOption(withSaveOptions(online('batch')))
    .description('look at, or do one thing with, all files of one upload')
    .argument('<id>', 'of the batch')
    .addArgument(new Argument('[action]').choices(BATCH_ACTIONS).default('status'))
    .option('--xlsx', 'report: as an Excel file instead of CSV')
    .option('--all', 'retry: all failed invitations')
    .option('--channels <names>', 'retry: only by email, or only by sms', parseChannels)
    .option('--classes <names>', 'retry: only transient or only permanent failures', parseClasses)
    .option('--include-unconfirmed', 'retry: also invitations that may have arrived: some people may get two')
    .action(async (id: string, action: BatchAction, { url, key, ...options }: BatchOptions & ConnectionOptions) => {
      end(await actOnBatch(connect({ url, key }), id, action, options));
    });

  online('correct')
    .description('correct one row in place: that row alone is checked, created and invited')
    .argument('<id>', 'of the import')
    .argument('<line>', 'of the file, as a spreadsheet numbers it', parseCount)
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--email <address>', 'a new address gets a new invitation, unless the person has joined')
    .option('--mobile <number>', 'a new number gets a new invitation, unless the person has joined')
    .option('--company <name>')
    .option('--role <role>')
    .option('--group <team>', 'client team of a client')
    .option('--teams <names>', 'client teams of a member of staff, such as Mayfair;Riverside')
    .action(async (id: string, line: number, { url, key, ...correction }: RowCorrection & ConnectionOptions) => {
      end(await correctRow(connect({ url, key }), id, line, correction));
    });

  online('ignore')
    .description('put rows aside that are no people, such as a total; they need no correction then')
    .argument('<id>', 'of the import')
    .option('--rows <lines>', 'these lines of the file, such as 41,43', parseLines)
    .option('--suggested', 'all rejected rows that look like totals and remarks')
    .option('--reason <text>', 'why, for whoever looks at the import later')
    .option('--undo', 'take the rows back')
    .action(async (id: string, { url, key, ...options }: IgnoreOptions & ConnectionOptions) => {
      end(await ignoreRows(connect({ url, key }), id, options));
    });

  online('erase')
    .description('erase all data of one person, and stop what is to be sent to them; it cannot be undone')
    .argument('<id>', 'of the person')
    .option('--staff', 'a staff member instead of a client')
    .option('--yes', 'erase; without it nothing is done')
    .action(async (id: string, { url, key, ...options }: EraseOptions & ConnectionOptions) => {
      end(await erasePerson(connect({ url, key }), id, options));
    });

  online('audit [ids...]')
    .description('check that rows, invitations, providers, workflow and report agree; for all imports if none is named')
    .action(async (ids: string[], options: ConnectionOptions) => end(await auditImports(connect(options), ids)));
}

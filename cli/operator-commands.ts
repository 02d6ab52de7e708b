import { Argument } from 'commander';
import type { RetryRequest } from '../contract/messages';
import { auditImports } from './audits/audit-imports';
import { actOnBatch, BATCH_ACTIONS } from './commands/batch';
import type { BatchAction, BatchOptions } from './commands/batch';
import { controlImports } from './commands/control-imports';
import { correctRow } from './commands/correct-row';
import { ignoreRows } from './commands/ignore-rows';
import type { IgnoreOptions } from './commands/ignore-rows';
import { remind, retryInvitations } from './commands/invite-again';
import { undoImport } from './commands/undo-import';
import type { UndoOptions } from './commands/undo-import';
import { erasePerson } from './commands/people/erase-person';
import type { EraseOptions } from './commands/people/erase-person';
import type { Session } from './commands/session';
import type { ShowOptions } from './commands/show-import';
import type { ConnectionOptions } from './connection/resolve-connection';
import { findBatchId, findImportId, findPersonId } from './http/find-id';
import type { RowCorrection } from './http/views';
import { parseChannels, parseClasses, parseCount, parseLines, splitShow, withoutConnection } from './options';
import {
  importIdArgument,
  uploadIdArgument,
  withOutputOption,
  withSaveOptions,
  withSelectionOptions,
  withWarningsOption,
} from './options';
import { examples } from './examples';
import type { Commands } from './command-context';

const CONTROLS = [
  ['pause', 'pause imports: once the command has ended, no invitation is sent until they are resumed'],
  ['resume', 'resume imports that were paused, by staff or because a provider rejected the account'],
  ['cancel', 'end imports; created people and sent invitations stay'],
] as const;

/** The commands for imports that have begun. */
export function addOperatorCommands({ online, connect, end }: Commands): void {
  for (const [action, description] of CONTROLS) {
    withOutputOption(online(action))
      .description(description)
      .addArgument(importIdArgument('<ids...>'))
      .action(async (typed: string[], options: ShowOptions & ConnectionOptions) => {
        const session = await connect(options);
        end(await controlImports(session, action, await findAll(session, typed), splitShow(options).show));
      });
  }

  withOutputOption(withWarningsOption(withSelectionOptions(online('remind'))))
    .description('remind people who have not accepted their invitation, each with a new link')
    .addArgument(importIdArgument())
    .action(async (typed: string, options: RetryRequest & ShowOptions & ConnectionOptions) => {
      const session = await connect(options);
      const { show, rest } = splitShow(withoutConnection(options));
      end(await remind(session, await findImportId(session.api, typed), rest, show));
    });

  withOutputOption(withWarningsOption(withSelectionOptions(online('retry'))))
    .description('send failed invitations again, without a new upload')
    .addArgument(importIdArgument())
    .option(
      '--classes <names>',
      'only failures that may pass by themselves (transient), or that somebody has fixed since (permanent)',
      parseClasses,
    )
    .option('--include-unconfirmed', 'also invitations that may have arrived: some people may get two')
    .addHelpText(
      'after',
      examples(
        ['retry f62ff629 --classes transient', 'what may go well now'],
        ['retry f62ff629 --rows 17,42 --channels sms', 'two people, by SMS alone'],
      ),
    )
    .action(async (typed: string, options: RetryRequest & ShowOptions & ConnectionOptions) => {
      const session = await connect(options);
      const { show, rest } = splitShow(withoutConnection(options));
      end(await retryInvitations(session, await findImportId(session.api, typed), rest, show));
    });

  withWarningsOption(withSaveOptions(online('batch')))
    .description('look at, or do one thing with, all files of one upload')
    .addArgument(uploadIdArgument())
    .addArgument(new Argument('[action]').choices(BATCH_ACTIONS).default('status'))
    .option('--xlsx', 'report: as an Excel file instead of CSV')
    .option('--all', 'retry: all failed invitations')
    .option('--channels <names>', 'retry: only by email, or only by sms', parseChannels)
    .option('--classes <names>', 'retry: only transient or only permanent failures', parseClasses)
    .option('--include-unconfirmed', 'retry: also invitations that may have arrived: some people may get two')
    .option('--watch', 'status: follow all files until they rest, also over a lost connection')
    .action(async (typed: string, action: BatchAction, options: BatchOptions & ConnectionOptions) => {
      const session = await connect(options);
      end(await actOnBatch(session, await findBatchId(session.api, typed), action, withoutConnection(options)));
    });

  withOutputOption(online('undo'))
    .description('undo an import: first see what that does, then carry it out by the hash that is shown')
    .addArgument(importIdArgument())
    .argument('[hash]', 'of what was shown, or how it begins')
    .option('--yes', 'without a hash: undo what can be undone now')
    .addHelpText('after', examples(['undo f62ff629', 'whom it would remove, and whom it would keep']))
    .action(async (typed: string, hash: string | undefined, options: UndoOptions & ConnectionOptions) => {
      const session = await connect(options);
      end(await undoImport(session, await findImportId(session.api, typed), hash, withoutConnection(options)));
    });

  withOutputOption(online('correct'))
    .description('correct one row in place: that row alone is checked, created and invited')
    .addArgument(importIdArgument())
    .argument('<line>', 'of the file, as a spreadsheet numbers it', parseCount)
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--email <address>', 'a new address gets a new invitation, unless the person has joined')
    .option('--mobile <number>', 'a new number gets a new invitation, unless the person has joined')
    .option('--company <name>')
    .option('--role <role>')
    .option('--group <team>', 'client team of a client')
    .option('--teams <names>', 'client teams of a member of staff, such as Mayfair;Riverside')
    .option('--language <tag>', 'of their messages, such as de or fr-CH')
    .addHelpText('after', examples(['correct f62ff629 30 --last-name Lee', 'line 30, as a spreadsheet numbers it']))
    .action(async (typed: string, line: number, options: RowCorrection & ShowOptions & ConnectionOptions) => {
      const session = await connect(options);
      const { show, rest } = splitShow(withoutConnection(options));
      end(await correctRow(session, await findImportId(session.api, typed), line, rest, show.output));
    });

  withOutputOption(online('ignore'))
    .description('put rows aside that are no people, such as a total; they need no correction then')
    .addArgument(importIdArgument())
    .option('--rows <lines>', 'these lines of the file, such as 41,43', parseLines)
    .option('--suggested', 'all rejected rows that look like totals and remarks')
    .option('--reason <text>', 'why, for whoever looks at the import later')
    .option('--undo', 'take the rows back')
    .action(async (typed: string, options: IgnoreOptions & ShowOptions & ConnectionOptions) => {
      const session = await connect(options);
      const { show, rest } = splitShow(withoutConnection(options));
      end(await ignoreRows(session, await findImportId(session.api, typed), rest, show));
    });

  withOutputOption(online('erase'))
    .description('erase all data of one person, and stop what is to be sent to them; it cannot be undone')
    .argument('<id>', 'of the person, as find shows it; its first part may be shortened')
    .option('--staff', 'a staff member instead of a client')
    .option('--yes', 'erase; without it nothing is done')
    .action(async (id: string, options: EraseOptions & ConnectionOptions) => {
      const session = await connect(options);
      end(await erasePerson(session, await findPersonId(session.api, id), withoutConnection(options)));
    });

  withOutputOption(online('audit'))
    .description('check that rows, invitations, providers, workflow and report agree; for all imports if none is named')
    .addArgument(importIdArgument('[ids...]'))
    .action(async (typed: string[], { output, ...options }: ConnectionOptions & Pick<ShowOptions, 'output'>) => {
      const session = await connect(options);
      end(await auditImports(session, await findAll(session, typed), output));
    });
}

const findAll = ({ api }: Session, typed: readonly string[]): Promise<string[]> =>
  Promise.all(typed.map((one) => findImportId(api, one)));

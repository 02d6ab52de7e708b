import type { Command } from 'commander';
import type { Channel, FailureClass } from '../contract/invitation';
import { auditImports } from './commands/audit-imports';
import { correctRow } from './commands/correct-row';
import type { RowCorrection } from './commands/correct-row';
import { controlImports } from './commands/control-imports';
import { withWarningsOption, parseCount, parseChannels, parseClasses, parseLines } from './options';
import type { ConnectionOptions } from './options';
import { retryInvitations } from './commands/invite-again';
import type { Session } from './commands/session';
import type { ShowOptions } from './commands/show-import';

export interface Care {
  /** A command that speaks to the API. */
  command: (nameAndArguments: string) => Command;
  connect: (options: ConnectionOptions) => Session;
  end: (exitCode: number) => void;
}

interface RetryChoice extends ShowOptions, ConnectionOptions {
  rows?: number[];
  channels?: Channel[];
  classes?: FailureClass[];
  includeUnconfirmed?: true;
}

/** The commands of those who look after imports. */
export function addOperatorCommands({ command, connect, end }: Care): void {
  command('pause <ids...>')
    .description('hold imports back: once it is confirmed, no invitation is sent until they are resumed')
    .action(async (ids: string[], options: ConnectionOptions) =>
      end(await controlImports(connect(options), 'pause', ids)),
    );

  command('resume <ids...>')
    .description('let imports go on that were held back, by staff or because a provider refused the account')
    .action(async (ids: string[], options: ConnectionOptions) =>
      end(await controlImports(connect(options), 'resume', ids)),
    );

  command('cancel <ids...>')
    .description('end imports; what was created and sent stays')
    .action(async (ids: string[], options: ConnectionOptions) =>
      end(await controlImports(connect(options), 'cancel', ids)),
    );

  withWarningsOption(command('retry <id>'))
    .description('send failed invitations again, without a new upload')
    .option('--rows <lines>', 'only these lines of the file, such as 2-40,42', parseLines)
    .option('--channels <names>', 'only by email, or only by sms', parseChannels)
    .option(
      '--classes <names>',
      'only what may pass by itself (transient) or what was mended (permanent)',
      parseClasses,
    )
    .option('--include-unconfirmed', 'also those that may have arrived: whoever did get one gets it twice')
    .action(async (id: string, { rows, channels, classes, includeUnconfirmed, ...options }: RetryChoice) => {
      const request = {
        ...(rows && { rows }),
        ...(channels && { channels }),
        ...(classes && { classes }),
        ...(includeUnconfirmed && { includeUnconfirmed }),
        ...(options.warnings && { warnings: true }),
      };
      end(await retryInvitations(connect(options), id, request));
    });

  command('correct')
    .description('correct one row in place: that row alone is checked, created and invited')
    .argument('<id>', 'of the import')
    .argument('<line>', 'of the file, as a spreadsheet numbers it', parseCount)
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--email <address>', 'a new address gets a new invitation, unless the person has joined')
    .option('--mobile <number>', 'so does a new number')
    .option('--company <name>')
    .option('--role <role>')
    .option('--group <team>', 'client team of a client')
    .option('--teams <names>', 'client teams of a member of staff, such as Mayfair;Riverside')
    .action(async (id: string, line: number, { url, key, ...changes }: RowCorrection & ConnectionOptions) => {
      end(await correctRow(connect({ url, ...(key !== undefined && { key }) }), id, line, changes));
    });

  command('audit [ids...]')
    .description(
      'compare all that is known of imports: rows, ledger, record of the providers, workflow, report. Of all imports if none is named',
    )
    .action(async (ids: string[], options: ConnectionOptions) => end(await auditImports(connect(options), ids)));
}

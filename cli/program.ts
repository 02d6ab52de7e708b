import { Argument, Command, Option } from 'commander';
import { IMPORT_KINDS, MAX_ROWS_PER_FILE, ON_EXISTING } from '../contract/import';
import type { ImportKind, OnExisting } from '../contract/import';
import { createApiClient, missingKey } from './http/api-client';
import { applyPlan } from './commands/apply-plan';
import type { ApplyOptions } from './commands/apply-plan';
import { addOperatorCommands } from './operator-commands';
import { checkFiles } from './check/check-files';
import type { CheckOptions } from './check/check-files';
import { importFiles } from './commands/import-files';
import {
  withConnectionOptions,
  withWarningsOption,
  LOCAL_URL,
  parseChannels,
  parseCount,
  parseLines,
  parseNames,
  withReadingOptions,
  withSaveOptions,
} from './options';
import type { ConnectionOptions } from './options';
import { remind } from './commands/remind';
import type { RemindOptions } from './commands/remind';
import { saveFailedRows, saveFile } from './commands/save-file';
import type { SaveOptions } from './commands/save-file';
import type { Session, Terminal } from './commands/session';
import { showImport } from './commands/show-import';
import type { ShowOptions } from './commands/show-import';

export interface CliContext {
  /** How this program is called here. */
  name: string;
  /** What the settings say; nothing or '' where they say nothing. */
  url: string | undefined;
  key: string | undefined;
  terminal: Terminal;
  end: (exitCode: number) => void;
}

interface ImportOptions extends ShowOptions {
  kind: ImportKind;
  preview?: true;
  strict?: boolean;
  onExisting?: OnExisting;
  encoding?: string;
}

/** All commands with their options. Each only translates what was typed into a call. */
export function createProgram({ name, url: usualUrl, key: usualKey, terminal, end }: CliContext): Command {
  const program = new Command('client-import')
    .description(
      'Import clients and staff from CSV and Excel files.\n' +
        'Exit codes: 0 all good, 1 could not run, 2 finished with problems or things left to do.',
    )
    .showHelpAfterError();

  const online = (command: Command): Command => withConnectionOptions(command, usualUrl);

  function connect({ url, key = usualKey }: ConnectionOptions): Session {
    if (!key) throw missingKey();
    const elsewhere = url === LOCAL_URL ? '' : ` --url ${url}`;
    return { ...terminal, api: createApiClient(url, key), commandLine: (args) => `${name} ${args}${elsewhere}` };
  }

  online(withWarningsOption(withReadingOptions(program.command('import'))))
    .description('upload files, follow them to their end and show what needs attention')
    .argument('<files...>', `CSV or Excel files, usually of at most ${MAX_ROWS_PER_FILE} rows each`)
    .option('--preview', 'only plan: show what would be done and sent, and do nothing until the plan is applied')
    .option('--no-strict', 'correct such cells, though your organisation is strict')
    .addOption(
      new Option(
        '--on-existing <what>',
        'what to do with people you have already: refuse the row, invite them again if they have not accepted, ' +
          'skip the row, or change what differs',
      ).choices(ON_EXISTING),
    )
    .action(async (files: string[], options: ImportOptions & ConnectionOptions) => {
      const { kind, preview, strict, onExisting, encoding } = options;
      const upload = {
        kind,
        ...(preview && { mode: 'preview' as const }),
        ...(strict !== undefined && { strict }),
        ...(onExisting && { onExisting }),
        ...(encoding && { encoding }),
      };
      end(await importFiles(connect(options), files, upload, options));
    });

  online(withWarningsOption(program.command('apply')))
    .description('carry out the plan of a preview and follow it to its end')
    .argument('<id>', 'of the import')
    .argument('[hash]', 'of the plan that you have looked at')
    .option('--yes', 'without a hash: carry out the plan as it stands now')
    .action(async (id: string, hash: string | undefined, options: ApplyOptions & ConnectionOptions) => {
      end(await applyPlan(connect(options), id, hash, options));
    });

  online(withWarningsOption(program.command('status')))
    .description('show how an import stands: its counts, its plan, and what needs attention')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: ShowOptions & ConnectionOptions) => {
      const session = connect(options);
      const view = await session.api.find(id);
      end(await showImport(session, view, options));
    });

  online(withWarningsOption(program.command('remind')))
    .description('send invitations once more that were sent and not accepted, each with a new link')
    .argument('<id>', 'of the import')
    .option('--rows <lines>', 'only these lines of the file, such as 2-40,42', parseLines)
    .option('--channels <names>', 'only by email, or only by sms', parseChannels)
    .action(async (id: string, { rows, channels, ...options }: RemindOptions & ConnectionOptions) => {
      const { warnings } = options;
      const selection = { ...(rows && { rows }), ...(channels && { channels }), ...(warnings && { warnings }) };
      end(await remind(connect(options), id, selection));
    });

  addOperatorCommands({ command: (text) => online(program.command(text)), connect, end });

  withSaveOptions(online(program.command('failed-rows')))
    .description('save the rows that were refused, to be corrected and imported again')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: SaveOptions & ConnectionOptions) => {
      await saveFailedRows(connect(options), id, options);
    });

  withSaveOptions(online(program.command('report')))
    .description('save a report with every line and what became of it')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: SaveOptions & ConnectionOptions) => {
      await saveFile(await connect(options).api.report(id), options, terminal.out);
    });

  withSaveOptions(online(program.command('template')))
    .description('save a template to be filled in')
    .addArgument(new Argument('<kind>', 'who is to be imported with it').choices(IMPORT_KINDS))
    .option('--xlsx', 'as an Excel file instead of CSV')
    .action(async (kind: ImportKind, options: SaveOptions & ConnectionOptions & { xlsx?: true }) => {
      const file = await connect(options).api.template(`${kind}.${options.xlsx ? 'xlsx' : 'csv'}`);
      await saveFile(file, options, terminal.out);
    });

  withWarningsOption(withReadingOptions(program.command('check')))
    .description('check files on this machine alone: no server, no key, nothing is uploaded')
    .argument('<files...>', 'CSV or Excel files')
    .option('--country <code>', 'country of mobile numbers without a country code, such as GB')
    .option('--teams <names>', 'all client teams that exist, such as Mayfair,Riverside', parseNames)
    .option('--default-team <name>', 'client team for rows that name none')
    .option('--max-rows <count>', 'rows allowed in a file', parseCount, MAX_ROWS_PER_FILE)
    .action(async (files: string[], options: CheckOptions) => {
      end(await checkFiles(files, options, terminal.out));
    });

  return program;
}

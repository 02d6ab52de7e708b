import { Argument, Command, Option } from 'commander';
import { IMPORT_KINDS, MAX_ROWS_PER_FILE, ON_EXISTING } from '../contract/import';
import type { ImportKind, OnExisting } from '../contract/import';
import { addAuditLogCommands } from './audit-log-commands';
import { checkFiles } from './check/check-files';
import type { CheckOptions } from './check/check-files';
import { applyPlan } from './commands/apply-plan';
import type { ApplyOptions } from './commands/apply-plan';
import { importFiles } from './commands/import-files';
import { saveFailedRows, saveFile } from './commands/save-file';
import type { SaveOptions } from './commands/save-file';
import type { Session, Terminal } from './commands/session';
import { showImport } from './commands/show-import';
import type { ShowOptions } from './commands/show-import';
import { createApiClient } from './http/api-client';
import { missingKey } from './http/api-errors';
import { addAdminCommands } from './admin-commands';
import { addLookupCommands } from './lookup-commands';
import { addOperatorCommands } from './operator-commands';
import {
  choicesIn,
  encodingOption,
  LOCAL_URL,
  mapOption,
  parseCount,
  parseNames,
  sheetOption,
  withChoiceOptions,
  withConnectionOptions,
  withReadingOptions,
  withSaveOptions,
  withWarningsOption,
} from './options';
import type { ChoiceOptions, ConnectionOptions } from './options';

export interface CliContext {
  /** How a person calls this program here. */
  name: string;
  /** From the environment; may be empty. */
  url: string | undefined;
  key: string | undefined;
  terminal: Terminal;
  end: (exitCode: number) => void;
}

interface ImportOptions extends ShowOptions, ChoiceOptions {
  kind: ImportKind;
  preview?: true;
  strict?: boolean;
  onExisting?: OnExisting;
}

/** All commands with their options. Each translates what was typed into one call. */
export function createProgram({ name, url: defaultUrl, key: defaultKey, terminal, end }: CliContext): Command {
  const program = new Command('client-import')
    .description(
      'Import clients and staff from CSV and Excel files.\n' +
        'Exit codes: 0 all good, 1 could not run, 2 finished with problems or things left to do.',
    )
    .showHelpAfterError();

  const online = (nameAndArguments: string): Command =>
    withConnectionOptions(program.command(nameAndArguments), defaultUrl);

  function connect({ url, key = defaultKey }: ConnectionOptions): Session {
    if (!key) throw missingKey();
    const elsewhere = url === LOCAL_URL ? '' : ` --url ${url}`;
    return { ...terminal, api: createApiClient(url, key), commandLine: (args) => `${name} ${args}${elsewhere}` };
  }

  withWarningsOption(withChoiceOptions(withReadingOptions(online('import'))))
    .description('upload files, follow them to their end and show their problems')
    .argument('<files...>', `CSV or Excel files, usually of at most ${MAX_ROWS_PER_FILE} rows each`)
    .option('--preview', 'only plan: show what would be done and sent, and do nothing until the plan is applied')
    .option('--no-strict', 'repair the cells that --strict rejects, though your organisation is strict')
    .addOption(
      new Option(
        '--on-existing <action>',
        'for people who exist already: error rejects the row, invite sends a new invitation to people who have not ' +
          'accepted, skip ignores the row, update changes what differs',
      ).choices(ON_EXISTING),
    )
    .action(async (files: string[], options: ImportOptions & ConnectionOptions) => {
      const { kind, preview, strict, onExisting } = options;
      const upload = {
        kind,
        ...(preview && { mode: 'preview' as const }),
        ...(strict !== undefined && { strict }),
        ...(onExisting && { onExisting }),
        ...choicesIn(options),
      };
      end(await importFiles(connect(options), files, upload, options));
    });

  withWarningsOption(
    withChoiceOptions(online('apply').addOption(encodingOption()).addOption(sheetOption()).addOption(mapOption())),
  )
    .description(
      'apply the plan of a preview and follow it to its end; or choose what the import asks, and see the new plan',
    )
    .argument('<id>', 'of the import')
    .argument('[hash]', 'of the plan that you have seen')
    .option('--keep-mapping', 'with --map: keep these headings for all later files (system administrators)')
    .option('--yes', 'without a hash: apply the current plan')
    .action(async (id: string, hash: string | undefined, options: ApplyOptions & ChoiceOptions & ConnectionOptions) => {
      end(await applyPlan(connect(options), id, hash, { ...options, choices: choicesIn(options) }));
    });

  withWarningsOption(online('status'))
    .description('show an import: its counts, its plan and its problems')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: ShowOptions & ConnectionOptions) => {
      const session = connect(options);
      end(await showImport(session, await session.api.findImport(id), options));
    });

  addOperatorCommands({ online, connect, end });
  addLookupCommands({ online, connect, end });
  addAuditLogCommands({ program, online, connect, end, out: terminal.out });
  addAdminCommands(program, terminal, end);

  withSaveOptions(online('failed-rows'))
    .description('save the rejected rows as a file, to be corrected and imported again')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: SaveOptions & ConnectionOptions) => {
      await saveFailedRows(connect(options), id, options);
    });

  withSaveOptions(online('report'))
    .description('save a report with the result of every line')
    .argument('<id>', 'of the import')
    .action(async (id: string, options: SaveOptions & ConnectionOptions) => {
      await saveFile(await connect(options).api.downloadReport(id), options, terminal.out);
    });

  withSaveOptions(online('template'))
    .description('save a template to be filled in')
    .addArgument(new Argument('<kind>', 'of the people to import').choices(IMPORT_KINDS))
    .option('--xlsx', 'as an Excel file instead of CSV')
    .action(async (kind: ImportKind, options: SaveOptions & ConnectionOptions & { xlsx?: true }) => {
      const file = await connect(options).api.downloadTemplate(`${kind}.${options.xlsx ? 'xlsx' : 'csv'}`);
      await saveFile(file, options, terminal.out);
    });

  withWarningsOption(withReadingOptions(program.command('check')))
    .description('check files on this machine alone: no server, no key, nothing is uploaded')
    .argument('<files...>', 'CSV or Excel files')
    .option('--country <code>', 'country of mobile numbers without a country code, such as GB')
    .option('--teams <names>', 'all existing client teams, such as Mayfair,Riverside', parseNames)
    .option('--default-team <name>', 'client team for rows that name none')
    .option('--max-rows <count>', 'rows allowed in a file', parseCount, MAX_ROWS_PER_FILE)
    .action(async (files: string[], options: CheckOptions) => {
      end(await checkFiles(files, options, terminal.out));
    });

  return program;
}

import { Argument, Option } from 'commander';
import { IMPORT_KINDS, MAX_ROWS_PER_FILE, ON_EXISTING } from '../contract/import';
import type { ImportKind, OnExisting } from '../contract/import';
import { checkFiles } from './check/check-files';
import type { CheckOptions } from './check/check-files';
import type { StdinOptions } from './input/open-files';
import { applyPlan } from './commands/apply-plan';
import { followAndShow, showImport } from './commands/show-import';
import { importFiles } from './commands/import-files';
import { saveFailedRows, saveFile } from './commands/save-file';
import type { SaveOptions } from './commands/save-file';
import type { ConnectionOptions } from './connection/resolve-connection';
import { findImportId } from './http/find-id';
import {
  choicesIn,
  encodingOption,
  importIdArgument,
  mapOption,
  parseCount,
  parseNames,
  sheetOption,
  showIn,
  withChoiceOptions,
  withOutputOption,
  withReadingOptions,
  withSaveOptions,
  withShowOptions,
  withWarningsOption,
} from './options';
import type { ChoiceOptions, ShowFlags } from './options';
import { examples } from './examples';
import { scheduleIn, withAppliedScheduleOptions, withScheduleOptions } from './schedule/schedule-options';
import type { ScheduleOptions } from './http/views';
import { NOTICE_LANGUAGES } from '../contract/notices/notices';
import type { NoticeLanguage } from '../contract/notices/notices';
import type { Commands } from './command-context';

interface ImportOptions extends ShowFlags, ChoiceOptions, ScheduleOptions, ConnectionOptions, StdinOptions {
  kind: ImportKind;
  preview?: true;
  strict?: boolean;
  onExisting?: OnExisting;
  notify?: string;
  notifyLanguage?: NoticeLanguage;
}

interface ApplyFlags extends ShowFlags, ChoiceOptions, ScheduleOptions, ConnectionOptions {
  yes?: true;
  keepMapping?: true;
}

/** The commands for files: upload, look, apply, save, check. */
export function addImportCommands({ program, online, connect, terminal, end }: Commands): void {
  withScheduleOptions(withShowOptions(withChoiceOptions(withReadingOptions(online('import')))))
    .description('upload files, follow them to their end and show their problems')
    .argument(
      '<files...>',
      `CSV or Excel files, usually of at most ${MAX_ROWS_PER_FILE} rows each; - for the standard input`,
    )
    .option('--name <name>', 'what the file on the standard input is called')
    .option('--preview', 'only plan: show what would be done and sent, and do nothing until the plan is applied')
    .option('--no-strict', 'repair the cells that --strict rejects, though your organisation is strict')
    .addOption(
      new Option(
        '--on-existing <action>',
        'for people who exist already: error rejects the row, invite sends a new invitation to people who have not ' +
          'accepted, skip ignores the row, update changes what differs',
      ).choices(ON_EXISTING),
    )
    .option('--notify <address>', 'who is told by e-mail once an import has ended or needs attention')
    .addOption(new Option('--notify-language <language>', 'of that e-mail').choices(NOTICE_LANGUAGES))
    .addHelpText(
      'after',
      examples(
        ['import clients.csv', 'one file'],
        ['import --preview *.csv', 'look first'],
        [
          'import --send-at 09:00 --spread 50/hour clients.csv',
          'created now, invited tomorrow morning, not all at once',
        ],
        ["import --map 'Tel. (mobile)=Mobile' people.xlsx", 'a header that is not recognised'],
        ['import - --name clients.csv --output json < clients.csv', 'from another program'],
      ),
    )
    .action(async (files: string[], options: ImportOptions) => {
      const { kind, preview, strict, onExisting, name, notify, notifyLanguage } = options;
      const upload = {
        kind,
        ...(preview && { mode: 'preview' as const }),
        ...(strict !== undefined && { strict }),
        ...(onExisting && { onExisting }),
        ...(notify !== undefined && { notify }),
        ...(notifyLanguage && { notifyLanguage }),
        ...choicesIn(options),
        ...scheduleIn(options),
      };
      const show = { ...showIn(options), ...(name !== undefined && { name }) };
      end(await importFiles(await connect(options), files, upload, show));
    });

  withShowOptions(
    withAppliedScheduleOptions(
      withChoiceOptions(online('apply').addOption(encodingOption()).addOption(sheetOption()).addOption(mapOption())),
    ),
  )
    .description(
      'apply the plan of a preview and follow it to its end; or choose what the import asks, and see the new plan',
    )
    .addArgument(importIdArgument())
    .argument('[hash]', 'of the plan that you have seen, or its first 8 digits or more')
    .option('--keep-mapping', 'with --map: keep these headings for all later files (system administrators)')
    .option('--yes', 'without a hash: apply the current plan')
    .addHelpText(
      'after',
      examples(
        ['apply 7a3afb6b 3358db89', 'exactly the plan that you have seen'],
        ['apply 7a3afb6b 3358db89 --send-at 09:00', 'the people now, their invitations when it is nine next'],
      ),
    )
    .action(async (typed: string, hash: string | undefined, options: ApplyFlags) => {
      const session = await connect(options);
      const { yes, keepMapping } = options;
      const when = scheduleIn(options);
      const choices = { choices: choicesIn(options), when, ...(yes && { yes }), ...(keepMapping && { keepMapping }) };
      end(await applyPlan(session, await findImportId(session.api, typed), hash, { ...showIn(options), ...choices }));
    });

  withShowOptions(online('status'))
    .description('show an import: its counts, its plan and its problems')
    .addArgument(importIdArgument())
    .option('--watch', 'follow it until it rests, also over a lost connection')
    .addHelpText(
      'after',
      examples(
        ['status f62ff629', 'what needs attention first'],
        ['status f62ff629 --watch', 'a bar until it rests'],
        ['status f62ff629 --all --warnings --repairs', 'everything that was found'],
      ),
    )
    .action(
      async (typed: string, { watch = false, ...options }: ShowFlags & ConnectionOptions & { watch?: boolean }) => {
        const session = await connect(options);
        const view = await session.api.findImport(await findImportId(session.api, typed));
        end(
          watch
            ? await followAndShow(session, [view], showIn(options), { watch })
            : await showImport(session, view, showIn(options)),
        );
      },
    );

  withSaveOptions(online('failed-rows'))
    .description('save the rejected rows as a file, to be corrected and imported again')
    .addArgument(importIdArgument())
    .action(async (typed: string, options: SaveOptions & ConnectionOptions) => {
      const session = await connect(options);
      await saveFailedRows(session, await findImportId(session.api, typed), options);
    });

  withSaveOptions(online('report'))
    .description('save a report with the result of every line')
    .addArgument(importIdArgument())
    .action(async (typed: string, options: SaveOptions & ConnectionOptions) => {
      const { api } = await connect(options);
      await saveFile(await api.downloadReport(await findImportId(api, typed)), options, terminal.out);
    });

  withSaveOptions(online('template'))
    .description('save a template to be filled in')
    .addArgument(new Argument('<kind>', 'of the people to import').choices(IMPORT_KINDS))
    .option('--xlsx', 'as an Excel file instead of CSV')
    .action(async (kind: ImportKind, options: SaveOptions & ConnectionOptions & { xlsx?: true }) => {
      const { api } = await connect(options);
      const file = await api.downloadTemplate(`${kind}.${options.xlsx ? 'xlsx' : 'csv'}`);
      await saveFile(file, options, terminal.out);
    });

  withOutputOption(withWarningsOption(withReadingOptions(program.command('check'))))
    .description('check files on this machine alone: no server, no key, nothing is uploaded')
    .argument('<files...>', 'CSV or Excel files; - for the standard input')
    .option('--name <name>', 'what the file on the standard input is called')
    .option('--country <code>', 'country of mobile numbers without a country code, such as GB')
    .option('--teams <names>', 'all existing client teams, such as Mayfair,Riverside', parseNames)
    .option('--default-team <name>', 'client team for rows that name none')
    .option('--max-rows <count>', 'rows allowed in a file', parseCount, MAX_ROWS_PER_FILE)
    .option('--all', 'list every problem, not only the first of each reason')
    .option('--repairs', 'list the cells that would be repaired instead of only counting them')
    .action(async (files: string[], options: CheckOptions) => {
      end(await checkFiles(files, options, terminal));
    });
}

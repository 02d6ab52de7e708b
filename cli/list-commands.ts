import { Option } from 'commander';
import type { Command } from 'commander';
import { IMPORT_KINDS } from '../contract/import';
import { IMPORT_STATUSES } from '../contract/import-status';
import { CHANNELS, INVITED } from '../contract/invitation';
import { ROW_STATUSES } from '../contract/row';
import type { ConnectionOptions } from './connection/resolve-connection';
import { findImportId } from './http/find-id';
import type { ImportFilters, PeopleFilters, RowFilters } from './http/lists';
import { listImports } from './lists/list-imports';
import { listKeys } from './lists/list-keys';
import { listClients, listStaff } from './lists/list-people';
import { listRows } from './lists/list-rows';
import { listTeams } from './lists/list-teams';
import type { ListOptions } from './lists/show-list';
import { importIdArgument, withListOptions, withOutputOption } from './options';
import { changeDefaultTeam, withDefaultTeamOption } from './organisation/default-team';
import type { DefaultTeamOptions } from './organisation/default-team';
import { changeSendingDefault, withSendingDefaultOptions } from './organisation/sending-default';
import type { SendingDefaultOptions } from './organisation/sending-default';
import { showOrganisation } from './organisation/show-organisation';
import { parseBoundary } from './schedule/schedule-options';
import { examples } from './examples';
import type { Commands } from './command-context';

type ListFlags = ListOptions & ConnectionOptions;

interface PeopleFlags extends ListFlags {
  team?: string;
  active?: true;
  inactive?: true;
  invitation?: PeopleFilters['invitation'];
  optedOut?: PeopleFilters['optedOut'];
  since?: string;
  until?: string;
}

/** The commands that list what there is. */
export function addListCommands({ online, connect }: Commands): void {
  withListOptions(withPeriod(online('list'), 'uploaded'))
    .description('list imports, the newest first')
    .addOption(new Option('--status <status>', 'only imports with this status').choices(IMPORT_STATUSES))
    .addOption(new Option('--kind <kind>', 'only files of this template').choices(IMPORT_KINDS))
    .option('--file <text>', 'only files with this in their names')
    .option('--code <code>', 'only imports with this problem, in the file, a row or a message, such as email.invalid')
    .addHelpText(
      'after',
      examples(
        ['list --status needs-attention', 'what waits for somebody'],
        ['list --code email.invalid', 'files in which an address was wrong'],
        ['list --since 2026-11-01 --limit all --output csv', 'a month for a spreadsheet'],
      ),
    )
    .action(async (flags: ListFlags & Omit<ImportFilters, 'q'> & { file?: string }) => {
      const { status, kind, file, code, since, until } = flags;
      const filters: ImportFilters = {
        ...(status && { status }),
        ...(kind && { kind }),
        ...(file && { q: file }),
        ...(code && { code }),
        ...(since && { since }),
        ...(until && { until }),
      };
      await listImports(await connect(flags), filters, flags);
    });

  withListOptions(online('rows'))
    .description('list the rows of an import: who they are, and what has become of them')
    .addArgument(importIdArgument())
    .addOption(new Option('--status <status>', 'only rows with this status').choices(ROW_STATUSES))
    .addOption(new Option('--channel <channel>', 'with an invitation on this channel').choices(CHANNELS))
    .option('--code <code>', 'only rows with this problem, such as email.invalid')
    .option('--search <text>', 'only rows with this in a name or an address')
    .addHelpText(
      'after',
      examples(
        ['rows f62ff629 --status rejected', 'who was not created'],
        ['rows f62ff629 --limit all --output json', 'everything, for another program'],
      ),
    )
    .action(async (typed: string, flags: ListFlags & Omit<RowFilters, 'q'> & { search?: string }) => {
      const { status, channel, code, search } = flags;
      const filters: RowFilters = {
        ...(status && { status }),
        ...(channel && { channel }),
        ...(code && { code }),
        ...(search && { q: search }),
      };
      const session = await connect(flags);
      await listRows(session, await findImportId(session.api, typed), filters, flags);
    });

  withListOptions(online('teams'))
    .description('list client teams: which can be invited to, and who their staff are')
    .action(async (flags: ListFlags) => listTeams(await connect(flags), flags));

  withPeopleOptions(online('clients'))
    .description('list clients, the newest first')
    .action(async (flags: PeopleFlags) => listClients(await connect(flags), peopleIn(flags), flags));

  withPeopleOptions(online('staff'))
    .description('list members of staff, the newest first')
    .action(async (flags: PeopleFlags) => listStaff(await connect(flags), peopleIn(flags), flags));

  withListOptions(online('keys'))
    .description('list API keys, their last uses and their ends; never a secret (system administrators)')
    .action(async (flags: ListFlags) => listKeys(await connect(flags), flags));

  withDefaultTeamOption(withSendingDefaultOptions(withOutputOption(online('organisation'))))
    .description(
      'show the settings of your organisation and the limits of the installation, or change when files are sent and which client team is the default',
    )
    .action(
      async ({
        sendAt,
        timeZone,
        spread,
        defaultTeam,
        ...flags
      }: ListFlags & SendingDefaultOptions & DefaultTeamOptions) => {
        const session = await connect(flags);
        if (defaultTeam !== undefined) await changeDefaultTeam(session, defaultTeam);
        if ([sendAt, timeZone, spread].some((one) => one !== undefined))
          await changeSendingDefault(session, { sendAt, timeZone, spread } as SendingDefaultOptions);
        else if (defaultTeam === undefined) await showOrganisation(session, flags.output);
      },
    );
}

const withPeriod = (command: Command, what: string): Command =>
  command
    .addOption(
      new Option('--since <moment>', `only ${what} then or later, such as 2026-11-28`).argParser(parseBoundary),
    )
    .addOption(new Option('--until <moment>', `only ${what} before`).argParser(parseBoundary));

const withPeopleOptions = (command: Command): Command =>
  withListOptions(withPeriod(command, 'created'))
    .option('--team <name>', 'only of this client team')
    .option('--active', 'only people who are active')
    .addOption(new Option('--inactive', 'only people who are not').conflicts('active'))
    .addOption(new Option('--invitation <state>', 'only people whose invitation came so far').choices(INVITED))
    .addOption(new Option('--opted-out <channel>', 'only people who want no messages on it').choices(CHANNELS));

const peopleIn = ({ team, active, inactive, invitation, optedOut, since, until }: PeopleFlags): PeopleFilters => ({
  ...(team && { team }),
  ...(active && { active: 'true' as const }),
  ...(inactive && { active: 'false' as const }),
  ...(invitation && { invitation }),
  ...(optedOut && { optedOut }),
  ...(since && { since }),
  ...(until && { until }),
});

import { Option } from 'commander';
import type { Command } from 'commander';
import { createRequire } from 'node:module';
import { RIGHTS, ROLES } from '../contract/access/roles';
import { STAFF_ROLES } from '../contract/access/staff-roles';
import type * as Admin from './admin/index';
import type {
  KeyListOptions,
  KeyOptions,
  FileLimitOptions,
  NewOrganisationOptions,
  OrganisationListOptions,
  OrganisationOption,
  RotationOptions,
  VerifyAuditOptions,
} from './admin/index';
import { withAnchorOption } from './audit-log-commands';
import type { Terminal } from './commands/session';
import { KEY_STATES } from './lists/list-keys';
import { parseCount, withOutputOption } from './options';

/** Loaded by the commands on the server alone: the driver of the database would slow the start of all others. */
const admin = (): typeof Admin => createRequire(__filename)('./admin/index') as typeof Admin;

/** The commands for the server's own administrator: they need no API and no key, but the database. */
export function addAdminCommands(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const group = program
    .command('admin')
    .description('set up organisations and their keys: on the server, on its database (MONGODB_URI)');
  const organisation = group.command('organisation').description('organisations of this installation');
  const keys = group.command('keys').description('API keys of an organisation');
  const ofOrganisation = (nameAndArguments: string): Command =>
    keys.command(nameAndArguments).requiredOption('--organisation <id>', 'whose key it is');

  organisation
    .command('create')
    .description('set up an organisation: its first client team with a staff member, and its first key')
    .requiredOption('--name <name>', 'stands in every invitation')
    .option('--id <id>', 'of your choice, such as harbour-wealth; a random one without')
    .option('--country <code>', 'country of mobile numbers without a country code, such as GB')
    .requiredOption('--team <name>', 'of the first client team: letters, digits and underscores')
    .requiredOption('--first-name <name>', 'of its first staff member, who is active at once')
    .requiredOption('--last-name <name>')
    .requiredOption('--email <address>')
    .requiredOption('--mobile <number>')
    .addOption(new Option('--role <role>', 'of the staff member').choices(STAFF_ROLES).default(STAFF_ROLES[0]))
    .option('--key-name <name>', 'of the first key, which is a system administrator', 'First key')
    .option('--days <count>', 'days for which the key works; for good without', parseCount)
    .action((options: NewOrganisationOptions) => admin().createOrganisation(options, terminal));

  withOutputOption(organisation.command('list'))
    .description('list all organisations')
    .option('--search <text>', 'only organisations with this in their id or name')
    .action((options: OrganisationListOptions) => admin().listOrganisations(options, terminal));

  organisation
    .command('limit')
    .description('set how many rows a file of an organisation may have, from its next file on')
    .requiredOption('--organisation <id>')
    .requiredOption(
      '--max-rows <count>',
      'rows in a file, up to 100000; default for what the installation allows',
      (text) => (text === 'default' ? text : parseCount(text)),
    )
    .action((options: FileLimitOptions) => admin().setFileLimit(options, terminal));

  group
    .command('migrate')
    .description(
      'build the indexes and carry out the migrations of this build, before its programs start, and list them',
    )
    .action(() => admin().migrateDatabase(terminal));

  group
    .command('after-restore')
    .description('after MongoDB was restored and before a worker starts: nothing that may have been sent is sent again')
    .requiredOption('--yes', 'e-mails that were not sent by the time of the backup become unconfirmed')
    .action(() => admin().holdAfterRestore(terminal));

  withAnchorOption(group.command('verify-audit'))
    .description('check the audit logs: finds entries that were altered, removed, exchanged or cut off')
    .option('--organisation <id>', 'whose log; all without')
    .action(async (options: VerifyAuditOptions) => end(await admin().verifyAuditLogs(options, terminal)));

  ofOrganisation('create')
    .description('create a key; its secret is written once, alone on the standard output')
    .requiredOption('--name <name>', 'what it is for, such as "Payroll export"')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .addOption(new Option('--rights <rights...>', 'beside its role').choices(RIGHTS))
    .option('--days <count>', 'days for which it works; for good without', parseCount)
    .action((options: KeyOptions) => admin().createKey(options, terminal));

  withOutputOption(ofOrganisation('list'))
    .description('list the keys, without their secrets')
    .addOption(new Option('--role <role>', 'only keys with this role').choices(ROLES))
    .addOption(new Option('--state <state>', 'only keys that work, have ended or were revoked').choices(KEY_STATES))
    .action((options: KeyListOptions) => admin().listKeys(options, terminal));

  ofOrganisation('rotate <key>')
    .description('give a key, by its id, a new secret; the one before works on for the overlap')
    .option('--overlap-hours <hours>', 'how long, 0 to 720', '24')
    .option('--days <count>', 'days from now for which the key works; as before without', parseCount)
    .action((key: string, options: RotationOptions) => admin().rotateKey(key, options, terminal));

  ofOrganisation('revoke <key>')
    .description('end a key, by its id, at once and for good')
    .action((key: string, options: OrganisationOption) => admin().revokeKey(key, options, terminal));
}

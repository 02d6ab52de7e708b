import { isSupportedCountry } from 'libphonenumber-js/max';
import { randomUUID } from 'node:crypto';
import { checkFirstStaff } from '../../domain/checking/check-person';
import { LARGEST_MAX_ROWS } from '../../contract/import';
import { ONLY_LINE } from '../../domain/checking/check-person';
import { isTeamName } from '../../domain/client-team';
import { isOrganisationId, oneLineName } from '../../domain/access/names';
import type { PersonValues } from '../../domain/person';
import { sentencesOfTyped } from '../../domain/problems/problem-sentences';
import { createKeySecret } from '../../store/access/api-keys';
import type { Terminal } from '../commands/session';
import { writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { CliError } from '../http/cli-error';
import { printable } from '../output/text';
import { recorded } from './recorded';
import { daysFromNow, withStore } from './with-store';

export interface NewOrganisationOptions {
  name: string;
  id?: string;
  country?: string;
  team: string;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  role: string;
  keyName: string;
  days?: number;
}

/** Sets up an organisation. The secret of its key alone goes to the standard output. */
export async function createOrganisation(options: NewOrganisationOptions, { out, err }: Terminal): Promise<void> {
  const id = options.id ?? randomUUID();
  if (!isOrganisationId(id))
    throw new CliError(`Invalid id "${id}". Use small letters, digits and hyphens, such as harbour-wealth.`);
  if (!isTeamName(options.team))
    throw new CliError(`Invalid name of a client team: "${options.team}". Use letters, digits and underscores only.`);
  const defaultCountry = countryOf(options);
  const name = requireName(options.name, '--name');
  const secret = createKeySecret();
  const organisation = {
    ...{ id, name, defaultCountry, teamName: options.team, staff: staffOf(options, defaultCountry), secret },
    key: {
      ...{ name: requireName(options.keyName, '--key-name'), role: 'systemAdministrator' as const },
      expiresAt: daysFromNow(options.days),
    },
  };
  const isFree = await withStore((store) =>
    recorded(store, { organisationId: id, action: 'createOrganisation' }, async () => {
      const result = await store.newOrganisations.create(organisation);
      return result ? { result } : { result, code: 'organisation-exists' };
    }),
  );
  if (!isFree)
    throw new CliError(`There is an organisation with the id "${id}" already. Choose another id; nothing was created.`);
  err.write(
    `Organisation "${name}" is set up. Its id is ${id}.\n` +
      `Client team ${options.team} has its first staff member, who is active; no message was sent.\n` +
      'The key of a system administrator follows. It is shown this once: keep it where you keep passwords.\n',
  );
  out.write(`${secret}\n`);
}

export interface OrganisationListOptions {
  output?: Output;
  search?: string;
}

const COLUMNS: readonly Column<{ id: string; name: string }>[] = [
  { heading: 'id', of: ({ id }) => id, whole: true },
  { heading: 'name', of: ({ name }) => name },
];

export async function listOrganisations(
  { output, search = '' }: OrganisationListOptions,
  { out, err }: Terminal,
): Promise<void> {
  const all = await withStore((store) => store.newOrganisations.list());
  const part = search.toLowerCase();
  const organisations = all
    .map(({ _id: id, name }) => ({ id, name }))
    .filter(({ id, name }) => id.includes(part) || name.toLowerCase().includes(part));
  writeList(out, organisations, COLUMNS, output);
  if (organisations.length === 0)
    err.write(
      all.length === 0
        ? 'There is no organisation yet.\n'
        : `No organisation has "${printable(search)}" in its id or name.\n`,
    );
}

export interface FileLimitOptions {
  organisation: string;
  /** `default` for what the installation allows. */
  maxRows: number | 'default';
}

/** Gives an organisation a number of rows in a file of its own. */
export async function setFileLimit({ organisation: id, maxRows }: FileLimitOptions, { err }: Terminal): Promise<void> {
  const rows = maxRows === 'default' ? null : maxRows;
  if (rows !== null && rows > LARGEST_MAX_ROWS)
    throw new CliError(
      `Invalid --max-rows. Use a number from 1 to ${LARGEST_MAX_ROWS.toLocaleString('en')}, or default.`,
    );
  const isKnown = await withStore((store) =>
    recorded(store, { organisationId: id, action: 'setFileLimit', facts: { maxRows } }, async () => {
      const result = await store.organisations.setMaxRows(id, rows);
      return result ? { result } : { result, code: 'not-found' };
    }),
  );
  if (!isKnown) throw new CliError(`There is no organisation with the id "${id}". Nothing was changed.`);
  err.write(
    rows === null
      ? `Files of ${id} may have as many rows as the installation allows.\n`
      : `Files of ${id} may have up to ${rows.toLocaleString('en')} rows.\n`,
  );
}

export function requireName(text: string, flag: string): string {
  const name = oneLineName(text);
  if (name !== undefined) return name;
  throw new CliError(`Invalid ${flag}. Use one line of 1 to 100 characters.`);
}

function countryOf({ country }: NewOrganisationOptions): string | null {
  const code = country?.toUpperCase() ?? null;
  if (code === null || isSupportedCountry(code)) return code;
  throw new CliError(`Invalid country "${country}" in --country. Use its two letters, such as GB.`);
}

/** The staff member, checked as a row of a staff file is. */
function staffOf(options: NewOrganisationOptions, defaultCountry: string | null): PersonValues {
  const { firstName, lastName, email, mobile, role } = options;
  const { person, problems } = checkFirstStaff(
    { firstName, lastName, email, mobile, role },
    { defaultCountry, defaultTeamId: null, known: new Map(), strict: false, channels: ['email', 'sms'] },
  );
  if (person) return person;
  const sentences = sentencesOfTyped(
    problems.map((problem) => ({ ...problem, letter: null })),
    ONLY_LINE,
  );
  throw new CliError(`The staff member is invalid, and nothing was created.\n${sentences.join('\n')}`);
}

import type { Right, Role } from '../../contract/access/roles';
import { isId } from '../../domain/audit-log/targets';
import type { ApiKeyDoc } from '../../store/key-documents';
import type { Store } from '../../store/index';
import { createKeySecret } from '../../store/access/api-keys';
import type { Terminal } from '../commands/session';
import { writeList } from '../data/formats';
import type { Output } from '../data/formats';
import { CliError } from '../http/cli-error';
import { KEY_COLUMNS } from '../lists/list-keys';
import type { KeyState, ListedKey } from '../lists/list-keys';
import { printable } from '../output/text';
import { requireName } from './organisations';
import { keyTarget, recorded } from './recorded';
import { daysFromNow, withStore } from './with-store';

export interface OrganisationOption {
  organisation: string;
}

export interface KeyListOptions extends OrganisationOption {
  output?: Output;
  role?: Role;
  state?: KeyState;
}

export interface KeyOptions extends OrganisationOption {
  name: string;
  role: Role;
  rights?: Right[];
  days?: number;
}

export interface RotationOptions extends OrganisationOption {
  overlapHours: string;
  days?: number;
}

const MOST_KEYS_LISTED = 1000;
const HOUR_MS = 3_600_000;
const MOST_OVERLAP_HOURS = 720;

/** Runs a command on the keys of an organisation that exists. */
const withOrganisation = <T>({ organisation }: OrganisationOption, work: (store: Store) => Promise<T>): Promise<T> =>
  withStore(async (store) => {
    if (await store.organisations.find(organisation)) return work(store);
    throw new CliError(
      `There is no organisation "${organisation}". List them with: client-import admin organisation list`,
    );
  });

/** The secret alone goes to the standard output, so that a script can keep it. */
function showSecret({ out, err }: Terminal, secret: string, sentence: string): void {
  err.write(`${sentence} Its secret is shown this once: keep it where you keep passwords.\n`);
  out.write(`${secret}\n`);
}

export async function createKey(options: KeyOptions, terminal: Terminal): Promise<void> {
  const name = requireName(options.name, '--name');
  const secret = createKeySecret();
  const { organisation: organisationId, role, rights = [], days } = options;
  const key = await withOrganisation(options, (store) =>
    recorded(store, { organisationId, action: 'createKey' }, async () => {
      const created = { organisationId, name, role, rights, expiresAt: daysFromNow(days) };
      const result = await store.apiKeys.create(created, secret);
      return result ? { result, made: [keyTarget(result._id)] } : { result, code: 'key-name-taken' };
    }),
  );
  if (!key) throw new CliError(`There is a key "${name}" already. Choose another name, or revoke that key first.`);
  showSecret(terminal, secret, `Key "${name}" is created. Its id is ${key._id}.`);
}

export async function listKeys(
  { output, role, state, ...options }: KeyListOptions,
  { out, err }: Terminal,
): Promise<void> {
  const found = await withOrganisation(options, (store) =>
    store.apiKeys.list({ organisationId: options.organisation, limit: MOST_KEYS_LISTED }),
  );
  const now = new Date();
  const keys = found.filter((key) => (!role || key.role === role) && (!state || stateAt(key, now) === state));
  writeList(out, keys.map(listedKey), KEY_COLUMNS, output);
  if (keys.length === 0)
    err.write(found.length === 0 ? 'The organisation has no key.\n' : 'The organisation has no such key.\n');
}

export async function rotateKey(id: string, options: RotationOptions, terminal: Terminal): Promise<void> {
  const hours = /^\d{1,3}$/.test(options.overlapHours) ? Number(options.overlapHours) : Infinity;
  if (hours > MOST_OVERLAP_HOURS) throw new CliError('Invalid --overlap-hours. Use a whole number from 0 to 720.');
  const secret = createKeySecret();
  const rotation = { secret, overlapMs: hours * HOUR_MS, expiresAt: daysFromNow(options.days) };
  const { organisation: organisationId } = options;
  const rotated = await withOrganisation(options, (store) =>
    recorded<Rotated>(store, { organisationId, action: 'rotateKey', ...targetsOf(id) }, async () => {
      const result = await store.apiKeys.rotate(organisationId, id, rotation);
      return typeof result === 'string' ? { result, code: ROTATION_CODES[result] } : { result };
    }),
  );
  if (typeof rotated === 'string') throw new CliError(ROTATION_PROBLEMS[rotated]);
  const earlier =
    hours === 0 ? 'The secrets before it have ended.' : `The secret before it works for ${hours} more hours.`;
  showSecret(terminal, secret, `Key "${printable(rotated.name)}" is rotated. ${earlier}`);
}

const UNKNOWN = 'The organisation has no key with this id. List them with: client-import admin keys list';
const ROTATION_PROBLEMS = {
  unknown: UNKNOWN,
  revoked: 'This key is revoked for good. Create another one.',
  expired: 'This key has expired. Give it a new end with --days.',
  'too-many-secrets': 'This key has too many secrets that still work. End them with --overlap-hours 0.',
} as const;

type Rotated = Awaited<ReturnType<Store['apiKeys']['rotate']>>;
const ROTATION_CODES = {
  unknown: 'not-found',
  revoked: 'key-revoked',
  expired: 'key-expired',
  'too-many-secrets': 'key-has-too-many-secrets',
} as const;

export async function revokeKey(id: string, options: OrganisationOption, { out }: Terminal): Promise<void> {
  const { organisation: organisationId } = options;
  const key = await withOrganisation(options, (store) =>
    recorded(store, { organisationId, action: 'revokeKey', ...targetsOf(id) }, async () => {
      const result = await store.apiKeys.revoke(organisationId, id);
      return result ? { result } : { result, code: 'not-found' };
    }),
  );
  if (!key) throw new CliError(UNKNOWN);
  out.write(`Key "${printable(key.name)}" is revoked. It is refused from now on.\n`);
}

/** Anything else may be a secret that was given instead of an id. */
const targetsOf = (id: string) => (isId(id) ? { targets: [keyTarget(id)] } : {});

function stateAt({ revokedAt, expiresAt }: ApiKeyDoc, now: Date): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : 'active';
}

function listedKey({ _id, name, role, rights, createdAt, expiresAt, revokedAt, secrets }: ApiKeyDoc): ListedKey {
  const uses = secrets.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    ...{ id: _id, name, role, rights, createdAt: createdAt.toISOString() },
    lastUsedAt: uses.at(-1)?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newSecretsKey } from '../../platform/secret-box';
import { StartError } from '../processes/start-error';

const PREVIOUS = '.previous.log';

/** Everything that the embedded stack keeps between starts. */
export interface DataFolder {
  path: string;
  pidFile: string;
  keys: string;
  /** Address of the API of the latest start, for the command line on this machine. */
  apiUrl: string;
  /** The key that seals secrets in MongoDB. */
  secretsKey: string;
  temporalFile: string;
  mongodbFolder: string;
  sandboxFolder: string;
  logOf: (program: string) => string;
}

export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    pidFile: join(path, 'pids.json'),
    keys: join(path, 'keys.json'),
    apiUrl: join(path, 'api-url'),
    secretsKey: join(path, 'secrets.key'),
    temporalFile: join(path, 'temporal', 'temporal.db'),
    mongodbFolder: join(path, 'mongodb'),
    sandboxFolder: join(path, 'sandbox'),
    logOf: (program) => join(path, 'logs', `${program}.log`),
  };
}

/**
 * Makes the folder, readable by this user only: it holds personal data, and the key of secrets. Logs start empty; the previous ones are
 * kept.
 */
export async function prepareDataFolder({ path, secretsKey }: Pick<DataFolder, 'path' | 'secretsKey'>): Promise<void> {
  const logs = join(path, 'logs');
  await mkdir(path, { recursive: true, mode: 0o700 });
  await mkdir(logs, { recursive: true });
  await ensureSecretsKey(secretsKey);
  const old = (await readdir(logs)).filter((name) => name.endsWith('.log') && !name.endsWith(PREVIOUS));
  await Promise.all(old.map((name) => rename(join(logs, name), join(logs, name.replace(/\.log$/, PREVIOUS)))));
}

const keySchema = z.string().regex(/^ci_[\w-]{32}$/);
const keysSchema = z.object({ systemAdministrator: keySchema, userAdministrator: keySchema, support: keySchema });
/** API keys of the demo organisation, by role. */
export type Keys = z.infer<typeof keysSchema>;

/** 24 random bytes are 32 characters. */
const createKey = (): string => `ci_${randomBytes(24).toString('base64url')}`;

/** Reads the keys, or creates them on the first call. The file is readable by this user only. */
export async function loadKeys(path: string): Promise<Keys> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    const keys = { systemAdministrator: createKey(), userAdministrator: createKey(), support: createKey() };
    await writeFile(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return keys;
  }
  await chmod(path, 0o600);
  const keys = keysSchema.safeParse(parseJson(text));
  if (keys.success) return keys.data;
  throw new StartError(`${path} does not hold three API keys. Remove the file; the next start creates new keys.`);
}

/** Creates the key on the first call. The file is readable by this user only. */
async function ensureSecretsKey(path: string): Promise<void> {
  await writeFile(path, `${newSecretsKey()}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await chmod(path, 0o600);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StartError } from '../start-error';

const keySchema = z.string().regex(/^ci_[\w-]{32}$/);
const keysSchema = z.object({ systemAdministrator: keySchema, userAdministrator: keySchema, support: keySchema });
/** API keys of the demo organisation, by role. */
export type Keys = z.infer<typeof keysSchema>;

/** 24 random bytes are 32 characters. */
const createKey = (): string => `ci_${randomBytes(24).toString('base64url')}`;

/** The keys in the file, made on the first call and the same ever after. Nobody but this user may read the file. */
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
  const keys = keysSchema.safeParse(parse(text));
  if (keys.success) return keys.data;
  throw new StartError(`${path} does not hold the three API keys. Remove it, and new ones are made.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether the address is on this machine: a key that was found by itself goes nowhere else. */
export const isLocal = (url: string): boolean => URL.canParse(url) && LOOPBACK.includes(new URL(url).hostname);

export interface LocalKey {
  key: string;
  /** The file that holds it. */
  path: string;
}

export interface LocalUrl {
  url: string;
  /** The file that holds it. */
  path: string;
}

/** The system administrator's key that `npm start` has written into the first of these data folders that has one. */
export async function findLocalKey(dataFolders: readonly string[]): Promise<LocalKey | undefined> {
  for (const folder of dataFolders) {
    const path = join(folder, 'keys.json');
    const key = await readKey(path);
    if (key !== undefined) return { key, path };
  }
  return undefined;
}

/** The address that the latest start of the nearest of these data folders has noted, if it is on this machine. */
export async function findLocalUrl(dataFolders: readonly string[]): Promise<LocalUrl | undefined> {
  for (const folder of dataFolders) {
    const path = join(folder, 'api-url');
    const url = await readFile(path, 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
    if (isLocal(url)) return { url, path };
  }
  return undefined;
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    const { systemAdministrator } = JSON.parse(await readFile(path, 'utf8')) as { systemAdministrator?: unknown };
    return typeof systemAdministrator === 'string' ? systemAdministrator : undefined;
  } catch {
    return undefined;
  }
}

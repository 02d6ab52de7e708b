import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CliError, reasonOf } from '../http/cli-error';

/** An installation that `login` has kept: its address, and a key for it. */
export interface Profile {
  url: string;
  key: string;
}

const profilesSchema = z.object({
  current: z.string(),
  profiles: z.record(z.string(), z.object({ url: z.string(), key: z.string() })),
});
/** All kept installations by name; `current` is the one without `--profile`. */
export type Profiles = z.infer<typeof profilesSchema>;

export const DEFAULT_PROFILE = 'default';

export const profilesFile = (configFolder: string): string => join(configFolder, 'profiles.json');

/** None where the file does not exist. Throws a `CliError` where it cannot be read. */
export async function readProfiles(configFolder: string): Promise<Profiles> {
  const path = profilesFile(configFolder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (reasonOf(error) === 'ENOENT' || reasonOf(error) === 'ENOTDIR')
      return { current: DEFAULT_PROFILE, profiles: {} };
    throw new CliError(`The profiles in ${path} cannot be read (${reasonOf(error)}).`);
  }
  const profiles = profilesSchema.safeParse(parseJson(text));
  if (profiles.success) return profiles.data;
  throw new CliError(
    `${path} does not hold profiles. Remove the file, and log in again: client-import login --url <url>`,
  );
}

/** Replaces the file as a whole; only its owner may read it. */
export async function writeProfiles(configFolder: string, profiles: Profiles): Promise<string> {
  const path = profilesFile(configFolder);
  const beside = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(beside, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
    // The mode above holds only for a file that is new.
    await chmod(beside, 0o600);
    await rename(beside, path);
  } catch (error) {
    throw new CliError(`The profile cannot be kept in ${path} (${reasonOf(error)}).`);
  }
  return path;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { assertKey, assertUrl, missingKey } from '../http/api-errors';
import { CliError } from '../http/cli-error';
import { findLocalKey, findLocalUrl, isLocal } from './local-key';
import { DEFAULT_PROFILE, profilesFile, readProfiles } from './profiles';

export const LOCAL_URL = 'http://127.0.0.1:3000';

/** As typed with a command. */
export interface ConnectionOptions {
  url?: string;
  key?: string;
  profile?: string;
}

/** Where else an address and a key are looked for. */
export interface ConnectionSources {
  /** The environment variables CLIENT_IMPORT_URL, CLIENT_IMPORT_KEY and CLIENT_IMPORT_PROFILE; empty ones count as missing. */
  url?: string | undefined;
  key?: string | undefined;
  profile?: string | undefined;
  /** Where `login` keeps profiles. */
  configFolder: string;
  /** Where a local start may keep its keys, the nearest first. */
  dataFolders: readonly string[];
}

export interface Found {
  value: string;
  /** Where it was found, in words. */
  from: string;
}

export interface Connection {
  url: Found;
  /** `undefined` where there is none. */
  key: Found | undefined;
}

/**
 * Finds the address and the key of the API: by flags, then by a profile that is named, the environment, the current profile, and
 * last on this machine. The key of a profile is given to the address of that profile alone, and the key of a local start to this
 * machine alone. Throws a `CliError` where the profile does not exist.
 */
export async function resolveConnection(options: ConnectionOptions, sources: ConnectionSources): Promise<Connection> {
  const kept = await readProfiles(sources.configFolder);
  const named = options.profile ?? (sources.profile || undefined);
  if (named !== undefined && !kept.profiles[named]) throw unknownProfile(named, Object.keys(kept.profiles));
  const byName = named === undefined ? undefined : { name: named, ...kept.profiles[named]! };
  const current = kept.profiles[kept.current] && { name: kept.current, ...kept.profiles[kept.current]! };
  const inProfile = ({ name }: { name: string }): string => `profile ${name} in ${profilesFile(sources.configFolder)}`;

  const started = await findLocalUrl(sources.dataFolders);

  const url: Found = options.url
    ? { value: options.url, from: '--url' }
    : byName
      ? { value: byName.url, from: inProfile(byName) }
      : sources.url
        ? { value: sources.url, from: 'CLIENT_IMPORT_URL' }
        : current
          ? { value: current.url, from: inProfile(current) }
          : started
            ? { value: started.url, from: started.path }
            : { value: LOCAL_URL, from: 'nothing else is set' };
  const address = assertUrl(url.value);

  if (options.key) return { url, key: { value: options.key, from: '--key' } };
  if (byName?.url === address) return { url, key: { value: byName.key, from: inProfile(byName) } };
  if (sources.key) return { url, key: { value: sources.key, from: 'CLIENT_IMPORT_KEY' } };
  // Of several for one address, the one that was used last.
  const same = [
    ...(current ? [current] : []),
    ...Object.entries(kept.profiles).map(([name, one]) => ({ name, ...one })),
  ];
  const byAddress = same.find((profile) => profile.url === address);
  if (byAddress) return { url, key: { value: byAddress.key, from: inProfile(byAddress) } };
  const local = isLocal(address) ? await findLocalKey(sources.dataFolders) : undefined;
  return { url, key: local && { value: local.key, from: local.path } };
}

/** The address and the key of a connection that has both. Throws a `CliError` otherwise. */
export function requireKey({ url, key }: Connection): { url: string; key: string } {
  if (!key) throw missingKey();
  assertKey(key.value);
  return { url: url.value, key: key.value };
}

/** The flags that lead a further command to the same place, as a person types them. */
export const flagsOf = ({ url, profile }: ConnectionOptions): string =>
  (url === undefined ? '' : ` --url ${url}`) + (profile === undefined ? '' : ` --profile ${profile}`);

const unknownProfile = (name: string, known: readonly string[]): CliError =>
  new CliError(
    `There is no profile "${name}". ${known.length > 0 ? `There are: ${known.join(', ')}. ` : ''}` +
      `Keep one with: client-import login --url <url>${name === DEFAULT_PROFILE ? '' : ` --profile ${name}`}`,
  );

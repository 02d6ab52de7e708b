import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Terminal } from '../commands/session';
import { createApiClient } from '../http/api-client';
import { assertUrl } from '../http/api-errors';
import { CliError } from '../http/cli-error';
import { printable } from '../output/text';
import { DEFAULT_PROFILE, readProfiles, writeProfiles } from './profiles';
import type { ConnectionOptions, ConnectionSources } from './resolve-connection';

/** Keeps an address and a key as the current profile, once the API there knows the key. */
export async function logIn(
  { url, key, profile = DEFAULT_PROFILE }: ConnectionOptions,
  { configFolder }: ConnectionSources,
  terminal: Terminal,
): Promise<void> {
  if (url === undefined)
    throw new CliError('Give the address of the API, such as: client-import login --url https://…');
  const address = assertUrl(url);
  const secret = key ?? (await askForKey(terminal, address));
  const caller = await createApiClient(address, secret).findCaller();
  const kept = await readProfiles(configFolder);
  const profiles = { ...kept.profiles, [profile]: { url: address, key: secret } };
  const path = await writeProfiles(configFolder, { current: profile, profiles });
  terminal.out.write(
    `Logged in to ${address} as ${printable(caller.name ?? caller.id)}, ${caller.role} of ${printable(caller.organisation)}.\n` +
      `The address and the key are kept as profile ${profile} in ${path}, which only you can read.\n`,
  );
}

/** Forgets a profile; the current one where none is named. The key works on: its end is for whoever manages keys. */
export async function logOut(
  { profile }: ConnectionOptions,
  { configFolder }: ConnectionSources,
  { out }: Terminal,
): Promise<void> {
  const { current, profiles } = await readProfiles(configFolder);
  const name = profile ?? current;
  const { [name]: forgotten, ...rest } = profiles;
  if (!forgotten) throw new CliError(`There is no profile "${name}".`);
  await writeProfiles(configFolder, {
    current: name === current ? (Object.keys(rest)[0] ?? DEFAULT_PROFILE) : current,
    profiles: rest,
  });
  out.write(`Profile ${name} of ${forgotten.url} is forgotten. Its key works on until it is revoked.\n`);
}

/** From a pipe, or typed without being shown. */
async function askForKey({ in: input, err }: Terminal, url: string): Promise<string> {
  if (!input.isTTY) return (await text(input)).trim();
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Before the question: from here on the terminal shows nothing of what is typed or pasted.
  const lines = createInterface({ input, output: unseen, terminal: true });
  try {
    err.write(`API key for ${url} (it is not shown): `);
    return await new Promise<string>((resolve, reject) => {
      const giveUp = (): void => reject(new CliError('No key was given, and nothing was kept.'));
      lines.question('').then((typed) => resolve(typed.trim()), giveUp);
      // Ctrl-C is no signal while the terminal is read letter by letter.
      lines.once('SIGINT', giveUp);
    });
  } finally {
    lines.close();
    err.write('\n');
  }
}

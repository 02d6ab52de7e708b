import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { ConfigError } from '../platform/config';
import { findFiles, importArguments, importFiles } from './import-files';
import type { StartOptions } from './import-files';
import { exampleFile, START, START_WITH } from './processes/project';
import { createPidFile, stopLeftovers } from './processes/pid-file';
import { StartError } from './processes/start-error';
import { mongodPort } from './servers/mongod';
import { assertPortsFree } from './servers/ports';
import type { PortUse } from './servers/ports';
import { temporalPorts } from './servers/temporal-server';
import { dataFolderAt, loadKeys, prepareDataFolder } from './settings/data-folder';
import type { Keys } from './settings/data-folder';
import { readSettings } from './settings/settings';
import type { LocalSettings } from './settings/settings';
import { createStack } from './stack';
import { summarize } from './summary';

const LEFTOVER_GRACE_MS = 5_000;
/** One Ctrl-C arrives twice: from the terminal, and passed on by npm. */
const SAME_PRESS_MS = 500;

const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** Starts everything on this machine, then imports the files. Resolves to the exit code; rejects where it cannot start. */
export async function startHere(names: readonly string[], options: StartOptions): Promise<number> {
  const { exit = false } = options;
  if (exit && names.length === 0) {
    throw new StartError(
      `--exit needs a file to import, for example: ${START_WITH} --exit ${exampleFile('clients.csv')}\n` +
        `To start without an import and run until Ctrl-C, omit --exit: ${START}`,
    );
  }
  // npm runs scripts in the project's folder, but the user names files relative to their own.
  const files = findFiles(names, [process.env['INIT_CWD'] ?? process.cwd(), process.cwd()]);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = await readSettings(process.env);
  const folder = dataFolderAt(settings.dataFolder);
  const leftovers = await stopLeftovers(folder.pidFile, LEFTOVER_GRACE_MS);
  if (leftovers.length > 0) note(`Stopped programs left running by an earlier start: ${leftovers.join(', ')}.`);
  await assertPortsFree(portsOf(settings));
  await prepareDataFolder(folder);
  const keys = await loadKeys(folder.keys);
  await writeFile(folder.apiUrl, `${settings.apiUrl}\n`);
  const pids = createPidFile(folder.pidFile);
  process.once('exit', () => pids.killAll());

  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  onStopSignals(
    () => interruption.abort(),
    () => process.exit(1),
  );
  const stack = createStack({ settings, folder, keys, pids, note });
  try {
    note('Starting …');
    await Promise.race([stack.start(), interrupted]);
    if (signal.aborted) return exit ? 1 : 0;
    note(`Ready after ${process.uptime().toFixed(1)} s.`);
    const access = { CLIENT_IMPORT_URL: settings.apiUrl, CLIENT_IMPORT_KEY: keys.systemAdministrator };
    const environment = { ...settings.environment, ...access };
    const code = files.length > 0 ? await importFiles(files, importArguments(options), environment, signal) : 0;
    if (exit) return code;
    if (!signal.aborted) process.stdout.write(summarize(settings, folder, keys, await signInAddress(settings, keys)));
    await interrupted;
    return 0;
  } finally {
    note(signal.aborted ? '\nStopping … (Press Ctrl-C again to stop at once.)' : 'Stopping …');
    await stack.stop();
    pids.close();
  }
}

/** Calls `first` on the first stop signal, and `again` on a later one. */
function onStopSignals(first: () => void, again: () => void): void {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      first();
    } else if (Date.now() - firstAt > SAME_PRESS_MS) again();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

export const portsOf = ({ config, apiPort, temporal, mongodb, sandbox }: LocalSettings): PortUse[] => [
  { port: apiPort, what: 'the API', variable: 'PORT', host: config.http.host },
  ...(temporal ? temporalPorts(temporal) : []),
  ...(mongodb ? [mongodPort(mongodb.port)] : []),
  ...(sandbox ? [{ port: sandbox.port, what: 'the sandbox of the providers', variable: 'SANDBOX_PORT' }] : []),
];

/** What is said of an error. One that is not expected is a bug, and its stack trace helps to find it. */
export function describeStartError(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigError) return error.message;
  return `Unexpected: ${error instanceof Error ? error.stack : String(error)}`;
}

/** The page, for somebody who has just started it: signed in as the system administrator of the demo organisation. */
async function signInAddress({ apiUrl }: LocalSettings, keys: Keys): Promise<string> {
  const headers = { Authorization: `Bearer ${keys.systemAdministrator}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ signIn: true });
  const response = await fetch(`${apiUrl}/v1/event-tickets`, { method: 'POST', headers, body });
  const { url } = (await response.json()) as { url?: string };
  return url ?? apiUrl;
}

import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { ConfigError } from '../platform/config';
import { dataFolderAt, prepareDataFolder } from './settings/data-folder';
import { findFiles, importFiles } from './import-files';
import { importArguments, importOptions } from './settings/import-options';
import type { StartOptions } from './settings/import-options';
import { loadKeys } from './settings/keys';
import { mongodPort } from './servers/mongod';
import { createPidFile, stopLeftovers } from './processes/pid-file';
import { assertPortsFree } from './servers/ports';
import type { PortUse } from './servers/ports';
import { readSettings } from './settings/settings';
import type { LocalSettings } from './settings/settings';
import { createStack } from './stack';
import { StartError } from './start-error';
import { onStopSignals } from './processes/stop-signals';
import { summarize } from './summary';
import { temporalPorts } from './servers/temporal-server';

const LEFTOVER_GRACE_MS = 5_000;

const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm start`: everything on this machine, then the files. Resolves to the exit code. */
async function run(names: string[], options: StartOptions): Promise<number> {
  const { exit = false } = options;
  if (exit && names.length === 0) {
    throw new StartError(
      '--exit ends after an import, and no file is named. Name one: npm start -- --exit examples/clients.csv\n' +
        'To start without an import and stay until Ctrl-C, leave --exit out: npm start',
    );
  }
  // npm runs scripts in the project's folder; the files are named from the folder the person is in.
  const files = findFiles(names, [process.env['INIT_CWD'] ?? process.cwd(), process.cwd()]);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = await readSettings(process.env);
  const folder = dataFolderAt(settings.dataFolder);
  const leftovers = await stopLeftovers(folder.pidFile, LEFTOVER_GRACE_MS);
  if (leftovers.length > 0) note(`Stopped what an earlier start had left running: ${leftovers.join(', ')}.`);
  await assertPortsFree(portsOf(settings));
  await prepareDataFolder(folder);
  const keys = await loadKeys(folder.keys);
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
    if (!signal.aborted) process.stdout.write(summarize(settings, folder, keys));
    await interrupted;
    return 0;
  } finally {
    note(signal.aborted ? '\nStopping … (Ctrl-C again ends it at once.)' : 'Stopping …');
    await stack.stop();
    pids.close();
  }
}

const portsOf = ({ config, apiPort, temporal, mongodb, sandbox }: LocalSettings): PortUse[] => [
  { port: apiPort, what: 'the API', variable: 'PORT', host: config.http.host },
  ...(temporal ? temporalPorts(temporal) : []),
  ...(mongodb ? [mongodPort(mongodb.port)] : []),
  ...(sandbox ? [{ port: sandbox.port, what: 'the sandbox of the providers', variable: 'SANDBOX_PORT' }] : []),
];

const command = new Command('npm start --')
  .description('Starts client-import on this machine and imports files, if any are named.')
  .argument('[files...]', 'CSV or Excel files in one of the templates')
  .option('--exit', 'end after the import: 0 all good, 2 finished with problems or things left to do, 1 could not run')
  .showHelpAfterError()
  .action(async (files: string[], options: StartOptions) => {
    process.exit(await run(files, options));
  });
importOptions().forEach((option) => command.addOption(option));

command.parseAsync().catch((error: unknown) => {
  const expected = error instanceof StartError || error instanceof ConfigError;
  // Anything else is a fault of this program, and then the stack is what helps.
  note(expected ? error.message : `Unexpected: ${error instanceof Error ? error.stack : String(error)}`);
  process.exit(1);
});

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { reminderScheduleId } from '../../contract/sending/reminders';
import { mongodUri } from '../../local/servers/mongod';
import { freePort } from '../../local/servers/ports';
import type { CallbackEntry } from '../../sandbox/callbacks/log';
import { until } from '../support/until';
import { exportHistories, failWithCanaries, filesIn, importCanaries, leaksIn } from './canaries';
import { createTempFolder, isAlive } from './temp-folder';

const PROJECT = join(__dirname, '..', '..');
const NAMES = ['api', 'mongod', 'sandbox', 'temporal', 'worker'];
/** A quiet machine takes some ten seconds. */
const STARTS_WITHIN_MS = 120_000;

const tempFolder = createTempFolder();
const data = tempFolder.at('data');
const pidFile = join(data, 'pids.json');
const starts: ChildProcess[] = [];
tempFolder.atEnd(() => starts.forEach((child) => child.kill('SIGKILL')));

const ENVIRONMENT = {
  CLIENT_IMPORT_DATA: data,
  TEMPORAL_CONFIG_FILE: tempFolder.at('no-profiles.toml'),
  TEMPORAL_CLI_PATH: process.env['TEST_TEMPORAL_BINARY'],
  MONGOD_PATH: process.env['TEST_MONGOD_BINARY'],
  ...Object.fromEntries(['', 'TEMPORAL_', 'TEMPORAL_UI_', 'MONGODB_', 'SANDBOX_'].map((name) => [`${name}PORT`, '0'])),
};

/** Runs what `npm start` runs. */
function start(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts', ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  starts.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const says = (text: string | RegExp) =>
    until(
      `the start to say ${text}`,
      async () => said.out + said.err,
      (all) => all.search(text) >= 0,
      STARTS_WITHIN_MS,
    );
  return { child, said, ended, says };
}

const recorded = (): { name: string; pid: number }[] =>
  (JSON.parse(readFileSync(pidFile, 'utf8')) as { programs: { name: string; pid: number }[] }).programs;

const untilGone = (pids: number[]) =>
  until(
    'all programs to be gone',
    async () => pids.filter(isAlive),
    (alive) => alive.length === 0,
  );

/**
 * The status codes with which the API answers the sandbox's callbacks on one message of each provider: of Twilio's two by a token
 * that somebody has guessed, and of SendGrid's two by the key of the sandbox.
 */
async function answersToCallbacks(api: string, sandbox: string): Promise<(number | null)[]> {
  const account = `AC${'0'.repeat(32)}`;
  const StatusCallback = `${api}/v1/webhooks/twilio?invitation=nobody`;
  await fetch(`${sandbox}/2010-04-01/Accounts/${account}/Messages.json`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${account}:sandbox`)}` },
    body: new URLSearchParams({ To: '+447911123456', From: '+12025550100', Body: 'Hello', StatusCallback }),
  });
  await fetch(`${sandbox}/v3/mail/send`, {
    method: 'POST',
    headers: { Authorization: 'Bearer SG.sandbox.key', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      from: { email: 'a@example.com' },
      subject: 'Hello',
      content: [{ type: 'text/plain', value: 'Join' }],
      personalizations: [{ to: [{ email: 'ann@example.com' }], custom_args: { invitation: 'nobody' } }],
    }),
  });
  return statusesOfCallbacks(sandbox);
}

async function statusesOfCallbacks(sandbox: string): Promise<(number | null)[]> {
  const callbacks = await until(
    'the callbacks to be answered',
    async () => ((await (await fetch(`${sandbox}/__callbacks`)).json()) as { callbacks: CallbackEntry[] }).callbacks,
    (all) => all.every(({ done }) => done),
    20_000,
  );
  return callbacks.map(({ status }) => status);
}

/** The ids of all schedules, as the Temporal UI lists them. */
async function schedulesAt(temporalUi: string): Promise<string[]> {
  const response = await fetch(new URL('/api/v1/namespaces/default/schedules', temporalUi));
  const { schedules = [] } = (await response.json()) as { schedules?: { scheduleId: string }[] };
  return schedules.map(({ scheduleId }) => scheduleId);
}

test('Killed programs come back; after a killed start the next one cleans up; no file but the database holds a person', async () => {
  const mongodbPort = await freePort();
  const first = start([], { LOG_LEVEL: 'trace', MONGODB_PORT: `${mongodbPort}` });
  await first.says('Press Ctrl-C to stop.');
  const [url, inbox, temporalUi] = ['API', 'Sandbox inbox', 'Temporal UI'].map(
    (what) => new RegExp(`${what} +(http\\S+)`).exec(first.said.out)![1]!,
  );
  // Each callback is signed, and forged ones get 403.
  expect(await answersToCallbacks(url!, inbox!)).toEqual([403, 403, 204, 204]);
  const keys = JSON.parse(readFileSync(join(data, 'keys.json'), 'utf8')) as Record<string, string>;
  const { systemAdministrator } = keys;
  const secrets = await importCanaries(url!, inbox!, systemAdministrator!);
  await failWithCanaries(mongodUri(mongodbPort));
  expect(secrets.length).toBeGreaterThanOrEqual(12);
  expect((await statusesOfCallbacks(inbox!)).sort()).toEqual([
    204,
    204,
    ...secrets.flatMap(() => [204, 204]),
    403,
    403,
  ]);
  await until(
    'the schedules of the reminders and of the watermark',
    () => schedulesAt(temporalUi!),
    (ids) => ids.length > 1,
  );
  expect((await schedulesAt(temporalUi!)).sort()).toEqual([
    reminderScheduleId('client-import'),
    'client-import-watermark:client-import',
  ]);
  expect(await exportHistories(temporalUi!, join(data, 'exported'))).toBeGreaterThanOrEqual(5);
  const programs = recorded();
  expect(programs.map(({ name }) => name).sort()).toEqual(NAMES);
  programs.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
  for (const name of NAMES) await first.says(`${name} is back.`);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  const restarted = recorded();
  first.child.kill('SIGKILL');
  await first.ended;

  const second = start(['--exit', 'examples/clients.csv']);
  expect(await second.ended).toBe(2);
  expect(second.said.err).toMatch(/Stopped programs left running by an earlier start: .*temporal/);
  expect(second.said.out).toContain('clients.csv');
  await untilGone(restarted.map(({ pid }) => pid));
  expect(existsSync(pidFile)).toBe(false);

  const scanned = filesIn(data);
  const logs = NAMES.flatMap((name) => [`logs/${name}.log`, `logs/${name}.previous.log`]);
  expect(scanned).toEqual(expect.arrayContaining(['keys.json', 'temporal/temporal.db', ...logs]));
  // The keys stand in the file that is made for them, and nowhere else.
  const leaks = leaksIn(data, [...secrets, ...Object.values(keys)]);
  expect(leaks.filter((leak) => !leak.startsWith('keys.json: '))).toEqual([]);
}, 300_000);

test('A second start with the same data is rejected; Ctrl-C, which npm doubles, ends the first in order within 10 s', async () => {
  const { child, said, ended, says } = start([]);
  await says('Press Ctrl-C to stop.');
  const programs = recorded();
  const second = start([]);
  expect(await second.ended).toBe(1);
  expect(second.said.err).toMatch(/^client-import runs already with the data in .* \(process \d+\)/);
  expect(programs.filter(({ pid }) => isAlive(pid))).toHaveLength(NAMES.length);

  const pressedAt = Date.now();
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(Date.now() - pressedAt).toBeLessThan(10_000);
  await untilGone(programs.map(({ pid }) => pid));
  expect(said.err).not.toContain('restarting it');
  for (const [name, farewell] of [
    ['api', 'api has stopped'],
    ['worker', 'worker has stopped'],
  ] as const) {
    expect(readFileSync(join(data, 'logs', `${name}.log`), 'utf8')).toContain(farewell);
  }
}, 240_000);

test('A problem with files, ports or settings is reported in one message before anything starts', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const PORT = String((server.address() as AddressInfo).port);
  const message = async (args: string[], environment: NodeJS.ProcessEnv): Promise<string> => {
    const { said, ended } = start(args, environment);
    expect(await ended).toBe(1);
    return said.err;
  };
  expect(await message(['nowhere.csv'], {})).toBe(
    `There is no file ${join(PROJECT, 'nowhere.csv')}. Check its name.\n`,
  );
  expect(await message(['examples'], {})).toBe(
    `${join(PROJECT, 'examples')} is not a file. Name the CSV files themselves.\n`,
  );
  expect(await message([], { PORT })).toMatch(/^Port \d+, meant for the API, is used .*\n$/);
  expect(await message([], { EMAIL_BATCH_SIZE: '0' })).toMatch(
    /^The environment has invalid settings:\n.*EMAIL_BATCH_SIZE.*\n$/,
  );
  const offline = {
    TEMPORAL_CLI_PATH: '',
    MONGOD_PATH: '',
    PATH: '',
    XDG_CACHE_HOME: tempFolder.at('cache'),
    CLIENT_IMPORT_OFFLINE: '1',
  };
  expect(await message([], offline)).toMatch(
    /Could not find or fetch temporal\.(.*\n)+.*Could not find or fetch mongod\./,
  );
  server.close();
}, 180_000);

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../../local/settings/data-folder';
import { createPidFile } from '../../local/processes/pid-file';
import { freePort } from '../../local/servers/ports';
import { readSettings } from '../../local/settings/settings';
import { createStack } from '../../local/stack';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { controlSandbox, invitedTwice } from '../support/sandbox-control';
import type { SandboxControl } from '../support/sandbox-control';
import { until } from '../support/until';

const ROWS = 300;
const PORTS = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'];

/**
 * The whole product as `npm start` runs it: every part a process of its own, and killed in turn. The worker's crashes are in
 * `chaos.test.ts`, those of the API in `api-crashes.test.ts`.
 */
describe('A crash in the middle of an import', () => {
  const data = mkdtempSync(join(tmpdir(), 'client-import-crashes-'));
  let stack: ReturnType<typeof createStack>;
  let api: ApiCaller;
  let sandbox: SandboxControl;
  let pidFile: string;

  beforeAll(async () => {
    const ports = await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const));
    const settings = await readSettings({
      ...process.env,
      ...SHORT_WINDOWS,
      // Several groups a file, so that a crash finds some sent and some waiting.
      SMS_CONCURRENCY: '32',
      ...Object.fromEntries(ports),
      CLIENT_IMPORT_DATA: data,
      TEMPORAL_CLI_PATH: process.env.TEST_TEMPORAL_BINARY,
      MONGOD_PATH: process.env.TEST_MONGOD_BINARY,
    });
    const folder = dataFolderAt(settings.dataFolder);
    await prepareDataFolder(folder);
    pidFile = folder.pidFile;
    const keys = await loadKeys(folder.keys);
    stack = createStack({ settings, folder, keys, pids: createPidFile(pidFile), note: () => undefined });
    await stack.start();
    api = createApiCaller(settings.apiUrl, keys.systemAdministrator);
    sandbox = controlSandbox(settings.sandbox!.url, 'Harbour Wealth');
    await fetch(`${sandbox.url}/__settings`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ latencyMs: 300 }),
    });
  }, 120_000);
  afterAll(async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  });

  /** Kills the programs at the same moment, once all of them run: one that was killed before may still be on its way back. */
  const kill = async (names: readonly string[], signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const running = await until(
      `${names.join(', ')} to run`,
      async () => (JSON.parse(readFileSync(pidFile, 'utf8')) as { programs: { name: string; pid: number }[] }).programs,
      (programs) => names.every((name) => programs.some((program) => program.name === name)),
    );
    for (const { name, pid } of running) if (names.includes(name)) process.kill(pid, signal);
  };

  /** Some of its people have their SMS, and others wait for theirs. */
  const untilUnderWay = async (id: string): Promise<void> => {
    const { invitations } = await until(
      'the first invitations',
      () => api.find(id),
      ({ invitations: { sms } }) => sms.sent + sms.delivered > 0,
    );
    expect(invitations.sms.sent + invitations.sms.delivered).toBeLessThan(ROWS);
  };

  test.each(['mongod', 'temporal'].map((name, i) => [name, i] as const))(
    'When the %s is killed with kill -9, then the import goes on to its end by itself, nobody is lost and nobody is invited twice',
    async (name, i) => {
      const rows = people(ROWS, name, () => ({}), i * ROWS);
      const { body } = await api.upload({ name: `${name}.csv`, content: toCsv(rows) });
      const { id } = body.imports[0]!;
      await untilUnderWay(id);

      await kill([name]);
      const done = await api.rest(id, 90_000);

      expect(done).toMatchObject({ lines: ROWS, rows: { created: ROWS } });
      const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
      const received = (await sandbox.messages()).filter(({ to }) => addresses.has(to));
      expect(invitedTwice(received)).toEqual([]);
      for (const channel of ['email', 'sms'] as const) {
        // Their delivery is reported meanwhile.
        const { sent, delivered, ...others } = done.invitations[channel];
        expect(sent + delivered).toBe(ROWS);
        expect(Object.values(others).every((count) => count === 0)).toBe(true);
        const got = received.filter(({ provider }) => (provider === 'twilio') === (channel === 'sms')).length;
        expect(got).toBe(ROWS);
      }
      expect(done.status).toBe('completed');
    },
    120_000,
  );

  test('When the worker is told to stop with SIGTERM, then it writes down what it has sent and leaves nothing in doubt', async () => {
    const rows = people(ROWS, 'sigterm', () => ({}), 5 * ROWS);
    const { body } = await api.upload({ name: 'sigterm.csv', content: toCsv(rows) });
    const { id } = body.imports[0]!;
    await untilUnderWay(id);

    await kill(['worker'], 'SIGTERM');
    const done = await api.rest(id, 90_000);

    expect(done.status).toBe('completed');
    for (const { sent, delivered } of Object.values(done.invitations)) expect(sent + delivered).toBe(ROWS);
  }, 120_000);

  test('When the worker is killed with kill -9 while it undoes an import, then each person is removed all the same', async () => {
    const rows = people(ROWS, 'undone', () => ({}), 6 * ROWS);
    const { body } = await api.upload({ name: 'undone.csv', content: toCsv(rows) });
    const { id } = body.imports[0]!;
    await api.rest(id, 90_000);
    const undo = (planHash?: string) =>
      api.call<{ planHash: string }>('POST', `/v1/imports/${id}/undo`, {
        body: JSON.stringify({ ...(planHash !== undefined && { planHash }) }),
        headers: { 'Content-Type': 'application/json' },
      });
    const asking = undo((await undo()).body.planHash);
    await until(
      'the undo to begin',
      () => api.find(id),
      ({ status }) => status === 'undoing' || status === 'undone',
    );
    await kill(['worker']);
    expect((await asking).status).toBeLessThan(300);
    const done = await until(
      'its end',
      () => api.find(id),
      ({ status }) => status === 'undone',
      90_000,
    );
    expect(done).toMatchObject({ lines: ROWS, rows: { undone: ROWS, created: 0 } });
  }, 120_000);

  test('When everything is killed at once, then nothing of an upload that was answered is lost', async () => {
    const rows = people(ROWS, 'everything', () => ({}), 4 * ROWS);
    const { status, body } = await api.upload({ name: 'everything.csv', content: toCsv(rows) });
    expect(status).toBe(202);
    await kill(['mongod', 'temporal', 'worker', 'api']);

    const done = await api.rest(body.imports[0]!.id, 110_000);

    expect(done).toMatchObject({ lines: ROWS, rows: { created: ROWS } });
    expect(invitedTwice((await sandbox.messages()).filter(({ to }) => to.includes('.everything@')))).toEqual([]);
  }, 120_000);
});

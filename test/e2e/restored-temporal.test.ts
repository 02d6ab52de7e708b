import { existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../local/servers/ports';
import type { Program } from '../../local/processes/program';
import { startTemporalServer } from '../../local/servers/temporal-server';
import { createRunFolder } from '../local/run-folder';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** Server and workers are stopped and started twice in each test, which takes seconds each time. */
jest.setTimeout(240_000);

/** The log of the database belongs to it: some commits are nowhere else. */
const FILES = ['', '-wal', '-shm'];

async function removeDatabase(path: string): Promise<void> {
  for (const file of FILES) await rm(`${path}${file}`, { force: true });
}

async function copyDatabase(from: string, to: string): Promise<void> {
  await removeDatabase(to);
  for (const file of FILES) if (existsSync(`${from}${file}`)) await copyFile(`${from}${file}`, `${to}${file}`);
}

describe('When MongoDB is newer than Temporal, then', () => {
  const { path: folder, pids } = createRunFolder();
  const dbFile = join(folder, 'temporal.db');
  const shared = process.env.TEST_TEMPORAL_ADDRESS;
  let port: number;
  let server: Program;
  let stack: Stack;
  let stopWorker: () => Promise<void>;

  const startServer = async () => {
    const binary = process.env.TEST_TEMPORAL_BINARY!;
    const options = { binary, dbFile, port, logFile: join(folder, 'temporal.log'), pids };
    server = await startTemporalServer(options, new AbortController().signal);
  };
  /** Stops the workers and the server, changes its data, and starts both again. */
  async function whileStopped(change: () => Promise<void>): Promise<void> {
    await stopWorker();
    await server.stop(5_000);
    await change();
    await startServer();
    stopWorker = await stack.startWorker();
  }

  beforeAll(async () => {
    port = await freePort();
    await startServer();
    process.env.TEST_TEMPORAL_ADDRESS = `127.0.0.1:${port}`;
    stack = await startStack(SHORT_WINDOWS, { worker: false });
    stopWorker = await stack.startWorker();
  });
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
    await server.stop(5_000);
    process.env.TEST_TEMPORAL_ADDRESS = shared;
    await rm(folder, { recursive: true, force: true });
  });

  let used = 0;
  const csv = (count: number, tag: string) => toCsv(people(count, tag, () => ({}), (used += count) - count));
  const statusIs = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
      60_000,
    );
  /** Has the outbox look soon for imports without a workflow, which it does every 30 s. */
  const checkSoon = () =>
    stack.db.collection('imports').updateMany({ checkAt: { $exists: true } }, { $set: { checkAt: new Date() } });

  test.each([
    ['goes back to an earlier time', (earlier: string) => copyDatabase(earlier, dbFile)],
    ['has lost everything', () => removeDatabase(dbFile)],
  ])('if Temporal %s, every import comes to its end and nothing is sent twice', async (what, change) => {
    const tag = what.split(' ')[0]!;
    const refused = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612 });
    const attention = await stack.api.importId(csv(3, `attention${tag}`));
    await statusIs(attention, 'needs-attention');
    await stack.sandbox.lift(refused);
    const busy = await stack.sandbox.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 1 });
    const underWay = await stack.api.importId(csv(4, `underway${tag}`));
    const openStill = await stack.api.importId(csv(4, `open${tag}`));
    for (const id of [underWay, openStill])
      await until(
        'its e-mails',
        () => stack.api.find(id),
        ({ invitations }) => invitations.email.sent === 4,
      );

    const earlier = `${dbFile}.earlier`;
    await whileStopped(() => copyDatabase(dbFile, earlier));
    // What Temporal will not know: one import ends, and one begins.
    await stack.sandbox.lift(busy);
    await statusIs(underWay, 'completed');
    const begunSince = await stack.api.importId(csv(3, `since${tag}`));
    await statusIs(begunSince, 'completed');

    await whileStopped(() => change(earlier));
    await checkSoon();
    await stack.api.retry(attention);

    for (const id of [attention, underWay, openStill, begunSince]) await statusIs(id, 'completed');
    const messages = await stack.sandbox.messages();
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages.filter(({ to }) => to.includes(tag))).toHaveLength(3 + 4 + 4 + 3);
  });
});

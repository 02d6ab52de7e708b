import { Client, Connection } from '@temporalio/client';
import { existsSync, statSync } from 'node:fs';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';
import { launch, untilReady } from '../../local/processes/program';
import type { Program } from '../../local/processes/program';
import { freePort } from '../../local/servers/ports';
import { createNamespaceCheck, startTemporalServer } from '../../local/servers/temporal-server';
import type { TemporalServerOptions } from '../../local/servers/temporal-server';
import { until } from '../support/until';
import { createTempFolder } from './temp-folder';

/** Workflows of one organisation, and of four others: with four partitions chance would decide about their order. */
const MANY = 60;
const LONE = ['first', 'second', 'third', 'fourth'] as const;
const WORKFLOWS = 1; // temporal.api.enums.v1.TaskQueueType

const binary = process.env['TEST_TEMPORAL_BINARY']!;
const tempFolder = createTempFolder();
const { pids } = tempFolder;
const programs: Program[] = [];
tempFolder.atEnd(() => Promise.all(programs.map((program) => program.stop(3_000))));

async function start(options: Partial<TemporalServerOptions> & { port: number }): Promise<Program> {
  const place = { dbFile: tempFolder.at('temporal.db'), logFile: tempFolder.at('temporal.log') };
  const program = await startTemporalServer({ binary, pids, ...place, ...options }, new AbortController().signal);
  programs.push(program);
  return program;
}

async function withClient<T>(port: number, work: (client: Client) => Promise<T>, namespace = 'default'): Promise<T> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

test('The history of a workflow survives a kill, to the last event', async () => {
  const port = await freePort();
  const killed = await start({ port });
  const before = await withClient(port, async (client) => {
    const handle = await client.workflow.start('waits', { taskQueue: 'nobody', workflowId: 'kept' });
    await handle.signal('told', { line: 17 });
    return handle.fetchHistory();
  });
  expect(before.events).toHaveLength(3);
  process.kill(killed.pid, 'SIGKILL');
  await killed.ended;

  await start({ port });
  const after = await withClient(port, (client) => client.workflow.getHandle('kept').fetchHistory());
  expect(after.events).toEqual(before.events);
});

test('A commit is written ahead, and a database of before is taken over', async () => {
  const dbFile = tempFolder.at('ahead.db');
  const [earlier, port] = [await freePort(), await freePort()];
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    `${earlier}`,
    '--db-filename',
    dbFile,
  ];
  const before = launch({
    name: 'temporal',
    command: binary,
    args,
    env: process.env,
    pids,
    logFile: tempFolder.at('log'),
  });
  programs.push(before);
  const check = createNamespaceCheck({ address: `127.0.0.1:${earlier}` }, 'default');
  await untilReady(before, { isReady: () => check.run(), limitMs: 30_000, signal: new AbortController().signal });
  await check.close();
  const startOne = (on: number, workflowId: string) =>
    withClient(on, (client) => client.workflow.start('waits', { taskQueue: 'nobody', workflowId }));
  await startOne(earlier, 'begun before');
  expect(existsSync(`${dbFile}-wal`)).toBe(false);
  process.kill(before.pid, 'SIGKILL');
  await before.ended;

  await start({ port, dbFile });
  const logged = (): number => statSync(`${dbFile}-wal`).size;
  const size = logged();
  await startOne(port, 'begun since');
  expect(logged()).toBeGreaterThan(size);
  const found = await withClient(port, async ({ workflow }) =>
    Promise.all(['begun before', 'begun since'].map((id) => workflow.getHandle(id).fetchHistory())),
  );
  expect(found.map(({ events }) => events?.length)).toEqual([2, 2]);
});

test('It has our search attributes, a UI, and the namespace it was given', async () => {
  const [port, uiPort] = [await freePort(), await freePort()];
  await start({ port, uiPort, dbFile: tempFolder.at('other.db'), namespace: 'elsewhere' });
  const { customAttributes } = await withClient(port, ({ connection }) =>
    connection.operatorService.listSearchAttributes({ namespace: 'elsewhere' }),
  );
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES)));
  // It is a server of its own, which is not waited for by the start.
  await until(
    'the UI',
    async () => (await fetch(`http://127.0.0.1:${uiPort}/namespaces/elsewhere/workflows`)).status,
    (status) => status === 200,
  );
});

test('Organisations with one workflow each are next, however many another has waiting', async () => {
  const port = await freePort();
  await start({ port, dbFile: tempFolder.at('fair.db') });
  const asked = await withClient(port, async ({ connection, workflow, workflowService }) => {
    const taskQueue = { name: 'shared', normalName: '' };
    const startFor = (fairnessKey: string, name: string): Promise<unknown> =>
      workflow.start('waits', { taskQueue: taskQueue.name, workflowId: name, priority: { fairnessKey } });
    await Promise.all(Array.from({ length: MANY }, (_, i) => startFor('many', `many ${i}`)));
    await Promise.all(LONE.map((name) => startFor(name, name)));
    const question = { namespace: 'default', taskQueue, taskQueueType: WORKFLOWS, reportStats: true };
    await until(
      'all tasks in the queue',
      async () => Number((await workflowService.describeTaskQueue(question)).stats?.approximateBacklogCount),
      (waiting) => waiting === MANY + LONE.length,
    );
    const order: string[] = [];
    for (let i = 0; i < 2 * LONE.length; i++) {
      const poll = { namespace: 'default', taskQueue, identity: 'test' };
      const task = await connection.withDeadline(Date.now() + 10_000, () =>
        workflowService.pollWorkflowTaskQueue(poll),
      );
      order.push(task.workflowExecution!.workflowId!);
    }
    return order;
  });
  expect(asked).toEqual(expect.arrayContaining([...LONE]));
}, 120_000);

test('If its port is in use, the error names the port and the solutions, and the other server is not used', async () => {
  const port = await freePort();
  await start({ port, dbFile: tempFolder.at('first.db') });
  await expect(start({ port, dbFile: tempFolder.at('second.db') })).rejects.toThrow(
    new RegExp(`^Port ${port}, meant for the Temporal server, is used .* TEMPORAL_ADDRESS=127.0.0.1:${port}\\.$`),
  );
});

test('If the binary is another program, the error comes at once and shows its output', async () => {
  const wrong = tempFolder.script('wrong', 'echo "error: what is a server?" >&2; exit 2');
  await expect(start({ port: await freePort(), binary: wrong })).rejects.toThrow(
    'temporal ended before it was ready (exit code 2). Its output:\n  | error: what is a server?',
  );
});

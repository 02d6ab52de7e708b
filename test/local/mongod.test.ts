import { MongoClient } from 'mongodb';
import { startMongod } from '../../local/servers/mongod';
import { freePort } from '../../local/servers/ports';
import type { Program } from '../../local/processes/program';
import { createTempFolder } from './temp-folder';

const binary = process.env['TEST_MONGOD_BINARY']!;
const tempFolder = createTempFolder();
const { pids } = tempFolder;
const never = new AbortController().signal;
const programs: Program[] = [];
tempFolder.atEnd(() => Promise.all(programs.map((program) => program.stop(3_000))));

async function start(port: number, folder = 'data'): Promise<Program> {
  const options = { binary, dbPath: tempFolder.at(folder), port, logFile: tempFolder.at('mongod.log'), pids };
  const program = await startMongod(options, never);
  programs.push(program);
  return program;
}

/** Connects through the replica set, as the product does: that works only if the set names the right address. */
async function withCollection<T>(port: number, work: (c: ReturnType<typeof collectionOf>) => Promise<T>): Promise<T> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=client-import`, {
    serverSelectionTimeoutMS: 5_000,
  });
  try {
    return await work(collectionOf(client));
  } finally {
    await client.close();
  }
}
const collectionOf = (client: MongoClient) => client.db('test').collection<{ _id: string }>('kept');

test('Acknowledged writes survive a kill, and a move to another port', async () => {
  const [first, second] = [await freePort(), await freePort()];
  const killed = await start(first);
  await withCollection(first, (kept) =>
    kept.insertOne({ _id: 'before the kill' }, { writeConcern: { w: 'majority', journal: true } }),
  );
  process.kill(killed.pid, 'SIGKILL');
  expect(await killed.ended).toBe('killed by SIGKILL');

  const again = await start(first);
  await withCollection(first, (kept) => kept.insertOne({ _id: 'before the move' }));
  await again.stop(30_000);
  expect(await again.ended).toBe('exit code 0');

  await start(second);
  const found = await withCollection(second, (kept) => kept.find().sort({ _id: 1 }).toArray());
  expect(found.map(({ _id }) => _id)).toEqual(['before the kill', 'before the move']);
});

test('It supports transactions', async () => {
  const port = await freePort();
  await start(port, 'transactions');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=client-import`);
  await client.withSession((session) =>
    session.withTransaction(async () => void (await collectionOf(client).insertOne({ _id: 'x' }, { session }))),
  );
  expect(await collectionOf(client).countDocuments()).toBe(1);
  await client.close();
});

test('If another mongod has the data open, the error shows the output of mongod', async () => {
  await start(await freePort(), 'shared');
  await expect(start(await freePort(), 'shared')).rejects.toThrow(
    /^mongod ended before it was ready \(exit code 100\)\. Its output:\n.*DBPathInUse/s,
  );
});

test('If its port is in use, the error names the port and the solutions, and nothing is started', async () => {
  const port = await freePort();
  await start(port, 'owner');
  await expect(start(port, 'late')).rejects.toThrow(`Port ${port}, meant for mongod, is used by another program.`);
});

test('What has changed stays in its small cache, not to be written back before it changes again', async () => {
  const port = await freePort();
  await start(port, 'cache');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=client-import`);
  const rows = client.db('test').collection<{ _id: string; text: string }>('rows');
  for (let page = 0; page < 80; page++) {
    const ids = Array.from({ length: 500 }, (_, line) => `${page}:${line}`);
    await rows.insertMany(ids.map((_id) => ({ _id, text: 'x'.repeat(600) })));
  }
  const { wiredTiger } = await client.db('admin').command({ serverStatus: 1 });
  await client.close();
  const { cache } = wiredTiger as { cache: Record<string, number> };
  // By default it is kept below 5 %.
  const share = cache['tracked dirty bytes in the cache']! / cache['maximum bytes configured']!;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.6);
});

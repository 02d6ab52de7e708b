import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { MongoClient } from 'mongodb';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PROJECT } from '../../local/processes/project';
import { openStore } from '../../store/index';
import type { Store } from '../../store/index';
import { checkWatermark } from '../../worker/watch-restores';
import { settingsFor, sharedServers, uniqueName } from '../support/environment';

const ALWAYS = 0;

describe('A database that was restored to an earlier moment', () => {
  const servers = sharedServers();
  const name = uniqueName('watermark-');
  const mongo = new MongoClient(servers.mongodbUri);
  const marks = mongo.db(name).collection<{ _id: string }>('watermarks');
  let connection: NativeConnection;
  let temporal: Client;
  let store: Store;
  beforeAll(async () => {
    connection = await NativeConnection.connect({ address: servers.temporalAddress });
    temporal = new Client({ connection });
    store = await openStore(servers.mongodbUri, name);
  });
  afterAll(async () => {
    await temporal.schedule.getHandle(`client-import-watermark:${name}`).delete();
    await store.close();
    await mongo.db(name).dropDatabase();
    await Promise.all([mongo.close(), connection.close()]);
  });

  const check = () => checkWatermark({ store, temporal, taskQueue: name }, ALWAYS);
  /** What the database knew at the moment of a backup, and what comes of a restore. */
  const backUp = async () => {
    const backup = (await marks.findOne())!;
    return () => marks.replaceOne({ _id: backup._id }, backup);
  };

  test('is recognised by what Temporal knows, until it was told so; then what it missed is known again', async () => {
    await check();
    const restore = await backUp();
    await check();
    await check();
    await restore();
    await expect(check()).rejects.toThrow(/^MONGODB_URI: this database was restored.*admin after-restore --yes/);

    await store.restores.hold();
    await check();
    await restore();
    await expect(check()).rejects.toThrow('was restored');
    await store.restores.hold();
  });

  test('keeps a worker from starting, which says what to do', async () => {
    const restore = await backUp();
    await check();
    await restore();
    const env = { ...process.env, ...settingsFor(name, servers) };
    const start = promisify(execFile)(process.execPath, ['--import', 'tsx', 'worker/main.ts'], { cwd: PROJECT, env });
    await expect(start).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('admin after-restore --yes') as string,
    });
    await store.restores.hold();
  }, 60_000);

  test('is told from a new database, and from a Temporal that is new or older', async () => {
    const restore = await backUp();
    await marks.deleteMany({});
    await check();
    await restore();
    // Another database was noted meanwhile.
    await check();
    await temporal.schedule.getHandle(`client-import-watermark:${name}`).delete();
    await check();
    await store.watermark.raise();
    await check();
  });

  test('is not seen in one that several workers use at the same time', async () => {
    const checks = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 5; n += 1) await check();
    });
    await Promise.all(checks);
    const { state } = await temporal.schedule.getHandle(`client-import-watermark:${name}`).describe();
    expect(state.paused).toBe(true);
    expect(state.note).toContain('was worked on until');
  });
});

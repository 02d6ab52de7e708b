import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { removeOrphans } from '../../api/temporal/sweep';
import { answersOk, startNodeProgram } from '../../local/processes/node-program';
import { freePort } from '../../local/servers/ports';
import type { Program } from '../../local/processes/program';
import { createRunFolder } from '../local/run-folder';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller, UploadedFile } from '../support/api-caller';
import { settingsFor, sharedServers } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const ROWS = 4;
const FILES = 2;
const never = new AbortController().signal;

/**
 * The API as a process of its own, killed with kill -9 in the middle of an upload, step by step, and started again each time.
 * Nobody else sweeps: what goes on after a crash goes on by what the next API does.
 */
describe('An API that is killed in the middle of an upload', () => {
  const { path: folder, pids } = createRunFolder();
  const logFile = join(folder, 'api.log');
  let stack: Stack;
  let env: Record<string, string>;
  let url: string;
  let api: ApiCaller;
  let running: Program;

  const start = async (): Promise<void> => {
    running = await startNodeProgram(
      {
        name: 'api',
        entry: 'test/support/mortal-api.ts',
        env: { ...process.env, ...env },
        logFile,
        pids,
        isReady: () => answersOk(`${url}/livez`),
      },
      never,
    );
  };

  beforeAll(async () => {
    stack = await startStack({}, { sweep: false });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = { ...settingsFor(stack.name, sharedServers()), PORT: `${port}` };
    api = createApiCaller(url, stack.api.key);
    await start();
  });
  afterAll(async () => {
    await (running as Program | undefined)?.stop(3_000);
    rmSync(folder, { recursive: true, force: true });
    await stack.stop();
  });

  interface Upload {
    key: string;
    names: string[];
    files: UploadedFile[];
  }
  let uploads = 0;
  const anUpload = (): Upload => {
    const from = ++uploads * FILES * ROWS;
    const files = Array.from({ length: FILES }, (_, i) => ({
      name: `${uploads}-${i}.csv`,
      content: toCsv(people(ROWS, `apikill${uploads}f${i}`, undefined, from + i * ROWS)),
    }));
    return { key: randomUUID(), names: files.map(({ name }) => name), files };
  };
  const send = ({ key, files }: Upload) => api.uploadAs({ 'Idempotency-Key': key }, {}, ...files);
  const importsOf = ({ names }: Upload) =>
    stack.db
      .collection<{ _id: string }>('imports')
      .find({ fileName: { $in: names } })
      .sort({ fileName: 1 })
      .map(({ _id }) => _id)
      .toArray();

  /** Sends the upload to an API that dies at the step, and starts another one. */
  async function sendInVain(upload: Upload, step: string): Promise<void> {
    await fetch(`${url}/__die/${encodeURIComponent(step)}`, { method: 'PUT' });
    await expect(send(upload)).rejects.toThrow('fetch failed');
    expect(await running.ended).toBe('killed by SIGKILL');
    await start();
  }

  async function expectOneImportOfEach(upload: Upload, stored: string[]): Promise<void> {
    const { status, headers, body } = await send(upload);
    expect(status).toBe(202);
    expect(body.imports.map(({ fileName }) => fileName)).toEqual(upload.names);
    expect(headers.get('idempotency-replayed')).toBe(stored.length > 0 ? 'true' : null);
    const now = await importsOf(upload);
    expect(now).toEqual(body.imports.map(({ id }) => id));
    if (stored.length > 0) expect(now).toEqual(stored);
  }

  const cutInHalf = anUpload();
  test('When it is killed while the imports are written down, then none of them is there', async () => {
    await sendInVain(cutInHalf, 'before commit');
    expect(await importsOf(cutInHalf)).toEqual([]);
  });

  test.each([
    ['when the first of two files is stored', 'after uploads.save', 0],
    ['when the files are stored', 'before intake.createOnce', 0],
    ['when the imports are written down and before it starts a workflow', 'before service.start', FILES],
    ['after it has started a workflow and before it answers', 'after service.start', FILES],
  ])(
    'When it is killed %s, then whoever repeats the request with its key gets one import of each file',
    async (_when, step, stored) => {
      const upload = anUpload();
      await sendInVain(upload, step);
      const before = await importsOf(upload);
      expect(before).toHaveLength(stored);
      await expectOneImportOfEach(upload, before);
    },
  );

  test('When it is killed while it reads the request, then whoever repeats it gets one import of each file', async () => {
    const pieces = stack.db.collection('uploads.chunks');
    const before = await pieces.countDocuments();
    const upload = anUpload();
    const broken = new Promise<NodeJS.ErrnoException>((resolve) => {
      const half = request(`${url}/v1/imports`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${api.key}`,
          'Idempotency-Key': upload.key,
          'Content-Type': 'multipart/form-data; boundary=x',
          'Content-Length': 2_000_000,
        },
      });
      half.on('error', resolve);
      half.write('--x\r\nContent-Disposition: form-data; name="files"; filename="half.csv"\r\n\r\n');
      half.write('a'.repeat(1_000_000));
    });
    await until(
      'the first pieces of the file',
      () => pieces.countDocuments(),
      (count) => count > before,
    );
    process.kill(running.pid, 'SIGKILL');
    expect(['ECONNRESET', 'EPIPE']).toContain((await broken).code);
    await running.ended;
    await start();
    await expectOneImportOfEach(upload, []);
  });

  test('When the database has given up what was being written down at a kill, then that request can be repeated too', async () => {
    await expectOneImportOfEach(cutInHalf, []);
  });

  test('When all of this is over, then every import has come to its end by itself, nobody was invited twice and no file is left over', async () => {
    const imports = stack.db.collection<{ _id: string }>('imports');
    const ids = await imports.distinct('_id');
    expect(ids).toHaveLength(uploads * FILES);
    const done = await Promise.all(ids.map((id) => api.rest(id)));
    for (const one of done)
      expect(one).toMatchObject({
        status: 'completed',
        lines: ROWS,
        rows: { created: ROWS },
        invitations: { email: { sent: ROWS }, sms: { sent: ROWS } },
      });
    const messages = await stack.sandbox.messages();
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages).toHaveLength(2 * uploads * FILES * ROWS);

    const files = stack.db.collection<{ _id: string }>('uploads.files');
    const pieces = stack.db.collection('uploads.chunks');
    expect(await pieces.distinct('files_id').then((found) => found.length)).toBeGreaterThan(ids.length);
    await removeOrphans(stack.store.uploads, new Date());
    expect((await files.distinct('_id')).sort()).toEqual(ids.sort());
    expect((await pieces.distinct('files_id')).sort()).toEqual(ids);
    expect(await stack.db.collection('pending_uploads').countDocuments()).toBe(0);
  });
});

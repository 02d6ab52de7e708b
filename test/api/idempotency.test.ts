import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';
import { keyId } from '../../api/uploads/idempotency';
import { importWorkflowId } from '../../contract/import';
import { collectionsOf } from '../../store/documents';
import type { Collections } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { createFolder, runCli } from '../cli/cli';
import type { Answer, UploadAnswer, UploadedFile } from '../support/api-caller';
import { sharedServers } from '../support/environment';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const MAX_BYTES = 20_000;
const WEEK_SECONDS = 7 * 24 * 3600;

interface Refusal {
  code: string;
  detail: string;
}

describe('A request with an Idempotency-Key', () => {
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack({ UPLOAD_MAX_BYTES: `${MAX_BYTES}`, UPLOAD_MAX_FILES: '3' });
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  let count = 0;
  const aFile = (name = 'clients.csv'): UploadedFile => ({
    name,
    content: toCsv(people(2, `key${count}`, undefined, 2 * count++)),
  });
  const send = (key: string, files: UploadedFile[], options: Record<string, string> = {}) =>
    stack.api.uploadAs({ 'Idempotency-Key': key }, options, ...files);
  const refusal = (answer: Answer<unknown>) => ({ status: answer.status, ...(answer.body as Refusal) });
  const storedFiles = () => stack.db.collection('uploads.files').countDocuments();
  const stored = async () => ({ imports: await collections.imports.countDocuments(), files: await storedFiles() });
  const restAll = ({ body }: Answer<UploadAnswer>) => Promise.all(body.imports.map(({ id }) => stack.api.rest(id)));
  /** What nobody waits for is removed a moment after the answer. */
  const expectStored = (expected: Awaited<ReturnType<typeof stored>>) =>
    until('unused files to be removed', stored, (now) => JSON.stringify(now) === JSON.stringify(expected));

  test('When the same upload comes fifty times at once, then it is one import and one workflow, with fifty equal answers', async () => {
    const before = await stored();
    const [key, file] = [randomUUID(), aFile()];
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(key, [file])));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
    expect(await stored()).toEqual({ imports: before.imports + 1, files: before.files + 1 });
    expect(await collections.pendingUploads.countDocuments()).toBe(0);

    const { id } = answers[0]!.body.imports[0]!;
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', lines: 2, rows: { created: 2 } });
    const workflows = async (): Promise<string[]> => {
      const found = [];
      for await (const { workflowId } of stack.temporal.workflow.list({ query: `TaskQueue = '${stack.name}'` }))
        found.push(workflowId);
      return found.filter((workflowId) => workflowId.startsWith(importWorkflowId('')));
    };
    const listed = await until('the workflow to be listed', workflows, (found) => found.length > 0);
    expect(listed).toEqual([importWorkflowId(id)]);
  });

  test('When it is repeated after its import has ended, then it gets the first answer and nothing is done again', async () => {
    const [key, file] = [randomUUID(), aFile()];
    const first = await send(key, [file], { onExisting: 'invite' });
    await restAll(first);
    const before = await stored();
    const again = await send(key, [file], { onExisting: 'invite' });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect({ status: again.status, body: again.body }).toEqual({ status: 202, body: first.body });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await stored()).toEqual(before);
  });

  test('When several files come with one key, some of them no good, then all of them are answered alike again', async () => {
    const [key, files] = [randomUUID(), [aFile('good.csv'), { name: 'picture.csv', content: '\x89PNG\r\n' }]];
    const first = await send(key, files);
    expect((await restAll(first)).map(({ status }) => status)).toEqual(['completed', 'failed']);
    const again = await send(key, files);
    expect(again).toMatchObject({ status: 202, body: first.body });
    expect(again.headers.get('location')).toBe(`/v1/batches/${first.body.batch}`);
  });

  test.each<[string, (files: UploadedFile[]) => [UploadedFile[], Record<string, string>?]]>([
    ['other bytes', ([one, two]) => [[one!, { ...two!, content: toCsv(people(1, 'keyother')) }]]],
    ['another name', ([one, two]) => [[one!, { ...two!, name: 'other.csv' }]]],
    ['another order', ([one, two]) => [[two!, one!]]],
    ['a file less', ([one]) => [[one!]]],
    ['another field', (files) => [files, { mode: 'preview' }]],
  ])('When the key comes with %s, then it is rejected and nothing is started', async (_what, change) => {
    const [key, files] = [randomUUID(), [aFile('one.csv'), aFile('two.csv')]];
    await restAll(await send(key, files));
    const before = await stored();
    const answer = refusal(await send(key, ...change(files)));
    expect(answer).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    const [, first, now] = /fingerprint ([0-9a-f]{8}), now ([0-9a-f]{8})\)/.exec(answer.detail)!;
    expect(first).not.toBe(now);
    await expectStored(before);
    expect((await send(key, files)).status).toBe(202);
  });

  test('When another organisation uses the same key, then it is another key', async () => {
    const [key, file] = [randomUUID(), aFile()];
    await collections.idempotencyKeys.insertOne({
      _id: keyId('another', key),
      fingerprint: 'f'.repeat(64),
      batchId: randomUUID(),
      imports: [],
      usedAt: new Date(),
    });
    const answer = await send(key, [file]);
    expect({ status: answer.status, replayed: answer.headers.get('idempotency-replayed') }).toEqual({
      status: 202,
      replayed: null,
    });
    await restAll(answer);
  });

  test.each([
    ['is empty', ''],
    ['is too long', 'k'.repeat(256)],
    ['has a letter that is not ASCII', 'cl\u00e9'],
    ['has a tab in it', 'a\tb'],
  ])('When the key %s, then the request is refused before anything is stored', async (_what, key) => {
    const before = await stored();
    expect(refusal(await send(key, [aFile()]))).toMatchObject({ status: 400, code: 'invalid-idempotency-key' });
    expect(await stored()).toEqual(before);
  });

  test('When the key is as long as it may be, then it is taken', async () => {
    const answer = await send('~'.repeat(255), [aFile()]);
    expect(answer.status).toBe(202);
    await restAll(answer);
  });

  test.each<[string, number, UploadedFile[], Record<string, string>]>([
    ['a field that there is not', 400, [{ name: 'a.csv', content: 'x' }], { colour: 'red' }],
    ['no file', 400, [], {}],
    [
      'files that are all too large',
      422,
      [
        { name: 'a.csv', content: 'x'.repeat(MAX_BYTES + 1) },
        { name: 'b.csv', content: 'x'.repeat(MAX_BYTES + 1) },
      ],
      {},
    ],
  ])(
    'When the request was refused for %s, then its key is free for a better one',
    async (_what, status, files, options) => {
      const [key, before] = [randomUUID(), await stored()];
      expect((await send(key, files, options)).status).toBe(status);
      await expectStored(before);
      const mended = await send(key, [aFile()]);
      expect({ status: mended.status, replayed: mended.headers.get('idempotency-replayed') }).toEqual({
        status: 202,
        replayed: null,
      });
      await restAll(mended);
    },
  );

  test('When the request failed on our side before it was written down, then nothing of it stays and its key is free', async () => {
    const [key, file, before] = [randomUUID(), aFile(), await stored()];
    const fault = jest.spyOn(stack.store.organisations, 'find').mockRejectedValueOnce(new Error('planned failure'));
    expect((await send(key, [file])).status).toBe(500);
    fault.mockRestore();
    await expectStored(before);
    const again = await send(key, [file]);
    expect({ status: again.status, replayed: again.headers.get('idempotency-replayed') }).toEqual({
      status: 202,
      replayed: null,
    });
    await restAll(again);
  });

  test('When the first request with the key is still being written down, then the next waits, and goes ahead if that one fails', async () => {
    const [key, file, before] = [randomUUID(), aFile(), await stored()];
    const mongo = await MongoClient.connect(sharedServers().mongodbUri);
    const aborted = async (): Promise<number> =>
      ((await mongo.db().admin().serverStatus()) as { transactions: { totalAborted: number } }).transactions
        .totalAborted;
    const session = mongo.startSession();
    session.startTransaction();
    await mongo
      .db(stack.name)
      .collection<{ _id: string }>('idempotency_keys')
      .insertOne({ _id: keyId(DEMO_ORGANISATION_ID, key) }, { session });

    const attempts = await aborted();
    const waiting = send(key, [file]);
    await until('an attempt to write the same key', aborted, (now) => now > attempts + 1);
    expect((await stored()).imports).toBe(before.imports);
    await session.abortTransaction();
    await session.endSession();
    await mongo.close();

    const answer = await waiting;
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await restAll(answer)).toMatchObject([{ status: 'completed' }]);
  });

  test('When a key was used, then it is kept for a week, and nobody can read it', async () => {
    const key = 'the-key-of-somebody@example.com';
    await restAll(await send(key, [aFile()]));
    const indexes = await collections.idempotencyKeys.indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { usedAt: 1 }, expireAfterSeconds: WEEK_SECONDS }));
    const kept = await collections.idempotencyKeys.findOne({ _id: keyId(DEMO_ORGANISATION_ID, key) });
    expect(Date.now() - kept!.usedAt.getTime()).toBeLessThan(60_000);
    expect(JSON.stringify(kept)).not.toContain('somebody');
  });

  test.each([
    ['clients', { team: 'Mayfair' }],
    ['staff', { role: 'Support', teams: ['Mayfair'] }],
  ])('When one of the %s is invited by hand twice with one key, then it is one invitation', async (path, more) => {
    const [{ firstName, lastName, email, mobile }] = people(1, `keyhand${path}`, undefined, 500 + count++) as [
      ReturnType<typeof people>[0],
    ];
    const invite = (key: string, change: object = {}) =>
      stack.api.call<UploadAnswer>('POST', `/v1/${path}`, {
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify({ firstName, lastName, email, mobile, ...more, ...change }),
      });
    const [key, before] = [randomUUID(), await stored()];
    const [first, second] = await Promise.all([invite(key), invite(key)]);
    expect([first.status, second.status, second.body]).toEqual([202, 202, first.body]);
    expect(await stored()).toEqual({ imports: before.imports + 1, files: before.files + 1 });
    expect(refusal(await invite(key, { lastName: 'Other' }))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    expect((await invite('')).status).toBe(400);
    expect(await restAll(first)).toMatchObject([{ status: 'completed', rows: { created: 1 } }]);
    expect((await stack.sandbox.messages()).filter(({ to }) => to === mobile)).toHaveLength(1);
  });

  test('When the answer is lost on its way to the command line, then it asks again and each file is imported once', async () => {
    const folder = createFolder();
    let lost = 0;
    const keys: unknown[] = [];
    const relay = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
      const { method, url, headers } = incoming;
      if (method === 'POST') keys.push(headers['idempotency-key']);
      const onward = forward(`${stack.url}${url}`, { method, headers }, (answer) => {
        if (method === 'POST' && lost++ === 0) return void outgoing.destroy();
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const before = await stored();
    const paths = ['lost.csv', 'too.csv'].map((name) => folder.file(name, aFile().content));
    const args = ['import', '--url', url, '--key', stack.api.key, ...paths];

    const { code, out } = await runCli([...args, '--on-existing', 'skip']);
    relay.close();
    relay.closeAllConnections();
    folder.remove();

    expect(code).toBe(0);
    expect(out).toContain('2 clients created');
    expect(await stored()).toEqual({ imports: before.imports + 2, files: before.files + 2 });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });
});

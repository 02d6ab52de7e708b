import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import type { BatchOutcome, BatchView } from '../../cli/http/views';
import type { ApiCaller, UploadedFile } from '../support/api-caller';
import { download } from '../support/download';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const MAX_BYTES = 20_000;
const TOO_LARGE = { name: 'large.csv', content: 'x'.repeat(MAX_BYTES + 1) };

interface Accepted {
  batch: string;
  imports: { id: string; fileName: string; possibleDuplicateOf: { id: string; fileName: string } | null }[];
  rejected: { position: number; fileName: string; status: string; problem: { code: string; type: string } }[];
}
interface Told {
  imports: BatchOutcome[];
  code?: string;
  errors?: { field: string; detail: string }[];
  retrying?: Record<string, number>;
}

describe('A batch', () => {
  let stack: Stack;
  let stopWorker = () => Promise.resolve();
  beforeAll(async () => {
    stack = await startStack({ UPLOAD_MAX_BYTES: `${MAX_BYTES}`, UPLOAD_MAX_FILES: '5' }, { worker: false });
  });
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });

  let count = 0;
  const aFile = (name: string, change?: Parameters<typeof people>[2]): UploadedFile => {
    return { name, content: toCsv(people(3, `batchapi${count}`, change, 3 * count++)) };
  };
  const rejected = (_: unknown, i: number) => (i === 1 ? { lastName: '' } : {});
  const failing = (_: unknown, i: number) => (i === 1 ? { email: `sandbox-rejected.batch${count}@example.com` } : {});
  const upload = async (options: Record<string, string>, ...files: UploadedFile[]) => {
    const { body } = await stack.api.uploadWith(options, ...files);
    return body as unknown as Accepted;
  };
  const restAll = ({ imports }: Accepted) => Promise.all(imports.map(({ id }) => stack.api.rest(id)));
  const find = (id: string, by: ApiCaller = stack.api) => by.get<BatchView & { code?: string }>(`/v1/batches/${id}`);
  const command = (id: string, action: string, body?: unknown) =>
    stack.api.call<Told>(
      'POST',
      `/v1/batches/${id}/${action}`,
      body === undefined ? {} : { body: JSON.stringify(body) },
    );
  const outcomes = ({ imports }: Told) => imports.map(({ outcome, refusal }) => refusal?.code ?? outcome);

  test('When it is paused and resumed, then that is so for each of its files', async () => {
    const accepted = await upload({}, aFile('a.csv'), aFile('b.csv'));
    const [paused] = await Promise.all([
      // Asked again if it is only accepted: the worker may take longer to begin than a request waits.
      until(
        'the pause to be in effect',
        () => command(accepted.batch, 'pause'),
        ({ status }) => status === 200,
      ),
      stack.startWorker().then((stop) => (stopWorker = stop)),
    ]);
    expect({ status: paused.status, told: outcomes(paused.body) }).toEqual({
      status: 200,
      told: ['in-effect', 'in-effect'],
    });
    expect(paused.headers.get('location')).toBe(`/v1/batches/${accepted.batch}`);
    expect((await find(accepted.batch)).body).toMatchObject({ status: 'paused', rows: { pending: 6 } });
    expect(await stack.sandbox.messages()).toEqual([]);

    expect((await command(accepted.batch, 'resume')).status).toBe(200);
    await restAll(accepted);
    expect((await find(accepted.batch)).body).toMatchObject({ status: 'completed', lines: 6, rows: { created: 6 } });
    const again = await command(accepted.batch, 'resume');
    expect(again).toMatchObject({ status: 409, body: { code: 'nothing-to-resume' } });
    expect(again.body.errors!.map(({ field }) => field)).toEqual(['a.csv', 'b.csv']);
  });

  test('When a file is too large, then it is listed as rejected with its problem, and the others are imported', async () => {
    const files = [
      aFile('first.csv'),
      TOO_LARGE,
      aFile('third.csv', rejected),
      { name: 'none.csv', content: 'nothing' },
    ];
    const key = { 'Idempotency-Key': randomUUID() };
    const answer = await stack.api.uploadAs(key, {}, ...files);
    const accepted = answer.body as unknown as Accepted;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/batches/${accepted.batch}`);
    expect(accepted.imports.map(({ fileName }) => fileName)).toEqual(['first.csv', 'third.csv', 'none.csv']);
    expect(accepted.rejected).toMatchObject([
      {
        ...{ position: 1, fileName: 'large.csv', status: 'rejected', bytes: MAX_BYTES + 1 },
        problem: { status: 413, code: 'file-too-large', type: 'http://api.test/problems/file-too-large' },
      },
    ]);
    expect((await stack.api.uploadAs(key, {}, ...files)).body).toEqual(answer.body);

    await restAll(accepted);
    const { body } = await find(accepted.batch);
    expect(body).toMatchObject({
      ...{ status: 'completed-with-problems', files: { total: 4, rejected: 1 }, lines: 6 },
      rows: { created: 5, rejected: 1 },
      invitations: { email: { sent: 5 } },
      rejected: accepted.rejected,
    });
    expect(body.imports.map(({ status }) => status)).toEqual(['completed', 'completed-with-problems', 'failed']);

    const csv = await download(stack, `/v1/batches/${accepted.batch}/report.csv`);
    const lines = csv.bytes.toString().trim().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF?File,Line,Status,/);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join())).toEqual([
      ...['first.csv,2,created', 'first.csv,3,created', 'first.csv,4,created', 'large.csv,,rejected'],
      ...['third.csv,2,created', 'third.csv,3,rejected', 'third.csv,4,created', 'none.csv,,failed'],
    ]);
    const xlsx = await download(stack, `/v1/batches/${accepted.batch}/report.xlsx`);
    const [sheet] = (await readExcelFile(xlsx.bytes)) as unknown as [{ data: unknown[][] }];
    expect(sheet.data).toHaveLength(lines.length);
    const zip = await download(stack, `/v1/batches/${accepted.batch}/failed-rows.zip`);
    const failed = unzipSync(zip.bytes);
    expect(Object.keys(failed)).toEqual(['02 third - failed rows.csv']);
    expect(Buffer.from(failed['02 third - failed rows.csv']!).toString()).toContain(`,${accepted.imports[1]!.id}`);
  });

  test('Its events end with the status that it has, also with a file that was rejected at the door', async () => {
    const accepted = await upload({}, aFile('good.csv'), TOO_LARGE);
    await restAll(accepted);
    const { status } = (await find(accepted.batch)).body;
    expect(status).toBe('completed-with-problems');
    const events = await download(stack, `/v1/batches/${accepted.batch}/events`);
    expect(events.bytes.toString()).toContain(`event: end\ndata: {"status":"${status}"}`);
  });

  test('When all files are too large, then the upload is rejected with the reason of each, and one alone by its own', async () => {
    const all = await stack.api.upload(TOO_LARGE, { ...TOO_LARGE, name: 'also.csv' });
    expect(all).toMatchObject({
      status: 422,
      body: { code: 'all-files-rejected', errors: [{ field: 'large.csv' }, { field: 'also.csv' }] },
    });
    expect(await stack.api.upload(TOO_LARGE)).toMatchObject({ status: 413, body: { code: 'file-too-large' } });
  });

  test('When some files have ended, then a cancellation is refused by those alone', async () => {
    const accepted = await upload({ mode: 'preview' }, aFile('ended.csv'), aFile('open.csv'));
    const [first] = await restAll(accepted);
    await stack.api.apply(first!.id, first!.plan!.hash);
    await stack.api.rest(first!.id);
    expect((await find(accepted.batch)).body.status).toBe('awaiting-approval');
    const { status, body } = await command(accepted.batch, 'cancel');
    // Where Temporal takes its time to answer it is accepted, and carried out later.
    expect([
      { status: 200, told: ['nothing-to-cancel', 'in-effect'] },
      { status: 202, told: ['nothing-to-cancel', 'accepted'] },
    ]).toContainEqual({ status, told: outcomes(body) });
    const cancelled = await until(
      'the open file to be cancelled',
      () => find(accepted.batch),
      ({ body: { rows } }) => rows.cancelled > 0,
    );
    expect(cancelled.body).toMatchObject({ rows: { created: 3, cancelled: 3 } });
    expect(await command(accepted.batch, 'cancel')).toMatchObject({ status: 409, body: { code: 'nothing-to-cancel' } });
  });

  test('When invitations of several files have failed, then one retry sends them all, once somebody is named', async () => {
    const accepted = await upload({}, aFile('one.csv', failing), aFile('none.csv'), aFile('two.csv', failing));
    await restAll(accepted);
    expect((await find(accepted.batch)).body.status).toBe('needs-attention');
    expect((await command(accepted.batch, 'retries', {})).status).toBe(400);
    expect((await command(accepted.batch, 'retries', { all: true, rows: [2] })).status).toBe(400);
    const { status, body } = await command(accepted.batch, 'retries', { all: true });
    expect({ status, retrying: body.retrying }).toEqual({ status: 202, retrying: { email: 2, sms: 0 } });
    expect(body.imports.map(({ refusal }) => refusal?.code ?? null)).toEqual([null, 'nothing-to-retry', null]);
    await restAll(accepted);
  });

  test('When the same bytes come again within a day, then that is pointed out, and their import says how many are there', async () => {
    const file = aFile('tuesday.csv');
    const first = await upload({}, file);
    await restAll(first);
    const again = await upload({}, { ...file, name: 'again.csv' }, { ...file, name: 'twin.csv' });
    expect([...first.imports, ...again.imports].map(({ possibleDuplicateOf }) => possibleDuplicateOf)).toMatchObject([
      null as never,
      { id: first.imports[0]!.id, fileName: 'tuesday.csv' },
      { id: again.imports[0]!.id, fileName: 'again.csv' },
    ]);
    await restAll(again);
    const { body } = await stack.api.get<{ sameFileAs: object }>(`/v1/imports/${again.imports[0]!.id}`);
    expect(body.sameFileAs).toMatchObject({ id: first.imports[0]!.id, fileName: 'tuesday.csv', lines: 3, present: 3 });
    expect((await stack.api.get(`/v1/imports/${first.imports[0]!.id}`)).body).toMatchObject({ sameFileAs: null });
    // The uploads between have rejected all lines, since their people are there.
    const third = await upload({}, file);
    await restAll(third);
    const { body: last } = await stack.api.get<{ sameFileAs: object }>(`/v1/imports/${third.imports[0]!.id}`);
    expect(last.sameFileAs).toMatchObject({ id: first.imports[0]!.id, present: 3 });
  });

  test('When somebody else asks for it, then it is unknown; support sees no address and gets no files to correct', async () => {
    const accepted = await upload({}, aFile('a.csv'), aFile('b.csv', rejected));
    await restAll(accepted);
    const unknown = await find(randomUUID());
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
    await stack.db.collection('imports').updateMany({ batchId: accepted.batch }, { $set: { organisationId: 'other' } });
    const foreign = await find(accepted.batch);
    expect({ status: foreign.status, code: foreign.body.code }).toEqual({ status: 404, code: 'not-found' });
    await stack.db.collection('imports').updateMany({ batchId: accepted.batch }, { $set: { organisationId: 'demo' } });

    const support = stack.as('support');
    expect((await find(accepted.batch, support)).status).toBe(200);
    const report = await download(stack, `/v1/batches/${accepted.batch}/report.csv`, { role: 'support' });
    expect(report.bytes.toString()).not.toMatch(/person\d/);
    const zip = await download(stack, `/v1/batches/${accepted.batch}/failed-rows.zip`, { role: 'support' });
    expect(zip.status).toBe(403);
  });
});

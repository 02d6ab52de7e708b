import { request } from 'node:http';
import { Readable } from 'node:stream';
import { people, toCsv } from '../support/people';
import { removeOrphans } from '../../api/uploads/remove-orphans';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const MAX_BYTES = 20_000;
const MAX_FILES = 3;

describe('Uploading files', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ UPLOAD_MAX_BYTES: `${MAX_BYTES}`, UPLOAD_MAX_FILES: `${MAX_FILES}` });
  });
  afterAll(() => stack.stop());

  const storedFiles = () => stack.db.collection('uploads.files').countDocuments();
  const storedChunks = () => stack.db.collection('uploads.chunks').countDocuments();

  test('When one file is uploaded, then the answer leads to it, its rows, its events and its workflow', async () => {
    const { status, headers, body } = await stack.api.upload({
      name: 'Zoë’s clients.csv',
      content: toCsv(people(2, 'one')),
    });
    const [accepted] = body.imports;
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/imports/${accepted!.id}`);
    expect(accepted).toMatchObject({ fileName: 'Zoë’s clients.csv', status: 'queued' });
    expect(accepted!.links).toEqual({
      self: `http://api.test/v1/imports/${accepted!.id}`,
      rows: `http://api.test/v1/imports/${accepted!.id}/rows`,
      apply: `http://api.test/v1/imports/${accepted!.id}/apply`,
      choices: `http://api.test/v1/imports/${accepted!.id}/choices`,
      pause: `http://api.test/v1/imports/${accepted!.id}/pause`,
      resume: `http://api.test/v1/imports/${accepted!.id}/resume`,
      cancel: `http://api.test/v1/imports/${accepted!.id}/cancel`,
      undo: `http://api.test/v1/imports/${accepted!.id}/undo`,
      reminders: `http://api.test/v1/imports/${accepted!.id}/reminders`,
      failedRows: `http://api.test/v1/imports/${accepted!.id}/failed-rows.csv`,
      report: `http://api.test/v1/imports/${accepted!.id}/report.csv`,
      events: `http://api.test/v1/imports/${accepted!.id}/events`,
      retries: `http://api.test/v1/imports/${accepted!.id}/retries`,
      temporalUi: `http://ui.test/namespaces/default/workflows/client-import%3A${accepted!.id}`,
    });
    await stack.api.rest(accepted!.id);
  });

  test('When several files are uploaded, then each is an import and the location is that of the batch', async () => {
    const files = Array.from({ length: MAX_FILES }, (_, i) => ({
      name: `${i}.csv`,
      content: toCsv(people(2, `many${i}`)),
    }));
    const { headers, body } = await stack.api.upload(...files);
    const location = headers.get('location')!;
    expect(location).toBe(`/v1/batches/${body.batch}`);
    const listed = await stack.api.get<{ data: { id: string; fileName: string }[] }>(`/v1/imports?batch=${body.batch}`);
    expect(listed.body.data.map(({ fileName }) => fileName).sort()).toEqual(['0.csv', '1.csv', '2.csv']);
    await Promise.all(body.imports.map(({ id }) => stack.api.rest(id)));
  });

  test.each([
    ['is a byte too large', [{ name: 'big.csv', content: 'x'.repeat(MAX_BYTES + 1) }], 413, 'file-too-large', '0 MB'],
    [
      'comes with too many others',
      Array.from({ length: MAX_FILES + 1 }, () => ({ name: 'a.csv', content: 'x' })),
      413,
      'too-many-files',
      `${MAX_FILES} files`,
    ],
    ['is not there', [], 400, 'no-file', '"files"'],
  ])('When a file %s, then the limit is named and nothing stays behind', async (_what, files, status, code, named) => {
    const before = [await storedFiles(), await storedChunks()];
    const answer = await stack.api.upload(...files);
    expect(answer).toMatchObject({ status, body: { code } });
    expect((answer.body as unknown as { detail: string }).detail).toContain(named);
    await until(
      'the pieces to be removed',
      async () => [await storedFiles(), await storedChunks()],
      (now) => JSON.stringify(now) === JSON.stringify(before),
    );
  });

  test('When a file has exactly the allowed size, then it is taken', async () => {
    const { status, body } = await stack.api.upload({ name: 'full.csv', content: 'x'.repeat(MAX_BYTES) });
    expect(status).toBe(202);
    await stack.api.rest(body.imports[0]!.id);
  });

  test.each([
    ['the form has no boundary', 'multipart/form-data', 'anything', 'bad-upload'],
    [
      'the form ends too early',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nabc',
      'bad-upload',
    ],
    [
      'the field has another name',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="upload"; filename="a.csv"\r\n\r\nabc\r\n--x--\r\n',
      'unexpected-field',
    ],
    ['it is no form at all', 'text/csv', 'a,b', 'no-file'],
  ])('When %s, then the upload is refused as a bad request', async (_what, type, body, code) => {
    const answer = await stack.api.call<{ code: string }>('POST', '/v1/imports', {
      headers: { 'Content-Type': type },
      body,
    });
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  const PART = 'Content-Disposition: form-data; name="files"';
  test.each(['mixed', 'related', 'alternative', 'byteranges', 'form-data-encoded', 'x-form-data', 'MIXED'])(
    'When files come as multipart/%s, then the kind that is taken is named',
    async (kind) => {
      const answer = await stack.api.call<{ code: string; detail: string }>('POST', '/v1/imports', {
        headers: { 'Content-Type': `multipart/${kind}; boundary=x` },
        body: `--x\r\n${PART}; filename="a.csv"\r\n\r\nabc\r\n--x--\r\n`,
      });
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-form' } });
      expect(answer.body.detail).toContain('multipart/form-data');
    },
  );

  test.each([
    ['a text part is called "files"', `--x\r\n${PART}\r\n\r\nclients.csv\r\n--x--\r\n`],
    [
      'a text part is called "files" and has a type',
      `--x\r\n${PART}\r\nContent-Type: text/csv\r\n\r\na,b\r\n--x--\r\n`,
    ],
    [
      'one of two parts called "files" is text',
      `--x\r\n${PART}\r\n\r\nclients.csv\r\n--x\r\n${PART}; filename="a.csv"\r\n\r\nabc\r\n--x--\r\n`,
    ],
  ])('When %s, then it is told that it is no file, and nothing stays behind', async (_what, body) => {
    const before = [await storedFiles(), await storedChunks()];
    const answer = await stack.api.call<{ code: string; detail: string }>('POST', '/v1/imports', {
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'not-a-file' } });
    expect(answer.body.detail).toContain('came as text, not as a file');
    await until(
      'the pieces to be removed',
      async () => [await storedFiles(), await storedChunks()],
      (now) => JSON.stringify(now) === JSON.stringify(before),
    );
  });

  test('When an upload breaks off half way, then nothing of it stays', async () => {
    const before = [await storedFiles(), await storedChunks()];
    await new Promise<void>((resolve) => {
      const upload = request(`${stack.url}/v1/imports`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${stack.api.key}`,
          'Content-Type': 'multipart/form-data; boundary=x',
          'Content-Length': 10_000,
        },
      });
      upload.on('error', () => resolve());
      upload.write('--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nabc', () =>
        upload.destroy(),
      );
    });
    await until(
      'the pieces to be removed',
      async () => [await storedFiles(), await storedChunks()],
      (now) => JSON.stringify(now) === JSON.stringify(before),
    );
    expect((await fetch(`${stack.url}/livez`)).status).toBe(200);
  });

  test('When an import was stored but never started, as after a crash, then the sweep starts it', async () => {
    const { body } = await stack.api.upload({ name: 'swept.csv', content: toCsv(people(2, 'swept')) });
    await stack.api.rest(body.imports[0]!.id);
    const id = crypto.randomUUID();
    const stored = await stack.store.uploads.save(id, Readable.from([Buffer.from(toCsv(people(2, 'crashed')))]));
    await stack.store.newImports.createOnce([
      {
        _id: id,
        organisationId: 'demo',
        batchId: crypto.randomUUID(),
        kind: 'clients',
        source: 'file',
        options: {
          mode: 'apply',
          strict: false,
          onExisting: 'error',
          encoding: null,
          hiddenRows: null,
          hiddenColumns: null,
          sharedMobiles: null,
        },
        layout: null,
        fileName: 'crashed.csv',
        ...stored,
        status: 'queued',
        createdAt: new Date(Date.now() - 10_000),
        createdByRole: 'systemAdministrator',
        columns: [],
        fileProblems: [],
        retries: [],
        revision: 0,
        checkAt: new Date(Date.now() - 10_000),
      },
    ]);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', lines: 2 });
  });

  test('When uploads never became imports, complete or broken off, then they are removed after an hour, however many others there are', async () => {
    const stored = async (): Promise<string> => {
      const id = crypto.randomUUID();
      await stack.store.uploads.save(id, Readable.from([Buffer.from('orphan')]));
      return id;
    };
    const [whole, broken] = [await stored(), await stored()];
    await stack.db.collection('uploads.files').deleteOne({ _id: broken as never });
    const legitimate = await stack.db.collection('uploads.files').countDocuments();

    await removeOrphans(stack.store.uploads, new Date(Date.now() - 60_000));
    expect(await stack.store.uploads.read(whole)).not.toBeNull();
    await removeOrphans(stack.store.uploads, new Date(Date.now() + 60_000));

    expect(await stack.store.uploads.read(whole)).toBeNull();
    expect(await stack.db.collection('uploads.chunks').countDocuments({ files_id: { $in: [whole, broken] } })).toBe(0);
    expect(await storedFiles()).toBe(legitimate - 1);
  });
});

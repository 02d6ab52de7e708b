import type { RequestHandler } from 'express';
import { FORM_LIMITS, uploadBytes } from '../../../api/uploads/receive-files';
import type { StoredFile } from '../../../api/uploads/receive-files';
import { watchBodies } from '../../../api/server/watch-bodies';
import { answerOn, startReceivingServer } from '../../support/receiving-server';
import type { ReceivingServer } from '../../support/receiving-server';
import { until } from '../../support/until';

const UPLOAD = { maxBytes: 300_000, maxFiles: 3 };
/** The 16 KB of the parser, without the ends of two lines and what it counts twice. */
const PART_HEADERS_BYTES = 16 * 1024 - 7;
/** Of which the last is not taken any more. */
const HEADER_PAIRS = 2000;

const part = (head: string, content = 'x'): string => `--x\r\n${head}\r\n\r\n${content}\r\n`;
const disposition = (parameters: string): string => `Content-Disposition: form-data; ${parameters}`;
const file = (content = 'x', name = 'files'): string => part(disposition(`name="${name}"; filename="a.csv"`), content);
const field = (name: string, content?: string): string => part(disposition(`name="${name}"`), content);
/** A part that multer skips. */
const skipped = part('A: b');
const times = (count: number, one: string): string => one.repeat(count);
/** A file with headers before its disposition, which busboy reads only below its limit. */
const pairs = (count: number): string =>
  part(`${times(count - 1, 'a:b\r\n')}${disposition('name="files"; filename="a"')}`);
/** A file with so many bytes of headers. */
function headers(bytes: number): string {
  const head = `${disposition('name="files"; filename="a"')}\r\nA: `;
  return part(head + 'a'.repeat(bytes - head.length));
}

const tellFiles: RequestHandler = (request, response) => {
  const files = request.files as StoredFile[] | undefined;
  const tooLarge = files?.filter(({ isTooLarge }) => isTooLarge).length;
  response.json({ files: files?.length, tooLarge, fields: request.body as unknown });
};

describe('The limits of an upload', () => {
  let receiving: ReceivingServer;
  beforeAll(async () => {
    const watch = watchBodies({ idleMs: 5000, withinMs: 5000, maxBytes: uploadBytes(UPLOAD) });
    receiving = await startReceivingServer({ upload: UPLOAD, before: [watch], answer: tellFiles });
  });
  afterAll(() => receiving.close());

  async function send(form: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${receiving.url}/files`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: `${form}--x--\r\n`,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  const stored = () =>
    Promise.all(
      ['uploads.files', 'uploads.chunks', 'pending_uploads'].map((name) =>
        receiving.db.collection(name).countDocuments(),
      ),
    );

  const { fields, fieldSize, fieldNameSize } = FORM_LIMITS;
  test.each<[what: string, at: string, above: string, refusal: { status: number; code: string }]>([
    ['The number of files', times(3, file()), times(4, file()), { status: 413, code: 'too-many-files' }],
    [
      'The number of fields',
      times(fields, field('a')),
      times(fields + 1, field('a')),
      { status: 413, code: 'too-many-fields' },
    ],
    [
      'The number of parts',
      times(3, file()) + times(fields, skipped),
      times(3, file()) + times(fields + 1, skipped),
      { status: 413, code: 'too-many-files' },
    ],
    [
      'The size of a field',
      field('a', 'x'.repeat(fieldSize)),
      field('a', 'x'.repeat(fieldSize + 1)),
      { status: 413, code: 'body-too-large' },
    ],
    [
      'The length of a name',
      field('a'.repeat(fieldNameSize)),
      field('a'.repeat(fieldNameSize + 1)),
      { status: 400, code: 'bad-upload' },
    ],
    [
      'The length of the name of a file’s field',
      file('x', 'files'),
      file('x', 'f'.repeat(fieldNameSize + 1)),
      { status: 400, code: 'bad-upload' },
    ],
    ['The nesting of a name', field('a[b]'), field('a[b][c]'), { status: 400, code: 'bad-upload' }],
    ['The index in a name', field('a[0]'), field('a[1]'), { status: 400, code: 'bad-upload' }],
    [
      'The headers of a part',
      headers(PART_HEADERS_BYTES),
      headers(PART_HEADERS_BYTES + 1),
      { status: 400, code: 'bad-upload' },
    ],
  ])('%s is taken at its limit and refused above it, and nothing stays behind', async (_what, at, above, refusal) => {
    const known = await send(at);
    expect(known.status).toBe(200);
    const before = await stored();
    const { status, body } = await send(above);
    expect({ status, code: body.code }).toEqual(refusal);
    await until('the pieces to be removed', stored, (now) => JSON.stringify(now) === JSON.stringify(before));
  });

  test('A file is taken at its limit and told apart above it, and nothing of it stays', async () => {
    expect((await send(file('x'.repeat(UPLOAD.maxBytes)))).body).toMatchObject({ files: 1, tooLarge: 0 });
    const before = await stored();
    expect((await send(file('x'.repeat(UPLOAD.maxBytes + 1)))).body).toMatchObject({ files: 1, tooLarge: 1 });
    await until('the pieces to be removed', stored, (now) => JSON.stringify(now) === JSON.stringify(before));
  });

  test('A header of a part beyond what the parser reads is no header of it', async () => {
    expect((await send(pairs(HEADER_PAIRS - 1))).body.files).toBe(1);
    expect((await send(pairs(HEADER_PAIRS))).body.files).toBe(0);
  });

  test('A body that says that it is too large is refused before any of it is read', async () => {
    const socket = await receiving.open();
    socket.write(
      `POST /files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${uploadBytes(UPLOAD) + 1}\r\n\r\n`,
    );
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 413 [^]*"code":"body-too-large"/);
  });
});

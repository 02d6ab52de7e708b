import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Binary } from 'mongodb';
import type { Collection } from 'mongodb';
import type { ImportDoc } from '../../store/documents';
import type { UploadMemory } from '../../store/imports/uploads';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

/** Of three chunks in GridFS. */
const CONTENT = randomBytes(600_000);
type Chunks = Collection<{ files_id: string; n: number; data: Binary }>;
type Files = Collection<{ _id: string; length: number }>;

describe('A stored upload', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  async function importOf(from: Buffer, memory?: UploadMemory): Promise<string> {
    const _id = randomUUID();
    const { content, ...stored } = await scratch.store.uploads.save(_id, Readable.from(piecesOf(from)), memory);
    const now = new Date();
    const importDoc: ImportDoc = {
      ...{ _id, organisationId: 'one', batchId: randomUUID(), kind: 'clients', source: 'file', fileName: 'a.csv' },
      ...{ options: { mode: 'apply', strict: false, onExisting: 'error', encoding: null }, ...stored },
      ...{ status: 'queued', createdAt: now, createdByRole: 'systemAdministrator', columns: [], layout: null },
      ...{ fileProblems: [], retries: [], revision: 0, checkAt: now },
    };
    const contents = new Map(content && [[_id, content]]);
    expect(await scratch.store.newImports.createOnce([importDoc], null, contents)).toBeNull();
    return _id;
  }
  // Jest's own comparison takes seconds for so many bytes.
  const isWhole = async (id: string, content: Buffer): Promise<boolean> =>
    (await scratch.store.uploads.read(id))?.equals(content) === true;
  const inDatabase = (): { chunks: Chunks; files: Files } => ({
    chunks: scratch.db.collection('uploads.chunks'),
    files: scratch.db.collection('uploads.files'),
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['of one byte', Buffer.from('x')],
    ['of exactly one chunk', CONTENT.subarray(0, 255 * 1024)],
    ['of three chunks', CONTENT],
  ])('When a file is %s, then it is read as it was uploaded, with memory or without', async (_, content) => {
    const ids = [await importOf(content), await importOf(content, { bytes: 1_000_000 })];
    for (const id of ids) expect(await isWhole(id, content)).toBe(true);
    const { files, chunks } = inDatabase();
    const [one, other] = await Promise.all(
      ids.map(async (id) => ({
        file: { ...(await files.findOne({ _id: id })), _id: 0, filename: 0, uploadDate: 0 },
        chunks: await chunks.countDocuments({ files_id: id }),
      })),
    );
    expect(other).toEqual(one);
  });

  test('When small files come in one request, then they stay in memory while there is room, and nothing is stored of them', async () => {
    const memory = { bytes: 100_000 };
    const save = async (bytes: number) => {
      const id = randomUUID();
      const { content } = await scratch.store.uploads.save(
        id,
        Readable.from(piecesOf(CONTENT.subarray(0, bytes))),
        memory,
      );
      const isStored = (await inDatabase().files.findOne({ _id: id })) !== null;
      const isPending = (await scratch.collections.pendingUploads.findOne({ _id: id })) !== null;
      return [content?.length, isStored, isPending];
    };
    expect(await save(60_000)).toEqual([60_000, false, false]);
    expect(await save(60_000)).toEqual([undefined, true, true]);
    expect(await save(40_000)).toEqual([40_000, false, false]);
    expect(memory).toEqual({ bytes: 0 });
    expect(await save(1)).toEqual([undefined, true, true]);
  });

  test('When a small file is cut off, then nothing of it is left', async () => {
    const id = randomUUID();
    const cutOff = Readable.from(
      (function* () {
        yield Buffer.from('First Name');
        throw new Error('cut off');
      })(),
    );
    await expect(scratch.store.uploads.save(id, cutOff, { bytes: 1_000 })).rejects.toThrow('cut off');
    expect(await scratch.store.uploads.read(id)).toBeNull();
    expect(await scratch.collections.pendingUploads.findOne({ _id: id })).toBeNull();
  });

  const changeChunk = async ({ chunks }: { chunks: Chunks }, files_id: string, n: number, data: Buffer) => {
    expect(await chunks.updateOne({ files_id, n }, { $set: { data: new Binary(data) } })).toMatchObject({
      modifiedCount: 1,
    });
  };

  test.each<[string, (collections: ReturnType<typeof inDatabase>, files_id: string) => Promise<unknown>]>([
    ['the first chunk is missing', ({ chunks }, files_id) => chunks.deleteOne({ files_id, n: 0 })],
    ['the middle chunk is missing', ({ chunks }, files_id) => chunks.deleteOne({ files_id, n: 1 })],
    ['the last chunk is missing', ({ chunks }, files_id) => chunks.deleteOne({ files_id, n: 2 })],
    ['all chunks but the first are missing', ({ chunks }, files_id) => chunks.deleteMany({ files_id, n: { $gt: 0 } })],
    ['every chunk is missing', ({ chunks }, files_id) => chunks.deleteMany({ files_id })],
    ['the last chunk is short', (all, id) => changeChunk(all, id, 2, CONTENT.subarray(2 * 261_120, -1))],
    ['the last chunk is longer', (all, id) => changeChunk(all, id, 2, randomBytes(100_000))],
    ['one byte is another', (all, id) => changeChunk(all, id, 0, flipped(CONTENT.subarray(0, 261_120)))],
    [
      'two chunks changed their places',
      async ({ chunks }, files_id) => {
        await chunks.updateOne({ files_id, n: 0 }, { $set: { n: 9 } });
        await chunks.updateOne({ files_id, n: 1 }, { $set: { n: 0 } });
        await chunks.updateOne({ files_id, n: 9 }, { $set: { n: 1 } });
      },
    ],
    [
      'the last chunk is missing and the entry agrees with the rest',
      async ({ chunks, files }, files_id) => {
        await chunks.deleteOne({ files_id, n: 2 });
        await files.updateOne({ _id: files_id }, { $set: { length: 2 * 261_120 } });
      },
    ],
    ['the entry of the file is missing', ({ files }, _id) => files.deleteOne({ _id })],
  ])('When %s, then it is lost, and no shorter file is read', async (_, lose) => {
    const id = await importOf(CONTENT);
    await lose(inDatabase(), id);
    expect(await scratch.store.uploads.read(id)).toBeNull();
    // Who knows the import asks for the chunks alone, and takes no others.
    const known = (await scratch.store.uploads.read(id, (await scratch.store.imports.find(id))!)) ?? CONTENT;
    expect(known.equals(CONTENT)).toBe(true);
  });

  test('When it is an import whose last chunk is missing, then who knows the import reads nothing', async () => {
    const id = await importOf(CONTENT);
    const importDoc = (await scratch.store.imports.find(id))!;
    expect((await scratch.store.uploads.read(id, importDoc))?.equals(CONTENT)).toBe(true);
    await inDatabase().chunks.deleteOne({ files_id: id, n: 2 });
    expect(await scratch.store.uploads.read(id, importDoc)).toBeNull();
  });

  test('When it is not an import yet and its last chunk is missing, then it is lost too', async () => {
    const id = randomUUID();
    await scratch.store.uploads.save(id, Readable.from(piecesOf(CONTENT)));
    expect(await isWhole(id, CONTENT)).toBe(true);
    await inDatabase().chunks.deleteOne({ files_id: id, n: 2 });
    expect(await scratch.store.uploads.read(id)).toBeNull();
  });

  test.each([
    ['a file with line feeds', 'a\nb\nc\n', 3],
    ['a file with both', 'a\r\nb\r\n', 2],
    ['a file of an old program', 'a\rb\r', 2],
    ['an archive, as workbooks are', 'PK\u0003\u0004\n\n', undefined],
  ])('The line breaks of %s are counted as it comes in', async (_, text, expected) => {
    const content = Readable.from(piecesOf(Buffer.from(text)));
    const { lineBreaks } = await scratch.store.uploads.save(randomUUID(), content, { bytes: 1_000 });
    expect(lineBreaks).toBe(expected);
  });
});

/** In pieces as a network delivers them. */
function* piecesOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[1000] = changed[1000]! ^ 1;
  return changed;
}

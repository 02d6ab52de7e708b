import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ImportDoc } from '../../store/documents';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const CONTENT = Buffer.from('First Name\nAda\n');

describe('An upload on its way to an import', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  async function uploaded(): Promise<ImportDoc> {
    const _id = randomUUID();
    const stored = await scratch.store.uploads.save(_id, Readable.from([CONTENT]));
    const now = new Date();
    return {
      ...{ _id, organisationId: 'one', batchId: randomUUID(), kind: 'clients', source: 'file', fileName: 'a.csv' },
      ...{ options: { mode: 'apply', strict: false, onExisting: 'error', encoding: null }, ...stored },
      ...{ status: 'queued', createdAt: now, createdByRole: 'systemAdministrator', columns: [], layout: null },
      ...{ fileProblems: [], retries: [], revision: 0, checkAt: now },
    };
  }
  const isImport = async ({ _id }: ImportDoc): Promise<boolean> => (await scratch.store.imports.find(_id)) !== null;
  const hasFile = async ({ _id }: ImportDoc): Promise<boolean> => (await scratch.store.uploads.read(_id)) !== null;

  test('When it has become one, then it cannot be thrown away as unused any more', async () => {
    const one = await uploaded();
    expect(await scratch.store.newImports.createOnce([one])).toBeNull();
    await scratch.store.uploads.discard([one._id]);
    expect([await isImport(one), await hasFile(one)]).toEqual([true, true]);
  });

  test('When one of several was thrown away, then none of them becomes an import', async () => {
    const [kept, gone] = [await uploaded(), await uploaded()];
    await scratch.store.uploads.discard([gone._id]);
    const key = { _id: randomUUID(), fingerprint: '', batchId: kept.batchId, imports: [], usedAt: new Date() };
    await expect(scratch.store.newImports.createOnce([kept, gone], key)).rejects.toThrow(
      'removed before it became an import',
    );
    expect([await isImport(kept), await isImport(gone), await hasFile(gone)]).toEqual([false, false, false]);
    expect(await scratch.collections.idempotencyKeys.countDocuments({ _id: key._id })).toBe(0);
  });

  test('When a crash came between giving it up and removing it, then it becomes no import, and the next sweep removes it', async () => {
    const one = await uploaded();
    await scratch.collections.pendingUploads.updateOne({ _id: one._id }, { $set: { discarded: true } });
    await expect(scratch.store.newImports.createOnce([one])).rejects.toThrow('removed before it became an import');
    const soon = new Date(Date.now() + 60_000);
    expect(await scratch.store.uploads.orphans(soon, 1_000)).toContain(one._id);
    await scratch.store.uploads.discard([one._id]);
    expect([await hasFile(one), await scratch.store.uploads.orphans(soon, 1_000)]).toEqual([
      false,
      expect.not.arrayContaining([one._id]),
    ]);
  });

  test('When it is thrown away at the very moment, then it is an import with its file, or neither', async () => {
    for (let round = 0; round < 20; round++) {
      const one = await uploaded();
      await Promise.allSettled([scratch.store.newImports.createOnce([one]), scratch.store.uploads.discard([one._id])]);
      expect({ round, hasFile: await hasFile(one) }).toEqual({ round, hasFile: await isImport(one) });
    }
  });
});

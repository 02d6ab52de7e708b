import { auditRecord } from '../support/audit-log';
import { uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Histories of imports', () => {
  let scratch: ScratchStore;
  let org: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(() => (org = uniqueName('org-')));
  afterAll(() => scratch.close());

  const watched = (name: string, batchId = `${name}-batch`, organisationId = org) => ({
    _id: name,
    organisationId,
    batchId,
  });
  const add = (action: string, target: { kind: string; id: string }, organisationId = org) =>
    scratch.store.auditLog.append(auditRecord(organisationId, { action, targets: [target] }));
  const actionsOf = async (...imports: ReturnType<typeof watched>[]) =>
    (await Promise.all(imports.map((one) => scratch.store.importHistories.find(one)))).map((entries) =>
      entries.map(({ action }) => action),
    );

  test('Imports that are looked at together each get their own entries and those of their batch, the newest first', async () => {
    const other = uniqueName('org-');
    await add('uploadFiles', { kind: 'batch', id: 'b' });
    await add('pauseImport', { kind: 'import', id: 'one' });
    await add('resumeImport', { kind: 'import', id: 'one' });
    await add('cancelImport', { kind: 'import', id: 'two' });
    await add('retryInvitations', { kind: 'import', id: 'one' }, other);
    const one = watched('one', 'b');
    expect(await actionsOf(one, watched('two', 'b'), one, watched('none'), watched('one', 'b', other))).toEqual([
      ['resumeImport', 'pauseImport', 'uploadFiles'],
      ['cancelImport', 'uploadFiles'],
      ['resumeImport', 'pauseImport', 'uploadFiles'],
      [],
      ['retryInvitations'],
    ]);
  });

  test('A busy import takes no place from those that are looked at with it', async () => {
    await add('cancelImport', { kind: 'import', id: 'calm' });
    const records = Array.from({ length: 120 }, () => auditRecord(org, { targets: [{ kind: 'import', id: 'busy' }] }));
    await Promise.all(records.map((record) => scratch.store.auditLog.append(record)));
    const [busy, calm] = await actionsOf(watched('busy'), watched('calm'));
    expect([busy!.length, calm]).toEqual([100, ['cancelImport']]);
  });
});

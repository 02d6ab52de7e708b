import { EXPIRE_ACTION } from '../../domain/audit-log/entry';
import type { AuditEntry } from '../../domain/audit-log/entry';
import { openStore } from '../../store/index';
import { auditRecord } from '../support/audit-log';
import { sharedServers, uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;

describe('The audit log', () => {
  let scratch: ScratchStore;
  let org: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());
  beforeEach(() => {
    org = uniqueName('org-');
  });

  const log = () => scratch.store.auditLog;
  const entries = (): Promise<AuditEntry[]> => log().list({ organisationId: org, limit: 1000 });
  const found = async () => (await log().verify(org)).findings.map(({ kind, sequence }) => `${kind} ${sequence}`);
  async function append(count: number): Promise<void> {
    for (let n = 1; n <= count; n++) await log().append(auditRecord(org));
  }

  test('Many entries of several processes at once make one chain, and each is in it once', async () => {
    const { mongodbUri } = sharedServers();
    const others = await Promise.all([1, 2, 3].map(() => openStore(mongodbUri, scratch.db.databaseName)));
    const processes = [scratch.store, ...others];
    const records = Array.from({ length: 120 }, (_, n) => auditRecord(org, { id: `${org}:${n}` }));
    // Each is sent by two of them, as a repeated step would.
    await Promise.all(
      records.flatMap((record, n) => [0, 1].map((more) => processes[(n + more) % 4]!.auditLog.append(record))),
    );
    await Promise.all(others.map((store) => store.close()));
    expect((await entries()).map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort());
    expect((await entries()).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
    expect(await log().verify(org)).toMatchObject({ entries: 120, findings: [] });
  });

  test('An entry that is altered, removed or exchanged in the database is found', async () => {
    await append(5);
    const { auditEntries } = scratch.collections;
    const of = (sequence: number) => ({ organisationId: org, sequence });
    expect(await found()).toEqual([]);
    await auditEntries.updateOne(of(2), { $set: { 'actor.name': 'Somebody else' } });
    expect(await found()).toEqual(['altered 2']);
    await auditEntries.deleteOne(of(2));
    expect(await found()).toEqual(['removed 3']);
    await auditEntries.updateOne(of(3), { $set: { sequence: 2 } });
    await auditEntries.updateOne(of(4), { $set: { sequence: 3 } });
    await auditEntries.updateOne(of(2), { $set: { sequence: 4 } });
    expect(await found()).toEqual(expect.arrayContaining(['altered 3', 'altered 4']));
  });

  test('A removed end is found by the head on record, also after later entries', async () => {
    await append(3);
    const { auditEntries } = scratch.collections;
    await auditEntries.deleteOne({ organisationId: org, sequence: 3 });
    expect(await found()).toEqual(['cut-off 2']);
    await append(1);
    expect(await found()).toEqual(['removed 4']);
  });

  test('An action whose process died before its end has an entry without an outcome', async () => {
    const [lost, done] = [auditRecord(org), auditRecord(org)];
    const unknown = { ...lost, status: null };
    await log().begin(unknown);
    await log().begin({ ...done, status: null });
    await log().append(done);
    await log().clearNotes(new Date(Date.now() + HOUR_MS), 1);
    expect(await scratch.collections.auditIntents.countDocuments({ organisationId: org })).toBe(0);
    // A process that was only slow does not add another one.
    await log().append(lost);
    expect((await entries()).map(({ id, status }) => ({ id, status }))).toEqual([
      { id: lost.id, status: null },
      { id: done.id, status: 200 },
    ]);
  });

  test('Old entries are removed, and the chain says from where on it is kept', async () => {
    const old = new Date(Date.now() - 48 * HOUR_MS);
    for (let n = 1; n <= 3; n++) await log().append(auditRecord(org, { at: old }));
    await append(2);
    const dayAgo = new Date(Date.now() - 24 * HOUR_MS);
    await Promise.all([log().expire(org, dayAgo), log().expire(org, dayAgo)]);
    expect((await entries()).map(({ sequence, action }) => [sequence, action])).toEqual([
      [6, EXPIRE_ACTION],
      [5, 'pauseImport'],
      [4, 'pauseImport'],
    ]);
    expect(await found()).toEqual([]);
    expect(await log().organisations()).toContain(org);
    await scratch.collections.auditEntries.deleteOne({ organisationId: org, sequence: 4 });
    expect(await found()).toEqual(['removed 5']);
  });

  test('Pages are of one organisation, of what a target, an actor or an action is asked for, the newest first', async () => {
    const target = { kind: 'import', id: uniqueName('import-') };
    await log().append(auditRecord(org, { targets: [target] }));
    await log().append(auditRecord(org, { action: 'cancelImport' }));
    await log().append(auditRecord(org, { actor: { kind: 'key', id: 'other', name: null, role: 'support' } }));
    await log().append(auditRecord(uniqueName('org-'), { targets: [target] }));
    const sequences = async (filter: object) =>
      (await log().list({ organisationId: org, limit: 2, ...filter })).map(({ sequence }) => sequence);
    expect(await sequences({})).toEqual([3, 2]);
    expect(await sequences({ before: 2 })).toEqual([1]);
    expect(await sequences({ targets: [target, { kind: 'batch', id: 'none' }] })).toEqual([1]);
    expect(await sequences({ action: 'cancelImport' })).toEqual([2]);
    expect(await sequences({ actorId: 'other' })).toEqual([3]);
  });
});

import { MockActivityEnvironment } from '@temporalio/testing';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createCloseImport } from '../../activities/lifecycle/close-import';
import { createImportRows } from '../../activities/lifecycle/import-rows';
import { createRowWriter } from '../../activities/people/write-people';
import type { ActivityDeps } from '../../activities/deps';
import { loadConfig } from '../../platform/config';
import { Deadline } from '../../platform/deadline';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers, uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { openScratchStore, organisation, person, staffMember, stagedRow } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const ORG = 'fenced';
const HEADER = 'First Name,Last Name,Email,Mobile,Role,Company,Group Identifier';

describe('A step that was silent for longer than Temporal waits', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    const { organisations, clientTeams, people } = scratch.collections;
    await organisations.insertOne(organisation(ORG));
    await clientTeams.insertOne({ _id: 'team', organisationId: ORG, name: 'Mayfair', nameKey: 'mayfair' });
    await people.insertOne(staffMember(ORG, { teamIds: ['team'], active: true }));
  });
  afterAll(() => scratch.close());

  const gate = createGate();
  const depsOn = (store: ActivityDeps['store']): ActivityDeps =>
    createActivityDeps(loadConfig(settingsFor('fenced', sharedServers())), store);

  /** Goes on as if a minute had passed. */
  async function late<T>(release: () => void, step: Promise<T>): Promise<void> {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    release();
    await step.catch(() => undefined).finally(() => clock.mockRestore());
  }

  async function upload(lines: number): Promise<string> {
    const importId = randomUUID();
    const line = (i: number): string =>
      `Given,Family,${importId}-${i}@example.com,+1212555${String(1_000 + i)},Client,,Mayfair`;
    const text = [HEADER, ...Array.from({ length: lines }, (_, i) => line(i))].join('\n');
    const { bytes, sha256 } = await scratch.store.uploads.save(importId, Readable.from([Buffer.from(text)]));
    await scratch.collections.imports.insertOne({
      ...{ _id: importId, organisationId: ORG, batchId: importId, kind: 'clients', source: 'file', fileName: 'a.csv' },
      ...{ bytes, sha256, status: 'planning', createdAt: new Date(), createdByRole: 'systemAdministrator' },
      options: { mode: 'apply', strict: false, onExisting: 'error', encoding: null },
      ...{ columns: [], layout: null, fileProblems: [], retries: [], revision: 0 },
    });
    return importId;
  }

  test('creates nobody of a file that was cancelled and closed since it has staged the rows', async () => {
    const importId = await upload(3);
    const staging = gate.hold('plans.record', 'after');
    const step = new MockActivityEnvironment().run(createImportRows(depsOn(gate.around(scratch.store))), { importId });
    await staging.arrival;
    const close = createCloseImport(depsOn(scratch.store));
    const closed = await new MockActivityEnvironment().run(close, { importId, as: 'failed' as const });
    expect(closed).toMatchObject({ status: 'failed' });
    await late(staging.release, step);
    expect(await scratch.collections.people.countDocuments({ importId })).toBe(0);
    expect(await scratch.collections.rows.countDocuments({ importId, status: 'cancelled' })).toBe(3);
  });

  test('does not write a change again over what came after it', async () => {
    const importId = uniqueName('import-');
    const known = person(ORG, { company: 'Before' });
    await scratch.collections.people.insertOne(known);
    const staged = stagedRow({ ...known, company: 'Of the row' }, { importId, row: 2 });
    const changes = [{ field: 'company' as const, before: 'Before', after: 'Of the row' }];
    const row = { ...staged, plan: { action: 'update' as const, personId: known._id, changes, channels: [] } };
    await scratch.collections.rows.insertOne(row);
    const looking = gate.hold('people.present', 'after');
    const written = createRowWriter(depsOn(gate.around(scratch.store)))(importId, [row], new Deadline(4_000));
    await looking.arrival;
    await createRowWriter(depsOn(scratch.store))(importId, [row], new Deadline(4_000));
    const by = { importId: uniqueName('import-'), row: 7 };
    await scratch.collections.rows.insertOne(stagedRow(known, by));
    await scratch.store.people.update(ORG, [{ personId: known._id, fields: { company: 'Of another file' }, by }]);
    await late(looking.release, written);
    expect(await scratch.collections.people.findOne({ _id: known._id })).toMatchObject({ company: 'Of another file' });
  });
});

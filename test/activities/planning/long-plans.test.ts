import { MockActivityEnvironment } from '@temporalio/testing';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createApplyPlan } from '../../../activities/planning/apply-plan';
import { buildPlan } from '../../../activities/planning/build-plan';
import { createPlanImport } from '../../../activities/planning/plan-import';
import type { ActivityDeps } from '../../../activities/deps';
import type { ImportMode } from '../../../contract/import';
import { FAILURES } from '../../../contract/failures';
import { isHeld, ListBuilder } from '../../../domain/long-list';
import { loadConfig } from '../../../platform/config';
import { createActivityDeps } from '../../../worker/deps';
import type { ImportDoc, RowDoc } from '../../../store/documents';
import { settingsFor, sharedServers } from '../../support/environment';
import { openScratchStore, organisation, person, staffMember } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const ORG = 'long-plans';
/** Of the plans of this suite; the product holds five thousand. */
const FEW = 10;
/** Three pages of rows that are checked and staged together, the last one not full. */
const ROWS = 2_300;
const HEADER = 'First Name,Last Name,Email,Mobile,Role,Company,Group Identifier';

let scratch: ScratchStore;
let deps: ActivityDeps;
beforeAll(async () => {
  scratch = await openScratchStore();
  deps = createActivityDeps(loadConfig(settingsFor('long-plans', sharedServers())), scratch.store);
  await scratch.collections.organisations.insertOne({ ...organisation(ORG), maxRowsPerFile: 100_000 });
  await scratch.collections.clientTeams.insertOne({
    _id: 'team',
    organisationId: ORG,
    name: 'Mayfair',
    nameKey: 'mayfair',
  });
  await scratch.collections.people.insertMany([
    staffMember(ORG, { teamIds: ['team'], active: true }),
    // Somebody whom line 1,502 names, and somebody else with the number of line 2.
    person(ORG, { email: 'person1500@example.com', emailKey: 'person1500@example.com', mobile: mobileOf(1_500) }),
    person(ORG, { mobile: mobileOf(0) }),
  ]);
});
afterAll(() => scratch.close());

const mobileOf = (i: number): string => `+1212555${String(1_000 + i).padStart(4, '0')}`;

/** People with a number each, but for some who share those of others on pages before them, and one address twice. */
function lineOf(i: number): string {
  const email = i === 2_200 ? 'person3@example.com' : `person${i}@example.com`;
  const mobile = mobileOf(i >= 1_100 && i < 1_110 ? 7 : i);
  return `Given${i},Family${i},${email},${mobile},Client,,Mayfair`;
}

async function upload(mode: ImportMode, rows = ROWS): Promise<ImportDoc> {
  const importId = randomUUID();
  const text = [HEADER, ...Array.from({ length: rows }, (_, i) => lineOf(i))].join('\n');
  const { bytes, sha256 } = await scratch.store.uploads.save(importId, Readable.from([Buffer.from(text)]));
  const importDoc: ImportDoc = {
    ...{ _id: importId, organisationId: ORG, batchId: importId, kind: 'clients', source: 'file', fileName: 'long.csv' },
    ...{ bytes, sha256, status: 'planning', createdAt: new Date(), createdByRole: 'systemAdministrator' },
    options: { mode, strict: false, onExisting: 'error', encoding: null },
    ...{ columns: [], layout: null, fileProblems: [], retries: [], revision: 0 },
  };
  await scratch.collections.imports.insertOne(importDoc);
  return importDoc;
}

const rowsOf = (importId: string): Promise<RowDoc[]> =>
  scratch.collections.rows.find({ importId }).sort({ row: 1 }).toArray();
const found = async (importId: string): Promise<ImportDoc> => (await scratch.store.imports.find(importId))!;

/** A plan whose rows come packed, as those of a file of more than five thousand rows do. */
async function longPlan(importDoc: ImportDoc) {
  const plan = await buildPlan(deps, importDoc, { mostHeld: FEW });
  expect(isHeld(plan.rows)).toBe(false);
  return plan;
}

describe('The plan of a long file', () => {
  it('is that of the same file planned at once, row by row and by its hash, with what pages have in common', async () => {
    const importDoc = await upload('apply');
    const [long, short] = await Promise.all([longPlan(importDoc), buildPlan(deps, importDoc)]);
    expect(long.ofFile).toEqual(short.ofFile);
    expect(long.ofFile.questions).toMatchObject([{ kind: 'shared-mobiles' }]);
    const rows = [...long.rows];
    expect(rows).toEqual([...short.rows]);
    const at = (line: number): RowDoc => rows[line - 2]!;
    expect(at(2_202)).toMatchObject({ status: 'rejected', problems: [{ code: 'email.duplicate-in-file' }] });
    expect(at(1_502)).toMatchObject({ status: 'rejected', problems: [{ code: 'email.already-used' }] });
    expect(at(1_105).problems).toMatchObject([{ code: 'mobile.shared', details: { firstLine: 9 } }]);
    expect(at(2).problems).toMatchObject([{ code: 'mobile.shared', details: { known: 1 } }]);
  }, 60_000);

  it('is staged as a whole or not at all: an attempt that ends in between leaves no plan, and the next one writes over it', async () => {
    const importDoc = await upload('apply');
    const { rows, ofFile } = await longPlan(importDoc);
    const options = { awaitsApproval: true };
    const died = new Error('The worker died');
    const dies = () => Promise.reject(died);
    await expect(
      scratch.store.plans.record(importDoc._id, rows, ofFile, { ...options, betweenPages: dies }),
    ).rejects.toBe(died);
    expect(await rowsOf(importDoc._id)).toHaveLength(1_000);
    const between = await found(importDoc._id);
    expect(between).toMatchObject({ status: 'planning', staging: { line: 1_001 } });
    expect(between.plannedAt).toBeUndefined();
    expect(await scratch.store.progress.find(importDoc._id)).toMatchObject({ lines: 0 });
    // Nothing is written, sent or counted by pages without a plan.
    expect((await scratch.store.snapshots.find(importDoc._id))!.snapshot.rows).toEqual([]);

    const staged = await scratch.store.plans.record(importDoc._id, rows, ofFile, options);
    expect(staged).toMatchObject({ status: 'awaiting-approval', planHash: ofFile.planHash });
    expect(staged!.staging).toBeUndefined();
    expect(await rowsOf(importDoc._id)).toEqual([...rows]);
    expect(await scratch.store.plans.record(importDoc._id, rows, ofFile, options)).toBeNull();
  }, 60_000);

  it('is that of the newest attempt: a worker that was thought dead writes nothing any more', async () => {
    const importDoc = await upload('apply');
    const { rows, ofFile } = await longPlan(importDoc);
    const stale = new ListBuilder<RowDoc>(FEW);
    for (const row of rows) stale.push({ ...row, status: 'cancelled' });
    let newer: ImportDoc | null = null;
    const overtake = async (): Promise<void> => {
      newer ??= await scratch.store.plans.record(importDoc._id, rows, ofFile, { awaitsApproval: true });
    };
    const options = { awaitsApproval: true, betweenPages: overtake };
    expect(await scratch.store.plans.record(importDoc._id, stale.list(), ofFile, options)).toBeNull();
    expect(newer).toMatchObject({ status: 'awaiting-approval' });
    expect(await rowsOf(importDoc._id)).toEqual([...rows]);
  }, 60_000);

  it('that has become shorter leaves no row of the longer one', async () => {
    const importDoc = await upload('apply');
    const { rows, ofFile } = await longPlan(importDoc);
    const ends = () => Promise.reject(new Error('The worker died'));
    let pages = 0;
    const betweenPages = () => (++pages === 3 ? ends() : Promise.resolve());
    await scratch.store.plans
      .record(importDoc._id, rows, ofFile, { awaitsApproval: false, betweenPages })
      .catch(() => undefined);
    expect(await rowsOf(importDoc._id)).toHaveLength(ROWS);
    const shorter = new ListBuilder<RowDoc>(FEW);
    for (const row of rows) if (row.row <= 500) shorter.push(row);
    await scratch.store.plans.record(importDoc._id, shorter.list(), ofFile, { awaitsApproval: false });
    expect((await rowsOf(importDoc._id)).map(({ row }) => row)).toEqual([...shorter.list()].map(({ row }) => row));
  }, 60_000);
});

describe('A preview of more rows than are held', () => {
  it('is planned again by its workflow when a choice is made, keeps what was typed, and has no plan until then', async () => {
    const { _id: importId } = await upload('preview', 5_200);
    const planImport = createPlanImport(deps);
    await new MockActivityEnvironment().run(planImport, { importId });
    const before = await found(importId);
    expect(before).toMatchObject({ status: 'awaiting-approval', questions: [{ kind: 'shared-mobiles' }] });
    const hash = before.planHash!;
    const edits = new Map([[4, { typed: { firstName: 'Typed' } }]]);
    expect(await scratch.store.plans.planAgain(before, { choices: { sharedMobiles: 'hold' }, edits })).toBe(true);
    expect(await scratch.store.plans.planAgain(before, {})).toBe(false);
    const waiting = await found(importId);
    expect([waiting.planHash, waiting.wakeAt]).toEqual([undefined, expect.any(Date)]);

    const applyPlan = createApplyPlan(deps);
    const apply = (planHash: string) => new MockActivityEnvironment().run(applyPlan, { importId, planHash });
    // The plan that was looked at is gone, and the step that finds so makes the new one.
    await expect(apply(hash)).rejects.toMatchObject({ type: FAILURES.planOutdated });
    const after = await found(importId);
    expect(after).toMatchObject({ status: 'awaiting-approval', questions: [], options: { sharedMobiles: 'hold' } });
    expect(after.staging).toBeUndefined();
    expect(after.planHash).not.toBe(hash);
    const rows = await rowsOf(importId);
    expect(rows).toHaveLength(5_200);
    expect(rows[2]).toMatchObject({ typed: { firstName: 'Typed' }, person: { firstName: 'Typed' } });
    expect(rows[1_103]).toMatchObject({ plan: { channels: ['email'] } });

    const snapshot = await apply(after.planHash!);
    expect(snapshot).toMatchObject({ status: 'planning' });
    expect(await found(importId)).toMatchObject({ appliedAt: expect.any(Date) as Date });
  }, 120_000);
});

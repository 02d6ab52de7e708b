import { hasComeToRest, isFinal, isResting, IMPORT_STATUSES } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { IMPORT_TRANSITIONS } from '../../domain/imports/transitions';
import type { ImportTransition, ImportTransitionName } from '../../domain/imports/transitions';
import type { ImportDoc } from '../../store/documents';
import { checkEveryMs } from '../../store/imports/outbox';
import { transition } from '../../store/imports/transition';
import { uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const TRANSITIONS = Object.entries(IMPORT_TRANSITIONS) as [ImportTransitionName, ImportTransition][];
/** Each transition with each of its targets; a status that stays is no target. */
const CASES = TRANSITIONS.flatMap(([name, { to }]) =>
  (to.length === 0 ? [undefined] : to).map((target) => [name, target] as const),
);
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

describe('The status of an import', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  async function importIn(status: ImportStatus): Promise<ImportDoc> {
    const importDoc = {
      ...{ _id: uniqueName('import-'), organisationId: 'one', status, retries: [], revision: 3 },
      ...{
        createdAt: LONG_AGO,
        closedAt: LONG_AGO,
        plannedAt: LONG_AGO,
        checkAt: LONG_AGO,
        pausedBy: { sms: { at: LONG_AGO } },
      },
    } as never as ImportDoc;
    await scratch.collections.imports.insertOne(importDoc);
    return importDoc;
  }
  const find = async ({ _id }: ImportDoc) => (await scratch.collections.imports.findOne({ _id }))!;
  const make = ({ _id }: ImportDoc, name: ImportTransitionName, to?: ImportStatus, more = {}) =>
    transition(scratch.collections, _id, name, {
      ...(IMPORT_TRANSITIONS[name].to.length > 1 && to && { to }),
      compute: { appliedAt: '$$NOW' },
      ...more,
    });

  test.each(CASES)('moves by %s to %s from the statuses of the table and from no other', async (name, to) => {
    const { from, keeps = [], revises, closed }: ImportTransition = IMPORT_TRANSITIONS[name];
    for (const status of IMPORT_STATUSES) {
      const before = await importIn(status);
      const result = await make(before, name, to);
      const after = await find(before);
      if (!from.includes(status) && !keeps.includes(status)) {
        expect([result, after]).toEqual([null, before]);
        continue;
      }
      expect(result).toEqual(after);
      const { closedAt, appliedAt, checkAt, remindAt, unannounced, restSequence, ...rest } = after;
      const expected = keeps.includes(status) ? status : to;
      const unchanged = Object.fromEntries(
        Object.entries(before).filter(([field]) => !field.match(/^(closed|check)At$/)),
      );
      expect(rest).toEqual({ ...unchanged, status: expected, revision: revises ? 4 : 3 });
      expect(appliedAt!.getTime()).toBeGreaterThan(LONG_AGO.getTime());
      // Its organisation is to be told of a new status in which it rests, and of no other.
      const isNews = expected !== status && hasComeToRest(expected!);
      expect(unannounced?.map((news) => [news.sequence, news.status])).toEqual(isNews ? [[1, expected]] : undefined);
      expect(restSequence).toBe(isNews ? 1 : undefined);
      // The reminders of what it has sent will be due.
      expect(remindAt !== undefined).toBe(closed === true);
      if (closed === undefined) expect(closedAt).toEqual(LONG_AGO);
      else if (closed) expect(closedAt!.getTime()).toBeGreaterThan(LONG_AGO.getTime());
      else expect(closedAt).toBeUndefined();
      const laterMs = isFinal(expected!) ? NaN : checkEveryMs(expected!) - checkEveryMs(status);
      expect(checkAt?.getTime() ?? NaN).toBe(before.checkAt!.getTime() + laterMs);
    }
  });

  test.each(CASES)(
    'stays as it is where %s to %s comes with an older revision or a false condition',
    async (name, to) => {
      const { from, keeps = [] }: ImportTransition = IMPORT_TRANSITIONS[name];
      const before = await importIn([...from, ...keeps][0]!);
      expect(await make(before, name, to, { revision: 2 })).toBeNull();
      expect(await make(before, name, to, { where: { plannedAt: { $exists: false } } })).toBeNull();
      expect(await find(before)).toEqual(before);
    },
  );

  test('changes by one of two transitions that start at the same revision', async () => {
    const before = await importIn('inviting');
    const both = await Promise.all([
      make(before, 'close', 'completed', { revision: 3 }),
      make(before, 'close', 'needs-attention', { revision: 3 }),
    ]);
    expect(both.filter((result) => result !== null)).toHaveLength(1);
    expect((await find(before)).revision).toBe(4);
  });

  test('is told in the order of its changes, and what came after it was read is not forgotten', async () => {
    const { announcements } = scratch.store;
    const before = await importIn('inviting');
    await make(before, 'close', 'needs-attention');
    await make(before, 'close', 'needs-attention');
    const [read] = (await announcements.list(1_000)).filter(({ _id }) => _id === before._id);
    await make(before, 'retry');
    await make(before, 'close', 'completed');
    const unannounced = async () => (await find(before)).unannounced?.map(({ sequence, status }) => [sequence, status]);
    expect(await unannounced()).toEqual([
      [1, 'needs-attention'],
      [2, 'completed'],
    ]);
    await announcements.clear(read!);
    await announcements.clear(read!);
    expect(await unannounced()).toEqual([[2, 'completed']]);
    await announcements.clear(await find(before));
    expect(await find(before)).toMatchObject({ restSequence: 2 });
    expect(await find(before)).not.toHaveProperty('unannounced');
  });

  test('can be reached, and left again unless it is final', () => {
    for (const status of IMPORT_STATUSES) {
      const arrows = TRANSITIONS.filter(([name]) => name !== 'close' && name !== 'recount');
      const isReached = TRANSITIONS.some(([, { to }]) => to.includes(status));
      expect([status, isReached]).toEqual([status, status !== 'queued']);
      if (!isResting(status)) expect(arrows.some(([, { from }]) => from.includes(status))).toBe(true);
      const leaving = arrows.filter(([, { from }]) => from.includes(status));
      if (isFinal(status)) expect(leaving.every(([, { closed = false }]) => closed === false)).toBe(true);
    }
  });

  test('refuses a target that is not in the table', async () => {
    const before = await importIn('inviting');
    expect(() => make(before, 'close', 'creating')).toThrow('close does not lead to creating');
    expect(() => make(before, 'close')).toThrow('close does not lead to');
    expect(await find(before)).toEqual(before);
  });
});

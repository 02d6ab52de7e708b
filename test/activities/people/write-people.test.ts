import { createRowWriter } from '../../../activities/people/write-people';
import { Deadline } from '../../../platform/deadline';
import { personIdOf } from '../../../store/documents';
import type { ImportDoc } from '../../../store/documents';
import { uniqueName } from '../../support/environment';
import { openScratchStore, organisation, person, stagedRow } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const ORG = 'demo';

describe('New people that are held back', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation(ORG));
  });
  afterAll(() => scratch.close());

  /** Writes two rows. The database answers the insertion of their people only once their messages are being composed. */
  async function write({ taken = false } = {}) {
    const importId = uniqueName('import-');
    const { collections, store } = scratch;
    const people = [2, 3].map((row) => person(ORG, { _id: personIdOf(importId, row) }));
    const rows = people.map((one, i) => stagedRow(one, { importId, row: i + 2 }));
    await collections.rows.insertMany(rows);
    await collections.imports.insertOne({
      ...{ _id: importId, organisationId: ORG, status: 'creating', revision: 0, columns: [], appliedAt: new Date() },
      options: { onExisting: 'error' },
    } as unknown as ImportDoc);
    if (taken) await collections.people.insertOne(person(ORG, { emailKey: people[0]!.emailKey }));
    let begin!: () => void;
    const composing = new Promise<void>((resolve) => (begin = resolve));
    const create: typeof store.people.create = async (...given) => {
      const created = await store.people.create(...given);
      await composing;
      return created;
    };
    const composed: number[] = [];
    const writeRows = createRowWriter({
      store: { ...store, people: { ...store.people, create } },
      settings: {} as Parameters<typeof createRowWriter>[0]['settings'],
      now: () => new Date(),
    });
    const held = await writeRows(importId, rows, new Deadline(60_000), {
      holdsBack: true,
      meanwhile: async (those) => {
        composed.push(...those.rows.map(({ row }) => row));
        begin();
        return Promise.resolve();
      },
    });
    const statuses = (await store.rows.page(importId, { limit: 9 })).map(({ status }) => status);
    return { held, composed, statuses };
  }

  it('have their messages composed while the database stores them, and wait for their invitations', async () => {
    const { held, composed, statuses } = await write();
    expect(composed).toEqual([2, 3]);
    expect(held?.rows.map(({ row }) => row)).toEqual([2, 3]);
    expect(held?.addressees.size).toBe(2);
    expect(statuses).toEqual(['pending', 'pending']);
  });

  it('are not held back if the address of one was taken since, whatever was composed', async () => {
    const { held, composed, statuses } = await write({ taken: true });
    expect(composed).toEqual([2, 3]);
    expect(held).toBeNull();
    expect(statuses).toEqual(['rejected', 'created']);
  });
});

import { composeMessages } from '../../../activities/sending/compose-messages';
import { createDeferrer } from '../../../activities/sending/times/defer-pending';
import type { ActivityDeps } from '../../../activities/deps';
import { addImport } from '../../support/large-import';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const HOUR_MS = 3_600_000;
const SPREAD = { people: 50, per: 'hour' } as const;
const LOOKED_AT = 100;
const PAGE = Array.from({ length: 20 }, (_, i) => i + 702);

describe('The page of a large spread file', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** Decides when the people of a page are sent their messages; with how many people it has looked at for that. */
  async function decide(rows: number, lookedAt: number) {
    const schedule = { version: 1, spread: SPREAD };
    const importId = await addImport(scratch, rows, {
      invitation: () => ({ state: 'pending', attempt: { id: 'none in this hour', claimedAt: new Date(0) } }),
      importDoc: { status: 'inviting', schedule },
    });
    const now = new Date();
    let lookUps = 0;
    const { store } = scratch;
    const addressees: typeof store.people.addressees = (ids) => {
      lookUps += ids.length;
      return store.people.addressees(ids);
    };
    const deps = {
      store: { ...store, people: { ...store.people, addressees } },
      settings: { quietHours: null, invitationUrl: 'http://x.test/', unsubscribeUrl: 'http://x.test/' },
      now: () => now,
    } as unknown as ActivityDeps;
    const importDoc = (await store.imports.find(importId))!;
    const invitations = await store.invitations.find({ importId, rows: PAGE, states: ['pending'] });
    const composed = await composeMessages(deps, invitations);
    lookUps = 0;
    const sent = await createDeferrer(deps, { lookedAt })(importDoc, {
      ...{ invitations, composed, isFirst: false, ledger: store.ledger },
    });
    expect(sent).toEqual([]);
    const deferred = await store.invitations.find({ importId, rows: PAGE, states: ['pending'] });
    const begin = (importDoc.plannedAt ?? importDoc.createdAt).getTime();
    return { lookUps, hours: deferred.map((one) => (one.deferred!.until.getTime() - begin) / HOUR_MS) };
  }

  test('looks at those whose turn it may be and at its own, and tells the same hours as if it looked at everybody', async () => {
    const everybody = await decide(1_000, 10_000);
    const some = await decide(1_000, LOOKED_AT);
    const someOfMany = await decide(4_000, LOOKED_AT);
    expect(some.hours).toEqual(everybody.hours);
    expect(someOfMany.hours).toEqual(everybody.hours);
    // Line 702 is the person 700, so fourteen hours have 50 each before.
    expect(new Set(some.hours)).toEqual(new Set([14]));
    expect(everybody.lookUps).toBe(2 * 1_000);
    expect(some.lookUps).toBe(2 * (SPREAD.people + LOOKED_AT + PAGE.length));
    expect(someOfMany.lookUps).toBe(some.lookUps);
  });
});

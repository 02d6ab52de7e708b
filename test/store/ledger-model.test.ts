import fc from 'fast-check';
import type { Transition } from '../../domain/invitations/transitions';
import { TRANSITIONS } from '../../domain/invitations/transitions';
import { invitationId } from '../../store/documents';
import { transitionFilter, transitionUpdate } from '../../store/invitations/transition-update';
import { claim, make, newEntry } from '../domain/invitations/pure-ledger';
import type { Entry } from '../domain/invitations/pure-ledger';
import { uniqueName } from '../support/environment';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

/** Stories at once: the database is as quick with many of them as with one. */
const AT_ONCE = 12;
const RUNS = 5;
const ROWS = [2, 3, 4];

const RECORDS = { sent: 'accept', failed: 'reject', unconfirmed: 'doubt' } as const;
const ENDS = { failed: 'giveUp', cancelled: 'cancel', suppressed: 'suppress' } as const;
/** What needs no claim and is made by other parts of the store, with the same filter and the same update. */
const OTHERS = [
  'reportAccepted',
  'reportDelivered',
  'reportBounced',
  'reportDeliveredAfterAll',
  'join',
] as const satisfies Transition[];

const rows = fc.subarray(ROWS, { minLength: 1 });
const attempt = fc.constantFrom('one', 'other');
const action = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('claim' as const), rows, attempt }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('release' as const), rows, attempt }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      rows,
      attempt,
      state: fc.constantFrom(...(Object.keys(RECORDS) as (keyof typeof RECORDS)[])),
    }),
    weight: 2,
  },
  fc.record({
    kind: fc.constant('end' as const),
    rows,
    state: fc.constantFrom(...(Object.keys(ENDS) as (keyof typeof ENDS)[])),
  }),
  {
    arbitrary: fc.record({ kind: fc.constant('other' as const), rows, move: fc.constantFrom(...OTHERS) }),
    weight: 2,
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** Two moves that follow each other by chance in some runs only. */
const DELIVERED_AFTER_ALL: Action[] = [
  { kind: 'other', rows: ROWS, move: 'reportBounced' },
  { kind: 'other', rows: ROWS, move: 'reportDeliveredAfterAll' },
];

describe('The ledger in the database', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  test('When two attempts, callbacks and staff move invitations in any order, then it agrees with the table of moves', async () => {
    const made = new Set<Transition>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 5, maxLength: 14 }), { minLength: AT_ONCE, maxLength: AT_ONCE }),
        async (stories) => void (await Promise.all(stories.map((story) => agree(story, made)))),
      ),
      { numRuns: RUNS, examples: [[Array.from({ length: AT_ONCE }, () => DELIVERED_AFTER_ALL)]] },
    );
    // Else it would agree about what hardly ever happens.
    expect([...made].sort()).toEqual(Object.keys(TRANSITIONS).sort());
  });

  /** Runs a story against both and compares them. */
  async function agree(story: Action[], made: Set<Transition>): Promise<void> {
    const importId = uniqueName('import-');
    const idOf = (row: number): string => invitationId(importId, row, 'sms', 1);
    const staged = ROWS.map((row) => {
      const invitation = sentInvitation(person('demo'), {
        importId,
        row,
        channel: 'sms',
        state: 'pending',
        attempts: 0,
        trail: [{ state: 'pending', at: new Date(0) }],
      });
      delete invitation.attempt;
      return invitation;
    });
    await scratch.store.invitations.stage(staged);
    const pure = new Map<number, Entry>(ROWS.map((row) => [row, newEntry()]));
    const note = (move: Transition, done: boolean): void => void (done && made.add(move));

    for (const one of story) {
      const entries = one.rows.map((row) => pure.get(row)!);
      const ids = one.rows.map(idOf);
      switch (one.kind) {
        case 'claim': {
          entries.forEach((entry) => note('claim', claim(entry, one.attempt, 0)));
          const mine = ids.filter((_, i) => entries[i]!.state === 'sending' && entries[i]!.attempt?.id === one.attempt);
          expect((await scratch.store.ledger.claim(ids, one.attempt)).sort()).toEqual(mine);
          break;
        }
        case 'release':
          entries.forEach((entry) => note('release', make(entry, 'release', one.attempt)));
          await scratch.store.ledger.release(ids, one.attempt);
          break;
        case 'record':
          entries.forEach((entry) => note(RECORDS[one.state], make(entry, RECORDS[one.state], one.attempt)));
          await scratch.store.ledger.record(ids.map((id) => ({ id, attemptId: one.attempt, state: one.state })));
          break;
        case 'end':
          entries.forEach((entry) => note(ENDS[one.state], make(entry, ENDS[one.state])));
          await scratch.store.ledger.endPending(importId, { ids }, one.state);
          break;
        case 'other':
          entries.forEach((entry) => note(one.move, make(entry, one.move)));
          await scratch.collections.invitations.updateMany(
            transitionFilter(one.move, { _id: { $in: ids } }),
            transitionUpdate(one.move),
          );
      }
    }

    const found = await scratch.store.invitations.find({ importId });
    expect(
      found.map(({ state, attempts, trail, attempt }) => ({
        state,
        attempts,
        trail: trail.map((step) => step.state),
        holder: attempt?.id,
      })),
    ).toEqual(
      ROWS.map((row) => {
        const { state, attempts, trail, attempt } = pure.get(row)!;
        return { state, attempts, trail, holder: attempt?.id };
      }),
    );
    for (const { trail, changedAt } of found) {
      const times = trail.map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
      if (trail.length > 1) expect(times.at(-1)).toBe(changedAt.getTime());
    }
  }
});

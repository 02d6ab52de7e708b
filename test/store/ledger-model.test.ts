import fc from 'fast-check';
import type { Transition } from '../../domain/invitations/transitions';
import { TRANSITIONS } from '../../domain/invitations/transitions';
import { invitationId } from '../../store/documents';
import { createFirstLedger } from '../../activities/sending/first-ledger';
import type { AttemptLedger } from '../../activities/sending/first-ledger';
import type { InvitationDoc } from '../../store/documents';
import { addReported } from '../../store/invitations/first-sends';
import { transitionFilter, transitionUpdate } from '../../store/invitations/transition-update';
import { claim, make, newEntry } from '../domain/invitations/pure-ledger';
import type { Entry } from '../domain/invitations/pure-ledger';
import { uniqueName } from '../support/environment';
import { createInvitationToken } from '../../store/index';
import { openScratchStore, person, sentInvitation, stagedRow } from '../support/scratch-store';
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

/** Who keeps the invitations of an import while a story runs. */
interface Books {
  ledger: AttemptLedger;
  /** Before somebody without a claim moves these invitations. */
  beforeOthers: (ids: string[]) => Promise<void>;
  end: () => Promise<void>;
}

/** Moves that follow each other by chance in some runs only. */
const BY_CHANCE: Action[][] = [
  [
    { kind: 'other', rows: ROWS, move: 'reportBounced' },
    { kind: 'other', rows: ROWS, move: 'reportDeliveredAfterAll' },
  ],
  [
    { kind: 'claim', rows: ROWS, attempt: 'one' },
    { kind: 'record', rows: [2], attempt: 'one', state: 'sent' },
    { kind: 'record', rows: [3], attempt: 'one', state: 'failed' },
    { kind: 'record', rows: [4], attempt: 'one', state: 'unconfirmed' },
  ],
  [
    { kind: 'end', rows: [2], state: 'failed' },
    { kind: 'end', rows: [3], state: 'cancelled' },
    { kind: 'end', rows: [4], state: 'suppressed' },
  ],
];

describe('The ledger in the database', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  test.each([
    ['that are stored', stored],
    ['that are stored with their outcome', storedWithOutcome],
  ])(
    'When two attempts, callbacks and staff move invitations %s in any order, then it agrees with the table of moves',
    async (_, open) => {
      const made = new Set<Transition>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(action, { minLength: 5, maxLength: 14 }), { minLength: AT_ONCE, maxLength: AT_ONCE }),
          async (stories) => void (await Promise.all(stories.map((story) => agree(story, made, open)))),
        ),
        { numRuns: RUNS, examples: [[Array.from({ length: AT_ONCE }, (_, i) => BY_CHANCE[i % BY_CHANCE.length]!)]] },
      );
      // Else it would agree about what hardly ever happens.
      expect([...made].sort()).toEqual(Object.keys(TRANSITIONS).sort());
    },
  );

  async function stored(staged: InvitationDoc[]): Promise<Books> {
    await scratch.store.invitations.stage(staged);
    const nothing = (): Promise<void> => Promise.resolve();
    return { ledger: scratch.store.ledger, beforeOthers: nothing, end: nothing };
  }

  /** By the step that has planned their import, until somebody else needs one that it has not claimed. */
  async function storedWithOutcome(drafts: InvitationDoc[]): Promise<Books> {
    const { store, collections } = scratch;
    const { importId } = drafts[0]!;
    await collections.rows.insertMany(drafts.map(({ row }) => stagedRow(person('demo'), { importId, row })));
    await collections.firstSends.insertOne({ _id: importId, claims: [] });
    const first = createFirstLedger(store, { id: importId }, drafts);
    const books = { ledger: first as AttemptLedger, beforeOthers, end };

    async function beforeOthers(ids: string[]): Promise<void> {
      await addReported(collections, ids);
      if ((await collections.invitations.countDocuments({ _id: { $in: ids } })) === ids.length) return;
      await store.firstSends.close(importId);
      await store.invitations.stage(drafts);
      // The step that was taken over may still tell of what it had claimed.
      books.ledger = { ...first, claim: (claimed, attemptId) => store.ledger.claim(claimed, attemptId) };
    }

    async function end(): Promise<void> {
      await store.invitations.stage([...first.inDoubt(), ...first.unclaimed()]);
      await store.firstSends.end({ id: importId });
    }
    return books;
  }

  /** Runs a story against both and compares them. */
  async function agree(
    story: Action[],
    made: Set<Transition>,
    open: (staged: InvitationDoc[]) => Promise<Books>,
  ): Promise<void> {
    const importId = uniqueName('import-');
    const idOf = (row: number): string => invitationId(importId, row, 'sms', 1);
    const staged = ROWS.map((row) => {
      const invitation = sentInvitation(person('demo'), {
        importId,
        row,
        channel: 'sms',
        state: 'pending',
        attempts: 0,
        token: createInvitationToken(),
        trail: [{ state: 'pending', at: new Date(0) }],
      });
      delete invitation.attempt;
      return invitation;
    });
    const books = await open(staged);
    const pure = new Map<number, Entry>(ROWS.map((row) => [row, newEntry()]));
    const note = (move: Transition, done: boolean): void => void (done && made.add(move));

    for (const one of story) {
      const entries = one.rows.map((row) => pure.get(row)!);
      const ids = one.rows.map(idOf);
      switch (one.kind) {
        case 'claim': {
          const added = ids.filter((_, i) => {
            const done = claim(entries[i]!, one.attempt, 0);
            note('claim', done);
            return done;
          });
          const mine = ids.filter((_, i) => entries[i]!.state === 'sending' && entries[i]!.attempt?.id === one.attempt);
          const claimed = await books.ledger.claim(ids, one.attempt);
          expect(claimed).toEqual(expect.arrayContaining(added));
          // Whether it tells of those that it had claimed before is no matter: nobody claims twice.
          expect(mine).toEqual(expect.arrayContaining(claimed));
          break;
        }
        case 'release':
          entries.forEach((entry) => note('release', make(entry, 'release', one.attempt)));
          await books.ledger.release(ids, one.attempt);
          break;
        case 'record':
          entries.forEach((entry) => note(RECORDS[one.state], make(entry, RECORDS[one.state], one.attempt)));
          await books.ledger.record(ids.map((id) => ({ id, attemptId: one.attempt, state: one.state })));
          break;
        case 'end':
          entries.forEach((entry) => note(ENDS[one.state], make(entry, ENDS[one.state])));
          await books.beforeOthers(ids);
          await scratch.store.ledger.endPending(importId, { ids }, one.state);
          break;
        case 'other':
          entries.forEach((entry) => note(one.move, make(entry, one.move)));
          await books.beforeOthers(ids);
          await scratch.collections.invitations.updateMany(
            transitionFilter(one.move, { _id: { $in: ids } }),
            transitionUpdate(one.move),
          );
      }
    }

    await books.end();
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

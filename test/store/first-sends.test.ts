import { firstSendsId, personIdOf } from '../../store/documents';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import { createInvitationToken } from '../../store/index';
import { createPauses } from '../../store/imports/pauses';
import { createFirstSends } from '../../store/invitations/first-sends';
import { newInvitation } from '../../store/invitations/generations';
import { createLedger } from '../../store/invitations/ledger';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, stagedRow } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const ORG = 'demo';

const neverCommits = (): Promise<void> => Promise.reject(new Error('No transaction is expected'));

/** A collection whose first call of a method waits before its work. */
function held<T extends object>(collection: T, method: keyof T & string) {
  let arrive!: () => void;
  let release!: () => void;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const guarded = new Proxy(collection, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = value.bind(target) as (...args: unknown[]) => unknown;
      if (name !== method) return call;
      return async (...args: unknown[]) => {
        arrive();
        await released;
        return call(...args);
      };
    },
  });
  return { collection: guarded, arrival, release };
}

describe('First sends', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation(ORG));
  });
  afterAll(() => scratch.close());

  /** An import with these lines, whose step may claim. */
  async function anImport(rows: number[]): Promise<{ importId: string; drafts: InvitationDoc[] }> {
    const importId = uniqueName('import-');
    const { rows: rowDocs, firstSends, people } = scratch.collections;
    const persons = rows.map((row) => person(ORG, { _id: personIdOf(importId, row) }));
    await people.insertMany(persons);
    await rowDocs.insertMany(rows.map((row, i) => stagedRow(persons[i]!, { importId, row })));
    await firstSends.insertOne({ _id: importId, claims: [] });
    const drafts = rows.map((row) => {
      const key = { organisationId: ORG, importId, row, channel: 'sms', personKind: 'client' } as const;
      return newInvitation({ ...key, personId: personIdOf(importId, row) }, 1, createInvitationToken());
    });
    return { importId, drafts };
  }
  const claim = (importId: string, drafts: InvitationDoc[], attemptId = 'attempt') =>
    scratch.store.firstSends.claim(
      { id: importId },
      {
        attemptId,
        channel: 'sms',
        rows: drafts.map(({ row }) => row),
        tokens: drafts.map(({ token }) => token).join(''),
      },
    );
  const find = (importId: string) => scratch.store.invitations.find({ importId });

  test('When a step has died, then whoever takes over finds what it had claimed in doubt, and it can claim no more', async () => {
    const { importId, drafts } = await anImport([2, 3, 4]);
    const { claimedAt } = (await claim(importId, drafts.slice(0, 2)))!;
    expect(await scratch.store.firstSends.add([{ ...drafts[0]!, state: 'sent' }])).toEqual([]);
    await Promise.all([scratch.store.firstSends.close(importId), scratch.store.firstSends.close(importId)]);
    expect(await find(importId)).toEqual([
      { ...drafts[0]!, state: 'sent' },
      {
        ...drafts[1]!,
        state: 'sending',
        attempt: { id: 'attempt', claimedAt },
        attempts: 1,
        trail: ['pending', 'sending'].map((state) => ({ state, at: claimedAt })),
        createdAt: claimedAt,
        changedAt: claimedAt,
      },
    ]);
    expect(await claim(importId, drafts.slice(2))).toBeNull();
    expect(await scratch.collections.firstSends.findOne({ _id: importId })).toBeNull();
  });

  test('What a step leaves unclaimed is added as it ends, and nobody can claim it for the step any more', async () => {
    const { importId, drafts } = await anImport([2, 3]);
    expect(await scratch.store.firstSends.addUnclaimed({ id: importId }, drafts)).toBe(true);
    expect(await find(importId)).toEqual(drafts);
    expect(await claim(importId, drafts)).toBeNull();
  });

  test('A step that was taken over adds nothing, since the other may add and send the same', async () => {
    const { importId, drafts } = await anImport([2, 3]);
    await scratch.store.firstSends.close(importId);
    expect(await scratch.store.firstSends.addUnclaimed({ id: importId }, drafts)).toBe(false);
    expect(await find(importId)).toEqual([]);
  });

  test('When a claim is young, then its request may begin, whether it is stored or not', async () => {
    const { importId, drafts } = await anImport([2]);
    expect(await scratch.store.ledger.mayBegin(importId, 60_000)).toBe(false);
    await claim(importId, drafts);
    expect(await scratch.store.ledger.mayBegin(importId, 60_000)).toBe(true);
    expect(await scratch.store.ledger.mayBegin(importId, 0)).toBe(false);
  });

  test('When a claim is young, then it is seen also where another step takes it over at that moment', async () => {
    const { importId, drafts } = await anImport([2]);
    await claim(importId, drafts);
    const { collections } = scratch;
    const look = held(collections.firstSends, 'findOne');
    const mayBegin = createLedger({ ...collections, firstSends: look.collection }).mayBegin(importId, 60_000);
    await look.arrival;
    await scratch.store.firstSends.close(importId);
    look.release();
    expect(await mayBegin).toBe(true);
  });

  test('A claim is told of a pause that was made since the plan, and of a cancellation', async () => {
    for (const cancels of [false, true]) {
      const { importId, drafts } = await anImport([2, 3]);
      await scratch.collections.imports.insertOne({ _id: importId, status: 'inviting', revision: 0 } as ImportDoc);
      expect(await claim(importId, drafts.slice(0, 1))).toMatchObject({ isHeld: false });
      expect(await scratch.store.pauses.pause(importId, 'staff', cancels ? { cancels } : {})).not.toBeNull();
      expect(await claim(importId, drafts.slice(1))).toMatchObject({ isHeld: true });
    }
  });

  test('When a file is planned while it is being paused, then its first claim is told', async () => {
    const { importId, drafts } = await anImport([2]);
    const { imports, firstSends } = scratch.collections;
    await imports.insertOne({ _id: importId, status: 'inviting', revision: 0 } as ImportDoc);
    await firstSends.deleteOne({ _id: importId });
    const updateMany = jest
      .spyOn(firstSends, 'updateMany')
      .mockImplementationOnce(async () => firstSends.insertOne({ _id: importId, claims: [] }) as never);
    await createPauses({ imports, firstSends }).pause(importId, 'staff');
    updateMany.mockRestore();
    expect(await claim(importId, drafts)).toMatchObject({ isHeld: true });
  });

  describe('of a page', () => {
    const aPage = async (rows: number[], owner: string) => {
      const { importId, drafts } = await anImport(rows);
      await scratch.collections.firstSends.deleteOne({ _id: importId });
      const page = { id: firstSendsId(importId, 0), owner };
      const claimOf = (of: typeof page) =>
        scratch.store.firstSends.claim(of, {
          ...{ attemptId: of.owner, channel: 'sms' },
          rows: drafts.map(({ row }) => row),
          tokens: drafts.map(({ token }) => token).join(''),
        });
      return { importId, drafts, page, claimOf };
    };

    test('One attempt begins it, and another that comes meanwhile does not', async () => {
      const { page } = await aPage([2], 'one');
      expect(await scratch.store.firstSends.begin(page)).toBe(true);
      expect(await scratch.store.firstSends.begin({ ...page, owner: 'other' })).toBe(false);
    });

    test('An attempt that was frozen claims nothing on a page that was taken over and begun anew', async () => {
      const { page, claimOf } = await aPage([2, 3], 'frozen');
      await scratch.store.firstSends.begin(page);
      await scratch.store.firstSends.close(page.id);
      const next = { ...page, owner: 'next' };
      expect(await scratch.store.firstSends.begin(next)).toBe(true);
      expect(await claimOf(page)).toBeNull();
      expect(await claimOf(next)).not.toBeNull();
    });

    test('An attempt that was frozen adds nothing to a page that was taken over and begun anew, whose messages may be on their way', async () => {
      const { importId, drafts, page, claimOf } = await aPage([2, 3], 'frozen');
      await scratch.store.firstSends.begin(page);
      await scratch.store.firstSends.close(page.id);
      const next = { ...page, owner: 'next' };
      await scratch.store.firstSends.begin(next);
      expect(await scratch.store.firstSends.addUnclaimed(page, drafts)).toBe(false);
      expect(await find(importId)).toEqual([]);
      expect(await claimOf(next)).not.toBeNull();
    });

    test('A step that was frozen as it took the page over leaves the claims of an attempt that has begun it anew', async () => {
      const { importId, drafts, page, claimOf } = await aPage([2, 3], 'dead');
      await scratch.store.firstSends.begin(page);
      const { collections } = scratch;
      const removal = held(collections.firstSends, 'deleteOne');
      const frozen = createFirstSends({ ...collections, firstSends: removal.collection }, neverCommits);
      const closed = frozen.close(page.id);
      await removal.arrival;
      await scratch.store.firstSends.close(page.id);
      const next = { ...page, owner: 'next' };
      await scratch.store.firstSends.begin(next);
      await claimOf(next);
      removal.release();
      await closed;
      // It dies, too.
      await scratch.store.firstSends.close(page.id);
      expect(await find(importId)).toMatchObject(drafts.map(({ _id }) => ({ _id, state: 'sending' })));
    });

    test('A pause tells its claims, a report before its answer counts, and an import is taken over with all of its pages', async () => {
      const { importId, drafts, page, claimOf } = await aPage([2, 3], 'one');
      await scratch.collections.imports.insertOne({ _id: importId, status: 'inviting', revision: 0 } as ImportDoc);
      await scratch.store.firstSends.begin(page);
      await scratch.store.pauses.pause(importId, 'staff');
      expect(await claimOf(page)).toMatchObject({ isHeld: true });
      expect(await scratch.store.ledger.mayBegin(importId, 60_000)).toBe(true);
      const invitationId = drafts[0]!._id;
      await scratch.store.reports.apply([
        { ...{ eventId: invitationId, channel: 'sms', kind: 'delivered' }, invitationId, at: new Date() },
      ]);
      expect(await find(importId)).toMatchObject([{ row: 2, state: 'delivered' }]);
      await scratch.store.firstSends.closeImport(importId);
      expect(await find(importId)).toMatchObject([
        { row: 2, state: 'delivered' },
        { row: 3, state: 'sending' },
      ]);
      expect(await claimOf(page)).toBeNull();
    });
  });

  test('When one is claimed again, then its latest claim counts', async () => {
    const { importId, drafts } = await anImport([2]);
    await claim(importId, drafts, 'one');
    const { claimedAt } = (await claim(importId, drafts, 'other'))!;
    await scratch.store.firstSends.close(importId);
    expect(await find(importId)).toMatchObject([{ attempt: { id: 'other', claimedAt }, attempts: 1 }]);
  });

  test('When a provider reports before its answer is recorded, then the report counts, and that of nobody else is added', async () => {
    const { importId, drafts } = await anImport([2, 3, 4]);
    await claim(importId, drafts.slice(0, 2));
    const report = (invitationId: string) =>
      ({ eventId: invitationId, channel: 'sms', kind: 'delivered', invitationId, at: new Date() }) as const;
    await scratch.store.reports.apply([report(drafts[0]!._id), report(drafts[2]!._id)]);
    expect(await find(importId)).toMatchObject([{ row: 2, state: 'delivered', token: drafts[0]!.token }]);
    await scratch.store.ledger.record([{ id: drafts[0]!._id, attemptId: 'attempt', state: 'sent', providerId: 'SM1' }]);
    expect(await find(importId)).toMatchObject([{ row: 2, state: 'delivered' }]);
  });

  test('When a link is followed before the answer of its provider is recorded, then it works, and one that nobody has claimed does not', async () => {
    const { importId, drafts } = await anImport([2, 3]);
    await scratch.collections.imports.insertOne({ _id: importId, organisationId: ORG } as never);
    await claim(importId, drafts.slice(0, 1));
    expect(await scratch.store.acceptance.accept(drafts[1]!.token)).toEqual({ kind: 'unknown' });
    expect(await scratch.store.acceptance.accept(drafts[0]!.token)).toMatchObject({
      kind: 'accepted',
      becameActive: true,
    });
    expect(await find(importId)).toMatchObject([{ row: 2, state: 'accepted' }]);
  });
});

import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { deriveStatus } from '../../contract/progress';
import type { ImportProgress } from '../../contract/import';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import { rowId } from '../../store/documents';
import { transitionFilter, transitionUpdate } from '../../store/invitations/transition-update';
import { countImports, createProgress } from '../../store/imports/progress';
import { createProviderReports } from '../../store/provider-reports/provider-reports';
import { uniqueName } from '../support/environment';
import { addImport } from '../support/large-import';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const LINES = [2, 3, 4];
const LONG_ROWS = 5_100;

describe('The counts of imports', () => {
  let scratch: ScratchStore;
  let organisationId: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
    organisationId = uniqueName('org-');
    await scratch.collections.organisations.insertOne(organisation(organisationId));
  });
  afterAll(() => scratch.close());

  /** An import of three people whom a mail was sent to. */
  async function completed(change: Partial<ImportDoc> = {}): Promise<{ id: string; sent: InvitationDoc[] }> {
    const { imports, rows, people, invitations } = scratch.collections;
    const id = uniqueName('import-');
    const now = new Date();
    const importDoc = { _id: id, organisationId, status: 'completed', createdAt: now, plannedAt: now, revision: 1 };
    await imports.insertOne({ ...importDoc, retries: [], ...change } as unknown as ImportDoc);
    const invited = LINES.map(() => person(organisationId));
    const sent = LINES.map((row, i) => sentInvitation(invited[i]!, { importId: id, row }));
    await people.insertMany(invited);
    await invitations.insertMany(sent);
    await rows.insertMany(
      LINES.map((row) => ({ _id: rowId(id, row), organisationId, importId: id, row, status: 'created' }) as never),
    );
    return { id, sent };
  }
  const read = (ids: string[]): Promise<ImportDoc[]> =>
    scratch.collections.imports
      .find({ _id: { $in: ids } }, { readConcern: 'majority' })
      .sort({ _id: 1 })
      .toArray();
  const live = async (ids: string[]): Promise<ImportProgress[]> => {
    const docs = await read(ids);
    const counts = await countImports(scratch.collections, docs);
    return docs.map(({ _id }) => counts.get(_id)!);
  };
  const report = (kind: 'delivered' | 'bounced', { _id, channel }: InvitationDoc): ProviderReport => ({
    ...{ eventId: uniqueName('event-'), channel, kind, invitationId: _id },
    ...(kind === 'bounced' && { code: 'invitation.undelivered', providerCode: '30003' }),
  });
  /** How many commands count something meanwhile. */
  async function counting<T>(what: () => Promise<T>): Promise<{ result: T; commands: number }> {
    await scratch.db.command({ profile: 2 });
    const result = await what();
    await scratch.db.command({ profile: 0 });
    const profile = scratch.db.collection('system.profile');
    const commands = await profile.countDocuments({ 'command.aggregate': { $in: ['rows', 'invitations'] } });
    await profile.drop();
    return { result, commands };
  }

  test('of any number of imports take one command a collection, and those at rest none the next time', async () => {
    const ids = [await completed(), await completed(), await completed({ status: 'inviting' })].map(({ id }) => id);
    const progress = createProgress(scratch.collections);
    const first = await counting(async () => progress.ofAll(await read(ids)));
    expect(first.commands).toBe(1);
    expect(first.result).toEqual(await live(ids));
    const atRest = ids.slice(0, 2);
    const again = await counting(async () => progress.ofAll(await read(atRest)));
    expect(again.commands).toBe(0);
    expect(again.result).toEqual(await live(atRest));
  });

  test('of an import that is under way, or whose rows wait, are counted each time', async () => {
    const [{ id: underWay }, { id: waits }] = [
      await completed({ status: 'inviting' }),
      await completed({ status: 'needs-attention' }),
    ];
    await scratch.collections.rows.updateOne({ _id: rowId(waits, 2) }, { $set: { status: 'waiting' } });
    const progress = createProgress(scratch.collections);
    const ask = async () => progress.ofAll(await read([underWay, waits]));
    await ask();
    expect((await counting(ask)).commands).toBe(1);
  });

  test('are counted again after ten minutes, since somebody may have written reports and not said so', async () => {
    const { id } = await completed();
    let now = 0;
    const progress = createProgress(scratch.collections, () => now);
    await progress.find(id);
    await scratch.collections.invitations.updateOne({ _id: `${id}:2:email:1` }, { $set: { state: 'delivered' } });
    now = 9 * 60_000;
    expect((await progress.find(id))!.invitations.email).toMatchObject({ sent: 3, delivered: 0 });
    now = 10 * 60_000;
    expect((await progress.find(id))!.invitations.email).toMatchObject({ sent: 2, delivered: 1 });
  });

  /** The reports, by a process that does `before` just before it writes invitations, and dies just after that. */
  const dying = (before: () => Promise<unknown>) => {
    const { imports, invitations } = scratch.collections;
    const killed = () => Promise.reject(new Error('killed'));
    let isDead = false;
    const replaced = <T extends object>(target: T, name: string, by: (run: () => unknown) => unknown): T =>
      new Proxy(target, {
        get(_, key): unknown {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== 'function') return member;
          if (key !== name) return member.bind(target) as unknown;
          return (...args: unknown[]): unknown => by(() => member.apply(target, args) as unknown);
        },
      });
    return createProviderReports({
      ...scratch.collections,
      imports: replaced(imports, 'updateMany', (run) => (isDead ? killed() : run())),
      invitations: replaced(invitations, 'bulkWrite', async (run) => {
        await before();
        const result = await run();
        isDead = true;
        return result;
      }),
    });
  };

  test('are right although a process dies once it has written a report', async () => {
    const { id, sent } = await completed();
    const progress = createProgress(scratch.collections);
    await progress.find(id);
    await expect(dying(() => Promise.resolve()).apply([report('delivered', sent[0]!)])).rejects.toThrow('killed');
    expect((await progress.find(id))!.invitations.email).toMatchObject({ sent: 2, delivered: 1 });
  });

  test('are put right by the repeated report where somebody has counted just before the write', async () => {
    const { id, sent } = await completed();
    const progress = createProgress(scratch.collections);
    const delivered = report('delivered', sent[0]!);
    await expect(dying(() => progress.find(id)).apply([delivered])).rejects.toThrow('killed');
    expect((await progress.find(id))!.invitations.email).toMatchObject({ sent: 3, delivered: 0 });
    await scratch.store.reports.apply([delivered]);
    expect((await progress.find(id))!.invitations.email).toMatchObject({ sent: 2, delivered: 1 });
  });

  test('are those of the database once nothing changes any more, in whatever order everything came', async () => {
    const act = fc.record({
      kind: fc.constantFrom('delivered', 'bounced', 'accept', 'retry', 'work', 'list', 'list', 'find'),
      of: fc.nat(1),
      line: fc.nat(2),
      reader: fc.nat(1),
      delays: fc.tuple(fc.nat(8), fc.nat(8)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
        const imports = [await completed(), await completed()];
        const ids = imports.map(({ id }) => id).sort();
        // Two processes of the API.
        const readers = [createProgress(scratch.collections), createProgress(scratch.collections)];
        const { reports, acceptance, generations } = scratch.store;
        await Promise.all(
          acts.map(async ({ kind, of, line, reader, delays }) => {
            const { id, sent } = imports[of]!;
            await pause(delays[0]);
            if (kind === 'delivered' || kind === 'bounced') await reports.apply([report(kind, sent[line]!)]);
            if (kind === 'accept') await acceptance.accept(sent[line]!.token);
            if (kind === 'retry') await generations.open({ importId: id, retryId: uniqueName('retry-') });
            if (kind === 'work') await work(id);
            if (kind === 'find') await readers[reader]!.find(id);
            if (kind !== 'list') return;
            const docs = await read(ids);
            await pause(delays[1]);
            await readers[reader]!.ofAll(docs);
          }),
        );
        const expected = await live(ids);
        for (const reader of readers) expect(await reader.ofAll(await read(ids))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  /** What a workflow does about what is open: sends, and closes by the counts. */
  async function work(importId: string): Promise<void> {
    const { snapshots, imports } = scratch.store;
    for (const step of ['claim', 'accept'] as const)
      await scratch.collections.invitations.updateMany(transitionFilter(step, { importId }), transitionUpdate(step));
    const { revision } = (await snapshots.find(importId))!.importDoc;
    const [progress] = await live([importId]);
    const status = deriveStatus(progress!);
    if (status !== 'inviting') await imports.close(importId, status, revision);
  }

  test('A long file under way is counted from time to time, its status at once, and its end exactly', async () => {
    let now = Date.now();
    const progress = createProgress(scratch.collections, () => now);
    const id = await addImport(scratch, LONG_ROWS, { importDoc: { status: 'inviting' } });
    const { imports, rows } = scratch.collections;
    const created = async () => (await progress.find(id))!.rows.created;
    expect(await created()).toBe(LONG_ROWS);
    await rows.updateMany({ importId: id, row: { $lte: 101 } }, { $set: { status: 'cancelled' } });
    expect((await counting(created)).result).toBe(LONG_ROWS);
    expect((await counting(created)).commands).toBe(0);
    now += 1_000;
    expect(await created()).toBe(LONG_ROWS - 100);

    await rows.updateMany({ importId: id, row: { $lte: 201 } }, { $set: { status: 'cancelled' } });
    await imports.updateOne({ _id: id }, { $set: { status: 'settling' } });
    expect(await progress.find(id)).toMatchObject({ status: 'settling', rows: { created: LONG_ROWS - 200 } });
    await rows.updateMany({ importId: id, row: { $lte: 301 } }, { $set: { status: 'cancelled' } });
    await imports.updateOne({ _id: id }, { $set: { status: 'cancelled' }, $inc: { revision: 1 } });
    expect(await progress.find(id)).toMatchObject({ status: 'cancelled', rows: { created: LONG_ROWS - 300 } });
  });
});

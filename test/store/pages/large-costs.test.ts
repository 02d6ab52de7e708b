import { followFirst } from '../../../activities/sending/second-channel';
import { examined } from '../../support/documents-examined';
import type { Examined } from '../../support/documents-examined';
import { addImport } from '../../support/large-import';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const FEW = 1_000;
const MANY = 4_000;

/** What a step costs that has all rows before it, counted by the database: four times the rows may cost four times as much, and hardly more. */
describe('What a large import costs the database', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** The documents that are looked at for each of many rows ÷ for each of few; and the most that one command has written. */
  async function growth(
    work: (importId: string) => Promise<unknown>,
    make: (rows: number) => Promise<string> = (rows) => addImport(scratch, rows),
  ): Promise<{ documents: number; mostWritten: number }> {
    const ofFew = await examine(FEW);
    const ofMany = await examine(MANY);
    return { documents: ofMany.documents / MANY / (ofFew.documents / FEW), mostWritten: ofMany.mostWritten };

    async function examine(rows: number): Promise<Examined> {
      const importId = await make(rows);
      return examined(scratch.db, () => work(importId));
    }
  }
  const newestOf = (importId: string) =>
    scratch.collections.invitations.find({ importId, superseded: false }).sort({ row: 1, channel: 1 }).toArray();

  test('an undo, line by line, grows with its rows and no faster', async () => {
    const undo = async (importId: string): Promise<void> => {
      for (let after: number | null = 0; after !== null;) after = await scratch.store.undo.next(importId, after);
    };
    expect((await growth(undo)).documents).toBeLessThan(1.2);
  });

  test('the plan of an undo does, too', async () => {
    expect((await growth((id) => scratch.store.undo.plan(id))).documents).toBeLessThan(1.2);
  });

  test('a look at the first channel of all goes by windows of one size, and changes what is due alone', async () => {
    const failover = { first: 'email' as const, afterHours: 24 };
    const waiting = (rows: number) =>
      addImport(scratch, rows, {
        // Of a hundred one has bounced; all others wait, as after the first pass.
        invitation: (line, channel) =>
          channel === 'sms'
            ? {
                state: 'pending',
                deferred: { until: new Date(Date.now() + 86_400_000), because: 'failover', schedule: 0 },
              }
            : { state: line % 100 === 0 ? 'bounced' : 'sent', trail: [{ state: 'sent', at: new Date() }] },
        importDoc: { status: 'scheduled', failover },
      });
    let last = '';
    const look = async (importId: string) => {
      last = importId;
      await followFirst({ store: scratch.store, now: () => new Date() }, (await scratch.store.imports.find(importId))!);
    };
    // Of each line one message on each channel, by the index, and what is moved.
    const { documents } = await growth(look, waiting);
    expect(documents).toBeLessThan(1.2);
    const again = await examined(scratch.db, () => look(last));
    expect(again.documents).toBeLessThanOrEqual(2 * MANY + 1);
    // Two reads a window, each in two batches.
    expect(again.commands).toBeLessThanOrEqual(4 * (MANY / 1_000) + 2);
    expect(again.mostWritten).toBe(0);
  });

  const failed = (rows: number) =>
    addImport(scratch, rows, {
      invitation: () => ({ state: 'failed', code: 'invitation.not-reachable' }),
      importDoc: { status: 'needs-attention' },
    });

  test('a retry of all goes by transactions of one size, and opens each message once', async () => {
    let last = '';
    const { documents, mostWritten } = await growth(async (importId) => {
      last = importId;
      expect(await scratch.store.generations.findOpenable({ importId })).toHaveLength(
        (await newestOf(importId)).length,
      );
      await scratch.store.generations.retry({ importId, retryId: 'retry' });
    }, failed);
    expect(documents).toBeLessThan(1.2);
    expect(mostWritten).toBeLessThanOrEqual(1_000);
    expect(await scratch.store.generations.retry({ importId: last, retryId: 'other' })).toEqual({ email: 0, sms: 0 });
    const newest = await newestOf(last);
    expect(newest).toHaveLength(2 * MANY);
    expect(new Set(newest.map(({ state, generation, retryId }) => `${state} ${generation} ${retryId}`))).toEqual(
      new Set(['pending 2 retry']),
    );
    expect((await scratch.store.imports.find(last))!.retries).toEqual(['retry']);
  });

  test('a retry that was interrupted goes on with the lines it had not come to', async () => {
    const importId = await failed(FEW);
    const { invitations, imports } = scratch.collections;
    await scratch.store.generations.retry({ importId, retryId: 'retry' });
    // As if it had ended after the first of its transactions, whose messages have failed again.
    await imports.updateOne({ _id: importId }, { $set: { retries: [] } });
    await invitations.deleteMany({ importId, generation: 2, row: { $gt: 501 } });
    await invitations.updateMany({ importId, row: { $gt: 501 } }, { $set: { superseded: false } });
    await invitations.updateMany({ importId, generation: 2 }, { $set: { state: 'failed' } });
    expect(await scratch.store.generations.retry({ importId, retryId: 'retry' })).toEqual({ email: FEW, sms: FEW });
    expect(await invitations.countDocuments({ importId, generation: 3 })).toBe(0);
    expect(await invitations.countDocuments({ importId, generation: 2, state: 'pending' })).toBe(2 * (FEW - 500));
  });

  test('reminders of all, by staff and by themselves, too', async () => {
    const longAgo = new Date(Date.now() - 30 * 86_400_000);
    const sentLongAgo = (rows: number) =>
      addImport(scratch, rows, { invitation: () => ({ createdAt: longAgo, changedAt: longAgo }) });
    const staff = await growth(async (importId) => {
      const { opened } = await scratch.store.reminders.remind({ importId, remindId: 'remind' });
      expect(opened).toHaveLength((await newestOf(importId)).length);
    }, sentLongAgo);
    expect(staff.documents).toBeLessThan(1.2);
    expect(staff.mostWritten).toBeLessThanOrEqual(1_000);
    const due = await growth(async (importId) => {
      expect(await scratch.store.reminders.open(importId, 'due')).toBe((await newestOf(importId)).length);
    }, sentLongAgo);
    expect(due.documents).toBeLessThan(1.2);
    expect(due.mostWritten).toBeLessThanOrEqual(1_000);
  }, 120_000);
});

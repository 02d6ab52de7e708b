import type { Store } from '../../store/index';
import { createGate } from '../support/gate';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** Four pages: lines 2-500, 501-1000, 1001-1500, 1501-1601. */
const ROWS = 1_600;
const LIMIT_MS = 120_000;
/** From the command until the last message, also on a busy machine. */
const PAUSED_WITHIN_MS = 5_000;

describe('A file of several pages that is changed in the middle', () => {
  const gate = createGate();
  let stack: Stack;
  let reads = 0;
  beforeAll(async () => {
    stack = await startStack(
      { MAX_ROWS_PER_FILE: '5000', PAGES_PER_RUN: '2', ...SHORT_WINDOWS },
      {
        workerStore: (store) => {
          const read: Store['uploads']['read'] = (...asked) => {
            reads++;
            return store.uploads.read(...asked);
          };
          const counted = { ...store.uploads, read };
          return gate.around({ ...store, uploads: counted });
        },
      },
    );
  }, 60_000);
  afterAll(() => stack.stop());

  let next = 0;
  const somePeople = (tag: string): Person[] => {
    const rows = people(ROWS, tag, () => ({}), next);
    next += ROWS;
    return rows;
  };
  const messagesTo = async (rows: readonly Person[]) => {
    const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
    return (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
  };
  const find = (id: string) => stack.api.find(id);
  const reaches = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => find(id),
      ({ status }) => statuses.includes(status),
      LIMIT_MS,
    );
  const someSent = (id: string) =>
    until(
      'the first invitations',
      () => find(id),
      ({ invitations }) => invitations.sms.sent > 0,
      LIMIT_MS,
    );
  const undo = (id: string, planHash?: string) =>
    stack.api.call<{ planHash: string; outcomes: { outcome: string; count: number; lines: string }[] }>(
      'POST',
      `/v1/imports/${id}/undo`,
      {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(planHash === undefined ? {} : { planHash }),
      },
    );

  test('is undone while it is under way: whom it has created are gone, and nobody gets a message any more', async () => {
    const rows = somePeople('undoneinthemiddle');
    const id = await stack.api.importId(toCsv(rows));
    await someSent(id);
    expect((await stack.as('support').call('POST', `/v1/imports/${id}/pause`)).status).toBe(200);
    await reaches(id, 'paused');
    await stack.caughtUp(id, 'paused');
    await stack.stepsEnded(id, LIMIT_MS);
    const before = await find(id);
    expect(before.rows.created + before.rows.pending).toBe(ROWS);
    expect(before.rows.created).toBeGreaterThan(0);
    const paused = await messagesTo(rows);

    const { body } = await undo(id);
    expect(body.outcomes).toMatchObject([{ outcome: 'undone', count: before.rows.created }]);
    await undo(id, body.planHash);
    const done = await reaches(id, 'undone');
    expect(done.rows).toMatchObject({ undone: before.rows.created, cancelled: ROWS - before.rows.created, pending: 0 });
    expect(done.lines).toBe(ROWS);
    expect(await stack.db.collection('people').countDocuments({ importId: id })).toBe(0);
    expect(await messagesTo(rows)).toHaveLength(paused.length);
    const { email, sms } = done.invitations;
    expect(email.pending + email.sending + sms.pending + sms.sending).toBe(0);

    // What is undone can be imported again, and whoever had a message before gets one more at most.
    const again = await stack.api.importId(toCsv(rows.map((row) => ({ ...row, company: 'Again' }))));
    expect(await reaches(again, 'completed')).toMatchObject({
      rows: { created: ROWS },
      invitations: { sms: { sent: ROWS } },
    });
  }, 300_000);

  test('loses a person to an erasure meanwhile: they get nothing more, and everybody else gets both messages', async () => {
    const rows = somePeople('erasedinthemiddle');
    const held = gate.hold('firstSends.end', 'before');
    const id = await stack.api.importId(toCsv(rows));
    await held.arrival;
    // One of a page that was sent, and one of the last page, which is not written yet.
    const person = await stack.db.collection('people').findOne({ importId: id });
    const [early, late] = [person!.email as string, rows.at(-1)!.email];
    const erase = () =>
      stack.api.call<{ status: string }>(
        'DELETE',
        `/v1/clients/${encodeURIComponent(String(person!._id))}/personal-data`,
      );
    await erase();
    held.release();
    const done = await reaches(id, 'completed', 'completed-with-problems', 'needs-attention');
    await until('the erasure to end', erase, ({ status }) => status === 200, LIMIT_MS);
    expect(done.lines).toBe(ROWS);
    expect(Object.values(done.rows).reduce((sum, count) => sum + count, 0)).toBe(ROWS);
    const messages = await messagesTo(rows);
    expect(invitedTwice(messages)).toEqual([]);
    const others = new Set(messages.map(({ to }) => to));
    for (const { email, mobile } of rows.filter((row) => row.email !== early)) {
      expect(others.has(email)).toBe(true);
      expect(others.has(mobile)).toBe(true);
    }
    expect(others.has(late)).toBe(true);
    expect(await stack.db.collection('people').countDocuments({ importId: id })).toBe(ROWS - 1);
  }, 300_000);

  test('whose people another import has created meanwhile is planned once more, and not for each of its pages', async () => {
    const rows = somePeople('takenmeanwhile');
    const held = gate.hold('firstSends.begin', 'before');
    const id = await stack.api.importIdWith({ onExisting: 'skip' }, toCsv(rows));
    await held.arrival;
    const other = await stack.db.collection('people').findOne({ kind: 'client' });
    await stack.db.collection('people').insertMany(
      rows.map(({ email, mobile, firstName, lastName }, i) => ({
        ...other!,
        ...{ _id: `${id}-other:${i}` as never, importId: `${id}-other`, row: i + 2, active: true },
        ...{
          firstName,
          lastName,
          email,
          emailKey: email.toLowerCase(),
          mobile,
        },
      })),
    );
    const before = reads;
    held.release();
    const done = await reaches(id, 'completed', 'completed-with-problems');
    expect(done.rows).toMatchObject({ created: 0, skipped: ROWS, pending: 0 });
    // The pages that had begun by then, two at a time, have planned it each.
    expect(reads - before).toBeLessThanOrEqual(2);
    expect(await messagesTo(rows)).toEqual([]);
  }, 300_000);

  test('stops within seconds of a pause, wherever its pages are', async () => {
    const rows = somePeople('stopsatonce');
    const id = await stack.api.importId(toCsv(rows));
    await someSent(id);
    expect((await stack.as('support').call('POST', `/v1/imports/${id}/pause`)).status).toBe(200);
    const pausedAt = Date.now();
    await stack.caughtUp(id, 'paused');
    await stack.stepsEnded(id, LIMIT_MS);
    const sent = await messagesTo(rows);
    const last = Math.max(...sent.map(({ at }) => new Date(at).getTime()));
    expect(last - pausedAt).toBeLessThan(PAUSED_WITHIN_MS);
    expect(sent.length).toBeLessThan(2 * ROWS);
    expect((await stack.as('support').call('POST', `/v1/imports/${id}/cancel`)).status).toBeLessThan(300);
    const done = await reaches(id, 'cancelled');
    expect(done.rows.created + done.rows.cancelled).toBe(ROWS);
    expect(await messagesTo(rows)).toHaveLength(sent.length);
  }, 300_000);
});

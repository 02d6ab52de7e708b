import type { Document } from 'mongodb';
import type { Answer, ApiCaller, ImportAnswer } from '../support/api-caller';
import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import { mobileNumber, people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { searchTraces } from '../support/traces';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

interface UndoAnswer {
  status: string;
  planHash: string | null;
  outcomes: { outcome: string; count: number; lines: string; meaning: string }[];
  messages: { out: Record<string, number>; waiting: Record<string, number> };
  code?: string;
}

describe('The undo of an import', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => gate.around(store) });
  });
  afterAll(() => stack.stop());

  const undo = (id: string, planHash?: string, api: ApiCaller = stack.api): Promise<Answer<UndoAnswer>> =>
    api.call('POST', `/v1/imports/${id}/undo`, {
      body: JSON.stringify({ ...(planHash !== undefined && { planHash }) }),
      headers: { 'Content-Type': 'application/json' },
    });
  const linesOf = ({ body }: Answer<UndoAnswer>): Record<string, string> =>
    Object.fromEntries(body.outcomes.map(({ outcome, lines }) => [outcome, lines]));
  const imported = async (rows: Person[], options: Record<string, string> = {}): Promise<string> => {
    const id = await stack.api.importIdWith(options, toCsv(rows));
    await stack.api.rest(id);
    return id;
  };
  const undone = (id: string): Promise<ImportAnswer> =>
    until(
      'the undo',
      () => stack.api.find(id),
      ({ status }) => status === 'undone',
    );
  const carriedOut = async (id: string): Promise<Answer<UndoAnswer>> => {
    const seen = await undo(id);
    expect(seen.status).toBe(200);
    expect((await undo(id, seen.body.planHash!)).status).toBeLessThan(300);
    await undone(id);
    return undo(id);
  };
  const personOf = ({ email }: Pick<Person, 'email'>): Promise<Document | null> =>
    stack.db.collection('people').findOne({ emailKey: email.toLowerCase() });
  const tokensOf = async (id: string, row: number): Promise<string[]> =>
    (await stack.store.invitations.find({ importId: id, rows: [row] })).map(({ token }) => token);
  const join = async (id: string, row: number): Promise<void> => {
    expect(await stack.store.acceptance.accept((await tokensOf(id, row))[0]!)).toMatchObject({ kind: 'accepted' });
  };
  const report = async (id: string): Promise<string[]> => {
    const response = await fetch(`${stack.url}/v1/imports/${id}/undo.csv`, {
      headers: { Authorization: `Bearer ${stack.api.key}` },
    });
    return (await response.text()).trim().split('\r\n');
  };

  test('When nobody has joined, then all are removed, their links die, the messages are counted, and the file can be imported again', async () => {
    const rows = people(4, 'all', () => ({}), 100);
    const id = await imported(rows);
    const [token] = await tokensOf(id, 2);
    const seen = await undo(id);
    expect(seen.body).toMatchObject({
      status: 'completed',
      outcomes: [{ outcome: 'undone', count: 4, lines: '2-5', meaning: 'To be undone' }],
      messages: { out: { email: 4, sms: 4 }, waiting: { email: 0, sms: 0 } },
    });
    // Only looked at.
    expect(await personOf(rows[0]!)).not.toBeNull();

    const answer = await undo(id, seen.body.planHash!);
    expect([200, 202]).toContain(answer.status);
    expect(await undone(id)).toMatchObject({
      lines: 4,
      rows: { undone: 4, created: 0 },
      invitations: { email: { sent: 4 } },
    });
    for (const person of rows) expect(await personOf(person)).toBeNull();
    expect(await stack.store.acceptance.accept(token!)).toMatchObject({ kind: 'withdrawn' });
    expect(await report(id)).toEqual([
      expect.stringContaining('Line,Outcome,Meaning,Fields kept'),
      ...[2, 3, 4, 5].map((line) => `${line},undone,Undone,`),
    ]);

    const messages = await stack.sandbox.messages();
    // Twice is as once.
    expect((await undo(id, seen.body.planHash!)).body).toMatchObject({ status: 'undone', planHash: null });
    const again = await stack.api.rest(await stack.api.importId(toCsv(rows)));
    expect(again).toMatchObject({ status: 'completed', rows: { created: 4 } });
    expect(await stack.sandbox.messages()).toHaveLength(messages.length + 8);
    expect(await stack.api.retry(id)).toMatchObject({ status: 409 });
    await stack.caughtUp(id, 'undone');
  });

  test('When somebody joins between the look and the undo, then they are kept: the hash is outdated, and the step looks again', async () => {
    const rows = people(3, 'joined', () => ({}), 120);
    const id = await imported(rows);
    const early = await undo(id);
    await join(id, 3);
    expect(await undo(id, early.body.planHash!)).toMatchObject({ status: 409, body: { code: 'undo-outdated' } });
    expect(linesOf(await undo(id))).toEqual({ undone: '2,4', joined: '3' });

    // And one more while the step has not begun.
    const held = gate.hold('undo.next', 'before');
    const seen = await undo(id);
    const asking = undo(id, seen.body.planHash!);
    await held.arrival;
    await join(id, 4);
    held.release();
    await asking;
    await undone(id);
    expect(linesOf(await undo(id))).toEqual({ undone: '2', joined: '3-4' });
    expect(await personOf(rows[1]!)).toMatchObject({ active: true });
    expect(await personOf(rows[2]!)).toMatchObject({ active: true });
    expect((await stack.api.find(id)).rows).toMatchObject({ undone: 1, created: 2 });
  });

  test('When it has changed people, then they get their former values back, field by field, with their opt-outs, unless these were changed since', async () => {
    const rows = people(4, 'changed', () => ({}), 140);
    const first = await imported(rows);
    await stack.db
      .collection('people')
      .updateOne({ emailKey: rows[0]!.email }, { $set: { optedOut: ['sms'], optOutEvents: [] } });
    const news = rows.map((person, i) => ({ ...person, lastName: `New${i}`, mobile: mobileNumber(160 + i) }));
    const id = await imported(news, { onExisting: 'update' });
    expect((await stack.api.find(id)).rows).toMatchObject({ updated: 4 });
    expect(await personOf(rows[0]!)).toMatchObject({ lastName: 'New0', mobile: mobileNumber(160), optedOut: [] });
    // By hand, and by another file.
    await stack.db.collection('people').updateOne({ emailKey: rows[1]!.email }, { $set: { lastName: 'Byhand' } });
    const later = await imported([{ ...news[2]!, lastName: 'Later' }], { onExisting: 'update' });

    const done = await carriedOut(id);
    expect(linesOf(done)).toEqual({ undone: '2,5', 'changed-since': '3', 'other-import': '4' });
    const were = await Promise.all(rows.map(personOf));
    expect(were[0]).toMatchObject({ lastName: 'Family0', mobile: rows[0]!.mobile, optedOut: ['sms'] });
    expect(were[1]).toMatchObject({ lastName: 'Byhand', mobile: rows[1]!.mobile });
    expect(were[2]).toMatchObject({ lastName: 'Later', mobile: rows[2]!.mobile });
    expect(were[3]).toMatchObject({ lastName: 'Family3', mobile: rows[3]!.mobile });
    expect(await report(id)).toContain('3,changed-since,Kept: somebody has changed the person since,last name');
    expect((await stack.api.get(`/v1/imports/${id}/rows/3`)).body).toMatchObject({
      ...{ status: 'updated', undo: { outcome: 'changed-since', keptFields: ['lastName'] } },
    });

    // The first file has created people of whom others have spoken since.
    expect(linesOf(await undo(first))).toEqual({ undone: '5', 'opted-out': '2', 'other-import': '3-4' });
    expect(linesOf(await carriedOut(later))).toEqual({ undone: '2' });
    expect(await personOf(rows[2]!)).toMatchObject({ lastName: 'New2' });
  });

  test('When it is interrupted again and again, then each line is undone once, and all of them are', async () => {
    const rows = people(230, 'broken', () => ({}), 200);
    const id = await imported(rows);
    await join(id, 150);
    const seen = await undo(id);
    gate.fail('undo.next', 2);
    gate.fail('undo.end', 1);
    await undo(id, seen.body.planHash!);
    await undone(id);
    expect(linesOf(await undo(id))).toEqual({ undone: '2-149,151-231', joined: '150' });
    expect(await stack.db.collection('people').countDocuments({ importId: id })).toBe(1);
    const before = await stack.db.collection('rows').find({ importId: id }).toArray();
    expect(await stack.store.undo.next(id, 0)).toBeNull();
    await stack.store.undo.end(id);
    expect(await stack.db.collection('rows').find({ importId: id }).toArray()).toEqual(before);
  });

  test('When messages wait, then they are stopped, and the import that has not ended is undone once it has', async () => {
    const faults = await Promise.all([
      stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 }),
      stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 401, code: 20003 }),
    ]);
    const rows = people(3, 'waits', () => ({}), 500);
    const id = await stack.api.importId(toCsv(rows));
    await until(
      'the pause of both channels',
      () => stack.api.get<{ pausedBy: unknown[] }>(`/v1/imports/${id}`),
      ({ body }) => body.pausedBy.length === 2,
    );
    const seen = await undo(id);
    expect(seen.body.messages).toEqual({ out: { email: 0, sms: 0 }, waiting: { email: 3, sms: 3 } });
    await undo(id, seen.body.planHash!);
    expect(await undone(id)).toMatchObject({
      rows: { undone: 3 },
      invitations: { email: { cancelled: 3 }, sms: { cancelled: 3 } },
    });
    await Promise.all(faults.map((fault) => stack.sandbox.lift(fault)));
    for (const person of rows) expect(await personOf(person)).toBeNull();
    expect((await stack.sandbox.messages()).filter(({ to }) => rows.some(({ email }) => email === to))).toEqual([]);
  });

  test('When another file was planned with its people before the undo, then it creates them itself', async () => {
    const rows = people(2, 'between', () => ({}), 580);
    const id = await imported(rows);
    const held = gate.hold('plans.record', 'before');
    const other = await stack.api.importIdWith(
      { onExisting: 'update' },
      toCsv(rows.map((row) => ({ ...row, lastName: 'B' }))),
    );
    await held.arrival;
    expect(linesOf(await carriedOut(id))).toEqual({ undone: '2-3' });
    held.release();
    expect(await stack.api.rest(other)).toMatchObject({
      status: 'completed',
      rows: { created: 2 },
      invitations: { email: { sent: 2 }, sms: { sent: 2 } },
    });
    expect(await personOf(rows[0]!)).toMatchObject({ lastName: 'B', importId: other });
  });

  test('When somebody wants no more messages or was put into other teams, then they are kept', async () => {
    const rows = people(3, 'kept', () => ({}), 520);
    const id = await imported(rows);
    await stack.db.collection('people').updateOne({ emailKey: rows[0]!.email }, { $set: { optedOut: ['email'] } });
    await stack.db.collection('people').updateOne({ emailKey: rows[1]!.email }, { $set: { company: 'By hand' } });
    expect(linesOf(await carriedOut(id))).toEqual({ undone: '4', 'opted-out': '2', 'changed-since': '3' });
  });

  test('When a person is erased, or rows have expired, then their former values are gone, too', async () => {
    const rows = people(2, 'forgotten', (_, i) => ({ lastName: i === 0 ? 'Vormals' : 'Weiland' }), 540);
    await imported(rows);
    const id = await imported(
      rows.map((person) => ({ ...person, lastName: 'Jetzt' })),
      { onExisting: 'update' },
    );
    const traces = searchTraces(stack);
    await stack.store.retention.expireRows((await stack.store.imports.find(id))!);
    const kept = await stack.db
      .collection('people')
      .find({ emailKey: /forgotten/ })
      .toArray();
    expect(kept.map(({ overwritten }) => overwritten as unknown)).toEqual([[], []]);
    expect(linesOf(await undo(id))).toEqual({ 'not-recorded': '2-3' });

    const third = await imported([{ ...rows[0]!, lastName: 'Danach' }], { onExisting: 'update' });
    await until(
      'the erasure to end',
      async () => stack.api.call('DELETE', `/v1/clients/${encodeURIComponent(String(kept[0]!._id))}/personal-data`),
      ({ status }) => status === 200,
    );
    expect(await traces.inDatabase(['vormals', 'danach'])).toEqual([]);
    expect(linesOf(await undo(third))).toEqual({ gone: '2' });
  });

  test('When nothing is to be undone, or support asks, then the answer says so', async () => {
    const preview = await imported(
      people(1, 'preview', () => ({}), 560),
      { mode: 'preview' },
    );
    expect(await undo(preview)).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    const rejected = await imported(people(1, 'rejected', () => ({ group: 'Nowhere' }), 570));
    expect(await undo(rejected)).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    expect((await undo(rejected, undefined, stack.as('support'))).status).toBe(403);
  });
});

import type { Document } from 'mongodb';
import { eraseDue, expireOutdated } from '../../api/erasure/keep-personal-data';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import type { ErasureDoc } from '../../store/erasure/erasure-documents';
import type { Answer, ImportAnswer } from '../support/api-caller';
import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import type { StoreCall } from '../support/gate';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { searchTraces } from '../support/traces';
import type { TraceSearch } from '../support/traces';
import { until } from '../support/until';

const DAY_MS = 86_400_000;

describe('The erasure of a person', () => {
  const gate = createGate();
  let stack: Stack;
  let traces: TraceSearch;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { callbacks: true, workerStore: (store) => gate.around(store) });
    traces = searchTraces(stack);
  });
  afterAll(() => stack.stop());

  const erase = (id: string) =>
    stack.api.call<{ status: string; removed: Record<string, number> | null }>(
      'DELETE',
      `/v1/clients/${encodeURIComponent(id)}/personal-data`,
    );
  const erased = (id: string) =>
    until(
      'the erasure to end',
      () => erase(id),
      ({ status }) => status === 200,
    );
  const idOf = async ({ email }: Person): Promise<string> =>
    (await stack.db.collection('people').findOne({ emailKey: email.toLowerCase() }))!._id as never;
  const post = (path: string, body: unknown, method = 'POST'): Promise<Answer> =>
    stack.api.call(method, path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const sentTo = async ({ email, mobile }: Person): Promise<LedgerMessage[]> =>
    (await stack.sandbox.messages()).filter(({ to }) => to === email || to === mobile);
  /** A message may be reported as delivered at any time. */
  const countsOf = (ids: string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const { lines, rows, invitations } = await stack.api.find(id);
        const arrived = Object.values(invitations).map(({ sent, delivered, ...others }) => ({
          ...others,
          arrived: sent + delivered,
        }));
        return { lines, rows, arrived };
      }),
    );

  test('leaves no trace of them, and everything of the others', async () => {
    const others = people(4, 'others', () => ({}), 5000);
    const [failing] = people(1, 'failing', () => ({ group: 'Nowhere' }), 5150) as [Person];
    const [canary] = people(
      1,
      '',
      () => ({
        ...{ firstName: 'Kanaria', lastName: 'Serinussen', email: 'Kanaria.S@birds.example', company: 'Aviarium' },
      }),
      5100,
    ) as [Person];
    const words = ['kanaria', 'serinussen', 'aviarium', 'birds.example', canary.mobile.slice(2)];
    await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 21612,
      to: canary.mobile,
      times: 1,
    });

    // Two files of one upload: her row is rejected in both, then one is corrected in place and the other by a file.
    const first = toCsv([...others, { ...canary, email: 'kanaria.s at birds.example' }]);
    const { body } = await stack.api.upload(
      { name: 'Serinussen and others.csv', content: first },
      {
        name: 'second.csv',
        content: toCsv([{ ...canary, group: 'Nowhere' }, failing]),
      },
    );
    const [one, two] = body.imports.map(({ id }) => id) as [string, string];
    await Promise.all([stack.api.rest(one), stack.api.rest(two)]);
    await post(`/v1/imports/${one}/rows/6`, { email: canary.email }, 'PATCH');
    await until(
      'her invitation to fail',
      () => stack.api.find(one),
      ({ invitations }) => invitations.sms.failed === 1,
    );
    await stack.api.retry(one);
    const [header, hers] = (await traces.body(`/v1/imports/${two}/failed-rows.csv`)).split('\r\n');
    const four = await stack.api.importId(`${header}\r\n${hers!.replace('Nowhere', 'Mayfair')}\r\n`);
    const three = await stack.api.importIdWith(
      { onExisting: 'update' },
      toCsv([{ ...canary, lastName: 'Serinussen-Lee' }]),
    );
    await Promise.all([stack.api.rest(one), stack.api.rest(three)]);
    const reminded = await stack.store.reminders.open(one, 'reminder', new Date(Date.now() + 2 * DAY_MS));
    expect(reminded).toBeGreaterThan(0);
    await until(
      'the reminders',
      () => sentTo(canary),
      (messages) => messages.length > 2,
    );
    const preview = await stack.api.importIdWith(
      { mode: 'preview' },
      toCsv([canary, ...people(1, 'preview', () => ({}), 5200)]),
    );
    const ids = [one, two, three, four];
    await Promise.all([...ids, preview].map((id) => stack.api.rest(id)));
    expect(await traces.inDatabase(words)).not.toEqual([]);
    const id = await idOf(canary);
    const before = await countsOf(ids);
    const messages = await stack.sandbox.messages();

    const answer = await erased(id);
    expect(answer.body.removed).toMatchObject({ rows: 5, files: 5 });
    expect((await erase(id)).body).toEqual(answer.body);
    expect(await traces.inDatabase(words)).toEqual([]);
    expect(await traces.inAnswers(words, [...ids, preview])).toEqual([]);
    expect(await traces.body(`/v1/batches/${body.batch}/report.csv`)).not.toMatch(/serinussen/i);
    expect(await countsOf(ids)).toEqual(before);
    expect(await stack.api.rest(preview)).toMatchObject({ status: 'cancelled', rows: { rejected: 1, cancelled: 1 } });
    await stack.caughtUp(preview, 'cancelled');

    // What comes late changes nothing and breaks nothing.
    const stored = await stack.store.invitations.allGenerations(one);
    const invited = stored.filter(({ row }) => row === 6);
    await stack.store.reports.apply(
      invited.map((one) => ({
        eventId: one._id,
        channel: one.channel,
        kind: 'delivered',
        invitationId: one._id,
        at: new Date(),
      })),
    );
    const token = invited.find(({ state }) => state !== 'failed')!.token;
    expect(await post('/v1/invitations/accept', { token })).toMatchObject({ status: 410 });
    expect((await post(`/v1/imports/${one}/rows/6`, { lastName: 'Lee' }, 'PATCH')).body).toMatchObject({
      code: 'person-erased',
    });
    expect(await stack.api.retry(one)).toMatchObject({ body: { code: 'nothing-to-retry' } });

    // The other failed row can still be corrected, without the file. The same file again invites none of the others.
    expect(await traces.body(`/v1/imports/${two}/failed-rows.csv`)).toContain(failing.email);
    const again = await stack.api.rest(await stack.api.importId(first));
    expect(again.rows).toMatchObject({ rejected: 5, created: 0 });
    expect(await stack.sandbox.messages()).toHaveLength(messages.length);
  });

  describe('while their invitation is being sent', () => {
    async function inFlight(tag: string, method: StoreCall, from: number) {
      const rows = people(5, tag, () => ({}), from);
      const held = gate.hold(method);
      const id = await stack.api.importId(toCsv(rows));
      await held.arrival;
      const person = rows[2]!;
      const erasing = erased(await idOf(person));
      await until(
        'senders to be stopped',
        () => stack.db.collection<Document & { _id: string }>('imports').findOne({ _id: id }),
        (importDoc) => importDoc?.erasedRows !== undefined,
      );
      await until(
        'first sends to be told, unless they are over',
        () => stack.db.collection<Document & { _id: string }>('first_sends').findOne({ _id: id }),
        (open) => open === null || open.isHeld === true,
      );
      held.release();
      await erasing;
      return { id, person, done: await stack.api.rest(id, 60_000) };
    }
    const statesOf = async (id: string): Promise<string[]> =>
      (await stack.store.invitations.find({ importId: id, rows: [4] })).map(({ state }) => state);

    test.each(['people.create', 'invitations.stage', 'rows.finish'] as const)(
      'no request begins once they are erased (after %s), and the import ends',
      async (method) => {
        const { id, person, done } = await inFlight(
          `flight${method.replace('.', '')}`,
          method,
          5300 + method.length * 20,
        );
        expect(done).toMatchObject({ status: 'completed', rows: { created: 5 } });
        const sent = await sentTo(person);
        const states = await statesOf(id);
        expect(states.filter((state) => state === 'sent' || state === 'delivered')).toHaveLength(sent.length);
        if (method === 'people.create') expect(sent).toEqual([]);
        expect(done.invitations.email.sent + done.invitations.email.delivered).toBeGreaterThanOrEqual(4);
      },
    );

    test('what had been claimed before may go out, and is recorded as what it was', async () => {
      const { id, person } = await inFlight('onthewire', 'firstSends.claim', 6200);
      const states = await statesOf(id);
      expect(states.filter((state) => state === 'sent' || state === 'delivered')).toHaveLength(
        (await sentTo(person)).length,
      );
      expect(states).not.toContain('sending');
    });
  });

  test('that a crash has broken off is ended by the API itself', async () => {
    const [person] = people(1, 'brokenoff', () => ({ lastName: 'Abgebrochen' }), 6300) as [Person];
    await stack.api.rest(await stack.api.importId(toCsv([person])));
    const id = await idOf(person);
    const { kind } = await stack.store.erasures.begin(await organisationOf(id), 'client', id);
    expect(kind).toBe('begun');
    const erasures = stack.db.collection<ErasureDoc>('erasures');
    await erasures.updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
    await eraseDue(stack.store, stack.config);
    const ended = await erasures.findOne({ _id: id });
    expect(ended).toMatchObject({ rowIds: [id] });
    expect(ended).toHaveProperty('erasedAt');
    expect(ended).not.toHaveProperty('sought');
    expect(await traces.inDatabase(['abgebrochen'])).toEqual([]);
    // Once more some time later, and then no more.
    await erasures.updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
    await eraseDue(stack.store, stack.config);
    expect(await erasures.findOne({ _id: id })).not.toHaveProperty('checkAt');
  });
  const organisationOf = async (personId: string): Promise<string> =>
    (await stack.db.collection<{ _id: string; organisationId: string }>('people').findOne({ _id: personId }))!
      .organisationId;

  test('of a staff member waits until each of their client teams has another one', async () => {
    const { body } = await stack.api.get<{ data: { id: string; teams: unknown[] }[] }>('/v1/staff');
    const last = body.data.find(({ teams }) => teams.length > 0)!;
    const answer = await stack.api.call<{ code: string }>('DELETE', `/v1/staff/${last.id}/personal-data`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'last-staff-member' } });
    expect((await stack.api.get(`/v1/staff/${last.id}`)).status).toBe(200);
  });

  test('What was kept for long enough goes, first the file and then the cells of its rows; counts stay', async () => {
    const rows = people(3, 'kept', (_, i) => (i === 1 ? { lastName: 'Verjaehrt', group: 'Nowhere' } : {}), 6400);
    const id = await stack.api.importId(toCsv(rows), 'Verjaehrt.csv');
    await stack.api.rest(id);
    const before = await countsOf([id]);
    const later = new Date(Date.now() + 31 * DAY_MS);
    await expireOutdated(stack.store, { filesMs: 30 * DAY_MS, rowsMs: 60 * DAY_MS }, later);
    expect(await stack.db.collection('uploads.chunks').countDocuments({ files_id: id })).toBe(0);
    expect(await traces.body(`/v1/imports/${id}/failed-rows.csv`)).toContain('Verjaehrt,person1.kept@example.com');
    await expireOutdated(stack.store, { filesMs: 30 * DAY_MS, rowsMs: 30 * DAY_MS }, later);
    expect(await traces.inDatabase(['verjaehrt'])).toEqual([]);
    for (const path of ['/rows', '/report.csv', '/failed-rows.csv'])
      expect(await stack.api.get(`/v1/imports/${id}${path}`)).toMatchObject({
        status: 410,
        body: { code: 'rows-expired' },
      });
    const after: ImportAnswer & { expired?: string } = await stack.api.find(id);
    expect(after).toMatchObject({ expired: 'rows', fileName: 'removed.csv' });
    expect(await countsOf([id])).toEqual(before);
  });
});

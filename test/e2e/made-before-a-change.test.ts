import { SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import { mobileNumber, people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { personIdOf } from '../../store/documents';

describe('When a message is made, and before its claim something changes for its person, then', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => gate.around(store) });
  });
  afterAll(() => stack.stop());

  const update = async (rows: Person[]) =>
    stack.api.rest(await stack.api.importIdWith({ onExisting: 'update' }, toCsv(rows)));
  const messagesTo = async (...numbers: string[]) => {
    const all = await stack.sandbox.messages();
    return numbers.map((number) => all.filter(({ to }) => to === number).length);
  };

  test('it goes to the number that another file has given them', async () => {
    const rows = people(2, 'retried', () => ({ group: 'Mayfair' }), 0);
    const [{ mobile: to }] = rows as [Person];
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to });
    const id = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(id)).toMatchObject({ status: 'needs-attention' });
    await stack.sandbox.lift(fault);
    const held = gate.hold('ledger.claim', 'before');
    await stack.api.retry(id);
    await held.arrival;
    const number = mobileNumber(10);
    expect(await update([{ ...rows[0]!, mobile: number }])).toMatchObject({ rows: { updated: 1 } });
    held.release();
    const done = await stack.api.rest(id);
    expect(await messagesTo(to, number)).toEqual([0, 1]);
    expect(done).toMatchObject({ status: 'completed', invitations: { sms: { sent: 2 } } });
  });

  test('so does a first one of somebody who is being created', async () => {
    const rows = people(2, 'first', () => ({ group: 'Mayfair' }), 20);
    const held = gate.hold('people.create');
    const id = await stack.api.importId(toCsv(rows));
    await held.arrival;
    const number = mobileNumber(30);
    expect(await update([{ ...rows[0]!, mobile: number }])).toMatchObject({ rows: { updated: 1 } });
    held.release();
    const done = await stack.api.rest(id);
    expect(await messagesTo(rows[0]!.mobile, number)).toEqual([0, 1]);
    expect(done).toMatchObject({ status: 'completed', invitations: { email: { sent: 2 }, sms: { sent: 2 } } });
  });

  /** Two people who are created, and whose first messages are made; not sent before `go`. */
  async function created(tag: string, from: number) {
    const rows = people(2, tag, () => ({ group: 'Mayfair' }), from) as [Person, Person];
    const held = gate.hold('people.create');
    const id = await stack.api.importId(toCsv(rows));
    await held.arrival;
    const go = () => {
      held.release();
      return stack.api.rest(id);
    };
    return { rows, go, personId: personIdOf(id, 2) };
  }

  test('a client who is deactivated gets nothing', async () => {
    const { rows, personId, go } = await created('deactivated', 40);
    await stack.store.provisioned.deactivate('demo', personId);
    const done = await go();
    expect(await messagesTo(rows[0].mobile, rows[0].email)).toEqual([0, 0]);
    expect(done.invitations).toMatchObject({ email: { sent: 1, suppressed: 1 }, sms: { sent: 1, suppressed: 1 } });
  });

  test('a number from which STOP has come gets no SMS', async () => {
    const { rows, go } = await created('stopped', 60);
    const stop = {
      eventId: 'stop',
      channel: 'sms',
      kind: 'opted-out',
      at: new Date(),
      address: rows[0].mobile,
    } as const;
    await stack.store.reports.apply([stop]);
    const done = await go();
    expect(await messagesTo(rows[0].mobile, rows[0].email)).toEqual([0, 1]);
    expect(done.invitations).toMatchObject({ email: { sent: 2 }, sms: { sent: 1, suppressed: 1 } });
  });

  test('who has joined by the other channel gets no second message', async () => {
    const rows = people(2, 'joined', () => ({ group: 'Mayfair' }), 80) as [Person, Person];
    const held = gate.hold('firstSends.claim', 'before');
    const id = await stack.api.importId(toCsv(rows));
    await held.arrival;
    const sent = await until(
      'the messages of the other channel',
      () => stack.store.invitations.find({ importId: id, states: ['sent'] }),
      ({ length }) => length === 2,
    );
    expect(await stack.store.acceptance.accept(sent[0]!.token)).toMatchObject({ kind: 'accepted' });
    held.release();
    const done = await stack.api.rest(id);
    const counts = await messagesTo(rows[0].mobile, rows[0].email);
    expect(counts.toSorted()).toEqual([0, 1]);
    expect(await messagesTo(rows[1].mobile, rows[1].email)).toEqual([1, 1]);
    expect(done).toMatchObject({ status: 'completed' });
  });
});

import type { Document } from 'mongodb';
import { noticeWorkflowId } from '../../contract/notices/notices';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import { createGate } from '../support/gate';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('The notice to an administrator', () => {
  const gate = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => gate.around(store) });
  });
  afterAll(() => stack.stop());

  const noticesOf = (importId: string): Promise<Document[]> =>
    stack.db.collection('notices').find({ importId }).sort({ createdAt: 1 }).toArray();
  const ended = (importId: string): Promise<Document[]> =>
    until(
      'the notice to end',
      () => noticesOf(importId),
      (notices) => notices.length > 0 && notices.every(({ state }) => state !== 'pending' && state !== 'sending'),
    );
  const mailsTo = async (address: string): Promise<LedgerMessage[]> =>
    (await everything()).filter(({ to }) => to === address);
  /** Of all stacks of the run. */
  const everything = async (): Promise<LedgerMessage[]> =>
    ((await (await fetch(`${stack.sandbox.url}/__ledger`)).json()) as { messages: LedgerMessage[] }).messages;
  const setNotify = (notify: object | null) =>
    stack.api.call('PATCH', '/v1/organisation', {
      body: JSON.stringify({ notify }),
      headers: { 'Content-Type': 'application/json' },
    });

  test('has counts, the first ten problems with their lines, and a link, and nothing of a person', async () => {
    const rows = people(14, 'notice', (_, i) => (i >= 2 ? { email: `nobody${i}`, lastName: 'Geheim' } : {}), 300);
    const id = await stack.api.importIdWith({ notify: 'Admin.One@harbour.example' }, toCsv(rows), 'Geheim.csv');
    await stack.api.rest(id);
    expect(await ended(id)).toMatchObject([{ state: 'sent', status: 'completed-with-problems', language: 'en' }]);
    expect((await noticesOf(id))[0]).not.toHaveProperty('to');
    const [mail, ...more] = await mailsTo('admin.one@harbour.example');
    expect(more).toEqual([]);
    const text = JSON.stringify(mail);
    expect(text).toContain('Your import of clients is done, with problems');
    expect(mail!.body).toContain('  14 lines\n  2 people created\n  12 lines rejected\n  4 messages sent\n');
    expect(mail!.body.match(/Line \d+, column C: email\.invalid/g)).toHaveLength(10);
    expect(mail!.body).toContain('The first 10 problems:\n  Line 4, column C');
    expect(mail!.body).not.toContain('Line 14');
    expect(mail!.body).toContain(`/#/imports/${id}`);
    for (const word of ['Geheim', 'nobody', 'Given', rows[0]!.mobile]) expect(text).not.toContain(word);
    // Temporal has an id alone.
    const [{ _id }] = (await noticesOf(id)) as [Document];
    const history = await stack.temporal.workflow.getHandle(noticeWorkflowId(String(_id))).fetchHistory();
    expect(JSON.stringify(history)).not.toContain('harbour.example');
  });

  test('goes to nobody unless an address is set, and to that of the organisation in its language', async () => {
    const before = await stack.api.importId(toCsv(people(1, 'off', () => ({}), 320)));
    await stack.api.rest(before);
    expect((await setNotify({ email: 'imports@harbour.example', language: 'de' })).status).toBe(200);
    const id = await stack.api.importId(toCsv(people(1, 'on', () => ({}), 330)));
    await stack.api.rest(id);
    await ended(id);
    const [mail] = await mailsTo('imports@harbour.example');
    expect(mail!.body).toContain('ist fertig.\n\n  1 Zeile\n  1 Person angelegt');
    expect(await noticesOf(before)).toEqual([]);
    await setNotify(null);
    const off = await stack.api.importId(toCsv(people(1, 'offagain', () => ({}), 340)));
    await stack.api.rest(off);
    expect(await stack.db.collection('imports').findOne({ _id: off as never })).not.toHaveProperty('notify');
  });

  test('is sent once, however often its step is interrupted before the request', async () => {
    gate.fail('notices.find', 2);
    const id = await stack.api.importIdWith(
      { notify: 'again@harbour.example' },
      toCsv(people(1, 'again', () => ({}), 350)),
    );
    await stack.api.rest(id);
    expect(await ended(id)).toMatchObject([{ state: 'sent' }]);
    expect(await mailsTo('again@harbour.example')).toHaveLength(1);
  });

  test('is not sent again where the step has died after its request: then it is unconfirmed', async () => {
    gate.fail('notices.end', 1);
    const id = await stack.api.importIdWith(
      { notify: 'died@harbour.example' },
      toCsv(people(1, 'died', () => ({}), 360)),
    );
    await stack.api.rest(id);
    expect(await ended(id)).toMatchObject([{ state: 'unconfirmed' }]);
    expect(await mailsTo('died@harbour.example')).toHaveLength(1);
  });

  test('waits for a provider that is busy', async () => {
    await fetch(`${stack.sandbox.url}/__faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...{ provider: 'sendgrid', kind: 'error', status: 429, times: 2, match: { to: 'later@harbour.example' } },
      }),
    });
    const id = await stack.api.importIdWith(
      { notify: 'later@harbour.example' },
      toCsv(people(1, 'later', () => ({}), 370)),
    );
    await stack.api.rest(id);
    expect(await ended(id)).toMatchObject([{ state: 'sent' }]);
    expect(await mailsTo('later@harbour.example')).toHaveLength(1);
  });

  test('names an address that is none', async () => {
    const answer = await stack.api.uploadWith({ notify: 'nobody' }, { name: 'a.csv', content: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ parameter: 'notify' }] } });
  });
});

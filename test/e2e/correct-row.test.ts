import { WorkflowNotFoundError } from '@temporalio/client';
import { correctRow } from '../../api/rows/correct-row';
import type { Invariant } from '../../domain/audit/snapshot';
import type { Answer, RowAnswer } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

type Corrected = RowAnswer & { code?: string; detail?: string; links: { self: string } };

describe('Correcting one row in place', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const correct = (id: string, line: number, changes: object): Promise<Answer<Corrected>> =>
    stack.api.call('PATCH', `/v1/imports/${id}/rows/${line}`, {
      body: JSON.stringify(changes),
      headers: { 'Content-Type': 'application/json' },
    });
  const rowOf = async (id: string, line: number): Promise<RowAnswer> =>
    (await stack.api.rows(id)).find(({ row }) => row === line)!;
  const invitationOf = async (id: string, line: number, channel: string) =>
    (await rowOf(id, line)).invitations.find((one) => one.channel === channel)!;
  /** How many messages each of these addresses and numbers has got. */
  const messagesTo = async (...addresses: string[]): Promise<number[]> => {
    const all = await stack.sandbox.messages();
    return addresses.map((address) => all.filter(({ to }) => to === address).length);
  };
  /** What the audit finds, though rows, addresses and generations have changed: sent to an old number, held for a new one. */
  const findingsOf = async (id: string) => {
    const { body } = await stack.api.get<{ invariants: Invariant[] }>(`/v1/imports/${id}/audit`);
    return body.invariants.flatMap(({ findings }) => findings);
  };
  const countMessages = async (): Promise<number> => (await stack.sandbox.messages()).length;
  /** Of a workflow that is open: one that has ended the server deletes when it finds the time to, up to half a minute later. */
  async function deleteHistory(id: string): Promise<void> {
    const handle = stack.workflow(id);
    const workflowExecution = { workflowId: handle.workflowId };
    await stack.temporal.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution });
    await until(
      'the history to be gone',
      () =>
        handle.describe().then(
          () => false,
          (error: unknown) => error instanceof WorkflowNotFoundError,
        ),
      (gone) => gone,
    );
  }

  /** Three people of whom that of line 3 is refused, or is not to be invited by e-mail. */
  async function importWith(tag: string, from: number, flaw: Partial<Person>): Promise<{ id: string; rows: Person[] }> {
    const rows = people(3, tag, (_, i) => (i === 1 ? flaw : {}), from);
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    return { id, rows };
  }
  const importRefused = async (tag: string, from: number) => {
    const { id, rows } = await importWith(tag, from, { email: 'nobody' });
    expect(await stack.api.find(id)).toMatchObject({
      status: 'completed-with-problems',
      rows: { created: 2, rejected: 1 },
    });
    return { id, rows, email: `mended.${tag}@example.com`, mobile: rows[1]!.mobile };
  };
  const importUnsent = async (tag: string, from: number) => {
    const { id, rows } = await importWith(tag, from, { email: `sandbox-rejected.${tag}@example.com` });
    expect((await stack.api.find(id)).invitations.email).toMatchObject({ sent: 2, failed: 1 });
    return { id, rows, email: `mended.${tag}@example.com`, mobile: rows[1]!.mobile };
  };

  test('When a refused row of a closed import is corrected, then that row alone is created and invited', async () => {
    const { id, email, mobile } = await importRefused('closed', 0);
    const before = await countMessages();
    const { status, body, headers } = await correct(id, 3, { email });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/imports/${id}`);
    expect(body).toMatchObject({ row: 3, status: 'pending', problems: [], person: { email, mobile } });
    expect(body.links.self).toBe(`http://api.test/v1/imports/${id}`);

    const done = await stack.api.rest(id);
    expect(done).toMatchObject({ status: 'completed', rows: { created: 3 }, invitations: { email: { sent: 3 } } });
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
    expect(await countMessages()).toBe(before + 2);
    expect(await stack.caughtUp(id, 'completed')).toMatchObject({ rows: done.rows, invitations: done.invitations });
    const failed = await stack.api.get<{ code: string }>(`/v1/imports/${id}/failed-rows.csv`);
    expect(failed).toMatchObject({ status: 404, body: { code: 'no-failed-rows' } });
    await until(
      'the mark to be cleared',
      () => stack.db.collection('imports').findOne({ _id: id as never }),
      (found) => found !== null && !('wakeAt' in found),
    );
    expect(await findingsOf(id)).toEqual([]);
  });

  test('When an address to which nothing could be sent is corrected, then a new invitation goes there and nowhere else', async () => {
    const { id, email, mobile } = await importUnsent('failed', 20);
    const before = await countMessages();
    const { status, body } = await correct(id, 3, { email });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'created', person: { email } });
    const done = await stack.api.rest(id);
    expect(done).toMatchObject({
      status: 'completed',
      invitations: { email: { sent: 3, failed: 0 }, sms: { sent: 3 } },
    });
    expect(await invitationOf(id, 3, 'email')).toMatchObject({ state: 'sent', generation: 2 });
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
    expect(await countMessages()).toBe(before + 1);
    expect(await stack.caughtUp(id, 'completed')).toMatchObject({ invitations: done.invitations });
  });

  test('When a bounced address is corrected, then only the link of the new message works', async () => {
    const { id, rows } = await importWith('bounced', 30, {});
    const invitations = stack.db.collection('invitations');
    const old = { importId: id, row: 3, channel: 'email', generation: 1 };
    const report = { channel: 'email', kind: 'bounced', code: 'invitation.bounced' } as const;
    await stack.store.reports.apply([{ ...report, eventId: 'bounce', invitationId: `${id}:3:email:1` }]);
    expect(await stack.api.find(id)).toMatchObject({ status: 'needs-attention' });
    expect((await correct(id, 3, { email: 'mended.bounced@example.com' })).status).toBe(202);
    await stack.api.rest(id);
    expect(await messagesTo('mended.bounced@example.com', rows[1]!.email)).toEqual([1, 1]);

    const accept = (token: unknown) =>
      stack.api.call('POST', '/v1/invitations/accept', { body: JSON.stringify({ token }) });
    const tokenOf = async (generation: number) => (await invitations.findOne({ ...old, generation }))!.token as string;
    expect(await accept(await tokenOf(1))).toMatchObject({ status: 410, body: { code: 'invitation-replaced' } });
    expect(await accept(await tokenOf(2))).toMatchObject({ status: 200 });

    expect((await correct(id, 2, { mobile: '+447911123413' })).status).toBe(202);
    await stack.api.rest(id);
    expect(await messagesTo(rows[0]!.mobile, '+447911123413')).toEqual([1, 1]);
    expect(await findingsOf(id)).toEqual([]);

    // Whoever has joined is changed and not invited any more.
    expect((await correct(id, 3, { email: 'joined.bounced@example.com' })).status).toBe(202);
    await stack.api.rest(id);
    expect(await messagesTo('joined.bounced@example.com')).toEqual([0]);
    expect(await stack.db.collection('people').findOne({ _id: `${id}:3` as never })).toMatchObject({
      email: 'joined.bounced@example.com',
      active: true,
    });
  });

  test('When only names are corrected, then the person is changed and nobody is invited again', async () => {
    const { id } = await importWith('names', 40, { firstName: 'Anne' });
    const before = await countMessages();
    const { status, body } = await correct(id, 3, { firstName: ' Ann ', company: 'Example Ltd', group: 'mayfair' });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'created',
      person: { firstName: 'Ann' },
      repairs: [{ column: 'First Name', before: ' Ann ', after: 'Ann' }],
    });
    expect(await stack.db.collection('people').findOne({ _id: `${id}:3` as never })).toMatchObject({
      firstName: 'Ann',
      company: 'Example Ltd',
      teamIds: ['demo:mayfair'],
    });
    expect((await stack.api.find(id)).status).toBe('completed');
    expect(await correct(id, 3, { firstName: 'Ann' })).toMatchObject({ status: 200, body: { status: 'created' } });
    expect(await countMessages()).toBe(before);
  });

  test('When a row of an import that stays open is corrected twice at once, then nobody is invited twice', async () => {
    const { id, email, mobile } = await importUnsent('twice', 50);
    const answers = await Promise.all(Array.from({ length: 4 }, () => correct(id, 3, { email })));
    // The others find it done, or under way.
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 202 || status === 409)).toBe(true);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed' });
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
  });

  test('When a refused row is corrected several times at once, then it is created once', async () => {
    const { id, email, mobile } = await importRefused('crowd', 60);
    const answers = await Promise.all(Array.from({ length: 4 }, () => correct(id, 3, { email })));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 3 } });
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
  });

  test('When a correction races a retry, then the person gets one message at most, whoever comes first', async () => {
    const { id, email } = await importUnsent('race', 70);
    const [corrected, retried] = await Promise.all([
      correct(id, 3, { email }),
      stack.api.retry(id, { channels: ['email'] }),
    ]);
    expect([202, 409]).toContain(corrected.status);
    expect([202, 409]).toContain(retried.status);
    await stack.api.rest(id);
    if (corrected.status === 409) {
      expect(corrected.body.code).toBe('row-in-progress');
      expect((await correct(id, 3, { email })).status).toBe(202);
      await stack.api.rest(id);
    }
    expect(await messagesTo(email)).toEqual([1]);
    expect(await stack.api.find(id)).toMatchObject({ status: 'completed', invitations: { email: { sent: 3 } } });
  });

  test('When the import is held back, then a corrected row goes on once it is resumed, and not before', async () => {
    const staff = { kind: 'staff', teamIds: 'demo:riverside' };
    await stack.db.collection('people').updateMany(staff, { $set: { active: false } });
    const rows = people(
      3,
      'held',
      (_, i) => ({ email: i === 1 ? 'nobody' : `held${i}@example.com`, group: i === 2 ? 'Riverside' : 'Mayfair' }),
      100,
    );
    const id = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(id)).toMatchObject({
      status: 'waiting',
      rows: { created: 1, rejected: 1, waiting: 1 },
    });
    expect((await stack.api.call('POST', `/v1/imports/${id}/pause`)).status).toBe(200);

    expect((await correct(id, 3, { email: 'held1@example.com' })).status).toBe(202);
    expect((await correct(id, 2, { mobile: '+447911123411' })).status).toBe(202);
    expect(await stack.api.find(id)).toMatchObject({ status: 'paused', rows: { pending: 1 } });
    expect((await stack.api.call('POST', `/v1/imports/${id}/resume`)).status).toBe(200);
    await until(
      'the rows to go on',
      () => stack.api.find(id),
      ({ status, invitations }) => status === 'waiting' && invitations.sms.sent === 2,
    );
    expect(await messagesTo('held0@example.com', 'held1@example.com', rows[0]!.mobile, '+447911123411')).toEqual([
      1, 1, 1, 1,
    ]);
    await stack.db.collection('people').updateMany(staff, { $set: { active: true } });
  });

  test('When a row is corrected while others are still being invited, then it goes on beside them', async () => {
    await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'delay',
      delayMs: 4_000,
      to: people(1, '', () => ({}), 110)[0]!.mobile,
    });
    const rows = people(3, 'beside', (_, i) => (i === 1 ? { email: 'nobody' } : {}), 110);
    const id = await stack.api.importId(toCsv(rows));
    await until(
      'the first to be invited',
      () => stack.api.find(id),
      ({ status, invitations }) => status === 'inviting' && invitations.sms.sent > 0,
    );
    const email = 'mended.beside@example.com';
    expect((await correct(id, 3, { email })).status).toBe(202);
    // Its own address is on its way; what was sent already is not.
    expect(await correct(id, 2, { mobile: '+447911123412' })).toMatchObject({
      status: 409,
      body: { code: 'row-in-progress' },
    });
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 3 } });
    const everybody = [...rows.map(({ mobile }) => mobile), rows[0]!.email, email, rows[2]!.email];
    expect(await messagesTo(...everybody)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('When a correction races the end of the import, then the row is created or cancelled, and nothing is left over', async () => {
    const staff = { kind: 'staff', teamIds: 'demo:riverside' };
    await stack.db.collection('people').updateMany(staff, { $set: { active: false } });
    const rows = people(
      2,
      'ends',
      (_, i) => (i === 1 ? { email: 'nobody', group: 'Mayfair' } : { group: 'Riverside' }),
      120,
    );
    const id = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(id)).toMatchObject({ status: 'waiting', rows: { rejected: 1, waiting: 1 } });
    const email = 'mended.ends@example.com';
    const [corrected, cancelled] = await Promise.all([
      correct(id, 3, { email }),
      stack.api.call('POST', `/v1/imports/${id}/cancel`),
    ]);
    expect([202, 409]).toContain(corrected.status);
    expect(cancelled.status).toBeLessThan(300);
    await until(
      'the import to have ended',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    const { status, invitations } = await rowOf(id, 3);
    expect(corrected.status === 202 ? ['created', 'cancelled'] : ['rejected']).toContain(status);
    expect(invitations.map(({ state }) => state)).not.toContain('pending');
    const [got] = await messagesTo(email);
    expect(got).toBe(invitations.filter(({ channel, state }) => channel === 'email' && state === 'sent').length);
    expect((await correct(id, 3, { email: 'later@example.com' })).body.code).toBe('import-cancelled');
    await stack.db.collection('people').updateMany(staff, { $set: { active: true } });
  });

  test('a correction is signalled by the outbox though nobody pokes it', async () => {
    const { id, email, mobile } = await importRefused('unpoked', 80);
    const importDoc = (await stack.store.imports.find(id))!;
    const never = () => Promise.reject(new Error('An applied row needs no plan'));
    await correctRow({ store: stack.store, outbox: { poke: () => undefined }, buildPlan: never }, importDoc, 3, {
      email,
    });
    await until(
      'the row to be created',
      () => stack.api.find(id),
      ({ status, rows }) => status === 'completed' && rows.created === 3,
    );
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
  });

  test('When a row that no other file has mended is corrected in place, then the union counts it once', async () => {
    const rows = people(3, 'union', (_, i) => (i > 0 ? { email: `nobody${i}` } : {}), 90);
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    const failedRows = async () =>
      (
        await fetch(`${stack.url}/v1/imports/${id}/failed-rows.csv`, {
          headers: { Authorization: `Bearer ${stack.api.key}` },
        })
      ).text();
    const second = await stack.api.importId((await failedRows()).replace('nobody1', 'union1@example.com'));
    await stack.api.rest(second);
    expect((await stack.api.find(id)).union).toMatchObject({ lines: 3, done: 2, open: 1 });

    expect(await correct(id, 3, { email: 'other@example.com' })).toMatchObject({
      status: 409,
      body: { code: 'row-corrected' },
    });
    // In the file that corrects it: the line there is its line, and it still counts for the first.
    expect((await correct(second, 3, { email: 'union2@example.com' })).status).toBe(202);
    await stack.api.rest(second);
    for (const one of [id, second]) {
      expect((await stack.api.find(one)).union).toMatchObject({
        lines: 3,
        done: 3,
        open: 0,
        passes: [{ done: 1 }, { done: 2 }],
      });
    }
    expect(await failedRows()).toContain('no-failed-rows');
    expect(await messagesTo('union1@example.com', 'union2@example.com')).toEqual([1, 1]);
  });

  test('When the history of the workflow was deleted, then the correction is carried out all the same', async () => {
    const { id, email, mobile } = await importUnsent('deleted', 10);
    await stack.caughtUp(id, 'needs-attention');
    await deleteHistory(id);
    expect((await correct(id, 3, { email })).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 3 } });
    expect(await messagesTo(email, mobile)).toEqual([1, 1]);
  });
});

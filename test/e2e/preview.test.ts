import { invitedTwice } from '../support/sandbox-control';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Previews', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const preview = (content: string, options: Record<string, string> = {}) =>
    stack.api.importIdWith({ mode: 'preview', ...options }, content);
  const peopleOf = (importId: string) => stack.db.collection('people').countDocuments({ importId });

  test('When a file is previewed, then the plan tells what would happen and what would be sent, and nothing does', async () => {
    const rows = people(6, 'look', (_, i) => (i === 2 ? { email: 'nobody' } : i === 3 ? { firstName: '李' } : {}));
    const id = await preview(toCsv(rows));
    const found = await stack.api.rest(id);

    expect(found).toMatchObject({ status: 'awaiting-approval', lines: 6, rows: { pending: 5, rejected: 1 } });
    expect(found.plan).toMatchObject({
      actions: { create: 5, reject: 1, update: 0, unchanged: 0, skip: 0, wait: 0 },
      messages: { email: 5, sms: 5 },
      appliedAt: null,
    });
    expect(found.plan!.hash).toMatch(/^[0-9a-f]{64}$/);
    // Four greetings in the GSM alphabet; one in another, which takes more than one segment.
    expect(found.plan!.smsSegments).toBeGreaterThan(5);
    const [first] = await stack.api.rows(id);
    expect(first).toMatchObject({ plan: { action: 'create', channels: ['email', 'sms'], smsSegments: 1 } });
    expect(await peopleOf(id)).toBe(0);
    expect((await stack.sandbox.messages()).filter(({ to }) => rows.some(({ email }) => email === to))).toEqual([]);
    expect(await stack.caughtUp(id, 'awaiting-approval')).toMatchObject({ rows: found.rows });
  });

  test('When the plan is applied, then exactly it is carried out, and applying it once more changes nothing', async () => {
    const rows = people(5, 'apply', (_, i) => (i === 1 ? { mobile: 'none' } : {}), 100);
    const id = await preview(toCsv(rows));
    const { plan } = await stack.api.rest(id);

    expect((await stack.api.apply(id, plan!.hash)).status).toBe(202);
    const done = await until(
      'the plan to be carried out',
      () => stack.api.find(id),
      ({ status }) => status === 'completed-with-problems',
    );
    expect(done).toMatchObject({ rows: { created: 4, rejected: 1 }, invitations: { email: { sent: 4 } } });
    expect((await stack.api.apply(id, plan!.hash)).status).toBe(202);
    expect((await stack.api.find(id)).status).toBe('completed-with-problems');
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    const corrected = await stack.api.call('PATCH', `/v1/imports/${id}/rows/3`, {
      body: JSON.stringify({ mobile: people(1, 'apply', () => ({}), 150)[0]!.mobile }),
    });
    expect(corrected.status).toBe(202);
    // The plan stays on record as it was approved.
    expect((await stack.api.find(id)).plan).toEqual({
      ...plan,
      expiresAt: null,
      appliedAt: expect.any(String) as unknown,
    });
    expect((await stack.api.rest(id)).rows).toMatchObject({ created: 5, rejected: 0 });
  });

  test('When a part of the stored file is gone since the preview, then nothing of it is carried out', async () => {
    // The second person lies behind the end of the first chunk in GridFS.
    const [header, first, second] = toCsv(people(2, 'shorter', () => ({}), 150)).split('\n');
    const id = await preview([header, first, ...Array<string>(3000).fill(' '.repeat(100)), second].join('\n'));
    const { plan } = await stack.api.rest(id);
    expect(plan!.actions.create).toBe(2);
    await stack.db.collection('uploads.chunks').deleteOne({ files_id: id, n: 1 });

    expect(await stack.api.applyInVain(id, plan!.hash)).toMatchObject({ body: { code: 'nothing-to-apply' } });
    expect(await stack.api.find(id)).toMatchObject({ lines: 0, problems: [{ code: 'file.lost' }] });
    expect(await peopleOf(id)).toBe(0);
  });

  test('When the data has moved since the preview, then its plan is refused, and the new one can be applied', async () => {
    const rows = people(4, 'moved', () => ({}), 200);
    const id = await preview(toCsv(rows));
    const { plan } = await stack.api.rest(id);
    await stack.api.rest(await stack.api.importId(toCsv(rows.slice(0, 1))));

    const refused = await stack.api.applyInVain(id, plan!.hash);

    expect(refused).toMatchObject({ body: { code: 'plan-outdated' } });
    const again = await stack.api.find(id);
    expect(again).toMatchObject({ status: 'awaiting-approval', rows: { rejected: 1, pending: 3 } });
    expect(again.plan!.hash).not.toBe(plan!.hash);
    expect(await peopleOf(id)).toBe(0);
    expect(await stack.caughtUp(id, 'awaiting-approval')).toMatchObject({ rows: again.rows });
    expect((await stack.api.apply(id, again.plan!.hash)).status).toBe(202);
    await until(
      'the new plan to be carried out',
      () => stack.api.find(id),
      ({ rows: counts }) => counts.created === 3,
    );
  });

  test('When eight people apply the same plan at once, then it is carried out once', async () => {
    const rows = people(3, 'eight', () => ({}), 300);
    const id = await preview(toCsv(rows));
    const { plan } = await stack.api.rest(id);

    const answers = await Promise.all(Array.from({ length: 8 }, () => stack.api.apply(id, plan!.hash)));

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
    await until(
      'the plan to be carried out',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
    );
    expect(await peopleOf(id)).toBe(3);
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('When there is no plan to apply, or its hash is another, then that is said', async () => {
    const plain = await stack.api.importId(toCsv(people(1, 'plain', () => ({}), 400)));
    await stack.api.rest(plain);
    expect(await stack.api.apply(plain, '0'.repeat(64))).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-apply' },
    });
    const id = await preview(toCsv(people(1, 'hash', () => ({}), 410)));
    await stack.api.rest(id);
    expect(await stack.api.apply(id, '0'.repeat(64))).toMatchObject({ status: 409, body: { code: 'plan-outdated' } });
    expect(await stack.api.apply(id, 'short')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await stack.as('support').apply(id, '0'.repeat(64))).toMatchObject({ status: 403 });
  });

  test('When a previewed file cannot be read at all, then it is refused and there is no plan', async () => {
    const id = await preview('Name\nAnn\n');
    expect(await stack.api.rest(id)).toMatchObject({ status: 'failed', plan: null });
  });

  test('When a preview is cancelled in the Temporal UI, then its rows end as cancelled', async () => {
    const id = await preview(toCsv(people(2, 'cancelled', () => ({}), 420)));
    await stack.api.rest(id);
    await stack.workflow(id).cancel();
    const done = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    expect(done.rows.cancelled).toBe(2);
  });
});

import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('When a provider misbehaves', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS);
  });
  afterAll(() => stack.stop());

  async function runWith(tag: string, from: number, size: number, fault: Parameters<Stack['sandbox']['plan']>[0]) {
    const rows = people(size, tag, () => ({}), from);
    const id = await (async () => {
      const planned = await stack.sandbox.plan(fault);
      const importId = await stack.api.importId(toCsv(rows));
      const done = await stack.api.rest(importId);
      await stack.sandbox.lift(planned);
      expect(done.lines).toBe(size);
      return importId;
    })();
    const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
    const messages = (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
    expect(invitedTwice(messages)).toEqual([]);
    return { done: await stack.api.find(id), rows: await stack.api.rows(id), messages };
  }

  test.each(['twilio', 'sendgrid'] as const)(
    'When %s rate-limits, then the rows are retried after the delay it asked for and no one is invited twice',
    async (provider) => {
      const startedAt = Date.now();
      const { done, messages } = await runWith(`limit${provider}`, provider === 'twilio' ? 0 : 100, 60, {
        provider,
        kind: 'rate-limit',
        retryAfterSeconds: 2,
        times: 3,
      });
      expect(done.status).toBe('completed');
      expect(messages).toHaveLength(120);
      expect(Date.now() - startedAt).toBeGreaterThanOrEqual(2_000);
    },
  );

  test('When an SMS was accepted but the reply was lost, then it is looked up and shown as sent, without a second one', async () => {
    const { done, messages } = await runWith('lost', 200, 30, { provider: 'twilio', kind: 'reply-lost', times: 4 });
    expect(done).toMatchObject({ status: 'completed', invitations: { sms: { sent: 30 } } });
    expect(messages).toHaveLength(60);
  });

  test('When an SMS was refused by a dropped connection, then nobody can tell, and it is unconfirmed instead of sent twice', async () => {
    const { done, messages, rows } = await runWith('drop', 300, 30, { provider: 'twilio', kind: 'drop', times: 2 });
    expect(done).toMatchObject({ status: 'needs-attention', invitations: { sms: { sent: 28, unconfirmed: 2 } } });
    expect(messages).toHaveLength(58);
    const unconfirmed = rows.flatMap(({ invitations }) => invitations).filter(({ state }) => state === 'unconfirmed');
    expect(unconfirmed[0]!.problem).toMatchObject({ code: 'invitation.unconfirmed' });

    const refused = await stack.api.retry(done.id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
    expect(refused.body.detail).toContain('includeUnconfirmed');
    expect(await stack.api.retry(done.id, { all: true, includeUnconfirmed: true })).toMatchObject({
      status: 202,
      body: { retrying: { email: 0, sms: 2 } },
    });
    expect(await stack.api.rest(done.id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 30 } } });
  });

  test('When one address is refused, then that row fails with a reason and the rest of its request is sent', async () => {
    const rows = people(30, 'refused', (_, i) => (i === 11 ? { email: 'sandbox-rejected@example.com' } : {}), 500);
    const id = await stack.api.importId(toCsv(rows));
    const done = await stack.api.rest(id);
    expect(done.invitations.email).toMatchObject({ sent: 29, failed: 1 });
    const [failed] = await stack.api.rows(id, '&status=failed');
    expect(failed).toMatchObject({ row: 13, status: 'created' });
    expect(failed!.invitations.find(({ channel }) => channel === 'email')!.problem).toMatchObject({
      code: 'invitation.address-refused',
      severity: 'error',
    });
  });

  test('When the sender may not send to one country, then only its rows fail, and all others are sent without a pause', async () => {
    const abroad = (i: number) => i % 20 < 3;
    const rows = people(
      200,
      'country',
      (_, i) => (abroad(i) ? { mobile: `+49151234${String(10_000 + i)}` } : {}),
      1_000,
    );
    const fault = await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 21606,
      to: '+49*',
    });
    const id = await stack.api.importId(toCsv(rows));
    const done = await stack.api.rest(id);
    expect(done).toMatchObject({
      status: 'needs-attention',
      invitations: { email: { sent: 200 }, sms: { sent: 170, failed: 30, pending: 0 } },
    });
    const failed = await stack.api.rows(id, '&status=failed');
    expect(failed.map(({ row }) => row)).toEqual(rows.flatMap((_, i) => (abroad(i) ? [i + 2] : [])));
    for (const { invitations } of failed) {
      expect(invitations.find(({ channel }) => channel === 'sms')!.problem!.code).toBe(
        'invitation.sender-not-for-number',
      );
    }

    await stack.sandbox.lift(fault);
    expect(await stack.api.retry(id)).toMatchObject({ status: 202, body: { retrying: { email: 0, sms: 30 } } });
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 200 } } });
    const numbers = new Set(rows.map(({ mobile }) => mobile));
    const messages = (await stack.sandbox.messages()).filter(({ to }) => numbers.has(to));
    expect(messages).toHaveLength(200);
    expect(invitedTwice(messages)).toEqual([]);
  });

  test('When a request of mails is refused without a name because of one person, then only that row fails', async () => {
    const rows = people(60, 'unnamed', () => ({}), 1_200);
    const fault = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 413, to: rows[31]!.email });
    const id = await stack.api.importId(toCsv(rows));
    const done = await stack.api.rest(id);
    await stack.sandbox.lift(fault);
    expect(done).toMatchObject({
      status: 'needs-attention',
      invitations: { email: { sent: 59, failed: 1 }, sms: { sent: 60 } },
    });
    const [failed] = await stack.api.rows(id, '&status=failed');
    expect(failed).toMatchObject({ row: 33 });
    const mails = (await stack.sandbox.messages()).filter(({ to }) => to.includes('.unnamed@'));
    expect(mails).toHaveLength(59);
    expect(invitedTwice(mails)).toEqual([]);
  });

  test('When the policy is resend-after-settle, then an SMS that never arrived is sent after the look-up, and one that did is not', async () => {
    const resending = await startStack({ ...SHORT_WINDOWS, SMS_POLICY: 'resend-after-settle' });
    try {
      const rows = people(30, 'resend', () => ({}), 700);
      await resending.sandbox.plan({ provider: 'twilio', kind: 'drop', times: 2 });
      await resending.sandbox.plan({ provider: 'twilio', kind: 'reply-lost', times: 2 });
      const id = await resending.api.importId(toCsv(rows));
      const done = await resending.api.rest(id);
      expect(done).toMatchObject({ status: 'completed', invitations: { sms: { sent: 30 } } });
      const sms = (await resending.sandbox.messages()).filter(({ provider }) => provider === 'twilio');
      expect(sms).toHaveLength(30);
      expect(invitedTwice(sms)).toEqual([]);
    } finally {
      await resending.stop();
    }
  });

  test('When the policy is resend-after-settle and nothing ever arrives, then it ends after a few tries as unconfirmed', async () => {
    // Half of the deadline is enough between a claim and its request: one that comes too late is a try, too.
    const windows = { PROVIDER_DEADLINE_MS: '1200', PROVIDER_LAG_MS: '50' };
    // Ten failures in a row: the last of them are probes.
    const resending = await startStack(
      { ...windows, SMS_POLICY: 'resend-after-settle' },
      { breaker: { probeEveryMs: 100 } },
    );
    try {
      await resending.sandbox.plan({ provider: 'twilio', kind: 'error', status: 500 });
      const id = await resending.api.importId(toCsv(people(2, 'never', () => ({}), 800)));
      const done = await resending.api.rest(id);
      expect(done).toMatchObject({ status: 'needs-attention', invitations: { sms: { unconfirmed: 2 } } });
      const rows = await resending.api.rows(id);
      expect(rows.map(({ invitations }) => invitations.find(({ channel }) => channel === 'sms')!.attempts)).toEqual([
        5, 5,
      ]);
    } finally {
      await resending.stop();
    }
  });
});

import { randomBytes } from 'node:crypto';
import type { Channel } from '../../contract/invitation';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

interface PauseView {
  by: string;
  since: string;
  problem: { code: string; message: string; fix: string } | null;
  providerCode: string | null;
}

describe('Stop and go', () => {
  /** By which its requests are told apart from those of other tests. */
  const account = `AC${randomBytes(16).toString('hex')}`;
  let stack: Stack;
  beforeAll(async () => {
    // So few at a time that there is a middle to stop in.
    stack = await startStack({ SMS_CONCURRENCY: '4', TWILIO_ACCOUNT_SID: account, ...SHORT_WINDOWS });
  });
  afterAll(() => stack.stop());

  const planned: string[] = [];
  const plan = async (fault: Parameters<Stack['sandbox']['plan']>[0]): Promise<string> => {
    const id = await stack.sandbox.plan(fault);
    planned.push(id);
    return id;
  };
  afterEach(() => Promise.all(planned.splice(0).map((fault) => stack.sandbox.lift(fault))));

  const post = (id: string, action: string) =>
    stack
      .as('support')
      .call<{ status?: string; code?: string; detail?: string }>('POST', `/v1/imports/${id}/${action}`);
  const pausesOf = async (id: string) =>
    (await stack.api.get<{ pausedBy: PauseView[] }>(`/v1/imports/${id}`)).body.pausedBy;
  const messagesFor = async (tag: string, numbers: string[] = []) =>
    (await stack.sandbox.messages()).filter(({ to }) => to.includes(`.${tag}@`) || numbers.includes(to));
  /** The import as soon as some of its SMS have been sent and more are to come. */
  const underWay = (id: string) =>
    until(
      'the first SMS',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.sent > 0,
    );

  test.each([
    ['the key is revoked', 'twilio', { status: 401, code: 20003 }, 'invitation.key-refused'],
    ['the account is suspended', 'twilio', { status: 403, code: 90010 }, 'invitation.account-stopped'],
    ['the key is revoked', 'sendgrid', { status: 401 }, 'invitation.key-refused'],
    [
      'the sender is not verified',
      'sendgrid',
      { status: 403, message: 'The from address does not match a verified Sender Identity' },
      'invitation.sender-refused',
    ],
    [
      'the credits are used up',
      'sendgrid',
      { status: 401, message: 'Maximum credits exceeded' },
      'invitation.credits-exhausted',
    ],
  ] as const)(
    'When %s at %s, then the import pauses with its rows pending and says why, the other channel goes on, and a resumption sends the rest',
    async (_what, provider, answer, code) => {
      const tag = `stop${provider}${code.replace(/\W/g, '')}`;
      const rows = people(60, tag);
      const [held, other]: Channel[] = provider === 'twilio' ? ['sms', 'email'] : ['email', 'sms'];
      const fault = await plan({ provider, kind: 'error', ...answer });
      const id = await stack.api.importId(toCsv(rows));

      const paused = await until(
        'the pause, and the other channel',
        () => stack.api.find(id),
        ({ status, rows: { created }, invitations }) =>
          status === 'paused' && created === 60 && invitations[other!].sent === 60,
      );

      expect(paused.invitations[held!]).toMatchObject({ pending: 60, failed: 0 });
      const [pause] = await pausesOf(id);
      expect(pause).toMatchObject({ by: held, problem: { code } });
      expect(pause!.problem!.fix).toContain('resume');
      expect(await stack.caughtUp(id, 'paused')).toMatchObject({ invitations: paused.invitations });

      await stack.sandbox.lift(fault);
      expect((await post(id, 'resume')).status).toBe(200);
      const done = await stack.api.rest(id);
      expect(done).toMatchObject({ status: 'completed', invitations: { email: { sent: 60 }, sms: { sent: 60 } } });
      expect(await pausesOf(id)).toEqual([]);
      expect(invitedTwice(await messagesFor(tag))).toEqual([]);
    },
  );

  /** Arrivals of this file's SMS at the provider, whether it has answered them yet or not. */
  async function requestsFor(numbers: Set<string>): Promise<number> {
    const response = await fetch(`${stack.sandbox.url}/__requests`);
    const { requests } = (await response.json()) as { requests: { path: string; method: string; to: string[] }[] };
    return requests.filter(
      ({ path, method, to }) => path.includes(account) && method === 'POST' && to.some((number) => numbers.has(number)),
    ).length;
  }

  /** An import of eighty people whose SMS take five seconds, unless `finish` is called, in the middle of them. */
  async function inTheMiddle(tag: string, from: number) {
    const rows = people(80, tag, () => ({}), from);
    const fault = await plan({ provider: 'twilio', kind: 'delay', delayMs: 250 });
    const id = await stack.api.importId(toCsv(rows));
    await underWay(id);
    return { id, rows, numbers: new Set(rows.map(({ mobile }) => mobile)), finish: () => stack.sandbox.lift(fault) };
  }

  test('When staff pause an import, then no send starts after the answer, and a resumption sends exactly the rest', async () => {
    const { id, rows, numbers, finish } = await inTheMiddle('paused', 100);

    const answer = await post(id, 'pause');
    const atTheAnswer = await requestsFor(numbers);

    expect(answer).toMatchObject({ status: 200, body: { status: 'paused' } });
    expect(atTheAnswer).toBeLessThan(80);
    expect(await pausesOf(id)).toMatchObject([{ by: 'staff', problem: null }]);
    expect(await post(id, 'pause')).toMatchObject({ status: 200, body: { status: 'paused' } });
    // Everything that was on its way has come home by then, and the workflow has nothing under way.
    await until(
      'the sends under way',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.sending === 0 && invitations.sms.sent === atTheAnswer,
    );
    await until(
      'the steps under way',
      () => stack.workflow(id).describe(),
      ({ raw }) => (raw.pendingActivities ?? []).length === 0,
    );
    expect(await requestsFor(numbers)).toBe(atTheAnswer);

    await finish();
    expect((await post(id, 'resume')).status).toBe(200);
    expect(await stack.api.rest(id)).toMatchObject({
      status: 'completed',
      invitations: { email: { sent: 80 }, sms: { sent: 80 } },
    });
    expect(await requestsFor(numbers)).toBe(80);
    expect(
      invitedTwice(
        await messagesFor(
          'paused',
          rows.map(({ mobile }) => mobile),
        ),
      ),
    ).toEqual([]);
  });

  test('When staff cancel an import, then no send starts after the answer, and every row and invitation has a true end', async () => {
    const { id, numbers, finish } = await inTheMiddle('cancelled', 200);

    const answer = await post(id, 'cancel');
    const atTheAnswer = await requestsFor(numbers);
    const done = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    await finish();

    expect(answer.status).toBe(200);
    expect(await requestsFor(numbers)).toBe(atTheAnswer);
    const { sent, cancelled, ...others } = done.invitations.sms;
    expect({ sent, total: sent + cancelled }).toEqual({ sent: atTheAnswer, total: 80 });
    expect(Object.values(others).every((count) => count === 0)).toBe(true);
    expect(done.rows.created).toBe(80);
    expect(await stack.workflow(id).result()).toMatchObject({ status: 'cancelled' });
    expect(await post(id, 'cancel')).toMatchObject({ status: 409, body: { code: 'nothing-to-cancel' } });
    expect(await post(id, 'resume')).toMatchObject({ status: 409, body: { code: 'nothing-to-resume' } });
  });

  test('When the provider does not answer while staff pause, then the answer waits only until nothing can start any more', async () => {
    const rows = people(20, 'hanging', () => ({}), 300);
    const numbers = new Set(rows.map(({ mobile }) => mobile));
    const fault = await plan({ provider: 'twilio', kind: 'hang' });
    const id = await stack.api.importId(toCsv(rows));
    await until(
      'the first requests',
      () => requestsFor(numbers),
      (count) => count > 0,
    );

    expect(await post(id, 'pause')).toMatchObject({ status: 200, body: { status: 'paused' } });
    const atTheAnswer = await requestsFor(numbers);
    await stack.sandbox.lift(fault);
    const settled = await until(
      'those in doubt to be settled',
      () => stack.api.find(id),
      ({ rows: { created }, invitations }) => created === 20 && invitations.sms.sending === 0,
    );

    expect(settled).toMatchObject({ status: 'paused', invitations: { sms: { unconfirmed: atTheAnswer } } });
    expect(await requestsFor(numbers)).toBe(atTheAnswer);
    expect((await post(id, 'cancel')).status).toBeLessThan(300);
    expect(await stack.api.rest(id)).toMatchObject({ invitations: { sms: { unconfirmed: atTheAnswer } } });
  });

  test('When support pauses and resumes by signals, then it works as the updates do', async () => {
    const { id, finish } = await inTheMiddle('signals', 400);
    await stack.workflow(id).signal('pause');
    await stack.caughtUp(id, 'paused');
    await finish();
    await stack.workflow(id).signal('resume');
    const done = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
    );
    expect(done.invitations.sms.sent).toBe(80);
  });

  test('When an import has ended or waits for approval, then it cannot be held back, and the answer says why', async () => {
    const ended = await stack.api.importId(toCsv(people(2, 'ended', () => ({}), 500)));
    await stack.api.rest(ended);
    const preview = await stack.api.importIdWith({ mode: 'preview' }, toCsv(people(2, 'preview', () => ({}), 510)));
    await stack.api.rest(preview);

    for (const action of ['pause', 'resume', 'cancel']) {
      const answer = await post(ended, action);
      expect(answer).toMatchObject({ status: 409, body: { code: `nothing-to-${action}` } });
      expect(answer.body.detail).toContain('completed');
    }
    expect(await post(preview, 'pause')).toMatchObject({ status: 409, body: { code: 'nothing-to-pause' } });
    expect((await post(preview, 'cancel')).status).toBeLessThan(300);
    const cancelled = await until(
      'the end of the preview',
      () => stack.api.find(preview),
      ({ status }) => status === 'cancelled',
    );
    expect(cancelled.rows.cancelled).toBe(2);
  });
});

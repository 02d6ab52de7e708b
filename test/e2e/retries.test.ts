import { importWorkflowId } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Retrying invitations without a new upload', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  /** An import of ten people of whom the SMS of lines 4 and 7 and the e-mail of line 4 failed; the fault is lifted again. */
  async function importWithFailures(tag: string, from: number): Promise<string> {
    const rows = people(10, tag, (_, i) => ({ email: `${tag}${i}@example.com` }), from);
    const refused = [
      await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to: rows[2]!.mobile }),
      await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612, to: rows[5]!.mobile }),
    ];
    const id = await stack.api.importId(
      toCsv(rows.map((row, i) => (i === 2 ? { ...row, email: `sandbox-rejected.${tag}@example.com` } : row))),
    );
    await stack.api.rest(id);
    await Promise.all(refused.map((fault) => stack.sandbox.lift(fault)));
    return id;
  }

  const failedLines = async (id: string) =>
    (await stack.api.rows(id, '&status=failed')).flatMap(({ row, invitations }) =>
      invitations.filter(({ state }) => state === 'failed').map(({ channel }) => `${row} ${channel}`),
    );
  const requestsSince = async (seq: number, tag: string, from: number) => {
    const numbers = new Set(people(10, tag, () => ({}), from).map(({ mobile }) => mobile));
    return (await stack.sandbox.messages()).filter(
      ({ to, seq: at }) => at > seq && (to.includes(tag) || numbers.has(to)),
    );
  };
  const lastSeq = async () => (await stack.sandbox.messages()).at(-1)?.seq ?? 0;

  test('When a retry is asked for on an open import, then exactly what failed is sent again', async () => {
    const id = await importWithFailures('open', 0);
    expect(await failedLines(id)).toEqual(['4 email', '4 sms', '7 sms']);
    const before = await lastSeq();

    const { status, body } = await stack.api.retry(id);

    expect(status).toBe(202);
    expect(body.retrying).toEqual({ email: 1, sms: 2 });
    const done = await stack.api.rest(id);
    // The address that the provider refuses is refused again; the numbers are reachable now.
    expect(done.status).toBe('needs-attention');
    expect(await failedLines(id)).toEqual(['4 email']);
    const sent = await requestsSince(before, 'open', 0);
    expect(sent.map(({ provider }) => provider)).toEqual(['twilio', 'twilio']);
    const row = (await stack.api.rows(id)).find(({ row }) => row === 7)!;
    expect(row.invitations.find(({ channel }) => channel === 'sms')).toMatchObject({ state: 'sent', generation: 2 });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('When a retry names rows and channels, then nothing else is touched', async () => {
    const id = await importWithFailures('narrow', 20);
    const before = await lastSeq();

    const { body } = await stack.api.retry(id, { rows: [7, 8], channels: ['sms'] });

    expect(body.retrying).toEqual({ email: 0, sms: 1 });
    await stack.api.rest(id);
    expect(await failedLines(id)).toEqual(['4 email', '4 sms']);
    expect(await requestsSince(before, 'narrow', 20)).toHaveLength(1);
  });

  test('When the workflow has ended, then a retry starts it again on the same id and sends exactly what failed', async () => {
    const id = await importWithFailures('closed', 40);
    await stack.workflow(id).terminate('ended for the test');
    const before = await lastSeq();

    const { status, body } = await stack.api.retry(id, { channels: ['sms'] });

    expect({ status, retrying: body.retrying }).toEqual({ status: 202, retrying: { email: 0, sms: 2 } });
    await until(
      'the retry',
      () => failedLines(id),
      (lines) => lines.length === 1,
    );
    const done = await stack.api.rest(id);
    expect(done).toMatchObject({ lines: 10, rows: { created: 10 }, invitations: { sms: { sent: 10 } } });
    expect(await requestsSince(before, 'closed', 40)).toHaveLength(2);
    expect(await stack.caughtUp(id, 'needs-attention')).toMatchObject({ invitations: done.invitations });
  });

  test('When support sends the retry as a signal, then it works as the update does', async () => {
    const id = await importWithFailures('signal', 60);
    await stack.workflow(id).signal('retryInvitations', { channels: ['sms'] });
    await until(
      'the retry',
      () => failedLines(id),
      (lines) => lines.length === 1,
    );
    expect(await failedLines(id)).toEqual(['4 email']);
  });

  test('When a signal makes no sense, then the import goes on as if it had not come', async () => {
    const id = await importWithFailures('nonsense', 80);
    await stack.workflow(id).signal('retryInvitations', { rows: 'all of them' });
    await stack.workflow(id).signal('retryInvitations', { rows: [999] });
    const { status } = await stack.api.retry(id, { rows: [7] });
    expect(status).toBe(202);
    await stack.api.rest(id);
    expect(await failedLines(id)).toEqual(['4 email', '4 sms']);
  });

  test.each<[string, number, (id: string) => Promise<unknown>]>([
    ['an open import', 100, () => Promise.resolve()],
    ['an import whose workflow was ended', 200, (id) => stack.workflow(id).terminate('ended for the test')],
    ['an import whose history was deleted', 220, (id) => deleteHistory(id)],
  ])(
    'When twenty retries come at once on %s, then each failed invitation is sent once more, by one of them',
    async (_what, from, before) => {
      const id = await importWithFailures(`crowd${from}`, from);
      await before(id);
      const seq = await lastSeq();

      const statuses = await Promise.all(Array.from({ length: 20 }, () => retryUntilAnswered(id)));

      expect(statuses.every((status) => status === 202 || status === 409)).toBe(true);
      await until(
        'the retry',
        () => failedLines(id),
        (lines) => lines.length === 1,
      );
      await stack.api.rest(id);
      expect(await requestsSince(seq, `crowd${from}`, from)).toHaveLength(2);
    },
  );

  /** Asks again where the answer is that nobody knows, as that answer says. */
  const retryUntilAnswered = async (id: string): Promise<number> =>
    (
      await until(
        'an answer',
        () => stack.api.retry(id, { channels: ['sms'] }),
        ({ status }) => status !== 503 && status !== 429,
        60_000,
      )
    ).status;

  async function deleteHistory(id: string): Promise<void> {
    // It is still open: an open one is ended and deleted at once, one that has ended only half a minute later.
    await stack.temporal.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: importWorkflowId(id) },
    });
    await until(
      'the history to be gone',
      () =>
        stack
          .workflow(id)
          .describe()
          .then(
            () => false,
            () => true,
          ),
      (gone) => gone,
    );
  }

  test('When a retry names a class of failures, then only those are sent again, and who has opted out never is', async () => {
    const rows = people(4, 'classes', () => ({}), 240);
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    // As the callbacks of a provider leave them: switched off, no such number, opted out, in doubt.
    const ends = [
      ['bounced', 'invitation.undelivered'],
      ['bounced', 'invitation.bounced'],
      ['failed', 'invitation.opted-out'],
      ['unconfirmed', 'invitation.unconfirmed'],
    ] as const;
    for (const [i, [state, code]] of ends.entries()) {
      await stack.db
        .collection<{ _id: string }>('invitations')
        .updateOne({ _id: `${id}:${i + 2}:sms:1` }, { $set: { state, code } });
    }

    const doubtful = await stack.api.retry(id, { classes: ['unconfirmed'] });
    expect(doubtful).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(doubtful.body.detail).toContain('includeUnconfirmed');
    expect((await stack.api.retry(id, { classes: ['transient'] })).body.retrying).toEqual({ email: 0, sms: 1 });
    expect((await stack.api.retry(id, { classes: ['permanent'] })).body.retrying).toEqual({ email: 0, sms: 1 });
    expect((await stack.api.retry(id, { classes: ['unconfirmed'], includeUnconfirmed: true })).body.retrying).toEqual({
      email: 0,
      sms: 1,
    });
    await stack.api.rest(id);
    expect(await stack.api.retry(id, { rows: [4], includeUnconfirmed: true })).toMatchObject({ status: 409 });
    const states = (await stack.api.rows(id)).map(
      ({ invitations }) => invitations.find(({ channel }) => channel === 'sms')!.state,
    );
    expect(states).toEqual(['sent', 'sent', 'failed', 'sent']);
  });

  test.each([
    ['nothing failed', undefined, 409, 'nothing-to-retry'],
    ['the rows are no numbers', { rows: ['seven'] }, 400, 'invalid-request'],
    ['a channel is unknown', { channels: ['pigeon'] }, 400, 'invalid-request'],
    ['a field is misspelt', { row: [7] }, 400, 'invalid-request'],
  ])('When %s, then the retry is refused and says why', async (_what, request, status, code) => {
    const id = await stack.api.importId(
      toCsv(people(2, `fine${status}${code}${JSON.stringify(request)}`.replace(/\W/g, ''), () => ({}), 120)),
    );
    await stack.api.rest(id);

    const answer = await stack.api.retry(id, request);

    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toMatch(/\w+ .*\./);
  });

  test('When the update comes from the Temporal UI with a wrong input, then it is refused before it is written down', async () => {
    const id = await importWithFailures('validator', 140);
    await expect(
      stack.workflow(id).executeUpdate('retryInvitations', { args: [{ channels: ['fax'] }] }),
    ).rejects.toMatchObject({
      cause: { message: expect.stringContaining('"email" and "sms"') as string },
    });
    const { events } = await stack.workflow(id).fetchHistory();
    expect(events!.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false);
  });

  test('When nobody has failed on a channel, then the other channel is retried alone', async () => {
    const id = await importWithFailures('single', 160);
    await stack.api.retry(id, { channels: ['sms'] });
    await stack.api.rest(id);
    const progress = await stack.api.find(id);
    for (const channel of CHANNELS) expect(progress.invitations[channel]).toMatchObject({ pending: 0, sending: 0 });
    expect(progress.invitations.email.failed).toBe(1);
  });
});

import { importWorkflowId } from '../../contract/import';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** Four pages: lines 2-500, 501-1000, 1001-1500, 1501-1601. */
const ROWS = 1_600;
const LIMIT_MS = 120_000;

describe('A file of several pages', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ MAX_ROWS_PER_FILE: '5000', PAGES_PER_RUN: '1', ...SHORT_WINDOWS });
  });
  afterAll(() => stack.stop());

  let next = 0;
  const somePeople = (tag: string, change?: Parameters<typeof people>[2], count = ROWS) => {
    const rows = people(count, tag, change, next);
    next += count;
    return rows;
  };
  const messagesTo = async (rows: readonly { email: string; mobile: string }[]) => {
    const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
    return (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
  };
  const runsOf = async (id: string): Promise<number[]> => {
    const events: number[] = [];
    for await (const run of stack.temporal.workflow.list({ query: `WorkflowId = "${importWorkflowId(id)}"` }))
      events.push(run.historyLength);
    return events;
  };
  /** How often each page was begun, over all runs: the attempt that has ended it. */
  const attemptsAtPages = async (id: string): Promise<number[]> => {
    const attempts: number[] = [];
    for await (const { workflowId, runId } of stack.temporal.workflow.list({
      query: `WorkflowId = "${importWorkflowId(id)}"`,
    })) {
      const { events } = await stack.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      const pages = new Set<string>();
      for (const event of events ?? []) {
        const { activityType } = event.activityTaskScheduledEventAttributes ?? {};
        if (activityType?.name === 'importPage') pages.add(String(event.eventId));
        const started = event.activityTaskStartedEventAttributes;
        if (started && pages.has(String(started.scheduledEventId))) attempts.push(started.attempt ?? 0);
      }
    }
    return attempts;
  };
  const isSettled = ({ status }: { status: string }): boolean =>
    ['completed', 'completed-with-problems', 'needs-attention', 'cancelled'].includes(status);
  const rest = (id: string) => until('the end', () => stack.api.find(id), isSettled, LIMIT_MS);
  const someSent = (id: string) =>
    until(
      'the first invitations',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.sent > 0,
      LIMIT_MS,
    );

  test('goes page by page through runs of one page each, and everybody gets one message on each channel', async () => {
    const rows = somePeople('pages', (_, i) => (i % 100 === 7 ? { email: 'nobody' } : {}));
    const bad = rows.filter(({ email }) => email === 'nobody').length;
    const id = await stack.api.importId(toCsv(rows));
    const done = await rest(id);

    expect(done).toMatchObject({
      status: 'completed-with-problems',
      lines: ROWS,
      rows: { created: ROWS - bad, rejected: bad, pending: 0 },
      invitations: { email: { sent: ROWS - bad }, sms: { sent: ROWS - bad } },
    });
    const messages = await messagesTo(rows);
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages).toHaveLength(2 * (ROWS - bad));
    const runs = await until(
      'all runs to be listed',
      () => runsOf(id),
      (events) => events.length >= 3,
    );
    expect(Math.max(...runs)).toBeLessThan(150);
    expect(await attemptsAtPages(id)).toEqual([1, 1, 1, 1]);
    expect(await stack.caughtUp(id, 'completed-with-problems')).toMatchObject({
      lines: ROWS,
      rows: done.rows,
      invitations: done.invitations,
    });
    expect(await stack.db.collection('first_sends').countDocuments({ _id: { $regex: `^${id}` } as never })).toBe(0);
  }, 180_000);

  test('pauses in the middle within seconds, and a resumption sends the rest and nothing twice', async () => {
    const rows = somePeople('pausedpages');
    const id = await stack.api.importId(toCsv(rows));
    await someSent(id);
    expect((await stack.as('support').call('POST', `/v1/imports/${id}/pause`)).status).toBe(200);
    const pausedAt = Date.now();
    await stack.caughtUp(id, 'paused');
    await stack.stepsEnded(id, LIMIT_MS);
    const paused = await messagesTo(rows);
    expect(paused.length).toBeLessThan(2 * ROWS);
    const last = Math.max(...paused.map(({ at }) => new Date(at).getTime()));
    expect(last - pausedAt).toBeLessThan(Number(SHORT_WINDOWS.PROVIDER_DEADLINE_MS));

    expect((await stack.as('support').call('POST', `/v1/imports/${id}/resume`)).status).toBe(200);
    expect(await rest(id)).toMatchObject({
      status: 'completed',
      rows: { created: ROWS },
      invitations: { email: { sent: ROWS }, sms: { sent: ROWS } },
    });
    const messages = await messagesTo(rows);
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages).toHaveLength(2 * ROWS);
  }, 180_000);

  test('ends as cancelled in the middle, and each of its lines has a final state', async () => {
    const rows = somePeople('cancelledpages');
    const id = await stack.api.importId(toCsv(rows));
    await someSent(id);
    expect((await stack.as('support').call('POST', `/v1/imports/${id}/cancel`)).status).toBeLessThan(300);
    const { status, rows: counts, invitations } = await rest(id);
    expect(status).toBe('cancelled');
    expect(counts.pending).toBe(0);
    expect(counts.created + counts.cancelled).toBe(ROWS);
    expect(counts.cancelled).toBeGreaterThan(0);
    expect(invitations.email.pending + invitations.email.sending + invitations.sms.pending).toBe(0);
    const messages = await messagesTo(rows);
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages).toHaveLength(invitations.email.sent + invitations.sms.sent);
  }, 180_000);

  test('has the rest sent by pages once a provider that was busy is back, and retries what has failed', async () => {
    const rows = somePeople('busypages');
    const busy = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 429, code: 20429, times: 30 });
    const refused = await stack.sandbox.plan({
      provider: 'sendgrid',
      kind: 'error',
      status: 400,
      message: 'The to address is not valid',
      to: rows[1_200]!.email,
      times: 1,
    });
    const id = await stack.api.importId(toCsv(rows));
    const failed = await rest(id);
    await stack.sandbox.lift(busy);
    await stack.sandbox.lift(refused);
    expect(failed).toMatchObject({ lines: ROWS, rows: { created: ROWS }, invitations: { sms: { sent: ROWS } } });
    expect(failed.invitations.email.sent + failed.invitations.email.failed).toBe(ROWS);
    expect(failed.status).toBe('needs-attention');
    expect((await stack.api.retry(id)).status).toBeLessThan(300);
    const done = await until(
      'all to be sent',
      () => stack.api.find(id),
      (it) => it.invitations.email.sent === ROWS,
      LIMIT_MS,
    );
    expect(done.invitations.sms.sent).toBe(ROWS);
    const messages = await messagesTo(rows);
    expect(invitedTwice(messages)).toEqual([]);
    expect(messages).toHaveLength(2 * ROWS);
  }, 240_000);
});

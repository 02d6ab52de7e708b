import { randomUUID } from 'node:crypto';
import type { ImportProgress } from '../../contract/import';
import { PAUSE, QUERIES, RESUME, RETRY_INVITATIONS } from '../../contract/messages';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Commands to an import', () => {
  let stack: Stack;
  let used = 0;
  beforeAll(async () => {
    stack = await startStack({ SMS_CONCURRENCY: '4', ...SHORT_WINDOWS }, { worker: false });
  });
  afterAll(() => stack.stop());

  const csv = (count: number, tag: string): string => {
    used += count;
    return toCsv(people(count, tag, () => ({}), used - count));
  };
  const post = (id: string, action: string, body?: object) =>
    stack.api.call<Record<string, unknown>>('POST', `/v1/imports/${id}/${action}`, {
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  /** Runs the worker of this stack meanwhile. */
  const withWorker = async <T>(work: () => Promise<T>): Promise<T> => {
    const stop = await stack.startWorker();
    try {
      return await work();
    } finally {
      await stop();
    }
  };
  const sentTo = async (tag: string) => (await stack.sandbox.messages()).filter(({ to }) => to.includes(tag));
  const statusIs = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
    );
  /** The workflow has carried out everything that it was sent. */
  const idle = (id: string) =>
    until(
      'the workflow to have nothing under way',
      () => stack.workflow(id).describe(),
      ({ raw }) => (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask,
    );

  describe('that are given while no worker runs', () => {
    /** What staff do, in turn; then a worker comes. */
    type Deed = (id: string) => Promise<unknown>;
    const signal =
      (name: string): Deed =>
      (id) =>
        stack.workflow(id).signal(name);
    const api =
      (action: string): Deed =>
      (id) =>
        post(id, action);
    /** An update whose end nobody waits for: without a worker the server only admits it. */
    const update =
      (name: string): Deed =>
      async (id) => {
        const workflow = stack.workflow(id);
        const updateId = randomUUID();
        void workflow.executeUpdate(name, { updateId }).catch(() => undefined);
        await until(
          'the server to know of the update',
          () =>
            stack.temporal.workflowService.pollWorkflowExecutionUpdate({
              namespace: 'default',
              updateRef: { workflowExecution: { workflowId: workflow.workflowId }, updateId },
            }),
          () => true,
        );
      };
    const all = { pause: PAUSE, resume: RESUME } as const;

    const cases: [string, Deed[], string][] = [
      ['resume, pause by signals', [signal(all.resume), signal(all.pause)], 'paused'],
      ['pause, resume by signals', [signal(all.pause), signal(all.resume)], 'completed'],
      [
        'pause, resume, pause, resume, pause by signals',
        [signal(all.pause), signal(all.resume), signal(all.pause), signal(all.resume), signal(all.pause)],
        'paused',
      ],
      ['resume, pause by updates', [update(all.resume), update(all.pause)], 'paused'],
      ['pause, resume by updates', [update(all.pause), update(all.resume)], 'completed'],
      ['pause by the API, resume by the API', [api('pause'), api('resume')], 'completed'],
      ['resume by a signal, pause by the API', [signal(all.pause), signal(all.resume), api('pause')], 'paused'],
      ['pause by a signal, pause and resume by the API', [signal(all.pause), api('pause'), api('resume')], 'completed'],
      ['pause by the API, resume by a signal', [api('pause'), signal(all.resume)], 'completed'],
      ['resume by an update, pause by the API', [update(all.resume), api('pause')], 'paused'],
      ['resume by an update, pause by a signal', [update(all.resume), signal(all.pause)], 'paused'],
    ];
    const ends = new Map<string, { status: string; sent: number }>();

    /** All of them at once, since a worker takes seconds to begin. */
    beforeAll(async () => {
      const ids = new Map<string, { id: string; tag: string }>();
      for (const [what, deeds] of cases) {
        const tag = `order${used}x`;
        const id = await stack.api.importId(csv(3, tag));
        ids.set(what, { id, tag });
        await until(
          'the workflow',
          () =>
            stack
              .workflow(id)
              .describe()
              .catch(() => null),
          Boolean,
        );
        for (const deed of deeds) await deed(id);
      }
      await withWorker(async () => {
        for (const [what, { id, tag }] of ids) {
          await statusIs(id, 'paused', 'completed');
          await idle(id);
          const { status } = await statusIs(id, 'paused', 'completed');
          ends.set(what, { status, sent: (await sentTo(tag)).length });
        }
      });
    }, 180_000);

    test.each(cases)('When they are %s, then the last word wins', (what, _deeds, status) => {
      expect(ends.get(what)).toEqual({ status, sent: status === 'completed' ? 3 : 0 });
    });

    test('When a cancellation is accepted by the API, then it says so, and the import ends with nobody invited', async () => {
      const id = await stack.api.importId(csv(3, 'gone'));
      const answer = await post(id, 'cancel');
      expect(answer).toMatchObject({ status: 202, body: { status: 'queued', cancelling: true } });
      expect(await stack.api.find(id)).toMatchObject({ cancelling: true });
      expect(await post(id, 'resume')).toMatchObject({ status: 409 });
      await withWorker(() => statusIs(id, 'cancelled'));
      expect(await sentTo('gone')).toEqual([]);
    });

    test('When a plan is applied by the API, then it is accepted and carried out later, also after it would have expired', async () => {
      const id = await stack.api.importIdWith({ mode: 'preview' }, csv(3, 'plan'));
      const { plan } = await withWorker(() => statusIs(id, 'awaiting-approval'));
      expect(await stack.api.apply(id, plan!.hash)).toMatchObject({
        status: 202,
        body: { status: 'awaiting-approval', applied: false },
      });
      await withWorker(() => statusIs(id, 'completed'));
      expect(await sentTo('plan')).toHaveLength(3);
    });
  });

  test('When many ask at once, then a few are carried out and the others are told to wait', async () => {
    const id = await stack.api.importId(csv(3, 'crowd'));
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(id, 'cancel')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
    expect(refused).toHaveLength(30);
    expect(refused[0]!.headers.get('Retry-After')).toBe('1');
    expect(refused[0]!.body).toMatchObject({ code: 'too-many-requests' });
    await withWorker(() => statusIs(id, 'cancelled'));
    const { events } = await stack.workflow(id).fetchHistory();
    expect(events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
  });

  describe('that reach many people', () => {
    let id: string;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      stop = await stack.startWorker();
      const rows = people(4, 'reach', () => ({}), used);
      used += 4;
      const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21211 });
      id = await stack.api.importId(toCsv(rows));
      await statusIs(id, 'needs-attention');
      // The workflow hears of it a moment later.
      await stack.caughtUp(id, 'needs-attention');
      await stack.sandbox.lift(fault);
    });
    afterAll(() => stop());
    const retry = (...args: unknown[]) =>
      stack.workflow(id).executeUpdate(RETRY_INVITATIONS, { args: args as [unknown] });
    const failed = async () => (await stack.api.find(id)).invitations.sms.failed;

    test.each([[[]], [[null]], [[{}]], [[{ includeUnconfirmed: true }]]])(
      'When an update has the input %j, then it answers with what would be sent and how to say so, and sends nothing',
      async (args) => {
        const words = expect.stringMatching(/4 sms \(lines 2-5\).*\{"all": true\}.*\{"rows": \[2\]\}/) as string;
        await expect(retry(...args)).rejects.toMatchObject({ cause: { message: words } });
        await stack.workflow(id).signal(RETRY_INVITATIONS, ...args);
        await idle(id);
        expect(await failed()).toBe(4);
      },
    );

    test.each([
      [{}, 400],
      [{ all: false }, 400],
      [{ all: true, rows: [3] }, 400],
      [{ includeUnconfirmed: true }, 400],
    ])('When the API is asked to retry by %j, then it answers %i, and sends nothing', async (body, status) => {
      const answer = await stack.api.retry(id, body);
      expect(answer).toMatchObject({ status, body: { code: 'invalid-request' } });
      expect(answer.body.detail).toContain('all');
      expect(await failed()).toBe(4);
    });

    test.each([PAUSE, RESUME])('When a %s is narrowed, which it cannot be, then it does nothing', async (name) => {
      await expect(stack.workflow(id).executeUpdate(name, { args: [{ rows: [3] }] })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('takes no input') as string },
      });
    });

    test('When one line is named and then nothing, then one person is sent to; and all only where that is said', async () => {
      expect(await retry({ rows: [3] })).toEqual({ email: 0, sms: 1 });
      await expect(retry()).rejects.toThrow();
      await statusIs(id, 'needs-attention');
      expect(await failed()).toBe(3);
      expect(await retry({ all: true })).toEqual({ email: 0, sms: 3 });
      await statusIs(id, 'completed');
      expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    });
  });

  test('When a workflow is reset, then no command is carried out again, and the last word stays', async () => {
    await withWorker(async () => {
      const tag = `reset${used}`;
      // Six seconds of sends, of which the commands see one or two: nobody waits for the others.
      const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: 300 });
      const id = await stack.api.importId(csv(80, tag));
      await until(
        'the first SMS',
        () => stack.api.find(id),
        ({ invitations }) => invitations.sms.sent > 0,
      );
      await stack.workflow(id).signal(PAUSE);
      await statusIs(id, 'paused');
      await idle(id);
      await stack.workflow(id).signal(RESUME);
      await until(
        'the end of the pause',
        () => stack.api.find(id),
        ({ status }) => status !== 'paused',
      );
      expect(await post(id, 'pause')).toMatchObject({ status: 200, body: { status: 'paused' } });
      await stack.sandbox.lift(fault);
      await idle(id);

      const { runId } = await stack.workflow(id).describe();
      const { events } = await stack.workflow(id).fetchHistory();
      const first = events!.find((event) => event.workflowTaskCompletedEventAttributes)!;
      await stack.temporal.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: stack.workflow(id).workflowId, runId },
        workflowTaskFinishEventId: first.eventId!,
        requestId: crypto.randomUUID(),
        reason: 'a test of commands',
      });
      await until(
        'the new run to know',
        () => stack.workflow(id).query<ImportProgress>(QUERIES.progress),
        ({ status }) => status === 'paused',
      );
      await idle(id);
      const { events: after } = await stack.workflow(id).fetchHistory();
      expect(after!.filter((event) => event.workflowExecutionSignaledEventAttributes).length).toBeGreaterThanOrEqual(2);
      expect(await stack.api.find(id)).toMatchObject({ status: 'paused' });
      expect(await post(id, 'resume')).toMatchObject({ status: 200 });
      await statusIs(id, 'completed');
      expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    });
  });
});

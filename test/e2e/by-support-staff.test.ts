import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../../contract/import';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const LINES = 30;
/** Within it the books are right again, whatever was done. */
const SOON_MS = 60_000;

describe('What support staff do in the Temporal UI besides updates', () => {
  let stack: Stack;
  beforeAll(async () => {
    // So few at a time that there is a middle to act in.
    stack = await startStack({ SMS_CONCURRENCY: '4', ...SHORT_WINDOWS });
  });
  afterAll(() => stack.stop());

  const service = () => stack.temporal.workflowService;
  const executionOf = (id: string) => ({ workflowId: importWorkflowId(id) });
  let used = 0;

  /** An import in the middle of its sends; slow ones, as long as `act` runs. */
  async function inTheMiddle(tag: string, act: (id: string) => Promise<unknown>) {
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: 1_000 });
    const rows = people(LINES, tag, () => ({}), used);
    used += LINES;
    const id = await stack.api.importId(toCsv(rows));
    await until(
      'the first SMS',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.sent > 0,
    );
    await act(id).finally(() => stack.sandbox.lift(fault));
    return { id, rows };
  }

  async function reset(id: string): Promise<void> {
    const { events } = await stack.workflow(id).fetchHistory();
    await service().resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { ...executionOf(id), runId: (await stack.workflow(id).describe()).runId },
      workflowTaskFinishEventId: events!.find((event) => event.workflowTaskCompletedEventAttributes)!.eventId!,
      requestId: randomUUID(),
      reason: 'for the test',
    });
  }

  const ofActivity = (id: string) => ({ namespace: 'default', execution: executionOf(id), type: 'importRows' });
  async function pauseActivity(id: string): Promise<void> {
    await service().pauseActivity({ ...ofActivity(id), reason: 'for the test' });
    await untilQuiet(id);
    await service().unpauseActivity(ofActivity(id));
  }

  const ofWorkflow = (id: string) => ({ namespace: 'default', ...executionOf(id), requestId: randomUUID() });
  async function pauseWorkflow(id: string): Promise<void> {
    await service().pauseWorkflowExecution({ ...ofWorkflow(id), reason: 'for the test' });
    await untilQuiet(id);
    await service().unpauseWorkflowExecution(ofWorkflow(id));
  }

  /** A step hears of it with its next heartbeat; until then the sends have to be slow, or none is left to cancel. */
  async function cancel(id: string): Promise<void> {
    await stack.workflow(id).cancel();
    await untilIt('is cancelled', id, (found) => found.status === 'cancelled');
  }

  const untilIt = (what: string, id: string, holds: (found: Awaited<ReturnType<Stack['api']['find']>>) => boolean) =>
    until(`an import that ${what}`, () => stack.api.find(id), holds, SOON_MS);

  /** Until no message has left for as long as several take. */
  async function untilQuiet(id: string): Promise<void> {
    let before = -1;
    let since = Date.now();
    await until(
      'the sends to stand still',
      () => stack.api.find(id),
      ({ invitations }) => {
        if (invitations.sms.sent !== before) since = Date.now();
        before = invitations.sms.sent;
        return Date.now() - since > 3_000;
      },
    );
  }

  test.each([
    ['terminated', 'completed', (id: string) => stack.workflow(id).terminate('for the test')],
    ['reset', 'completed', reset],
    ['cancelled', 'cancelled', cancel],
    ['held up by a paused step', 'completed', pauseActivity],
    ['paused as a workflow', 'completed', pauseWorkflow],
  ] as const)(
    'An import that is %s in the middle of its sends is %s within a minute, and nobody is invited twice',
    async (what, status, act) => {
      const { id, rows } = await inTheMiddle(what.replaceAll(' ', '-'), act);
      const ended = await untilIt(`is ${status}`, id, (found) => found.status === status);
      const { sent = 0, cancelled = 0 } = ended.invitations.sms;
      expect(sent + cancelled).toBe(LINES);
      expect(cancelled > 0).toBe(status === 'cancelled');
      const messages = await stack.sandbox.messages();
      expect(invitedTwice(messages)).toEqual([]);
      const mine = messages.filter(({ to }) => rows.some(({ email, mobile }) => to === email || to === mobile));
      expect(mine).toHaveLength(sent + ended.invitations.email.sent);
    },
    // The minute begins when it is done.
    2 * SOON_MS,
  );

  describe('"Start Workflow Like This One"', () => {
    const start = (workflowId: string, input: unknown) =>
      stack.temporal.workflow.start(IMPORT_WORKFLOW_TYPE, { workflowId, taskQueue: stack.name, args: [input] });
    async function completed(tag: string): Promise<string> {
      const id = await stack.api.importId(toCsv(people(4, tag, () => ({}), used)));
      used += 4;
      await stack.api.rest(id);
      await stack.workflow(id).result();
      return id;
    }

    test('of an import that has ended, under its id, changes nothing', async () => {
      const id = await completed('again');
      const before = await stack.api.find(id);
      const sent = (await stack.sandbox.messages()).length;
      const run = await start(importWorkflowId(id), { importId: id, organisationId: 'demo', atOnce: true });
      await run.result();
      expect(await stack.api.find(id)).toMatchObject({ status: 'completed', invitations: before.invitations });
      expect(await stack.sandbox.messages()).toHaveLength(sent);
    });

    test.each([
      ['under another id', (id: string) => ({ importId: id, organisationId: 'demo' }), 'Start it under that id'],
      ['without its input', () => null, 'A new import is an upload'],
    ])('%s fails with a sentence that says how', async (tag, input, sentence) => {
      const id = await completed(tag.replaceAll(' ', '-'));
      const run = await start(`by-hand-${id}`, input(id));
      const failure: unknown = await run.result().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(WorkflowFailedError);
      expect((failure as WorkflowFailedError).cause?.message).toContain(sentence);
    });
  });

  test('A signal that is sent to a whole list retries each import of it once', async () => {
    const rows = people(8, 'bulk', () => ({}), used);
    used += 8;
    const refused = await Promise.all(
      [rows[1]!, rows[5]!].map(({ mobile: to }) =>
        stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21408, to }),
      ),
    );
    const ids = await Promise.all([rows.slice(0, 4), rows.slice(4)].map((some) => stack.api.importId(toCsv(some))));
    for (const id of ids) expect(await stack.api.rest(id)).toMatchObject({ status: 'needs-attention' });
    await Promise.all(refused.map((fault) => stack.sandbox.lift(fault)));
    const listed = ids.map((id) => `WorkflowId="${importWorkflowId(id)}"`).join(' OR ');
    const query = `ImportStatus="needs-attention" AND (${listed})`;
    await until(
      'the list to show both',
      () => stack.temporal.workflow.count(query),
      ({ count }) => count === 2,
    );

    await service().startBatchOperation({
      namespace: 'default',
      jobId: randomUUID(),
      reason: 'for the test',
      visibilityQuery: query,
      signalOperation: {
        signal: 'retryInvitations',
        input: { payloads: [defaultPayloadConverter.toPayload({ all: true })] },
      },
    });
    for (const id of ids) {
      await until(
        'the retry',
        () => stack.api.find(id),
        ({ status }) => status === 'completed',
        SOON_MS,
      );
    }
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });
});

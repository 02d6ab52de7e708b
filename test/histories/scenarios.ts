import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportStatus } from '../../contract/import-status';
import type { Person } from '../support/people';
import { people, toCsv } from '../support/people';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** One way in which an import can go. It runs it to its end, and returns its id. The history is that of its last run. */
export type Scenario = (stack: Stack) => Promise<string>;

/** Of an import of several pages the first run hands over to the next: that history ends otherwise than the last. */
export const OF_FIRST_RUN = ['pages-handed-over'];

/** Rows of three pages. */
const PAGED_ROWS = 1_100;

let used = 0;
/** People of one import, unlike those of every other; the second half is of the team `riverside`. */
function some(count: number, tag: string, change: (person: Person, i: number) => Partial<Person> = () => ({})) {
  const rows = people(count, tag, change, used);
  used += count;
  return rows;
}

const LIMIT_MS = 120_000;

const ended = (stack: Stack, id: string, status: ImportStatus) =>
  until(
    `the import to be ${status}`,
    () => stack.api.find(id),
    (found) => found.status === status,
    LIMIT_MS,
  );

const post = (stack: Stack, id: string, action: string) => stack.api.call('POST', `/v1/imports/${id}/${action}`);

/** Uploads a file while a fault is planned, and lifts that once the import is there where it is wanted. */
async function under(
  stack: Stack,
  fault: Parameters<Stack['sandbox']['plan']>[0],
  rows: Person[],
  isThere: (id: string) => Promise<unknown>,
): Promise<string> {
  const planned = await stack.sandbox.plan(fault);
  const id = await stack.api.importId(toCsv(rows));
  await isThere(id);
  await stack.sandbox.lift(planned);
  return id;
}

const someSent = (stack: Stack, id: string) =>
  until(
    'the first messages',
    () => stack.api.find(id),
    ({ invitations }) => invitations.sms.sent > 0,
  );

async function undo(stack: Stack, id: string): Promise<void> {
  const call = (planHash?: string) =>
    stack.api.call<{ planHash: string }>('POST', `/v1/imports/${id}/undo`, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(planHash === undefined ? {} : { planHash }),
    });
  const { body } = await call();
  await call(body.planHash);
  await ended(stack, id, 'undone');
}

async function setRiverside(stack: Stack, active: boolean): Promise<void> {
  await stack.db.collection('people').updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active } });
}

export const SCENARIOS: Record<string, Scenario> = {
  async completed(stack) {
    const id = await stack.api.importId(toCsv(some(40, 'happy')));
    await ended(stack, id, 'completed');
    return id;
  },

  async 'completed-with-problems'(stack) {
    const id = await stack.api.importId(toCsv(some(12, 'rejected', (_, i) => (i % 5 === 0 ? { email: 'none' } : {}))));
    await ended(stack, id, 'completed-with-problems');
    return id;
  },

  async 'failed-file'(stack) {
    const id = await stack.api.importId('Colour,Size\nred,3\n');
    await ended(stack, id, 'failed');
    return id;
  },

  async 'preview-applied'(stack) {
    const id = await stack.api.importIdWith({ mode: 'preview' }, toCsv(some(6, 'applied')));
    await ended(stack, id, 'awaiting-approval');
    await stack.api.apply(id, (await stack.api.find(id)).plan!.hash);
    await ended(stack, id, 'completed');
    return id;
  },

  async 'preview-cancelled'(stack) {
    const id = await stack.api.importIdWith({ mode: 'preview' }, toCsv(some(6, 'dropped')));
    await ended(stack, id, 'awaiting-approval');
    await post(stack, id, 'cancel');
    return id;
  },

  async 'paused-and-resumed'(stack) {
    const id = await under(
      stack,
      { provider: 'twilio', kind: 'delay', delayMs: 300 },
      some(30, 'paused'),
      async (one) => {
        await until(
          'the first SMS',
          () => stack.api.find(one),
          ({ invitations }) => invitations.sms.sent > 0,
        );
        await post(stack, one, 'pause');
      },
    );
    await ended(stack, id, 'paused');
    await post(stack, id, 'resume');
    await ended(stack, id, 'completed');
    return id;
  },

  async cancelled(stack) {
    return under(stack, { provider: 'twilio', kind: 'delay', delayMs: 300 }, some(30, 'cancelled'), async (one) => {
      await until(
        'the first SMS',
        () => stack.api.find(one),
        ({ invitations }) => invitations.sms.sent > 0,
      );
      await post(stack, one, 'cancel');
    });
  },

  async retried(stack) {
    const rows = some(8, 'retried');
    const { to } = { to: rows[3]!.mobile };
    const id = await under(stack, { provider: 'twilio', kind: 'error', status: 400, code: 21211, to }, rows, (one) =>
      ended(stack, one, 'needs-attention'),
    );
    await stack.api.retry(id);
    await ended(stack, id, 'completed');
    return id;
  },

  async 'key-refused'(stack) {
    const id = await under(stack, { provider: 'sendgrid', kind: 'error', status: 401 }, some(8, 'refused'), (one) =>
      ended(stack, one, 'paused'),
    );
    await post(stack, id, 'resume');
    await ended(stack, id, 'completed');
    return id;
  },

  async 'provider-busy'(stack) {
    const rateLimit = { provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 1, times: 3 } as const;
    return under(stack, rateLimit, some(8, 'busy'), (id) => ended(stack, id, 'completed'));
  },

  async 'settled-after-doubt'(stack) {
    const rows = some(8, 'doubt');
    const id = await under(stack, { provider: 'twilio', kind: 'reply-lost', to: rows[2]!.mobile }, rows, (one) =>
      until(
        'a send in doubt',
        () => stack.api.find(one),
        ({ invitations }) => invitations.sms.sending > 0,
      ),
    );
    await ended(stack, id, 'completed');
    return id;
  },

  async 'waited-for-a-team'(stack) {
    await setRiverside(stack, false);
    const id = await stack.api.importId(toCsv(some(8, 'waits')));
    await ended(stack, id, 'waiting');
    await setRiverside(stack, true);
    await stack.workflow(id).signal('refresh');
    await ended(stack, id, 'completed');
    return id;
  },

  async 'given-back-after-waiting'(stack) {
    await setRiverside(stack, false);
    const id = await stack.api.importId(toCsv(some(8, 'overdue')));
    await ended(stack, id, 'waiting');
    const plannedAt = new Date(Date.now() - 31 * 86_400_000);
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { plannedAt } });
    await stack.workflow(id).signal('refresh');
    await ended(stack, id, 'completed-with-problems');
    await setRiverside(stack, true);
    return id;
  },

  async 'refreshed-by-reports'(stack) {
    const rows = some(8, 'reported');
    const fault = await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 21211,
      to: rows[3]!.mobile,
    });
    const id = await stack.api.importId(toCsv(rows));
    await ended(stack, id, 'needs-attention');
    await stack.sandbox.lift(fault);
    for (let i = 0; i < 3; i++) {
      await stack.workflow(id).signal('refresh');
      await pause(300);
    }
    await post(stack, id, 'cancel');
    await ended(stack, id, 'cancelled');
    return id;
  },

  async reset(stack) {
    const id = await stack.api.importId(toCsv(some(8, 'reset')));
    await ended(stack, id, 'completed');
    const workflow = stack.workflow(id);
    const { runId } = await workflow.describe();
    const { events } = await workflow.fetchHistory();
    const first = events!.find((event) => event.workflowTaskCompletedEventAttributes)!;
    await stack.temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflow.workflowId, runId },
      workflowTaskFinishEventId: first.eventId!,
      requestId: randomUUID(),
      reason: 'a stored history',
    });
    await workflow.result();
    return id;
  },

  async undone(stack) {
    const id = await stack.api.importId(toCsv(some(8, 'undone')));
    await ended(stack, id, 'completed');
    await undo(stack, id);
    return id;
  },

  async 'undone-in-between'(stack) {
    const rows = some(8, 'undonemidway');
    const fault = { provider: 'twilio', kind: 'error', status: 401, code: 20003 } as const;
    const id = await under(stack, fault, rows, (one) => ended(stack, one, 'paused'));
    await undo(stack, id);
    return id;
  },

  async pages(stack) {
    const id = await stack.api.importId(toCsv(some(PAGED_ROWS, 'pages')));
    await ended(stack, id, 'completed');
    return id;
  },

  async 'pages-handed-over'(stack) {
    const id = await stack.api.importId(toCsv(some(PAGED_ROWS, 'handedover')));
    await ended(stack, id, 'completed');
    return id;
  },

  async 'pages-paused-and-resumed'(stack) {
    const id = await stack.api.importId(toCsv(some(PAGED_ROWS, 'pagespaused')));
    await someSent(stack, id);
    await post(stack, id, 'pause');
    await ended(stack, id, 'paused');
    await post(stack, id, 'resume');
    await ended(stack, id, 'completed');
    return id;
  },

  async 'pages-cancelled'(stack) {
    const id = await stack.api.importId(toCsv(some(PAGED_ROWS, 'pagescancelled')));
    await someSent(stack, id);
    await post(stack, id, 'cancel');
    await ended(stack, id, 'cancelled');
    return id;
  },

  async 'pages-undone'(stack) {
    const id = await stack.api.importId(toCsv(some(PAGED_ROWS, 'pagesundone')));
    await someSent(stack, id);
    await post(stack, id, 'cancel');
    await ended(stack, id, 'cancelled');
    await undo(stack, id);
    return id;
  },
};

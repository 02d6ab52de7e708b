import { MockActivityEnvironment } from '@temporalio/testing';
import { setTimeout } from 'node:timers/promises';
import { createDatabaseActivities } from '../../activities/index';
import type { ImportStatus } from '../../contract/import-status';
import { importWorkflowId } from '../../contract/import';
import { loadConfig } from '../../platform/config';
import { createActivityDeps } from '../../worker/deps';
import type { Answer } from '../support/api-caller';
import { settingsFor, sharedServers, SHORT_WINDOWS } from '../support/environment';
import { createGate } from '../support/gate';
import type { StoreCall } from '../support/gate';
import { mobileNumber, people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** A step that is late and has been overtaken knows nothing of it: its time is not over. */
const STEP_FENCE_MS = 300_000;

describe('When a step that writes people is overtaken by another one and by a command, and goes on to its end all the same, then', () => {
  const ofWorker = createGate();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { workerStore: (store) => ofWorker.around(store) });
  });
  /** Whatever a test that fails half way still holds. */
  const held: (() => void)[] = [];
  afterEach(() => held.splice(0).forEach((release) => release()));
  afterAll(() => stack.stop());

  const collection = (name: string) => stack.db.collection(name);
  const send = <T>(method: string, path: string, body: object): Promise<Answer<T>> =>
    stack.api.call<T>(method, path, {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  const become = (id: string, status: ImportStatus) =>
    until(
      `the import to be ${status}`,
      () => stack.api.find(id),
      (found) => found.status === status,
      20_000,
    );

  /** A step of its own, beside those of the workflow, that waits at `method`. */
  async function heldStep(
    name: 'writePeople' | 'closeImport',
    input: { importId: string; [field: string]: unknown },
    method: StoreCall,
    when: 'before' | 'after',
  ) {
    const gate = createGate();
    const hold = gate.hold(method, when);
    held.push(hold.release);
    const deps = createActivityDeps(loadConfig(settingsFor(stack.name, sharedServers())), gate.around(stack.store));
    deps.settings.stepFenceMs = STEP_FENCE_MS;
    const workflowExecution = { workflowId: importWorkflowId(input.importId), runId: '' };
    const environment = new MockActivityEnvironment({ workflowExecution }, { client: stack.temporal });
    const step = createDatabaseActivities(deps)[name] as (input: object) => Promise<unknown>;
    const ended = environment.run(step, input).catch((error: unknown) => error);
    await hold.arrival;
    return {
      release: async () => {
        hold.release();
        await ended;
      },
    };
  }

  /** An import whose rows are to be written, with a step of its own that waits before it does `method`. */
  async function heldBefore(content: string, rows: string, method: StoreCall, options: Record<string, string> = {}) {
    const id = await stack.api.importIdWith({ mode: 'preview', ...options }, content);
    await stack.api.rest(id);
    await collection('imports').updateOne(
      { _id: id as never },
      { $set: { status: 'creating', appliedAt: new Date() } },
    );
    const { release } = await heldStep('writePeople', { importId: id, rows }, method, 'before');
    return {
      id,
      release,
      /** The workflow writes the rows by a step of its own, and comes to its end. */
      overtake: async (status: ImportStatus = 'completed') => {
        await stack.workflow(id).signal('refresh');
        return become(id, status);
      },
    };
  }

  async function undo(id: string): Promise<void> {
    const { body } = await send<{ planHash: string }>('POST', `/v1/imports/${id}/undo`, {});
    await send('POST', `/v1/imports/${id}/undo`, { planHash: body.planHash });
    await become(id, 'undone');
  }

  test('a cancelled import has created nobody and sends nothing', async () => {
    const late = await heldBefore(
      toCsv(people(2, 'cancelled', () => ({ group: 'Mayfair' }), 0)),
      '2-3',
      'people.create',
    );
    await stack.workflow(late.id).cancel();
    await become(late.id, 'cancelled');
    await late.release();
    const open = { importId: late.id, state: { $in: ['pending', 'sending'] } };
    expect(await collection('invitations').countDocuments(open)).toBe(0);
    expect(await collection('people').countDocuments({ importId: late.id })).toBe(0);
  });

  test('whom an undo has removed is not created again', async () => {
    const late = await heldBefore(toCsv(people(2, 'undone', () => ({ group: 'Mayfair' }), 10)), '2-3', 'people.create');
    await late.overtake();
    await undo(late.id);
    await late.release();
    expect(await collection('people').countDocuments({ importId: late.id })).toBe(0);
  });

  /** An import whose first step waits before it creates anybody, while its workflow is ended and begun again. */
  async function withLateFirstStep(tag: string, from: number) {
    const hold = ofWorker.hold('people.create', 'before');
    held.push(hold.release);
    const id = await stack.api.importId(toCsv(people(3, tag, () => ({ group: 'Mayfair' }), from)));
    await hold.arrival;
    const beginAgain = async () => {
      await stack.workflow(id).terminate('for the test');
      await collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
    };
    return { id, beginAgain, release: hold.release };
  }
  /** Who is there of an import, once the late step has had its time. */
  const createdBy = async (id: string) => {
    await setTimeout(1_000);
    return collection('people').countDocuments({ importId: id });
  };

  test('nor by the first step of a file that was cancelled', async () => {
    const { id, beginAgain, release } = await withLateFirstStep('firstcancelled', 50);
    await beginAgain();
    expect((await send('POST', `/v1/imports/${id}/cancel`, {})).status).toBeLessThan(300);
    await become(id, 'cancelled');
    release();
    expect(await createdBy(id)).toBe(0);
    expect(await stack.store.invitations.find({ importId: id, states: ['pending', 'sending', 'sent'] })).toEqual([]);
  });

  test('nor by the first step of a file that was undone', async () => {
    const { id, beginAgain, release } = await withLateFirstStep('firstundone', 60);
    await beginAgain();
    await become(id, 'completed');
    await undo(id);
    release();
    expect(await createdBy(id)).toBe(0);
  });

  test('a close that has looked for people before they were created ends with the books of what is there', async () => {
    const { id, release } = await withLateFirstStep('between', 70);
    await stack.workflow(id).terminate('for the test');
    const closing = await heldStep('closeImport', { importId: id, as: 'cancelled' }, 'people.writtenBy', 'after');
    release();
    await setTimeout(1_500);
    await closing.release();
    const { rows, invitations } = await stack.api.rest(id);
    const clients = await createdBy(id);
    expect(rows.created).toBe(clients);
    expect(invitations.email.sent + invitations.sms.sent).toBe(0);
  });

  const known = async (tag: string, from: number) => {
    const [row] = people(1, tag, () => ({ group: 'Mayfair' }), from);
    await stack.api.rest(await stack.api.importId(toCsv([row!])));
    return row!;
  };
  const mobileOf = async (email: string) => (await collection('people').findOne({ email }))!.mobile as string;

  test('what was corrected since keeps its correction', async () => {
    const row = await known('corrected', 20);
    const csv = toCsv([{ ...row, mobile: mobileNumber(21) }]);
    const late = await heldBefore(csv, '2', 'people.update', { onExisting: 'update' });
    await late.overtake();
    const path = `/v1/imports/${late.id}/rows/2`;
    expect((await send('PATCH', path, { mobile: mobileNumber(22) })).status).toBe(202);
    await become(late.id, 'completed');
    await late.release();
    expect(await mobileOf(row.email)).toBe(mobileNumber(22));
  });

  test('what another import has changed since stays as that has left it', async () => {
    const row = await known('others', 30);
    const csv = toCsv([{ ...row, mobile: mobileNumber(31) }]);
    const late = await heldBefore(csv, '2', 'people.update', { onExisting: 'update' });
    await late.overtake();
    const newer = toCsv([{ ...row, mobile: mobileNumber(32) }]);
    await stack.api.rest(await stack.api.importIdWith({ onExisting: 'update' }, newer));
    await late.release();
    expect(await mobileOf(row.email)).toBe(mobileNumber(32));
  });

  test('what an undo has given back stays so', async () => {
    const row = await known('restored', 40);
    const csv = toCsv([{ ...row, mobile: mobileNumber(41) }]);
    const late = await heldBefore(csv, '2', 'people.update', { onExisting: 'update' });
    await late.overtake();
    await undo(late.id);
    expect(await mobileOf(row.email)).toBe(mobileNumber(40));
    await late.release();
    expect(await mobileOf(row.email)).toBe(mobileNumber(40));
  });
});

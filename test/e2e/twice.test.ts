import { MockActivityEnvironment } from '@temporalio/testing';
import { createDatabaseActivities, createProviderActivities } from '../../activities/index';
import { loadConfig } from '../../platform/config';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers } from '../support/environment';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Running a step again', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  /** Everything that the product keeps of an import, as it stands. */
  const kept = async (importId: string) => {
    const of = (collection: string) => stack.db.collection(collection).find({ importId }).sort({ _id: 1 }).toArray();
    return JSON.stringify([
      await of('rows'),
      await of('people'),
      await of('invitations'),
      await stack.db.collection('imports').findOne({ _id: importId as never }),
    ]);
  };

  test('When any step of an import that has ended is run again, even twice at once, then nothing changes and nothing is sent', async () => {
    const id = await stack.api.importId(toCsv(people(40, 'again', (_, i) => (i === 3 ? { lastName: '' } : {}))));
    await stack.api.rest(id);
    await until(
      'the outbox to have announced it',
      () => stack.store.imports.find(id),
      (importDoc) => importDoc!.unannounced === undefined,
    );
    const before = await kept(id);
    const sentBefore = (await stack.sandbox.messages()).length;
    const deps = createActivityDeps(loadConfig(settingsFor(stack.name, sharedServers())), stack.store);
    const steps = { ...createDatabaseActivities(deps), ...createProviderActivities(deps) };
    const run = (step: (input: never) => Promise<unknown>, input: object) =>
      new MockActivityEnvironment().run(step as (input: object) => Promise<unknown>, input);

    for (const channel of ['email', 'sms'] as const) {
      const input = { importId: id, channel, rows: '2-41' };
      await Promise.all([
        run(steps.sendInvitations, input),
        run(steps.sendInvitations, input),
        run(steps.settleInvitations, input),
        run(steps.abandonInvitations, input),
      ]);
    }
    await Promise.all([run(steps.planImport, { importId: id }), run(steps.planImport, { importId: id })]);
    await Promise.all([
      run(steps.writePeople, { importId: id, rows: '2-41' }),
      run(steps.writePeople, { importId: id, rows: '2-41' }),
    ]);

    expect(await kept(id)).toBe(before);
    expect((await stack.sandbox.messages()).length).toBe(sentBefore);
  });

  test('When a workflow is reset to its first event, then it comes to the same end and nobody is invited twice', async () => {
    const id = await stack.api.importId(toCsv(people(40, 'reset', () => ({}), 100)));
    const done = await stack.api.rest(id);
    const sentBefore = (await stack.sandbox.messages()).length;
    const { runId } = await stack.workflow(id).describe();
    const { events } = await stack.workflow(id).fetchHistory();
    const firstTask = events!.find((event) => event.workflowTaskCompletedEventAttributes)!.eventId!;

    await stack.temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: stack.workflow(id).workflowId, runId },
      workflowTaskFinishEventId: firstTask,
      requestId: crypto.randomUUID(),
      reason: 'test',
    });
    await stack.workflow(id).result();

    expect(await stack.api.find(id)).toMatchObject({
      status: 'completed',
      rows: done.rows,
      invitations: done.invitations,
    });
    expect((await stack.sandbox.messages()).length).toBe(sentBefore);
  });
});

import { Client } from '@temporalio/client';
import { recordInterventions } from '../../api/audit-log/record-interventions';
import { createInterventions } from '../../api/temporal/interventions';
import { importWorkflowId } from '../../contract/import';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import { uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** As the Temporal UI names somebody who has signed in. */
const IDENTITY = 'hester.prynne@support.example';
/** The first task of a run ends by its fourth event; a reset to it does everything anew. */
const FIRST_TASK = 4;

describe('What somebody does to a workflow in Temporal itself', () => {
  let stack: Stack;
  let begun: Date;
  beforeAll(async () => {
    begun = new Date(Date.now() - 60_000);
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  let used = 0;
  const anImport = async (options: Record<string, string> = {}): Promise<string> => {
    const csv = toCsv(people(2, `intervention${used}`, () => ({}), 2 * used++));
    const id = await stack.api.importIdWith(options, csv);
    await stack.api.rest(id);
    return id;
  };
  const preview = () => anImport({ mode: 'preview' });
  const bySupport = () => new Client({ connection: stack.temporal.connection, identity: IDENTITY });
  const runIdOf = async (id: string): Promise<string> => (await stack.workflow(id).describe()).runId;
  async function reset(id: string, runId: string): Promise<string> {
    const { namespace } = stack.temporal.options;
    const answer = await stack.temporal.workflowService.resetWorkflowExecution({
      ...{ namespace, workflowExecution: { workflowId: importWorkflowId(id), runId } },
      ...{ reason: `asked for by ${IDENTITY}`, requestId: uniqueName('reset-'), identity: IDENTITY },
      workflowTaskFinishEventId: FIRST_TASK as never,
    });
    return answer.runId;
  }
  const look = () =>
    recordInterventions({ store: stack.store, interventions: createInterventions(stack.temporal, stack.name) }, begun);
  /** Looks until it is on record: Temporal lists a run some time after its end. */
  const entries = (id: string, count: number): Promise<ExportedEntry[]> =>
    until(
      `${count} entries`,
      async () => {
        await look();
        const { data } = (await stack.api.get<{ data: ExportedEntry[] }>(`/v1/events?import=${id}`)).body;
        return data.filter(({ actor }) => actor.kind === 'temporal').reverse();
      },
      ({ length }) => length >= count,
    );

  test('A termination leaves one entry, with who by a hash, and the same one as a command of theirs', async () => {
    const id = await preview();
    const runId = await runIdOf(id);
    await bySupport().workflow.getHandle(importWorkflowId(id)).terminate(`asked for by ${IDENTITY}`);
    const [entry] = await entries(id, 1);
    expect(entry).toMatchObject({
      actor: {
        kind: 'temporal',
        id: expect.stringMatching(/^temporal_[0-9a-f]{32}$/) as string,
        name: null,
        role: null,
      },
      action: 'terminateWorkflow',
      targets: [{ kind: 'import', id }],
      facts: { run: runId, event: expect.any(Number) as number },
      status: 200,
    });
    expect(JSON.stringify(entry)).not.toContain('hester');
    await Promise.all([look(), look()]);
    expect(await entries(id, 1)).toHaveLength(1);

    const other = await preview();
    await bySupport().workflow.getHandle(importWorkflowId(other)).cancel();
    const [cancelled] = await entries(other, 1);
    expect([cancelled!.action, cancelled!.actor.id]).toEqual(['cancelImport', entry!.actor.id]);
  });

  test('A second termination, of the run by which the outbox goes on, is another entry', async () => {
    const id = await preview();
    await bySupport().workflow.getHandle(importWorkflowId(id)).terminate();
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
    await until(
      'the next run',
      () => stack.workflow(id).describe(),
      ({ status }) => status.name === 'RUNNING',
    );
    await bySupport().workflow.getHandle(importWorkflowId(id)).terminate();
    const both = await entries(id, 2);
    expect(both.map(({ action }) => action)).toEqual(['terminateWorkflow', 'terminateWorkflow']);
    expect(new Set(both.map(({ facts }) => facts['run'])).size).toBe(2);
  });

  test.each([
    ['that waits', preview],
    ['that has ended', anImport],
  ])('A reset of a workflow %s leaves one entry, and none of a termination', async (_which, make) => {
    const id = await make();
    const runId = await runIdOf(id);
    const next = await reset(id, runId);
    const [entry, ...others] = await entries(id, 1);
    expect(others).toEqual([]);
    // The server keeps no identity of who asked for it.
    expect(entry).toMatchObject({
      actor: { kind: 'temporal', id: 'unknown' },
      action: 'resetWorkflow',
      facts: { run: next, event: FIRST_TASK },
    });
    expect(JSON.stringify(entry)).not.toContain('hester');
    await look();
    expect(await entries(id, 1)).toHaveLength(1);

    const twice = await reset(id, next);
    expect((await entries(id, 2)).map(({ action, facts }) => [action, facts['run']])).toEqual([
      ['resetWorkflow', next],
      ['resetWorkflow', twice],
    ]);
  });

  test('Nothing is on record of a workflow that was left alone, be it started again by the product', async () => {
    const id = await anImport();
    await stack.workflow(id).result();
    await stack.temporal.workflow.start('importFile', {
      ...{ workflowId: importWorkflowId(id), taskQueue: stack.name },
      args: [{ importId: id, organisationId: 'demo', atOnce: true }],
    });
    await stack.workflow(id).result();
    const touched = await preview();
    await bySupport().workflow.getHandle(importWorkflowId(touched)).terminate();
    await entries(touched, 1);
    expect(await entries(id, 0)).toEqual([]);
  });

  test('Support sees it in the history of the import', async () => {
    const id = await preview();
    await bySupport().workflow.getHandle(importWorkflowId(id)).terminate();
    await entries(id, 1);
    const { body } = await stack
      .as('support')
      .get<{ history: { action: string; by: { kind: string } }[] }>(`/v1/imports/${id}`);
    expect(body.history.map(({ action, by }) => `${action} ${by.kind}`)).toEqual([
      'uploadFiles key',
      'terminateWorkflow temporal',
    ]);
  });
});

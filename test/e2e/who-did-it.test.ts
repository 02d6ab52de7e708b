import { Client } from '@temporalio/client';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import { importWorkflowId } from '../../contract/import';
import { APPLY_PLAN, CANCEL, PAUSE, RESUME, RETRY_INVITATIONS } from '../../contract/messages';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** As the Temporal UI names somebody who has signed in. */
const IDENTITY = 'hester.prynne@support.example';

/** A number to which the sandbox rejects every SMS. */
const REJECTED = '+12025550191';

describe('A command that support gives by Temporal', () => {
  let stack: Stack;
  let stopWorker = () => Promise.resolve();
  let used = 0;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    stopWorker = await stack.startWorker();
  });
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });

  const csv = (change?: Parameters<typeof people>[2]): string => toCsv(people(2, `who${used}`, change, 2 * used++));
  const aPreview = async (): Promise<{ id: string; planHash: string }> => {
    const id = await stack.api.importIdWith({ mode: 'preview' }, csv());
    return { id, planHash: (await stack.api.rest(id)).plan!.hash };
  };
  const statusIs = (id: string, expected: string) =>
    until(
      `the import to be ${expected}`,
      () => stack.api.find(id),
      ({ status }) => status === expected,
    );
  const bySupport = (id: string) =>
    new Client({ connection: stack.temporal.connection, identity: IDENTITY }).workflow.getHandle(importWorkflowId(id));
  const entries = async (id: string): Promise<ExportedEntry[]> => {
    const { data } = (await stack.api.get<{ data: ExportedEntry[] }>(`/v1/events?import=${id}`)).body;
    return data.filter(({ actor }) => actor.kind === 'temporal').reverse();
  };
  const outcomes = async (id: string) =>
    (await entries(id)).map(({ action, status, code }) => `${action} ${code ?? status}`);

  test('leaves one entry with the event that names who gave it, and no name', async () => {
    const { id, planHash } = await aPreview();
    await bySupport(id).executeUpdate(APPLY_PLAN, { args: [{ planHash }], updateId: IDENTITY });
    await stack.api.rest(id);
    const [entry, ...others] = await entries(id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      actor: {
        kind: 'temporal',
        id: expect.stringMatching(/^temporal_[0-9a-f]{32}$/) as string,
        name: null,
        role: null,
      },
      action: 'applyPlan',
      targets: [{ kind: 'import', id }],
      facts: { planHash, event: expect.any(Number) as number },
      status: 200,
    });
    const { events } = await stack.workflow(id).fetchHistory();
    const update = events!.find(({ eventId }) => Number(eventId) === entry!.facts['event'])!;
    expect(update.workflowExecutionUpdateAcceptedEventAttributes!.acceptedRequest!.meta!.identity).toBe(IDENTITY);
    expect(JSON.stringify(entry)).not.toContain('hester');
  });

  test('is in the history of its import, whatever it was', async () => {
    await stopWorker();
    const id = await stack.api.importId(csv((_, i) => (i === 0 ? { mobile: REJECTED } : {})));
    // An upload is answered before its start where that takes long.
    await until(
      'the workflow',
      () => stack.workflow(id).describe(),
      () => true,
    );
    await bySupport(id).signal(PAUSE);
    stopWorker = await stack.startWorker();
    await statusIs(id, 'paused');
    await bySupport(id).executeUpdate(RESUME);
    await statusIs(id, 'needs-attention');
    await bySupport(id).executeUpdate(RETRY_INVITATIONS, { args: [{ all: true }] });
    await statusIs(id, 'needs-attention');
    const { body } = await stack
      .as('support')
      .get<{ history: { action: string; by: { kind: string } }[] }>(`/v1/imports/${id}`);
    expect(body.history.map(({ action, by }) => `${action} ${by.kind}`)).toEqual([
      'uploadFiles key',
      'pauseImport temporal',
      'resumeImport temporal',
      'retryImportInvitations temporal',
    ]);
    expect((await entries(id))[2]!.facts).toMatchObject({ email: 0, sms: 1 });
  });

  test('is on record when it did nothing, too, with the reason', async () => {
    const { id } = await aPreview();
    const refused = bySupport(id).executeUpdate(APPLY_PLAN, { args: [{ planHash: 'f'.repeat(64) }] });
    await expect(refused).rejects.toThrow();
    await expect(bySupport(id).executeUpdate(RETRY_INVITATIONS, { args: [{ all: true }] })).rejects.toThrow();
    await bySupport(id).signal(RESUME);
    const all = await until(
      'all entries',
      () => outcomes(id),
      ({ length }) => length === 3,
    );
    expect(all).toEqual([
      'applyPlan plan-outdated',
      'retryImportInvitations nothing-to-retry',
      'resumeImport nothing-to-resume',
    ]);
  });

  test('leaves an entry as well where it ends the import, be it by Temporal itself', async () => {
    const ofImport = (await aPreview()).id;
    await bySupport(ofImport).executeUpdate(CANCEL);
    const ofWorkflow = (await aPreview()).id;
    await bySupport(ofWorkflow).cancel();
    for (const id of [ofImport, ofWorkflow]) {
      await statusIs(id, 'cancelled');
      expect(await outcomes(id)).toEqual(['cancelImport 200']);
    }
  });
});

import { WorkflowNotFoundError } from '@temporalio/client';
import { createImportService } from '../../api/temporal/import-service';
import type { ImportService } from '../../api/temporal/import-service';
import { deliver } from '../../api/temporal/outbox';
import { collectionsOf } from '../../store/documents';
import type { Collections, ImportDoc } from '../../store/documents';
import { markToWake } from '../../store/imports/outbox';
import { rowId } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { raw, startScriptedProvider } from '../providers/scripted-provider';
import type { ScriptedProvider } from '../providers/scripted-provider';
import { uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import { runCrashableApi } from '../support/run-crashable-api';
import type { CrashableApi } from '../support/run-crashable-api';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** A lease and the time between two rounds, and what the machine needs. */
const A_FEW_SECONDS_MS = 12_000;

describe('The outbox, where the API is killed', () => {
  let stack: Stack;
  let crashable: CrashableApi;
  let receiver: ScriptedProvider;
  beforeAll(async () => {
    stack = await startStack({ WEBHOOKS_TO_LOOPBACK: 'true' }, { outbox: false });
    [crashable, receiver] = await Promise.all([runCrashableApi(stack), startScriptedProvider()]);
    receiver.follow(raw(204));
  });
  afterAll(async () => {
    await (crashable as CrashableApi | undefined)?.stop();
    await (receiver as ScriptedProvider | undefined)?.close();
    await stack.stop();
  });

  test.each([
    ['once the correction is written down', 'after corrections.correct'],
    ['when the outbox has taken the mark', 'before signal.refresh'],
    ['when the workflow is signalled', 'after signal.refresh'],
    ['before the mark is cleared', 'before outbox.clearSignal'],
    ['after the mark is cleared', 'after outbox.clearSignal'],
  ])('%s, the next one has the correction sent within seconds, and once', async (_when, step) => {
    const tag = step.replace(/\W/g, '');
    const rows = people(2, tag, (_, i) => (i === 1 ? { email: 'nobody' } : {}), 10 * ++files);
    const id = await crashable.api.importId(toCsv(rows));
    await crashable.api.rest(id);
    await stack.workflow(id).result();

    await crashable.crashAt(step);
    const email = `mended.${tag}@example.com`;
    const corrected = crashable.api
      .call('PATCH', `/v1/imports/${id}/rows/3`, {
        body: JSON.stringify({ email }),
        headers: { 'Content-Type': 'application/json' },
      })
      .catch(() => undefined);
    await crashable.startAgain();
    await corrected;

    const done = await until(
      'the corrected row to be created',
      () => stack.api.find(id),
      ({ status, rows: counts }) => status === 'completed' && counts.created === 2,
      A_FEW_SECONDS_MS,
    );
    expect(done.invitations).toMatchObject({ email: { sent: 2 }, sms: { sent: 2 } });
    await until(
      'the mark to be cleared',
      () => stack.store.imports.find(id),
      (importDoc) => importDoc!.wakeAt === undefined,
      A_FEW_SECONDS_MS,
    );
    const messages = await stack.sandbox.messages();
    expect(messages.filter(({ to }) => to === email)).toHaveLength(1);
    expect(invitedTwice(messages)).toEqual([]);
  });
  let files = 0;

  test.each([
    ['before the mark is cleared', 'before announcements.clear'],
    ['when the delivery is taken', 'before signal.deliverWebhook'],
  ])('%s, the next one has the webhook delivered within seconds, and none twice', async (_when, step) => {
    const tag = step.replace(/\W/g, '');
    // The new endpoint would be told of those before it, too, whose marks are not cleared yet.
    await until(
      'earlier imports to be announced',
      () => stack.db.collection('imports').countDocuments({ unannounced: { $exists: true } }),
      (count) => count === 0,
    );
    await stack.db.collection('webhook_endpoints').deleteMany({});
    const fields = { _id: tag, organisationId: DEMO_ORGANISATION_ID, url: receiver.url, description: '' };
    await stack.store.webhookEndpoints.create({ ...fields, events: ['import.completed'] });
    const before = receiver.seen.length;
    const id = await crashable.api.importId(toCsv(people(1, tag, () => ({}), 10 * ++files)));
    await crashable.crashAt(step);
    await crashable.startAgain();
    await until(
      'the delivery',
      () => stack.store.webhookDeliveries.list({ endpointId: tag, limit: 9 }),
      (all) => all.length === 1 && all[0]!.state === 'delivered',
      A_FEW_SECONDS_MS,
    );
    await until(
      'the mark to be cleared',
      () => stack.store.imports.find(id),
      (importDoc) => importDoc!.unannounced === undefined,
      A_FEW_SECONDS_MS,
    );
    expect(receiver.seen.slice(before).map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'import.completed', data: { import: id } },
    ]);
  });
});

describe('The outbox', () => {
  let stack: Stack;
  let service: ImportService;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
    service = createImportService(stack.temporal, stack.name);
    collections = collectionsOf(stack.db);
  });
  beforeEach(() => collections.imports.deleteMany({}));
  afterAll(() => stack.stop());

  async function anImport(change: Partial<ImportDoc> = {}): Promise<string> {
    const _id = uniqueName('import-');
    const importDoc = {
      _id,
      organisationId: 'demo',
      status: 'inviting',
      createdAt: new Date(),
      retries: [],
      revision: 3,
    };
    await collections.imports.insertOne({ ...importDoc, plannedAt: new Date(), ...change } as ImportDoc);
    return _id;
  }
  const mark = (...importIds: string[]) => markToWake(collections, importIds);
  const find = async (id: string) => (await collections.imports.findOne({ _id: id }))!;
  const round = (how: Partial<ImportService> = {}) => deliver({ store: stack.store, service: { ...service, ...how } });
  const eventsOf = async (id: string) => (await stack.workflow(id).fetchHistory()).events!;
  const signalsOf = async (id: string): Promise<number> =>
    (await eventsOf(id)).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
  const hasWorkflow = (id: string): Promise<boolean> =>
    stack
      .workflow(id)
      .describe()
      .then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          return false;
        },
      );

  test('signals each marked import once, though several loops run at once', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, () => anImport()));
    await mark(...ids);
    await Promise.all([round(), round(), round()]);
    for (const id of ids) {
      expect(await signalsOf(id)).toBe(1);
      expect(await find(id)).not.toHaveProperty('wakeAt');
    }
  });

  test('keeps a mark that is set between the signal and the clearing of an older one', async () => {
    const id = await anImport();
    await mark(id);
    await round({
      async refresh(importDoc) {
        await service.refresh(importDoc);
        await mark(id);
      },
    });
    expect(await find(id)).toHaveProperty('wakeAt');
    await round();
    expect(await signalsOf(id)).toBe(2);
    expect(await find(id)).not.toHaveProperty('wakeAt');
  });

  test('has an import signalled again where Temporal was away, once the lease is over', async () => {
    const id = await anImport();
    await mark(id);
    await expect(round({ refresh: () => Promise.reject(new Error('away')) })).rejects.toThrow('away');
    await round();
    expect(await hasWorkflow(id)).toBe(false);
    const { wakeAt } = await find(id);
    expect(wakeAt!.getTime() - Date.now()).toBeLessThan(6_000);
    await collections.imports.updateOne({ _id: id }, { $set: { wakeAt: new Date() } });
    await round();
    expect(await signalsOf(id)).toBe(1);
  });

  test.each(['completed', 'completed-with-problems', 'cancelled', 'failed'] as const)(
    'begins no run of an import that is %s',
    async (status) => {
      const id = await anImport({ status });
      await mark(id);
      expect(await find(id)).not.toHaveProperty('wakeAt');
      await collections.imports.updateOne({ _id: id }, { $set: { wakeAt: new Date(0) } });
      await round();
      expect(await find(id)).not.toHaveProperty('wakeAt');
      expect(await hasWorkflow(id)).toBe(false);
    },
  );

  test('begins a run of an import that needs attention only where it would end alike', async () => {
    const [alike, otherwise] = [
      await anImport({ status: 'needs-attention' }),
      await anImport({ status: 'needs-attention' }),
    ];
    await collections.invitations.insertOne({
      ...{
        _id: `${alike}:2:sms:1`,
        importId: alike,
        token: alike,
        superseded: false,
        channel: 'sms',
        state: 'bounced',
      },
    } as never);
    await mark(alike, otherwise);
    await round();
    expect([await hasWorkflow(alike), await hasWorkflow(otherwise)]).toEqual([true, false]);
    expect(await find(otherwise)).not.toHaveProperty('wakeAt');
  });

  test('starts what has no workflow when it is checked, and leaves no event where one runs', async () => {
    const id = await anImport({ status: 'queued', checkAt: new Date(0) });
    await round();
    const before = await eventsOf(id);
    // However long it stays in the queue of a crowd, it is not started every few seconds.
    const { checkAt } = await find(id);
    expect(checkAt!.getTime()).toBeGreaterThan(Date.now() + 20_000);

    await collections.imports.updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
    await round();
    expect(await eventsOf(id)).toHaveLength(before.length);

    const { runId } = await stack.workflow(id).describe();
    await stack.workflow(id).terminate('for the test');
    await collections.imports.updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
    await round();
    expect((await stack.workflow(id).describe()).runId).not.toBe(runId);
  });

  test('starts what is queued again within seconds where Temporal was away', async () => {
    const id = await anImport({ status: 'queued', checkAt: new Date(0) });
    await expect(round({ start: () => Promise.reject(new Error('away')) })).rejects.toThrow('away');
    const { checkAt } = await find(id);
    expect(checkAt!.getTime()).toBeLessThan(Date.now() + 4_000);
  });

  test('signals at a check where rows wait for a team that is ready', async () => {
    const wait = async (teamId: string): Promise<string> => {
      const id = await anImport({ status: 'waiting', checkAt: new Date(0) });
      const row = { _id: rowId(id, 2), organisationId: 'demo', importId: id, row: 2, status: 'waiting' };
      await collections.rows.insertOne({ ...row, person: { teamIds: [teamId] } } as never);
      return id;
    };
    const [ready, other] = [await wait('demo:mayfair'), await wait('demo:nobody')];
    await round();
    expect([await signalsOf(ready), await signalsOf(other)]).toEqual([1, 0]);
  });

  test('finds what is due without reading the imports of all times', async () => {
    await collections.imports.insertMany(
      Array.from({ length: 300 }, (_, i) => ({
        _id: `old-${i}`,
        organisationId: 'demo',
        status: 'completed',
      })) as never[],
    );
    const later = new Date(Date.now() + 3_600_000);
    for (let i = 0; i < 20; i++) await anImport({ checkAt: later, wakeAt: later });
    await stack.db.command({ profile: 2 });
    await round();
    await stack.db.command({ profile: 0 });
    const looks = await stack.db
      .collection('system.profile')
      .find({ ns: `${stack.name}.imports`, 'command.findAndModify': 'imports' })
      .toArray();
    expect(looks.length).toBeGreaterThanOrEqual(2);
    expect(looks.map(({ planSummary }) => String(planSummary))).not.toContain('COLLSCAN');
    expect(Math.max(...looks.map(({ keysExamined }) => Number(keysExamined)))).toBeLessThanOrEqual(2);
  });
});

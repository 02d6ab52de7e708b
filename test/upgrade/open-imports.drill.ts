import { Client, Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { join } from 'node:path';
import { importWorkflowId } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import type { Program } from '../../local/processes/program';
import { PROJECT } from '../../local/processes/project';
import { createFigures, seconds } from '../chaos/figures';
import { storeOpenHistory } from '../histories/stored';
import type { ApiCaller } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import { sharedServers } from '../support/environment';
import { controlSandbox, invitedTwice } from '../support/sandbox-control';
import { newInstallation, startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import {
  environmentOf,
  isPolling,
  PREVIOUS_RELEASE,
  runNode,
  startPreviousBuild,
  startProgram,
} from './previous-build';
import type { PreviousBuild } from './previous-build';

/** So that imports are in the middle of it when they are looked at. */
const SLOW = { SMS_CONCURRENCY: '2' };
const THIS_BUILD = 'this';

/**
 * `npm run upgrade-drill`, as docs/deployment.md has it: imports of the previous release are open in every way in which an import can rest
 * or be under way; the database is migrated while its programs run; workers of this build start beside them, the old ones stop, and
 * last the API is replaced. `RECORD=1` stores the histories of those imports for `npm test`.
 */
describe('When a new build takes over from the previous release, then', () => {
  const figures = createFigures('An upgrade', ['step', 'took'], { name: 'upgrade-drill', rows: 6 });
  const installation = newInstallation();
  const servers = sharedServers();
  const mongo = new MongoClient(servers.mongodbUri);
  const db = mongo.db(installation.name);
  const sandbox = controlSandbox(servers.sandboxUrl, installation.organisationName);
  let connection: Connection;
  let stack: Stack | undefined;
  let previous: PreviousBuild | undefined;
  let worker: Program | undefined;
  let api: ApiCaller;
  let slow: string;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    connection = await Connection.connect({ address: servers.temporalAddress });
    previous = await startPreviousBuild(installation, process.env.UPGRADE_FROM ?? PREVIOUS_RELEASE, SLOW);
    api = previous.api;
    const name = { $set: { name: installation.organisationName } };
    await db.collection<{ _id: string }>('organisations').updateOne({ _id: 'demo' }, name);
  });
  afterAll(async () => {
    await worker?.stop(20_000);
    await previous?.stop();
    await stack?.stop();
    await Promise.all([mongo.close(), connection.close()]);
  });

  const workflow = (id: string) => new Client({ connection }).workflow.getHandle(importWorkflowId(id));
  const timed = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    const startedAt = Date.now();
    const result = await act();
    figures.add(step, seconds(startedAt));
    return result;
  };
  let used = 0;
  const csv = (count: number, tag: string): string => toCsv(people(count, tag, () => ({}), (used += count) - count));
  const setRiverside = (active: boolean) =>
    db.collection('people').updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active } });
  const statusIs = (id: string, ...statuses: ImportStatus[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => api.find(id),
      ({ status }) => statuses.includes(status),
      60_000,
    );
  const post = (id: string, action: string) => api.call('POST', `/v1/imports/${id}/${action}`);
  const firstSms = (id: string) =>
    until(
      'the first SMS',
      () => api.find(id),
      ({ invitations }) => invitations.sms.sent > 0,
    );

  test('the previous build brings them there', async () => {
    ids.set('awaiting-approval', await api.importIdWith({ mode: 'preview' }, csv(6, 'preview')));
    await statusIs(ids.get('awaiting-approval')!, 'awaiting-approval');
    // As any change of its organisation may cause it.
    await workflow(ids.get('awaiting-approval')!).signal('refresh');

    const refused = await sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21211 });
    ids.set('needs-attention', await api.importId(csv(6, 'attention')));
    await statusIs(ids.get('needs-attention')!, 'needs-attention');
    ids.set('retried-once', await api.importId(csv(6, 'once')));
    await statusIs(ids.get('retried-once')!, 'needs-attention');
    await api.retry(ids.get('retried-once')!, {});
    await statusIs(ids.get('retried-once')!, 'needs-attention');
    await sandbox.lift(refused);

    await setRiverside(false);
    ids.set('waiting', await api.importId(csv(6, 'waits')));
    await statusIs(ids.get('waiting')!, 'waiting');
    // By itself it hears of that late: a change past the product leaves no mark.
    await setRiverside(true);

    const key = await sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
    ids.set('paused-by-provider', await api.importId(csv(6, 'refused')));
    await statusIs(ids.get('paused-by-provider')!, 'paused');
    await sandbox.lift(key);

    slow = await sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: 4_000 });
    const begin = async (name: string): Promise<string> => {
      const id = await api.importId(csv(60, name.replace(/\W/g, '')));
      ids.set(name, id);
      await firstSms(id);
      return id;
    };
    await post(await begin('paused'), 'pause');
    const twice = await begin('paused-twice');
    for (const name of ['pause', 'resume', 'pause']) await workflow(twice).signal(name);
    await statusIs(twice, 'paused');
    await begin('sending');
    await begin('cancelled');
  }, 240_000);

  test('its database is migrated and its workers are replaced while an import is under way', async () => {
    const env = environmentOf(installation, { ...SLOW, TEMPORAL_WORKER_BUILD_ID: THIS_BUILD });
    const migrate = ['--import', 'tsx', join(PROJECT, 'cli/main.ts'), 'admin', 'migrate'];
    await timed('migrate the database, beside the previous build', () => runNode(migrate, { cwd: PROJECT, env }));
    const { status, invitations } = await api.find(ids.get('sending')!);
    expect([status, invitations.sms.pending > 0]).toEqual(['inviting', true]);
    worker = await timed('start a worker of this build, as a version', () =>
      startProgram(PROJECT, 'worker', env, isPolling),
    );
    await timed('make it current', () =>
      until(
        'it to be current',
        () =>
          connection.workflowService
            .setWorkerDeploymentCurrentVersion({
              namespace: 'default',
              deploymentName: installation.name,
              buildId: THIS_BUILD,
            })
            .then(
              () => '',
              (error: Error) => error.message,
            ),
        (refusal) => refusal === '',
      ),
    );
    await timed('stop the worker of the previous build', () => previous!.stopWorker());
    if (process.env.RECORD) for (const [name, id] of ids) storeOpenHistory(name, await workflow(id).fetchHistory());
    await timed('replace the API', async () => {
      await previous!.stop();
      previous = undefined;
      stack = await startStack(SLOW, { worker: false, installation });
      api = stack.api;
    });
  }, 240_000);

  test('this build takes commands, and all imports come to their ends', async () => {
    const startedAt = Date.now();
    const preview = await api.find(ids.get('awaiting-approval')!);
    expect((await api.apply(preview.id, preview.plan!.hash)).status).toBeLessThan(300);
    expect((await post(ids.get('cancelled')!, 'cancel')).status).toBeLessThan(300);
    for (const name of ['paused', 'paused-twice', 'paused-by-provider']) {
      expect([name, await post(ids.get(name)!, 'resume')]).toMatchObject([name, { status: 200 }]);
    }
    for (const name of ['needs-attention', 'retried-once']) {
      expect([name, await api.retry(ids.get(name)!)]).toMatchObject([name, { status: 202 }]);
    }
    await sandbox.lift(slow);
    await workflow(ids.get('waiting')!).signal('refresh');
    for (const [name, id] of ids) {
      const expected = name === 'cancelled' ? 'cancelled' : 'completed';
      expect([name, (await statusIs(id, 'completed', 'cancelled', 'failed')).status]).toEqual([name, expected]);
      await workflow(id).result();
    }
    const took = seconds(startedAt);
    for (const [name, id] of ids) {
      const { events } = await workflow(id).fetchHistory();
      const failures = events!.flatMap(
        ({ workflowTaskFailedEventAttributes: failed }) => failed?.failure?.message ?? [],
      );
      expect([name, failures]).toEqual([name, []]);
    }
    expect(invitedTwice(await sandbox.messages())).toEqual([]);
    figures.add(`${ids.size} open imports come to their ends`, took);
  }, 240_000);
});

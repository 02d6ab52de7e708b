import { temporal } from '@temporalio/proto';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { invitationsTaskQueue } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import { connectLazily } from '../../platform/temporal-connection';
import { sharedServers } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { unpolledQueues } from '../../worker/health';

const { ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS: IN_PROGRESS } = temporal.api.enums.v1.RoutingConfigUpdateState;

describe('When two builds are versions of one worker deployment, then', () => {
  let stack: Stack;
  /** The builds that took steps of each import, by task queue. */
  const steps = new Map<string, Map<string, Set<string>>>();
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
  });
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await stack.stop();
  });

  const noteSteps =
    (buildId: string): ActivityInterceptorsFactory =>
    ({ info }) => ({
      inbound: {
        execute(input, next) {
          const queues = steps.get(info.workflowExecution!.workflowId) ?? new Map<string, Set<string>>();
          steps.set(info.workflowExecution!.workflowId, queues);
          queues.set(info.taskQueue, (queues.get(info.taskQueue) ?? new Set()).add(buildId));
          return next(input);
        },
      },
    });
  async function startBuild(buildId: string): Promise<() => Promise<void>> {
    const workerVersion = { deploymentName: stack.name, buildId };
    const stop = await stack.startWorker({ workerVersion, observers: [noteSteps(buildId)] });
    stops.push(stop);
    return async () => {
      stops.splice(stops.indexOf(stop), 1);
      await stop();
    };
  }
  /** Temporal refuses a version until its workers poll all the task queues of the one before, and tells the task queues of it after its answer. */
  async function makeCurrent(buildId: string): Promise<void> {
    await until(
      `${buildId} to be current`,
      () =>
        stack.temporal.workflowService
          .setWorkerDeploymentCurrentVersion({ namespace: 'default', deploymentName: stack.name, buildId })
          .then(
            () => '',
            (error: Error) => error.message,
          ),
      (refusal) => refusal === '',
    );
    await until(
      `the task queues to know that ${buildId} is current`,
      () =>
        stack.temporal.workflowService.describeWorkerDeployment({ namespace: 'default', deploymentName: stack.name }),
      ({ workerDeploymentInfo }) => workerDeploymentInfo?.routingConfigUpdateState !== IN_PROGRESS,
    );
  }
  const rests = (id: string, ...statuses: ImportStatus[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
    );
  const buildOf = async (id: string) => {
    const { events } = await stack.workflow(id).fetchHistory();
    const builds = (events ?? []).map(
      (event) => event.workflowTaskCompletedEventAttributes?.deploymentVersion?.buildId,
    );
    return [...new Set(builds.filter((build) => build !== null && build !== undefined))];
  };
  let used = 0;
  const csv = (count: number, tag: string) => toCsv(people(count, tag, () => ({}), (used += count) - count));
  const importThatNeedsAttention = async (tag: string): Promise<string> => {
    const refused = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21612 });
    const id = await stack.api.importId(csv(3, tag));
    await rests(id, 'needs-attention');
    // A workflow that comes to rest only once another build is current goes on there.
    await stack.caughtUp(id, 'needs-attention');
    await stack.sandbox.lift(refused);
    return id;
  };

  let left: string;
  let stopNew: () => Promise<void>;

  test('imports of workers without a version go on with the first build that is current', async () => {
    const stopUnversioned = await stack.startWorker();
    const id = await importThatNeedsAttention('unversioned');
    await stopUnversioned();

    await startBuild('old');
    await makeCurrent('old');
    await stack.api.retry(id);
    await rests(id, 'completed');

    expect(await buildOf(id)).toContain('old');
    const { connection, close } = connectLazily({ address: sharedServers().temporalAddress });
    const unpolled = await unpolledQueues({ connection, namespace: 'default' }, 'all', stack.name).finally(close);
    expect(unpolled).toEqual([]);
  });

  test('an import under way finishes on the old build, on all task queues, and a new one starts on the new', async () => {
    left = await importThatNeedsAttention('left');
    const busy = await stack.sandbox.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 1 });
    const underWay = await stack.api.importId(csv(12, 'underway'));
    await until(
      'the step that sends what the first has left',
      async () => steps.get(stack.workflow(underWay).workflowId)?.has(invitationsTaskQueue(stack.name)) ?? false,
      (isThere) => isThere,
    );

    stopNew = await startBuild('new');
    await makeCurrent('new');
    await stack.sandbox.lift(busy);
    const fresh = await stack.api.importId(csv(3, 'fresh'));
    await rests(fresh, 'completed');
    await rests(underWay, 'completed');

    expect(await buildOf(fresh)).toEqual(['new']);
    expect(await buildOf(underWay)).toEqual(['old']);
    const queues = steps.get(stack.workflow(underWay).workflowId)!;
    expect([...queues.values()].map((builds) => [...builds])).toEqual([...queues].map(() => ['old']));
  });

  test('an import that waits for a person stays on the old build, until a signal moves it', async () => {
    const before = await stack.workflow(left).describe();
    expect(await buildOf(left)).toEqual(['old']);

    await stack.workflow(left).signal('refresh');

    await until(
      'a new run',
      () => stack.workflow(left).describe(),
      ({ runId, status }) => runId !== before.runId && status.name === 'RUNNING',
    );
    await until(
      'its first step',
      () => buildOf(left),
      (builds) => builds.length > 0,
    );
    expect(await buildOf(left)).toEqual(['new']);
    expect((await stack.api.find(left)).status).toBe('needs-attention');
    await stack.api.retry(left);
    await rests(left, 'completed');
  });

  test('after a roll back what began on the new build finishes there, and the next import starts on the old', async () => {
    const onNew = await importThatNeedsAttention('onnew');
    await makeCurrent('old');
    const next = await stack.api.importId(csv(3, 'next'));
    await rests(next, 'completed');
    await stack.api.retry(onNew);
    await rests(onNew, 'completed');

    expect(await buildOf(next)).toEqual(['old']);
    expect(await buildOf(onNew)).toEqual(['new']);
  });

  test('an import whose build is gone for good goes on with the current one after a termination', async () => {
    await makeCurrent('new');
    const orphan = await importThatNeedsAttention('orphan');
    await makeCurrent('old');
    await stopNew();

    await stack.workflow(orphan).terminate('its build is gone');
    await stack.api.retry(orphan);
    await rests(orphan, 'completed');

    expect(await buildOf(orphan)).toEqual(['old']);
  });

  test('nobody was invited twice', async () => {
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });
});

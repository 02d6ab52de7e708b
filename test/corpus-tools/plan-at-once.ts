import { MockActivityEnvironment } from '@temporalio/testing';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createCloseImport } from '../../activities/lifecycle/close-import';
import { buildPlan } from '../../activities/planning/build-plan';
import { createPlanImport } from '../../activities/planning/plan-import';
import { readFile } from '../../activities/planning/read-upload';
import { createApp } from '../../api/app';
import type { ImportService } from '../../api/temporal/import-service';
import type { ImportPlan } from '../../contract/snapshot';
import { loadConfig } from '../../platform/config';
import { createLogger } from '../../platform/logger';
import { createActivityDeps } from '../../worker/deps';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { settingsFor, sharedServers } from '../support/environment';
import type { Stack } from '../support/stack';

export interface PlanningApi {
  api: ApiCaller;
  stop(): void;
}

/**
 * The API once more, on the same database, with the steps that a preview takes run at the upload instead of by a
 * workflow: the file goes the same way through the same code, and a thousand of them take a minute instead of many.
 */
export async function startPlanningApi(stack: Stack): Promise<PlanningApi> {
  const config = loadConfig(settingsFor(stack.name, sharedServers()));
  const deps = createActivityDeps(config, stack.store);
  const app = createApp({
    store: stack.store,
    outbox: { poke: () => undefined },
    service: planAtOnce(deps),
    buildPlan: (importDoc, edits) => buildPlan(deps, importDoc, { unlessLong: true, ...(edits && { edits }) }),
    readFile: (importDoc) => readFile(deps, importDoc),
    webhooks: {},
    records: {},
    config,
    log: createLogger('test', config.logLevel),
    linkBase: { publicUrl: 'http://api.test', temporalUiUrl: 'http://ui.test', namespace: 'default' },
    checkTemporal: () => Promise.resolve(),
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    api: createApiCaller(url, stack.api.key),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function planAtOnce(deps: Parameters<typeof createPlanImport>[0]): ImportService {
  const planImport = createPlanImport(deps);
  const closeImport = createCloseImport(deps);
  const run = <I, O>(step: (input: I) => Promise<O>, input: I): Promise<O> =>
    new MockActivityEnvironment().run<[I], O, typeof step>(step, input);
  const never = (): never => {
    throw new Error('Nothing but uploads is asked of it');
  };
  return {
    async start({ _id: importId }) {
      const { snapshot }: ImportPlan = await run(planImport, { importId });
      if (snapshot.fileProblems) await run(closeImport, { importId, as: 'failed' as const });
    },
    silentMs: never,
    deliverWebhook: never,
    sendNotice: never,
    progress: never,
    refresh: never,
    refreshIfRunning: never,
  };
}

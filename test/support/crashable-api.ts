import { Client } from '@temporalio/client';
import { ClientSession } from 'mongodb';
import { createServer } from 'node:http';
import { buildPlan } from '../../activities/planning/build-plan';
import { readFile } from '../../activities/planning/read-upload';
import { createApp } from '../../api/app';
import { createImportService } from '../../api/temporal/import-service';
import { startOutbox } from '../../api/temporal/outbox';
import { loadConfig } from '../../platform/config';
import { createLogger } from '../../platform/logger';
import { openSecretBox } from '../../platform/secret-box';
import { connectLazily } from '../../platform/temporal-connection';
import { openStore } from '../../store/index';

/** `PUT` of a step: the next request that reaches it ends the process, as kill -9 does. */
const CRASH_PATH = /^\/__crash\/(.+)$/;

let crashStep: string | undefined;

const reach = (step: string): void => {
  if (step === crashStep) process.kill(process.pid, 'SIGKILL');
};

/** Each call has two steps: before it begins, and after its work is done. */
function crashable<T extends object>(part: string, target: T): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        reach(`before ${part}.${String(name)}`);
        const result: unknown = await (value as (...args: unknown[]) => unknown)(...args);
        reach(`after ${part}.${String(name)}`);
        return result;
      };
    },
  });
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its session below
const { commitTransaction } = ClientSession.prototype;
ClientSession.prototype.commitTransaction = async function (...args) {
  reach('before commit');
  await commitTransaction.apply(this, args);
};

/** The API as `api/main.ts` runs it, but for its end. A call of the service is one for a request or one for the outbox. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger('api', config.logLevel);
  const store = await openStore(config.mongo.uri, config.mongo.database, openSecretBox(config.secrets));
  const { connection, namespace } = connectLazily();
  const service = createImportService(new Client({ connection, namespace }), config.temporal.taskQueue);
  const outbox = startOutbox(
    {
      store: {
        ...store,
        outbox: crashable('outbox', store.outbox),
        announcements: crashable('announcements', store.announcements),
      },
      service: crashable('signal', service),
      publicUrl: config.http.publicUrl,
    },
    log,
  );
  const settings = { maxRows: config.maxRows, invitationUrl: config.invitations.url };
  const app = createApp({
    store: {
      ...store,
      uploads: crashable('uploads', store.uploads),
      newImports: crashable('newImports', store.newImports),
      corrections: crashable('corrections', store.corrections),
      plans: crashable('plans', store.plans),
    },
    service: crashable('service', service),
    buildPlan: (importDoc, edits) =>
      buildPlan({ store, settings }, importDoc, { unlessLong: true, ...(edits && { edits }) }),
    readFile: (importDoc) => readFile({ store, settings }, importDoc),
    outbox,
    webhooks: {},
    records: {},
    config,
    log,
    linkBase: { publicUrl: config.http.publicUrl, temporalUiUrl: config.temporal.uiUrl, namespace },
    checkTemporal: () => Promise.resolve(),
  });
  const server = createServer((request, response) => {
    const [, chosen] = CRASH_PATH.exec(request.url ?? '') ?? [];
    if (chosen === undefined) {
      app(request, response);
      return;
    }
    crashStep = decodeURIComponent(chosen);
    response.end();
  });
  server.listen(config.http.port, config.http.host);
}

void main();

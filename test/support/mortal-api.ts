import { Client } from '@temporalio/client';
import { ClientSession } from 'mongodb';
import { createServer } from 'node:http';
import { createApp } from '../../api/app';
import { createImportService } from '../../api/temporal/import-service';
import { startOutbox } from '../../api/temporal/outbox';
import { loadConfig } from '../../platform/config';
import { createLogger } from '../../platform/logger';
import { connectLazily } from '../../platform/temporal-connection';
import { openStore } from '../../store/index';

/** `PUT` of it with a step: the next request that reaches the step ends the process, as kill -9 does. */
const CHOICE = /^\/__die\/(.+)$/;

let lastStep: string | undefined;

const reach = (step: string): void => {
  if (step === lastStep) process.kill(process.pid, 'SIGKILL');
};

/** Each call is a step when it begins, and another one when its work is done. */
function mortal<T extends object>(part: string, target: T): T {
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
  const store = await openStore(config.mongo.uri, config.mongo.database);
  const { connection, namespace } = connectLazily();
  const service = createImportService(new Client({ connection, namespace }), config.temporal.taskQueue);
  const outbox = startOutbox(
    { store: { ...store, outbox: mortal('outbox', store.outbox) }, service: mortal('signal', service) },
    log,
  );
  const app = createApp({
    store: {
      ...store,
      uploads: mortal('uploads', store.uploads),
      newImports: mortal('newImports', store.newImports),
      corrections: mortal('corrections', store.corrections),
    },
    service: mortal('service', service),
    outbox,
    webhooks: {},
    records: {},
    config,
    log,
    places: { publicUrl: config.http.publicUrl, temporalUiUrl: config.temporal.uiUrl, namespace },
    checkTemporal: () => Promise.resolve(),
  });
  const server = createServer((request, response) => {
    const [, chosen] = CHOICE.exec(request.url ?? '') ?? [];
    if (chosen === undefined) {
      app(request, response);
      return;
    }
    lastStep = decodeURIComponent(chosen);
    response.end();
  });
  server.listen(config.http.port, config.http.host);
}

void main();

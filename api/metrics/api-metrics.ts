import type { RequestHandler } from 'express';
import { Counter, Gauge, Histogram } from 'prom-client';
import { IMPORT_STATUSES, isFinal } from '../../contract/import-status';
import type { Registry } from '../../platform/metrics/registry';
import type { Store } from '../../store/index';

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 5e7, 2.5e8];
/** Several servers of metrics may ask, and each answer costs the database three queries. In milliseconds. */
const FRESH_MS = 5_000;

export interface ApiMetrics {
  /** Measures each request. */
  measure: RequestHandler;
}

/** The metrics of the API: requests and uploads of this process, and the backlog of the installation, asked of MongoDB as it is scraped. */
export function createApiMetrics(registry: Registry, { backlog }: Pick<Store, 'backlog'>): ApiMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'client_import_http_request_seconds',
    help: 'Time to answer a request, by method and status.',
    labelNames: ['method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const uploads = new Histogram({
    name: 'client_import_upload_bytes',
    help: 'Size of the body of each accepted upload, by the length that its head declares.',
    buckets: BYTES,
    registers,
  });
  const problems = new Counter({
    name: 'client_import_http_problems_total',
    help: 'Requests answered with a problem, by its code.',
    labelNames: ['code'],
    registers,
  });
  addBacklog(registry, backlog);
  return {
    measure(request, response, next) {
      const startedAt = performance.now();
      response.once('finish', () => {
        const { statusCode: status } = response;
        requests.observe({ method: request.method, status }, (performance.now() - startedAt) / 1000);
        if (request.problemCode) problems.inc({ code: request.problemCode });
        const bytes = Number(request.headers['content-length']);
        if (status === 202 && request.is('multipart/form-data') && bytes > 0) uploads.observe(bytes);
      });
      next();
    },
  };
}

function addBacklog(registry: Registry, backlog: Store['backlog']): void {
  const registers = [registry];
  let counted: ReturnType<Store['backlog']['count']> | undefined;
  const count = () => {
    if (!counted) {
      counted = backlog.count();
      setTimeout(() => (counted = undefined), FRESH_MS).unref();
    }
    return counted;
  };
  const open = IMPORT_STATUSES.filter((status) => !isFinal(status));

  new Gauge({
    name: 'client_import_backlog_known',
    help: '1 if the database has told the backlog, 0 if it has not answered; the other gauges are missing then.',
    registers,
    async collect() {
      this.set(
        await count().then(
          () => 1,
          () => 0,
        ),
      );
    },
  });
  const gauge = (name: string, help: string, labelNames: string[], set: (gauge: Gauge) => Promise<void>) =>
    new Gauge({
      ...{ name, help, labelNames, registers },
      async collect() {
        // One without labels is 0 after this, so it is taken out.
        this.reset();
        await set(this).catch(() => labelNames.length > 0 || this.remove());
      },
    });
  gauge('client_import_open_imports', 'Imports that have not ended, by status.', ['status'], async (to) => {
    const { imports } = await count();
    for (const status of open) to.set({ status }, imports.find((one) => one.status === status)?.count ?? 0);
  });
  gauge(
    'client_import_oldest_import_seconds',
    'Age of the oldest import that has not ended, by status.',
    ['status'],
    async (to) => {
      const { imports } = await count();
      for (const status of open) to.set({ status }, imports.find((one) => one.status === status)?.oldestSeconds ?? 0);
    },
  );
  gauge('client_import_waiting_rows', 'Rows that wait for a client team with active staff.', [], async (to) =>
    to.set((await count()).waitingRows),
  );
  gauge('client_import_outbox_unsignalled', 'Imports whose workflows are to be told of a change.', [], async (to) =>
    to.set((await count()).unsignalled),
  );
  gauge('client_import_outbox_lag_seconds', 'How long the first of them has been due.', [], async (to) =>
    to.set((await count()).outboxLagSeconds),
  );
}

import { Gauge } from 'prom-client';
import { IMPORT_STATUSES, isFinal } from '../../contract/import-status';
import { keepBriefly } from '../../platform/keep-briefly';
import type { Registry } from '../../platform/metrics/registry';
import type { Store } from '../../store/index';
import type { ReadTaskBacklog } from '../temporal/task-backlog';

export interface BacklogDeps extends Pick<Store, 'backlog'> {
  taskBacklog: ReadTaskBacklog;
}

/** Several servers of metrics may ask, and each answer costs the servers a few queries. In milliseconds. */
const FRESH_MS = 5_000;

/** Gauges of what is under way or waits in the installation, asked of MongoDB and of Temporal as they are scraped. */
export function addBacklogMetrics(registry: Registry, { backlog, taskBacklog }: BacklogDeps): void {
  const registers = [registry];
  const count = keepBriefly(() => backlog.count(), { ms: FRESH_MS, most: 1 });
  const longestWaits = keepBriefly(() => taskBacklog(), { ms: FRESH_MS, most: 1 });
  const open = IMPORT_STATUSES.filter((status) => !isFinal(status));

  new Gauge({
    name: 'client_import_backlog_known',
    help: '1 if the database has told the backlog, 0 if it has not answered; its gauges are missing then.',
    registers,
    async collect() {
      this.set(
        await count('').then(
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
    const { imports } = await count('');
    for (const status of open) to.set({ status }, imports.find((one) => one.status === status)?.count ?? 0);
  });
  gauge(
    'client_import_oldest_import_seconds',
    'Age of the oldest import that has not ended, by status.',
    ['status'],
    async (to) => {
      const { imports } = await count('');
      for (const status of open) to.set({ status }, imports.find((one) => one.status === status)?.oldestSeconds ?? 0);
    },
  );
  gauge('client_import_waiting_rows', 'Rows that wait for a client team with active staff.', [], async (to) =>
    to.set((await count('')).waitingRows),
  );
  gauge('client_import_outbox_unsignalled', 'Imports whose workflows are to be told of a change.', [], async (to) =>
    to.set((await count('')).unsignalled),
  );
  gauge('client_import_outbox_lag_seconds', 'How long the first of them has been due.', [], async (to) =>
    to.set((await count('')).outboxLagSeconds),
  );
  gauge(
    'client_import_task_backlog_seconds',
    'How long the first task on a task queue has waited for a worker, as Temporal tells; missing while it does not.',
    ['task_queue'],
    async (to) => {
      for (const [queue, seconds] of await longestWaits('')) to.set({ task_queue: queue }, seconds);
    },
  );
}

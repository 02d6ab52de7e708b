import { MongoClient } from 'mongodb';
import { createCalls } from './calls';
import type { Client } from './calls';
import { obey, setting } from './protocol';
import { readClients } from './read-clients';

/**
 * A queue as most teams would build it: a job for each hundred rows, so that a crash repeats up to a hundred people's messages.
 * Its calls are those of the script.
 */
const ROWS_A_JOB = 100;
const IN_FLIGHT = 256;
const JOBS_AT_ONCE = 8;
const QUEUE = 'bench';

/** What is used of BullMQ, which is no dependency of this project. */
interface BullMq {
  Queue: new (
    name: string,
    options: object,
  ) => { addBulk(jobs: { name: string; data: Client[]; opts: object }[]): Promise<BullJob[]> };
  Worker: new (name: string, work: (job: { data: Client[] }) => Promise<void>, options: object) => unknown;
  QueueEvents: new (name: string, options: object) => { waitUntilReady(): Promise<unknown> };
}
interface BullJob {
  waitUntilFinished(events: object): Promise<unknown>;
}

async function main(): Promise<void> {
  const name = 'bullmq';
  const { Queue, Worker, QueueEvents } = (await import(name)) as BullMq;
  const connection = { host: '127.0.0.1', port: Number(setting('REDIS_PORT')), maxRetriesPerRequest: null };
  const mongo = new MongoClient(setting('MONGODB_URI'), { appName: 'bench-peer' });
  const clients = mongo.db(setting('PEER_DATABASE')).collection('clients');
  const calls = createCalls(setting('SANDBOX_URL'), IN_FLIGHT);
  const queue = new Queue(QUEUE, { connection });
  const events = new QueueEvents(QUEUE, { connection });
  await events.waitUntilReady();
  new Worker(
    QUEUE,
    async ({ data }) => {
      await clients.insertMany(
        data.map((client) => ({ ...client })),
        { ordered: false },
      );
      await calls.invite(data);
    },
    { connection, concurrency: JOBS_AT_ONCE },
  );

  obey(async ({ files }) => {
    const jobs: BullJob[] = [];
    for (const path of files) {
      const rows = readClients(path);
      const parts = Array.from({ length: Math.ceil(rows.length / ROWS_A_JOB) }, (_, i) =>
        rows.slice(i * ROWS_A_JOB, (i + 1) * ROWS_A_JOB),
      );
      const opts = { removeOnComplete: true, attempts: 3 };
      jobs.push(...(await queue.addBulk(parts.map((data) => ({ name: 'rows', data, opts })))));
    }
    await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
  });
}

void main();

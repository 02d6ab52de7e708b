import { MongoClient } from 'mongodb';
import { pagesOf } from '../../../domain/long-list';
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
  ) => { addBulk(jobs: { name: string; data: Client[]; opts: object }[]): Promise<unknown> };
  Worker: new (
    name: string,
    work: (job: { data: Client[] }) => Promise<void>,
    options: object,
  ) => {
    on(event: 'completed', listener: () => void): void;
    on(event: 'failed', listener: (job: unknown, error: Error) => void): void;
  };
}

async function main(): Promise<void> {
  const name = 'bullmq';
  const { Queue, Worker } = (await import(name)) as BullMq;
  const connection = { host: '127.0.0.1', port: Number(setting('REDIS_PORT')), maxRetriesPerRequest: null };
  const mongo = new MongoClient(setting('MONGODB_URI'), { appName: 'bench-peer' });
  const clients = mongo.db(setting('PEER_DATABASE')).collection('clients');
  const calls = createCalls(setting('SANDBOX_URL'), IN_FLIGHT);
  const queue = new Queue(QUEUE, { connection });
  const worker = new Worker(
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

  let left = 0;
  let resolve: () => void;
  let reject: (error: Error) => void;
  const release = (): void => {
    if (--left === 0) resolve();
  };
  // Not by the events of the queue: they cannot be asked for a job that is removed on completion.
  worker.on('completed', release);
  worker.on('failed', (_job, error) => reject(error));

  obey(async ({ files }) => {
    // Counts a file from the beginning, so that early jobs do not end the order while later files are read.
    left = files.length;
    const finished = new Promise<void>((...settle) => ([resolve, reject] = settle));
    for (const path of files) {
      const rows = readClients(path);
      const parts = [...pagesOf(rows, ROWS_A_JOB)];
      left += parts.length;
      await queue.addBulk(parts.map((data) => ({ name: 'rows', data: [...data], opts: { removeOnComplete: true } })));
      release();
    }
    await finished;
  });
}

void main();

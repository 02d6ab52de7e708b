import { MongoClient } from 'mongodb';
import type { ClientSession, Db } from 'mongodb';
import { migrate } from './migrations/migrate';

/** How long a call waits for an unavailable database, in milliseconds. */
const SERVER_SELECTION_MS = 3_000;
const SILENCE_MS = 8_000;

/** Further writes of a transaction. */
export type AlsoWrite = (session: ClientSession) => Promise<void>;

export interface Mongo {
  db: Db;
  /** Runs `work` in a transaction, again if it conflicts with another one. */
  transaction(work: (session: ClientSession) => Promise<void>): Promise<void>;
  /** Resolves if the database answers. */
  ping(): Promise<void>;
  /** Bytes that are free on the disk of the database; `undefined` where it does not tell, as shared clusters do not. */
  freeBytes(): Promise<number | undefined>;
  close(): Promise<void>;
}

/**
 * Connects on first use. Every write waits for the majority and its journal, since a lost claim would invite a person twice.
 */
export function openMongo(uri: string, database: string): Mongo {
  const client = new MongoClient(uri, {
    appName: 'client-import',
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    connectTimeoutMS: SERVER_SELECTION_MS,
    // A frozen server keeps its connections open and does not answer.
    socketTimeoutMS: SILENCE_MS,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    ignoreUndefined: true,
  });
  const db = client.db(database);
  return {
    db,
    transaction: (work) => client.withSession((session) => session.withTransaction(() => work(session))),
    ping: async () => void (await db.command({ ping: 1 })),
    async freeBytes() {
      const { fsTotalSize: total, fsUsedSize: used } = await db.command({ dbStats: 1 });
      return typeof total === 'number' && typeof used === 'number' && total > 0 ? total - used : undefined;
    },
    close: () => client.close(),
  };
}

/**
 * Opens the database and brings it to what this build needs. Safe in several processes at once. Throws a `ConfigError` if a newer build
 * has migrated it beyond that.
 */
export async function openStoreDatabase(uri: string, database: string): Promise<Mongo> {
  const mongo = openMongo(uri, database);
  try {
    // First and alone: with several commands at once, the driver hides why the database is unavailable.
    await mongo.ping();
    await migrate(mongo.db);
  } catch (error) {
    await mongo.close();
    throw error;
  }
  return mongo;
}

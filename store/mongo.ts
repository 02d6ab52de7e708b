import { MongoClient } from 'mongodb';
import type { ClientSession, Db } from 'mongodb';
import { ensureIndexes } from './indexes';

/** How long a call waits for a database that is away, in milliseconds. Callers answer or retry; nobody hangs. */
const SERVER_SELECTION_MS = 3_000;
const SILENCE_MS = 8_000;

export interface Mongo {
  db: Db;
  /** Runs writes that belong together; it may run them again where they meet another transaction. */
  transaction(work: (session: ClientSession) => Promise<void>): Promise<void>;
  /** Resolves if the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects on first use. Every write waits for the majority and its journal: a ledger that can forget an acknowledged
 * claim would invite somebody twice.
 */
export function openMongo(uri: string, database: string): Mongo {
  const client = new MongoClient(uri, {
    appName: 'client-import',
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    connectTimeoutMS: SERVER_SELECTION_MS,
    // A server that is frozen keeps its connections open and says nothing.
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
    close: () => client.close(),
  };
}

/** Opens the database and creates what indexes are missing; safe to call from several processes at once. */
export async function openStoreDatabase(uri: string, database: string): Promise<Mongo> {
  const mongo = openMongo(uri, database);
  try {
    // Asked first, alone: a database that is away fails this with its reason, and several commands at once with another.
    await mongo.ping();
    await ensureIndexes(mongo.db);
  } catch (error) {
    await mongo.close();
    throw error;
  }
  return mongo;
}

import type { Db } from 'mongodb';

const PROFILE_BYTES = 64 * 1024 * 1024;

export interface Examined {
  /** Documents that the database has looked at. */
  documents: number;
  commands: number;
  /** The most documents that one command has written. */
  mostWritten: number;
}

/** A command of the database as its profiler notes it. */
interface NotedCommand {
  ns: string;
  appName?: string;
  docsExamined?: number;
  ninserted?: number;
  nModified?: number;
  planSummary?: string;
}

/** The commands that the database carries out for `work`, by its own profiler. */
export async function commandsOf(db: Db, work: () => Promise<unknown>): Promise<NotedCommand[]> {
  await db.dropCollection('system.profile').catch(() => undefined);
  await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
  await db.command({ profile: 2 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  return db
    .collection<NotedCommand>('system.profile')
    .find({ ns: { $not: /system\.profile$/ } })
    .project<NotedCommand>({ ns: 1, appName: 1, docsExamined: 1, ninserted: 1, nModified: 1, planSummary: 1 })
    .toArray();
}

export const documentsOf = (noted: readonly NotedCommand[]): number =>
  noted.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0);

/** What the database does for `work`. */
export async function examined(db: Db, work: () => Promise<unknown>): Promise<Examined> {
  const noted = await commandsOf(db, work);
  return {
    documents: documentsOf(noted),
    commands: noted.length,
    mostWritten: Math.max(0, ...noted.map(({ ninserted = 0, nModified = 0 }) => Math.max(ninserted, nModified))),
  };
}

import type { Db } from 'mongodb';

const PROFILE_BYTES = 64 * 1024 * 1024;

export interface Examined {
  /** Documents that the database has looked at. */
  documents: number;
  commands: number;
  /** The most documents that one command has written. */
  mostWritten: number;
}

/** What the database does for `work`, by its own profiler. */
export async function examined(db: Db, work: () => Promise<unknown>): Promise<Examined> {
  await db.dropCollection('system.profile').catch(() => undefined);
  await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
  await db.command({ profile: 2 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const noted = await db
    .collection<{ ns: string }>('system.profile')
    .find({ ns: { $not: /system\.profile$/ } })
    .project<{ docsExamined?: number; ninserted?: number; nModified?: number }>({
      ...{ docsExamined: 1, ninserted: 1, nModified: 1 },
    })
    .toArray();
  return {
    documents: noted.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0),
    commands: noted.length,
    mostWritten: Math.max(0, ...noted.map(({ ninserted = 0, nModified = 0 }) => Math.max(ninserted, nModified))),
  };
}

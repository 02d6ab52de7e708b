import type { Stack } from '../stack/stack';

/** Of system.profile, which by default forgets all but its last megabyte. */
const PROFILE_BYTES = 64 * 1024 * 1024;

/** What the database did for one request. */
export interface MongodWork {
  /** Documents that it looked at. */
  documents: number;
  /** Names of collections that it has gone through without an index. */
  scanned: string[];
}

/** What the database does for `work`, by its own profiler. The bench's own commands are left out. */
export async function workOf({ db }: Pick<Stack, 'db'>, work: () => Promise<unknown>): Promise<MongodWork> {
  const profile = db.collection('system.profile');
  if (!(await db.listCollections({ name: 'system.profile' }).hasNext()))
    await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
  const from = new Date();
  await db.command({ profile: 2 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const noted = await profile
    .find({ ts: { $gte: from }, appName: { $ne: 'bench' }, ns: { $not: /system\.profile$/ } })
    .project<{ ns: string; docsExamined?: number; planSummary?: string }>({ ns: 1, docsExamined: 1, planSummary: 1 })
    .toArray();
  return {
    documents: noted.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0),
    scanned: [
      ...new Set(
        noted
          .filter(({ planSummary }) => planSummary?.includes('COLLSCAN'))
          .map(({ ns }) => ns.replace(/^[^.]+\./, '')),
      ),
    ],
  };
}

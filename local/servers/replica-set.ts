import { openMongo } from '../../store/mongo';
import type { Mongo } from '../../store/mongo';

export const REPLICA_SET = 'client-import';
const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;

interface ReplicaSetConfig {
  version: number;
  members: { host: string }[];
}

/** A connection to the mongod on this port alone, whatever its replica set says. */
export const openDirectly = (port: number): Mongo =>
  openMongo(`mongodb://127.0.0.1:${port}/?directConnection=true`, 'admin');

/**
 * Makes the mongod on this port the one member of its replica set, and tells whether it takes writes already.
 * Its data name the address it had: after a move to another port it would not find itself among the members and never
 * become primary, and drivers would be sent to the old address. So the address is mended.
 */
export async function ensureReplicaSet({ db }: Mongo, port: number): Promise<boolean> {
  const host = `127.0.0.1:${port}`;
  const config = await currentConfig(db);
  if (!config) {
    await db
      .command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } })
      .catch(ignore(ALREADY_INITIALIZED)); // It is still reading its own data.
  } else if (config.members[0]?.host !== host) {
    const members = config.members.map((member) => ({ ...member, host }));
    await db.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  }
  const { isWritablePrimary } = await db.command({ hello: 1 });
  return isWritablePrimary === true;
}

async function currentConfig(db: Mongo['db']): Promise<ReplicaSetConfig | undefined> {
  const answer = await db.command({ replSetGetConfig: 1 }).catch(ignore(NOT_YET_INITIALIZED));
  return answer?.['config'] as ReplicaSetConfig | undefined;
}

const ignore = (code: number) => (error: unknown) => {
  if ((error as { code?: unknown }).code !== code) throw error;
  return undefined;
};

import { createHash, randomBytes } from 'node:crypto';
import type { Collections } from '../documents';
import type { SessionDoc } from '../key-documents';

/** Without a request for so long a session ends: somebody may have left their desk. In milliseconds. */
export const IDLE_MS = 30 * 60_000;
/** After so long a session ends, whatever is done. In milliseconds. */
export const LONGEST_MS = 12 * 3_600_000;
/** A use is written at most so often. In milliseconds. */
const USE_EVERY_MS = 60_000;

const createSecret = (): string => randomBytes(24).toString('base64url');
/** Random and long, so one round of SHA-256 makes the stored form useless to a reader. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const endOf = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(createdAt.getTime() + LONGEST_MS, now.getTime() + IDLE_MS));

/** Those who have signed in to the page, by the cookie that their browser sends. */
export function createSessions({ sessions }: Pick<Collections, 'sessions'>) {
  return {
    async create(fields: Pick<SessionDoc, 'caller' | 'credential'>): Promise<{ secret: string; endsAt: Date }> {
      const secret = createSecret();
      const createdAt = new Date();
      const endsAt = endOf(createdAt, createdAt);
      await sessions.insertOne({ _id: hashOf(secret), ...fields, createdAt, endsAt });
      return { secret, endsAt };
    },

    /** The session with this cookie, if it has not ended. To look for it is a use, which puts its end off. */
    async find(secret: string, now = new Date()): Promise<SessionDoc | null> {
      const session = await sessions.findOne({ _id: hashOf(secret), endsAt: { $gt: now } });
      if (!session) return null;
      const endsAt = endOf(session.createdAt, now);
      if (endsAt.getTime() - session.endsAt.getTime() >= USE_EVERY_MS)
        await sessions.updateOne({ _id: session._id }, { $set: { endsAt } });
      return { ...session, endsAt };
    },

    /** Idempotent. */
    async remove(secret: string): Promise<void> {
      await sessions.deleteOne({ _id: hashOf(secret) });
    },
  };
}

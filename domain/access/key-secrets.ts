/** The times of a secret of a key. Two are valid at once while a rotation lets the earlier one work on. */
export interface SecretTimes {
  createdAt: Date;
  /** From then on it is refused; absent for as long as its key works. */
  expiresAt?: Date;
}

interface KeyTimes {
  expiresAt?: Date;
  revokedAt?: Date;
}

/** Valid secrets of one key. Each rotation adds one, so a loop that rotates comes to an end. */
export const MOST_SECRETS = 10;

/** Whether a secret opens the API at this time. At the very time of its expiry it does not. */
export const isUsable = (key: KeyTimes, secret: SecretTimes, now: Date): boolean =>
  key.revokedAt === undefined && !isPast(key.expiresAt, now) && !isPast(secret.expiresAt, now);

export const isPast = (time: Date | undefined, now: Date): boolean => time !== undefined && time <= now;

/**
 * The secrets of a key after its rotation: the new one last, and those that still work, each until the end of the overlap or its own
 * end if that is earlier. No rotation ends one sooner than its overlap, so who loses the answer can rotate again.
 */
export function rotateSecrets<T extends SecretTimes>(
  secrets: readonly T[],
  fresh: T,
  { overlapMs, keyExpiresAt }: { overlapMs: number; keyExpiresAt?: Date | undefined },
): T[] {
  const now = fresh.createdAt;
  const overlapEnd = new Date(now.getTime() + overlapMs);
  const earlier = secrets.map((secret) => ({
    ...secret,
    expiresAt: earliest(overlapEnd, secret.expiresAt, keyExpiresAt),
  }));
  return [...earlier.filter(({ expiresAt }) => !isPast(expiresAt, now)), fresh];
}

const earliest = (...times: (Date | undefined)[]): Date =>
  new Date(Math.min(...times.flatMap((time) => (time ? [time.getTime()] : []))));

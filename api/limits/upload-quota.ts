import type { Config } from '../../platform/config';
import type { RateLimits } from '../../store/rate-limits';
import { HttpProblem } from '../http/http-problem';
import { createCounter } from './counter';

const DAY_MS = 24 * 3_600_000;

/** What an organisation may upload within a day. All processes count together, and each upload is counted at once. */
export function createUploadQuota({ filesPerDay, bytesPerDay }: Config['limits'], rateLimits: RateLimits) {
  const open = (name: string, limit: number) => createCounter({ name, limit, windowMs: DAY_MS, block: 0 }, rateLimits);
  const files = open('upload-files', filesPerDay);
  const bytes = open('upload-bytes', bytesPerDay);

  return {
    /** Throws a 429 if nothing is left, before anything is received. */
    requireRest(organisationId: string): void {
      const used = files.usedUp(organisationId) ?? bytes.usedUp(organisationId);
      if (used) throw quotaUsedUp(used.resetAt);
    },
    /** Counts an upload that was received. Throws a 429 if it is more than what is left. */
    async spend(organisationId: string, sizes: readonly number[]): Promise<void> {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const counts = await Promise.all([files.hit(organisationId, sizes.length), bytes.hit(organisationId, total)]);
      const over = counts.find(({ isOver }) => isOver);
      if (over) throw quotaUsedUp(over.resetAt);
    },
  };
}

const quotaUsedUp = (resetAt: number): HttpProblem =>
  new HttpProblem(
    429,
    'upload-quota-used-up',
    `Your organisation has uploaded as much as it may in a day; nothing was imported. Upload again from ${new Date(resetAt).toISOString()} on, or ask the operator for more.`,
    { retryAfterSeconds: Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)) },
  );

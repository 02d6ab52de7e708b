import type { Request, RequestHandler } from 'express';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { createUploadQuota } from '../limits/upload-quota';
import { idempotencyKeyOf, keyId } from './idempotency';
import { createSpaceCheck } from './require-space';

/** Whether the organisation of a request may import anything now: for files and for people by hand alike. */
export interface UploadGate {
  /** Before anything is received. Throws a 429 if the quota of a day is used up, and a 507 if the database has no space. */
  require: (request: Request) => Promise<void>;
  /** Counts what was received, in bytes by file. Throws a 429 if it is more than what is left. */
  spend: (request: Request, sizes: readonly number[]) => Promise<void>;
}

export function createUploadGate({ store, config }: Pick<AppDeps, 'store' | 'config'>): UploadGate {
  const quota = createUploadQuota(config.limits, store.rateLimits);
  const requireSpace = createSpaceCheck(store, config.upload.reserveBytes);

  /** A request that has created its imports before gets its answer again, whatever it has used up. */
  async function unlessRepeated(request: Request, check: (organisationId: string) => Promise<void>): Promise<void> {
    const { organisationId } = callerOf(request);
    try {
      await check(organisationId);
    } catch (error) {
      const key = error instanceof HttpProblem ? idempotencyKeyOf(request) : undefined;
      if (key === undefined || !(await store.newImports.isKnown(keyId(organisationId, key)))) throw error;
    }
  }

  return {
    async require(request) {
      await unlessRepeated(request, async (organisationId) => quota.requireRest(organisationId));
      await requireSpace();
    },
    spend: (request, sizes) => unlessRepeated(request, (organisationId) => quota.spend(organisationId, sizes)),
  };
}

export const passGate =
  (gate: UploadGate): RequestHandler =>
  async (request, _response, next) => {
    await gate.require(request);
    next();
  };

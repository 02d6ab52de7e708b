import type { Request, RequestHandler } from 'express';
import type { OrganisationDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { createUploadQuota } from '../limits/upload-quota';
import { idempotencyKeyOf, keyId } from './idempotency';
import { createSpaceCheck } from './require-space';
import type { UploadedFile } from './upload-request';

/** Whether the organisation of a request may import anything now: for files and for people by hand alike. */
export interface UploadGate {
  /**
   * Before anything is received. Throws a 429 if the quota of a day is used up, and a 507 if the database has no space. Returns the
   * organisation, whose limits and defaults are those of the whole request.
   */
  require: (request: Request) => Promise<OrganisationDoc | null>;
  /** Counts the files that were received, and their bytes. Throws a 429 if it is more than what is left. */
  spend: (request: Request, files: readonly Pick<UploadedFile, 'stored'>[]) => Promise<void>;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** As it was before anything was received; see `passGate`. */
    organisation?: OrganisationDoc | null;
  }
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
      const { organisationId } = callerOf(request);
      const [organisation] = await Promise.all([store.organisations.find(organisationId), requireSpace()]);
      return organisation;
    },
    spend(request, files) {
      const sizes = files.map(({ stored }) => stored.bytes);
      return unlessRepeated(request, (organisationId) => quota.spend(organisationId, sizes));
    },
  };
}

/** Lets a request in, with its organisation. */
export const passGate =
  (gate: UploadGate): RequestHandler =>
  async (request, _response, next) => {
    request.organisation = await gate.require(request);
    next();
  };

import { Router } from 'express';
import type { Request } from 'express';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, callerOf } from '../http/authenticate';
import { parse } from '../http/parse';
import { createUploadQuota } from '../limits/upload-quota';
import { acceptUpload, answerAccepted } from './accept-upload';
import { idempotencyKeyOf, requireUsableKey } from './idempotency';
import { requireSpace } from './require-space';
import { FIELD, noFile, receiveFiles } from './receive-files';
import type { StoredFile } from './receive-files';
import { uploadSchema } from './upload-request';
import type { UploadRequest } from './upload-request';

export function createUploadsRouter(deps: AppDeps): Router {
  const { store, config, linkBase } = deps;
  const router = Router();
  const quota = createUploadQuota(config.limits, store.rateLimits);

  /** An invalid form, or one that is more than the organisation may upload, discards its files. */
  const readForm = async (request: Request, files: StoredFile[]): Promise<UploadRequest> => {
    try {
      await quota.spend(
        callerOf(request).organisationId,
        files.map(({ stored }) => stored.bytes),
      );
      const fields = { ...(request.body as object | undefined) };
      if (FIELD in fields) throw noFile();
      return { source: 'file', ...parse(uploadSchema, fields, 'form') };
    } catch (error) {
      await Promise.all(files.map(({ importId }) => store.uploads.remove(importId)));
      throw error;
    }
  };

  router.post(
    '/',
    allowAdministrators,
    requireUsableKey,
    quota.requireRest,
    requireSpace(store, config.upload.reserveBytes),
    receiveFiles(store.uploads, config.upload),
    async (request, response) => {
      const files = (request.files ?? []) as StoredFile[];
      const form = await readForm(request, files);
      const accepted = await acceptUpload(deps, callerOf(request), files, form, idempotencyKeyOf(request));
      answerAccepted(response, accepted, linkBase);
    },
  );

  return router;
}

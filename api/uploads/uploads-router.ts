import { Router } from 'express';
import type { Request } from 'express';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, callerOf } from '../http/authenticate';
import { parse } from '../http/parse';
import { acceptUpload, answerAccepted } from './accept-upload';
import { idempotencyKeyOf, requireUsableKey } from './idempotency';
import { FIELD, noFile, receiveFiles } from './receive-files';
import type { StoredFile } from './receive-files';
import { requireColumnsOf, uploadSchema } from './upload-request';
import type { UploadRequest } from './upload-request';

export function createUploadsRouter(deps: AppDeps): Router {
  const { store, config, linkBase } = deps;
  const router = Router();

  /** An invalid form discards its files. */
  const readForm = async (request: Request, files: StoredFile[]): Promise<UploadRequest> => {
    try {
      const fields = { ...(request.body as object | undefined) };
      if (FIELD in fields) throw noFile();
      const form = parse(uploadSchema, fields, 'form');
      requireColumnsOf(form.kind, form.mapping);
      return { source: 'file', ...form };
    } catch (error) {
      await Promise.all(files.map(({ importId }) => store.uploads.remove(importId)));
      throw error;
    }
  };

  router.post(
    '/',
    allowAdministrators,
    requireUsableKey,
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

import type { Request } from 'express';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { parse } from '../http/parse';
import { route } from '../routing/route';
import type { Route } from '../routing/route';
import { acceptedReply, acceptUpload } from './accept-upload';
import { idempotencyKeyOf, requireUsableKey } from './idempotency';
import { FIELD, noFile, receiveFiles } from './receive-files';
import type { StoredFile } from './receive-files';
import { uploadFiles } from './upload-routes';
import { uploadSchema } from './upload-request';
import type { UploadRequest } from './upload-request';

export function createUploadsRoutes(deps: AppDeps): Route[] {
  const { store, config, linkBase } = deps;

  /** An invalid form discards its files. */
  const readForm = async (request: Request, files: StoredFile[]): Promise<UploadRequest> => {
    try {
      const fields = { ...(request.body as object | undefined) };
      if (FIELD in fields) throw noFile();
      return { source: 'file', ...parse(uploadSchema, fields, 'form') };
    } catch (error) {
      await Promise.all(files.map(({ importId }) => store.uploads.remove(importId)));
      throw error;
    }
  };

  return [
    route(
      uploadFiles,
      async (_input, request) => {
        const files = (request.files ?? []) as StoredFile[];
        const form = await readForm(request, files);
        return acceptedReply(
          await acceptUpload(deps, callerOf(request), files, form, idempotencyKeyOf(request)),
          linkBase,
        );
      },
      [requireUsableKey, receiveFiles(store.uploads, config.upload)],
    ),
  ];
}

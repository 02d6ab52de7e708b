import type { Request } from 'express';
import type { AppDeps } from '../app-deps';
import { factsOfChoices } from '../audit-log/facts';
import { parse } from '../http/parse';
import { route } from '../routing/route';
import type { Route } from '../routing/route';
import { acceptFrom } from './accept-upload';
import { fileLimitsOf } from '../limits/file-limits';
import { requireUsableKey } from './idempotency';
import type { InviteByHandDeps } from './invite-by-hand';
import { FIELD, noFile, receiveFiles } from './receive-files';
import type { StoredFile } from './receive-files';
import { uploadFiles } from './upload-routes';
import { passGate } from './upload-gate';
import { columnOfForm, requireColumnsOf, uploadSchema } from './upload-request';
import type { UploadRequest } from './upload-request';

export function createUploadsRoutes(deps: AppDeps & InviteByHandDeps): Route[] {
  const { store, config, gate } = deps;

  /** An invalid form discards its files, which count as received all the same. */
  const readForm = async (request: Request, files: StoredFile[]): Promise<UploadRequest> => {
    try {
      const fields = { ...(request.body as object | undefined) };
      if (FIELD in fields) throw noFile();
      const form = parse(uploadSchema, fields, 'form');
      requireColumnsOf(form.kind, form.mapping, columnOfForm);
      return { source: 'file', ...form };
    } catch (error) {
      const discard = () => Promise.all(files.map(({ importId }) => store.uploads.remove(importId)));
      await gate.spend(request, files).finally(discard);
      throw error;
    }
  };

  const maxBytesOf = ({ organisation = null }: Request): number => fileLimitsOf(organisation, config).bytes;

  return [
    route(
      uploadFiles,
      async (_input, request) => {
        const files = (request.files ?? []) as StoredFile[];
        const form = await readForm(request, files);
        request.audit?.note(factsOfChoices(form));
        return acceptFrom(deps, request, files, form, { organisation: request.organisation ?? null });
      },
      [requireUsableKey, passGate(gate), receiveFiles(store.uploads, config.upload, maxBytesOf)],
    ),
  ];
}

import type { Response } from 'express';
import type { AcceptedUpload } from './accept-upload';
import { linksOf } from '../http/links';
import type { LinkBase } from '../http/links';

/** 202 with the imports that a request made, the same whenever it is repeated. */
export function answerAccepted(
  response: Response,
  { batchId, imports, replayed }: AcceptedUpload,
  places: LinkBase,
): void {
  const location = imports.length === 1 ? `/v1/imports/${imports[0]!.id}` : `/v1/imports?batch=${batchId}&limit=500`;
  if (replayed) response.set('Idempotency-Replayed', 'true');
  response
    .status(202)
    .location(location)
    .set('Retry-After', '1')
    .json({
      batch: batchId,
      imports: imports.map(({ id, fileName }) => ({ id, fileName, status: 'queued', links: linksOf(id, places) })),
    });
}

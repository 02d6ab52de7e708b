import type { Request } from 'express';
import { z } from 'zod';
import type { Batch } from '../../store/imports/batches';
import type { Store } from '../../store/index';
import { callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';

const batchIdSchema = z.uuid();

/** Finds the upload that the path names. Throws a 404, also for an upload of another organisation. */
export async function findBatch({ batches }: Pick<Store, 'batches'>, request: Request): Promise<Batch> {
  const id = String(request.params.id);
  const isId = batchIdSchema.safeParse(id).success;
  const batch = isId && (await batches.find(callerOf(request).organisationId, id));
  if (!batch) throw notFound('batch', id);
  return batch;
}

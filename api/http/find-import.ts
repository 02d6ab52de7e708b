import type { Request } from 'express';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { callerOf } from './authenticate';
import { notFound } from './http-problem';
import { importIdSchema } from '../schemas';

/** The import that the path names. One of another organisation does not exist. */
export async function findImport({ imports }: Pick<Store, 'imports'>, request: Request): Promise<ImportDoc> {
  const id = String(request.params.id);
  const found = importIdSchema.safeParse(id).success && (await imports.findIn(callerOf(request).organisationId, id));
  if (!found) throw notFound('import', id);
  return found;
}

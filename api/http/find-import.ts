import type { Request } from 'express';
import { z } from 'zod';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { callerOf } from './authenticate';
import { notFound } from './http-problem';

const importIdSchema = z.uuid();

/** Finds the import that the path names. Throws a 404, also for an import of another organisation. */
export async function findImport({ imports }: Pick<Store, 'imports'>, request: Request): Promise<ImportDoc> {
  const id = String(request.params.id);
  const isId = importIdSchema.safeParse(id).success;
  const importDoc = isId && (await imports.findIn(callerOf(request).organisationId, id));
  if (!importDoc) throw notFound('import', id);
  return importDoc;
}

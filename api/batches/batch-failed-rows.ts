import { Zip, ZipDeflate } from 'fflate';
import type { Batch } from '../../store/imports/batches';
import type { Store } from '../../store/index';
import { failedRowsOf } from '../downloads/failed-rows';
import { stemOf } from '../downloads/file-names';
import { HttpProblem } from '../http/http-problem';

/**
 * Yields an archive of the failed rows of a batch, one file for each file with such rows: each is in the columns, the encoding and the
 * size of its own file, and corrects its own import. Throws a 404 if no file has any.
 */
export async function* zipFailedRows(
  store: Pick<Store, 'imports' | 'rows' | 'uploads' | 'lineage' | 'organisations'>,
  { imports }: Batch,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  let isEmpty = true;
  for (const [i, { _id, fileName }] of imports.entries()) {
    const importDoc = await store.imports.find(_id);
    const failed = importDoc && (await failedRowsOf(store, importDoc).catch(withoutRows));
    if (!failed) continue;
    isEmpty = false;
    // Files of an upload may have the same name.
    const file = new ZipDeflate(`${String(i + 1).padStart(2, '0')} ${stemOf(fileName)} - failed rows.csv`);
    zip.add(file);
    for (const part of failed.parts) {
      file.push(part);
      yield* parts;
      parts = [];
    }
    file.push(new Uint8Array(), true);
    yield* parts;
    parts = [];
  }
  if (isEmpty) {
    throw new HttpProblem(
      404,
      'no-failed-rows',
      'No row of this upload needs correction: none was rejected or cancelled, or other files have corrected them.',
    );
  }
  zip.end();
  yield* parts;
}

/** A file that was rejected as a whole, or that is not read yet, has no rows to correct. */
function withoutRows(error: unknown): null {
  if (error instanceof HttpProblem) return null;
  throw error;
}

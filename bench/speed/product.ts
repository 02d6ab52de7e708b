import { setTimeout as pause } from 'node:timers/promises';
import { IMPORT_STATUSES, isResting } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { ClientFile } from './client-files';
import type { Stack } from './stack/stack';

const POLL_MS = 20;
/** Of one upload; the default of the product. */
const FILES_AN_UPLOAD = 50;
const LIMIT_MS = 600_000;
const UNDER_WAY = IMPORT_STATUSES.filter((status) => !isResting(status));

export interface Imported {
  ids: string[];
  /** From the begin of the upload until all of them rest. */
  ms: number;
  /** Until the answer to the upload. */
  uploadMs: number;
}

/** Uploads the files over HTTP, and waits until every import rests. */
export async function importByProduct(
  stack: Stack,
  files: readonly ClientFile[],
  headers = stack.headers,
  limitMs = LIMIT_MS,
): Promise<Imported> {
  const startedAt = performance.now();
  const ids = await uploadFiles(stack, files, headers);
  const uploadMs = performance.now() - startedAt;
  await untilResting(stack, ids, limitMs);
  return { ids, ms: performance.now() - startedAt, uploadMs };
}

/** Uploads the files without waiting for their imports. */
export async function uploadFiles(
  stack: Stack,
  files: readonly ClientFile[],
  headers = stack.headers,
): Promise<string[]> {
  const uploads: FormData[] = [];
  for (let i = 0; i < files.length; i += FILES_AN_UPLOAD) uploads.push(formOf(files.slice(i, i + FILES_AN_UPLOAD)));
  return (await Promise.all(uploads.map((form) => upload(stack, form, headers)))).flat();
}

function formOf(files: readonly ClientFile[]): FormData {
  const form = new FormData();
  files.forEach(({ content }, i) => form.append('files', new Blob([content]), `${i}.csv`));
  return form;
}

export async function upload({ apiUrl }: Stack, form: FormData, headers: Record<string, string>): Promise<string[]> {
  const response = await fetch(`${apiUrl}/v1/imports`, { method: 'POST', headers, body: form });
  const answer = (await response.json()) as { imports?: { id: string }[] };
  if (!answer.imports) throw new Error(`The upload was answered by ${response.status}: ${JSON.stringify(answer)}`);
  return answer.imports.map(({ id }) => id);
}

/**
 * Asks MongoDB for one import that is still under way, of those of this upload by their ids, so that
 * neither the API nor its counts take part. By 20 ms it is exact enough for imports of half a second.
 */
export async function untilResting({ db }: Stack, ids: readonly string[], limitMs = LIMIT_MS): Promise<void> {
  const imports = db.collection<Pick<ImportDoc, '_id' | 'status'>>('imports');
  const deadline = performance.now() + limitMs;
  const underWay = { _id: { $in: [...ids] }, status: { $in: UNDER_WAY } };
  for (;;) {
    const open = await imports.findOne(underWay, { projection: { _id: 1 } });
    if (!open) return;
    if (performance.now() > deadline) throw new Error(`${open._id} does not rest.`);
    await pause(POLL_MS);
  }
}

/** From the answer to an upload until its first rows can be read by the API, in milliseconds. */
export async function firstRowsMs(stack: Stack, files: readonly ClientFile[]): Promise<number> {
  const [id] = await upload(stack, formOf(files), stack.headers);
  const startedAt = performance.now();
  for (;;) {
    const response = await fetch(`${stack.apiUrl}/v1/imports/${id}/rows?limit=1`, { headers: stack.headers });
    const ms = performance.now() - startedAt;
    const { data = [] } = (await response.json()) as { data?: unknown[] };
    if (data.length > 0) {
      await untilResting(stack, [id!]);
      return ms;
    }
    if (ms > LIMIT_MS) throw new Error(`${id} shows no rows.`);
    await pause(5);
  }
}

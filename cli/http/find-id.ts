import { CliError } from './cli-error';
import type { ApiClient } from './api-client';
import { dayOf } from '../moments/moments';

const WHOLE = 36;
/** Enough to tell the imports of an organisation apart, and short enough to be typed. */
const SHORT = 8;
const SHORTEST = 4;
/** Candidates that an error lists. */
const MOST_CANDIDATES = 5;

/** The beginning of an id, for people: every command takes it. */
export const shortId = (id: string): string => id.slice(0, SHORT);

/**
 * The id of the import that begins as typed. A whole id is taken as it is, without a look-up. Throws a `CliError` that lists the
 * candidates where several begin so, and one where none does.
 */
export async function findImportId(api: ApiClient, typed: string): Promise<string> {
  const beginning = beginningOf(typed);
  if (beginning === undefined) return typed;
  const found = await collect(api.listImports({ id: beginning }), MOST_CANDIDATES + 1);
  if (found.length === 0)
    await suggestOther(`client-import batch ${typed}`, 'an upload', api.listImports({ batch: beginning }));
  return onlyOne(
    'import',
    typed,
    found.map(({ id, fileName, createdAt }) => ({ id, what: `${fileName}, ${dayOf(createdAt)}` })),
  );
}

/** The same for the id of a person whom an import has made: that of the import, and the line. */
export async function findPersonId(api: ApiClient, typed: string): Promise<string> {
  const [, importId, line] = /^([0-9a-f-]+):(\d+)$/i.exec(typed) ?? [];
  return importId === undefined ? typed : `${await findImportId(api, importId)}:${line}`;
}

/** The same for the id of an upload. */
export async function findBatchId(api: ApiClient, typed: string): Promise<string> {
  const beginning = beginningOf(typed);
  if (beginning === undefined) return typed;
  const batches = new Map<string, string>();
  for await (const { batch, createdAt } of api.listImports({ batch: beginning })) {
    batches.set(batch, `of ${dayOf(createdAt)}`);
    if (batches.size > MOST_CANDIDATES) break;
  }
  if (batches.size === 0)
    await suggestOther(`client-import status ${typed}`, 'an import', api.listImports({ id: beginning }));
  return onlyOne(
    'upload',
    typed,
    [...batches].map(([id, what]) => ({ id, what })),
  );
}

/** Uploads and imports have ids of one form, and both are printed. */
async function suggestOther(command: string, what: string, found: AsyncIterable<unknown>): Promise<void> {
  if ((await collect(found, 1)).length > 0) throw new CliError(`This is the id of ${what}: ${command}`);
}

/** `undefined` for a whole id, and for what can be no id, which the API refuses with its own words. */
function beginningOf(typed: string): string | undefined {
  const text = typed.toLowerCase();
  if (text.length >= WHOLE || !/^[0-9a-f][0-9a-f-]*$/.test(text)) return undefined;
  if (text.length >= SHORTEST) return text;
  throw new CliError(`"${typed}" is too short for the beginning of an id. Give at least ${SHORTEST} characters of it.`);
}

function onlyOne(noun: string, typed: string, found: { id: string; what: string }[]): string {
  if (found.length === 1) return found[0]!.id;
  if (found.length === 0)
    throw new CliError(`There is no ${noun} whose id begins with "${typed}" in your organisation.`);
  const candidates = found.slice(0, MOST_CANDIDATES).map(({ id, what }) => `  ${id}  ${what}`);
  const more = found.length > MOST_CANDIDATES ? ['  …'] : [];
  throw new CliError([`Several ids begin with "${typed}". Give more of it:`, ...candidates, ...more].join('\n'));
}

async function collect<T>(items: AsyncIterable<T>, most: number): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
    if (all.length >= most) break;
  }
  return all;
}

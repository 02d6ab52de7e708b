import type { Session } from '../commands/session';
import { shortId } from '../http/find-id';
import { dayOf } from '../moments/moments';
import { printable } from '../output/text';
import type { CompletedIds } from './commands-of';

/** Of what was not typed yet, so many are offered, the newest first. */
const MOST = 20;
/** Fewer characters are no beginning that the API takes. */
const SHORTEST = 4;
/** Nobody waits longer for a Tab. */
const DEADLINE_MS = 2_000;

/**
 * Writes the ids that a shell offers behind a command, a line each: as much of the id as commands take, a tab, and what it is. Writes
 * nothing where the API does not answer in time, or not at all: a message would stand in the middle of the line that is typed.
 * Resolves to whether it did.
 */
export async function listIds({ api, out }: Session, of: CompletedIds, beginning: string): Promise<boolean> {
  const text = beginning.toLowerCase();
  const id = text.length < SHORTEST ? {} : of === 'imports' ? { id: text } : { batch: text };
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    deadline = setTimeout(() => resolve(undefined), DEADLINE_MS);
  });
  const lines = await Promise.race([collect().catch(() => undefined), late]);
  clearTimeout(deadline);
  if (lines) out.write([...lines].map(([begin, what]) => `${begin}\t${what}\n`).join(''));
  return lines !== undefined;

  async function collect(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for await (const { id: importId, batch, createdAt, fileName, status } of api.listImports(id)) {
      const key = of === 'imports' ? importId : batch;
      // What is typed already stays, however long.
      const begin = key.slice(0, Math.max(shortId(key).length, text.length));
      const what = of === 'imports' ? `${printable(fileName)}, ${status}` : `of ${dayOf(createdAt)}`;
      if (!found.has(begin)) found.set(begin, what);
      if (found.size === MOST) break;
    }
    return found;
  }
}

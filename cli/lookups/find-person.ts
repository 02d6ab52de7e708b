import type { Session } from '../commands/session';
import { toJson } from '../data/formats';
import { formatPerson, formatUnmadeRows } from '../output/found-people';
import { terminalWidth } from '../output/table';

export const FORMS = ['text', 'json'] as const;

export interface LookupOptions {
  output: (typeof FORMS)[number];
}

/** Shows who matches what was typed, and what has become of them. Resolves to 2 where nobody and no row was found. */
export async function findPerson(session: Session, query: string, { output }: LookupOptions): Promise<0 | 2> {
  const { api, commandLine, err, out } = session;
  const found = await api.findPeople(query);
  const { data, next, rows } = found;
  const isFound = data.length + rows.length > 0;
  if (output === 'json') {
    out.write(toJson(found));
    return isFound ? 0 : 2;
  }
  const width = terminalWidth(out);
  const parts = data.map((person) => formatPerson(person, width));
  if (rows.length > 0) parts.push(formatUnmadeRows(rows, width));
  if (isFound) out.write(`\n${parts.join('\n\n')}\n`);
  else err.write('Nobody is found: neither a person, nor a row that was rejected or waits.\n');
  if (next !== null) err.write('More people match. Type more of the name, or the whole address.\n');
  if (isFound) err.write(`\nAll that has happened to a row: ${commandLine('row ID LINE')}\n`);
  return isFound ? 0 : 2;
}

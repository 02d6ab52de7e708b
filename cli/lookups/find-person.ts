import type { Session } from '../commands/session';
import { toJson, writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import type { FoundPeopleView } from '../http/views';
import { formatPerson, formatUnmadeRows } from '../output/found-people';
import { nameOf } from '../output/listed-problems';
import { sentenceWidth, terminalWidth } from '../output/table';

export interface LookupOptions {
  output: Output;
}

/** A message of a person, or a row that has created nobody. */
interface Line {
  id: string;
  kind: string;
  name: string;
  email: string;
  mobile: string;
  active: boolean | null;
  import: string;
  file: string;
  line: number | null;
  row: string;
  channel: string;
  state: string;
  since: string;
  problem: string;
}

const COLUMNS: readonly Column<Line>[] = [
  ...(['id', 'kind', 'name'] as const).map((key) => ({ heading: key, of: (line: Line) => line[key] })),
  { heading: 'e-mail', of: ({ email }) => email },
  ...(['mobile', 'active', 'import', 'file', 'line', 'row', 'channel', 'state', 'since', 'problem'] as const).map(
    (key) => ({ heading: key, of: (line: Line) => line[key] }),
  ),
];

/** A line each for every message, for every row without one, and for a person without either. */
function linesOf({ data, rows }: FoundPeopleView): Line[] {
  const ofPeople = data.flatMap(({ id, kind, email, mobile, active, rows: theirs, ...person }): Line[] => {
    const who = { id, kind, name: nameOf(person), email, mobile, active };
    const nothing = { channel: '', state: '', since: '', problem: '' };
    if (theirs.length === 0) return [{ ...who, import: '', file: '', line: null, row: '', ...nothing }];
    return theirs.flatMap(({ import: { id: importId, fileName }, line, status, messages }) => {
      const at = { ...who, import: importId, file: fileName, line, row: status ?? '' };
      if (messages.length === 0) return [{ ...at, ...nothing }];
      return messages.map(({ channel, state, changedAt, problem }) => ({
        ...at,
        ...{ channel, state, since: changedAt, problem: problem?.code ?? '' },
      }));
    });
  });
  const unmade = rows.map(({ import: { id, fileName }, line, status, problems, email, ...who }): Line => ({
    ...{ id: '', kind: '', name: nameOf(who), email, mobile: '', active: null, import: id, file: fileName, line },
    ...{ row: status, channel: '', state: '', since: '', problem: problems.map(({ code }) => code).join(' ') },
  }));
  return [...ofPeople, ...unmade];
}

/** Shows who matches what was typed, and what has become of them. Resolves to 2 where nobody and no row was found. */
export async function findPerson(session: Session, query: string, { output }: LookupOptions): Promise<0 | 2> {
  const { api, commandLine, err, out } = session;
  const found = await api.findPeople(query);
  const { data, next, rows } = found;
  const isFound = data.length + rows.length > 0;
  if (output !== 'table') {
    if (output === 'json') out.write(toJson(found));
    else writeList(out, linesOf(found), COLUMNS, output);
    return isFound ? 0 : 2;
  }
  const width = terminalWidth(out);
  const parts = data.map((person) => formatPerson(person, width, sentenceWidth(out)));
  if (rows.length > 0) parts.push(formatUnmadeRows(rows, width));
  if (isFound) out.write(`\n${parts.join('\n\n')}\n`);
  else err.write('Nobody is found: neither a person, nor a row that was rejected or waits.\n');
  if (next !== null) err.write('More people match. Type more of the name, or the whole address.\n');
  if (isFound) err.write(`\nAll that has happened to a row: ${commandLine('row ID LINE')}\n`);
  return isFound ? 0 : 2;
}

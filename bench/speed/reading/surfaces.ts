import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Stack } from '../stack/stack';

/** One import of the measure. Its lines begin at 2. */
export interface Subject {
  importId: string;
  rows: number;
}

/** Something that a person or a program reads of an import. */
export interface Surface {
  name: string;
  /** Default: `GET`. */
  method?: 'GET' | 'POST';
  /** Below the address of the import, unless it begins with `/v1`. */
  path: (subject: Subject) => string;
  /** All of it is read, row by row: its cost is looked at by the row. */
  isByRow?: true;
  /** So few rows are read that it does not depend on the file. */
  isConstant?: true;
  /** How often, if not as often as usual. */
  times?: number;
  before?: (stack: Stack, subject: Subject) => Promise<unknown>;
}

/** Has the counts, which are kept while nothing changes them, counted anew. */
const forgetCounts = ({ db }: Stack, { importId }: Subject): Promise<unknown> =>
  db
    .collection<{ _id: string; countsRevision: number }>('imports')
    .updateOne({ _id: importId }, { $inc: { countsRevision: 1 } });

const PAGE = 100;
const middle = ({ rows }: Subject): number => Math.floor(rows / 2);

export const SURFACES: readonly Surface[] = [
  { name: 'status, counts kept', path: () => '', isConstant: true },
  { name: 'status, counted anew', path: () => '', before: forgetCounts },
  { name: 'list of imports', path: () => '/v1/imports?limit=20', isConstant: true },
  { name: 'first rows', path: () => `/rows?limit=${PAGE}`, isConstant: true },
  { name: 'rows from the middle', path: (one) => `/rows?after=${middle(one)}&limit=${PAGE}`, isConstant: true },
  { name: 'last rows', path: ({ rows }) => `/rows?after=${rows - PAGE}&limit=${PAGE}`, isConstant: true },
  { name: 'rejected rows', path: () => `/rows?status=rejected&limit=${PAGE}` },
  { name: 'rows with a message sent', path: () => `/rows?status=sent&limit=${PAGE}` },
  { name: 'rows with a message that failed: none', path: () => `/rows?status=failed&limit=${PAGE}` },
  { name: 'rows with a code', path: () => `/rows?code=email.invalid&limit=${PAGE}` },
  { name: 'rows with a text', path: () => `/rows?q=nobody&limit=${PAGE}` },
  { name: 'one row', path: (one) => `/rows/${middle(one)}`, isConstant: true },
  { name: 'people by address', path: (one) => `/v1/people?q=person.${middle(one)}@file-`, isConstant: true },
  { name: 'first event', path: () => '/events', isConstant: true },
  { name: 'report', path: () => '/report.csv', isByRow: true, times: 3 },
  { name: 'failed rows', path: () => '/failed-rows.csv', isByRow: true, times: 3 },
  { name: 'audit of the import', path: () => '/audit', isByRow: true, times: 1 },
  { name: 'dry run of an undo', method: 'POST', path: () => '/undo', isByRow: true, times: 3 },
  { name: 'undo as a table', path: () => '/undo.csv', isByRow: true, times: 3 },
];

const agent = new Agent({ keepAlive: true });

/** The answer to one request: its time in milliseconds, and its first byte's. Throws at any status but 2xx. */
export async function ask(
  { apiUrl, headers }: Stack,
  { method = 'GET', path }: Surface,
  subject: Subject,
): Promise<{ ms: number; firstByteMs: number; bytes: number }> {
  const place = path(subject);
  const url = place.startsWith('/v1') ? `${apiUrl}${place}` : `${apiUrl}/v1/imports/${subject.importId}${place}`;
  const startedAt = performance.now();
  const body = method === 'POST' ? '{}' : undefined;
  const asked = request(url, {
    ...{ agent, method },
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
  }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let bytes = 0;
  let firstByteMs: number | undefined;
  for await (const chunk of response) {
    firstByteMs ??= performance.now() - startedAt;
    bytes += (chunk as Buffer).length;
  }
  const ms = performance.now() - startedAt;
  if (response.statusCode! >= 300) throw new Error(`${method} ${url} answered ${response.statusCode}.`);
  return { ms, firstByteMs: firstByteMs ?? ms, bytes };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Product } from './product';

const PEOPLE = [
  'First Name,Last Name,Email,Mobile,Role,Company,Group Identifier',
  'Ann,Lee,ann.fuzz@example.com,+447911123456,Client,Example Ltd,Mayfair',
  'Bob,Ray,bob.fuzz@example.com,+447911123457,Client,,Mayfair',
  'Cid,,cid.fuzz@example.com,+447911123458,Client,,Mayfair',
  'Total,,,,,,',
].join('\r\n');
const LINES = [2, 3, 4, 5];

/** What is there before anything is asked for. */
export type Stock = readonly Stocked[];

interface Stocked {
  /** A pattern of the paths of OpenAPI. */
  paths: string;
  /** As Schemathesis names it: `path.id`. */
  parameter: string;
  values: readonly (string | number)[];
}

/** Without it nearly every command would end at an unknown id. */
export async function stockUp({ url, sandboxUrl, key }: Omit<Product, 'stop'>): Promise<Stock> {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { Authorization: `Bearer ${key}` };
    const sent = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, headers, ...sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  const upload = (mode: string) => {
    const form = new FormData();
    form.append('mode', mode);
    form.append('files', new Blob([PEOPLE]), `${mode}.csv`);
    return ask<{ batch: string; imports: [{ id: string }] }>('POST', '/v1/imports', form);
  };
  const idsOf = async (path: string): Promise<string[]> =>
    (await ask<{ data: { id: string }[] }>('GET', path)).data.map(({ id }) => id);

  const uploads = [await upload('apply'), await upload('preview')];
  while ((await idsOf('/v1/clients')).length === 0 || (await tokensIn(sandboxUrl)).length === 0) await pause(500);
  // Not the key that asks: one that is revoked would end the run.
  const other = await ask<{ id: string }>('POST', '/v1/keys', { name: 'For the run', role: 'support' });
  const endpoint = await ask<{ id: string }>('POST', '/v1/webhook-endpoints', { url: 'https://example.com/webhooks' });
  const ids: Readonly<Record<string, string[]>> = {
    '/v1/imports': uploads.map(({ imports: [{ id }] }) => id),
    '/v1/keys': [other.id],
    '/v1/webhook-endpoints': [endpoint.id],
    '/v1/client-teams': await idsOf('/v1/client-teams'),
    '/v1/staff': await idsOf('/v1/staff'),
    '/v1/clients': await idsOf('/v1/clients'),
  };
  return [
    ...Object.entries(ids).flatMap(([path, values]) => [
      { paths: `^${path}/`, parameter: 'path.id', values },
      // A page begins after something that is in the list.
      { paths: `^${path}$`, parameter: 'query.after', values },
    ]),
    { paths: '^/v1/batches/', parameter: 'path.id', values: uploads.map(({ batch }) => batch) },
    { paths: '^/join/', parameter: 'path.token', values: await tokensIn(sandboxUrl) },
    { paths: '/rows/', parameter: 'path.line', values: LINES },
    { paths: '/rows$', parameter: 'query.after', values: LINES },
    { paths: '^/v1/events$', parameter: 'query.after', values: [1, 2] },
  ];
}

/** Of the links in the messages that were sent. */
async function tokensIn(sandboxUrl: string): Promise<string[]> {
  const { messages } = (await (await fetch(`${sandboxUrl}/__ledger`)).json()) as { messages: { body: string }[] };
  return [...new Set(messages.flatMap(({ body }) => /\/join\/([\w-]+)/.exec(body)?.[1] ?? []))];
}

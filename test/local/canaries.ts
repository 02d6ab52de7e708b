import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MongoClient } from 'mongodb';
import { createScan } from '../support/scan';
import { until } from '../support/until';
import { people, toCsv } from '../support/people';

/** People whose names, addresses and numbers occur nowhere else. */
const BIRDS = people(
  9,
  'canary',
  (_person, i) => ({
    firstName: `Canary${i}`,
    lastName: `Serinus${i}`,
    company: 'Aviary',
    email: `canary${i}@birds.example`,
  }),
  1900,
);
const NUMBERS = BIRDS.map(({ mobile }) => mobile.slice(2));
const WORDS = ['canary', 'serinus', 'aviary', 'birds.example', ...NUMBERS];

interface Message {
  to: string;
  body: string;
}

/**
 * Imports people and does with them what brings a value near a log: addresses that are taken, in one file and in two at a time,
 * rows that are refused, links that are followed, addresses and links in paths, queries and bodies. Returns the secrets of the links.
 */
export async function importCanaries(api: string, sandbox: string, key: string): Promise<string[]> {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(api + path, { ...init, headers: { Authorization: `Bearer ${key}`, ...init.headers } });
  const json = (path: string, body: unknown, method = 'POST') =>
    call(path, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const upload = async (rows: typeof BIRDS, fields: Record<string, string> = {}): Promise<string> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('files', new Blob([toCsv(rows)]), 'canary birds.csv');
    const answer = (await (await call('/v1/imports', { method: 'POST', body: form })).json()) as {
      imports: { id: string }[];
    };
    return answer.imports[0]!.id;
  };
  const rested = (id: string) =>
    until(
      'the import to rest',
      async () => (await (await call(`/v1/imports/${id}`)).json()) as { status: string },
      ({ status }) => ['completed', 'completed-with-problems', 'needs-attention'].includes(status),
      30_000,
    );

  // Each of them is refused in its own way, with the person in the words of the refusal.
  const refused = BIRDS.slice(6);
  const [badRequest, optedOut, busy] = refused as [(typeof BIRDS)[0], (typeof BIRDS)[0], (typeof BIRDS)[0]];
  await fetch(`${sandbox}/__faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(
      (
        [
          [badRequest, { kind: 'error', status: 400 }],
          [optedOut, { kind: 'error', status: 400, code: 21610 }],
          [busy, { kind: 'rate-limit', retryAfterSeconds: 1, times: 1 }],
        ] as const
      ).flatMap(([{ email, mobile, firstName }, fault]) =>
        [email, mobile].map((to) => ({
          provider: 'both',
          match: { to },
          message: `The address ${to} of ${firstName} is not known`,
          ...fault,
        })),
      ),
    ),
  });
  const [first, second, third] = BIRDS as [(typeof BIRDS)[0], (typeof BIRDS)[0], (typeof BIRDS)[0]];
  const wrong = [
    { ...second, email: 'canary at birds.example' },
    { ...third, email: first.email, mobile: NUMBERS[3]! },
  ];
  const known = BIRDS.slice(0, 6);
  const ids = await Promise.all([upload(known), upload(known), upload(refused), upload([first, ...wrong, first])]);
  await Promise.all(ids.map(rested));
  await rested(await upload([{ ...first, lastName: 'Serinus7' }], { onExisting: 'update' }));

  const { messages } = (await (await fetch(`${sandbox}/__ledger`)).json()) as { messages: Message[] };
  const tokens = messages.flatMap(({ body }) => /\/join\/([\w-]+)/.exec(body)?.[1] ?? []);
  const [used, other] = tokens as [string, string];
  for (const token of [used, used, `${other}x`]) await json('/v1/invitations/accept', { token });
  for (const path of [
    `/v1/clients?search=${first.email}&email=${first.email}&mobile=${encodeURIComponent(first.mobile)}`,
    `/v1/clients/${first.email}`,
    `/v1/imports/${first.email}/rows?status=Canary0`,
    `/v1/invitations/${other}`,
    `/join/${other}?name=Canary0`,
    `/${encodeURIComponent('Canary0 Serinus0')}`,
    `/v1/imports?cursor=${first.email}`,
  ])
    await call(path);
  await json('/v1/clients', { ...first, team: 'Mayfair' });
  await json('/v1/clients', { ...first, nickname: 'Canary0' });
  await call('/v1/clients', {
    method: 'POST',
    body: `{"email": "${first.email}"`,
    headers: { 'Content-Type': 'application/json' },
  });
  await json('/v1/client-teams/Canary0', { name: 'Aviary' }, 'PATCH');
  await json('/v1/webhooks/sendgrid', [{ email: first.email, event: 'bounce' }]);
  await call('/v1/webhooks/twilio', {
    method: 'POST',
    body: new URLSearchParams({ From: first.mobile, Body: 'Canary0' }),
  });
  return tokens;
}

/** Lets operations on the imported people fail in ways in which mongod logs their filters and values. */
export async function failWithCanaries(mongodbUri: string): Promise<void> {
  const client = new MongoClient(mongodbUri);
  try {
    const imported = client.db('client-import').collection('people');
    const [first, second] = BIRDS as [(typeof BIRDS)[0], (typeof BIRDS)[0]];
    const failures = await Promise.allSettled([
      imported.find({ email: first.email, $expr: { $eq: [{ $toInt: '$email' }, first.mobile] } }).toArray(),
      imported.findOneAndUpdate({ email: first.email }, { $set: { emailKey: second.email } }),
      imported.aggregate([{ $match: { email: first.email } }, { $project: { x: { $toInt: '$lastName' } } }]).toArray(),
    ]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  } finally {
    await client.close();
  }
}

interface Listed {
  executions: { execution: { workflowId: string; runId: string } }[];
}

/** Writes what the Temporal UI shows of all workflows into the folder, to be scanned: the list, and of each its description and history. */
export async function exportHistories(temporalUi: string, folder: string): Promise<number> {
  const at = async (path: string): Promise<string> =>
    (await fetch(new URL(`/api/v1/namespaces/default/workflows${path}`, temporalUi))).text();
  mkdirSync(folder, { recursive: true });
  const list = await at('');
  writeFileSync(join(folder, 'list.json'), list);
  const { executions } = JSON.parse(list) as Listed;
  for (const [i, { execution }] of executions.entries()) {
    const path = `/${encodeURIComponent(execution.workflowId)}`;
    const run = `?execution.runId=${execution.runId}`;
    writeFileSync(join(folder, `${i}.json`), await at(path + run));
    const history = await at(`${path}/history${run}`);
    writeFileSync(join(folder, `${i}.history.json`), history);
    // As people read them: a payload is base64 of JSON.
    const payloads = [...history.matchAll(/"data":"([^"]*)"/g)].map(([, data]) => Buffer.from(data!, 'base64'));
    writeFileSync(join(folder, `${i}.payloads`), Buffer.concat(payloads));
  }
  return executions.length;
}

/** The database itself, and what stands for the mailboxes and phones of the people. */
const MEANT_TO_HOLD_THEM =
  /^(?:mongodb\/.*(?:\.wt|\.turtle|WiredTiger\.\w+|WiredTigerLog\.\d+|WiredTigerPreplog\.\d+)|sandbox\/.*)$/;

/** Each file below the folder that holds a canary or one of the `secrets`, in plain, base64, hex or URL form, with what it holds. */
export function leaksIn(folder: string, secrets: readonly string[]): string[] {
  const scan = createScan([...WORDS, ...secrets]);
  return filesIn(folder).flatMap((file) => scan(readFileSync(join(folder, file))).map((word) => `${file}: ${word}`));
}

/** The files that are scanned, by their paths below the folder. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !MEANT_TO_HOLD_THEM.test(file));

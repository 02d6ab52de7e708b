import { strFromU8, unzipSync } from 'fflate';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import { ROUTE_SPECS } from '../../api/route-specs';
import type { RouteSpec } from '../../api/routing/route';
import { createKeySecret } from '../../store/access/api-keys';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { ROUTES_WITH_PEOPLE } from './access/routes-with-people';

/** Addresses and numbers of nobody, one in each place where a file can have one. */
const CANARIES = {
  email: 'canary.email@person.example',
  mobile: '+12035550142',
  broken: 'canary.broken@person..example',
  slipped: 'canary.slipped@person.example',
  company: 'canary.company@person.example',
  role: 'canary.role@person.example',
  header: 'canary.header@person.example',
  fileName: 'canary.file@person.example',
  bounced: 'sandbox-bounced.canary@person.example',
  rejected: '+12025550191',
  corrected: 'canary.corrected@person.example',
  staff: 'canary.staff@person.example',
  staffMobile: '+12035550143',
  tooLarge: 'canary.large@person.example',
  shared: '+12035550144',
};
const AMBIGUOUS = '13123894213';
const MOST_BYTES = 10_000;
/** Of the first import. */
const LINES = ['2', '3', '4', '5', '6', '7', '8', '9', '10'];
/** Parts that no masked form keeps. */
const SECRETS = [...Object.values(CANARIES), AMBIGUOUS].map((one) => one.split('@')[0]!.replace('+', ''));

const nameOf = ({ method, path }: RouteSpec): string => `${method.toUpperCase()} ${path}`;
/** Reads first, and nothing after what ends an import. */
const ORDER = ['GET', 'POST /v1/event-tickets', 'pause', 'resume', 'retries', 'reminders', 'cancel'];
const place = (name: string): number => ORDER.findIndex((part) => name.startsWith(part) || name.endsWith(part));
const ofSupport = ROUTE_SPECS.filter(({ access }) => typeof access !== 'string' && access.includes('support'))
  .map((spec) => [nameOf(spec), spec] as const)
  .sort(([a], [b]) => place(a) - place(b));
const withPeople = ofSupport.filter(([name]) => ROUTES_WITH_PEOPLE[name] === 'people');

describe('Support sees no whole address or number', () => {
  let stack: Stack;
  /** Of each kind of path, all that there is to ask for. */
  let ids: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  let id: string;
  let trusted: string;
  beforeAll(async () => {
    stack = await startStack({ UPLOAD_MAX_BYTES: `${MOST_BYTES}` }, { callbacks: true });
    const { api } = stack;
    trusted = createKeySecret();
    const key = { organisationId: DEMO_ORGANISATION_ID, name: 'Second line', role: 'support' } as const;
    await stack.store.apiKeys.create({ ...key, rights: ['unmask'] }, trusted);
    const staff = `First Name,Last Name,Email,Mobile,Role,Client Teams\nSam,Moss,${CANARIES.staff},${CANARIES.staffMobile},Staff,Mayfair`;
    await api.rest(await api.importIdWith({ kind: 'staff' }, staff, 'staff.csv'));
    const rows = people(
      9,
      'support',
      (_, i) =>
        [
          { email: CANARIES.email, mobile: CANARIES.mobile },
          { email: CANARIES.broken },
          { firstName: CANARIES.slipped },
          { company: CANARIES.company, role: CANARIES.role },
          { mobile: AMBIGUOUS },
          { email: `'${CANARIES.email}` },
          { email: CANARIES.bounced },
          { mobile: CANARIES.rejected },
          { firstName: 'Total', lastName: '', email: '', mobile: '' },
        ][i]!,
    );
    const csv = toCsv(rows).replace(/^(.*)$/m, `$1,${CANARIES.header}`);
    const again = people(2, 'again', (_, i) => (i === 0 ? { email: CANARIES.email } : {}), 20);
    const { body } = await api.upload(
      { name: `${CANARIES.fileName}.csv`, content: csv },
      { name: `second ${CANARIES.fileName}.csv`, content: toCsv(again) },
      { name: `${CANARIES.tooLarge}.csv`, content: 'x'.repeat(MOST_BYTES + 1) },
    );
    id = body.imports[0]!.id;
    for (const one of body.imports) await api.rest(one.id);
    // One import that asks, by a header it does not know and a mobile that all share, beside the two that have ended.
    const asking = toCsv(people(6, 'asking', () => ({ mobile: CANARIES.shared }), 30));
    const preview = await api.importIdWith({ mode: 'preview' }, asking.replace('Email', CANARIES.header), 'asking.csv');
    await api.rest(preview);
    await correct(3, { email: CANARIES.corrected });
    await api.call('POST', `/v1/imports/${id}/rows/10/ignore`, {
      body: JSON.stringify({ reason: CANARIES.slipped }),
      headers: { 'Content-Type': 'application/json' },
    });
    await api.rest(id);
    await until(
      'the bounce to arrive',
      () => api.rows(id),
      (all) => all.some(({ invitations }) => invitations.some(({ state }) => state === 'bounced')),
    );
    const idOf = async (path: string, email: string): Promise<string> => {
      const { data } = (await api.get<{ data: { id: string; email: string }[] }>(path)).body;
      return data.find((one) => one.email === email)!.id;
    };
    ids = {
      '/v1/imports/': [{ id }, { id: body.imports[1]!.id }, { id: preview }],
      '/v1/batches/': [{ id: body.batch }],
      '/v1/clients/': [{ id: await idOf('/v1/clients', CANARIES.email) }],
      '/v1/staff/': [{ id: await idOf('/v1/staff', CANARIES.staff) }],
      '/v1/client-teams/': [{ id: `${DEMO_ORGANISATION_ID}:mayfair` }],
      '/v1/templates/': [{ name: 'clients.csv' }, { name: 'staff.xlsx' }],
    };
  });
  afterAll(() => stack.stop());

  const correct = (line: number, change: object) =>
    stack.api.call('PATCH', `/v1/imports/${id}/rows/${line}`, {
      body: JSON.stringify(change),
      headers: { 'Content-Type': 'application/json' },
    });

  interface Seen {
    status: number;
    text: string;
  }
  /** Everything of an answer: its headers and its body, be it an archive or a stream of events. */
  async function read(key: string, path: string, init: RequestInit = {}): Promise<Seen> {
    const response = await fetch(stack.url + path, {
      ...init,
      headers: { 'Content-Type': 'application/json', ...init.headers, Authorization: `Bearer ${key}` },
    });
    const head = [...response.headers].map(([name, value]) => `${name}: ${decodeURIComponent(value)}`).join('\n');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isArchive = strFromU8(bytes.subarray(0, 2)) === 'PK';
    const parts = isArchive ? Object.values(unzipSync(bytes)) : [bytes];
    const text = `${head}\n${parts.map((part) => strFromU8(part)).join('\n')}`;
    return { status: response.status, text };
  }
  const seenIn = (text: string): string[] => SECRETS.filter((secret) => text.includes(secret));

  /** Every way to ask for a route: each thing there is, with the example of its body or the text that is searched for. */
  function requestsOf(spec: RouteSpec): { path: string; init: RequestInit }[] {
    const { method, path, body, query } = spec;
    const start = /^[^{]*/.exec(path)![0];
    const isOfLine = path.includes('{line}');
    const found = path.includes('{') ? ids[start] : [{}];
    const known = isOfLine ? LINES.map((line) => ({ ...found![0]!, line })) : found;
    if (!known) throw new Error(`The test has no ids for ${path}`);
    const example =
      path === '/v1/event-tickets' ? { import: id } : path.endsWith('retries') ? { all: true } : undefined;
    const sent = body && 'json' in body ? (example ?? body.example) : undefined;
    const search = `?q=${encodeURIComponent(CANARIES.email)}`;
    const isSearch = query && 'q' in query.shape;
    const searches = isSearch ? [...(query.safeParse({}).success ? [''] : []), search] : [''];
    return known.flatMap((values: Readonly<Record<string, string>>) => {
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!));
      const init = { method: method.toUpperCase(), ...(sent !== undefined && { body: JSON.stringify(sent) }) };
      return searches.map((search) => ({ path: address + search, init }));
    });
  }

  test('Each route that support may use has an entry in the table, and nothing else has', () => {
    expect(Object.keys(ROUTES_WITH_PEOPLE).sort()).toEqual(ofSupport.map(([name]) => name).sort());
  });

  test.each(withPeople)('With the right to unmask, %s shows them and leaves an entry each time', async (name, spec) => {
    const requests = requestsOf(spec);
    const shown: string[] = [];
    for (const { path, init } of requests) {
      const { text } = await read(trusted, path, { ...init, headers: { Unmask: 'true' } });
      shown.push(...seenIn(text));
    }
    expect([name, shown.length > 0]).toEqual([name, true]);
    const looks = async (): Promise<ExportedEntry[]> => {
      const path = `/v1/events?action=${spec.operationId}`;
      const { data } = (await stack.api.get<{ data: ExportedEntry[] }>(path)).body;
      return data.filter(({ actor, facts }) => actor.name === 'Second line' && facts['unmasked'] === true);
    };
    // That of a file is written once the file has ended.
    await until('an entry of each', looks, ({ length }) => length === requests.length);
  });

  test.each(ofSupport)('%s shows support none', async (name, spec) => {
    const { key } = stack.as('support');
    for (const { path, init } of requestsOf(spec)) {
      const { status, text } = await read(key, path, init);
      expect({ path, status, seen: seenIn(text) }).toEqual({ path, status, seen: [] });
      if (ROUTES_WITH_PEOPLE[name] === 'people' || init.method !== 'GET') continue;
      expect({ path, seen: seenIn((await read(stack.api.key, path, init)).text) }).toEqual({ path, seen: [] });
    }
  });

  test.each<[string, () => [method: string, path: string, body?: object]]>([
    ['an id', () => ['GET', `/v1/imports/${encodeURIComponent(CANARIES.email)}`]],
    ['a query', () => ['GET', `/v1/imports?status=${encodeURIComponent(CANARIES.email)}`]],
    ['an unknown route', () => ['GET', `/v1/${encodeURIComponent(CANARIES.email)}`]],
    ['a value', () => ['POST', `/v1/imports/${id}/retries`, { channels: [CANARIES.email] }]],
    ['a field', () => ['POST', `/v1/imports/${id}/retries`, { [CANARIES.email]: 1 }]],
    ['what is forbidden', () => ['PATCH', `/v1/imports/${id}/rows/3`, { email: CANARIES.broken }]],
    ['the right it lacks', () => ['GET', `/v1/imports/${id}/failed-rows.csv`]],
  ])('An error about %s shows it none', async (_about, ask) => {
    const [method, path, body] = ask();
    const { status, text } = await read(stack.as('support').key, path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(seenIn(text)).toEqual([]);
  });
});

import { ROLES } from '../../../contract/access/roles';
import { ROUTE_SPECS } from '../../../api/route-specs';
import type { RouteSpec } from '../../../api/routing/route';
import { createKeySecret } from '../../../store/access/api-keys';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { createApiCaller } from '../../support/api-caller';
import { people, toCsv } from '../../support/people';
import { organisation, person, staffMember } from '../../support/scratch-store';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { ROLE_MATRIX } from './role-matrix';

const nameOf = ({ method, path }: RouteSpec): string => `${method.toUpperCase()} ${path}`;
const specs = new Map(ROUTE_SPECS.map((spec) => [nameOf(spec), spec]));
const keyed = [...specs].filter(([name]) => ROLE_MATRIX[name] !== 'without a key');

/** An id of the kind that each path takes, and of nothing. Its route ends in 404 or earlier, so a call changes nothing. */
const SCIM_OF_ITSELF = /^\/scim\/v2\/(ServiceProviderConfig|ResourceTypes|Schemas)$/;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const ENDPOINT = '00000000-0000-4000-8000-00000000000e';
const [CLIENT, STAFF] = ['00000000-0000-4000-8000-00000000000c', '00000000-0000-4000-8000-00000000000d'] as const;
const withIds = (path: string, ids: (name: string) => string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => ids(name));

/** Lists that must be asked for something, which the other organisation has. */
const SEARCHES = new Map([['GET /v1/people', '?q=family']]);

/** Routes whose parameter names something of the product, the same for all. */
const SHARED = [
  ...['GET /v1/templates/{name}', 'GET /scim/v2/ResourceTypes/{id}', 'GET /scim/v2/Schemas/{id}'],
  // Channel and language: the same id is another text in each organisation.
  ...['GET /v1/texts/{id}', 'PUT /v1/texts/{id}', 'DELETE /v1/texts/{id}'],
  ...['POST /v1/texts/{id}/restorations', 'POST /v1/texts/{id}/previews', 'POST /v1/texts/{id}/tests'],
];

interface Problem {
  code?: string;
}

describe('Who may use each route', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(
      // Neither wrong keys nor many requests are slowed down here.
      { RATE_LIMIT_FAILURES: '100000', FAIR_REQUESTS_PER_SECOND: '100000' },
      { worker: false, outbox: false },
    );
  });
  afterAll(() => stack.stop());

  /** Some routes answer with pages and files, of which only the status matters. */
  async function call(
    key: string,
    { method, path }: RouteSpec,
    body?: string,
  ): Promise<{ status: number; body: Problem }> {
    const answer = await fetch(`${stack.url}${withIds(path, () => UNKNOWN)}`, {
      method: method.toUpperCase(),
      headers: { 'Content-Type': 'application/json', ...(key !== '' && { Authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    const isJson = /[/+]json\b/.test(answer.headers.get('Content-Type') ?? '');
    return { status: answer.status, body: isJson ? (JSON.parse(text) as Problem) : {} };
  }

  test('Each route has an entry in the matrix, and nothing else has', () => {
    expect(Object.keys(ROLE_MATRIX).sort()).toEqual([...specs.keys()].sort());
  });

  test.each(keyed)('%s is for its roles alone', async (name, spec) => {
    const answers = await Promise.all(
      ROLES.map(async (role) => {
        const { status, body } = await call(stack.as(role).key, spec);
        // SCIM has no codes of ours.
        const code = spec.protocol === 'scim' ? 'forbidden' : body.code;
        return [role, status === 403 ? code : status === 401 ? status : 'let in'];
      }),
    );
    const allowed = ROLE_MATRIX[name]!;
    expect(answers).toEqual(ROLES.map((role) => [role, allowed.includes(role) ? 'let in' : 'forbidden']));
  });

  describe('Without a valid key', () => {
    const keys: Record<string, string> = { none: '', unknown: createKeySecret(), token: 'e30.e30.e30' };
    beforeAll(async () => {
      const { apiKeys } = stack.store;
      const ofAdministrator = { organisationId: DEMO_ORGANISATION_ID, role: 'systemAdministrator' } as const;
      for (const name of ['expired', 'revoked', 'rotated']) keys[name] = createKeySecret();
      await apiKeys.create({ ...ofAdministrator, name: 'expired', expiresAt: new Date(Date.now() - 1) }, keys.expired!);
      const revoked = await apiKeys.create({ ...ofAdministrator, name: 'revoked' }, keys.revoked!);
      await apiKeys.revoke(DEMO_ORGANISATION_ID, revoked!._id);
      const rotated = await apiKeys.create({ ...ofAdministrator, name: 'rotated' }, keys.rotated!);
      await apiKeys.rotate(DEMO_ORGANISATION_ID, rotated!._id, { secret: createKeySecret(), overlapMs: 0 });
    });

    test.each(['none', 'unknown', 'token', 'expired', 'revoked', 'rotated'])(
      'no route but the public ones answers (%s)',
      async (kind) => {
        const answers: [string, number][] = [];
        for (const [name, spec] of specs) {
          // Strangers may not ask at any rate.
          const isHeard = ({ status }: { status: number }) => status !== 429;
          const { status } = await until('the API to hear a stranger', () => call(keys[kind]!, spec), isHeard);
          answers.push([name, status]);
        }
        const refused = answers.filter(([, status]) => status === 401).map(([name]) => name);
        expect(refused).toEqual(keyed.map(([name]) => name));
      },
    );
  });

  describe('For another organisation', () => {
    /** Ids of the demo organisation by the beginning of a path, and by the name of a parameter. */
    let ids: Readonly<Record<string, Readonly<Record<string, string>>>>;
    let foreign: string;
    const ofAnOrganisation = keyed.filter(([name, { path }]) => path.includes('{') && !SHARED.includes(name));
    beforeAll(async () => {
      const { db, store, api } = stack;
      await db.collection('organisations').insertOne(organisation('another') as never);
      await db
        .collection('people')
        .insertMany([
          person(DEMO_ORGANISATION_ID, { _id: CLIENT }),
          staffMember(DEMO_ORGANISATION_ID, { _id: STAFF }),
        ] as never[]);
      foreign = createKeySecret();
      await store.apiKeys.save(foreign, 'another', 'systemAdministrator');
      const key = await store.apiKeys.create(
        { organisationId: DEMO_ORGANISATION_ID, name: 'Payroll', role: 'support' },
        createKeySecret(),
      );
      const importId = await api.importId(toCsv(people(2, 'matrix')));
      const endpoint = {
        ...{ _id: ENDPOINT, organisationId: DEMO_ORGANISATION_ID },
        ...{ url: 'https://example.com/hook', description: '' },
      };
      await store.webhookEndpoints.create(endpoint);
      const [deliveryId] = await store.webhookDeliveries.create([
        {
          organisationId: DEMO_ORGANISATION_ID,
          endpointId: ENDPOINT,
          event: 'endpoint.test',
          body: '{}',
          eventId: 'one',
        },
      ]);
      ids = {
        '/v1/imports/': { id: importId, line: '2' },
        '/v1/batches/': { id: (await store.imports.find(importId))!.batchId },
        '/v1/webhook-endpoints/': { id: ENDPOINT, deliveryId: deliveryId! },
        '/v1/client-teams/': { id: `${DEMO_ORGANISATION_ID}:mayfair`, staffId: `${DEMO_ORGANISATION_ID}:staff-1` },
        '/v1/staff/': { id: STAFF },
        '/v1/clients/': { id: CLIENT },
        '/scim/v2/Users/': { id: CLIENT },
        '/v1/keys/': { id: key!._id },
      };
    });

    const everything = async () => {
      const all = (await stack.db.listCollections().toArray()).map(({ name }) => name).sort();
      // That somebody has asked is on record, and counted.
      const names = all.filter((name) => !/^audit_|^rate_limits$/.test(name));
      const documents = names.map((name) => stack.db.collection(name).find().sort({ _id: 1 }).toArray());
      return Promise.all(documents.map(async (found, i) => [names[i], await found]));
    };

    test.each(ofAnOrganisation)(
      '%s answers to its ids as to unknown ones, and changes nothing',
      async (_name, spec) => {
        const known = ids[/^.*?(?=\{)/.exec(spec.path)![0]];
        if (!known) throw new Error(`The test has no ids for ${spec.path}`);
        const example = spec.body && 'json' in spec.body ? JSON.stringify(spec.body.example) : undefined;
        const before = await everything();
        const ask = async (idOf: (name: string) => string) => {
          const path = withIds(spec.path, idOf);
          const answer = await createApiCaller(stack.url, foreign).call<Record<string, unknown>>(
            spec.method.toUpperCase(),
            path,
            {
              headers: { 'Content-Type': 'application/json' },
              ...(example !== undefined && { body: example }),
            },
          );
          return {
            status: answer.status,
            body: JSON.stringify({ ...answer.body, requestId: '' }).replaceAll(idOf('id'), '…'),
          };
        };
        const answer = await ask((name) => known[name]!);
        expect(answer).toEqual(await ask((name) => (name === 'id' ? UNKNOWN : known[name]!)));
        expect(answer.status).toBe(404);
        // Only the use of the key may be written.
        expect(withoutUses(await everything())).toEqual(withoutUses(before));
      },
    );

    test('Lists hold nothing of others', async () => {
      const lists = keyed.filter(([, { method, path, query }]) => method === 'get' && query && !path.includes('{'));
      expect(lists.length).toBeGreaterThan(4);
      for (const [name, spec] of lists) {
        // What this organisation did itself; counts, which test/store/figures.test.ts tries; and what SCIM says of itself to all.
        if (name === 'GET /v1/events' || name === 'GET /v1/dashboard' || SCIM_OF_ITSELF.test(spec.path)) continue;
        const { body } = await createApiCaller(stack.url, foreign).get<{ data?: object[]; Resources?: object[] }>(
          spec.path + (SEARCHES.get(name) ?? ''),
        );
        const own = name === 'GET /v1/keys' ? 1 : 0;
        expect([name, (body.data ?? body.Resources)!.length]).toEqual([name, own]);
      }
    });
  });
});

const withoutUses = (state: unknown): unknown =>
  JSON.parse(JSON.stringify(state, (name, value: unknown) => (name === 'lastUsedAt' ? undefined : value)));

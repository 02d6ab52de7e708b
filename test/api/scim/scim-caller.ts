import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

export interface User {
  id: string;
  userName: string;
  externalId?: string;
  name: { givenName: string; familyName: string };
  emails: { value: string }[];
  phoneNumbers: { value: string }[];
  preferredLanguage?: string;
  active: boolean;
  meta: { version: string; location: string; created: string; lastModified: string };
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: { department?: string; organization?: string };
}
export interface ScimAnswer<T = User> {
  status: number;
  headers: Headers;
  body: T & { scimType?: string; detail?: string; status?: string };
}
export interface List {
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: User[];
}

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const KEY = 'ci_key-of-an-identity-provider-000000';

/**
 * An identity provider with a key of the demo organisation. As long as the API cannot say yet what has become of a request, it sends it
 * again, as they all do.
 */
export async function createScimCaller({ url, store }: Stack) {
  await store.apiKeys.save(KEY, DEMO_ORGANISATION_ID, 'userAdministrator');

  const scim = <T = User>(...request: Parameters<typeof send>): Promise<ScimAnswer<T>> =>
    until(
      'an answer',
      () => send<T>(...request),
      ({ status }) => status !== 503,
    );

  async function send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<ScimAnswer<T>> {
    const response = await fetch(`${url}/scim/v2${path}`, {
      method,
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/scim+json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as never };
  }

  /** Each has their own, since a mobile of several people is a question. */
  let mobiles = 100_000;
  const known = new Map<string, string>();
  function mobileOf(name: string): string {
    known.set(name, known.get(name) ?? `07911 ${mobiles++}`);
    return known.get(name)!;
  }

  return {
    scim,
    newUser: (name: string, change: object = {}) => ({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${name}@example.com`,
      externalId: `ext-${name}`,
      name: { givenName: 'Ann', familyName: 'Lee' },
      emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
      phoneNumbers: [{ value: mobileOf(name), type: 'mobile' }],
      [ENTERPRISE]: { department: 'Mayfair' },
      active: true,
      ...change,
    }),
    patch: (id: string, Operations: object[], headers = {}) =>
      scim(
        'PATCH',
        `/Users/${id}`,
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
        headers,
      ),
    find: (filter: string, more = '') => scim<List>('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`),
  };
}
export type ScimCaller = Awaited<ReturnType<typeof createScimCaller>>;

import { createHash } from 'node:crypto';
import { emailKey } from '../person';
import { getIn, isResource } from './attribute-path';
import type { Resource } from './attribute-path';
import { ENTERPRISE_USER, USER } from './schemas';
import { ScimError } from './scim-error';

/** A client as their identity provider knows them. */
export interface ProvisionedClient {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  company: string | null;
  /** The name of the client team. */
  team: string | null;
  /** BCP 47. */
  language?: string;
  createdAt: Date;
  /** Absent for one who was never changed. */
  changedAt?: Date;
  isDeactivated: boolean;
  externalId?: string;
  /** What the identity provider calls the client; the address if it never said. */
  userName?: string;
}

/** The resource of a client (RFC 7643, section 4.1). `base` is the address of the API. */
export function userOf(client: ProvisionedClient, base: string): Resource {
  const { id, firstName, lastName, email, mobile, company, team, language, externalId } = client;
  const extension = { ...(team !== null && { department: team }), ...(company !== null && { organization: company }) };
  const isExtended = Object.keys(extension).length > 0;
  const user = {
    schemas: [USER, ...(isExtended ? [ENTERPRISE_USER] : [])],
    id,
    ...(externalId !== undefined && { externalId }),
    userName: client.userName ?? email,
    name: { familyName: lastName, givenName: firstName },
    displayName: `${firstName} ${lastName}`,
    // The only ones: some identity providers name them by that, as in `emails[primary eq true].value`.
    emails: [{ value: email, type: 'work', primary: true }],
    phoneNumbers: [{ value: mobile, type: 'mobile', primary: true }],
    ...(language !== undefined && { preferredLanguage: language }),
    active: !client.isDeactivated,
    ...(isExtended && { [ENTERPRISE_USER]: extension }),
  };
  // Weak: another representation of the same state has the same version (RFC 7644, section 3.14).
  const version = `W/"${createHash('sha256').update(JSON.stringify(user)).digest('base64url').slice(0, 22)}"`;
  return {
    ...user,
    meta: {
      ...{ resourceType: 'User', created: client.createdAt.toISOString() },
      lastModified: (client.changedAt ?? client.createdAt).toISOString(),
      version,
      location: `${base}/scim/v2/Users/${id}`,
    },
  };
}

export const versionOf = (user: Resource): string => (user['meta'] as { version: string }).version;

/** What a resource asks a client to be. Cells are as they would stand in a file, so that its checks decide about them. */
export interface WantedClient {
  cells: Record<'firstName' | 'lastName' | 'email' | 'mobile' | 'company' | 'group' | 'language', string>;
  userName: string;
  externalId: string | undefined;
  isActive: boolean;
}

/** Reads a resource of a client. Attributes that are not kept are passed over. Throws a `ScimError`. */
export function wantedOf(user: Resource): WantedClient {
  const userName = textOf(user, 'userName');
  if (userName === '') throw new ScimError('invalidValue', 'A user needs a "userName".');
  const name = partOf(user, 'name');
  const extension = partOf(user, ENTERPRISE_USER);
  const externalId = textOf(user, 'externalId');
  return {
    cells: {
      firstName: textOf(name, 'givenName'),
      lastName: textOf(name, 'familyName'),
      email: chosenOf(user, 'emails', 'work') || userName,
      mobile: chosenOf(user, 'phoneNumbers', 'mobile').replace(/^tel:/i, ''),
      company: textOf(extension, 'organization'),
      group: textOf(extension, 'department'),
      language: textOf(user, 'preferredLanguage') || textOf(user, 'locale'),
    },
    userName,
    externalId: externalId === '' ? undefined : externalId,
    isActive: booleanOf(user, 'active'),
  };
}

/** By which a client is found again: user names compare without case. */
export const userNameKey = (userName: string): string => emailKey(userName.trim());

const partOf = (resource: Resource, name: string): Resource => {
  const part = getIn(resource, name) ?? {};
  if (!isResource(part)) throw new ScimError('invalidValue', `"${name}" must be an object.`);
  return part;
};

function textOf(resource: Resource, name: string): string {
  const value = getIn(resource, name) ?? '';
  if (typeof value !== 'string') throw new ScimError('invalidValue', `"${name}" must be text.`);
  return value.trim();
}

/** Entra writes `"False"`. Absent, a user is active. */
function booleanOf(resource: Resource, name: string): boolean {
  const value = getIn(resource, name) ?? true;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new ScimError('invalidValue', `"${name}" must be true or false.`);
}

/** One value of several: the primary one, else the first of this type, else the first. */
function chosenOf(resource: Resource, name: string, type: string): string {
  const value = getIn(resource, name) ?? [];
  const elements = (Array.isArray(value) ? value : [value]).map((element: unknown) =>
    isResource(element) ? element : { value: element },
  );
  const is = (key: string, wanted: unknown) => (element: Resource) => {
    const found = getIn(element, key);
    return typeof found === 'string' ? found.toLowerCase() === String(wanted) : found === wanted;
  };
  const chosen = elements.find(is('primary', true)) ?? elements.find(is('type', type)) ?? elements[0];
  return chosen ? textOf(chosen, 'value') : '';
}

/** The parts of a resource that were asked for (RFC 7644, section 3.9). `schemas` and `id` are always among them. */
export function selected(
  user: Resource,
  { attributes, excludedAttributes }: { attributes?: string | undefined; excludedAttributes?: string | undefined },
): Resource {
  const listed = (names: string): Set<string> =>
    new Set(names.split(',').map((name) => topOf(name.trim()).toLowerCase()));
  const always = new Set(['schemas', 'id', 'username']);
  const wanted = attributes === undefined ? undefined : listed(attributes);
  const unwanted = excludedAttributes === undefined ? new Set<string>() : listed(excludedAttributes);
  return Object.fromEntries(
    Object.entries(user).filter(([key]) => {
      const name = key.toLowerCase();
      return always.has(name) || (wanted ? wanted.has(name) : !unwanted.has(name));
    }),
  );
}

/** The attribute of the resource in which a path lies. */
const topOf = (path: string): string => {
  const lower = path.toLowerCase();
  if (lower.startsWith(ENTERPRISE_USER.toLowerCase())) return ENTERPRISE_USER;
  const name = lower.startsWith(`${USER.toLowerCase()}:`) ? path.slice(USER.length + 1) : path;
  return name.split('.')[0]!;
};

import { ENTERPRISE_USER, USER } from './schemas';

/** An object of JSON, by the names that its sender gave to its parts. */
export type Resource = Record<string, unknown>;

/** `name.givenName`, or an attribute of the extension. Names compare without case (RFC 7643, section 2.1). */
export interface AttributePath {
  /** The URN of the extension; absent for the core schema. */
  extension?: string;
  /** Absent for the extension as a whole. */
  attribute?: string;
  sub?: string;
}

const NAME = /^\$?[a-z][\w-]*$/i;

/** Reads a path without a filter. `undefined` for what is none. */
export function parseAttributePath(text: string): AttributePath | undefined {
  const lower = text.toLowerCase();
  if (lower === ENTERPRISE_USER.toLowerCase()) return { extension: ENTERPRISE_USER };
  const urn = [ENTERPRISE_USER, USER].find((schema) => lower.startsWith(`${schema.toLowerCase()}:`));
  const [attribute = '', sub, ...rest] = text.slice(urn ? urn.length + 1 : 0).split('.');
  if (rest.length > 0 || !NAME.test(attribute) || (sub !== undefined && !NAME.test(sub))) return undefined;
  return {
    ...(urn === ENTERPRISE_USER && { extension: urn }),
    attribute,
    ...(sub !== undefined && { sub }),
  };
}

export const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name under which an object has this attribute, whatever its case; the given one if it has none. */
export const keyIn = (resource: Resource, name: string): string =>
  Object.keys(resource).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;

/** The value of an attribute of the object itself: a name such as `constructor` finds nothing that every object inherits. */
export function getIn(resource: Resource, name: string): unknown {
  const key = keyIn(resource, name);
  return Object.hasOwn(resource, key) ? resource[key] : undefined;
}

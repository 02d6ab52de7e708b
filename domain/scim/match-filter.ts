import { getIn, isResource } from './attribute-path';
import type { AttributePath, Resource } from './attribute-path';
import type { Comparison, ScimFilter } from './parse-filter';

/** Whose upper and lower case makes a difference. */
const CASE_EXACT = new Set(['id', 'externalid']);

/** Whether a resource, or one element of an attribute, matches a filter. */
export function matches(resource: Resource, filter: ScimFilter): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(resource, filter.left) && matches(resource, filter.right);
    case 'or':
      return matches(resource, filter.left) || matches(resource, filter.right);
    case 'not':
      return !matches(resource, filter.of);
    case 'present':
      return valuesAt(resource, filter.path).some(isPresent);
    case 'some':
      return elementsOf(attributeAt(resource, filter.path)).some(
        (element) => isResource(element) && matches(element, filter.of),
      );
    case 'compare':
      return compares(resource, filter);
  }
}

function compares(resource: Resource, { path, by, value }: Extract<ScimFilter, { kind: 'compare' }>): boolean {
  const values = valuesAt(resource, path).filter(isPresent);
  const fold = (text: string): string => (CASE_EXACT.has(path.attribute!.toLowerCase()) ? text : text.toLowerCase());
  // RFC 7643, section 2.5: null is the same as no value.
  if (value === null) return by === 'eq' ? values.length === 0 : by === 'ne' && values.length > 0;
  if (by === 'ne') return !values.some((one) => isEqual(one, value, fold));
  return values.some((one) => (by === 'eq' ? isEqual(one, value, fold) : isSo(one, by, value, fold)));
}

type Fold = (text: string) => string;

function isEqual(one: unknown, value: string | number | boolean, fold: Fold): boolean {
  if (typeof one === 'string' && typeof value === 'string') return fold(one) === fold(value);
  // Entra writes booleans as text.
  if (typeof one === 'boolean' && typeof value === 'string') return String(one) === value.toLowerCase();
  return one === value;
}

function isSo(
  one: unknown,
  by: Exclude<Comparison, 'eq' | 'ne'>,
  value: string | number | boolean,
  fold: Fold,
): boolean {
  if (typeof one !== 'string' || typeof value !== 'string') return false;
  const [a, b] = [fold(one), fold(value)];
  switch (by) {
    case 'co':
      return a.includes(b);
    case 'sw':
      return a.startsWith(b);
    case 'ew':
      return a.endsWith(b);
    default: {
      const [at, than] = [Date.parse(one), Date.parse(value)];
      const order = Number.isNaN(at) || Number.isNaN(than) ? (a < b ? -1 : a > b ? 1 : 0) : at - than;
      return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[by];
    }
  }
}

const isPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function attributeAt(resource: Resource, { extension, attribute }: AttributePath): unknown {
  const from = extension === undefined ? resource : getIn(resource, extension);
  return attribute === undefined || !isResource(from) ? undefined : getIn(from, attribute);
}

const elementsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** The values that a path names: of each element its `value`, unless it names another part. */
function valuesAt(resource: Resource, path: AttributePath): unknown[] {
  const at = attributeAt(resource, path);
  return elementsOf(at).map((element) => {
    if (!isResource(element)) return path.sub === undefined ? element : undefined;
    if (path.sub !== undefined) return getIn(element, path.sub);
    return Array.isArray(at) ? getIn(element, 'value') : element;
  });
}

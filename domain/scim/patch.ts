import { getIn, isResource, keyIn, parseAttributePath } from './attribute-path';
import type { AttributePath, Resource } from './attribute-path';
import { matches } from './match-filter';
import { parseFilter } from './parse-filter';
import type { ScimFilter } from './parse-filter';
import { ENTERPRISE_USER } from './schemas';
import { ScimError } from './scim-error';

/** One operation of a PATCH, as it was sent. */
export interface PatchOperation {
  op: string;
  path?: string | undefined;
  value?: unknown;
}

interface Target extends AttributePath {
  filter?: ScimFilter;
}

const READ_ONLY = new Set(['id', 'meta', 'schemas']);
const MULTI_VALUED = new Set(['emails', 'phonenumbers']);
const WITH_FILTER = /^([^[]+)\[(.*)\](?:\.([^.[\]]+))?$/s;

/**
 * The resource after the operations of a PATCH (RFC 7644, section 3.5.2), all or none. Takes what identity providers send beside that: `op` in
 * any case, paths as keys of a value, an extension as a path, as an object and as the beginning of a path, `remove` with the
 * values to remove, and `add` to an element that is not there yet. Throws a `ScimError`.
 */
export function patched(resource: Resource, operations: readonly PatchOperation[]): Resource {
  const result = structuredClone(resource);
  for (const { op, path, value } of operations) {
    const kind = op.toLowerCase();
    if (kind !== 'add' && kind !== 'replace' && kind !== 'remove')
      throw new ScimError('invalidSyntax', `There is no operation "${op}": there are add, replace and remove.`);
    if (path !== undefined) apply(result, kind, targetOf(path), value);
    else if (kind === 'remove') throw new ScimError('noTarget', 'An operation "remove" needs a path.');
    else if (!isResource(value))
      throw new ScimError('invalidValue', `An operation "${op}" without a path needs an object as its value.`);
    else for (const [key, one] of Object.entries(value)) apply(result, kind, targetOf(key), one);
  }
  return result;
}

function targetOf(path: string): Target {
  const [, outer = path, inner, sub] = WITH_FILTER.exec(path.trim()) ?? [];
  const parsed = parseAttributePath(outer.trim());
  if (!parsed || (inner !== undefined && parsed.sub !== undefined))
    throw new ScimError('invalidPath', `The path "${path}" cannot be read.`);
  if (inner === undefined) return parsed;
  return { ...parsed, filter: parseFilter(inner), ...(sub !== undefined && { sub }) };
}

type Kind = 'add' | 'replace' | 'remove';

function apply(resource: Resource, kind: Kind, target: Target, value: unknown): void {
  const { extension, attribute } = target;
  if (extension === undefined && READ_ONLY.has(attribute!.toLowerCase())) {
    // Okta repeats the schemas; nothing is asked for by that.
    if (attribute!.toLowerCase() === 'schemas' || getIn(resource, attribute!) === value) return;
    throw new ScimError('mutability', `"${attribute}" cannot be changed.`);
  }
  if (extension === undefined) return applyIn(resource, kind, target, value);
  const key = keyIn(resource, extension);
  if (attribute === undefined) {
    if (kind === 'remove') delete resource[key];
    else if (!isResource(value)) throw new ScimError('invalidValue', `"${extension}" needs an object as its value.`);
    else for (const [name, one] of Object.entries(value)) apply(resource, kind, { extension, attribute: name }, one);
    return;
  }
  const part = isResource(resource[key]) ? resource[key] : {};
  resource[keyIn(resource, ENTERPRISE_USER)] = part;
  applyIn(part, kind, target, value);
}

function applyIn(parent: Resource, kind: Kind, { attribute, sub, filter }: Target, value: unknown): void {
  const key = keyIn(parent, attribute!);
  if (MULTI_VALUED.has(key.toLowerCase())) {
    parent[key] = elementsAfter(
      elementsOf(parent[key]),
      kind,
      { ...(filter && { filter }), ...(sub && { sub }) },
      value,
    );
    return;
  }
  if (filter) throw new ScimError('invalidPath', `"${attribute}" has one value, so that its path takes no filter.`);
  if (sub !== undefined) {
    const part = isResource(parent[key]) ? parent[key] : {};
    parent[key] = part;
    applyIn(part, kind, { attribute: sub }, value);
  } else if (kind === 'remove') delete parent[key];
  else
    parent[key] =
      isResource(value) && isResource(parent[key]) ? { ...parent[key], ...renamed(parent[key], value) } : value;
}

/** By the names that the object has already. */
const renamed = (like: Resource, value: Resource): Resource =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [keyIn(like, name), one]));

const elementsOf = (value: unknown): Resource[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map((element: unknown) =>
    isResource(element) ? element : { value: element },
  );

function elementsAfter(
  elements: Resource[],
  kind: Kind,
  { filter, sub }: Pick<Target, 'filter' | 'sub'>,
  value: unknown,
): Resource[] {
  const isMeant = (element: Resource): boolean => !filter || matches(element, filter);
  if (kind === 'remove') {
    const named = value === undefined ? undefined : elementsOf(value).map((one) => getIn(one, 'value'));
    const goes = (element: Resource): boolean =>
      isMeant(element) && (named === undefined || named.includes(getIn(element, 'value')));
    if (sub === undefined) return elements.filter((element) => !goes(element));
    return elements.map((element) => (goes(element) ? without(element, sub) : element));
  }
  if (!filter && sub === undefined) {
    const added = elementsOf(value);
    return onePrimary(kind === 'replace' ? added : merged(elements, added), added);
  }
  const change = sub === undefined ? value : { [sub]: value };
  if (!isResource(change))
    throw new ScimError('invalidValue', 'A path that names an element needs an object as its value.');
  if (!elements.some(isMeant)) {
    if (kind === 'replace')
      throw new ScimError('noTarget', 'The path of an operation "replace" names nothing that is there.');
    const made = { ...(filter && namedBy(filter)), ...change };
    return onePrimary([...elements, made], [made]);
  }
  const after = elements.map((element) => (isMeant(element) ? { ...element, ...renamed(element, change) } : element));
  return onePrimary(
    after,
    after.filter((element, i) => element !== elements[i]),
  );
}

const without = (element: Resource, sub: string): Resource => {
  const key = keyIn(element, sub);
  return Object.fromEntries(Object.entries(element).filter(([name]) => name !== key));
};

/** An element that is there already is not added twice. */
const merged = (elements: Resource[], added: Resource[]): Resource[] => {
  const values = new Set(added.map((element) => getIn(element, 'value')));
  return [...elements.filter((element) => !values.has(getIn(element, 'value'))), ...added];
};

/** A new primary element replaces the one before (RFC 7644, section 3.5.2). */
function onePrimary(elements: Resource[], changed: readonly Resource[]): Resource[] {
  const isPrimary = (element: Resource): boolean => getIn(element, 'primary') === true;
  if (!changed.some(isPrimary)) return elements;
  return elements.map((element) =>
    isPrimary(element) && !changed.includes(element) ? { ...element, [keyIn(element, 'primary')]: false } : element,
  );
}

/** What a filter of equalities says of an element, so that it can be made. */
function namedBy(filter: ScimFilter): Resource {
  if (filter.kind === 'and') return { ...namedBy(filter.left), ...namedBy(filter.right) };
  if (filter.kind === 'compare' && filter.by === 'eq') return { [filter.path.attribute!]: filter.value };
  return {};
}

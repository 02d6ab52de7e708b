import { plainText } from './entry';
import type { Target } from './entry';

/** Ids that the product makes: a UUID, or the import and line of a row. Anything else in a path may be an address. */
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?::\d{1,7})?$/i;
export const isId = (text: string): boolean => ID.test(text);
const NUMBER = /^[1-9]\d{0,6}$/;
const PARAMETER = /^\{(\w+)\}$/;

/**
 * What the path of a request names: `/v1/imports/{id}` an import. A line or another number is a fact instead. A text is only
 * taken where it is an id of ours, or where the request has succeeded and so has found something by it.
 */
export function targetsInPath(
  path: string,
  parameters: Readonly<Record<string, unknown>>,
  hasSucceeded: boolean,
): { targets: Target[]; facts: Record<string, number> } {
  const targets: Target[] = [];
  const facts: Record<string, number> = {};
  const segments = path.split('/');
  segments.forEach((segment, i) => {
    const name = PARAMETER.exec(segment)?.[1];
    const value = name === undefined ? undefined : parameters[name];
    if (name === undefined || (typeof value !== 'string' && typeof value !== 'number')) return;
    const text = String(value);
    if (NUMBER.test(text)) facts[name] = Number(text);
    else if (isId(text) || hasSucceeded) targets.push({ kind: singular(segments[i - 1] ?? ''), id: plainText(text) });
  });
  return { targets, facts };
}

/**
 * What an answer says that the request has made: the imports of an upload with their batch, or one thing with an id and the
 * import that invites somebody to it.
 */
export function targetsMade(path: string, answer: unknown): Target[] {
  if (typeof answer !== 'object' || answer === null || path.endsWith('}')) return [];
  const { id, batch, imports } = answer as { id?: unknown; batch?: unknown; imports?: unknown };
  const { import: invited } = answer as { import?: { id?: unknown } | null };
  if (Array.isArray(imports)) {
    const ids = imports.flatMap((one: { id?: unknown } | null) => (typeof one?.id === 'string' ? [one.id] : []));
    return [
      ...(typeof batch === 'string' ? [{ kind: 'batch', id: batch }] : []),
      ...ids.map((importId) => ({ kind: 'import', id: importId })),
    ];
  }
  // Below a parameter, an answer is about what the path names.
  if (typeof id !== 'string' || path.includes('{')) return [];
  return [
    { kind: singular(path.slice(path.lastIndexOf('/') + 1)), id },
    ...(typeof invited?.id === 'string' ? [{ kind: 'import', id: invited.id }] : []),
  ];
}

/** `batches` → `batch`, `client-teams` → `client-team`, `deliveries` → `delivery`; `staff` stays. */
const singular = (word: string): string =>
  word
    .replace(/ies$/, 'y')
    .replace(/(?<=ch|sh|x)es$/, '')
    .replace(/(?<=[^s])s$/, '');

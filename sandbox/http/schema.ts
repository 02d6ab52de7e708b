/** Says what the value should be, or nothing if it is. */
export type Check = (value: unknown) => string | undefined;

export const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
export const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
export const isWhole =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;
export const isShare: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'must be a number from 0 to 1';
export const isOneOf =
  (allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`;
export const isMatch: Check = (value) => {
  const faults = problemsOf(value, { to: isText, contains: isText }, []);
  return faults.length > 0 ? `is wrong: ${faults.join('; ')}` : undefined;
};
export const isWebAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value);
export const isUrl: Check = (value) =>
  isWebAddress(value) ? undefined : 'must be an address with http:// or https://';

/** Each way in which a JSON value is not an object of these fields, as a phrase that names the field. */
export function problemsOf(value: unknown, fields: Record<string, Check>, required: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['must be an object'];
  const missing = required.filter((name) => !(name in value)).map((name) => `"${name}" is missing`);
  const wrong = Object.entries(value).flatMap(([name, content]) => {
    if (!Object.hasOwn(fields, name)) return [`"${name}" is unknown; known are ${Object.keys(fields).join(', ')}`];
    const complaint = fields[name]!(content);
    return complaint ? [`"${name}" ${complaint}`] : [];
  });
  return [...missing, ...wrong];
}

/** The same for one object or a list of them, with the place in the list. */
export function problemsOfEach(body: unknown, what: string, problemsOfOne: (one: unknown) => string[]): string[] {
  const requests: unknown[] = Array.isArray(body) ? body : [body];
  return requests.flatMap((request, i) =>
    problemsOfOne(request).map((problem) => (Array.isArray(body) ? `${what} ${i}: ${problem}` : problem)),
  );
}

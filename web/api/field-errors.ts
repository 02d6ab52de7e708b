import { isApiError } from './problem';

/** What the API says about the fields of a body, by their names; nested ones with dots between. */
export function fieldErrorsOf(error: unknown): Readonly<Record<string, string>> {
  if (!isApiError(error)) return {};
  const found = (error.problem?.errors ?? []).map(({ field, pointer, parameter, detail }) => {
    const name = pointer?.replace(/^#\//, '').replaceAll('/', '.') ?? parameter ?? field;
    return [name, detail] as const;
  });
  return Object.fromEntries(found);
}

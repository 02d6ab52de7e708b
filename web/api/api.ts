import { createApi } from '../../client';
import { ApiError } from './problem';
import type { ProblemDocument } from './problem';

/** Tells the API that a request comes from this page: another site cannot make a browser send it. */
const OF_THE_PAGE = { 'X-Requested-With': 'client-import-page' };

/** The API, as whoever is signed in: the browser sends the cookie. */
export const api = createApi({ baseUrl: location.origin, headers: OF_THE_PAGE });

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

let onSignedOut: () => void = () => undefined;

/** Calls `react` whenever the API says that nobody is signed in any more. */
export function whenSignedOut(react: () => void): void {
  onSignedOut = react;
}

/** The data of an answer. Throws an `ApiError` for any other, and where there is no connection. */
export async function answerOf<Data>(asking: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asking.catch(() => {
    throw new ApiError(undefined);
  });
  if (response.ok) return data as Data;
  if (response.status === 401) onSignedOut();
  throw new ApiError(isProblem(error) ? error : undefined);
}

const isProblem = (error: unknown): error is ProblemDocument =>
  typeof error === 'object' && error !== null && 'code' in error;

/** Sends a form, which the typed client cannot. Throws as `answerOf` does. */
export async function sendForm<Data>(path: string, form: FormData, headers: Record<string, string>): Promise<Data> {
  const sending = fetch(path, { method: 'POST', body: form, headers: { ...OF_THE_PAGE, ...headers } }).then(
    async (response) => {
      const body: unknown = await response.json().catch(() => undefined);
      return { response, ...(response.ok ? { data: body as Data } : { error: body }) };
    },
  );
  return answerOf(sending);
}

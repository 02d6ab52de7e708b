import { createApi } from '../../client';
import { language } from '../messages';
import { ApiError } from './problem';
import type { ProblemDocument } from './problem';

/** Tells the API that a request comes from this page: another site cannot make a browser send it. */
const OF_THE_PAGE = { 'X-Requested-With': 'client-import-page' };

/** As the texts of the page, whatever the browser is set to. */
const IN_OUR_LANGUAGE = { 'Accept-Language': language };

/** The API, as whoever is signed in: the browser sends the cookie. */
export const api = createApi({ baseUrl: location.origin, headers: { ...OF_THE_PAGE, ...IN_OUR_LANGUAGE } });

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

let onSignedOut: () => void = () => undefined;
let isOut = false;
const waiting = new Set<() => void>();

/** Calls `react` whenever the API says that nobody is signed in any more. */
export function whenSignedOut(react: () => void): void {
  onSignedOut = react;
}

/** Somebody is signed in: what waited for that goes on. */
export function noteSignedIn(): void {
  isOut = false;
  for (const act of [...waiting]) act();
  waiting.clear();
}

/** Calls `act` at once, or once somebody is signed in again: until then it would be refused. Returns what takes it back. */
export function whileSignedIn(act: () => void): () => void {
  if (!isOut) act();
  else waiting.add(act);
  return () => void waiting.delete(act);
}

/** The data of an answer. Throws an `ApiError` for any other, and where there is no connection. */
export async function answerOf<Data>(asking: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asking.catch(() => {
    throw new ApiError(undefined);
  });
  if (response.ok) return data as Data;
  if (response.status === 401) {
    isOut = true;
    onSignedOut();
  }
  throw new ApiError(isProblem(error) ? error : undefined);
}

const isProblem = (error: unknown): error is ProblemDocument =>
  typeof error === 'object' && error !== null && 'code' in error;

/**
 * Sends a form, which the typed client cannot, and tells which part of it has gone, from 0 to 1: only this older interface of browsers knows
 * that of a request. Throws as `answerOf` does.
 */
export function sendForm<Data>(
  path: string,
  form: FormData,
  headers: Record<string, string>,
  onProgress: (part: number) => void,
): Promise<Data> {
  const sending = new Promise<Answer<Data>>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    for (const [name, value] of Object.entries({ ...OF_THE_PAGE, ...IN_OUR_LANGUAGE, ...headers }))
      request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener('load', () => {
      const response = new Response(null, { status: request.status });
      const body: unknown = request.response;
      resolve({ response, ...(response.ok ? { data: body as Data } : { error: body }) });
    });
    request.addEventListener('error', () => reject(new Error('There was no answer')));
    request.send(form);
  });
  return answerOf(sending);
}

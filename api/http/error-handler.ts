import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { UnknownCursorError } from '../../store/paging';
import { isStoreFull, isStoreUnavailable } from '../../store/unavailable';
import { refusalInGerman } from '../problem-types/german/index';
import { API_PROBLEMS } from '../problem-types/index';
import { languageFor } from '../problem-types/problem-language';
import type { Budget } from './budget';
import type { ProblemOptions } from './http-problem';
import { HttpProblem, insufficientStorage, temporarilyUnavailable, unknownCursor } from './http-problem';

export const unknownRoute =
  (strangers: Budget): RequestHandler =>
  (request) => {
    if (!request.caller) strangers.spend(request);
    throw new HttpProblem(
      404,
      'unknown-route',
      `There is no route ${request.method} ${request.path}. /docs lists all routes.`,
    );
  };

/** Writes the answer of a request that has ended in a problem. */
export type AnswerProblem = (problem: HttpProblem, request: Request, response: Response, publicUrl: string) => void;

/**
 * The last middleware: turns every error into a problem document, or what `answer` makes of it, and an unexpected one into a logged
 * 500. `publicUrl` is where the pages of problems are.
 */
export const handleErrors =
  (publicUrl: string, answer: AnswerProblem = answerWith): ErrorRequestHandler =>
  async (error: unknown, request, response, next) => {
    // Whatever failed then, failed because its client has left in the middle of the request.
    const isBrokenOff = request.destroyed && !request.complete;
    // The answer was given before, to a body that was given up.
    if (response.headersSent && request.isGivenUp) return endLate(request, error);
    if (response.headersSent && isBrokenOff) return;
    if (response.headersSent) return next(error);
    const problem = isBrokenOff ? brokenOff() : toProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    await request.audit?.complete({ status: problem.status, code: problem.code });
    answer(problem, request, response, publicUrl);
  };

/** Sets the headers that belong to a problem, whatever its answer looks like. */
export function setProblemHeaders(response: Response, { retryAfterSeconds, headers = {} }: ProblemOptions): void {
  // Caches may keep a 404 by themselves, and what is not there now, such as a part of a newer page, may be there soon.
  response.set('Cache-Control', 'no-store');
  if (retryAfterSeconds !== undefined) response.set('Retry-After', `${retryAfterSeconds}`);
  response.set(headers);
}

/** Writes a problem document as the answer. */
export function answerWith(problem: HttpProblem, request: Request, response: Response, publicUrl: string): void {
  const { status, options } = problem;
  request.problemCode = problem.code;
  setProblemHeaders(response, options);
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response
    .status(status)
    .type('application/problem+json')
    .json({
      ...problemDocument(problem, request.id as string, publicUrl),
      ...(languageFor(request, response) === 'de' && refusalInGerman(problem.code)),
    });
}

/** The outcome of a request that was answered before it was known, for the audit log alone. */
async function endLate({ audit, log, complete }: Request, error: unknown): Promise<void> {
  // It has tried to write its answer by itself: what it did was done.
  if (error instanceof Error && 'code' in error && error.code === 'ERR_HTTP_HEADERS_SENT') return;
  log.warn({ err: error }, 'a request that was given up has failed');
  // Without the whole of its body nothing was done.
  const { status, code } = complete ? toProblem(error) : temporarilyUnavailable('');
  await audit?.complete({ status, code });
}

/** The body of an answer about a problem (RFC 9457). */
export const problemDocument = (
  { status, code, detail, options }: HttpProblem,
  requestId: string,
  publicUrl: string,
) => ({
  type: `${publicUrl}/problems/${code}`,
  title: API_PROBLEMS[code].title,
  status,
  code,
  detail,
  ...(options.errors && { errors: options.errors }),
  ...(options.problems && { problems: options.problems }),
  requestId,
});

function toProblem(error: unknown): HttpProblem {
  if (isHttpProblem(error)) return error;
  if (error instanceof Error && 'problem' in error && isHttpProblem(error.problem)) return error.problem;
  if (isStoreUnavailable(error))
    return temporarilyUnavailable('The database does not respond. Try again in a few seconds.');
  if (isStoreFull(error)) return insufficientStorage();
  if (error instanceof UnknownCursorError) return unknownCursor();
  if (error instanceof URIError) return new HttpProblem(400, 'bad-request', 'The URL of the request is malformed.');
  if (isClientError(error)) return ofBodyParser(error);
  return new HttpProblem(500, 'internal-error', 'Something went wrong on our side. Quote the request id to support.');
}

const isHttpProblem = (error: unknown): error is HttpProblem => error instanceof HttpProblem;

const brokenOff = (): HttpProblem =>
  new HttpProblem(400, 'request-broken-off', 'The request ended before it was complete. Send it again.');

function ofBodyParser({ status, message }: Error & { status: number }): HttpProblem {
  const detail = `The request is invalid: ${message}.`;
  if (status === 413) return new HttpProblem(413, 'body-too-large', detail);
  if (status === 415) return new HttpProblem(415, 'unsupported-media-type', detail);
  return new HttpProblem(400, 'bad-request', detail);
}

/** Express and its body parsers mark invalid requests with a 4xx status and an `expose` flag. */
const isClientError = (error: unknown): error is Error & { status: number } =>
  error instanceof Error &&
  'expose' in error &&
  error.expose === true &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500;

import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isStoreUnavailable } from '../../store/unavailable';
import { API_PROBLEMS } from '../problem-types/index';
import type { Budget } from './budget';
import { HttpProblem, temporarilyUnavailable } from './http-problem';

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

/**
 * The last middleware: turns every error into a problem document, and an unexpected one into a logged 500. `publicUrl` is where
 * the pages of problems are.
 */
export const handleErrors =
  (publicUrl: string): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    // Whatever failed then, failed because its client has left in the middle of the request.
    const isBrokenOff = request.destroyed && !request.complete;
    const problem = isBrokenOff ? brokenOff() : toProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    if (problem.options.retryAfterSeconds !== undefined)
      response.set('Retry-After', `${problem.options.retryAfterSeconds}`);
    response.set(problem.options.headers ?? {});
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response
      .status(problem.status)
      .type('application/problem+json')
      .json(problemDocument(problem, request.id as string, publicUrl));
  };

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

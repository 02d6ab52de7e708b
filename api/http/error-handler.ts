import type { ErrorRequestHandler, RequestHandler } from 'express';
import { STATUS_CODES } from 'node:http';
import { isStoreFull, isStoreUnavailable } from '../../store/unavailable';
import type { Budget } from './budget';
import { HttpProblem, insufficientStorage, temporarilyUnavailable } from './http-problem';

export const unknownRoute =
  (strangers: Budget): RequestHandler =>
  (request) => {
    if (!request.caller) strangers.spend(request);
    throw new HttpProblem(
      404,
      'unknown-route',
      `There is no route ${request.method} ${request.path}. docs/api.md lists all routes.`,
    );
  };

/** The last middleware: turns every error into a problem document, and an unexpected one into a logged 500. */
export const errorHandler: ErrorRequestHandler = (error: unknown, request, response, next) => {
  // Whatever failed then, failed because its client has left in the middle of the request.
  const isBrokenOff = request.destroyed && !request.complete;
  // The answer was given before, to a body that was given up.
  if (response.headersSent && isBrokenOff) return;
  if (response.headersSent) return next(error);
  const problem = isBrokenOff ? brokenOff() : toProblem(error);
  if (problem.status >= 500) request.log.error({ err: error }, problem.code);
  if (problem.options.retryAfterSeconds !== undefined)
    response.set('Retry-After', `${problem.options.retryAfterSeconds}`);
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
  response
    .status(problem.status)
    .type('application/problem+json')
    .json({
      type: `urn:client-import:problem:${problem.code}`,
      title: STATUS_CODES[problem.status],
      status: problem.status,
      code: problem.code,
      detail: problem.detail,
      ...(problem.options.errors && { errors: problem.options.errors }),
      ...(problem.options.problems && { problems: problem.options.problems }),
      requestId: request.id,
    });
};

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof Error && 'problem' in error && error.problem instanceof HttpProblem) return error.problem;
  if (isStoreUnavailable(error))
    return temporarilyUnavailable('The database does not respond. Try again in a few seconds.');
  if (isStoreFull(error)) return insufficientStorage();
  if (error instanceof URIError) return new HttpProblem(400, 'bad-request', 'The URL of the request is malformed.');
  if (isClientError(error))
    return new HttpProblem(error.status, 'bad-request', `The request is invalid: ${error.message}.`);
  return new HttpProblem(500, 'internal-error', 'Something went wrong on our side. Quote the request id to support.');
}

const brokenOff = (): HttpProblem =>
  new HttpProblem(400, 'request-broken-off', 'The request ended before it was complete. Send it again.');

/** Express and its body parsers mark invalid requests with a 4xx status and an `expose` flag. */
const isClientError = (error: unknown): error is Error & { status: number } =>
  error instanceof Error &&
  'expose' in error &&
  error.expose === true &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500;

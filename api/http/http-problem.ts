import type { Problem } from '../../contract/problem';

/** An error that the caller gets as `application/problem+json` (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly status: number,
    /** Stable, for programs. */
    readonly code: string,
    /** For people: the reason, and the remedy. */
    readonly detail: string,
    readonly options: {
      errors?: { field: string; detail: string }[];
      /** The problems of a row, cell by cell. */
      problems?: Problem[];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(detail);
  }
}

export const conflict = (code: string, detail: string, options?: HttpProblem['options']): HttpProblem =>
  new HttpProblem(409, code, detail, options);

export const notFound = (subject: string, id: string): HttpProblem =>
  new HttpProblem(404, 'not-found', `There is no ${subject} "${id}" in your organisation.`);

export const insufficientStorage = (): HttpProblem =>
  new HttpProblem(
    507,
    'insufficient-storage',
    'The database is about to run out of disk space, so nothing was imported. Tell those who operate it; the same request works once there is space.',
    { retryAfterSeconds: 60 },
  );

export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem(503, 'temporarily-unavailable', detail, { retryAfterSeconds: 5 });

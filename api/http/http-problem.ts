import type { Problem } from '../../contract/problem';

/** A refusal that reaches the caller as `application/problem+json` (RFC 9457). Texts are sentences for people. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly status: number,
    /** Stable; programs decide by it. */
    readonly code: string,
    /** What is wrong, and what to do. */
    readonly detail: string,
    readonly options: {
      errors?: { field: string; detail: string }[];
      /** What is wrong with a row, cell by cell. */
      problems?: Problem[];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(detail);
  }
}

export const notFound = (what: string, id: string): HttpProblem =>
  new HttpProblem(404, 'not-found', `There is no ${what} "${id}" in your organisation.`);

export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem(503, 'temporarily-unavailable', detail, { retryAfterSeconds: 5 });

import type { Problem } from '../../contract/problem';
import type { ApiProblemCode, CodeOf, StatusOf } from '../problem-types/index';

export interface ProblemOptions {
  errors?: { field: string; detail: string }[];
  /** The problems of a row, cell by cell. */
  problems?: Problem[];
  retryAfterSeconds?: number;
  /** Further headers of the answer. */
  headers?: Readonly<Record<string, string>>;
}

/** An error that the caller gets as `application/problem+json` (RFC 9457). */
export class HttpProblem<Code extends ApiProblemCode = ApiProblemCode> extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly status: StatusOf<Code>,
    /** Stable, for programs. */
    readonly code: Code,
    /** For people: the reason, and the remedy. */
    readonly detail: string,
    readonly options: ProblemOptions = {},
  ) {
    super(detail);
  }
}

export const conflict = (code: CodeOf<409>, detail: string, options?: ProblemOptions): HttpProblem =>
  new HttpProblem(409, code, detail, options);

export const notFound = (subject: string, id: string): HttpProblem =>
  new HttpProblem(404, 'not-found', `There is no ${subject} "${id}" in your organisation.`);

export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem(503, 'temporarily-unavailable', detail, { retryAfterSeconds: 5 });

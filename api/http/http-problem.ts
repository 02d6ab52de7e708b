import type { Problem } from '../../contract/problem';
import type { ApiProblemCode, CodeOf, StatusOf } from '../problem-types/index';
import { parameter } from '../problem-types/invalid-field';
import type { InvalidField } from '../problem-types/invalid-field';

export interface ProblemOptions {
  errors?: readonly InvalidField[];
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

/** The parameter of every list by which its next page is asked for. */
export const CURSOR = 'after';

export const unknownCursor = (): HttpProblem => {
  const code = 'unknown-cursor';
  const detail = `Nothing in this list has the id in "${CURSOR}", or not any more. Begin with the first page, without "${CURSOR}".`;
  return new HttpProblem(400, code, detail, { errors: [parameter([CURSOR], { code, detail })] });
};

export const insufficientStorage = (): HttpProblem =>
  new HttpProblem(
    507,
    'insufficient-storage',
    'The database is about to run out of disk space, so nothing was imported. Tell those who operate it; the same request works once there is space.',
    { retryAfterSeconds: 60 },
  );

export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem(503, 'temporarily-unavailable', detail, { retryAfterSeconds: 5 });

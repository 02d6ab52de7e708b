import { ScimError } from '../../domain/scim/scim-error';
import type { ScimErrorType } from '../../domain/scim/scim-error';
import { HttpProblem } from '../http/http-problem';
import type { CodeOf } from '../problem-types/index';

const CODES: Readonly<Record<Exclude<ScimErrorType, 'uniqueness'>, CodeOf<400>>> = {
  invalidFilter: 'scim-invalid-filter',
  invalidPath: 'scim-invalid-path',
  invalidSyntax: 'scim-invalid-syntax',
  invalidValue: 'scim-invalid-value',
  mutability: 'scim-not-mutable',
  noTarget: 'scim-no-target',
};

/** What `work` throws as an error of SCIM becomes the problem of its answer. */
export function asProblem<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    if (error.scimType === 'uniqueness') throw nameTaken(error.message);
    throw new HttpProblem(400, CODES[error.scimType], error.message);
  }
}

export const invalidValue = (detail: string): HttpProblem => new HttpProblem(400, 'scim-invalid-value', detail);

export const nameTaken = (detail: string): HttpProblem => new HttpProblem(409, 'user-name-taken', detail);

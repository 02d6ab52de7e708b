import { ERROR } from '../../domain/scim/schemas';
import type { ScimErrorType } from '../../domain/scim/scim-error';
import type { AnswerProblem } from '../http/error-handler';
import { setProblemHeaders } from '../http/error-handler';
import type { ApiProblemCode } from '../problem-types/index';
import { SCIM_JSON } from '../routing/route';

/** The words that RFC 7644 has for some problems. */
const SCIM_TYPES: Partial<Record<ApiProblemCode, ScimErrorType | 'tooMany'>> = {
  'invalid-request': 'invalidSyntax',
  'bad-request': 'invalidSyntax',
  'scim-invalid-filter': 'invalidFilter',
  'scim-invalid-path': 'invalidPath',
  'scim-invalid-syntax': 'invalidSyntax',
  'scim-invalid-value': 'invalidValue',
  'scim-no-target': 'noTarget',
  'scim-not-mutable': 'mutability',
  'scim-too-many': 'tooMany',
  'user-name-taken': 'uniqueness',
};

/** A problem as RFC 7644, section 3.12, has it. `status` is text there. */
export const answerScim: AnswerProblem = ({ status, code, detail, options }, request, response) => {
  request.problemCode = code;
  setProblemHeaders(response, options);
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  const scimType = SCIM_TYPES[code];
  response
    .status(status)
    .set('Content-Type', SCIM_JSON)
    .json({ schemas: [ERROR], status: `${status}`, ...(scimType && { scimType }), detail });
};

import { ACCESS_PROBLEMS } from './access-problems';
import { DIRECTORY_PROBLEMS } from './directory-problems';
import { IMPORT_PROBLEMS } from './import-problems';
import { INVITATION_PROBLEMS } from './invitation-problems';
import { REQUEST_PROBLEMS } from './request-problems';
import { SCIM_PROBLEMS } from './scim-problems';
import { TEXT_PROBLEMS } from './text-problems';
import { UPLOAD_PROBLEMS } from './upload-problems';
import { WEBHOOK_PROBLEMS } from './webhook-problems';

/** Every problem that an answer of the API may have, by its code. */
export const API_PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...UPLOAD_PROBLEMS,
  ...IMPORT_PROBLEMS,
  ...INVITATION_PROBLEMS,
  ...DIRECTORY_PROBLEMS,
  ...TEXT_PROBLEMS,
  ...WEBHOOK_PROBLEMS,
  ...ACCESS_PROBLEMS,
  ...SCIM_PROBLEMS,
} as const;

export type ApiProblemCode = keyof typeof API_PROBLEMS;
export const API_PROBLEM_CODES = Object.keys(API_PROBLEMS) as ApiProblemCode[];

export type StatusOf<Code extends ApiProblemCode> = (typeof API_PROBLEMS)[Code]['status'];
/** The codes of problems with this status. */
export type CodeOf<Status extends number> = {
  [Code in ApiProblemCode]: StatusOf<Code> extends Status ? Code : never;
}[ApiProblemCode];

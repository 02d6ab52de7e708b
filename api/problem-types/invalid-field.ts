import type { ApiProblemCode } from './index';

/** What is wrong with one field, for programs: of any schema. A rule of a route has the code of its problem. */
export const FIELD_CODES = {
  missing: 'The field has to be sent.',
  unknown: 'There is no such field.',
  'wrong-type': 'The value has another type.',
  'not-a-choice': 'The value is none of those allowed.',
  malformed: 'The text has another form.',
  'too-small': 'The number, the text or the list is below its least.',
  'too-large': 'The number, the text or the list is above its most.',
  invalid: 'The value breaks a rule that the detail names.',
} as const;
export type FieldCode = keyof typeof FIELD_CODES;

/** One entry of `errors` in a problem document: which part of the request is wrong, and why. */
export interface InvalidField {
  /** For people: the names on the way to it with dots between; or the name of a file. */
  field: string;
  detail: string;
  code: FieldCode | ApiProblemCode;
  /** Where it is in a body of JSON: a JSON pointer (RFC 6901) as a fragment, as RFC 9457 has it in its examples. */
  pointer?: string;
  /** The parameter of the address, the header or the field of a form. */
  parameter?: string;
}

type Reason = Pick<InvalidField, 'code' | 'detail'>;

/** A field of a JSON body by the names and numbers on the way to it; without any, the body itself. */
export const fieldOfBody = (path: readonly PropertyKey[], { code, detail }: Reason): InvalidField => ({
  field: path.join('.') || 'body',
  pointer: pointerTo(path),
  code,
  detail,
});

/** A parameter or a field of a form, and the way into one that is JSON. Without a way it is a rule of all of them. */
export const parameter = (path: readonly PropertyKey[], { code, detail }: Reason, all = 'query'): InvalidField => ({
  field: path.join('.') || all,
  ...(path.length > 0 && { parameter: String(path[0]) }),
  code,
  detail,
});

/** RFC 6901, sections 3 and 6. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeToken(String(key))}`).join('')}`;

/** By way of bytes, since a key of a body may be half of a surrogate pair, which has no encoding. */
const encodeToken = (key: string): string =>
  encodeURIComponent(Buffer.from(key.replaceAll('~', '~0').replaceAll('/', '~1')).toString());

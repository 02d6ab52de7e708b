import type { ProblemType } from './problem-type';

/** Problems of requests of identity providers. */
export const SCIM_PROBLEMS = {
  'scim-invalid-filter': {
    status: 400,
    title: 'Invalid filter',
    meaning: 'The filter of a SCIM request cannot be read.',
    fix: 'Write it as in RFC 7644, section 3.4.2.2, such as `userName eq "ann@example.com"`.',
  },
  'scim-invalid-path': {
    status: 400,
    title: 'Invalid path',
    meaning: 'The path of a SCIM operation cannot be read.',
    fix: 'Write it as in RFC 7644, section 3.5.2, such as `name.givenName` or `emails[type eq "work"].value`.',
  },
  'scim-invalid-syntax': {
    status: 400,
    title: 'Invalid operation',
    meaning: 'A SCIM operation is none of add, replace and remove.',
    fix: 'Use one of these.',
  },
  'scim-invalid-value': {
    status: 400,
    title: 'Invalid value',
    meaning: 'A value does not fit its attribute, or the checks that every line of a file passes have found a problem.',
    fix: 'Correct the value that the detail names.',
  },
  'scim-no-target': {
    status: 400,
    title: 'Nothing to change',
    meaning: 'A SCIM operation names nothing that is there.',
    fix: 'Use the operation `add`, or read the resource again.',
  },
  'scim-not-filtered': {
    status: 403,
    title: 'Not filtered',
    meaning: 'What describes the service, such as its schemas, takes no filter (RFC 7644, section 4).',
    fix: 'Ask without `filter`.',
  },
  'scim-not-mutable': {
    status: 400,
    title: 'Attribute cannot be changed',
    meaning: 'The attribute is set by us, such as `id`.',
    fix: 'Leave it as it is.',
  },
  'scim-too-many': {
    status: 400,
    title: 'Too many clients for this filter',
    meaning: 'The organisation has so many clients that a filter has to name one of them.',
    fix: 'Use `eq` with `userName`, `externalId`, `id`, `emails.value` or `phoneNumbers.value`; add more by `and`.',
  },
  'user-name-taken': {
    status: 409,
    title: 'User name taken',
    meaning: 'A person of your organisation has this user name or address already.',
    fix: 'Find them by the filter `userName eq "…"`, and change that one.',
  },
  'version-outdated': {
    status: 412,
    title: 'Version outdated',
    meaning: 'The resource has changed since the version that `If-Match` names.',
    fix: 'Read it again, and send the change with its new version.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

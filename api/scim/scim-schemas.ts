import { z } from 'zod';
import { ERROR, LIST_RESPONSE, MAX_RESULTS, PATCH_OP, SEARCH_REQUEST, USER } from '../../domain/scim/schemas';
import { PERSON_ID } from '../schemas/common';

const MOST_CHARACTERS = 1_000;

const text = z.string();
const optionalText = text.exactOptional();
const multiValued = z
  .array(z.looseObject({ value: text, type: optionalText, primary: z.union([z.boolean(), text]).exactOptional() }))
  .exactOptional();

/** A user as an identity provider sends one. What is not kept is passed over. */
export const userInput = z
  .looseObject({
    schemas: z.array(text),
    userName: text.min(1),
    externalId: optionalText,
    name: z.looseObject({ givenName: optionalText, familyName: optionalText }).exactOptional(),
    emails: multiValued,
    phoneNumbers: multiValued,
    active: z.union([z.boolean(), text]).exactOptional(),
  })
  .meta({ id: 'ScimUserInput', description: 'A user as an identity provider sends one (RFC 7643, section 4.1).' });

export const userExample = {
  schemas: [USER],
  externalId: '7d9f6c1e',
  userName: 'ann@example.com',
  name: { givenName: 'Ann', familyName: 'Lee' },
  emails: [{ value: 'ann@example.com', type: 'work', primary: true }],
  phoneNumbers: [{ value: '+447911123456', type: 'mobile', primary: true }],
  active: true,
};

export const patchInput = z
  .looseObject({
    schemas: z.array(text),
    Operations: z
      .array(z.looseObject({ op: text, path: optionalText, value: z.unknown().optional() }))
      .min(1)
      .max(100),
  })
  .meta({ id: 'ScimPatch', description: 'Operations on a resource (RFC 7644, section 3.5.2).' });

export const patchExample = {
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};

/** Any resource. Its schema is at `/scim/v2/Schemas`. */
export const resource = z
  .looseObject({ schemas: z.array(text) })
  .meta({ id: 'ScimResource', description: 'A resource; its schema is at /scim/v2/Schemas.' });

export const listResponse = z
  .object({
    schemas: z.array(text),
    totalResults: z.int().min(0),
    startIndex: z.int().min(1),
    itemsPerPage: z.int().min(0),
    Resources: z.array(resource),
  })
  .meta({ id: 'ScimList', description: 'A page of resources (RFC 7644, section 3.4.2).' });

export const scimError = z
  .object({ schemas: z.array(text), status: text, scimType: optionalText, detail: text })
  .meta({ id: 'ScimError', description: 'Why a request of SCIM was not carried out (RFC 7644, section 3.12).' });

export const scimErrorExample = { schemas: [ERROR], status: '404', detail: 'There is no user with this id.' };

const attributes = text.max(MOST_CHARACTERS).optional().meta({ description: 'Only these attributes, by commas.' });
const selection = {
  attributes,
  excludedAttributes: text.max(MOST_CHARACTERS).optional().meta({ description: 'Without these attributes.' }),
};
/** Parameters that are not known are passed over (RFC 7644, section 3.4.2), such as `sortBy`. */
export const selectionQuery = z.object(selection);

const startWithin = (index: number): number => Math.max(1, index);
const countWithin = (count: number): number => Math.min(MAX_RESULTS, Math.max(0, count));

/** A value out of bounds counts as the nearest one (RFC 7644, section 3.4.2.4). */
export const listQuery = z.object({
  filter: text
    .optional()
    .meta({ description: 'RFC 7644, section 3.4.2.2.', examples: ['userName eq "ann@example.com"'] }),
  startIndex: z.coerce.number().int().transform(startWithin).default(1),
  count: z.coerce.number().int().transform(countWithin).default(100),
  ...selection,
});

/** Of what describes the service: a filter is refused, so that nobody takes the answer for filtered (RFC 7644, section 4). */
export const unfilteredQuery = z.object({
  filter: text.optional().meta({ description: 'Refused: these resources are not filtered.' }),
});

/** The query of a list as a body, for filters that no log of a proxy should hold (RFC 7644, section 3.4.3). */
export const searchInput = z
  .looseObject({
    schemas: z.array(text),
    filter: optionalText,
    startIndex: z.int().default(1).transform(startWithin),
    count: z.int().default(100).transform(countWithin),
    attributes: z.array(text).exactOptional(),
    excludedAttributes: z.array(text).exactOptional(),
  })
  .meta({ id: 'ScimSearch', description: 'What to look for (RFC 7644, section 3.4.3).' });

export const searchExample = { schemas: [SEARCH_REQUEST], filter: 'userName eq "ann@example.com"' };

export const savedUserExample = {
  ...userExample,
  id: PERSON_ID,
  displayName: 'Ann Lee',
  meta: {
    ...{ resourceType: 'User', created: '2026-11-29T08:00:00.000Z', lastModified: '2026-11-29T08:00:00.000Z' },
    version: 'W/"1Yk3vZpQ8x2l0FvJrM5t7w"',
    location: `https://import.example.com/scim/v2/Users/${PERSON_ID}`,
  },
};

export const listExample = {
  ...{ schemas: [LIST_RESPONSE], totalResults: 1, startIndex: 1, itemsPerPage: 1 },
  Resources: [savedUserExample],
};

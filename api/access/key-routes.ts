import { z } from 'zod';
import { RIGHTS, ROLES } from '../../contract/access/roles';
import { oneLineName } from '../../domain/access/names';
import { ALL_ROLES, SYSTEM_ADMINISTRATOR } from '../http/authenticate';
import { pageLimit } from '../http/parse';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idParams, instant, pageOf } from '../schemas/common';

const tag = 'Access';
const KEY_ID = '0b9f6f0a-5d0e-4c57-8f4e-7a1f0c2d9b36';
const CREATED = '2026-11-23T09:00:00.000Z';
const MOST_OVERLAP_HOURS = 720;

const role = z.enum(ROLES).meta({ id: 'Role', description: 'What a caller may do; see docs/access.md.' });
const rights = z.array(z.enum(RIGHTS)).meta({
  description: 'Beside the role. `unmask`: whole addresses and numbers on request, where the role has them masked.',
});
const used = instant.nullable().meta({ description: 'Exact to a minute; `null` for never.' });

const keyFields = {
  id: z.string(),
  name: z.string(),
  role,
  rights,
  createdAt: instant,
  expiresAt: instant.nullable().meta({ description: 'When it is refused; `null` for no end.' }),
  revokedAt: instant.nullable(),
  lastUsedAt: used,
  secrets: z
    .array(z.object({ createdAt: instant, expiresAt: instant.nullable(), lastUsedAt: used }))
    .meta({ description: 'Those that work or did lately, the newest last; never the secrets themselves.' }),
};
const key = z.object(keyFields).meta({ id: 'Key', description: 'An API key.' });
const keyWithSecret = z
  .object({ ...keyFields, secret: z.string().meta({ description: 'What requests send. It is shown this once.' }) })
  .meta({ id: 'KeyWithSecret', description: 'An API key with its new secret.' });
export type KeyView = z.output<typeof key>;

const keyExample: z.input<typeof key> = {
  ...{ id: KEY_ID, name: 'Payroll export', role: 'userAdministrator', rights: [], createdAt: CREATED, expiresAt: null },
  ...{ revokedAt: null, lastUsedAt: '2026-11-27T17:21:00.000Z' },
  secrets: [{ createdAt: CREATED, expiresAt: null, lastUsedAt: '2026-11-27T17:21:00.000Z' }],
};
const newKeyExample: z.input<typeof keyWithSecret> = {
  ...{ ...keyExample, lastUsedAt: null, secrets: [{ createdAt: CREATED, expiresAt: null, lastUsedAt: null }] },
  secret: 'ci_5d41402abc4b2a76b9719d911017c592ae1b2c3d4e5f6071',
};

const name = z
  .string()
  .max(400)
  .transform((text, context) => {
    const line = oneLineName(text);
    if (line === undefined) context.addIssue({ code: 'custom', message: 'Must be one line of 1 to 100 characters' });
    return line ?? '';
  })
  .meta({ description: 'What the key is for. Unique among the keys that are not revoked.' });
const expiresAt = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((time) => time > new Date(), 'Must be in the future')
  .meta({ description: 'From when on the key is refused (RFC 3339).' });

const keyParams = idParams('key', KEY_ID);

export const getCaller = defineRoute({
  method: 'get',
  path: '/v1/me',
  operationId: 'getCaller',
  summary: 'Tell who the key or token of this request is',
  tag,
  access: ALL_ROLES,
  answers: {
    200: json(
      'The caller.',
      z
        .object({
          id: z.string().meta({ description: 'Of the key; or of the person whom a token names, opaque.' }),
          kind: z.enum(['key', 'oidc']),
          name: z.string().nullable().meta({ description: 'Of the key; `null` for the person of a token.' }),
          organisation: z.string(),
          role,
          rights,
          expiresAt: instant.nullable(),
        })
        .meta({ id: 'Caller' }),
      {
        ...{ id: KEY_ID, kind: 'key', name: 'Payroll export', organisation: 'harbour-wealth' },
        ...{ role: 'userAdministrator', rights: [], expiresAt: null },
      },
    ),
  },
});

export const createKey = defineRoute({
  method: 'post',
  path: '/v1/keys',
  operationId: 'createKey',
  summary: 'Create an API key',
  description: 'The answer shows the secret, this once.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  body: jsonOf(z.strictObject({ name, role, rights: rights.exactOptional(), expiresAt: expiresAt.exactOptional() }), {
    name: 'Payroll export',
    role: 'userAdministrator',
    expiresAt: '2099-06-30T00:00:00Z',
  }),
  answers: { 201: json('The new key.', keyWithSecret, newKeyExample, { Location: 'Address of the key.' }) },
  problems: ['key-name-taken'],
});

export const listKeys = defineRoute({
  method: 'get',
  path: '/v1/keys',
  operationId: 'listKeys',
  summary: 'List API keys, the newest first',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  query: z.strictObject({
    after: z.string().min(1).max(400).optional(),
    limit: pageLimit(100),
  }),
  answers: {
    200: json('A page of keys.', pageOf('KeyPage', key, z.string()), { data: [keyExample], next: null }, NEXT_PAGE),
  },
});

export const getKey = defineRoute({
  method: 'get',
  path: '/v1/keys/{id}',
  operationId: 'getKey',
  summary: 'Get one API key',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params: keyParams,
  answers: { 200: json('The key.', key, keyExample) },
});

export const rotateKey = defineRoute({
  method: 'post',
  path: '/v1/keys/{id}/rotations',
  operationId: 'rotateKey',
  summary: 'Give an API key a new secret',
  description:
    'The secret before it works on for `overlapHours`. No rotation ends one sooner than its overlap, so rotate again if the answer was lost.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params: keyParams,
  body: jsonOf(
    z.strictObject({
      overlapHours: z.number().min(0).max(MOST_OVERLAP_HOURS).default(24),
      expiresAt: expiresAt.nullable().exactOptional().meta({ description: 'A new end of the key; `null` for none.' }),
    }),
    { overlapHours: 24 },
  ),
  answers: { 200: json('The key with its new secret.', keyWithSecret, newKeyExample) },
  problems: ['key-revoked', 'key-expired', 'key-has-too-many-secrets'],
});

export const revokeKey = defineRoute({
  method: 'delete',
  path: '/v1/keys/{id}',
  operationId: 'revokeKey',
  summary: 'End an API key for good',
  description: 'Every process refuses it at once, and ends what is still open with it within a second. Idempotent.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params: keyParams,
  answers: { 200: json('The revoked key.', key, { ...keyExample, revokedAt: '2026-11-28T08:00:00.000Z' }) },
});

import { z } from 'zod';
import { CONFIG, RESOURCE_TYPES, SCHEMAS } from '../../domain/scim/schemas';
import { ADMINISTRATORS } from '../http/authenticate';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idParams, PERSON_ID } from '../schemas/common';
import { scimBody } from './scim-body';
import {
  listExample,
  listQuery,
  listResponse,
  patchExample,
  patchInput,
  resource,
  savedUserExample,
  searchExample,
  searchInput,
  selectionQuery,
  unfilteredQuery,
  userExample,
  userInput,
} from './scim-schemas';

const common = { tag: 'Provisioning', access: ADMINISTRATORS, protocol: 'scim' } as const;

const ETAG = { ETag: 'The version of the resource, for `If-Match` and `If-None-Match`.' };
const user = (description: string) => json(description, resource, savedUserExample, ETAG);
const INPUT_PROBLEMS = ['scim-invalid-value', 'scim-not-mutable', 'user-name-taken'] as const;
const MAKES_IMPORT = ['upload-quota-used-up', 'insufficient-storage'] as const;
const ifMatch = z.object({
  'If-Match': z.string().optional().meta({ description: 'The change is made only to this version.' }),
});

export const listUsers = defineRoute({
  ...common,
  method: 'get',
  path: '/scim/v2/Users',
  operationId: 'listScimUsers',
  summary: 'List clients as users of SCIM',
  query: listQuery,
  answers: { 200: json('A page of users, the oldest first.', listResponse, listExample) },
  problems: ['scim-invalid-filter', 'scim-too-many'],
});
const search = {
  ...common,
  method: 'post',
  body: jsonOf(searchInput, searchExample, scimBody),
  answers: { 200: json('A page of users, the oldest first.', listResponse, listExample) },
  problems: ['scim-invalid-filter', 'scim-too-many', 'scim-invalid-syntax'],
} as const;
export const searchUsers = defineRoute({
  ...search,
  path: '/scim/v2/Users/.search',
  operationId: 'searchScimUsers',
  summary: 'List clients as users of SCIM, by a body',
});
export const searchAll = defineRoute({
  ...search,
  path: '/scim/v2/.search',
  operationId: 'searchScim',
  summary: 'List resources of every type, which are users',
});
export const createUser = defineRoute({
  ...common,
  method: 'post',
  path: '/scim/v2/Users',
  operationId: 'createScimUser',
  announces: true,
  summary: 'Create and invite a client, by an import of one row',
  query: selectionQuery,
  body: jsonOf(userInput, userExample, scimBody),
  answers: { 201: { ...user('The user, who is being invited.'), headers: { ...ETAG, Location: 'The user.' } } },
  problems: [...INPUT_PROBLEMS, ...MAKES_IMPORT, 'scim-invalid-syntax'],
});

const one = { ...common, path: '/scim/v2/Users/{id}', params: idParams('user', PERSON_ID) } as const;
export const getUser = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getScimUser',
  summary: 'Get a client as a user of SCIM',
  query: selectionQuery,
  headers: z.object({
    'If-None-Match': z.string().optional().meta({ description: 'Answers 304 if the user still has this version.' }),
  }),
  answers: {
    200: user('The user.'),
    304: { description: 'The user still has this version.', empty: true, headers: ETAG },
  },
});
export const replaceUser = defineRoute({
  ...one,
  method: 'put',
  operationId: 'replaceScimUser',
  summary: 'Replace what is kept of a client',
  query: selectionQuery,
  headers: ifMatch,
  body: jsonOf(userInput, userExample, scimBody),
  answers: { 200: user('The user after the change.') },
  problems: [...INPUT_PROBLEMS, ...MAKES_IMPORT, 'scim-invalid-syntax', 'version-outdated'],
});
export const patchUser = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'patchScimUser',
  summary: 'Change some attributes of a client, or deactivate them',
  query: selectionQuery,
  headers: ifMatch,
  body: jsonOf(patchInput, patchExample, scimBody),
  answers: { 200: user('The user after the change.') },
  problems: [
    ...INPUT_PROBLEMS,
    ...MAKES_IMPORT,
    ...([
      'scim-invalid-path',
      'scim-invalid-syntax',
      'scim-invalid-filter',
      'scim-no-target',
      'version-outdated',
    ] as const),
  ],
});
export const deleteUser = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteScimUser',
  summary: 'Erase all data of a client',
  description: 'As `DELETE /v1/clients/{id}/personal-data`. It cannot be undone: to keep the client, deactivate them.',
  headers: ifMatch,
  answers: { 204: { description: 'The user is gone.', empty: true } },
  problems: ['version-outdated'],
});

const described = { ...common, query: unfilteredQuery, problems: ['scim-not-filtered'] } as const;
export const getConfig = defineRoute({
  ...described,
  method: 'get',
  path: '/scim/v2/ServiceProviderConfig',
  operationId: 'getScimConfig',
  summary: 'What of SCIM is supported',
  answers: { 200: json('The configuration (RFC 7643, section 5).', resource, CONFIG) },
});
const listed = (resources: readonly z.input<typeof resource>[]) => ({
  ...listExample,
  ...{ totalResults: resources.length, itemsPerPage: resources.length, Resources: [...resources] },
});
export const listResourceTypes = defineRoute({
  ...described,
  method: 'get',
  path: '/scim/v2/ResourceTypes',
  operationId: 'listScimResourceTypes',
  summary: 'List the types of resources',
  answers: { 200: json('The types.', listResponse, listed(RESOURCE_TYPES)) },
});
export const getResourceType = defineRoute({
  ...described,
  method: 'get',
  path: '/scim/v2/ResourceTypes/{id}',
  operationId: 'getScimResourceType',
  summary: 'Get a type of resources',
  params: idParams('resource type', 'User'),
  answers: { 200: json('The type.', resource, RESOURCE_TYPES[0]!) },
});
export const listSchemas = defineRoute({
  ...described,
  method: 'get',
  path: '/scim/v2/Schemas',
  operationId: 'listScimSchemas',
  summary: 'List the schemas of resources',
  answers: { 200: json('The schemas.', listResponse, listed(SCHEMAS)) },
});
export const getSchema = defineRoute({
  ...described,
  method: 'get',
  path: '/scim/v2/Schemas/{id}',
  operationId: 'getScimSchema',
  summary: 'Get the schema of a resource',
  params: idParams('schema', SCHEMAS[0]!.id),
  answers: { 200: json('The schema.', resource, SCHEMAS[0]!) },
});

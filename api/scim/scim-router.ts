import type { Request } from 'express';
import type { Resource } from '../../domain/scim/attribute-path';
import { parseFilter } from '../../domain/scim/parse-filter';
import { patched } from '../../domain/scim/patch';
import { CONFIG, LIST_RESPONSE, RESOURCE_TYPES, SCHEMAS } from '../../domain/scim/schemas';
import { selected, versionOf, wantedOf } from '../../domain/scim/user';
import { goOn } from '../erasure/carry-out';
import { callerOf } from '../http/authenticate';
import { HttpProblem, notFound } from '../http/http-problem';
import { emptyReply, reply, route } from '../routing/route';
import type { Input, Route } from '../routing/route';
import { createProvisioning } from './provision';
import type { ProvisioningDeps } from './provision';
import { asProblem } from './scim-problem';
import {
  createUser,
  deleteUser,
  getConfig,
  getResourceType,
  getSchema,
  getUser,
  listResourceTypes,
  listSchemas,
  listUsers,
  patchUser,
  replaceUser,
  searchAll,
  searchUsers,
} from './scim-routes';
import { createUsers, namesVersion } from './users';
import type { ProvisionedUser } from './users';

type Selection = Parameters<typeof selected>[1];
type Query = Input<typeof listUsers>['query'];

const queryOf = ({ filter, startIndex, count, ...selection }: Input<typeof searchUsers>['body']): Query => ({
  ...{ filter, startIndex, count },
  attributes: selection.attributes?.join(),
  excludedAttributes: selection.excludedAttributes?.join(),
});

/** SCIM 2.0: an identity provider keeps the clients of an organisation. */
export function createScimRoutes(deps: ProvisioningDeps): Route[] {
  const { store, config, outbox, linkBase } = deps;
  const users = createUsers(store, linkBase.publicUrl);
  const provisioning = createProvisioning(deps);

  async function find(request: Request, id: string): Promise<ProvisionedUser> {
    const found = await users.find(callerOf(request).organisationId, id);
    if (!found) throw notFound('user', id);
    return found;
  }

  /** Throws a 412 if the client has changed since the version that the request names. */
  async function findToChange(request: Request, id: string) {
    const found = await find(request, id);
    const condition = request.get('If-Match');
    if (condition !== undefined && !namesVersion(condition, found.user)) throw versionOutdated();
    return found;
  }

  async function answer<const Status extends 200 | 201>(
    request: Request,
    status: Status,
    id: string,
    selection: Selection,
  ) {
    const { user } = await find(request, id);
    const location = (user['meta'] as { location: string }).location;
    return reply(status, selected(user, selection) as Resource & { schemas: string[] }, {
      ETag: versionOf(user),
      ...(status === 201 && { Location: location }),
    });
  }

  async function list(request: Request, { filter, startIndex, count, ...selection }: Query) {
    const parsed = filter === undefined ? undefined : asProblem(() => parseFilter(filter));
    const found = await users.list(callerOf(request).organisationId, parsed, { startIndex, count });
    const page = found.users.map((user) => selected(user, selection));
    return reply(200, listOf(page, found.total, startIndex));
  }

  async function change(
    request: Request,
    id: string,
    selection: Selection,
    { to, removesAbsent }: { to: (user: Resource) => Resource; removesAbsent: boolean },
  ) {
    const found = await findToChange(request, id);
    const wanted = asProblem(() => wantedOf(to(found.user)));
    await provisioning.change(request, found, wanted, { removesAbsent });
    return answer(request, 200, id, selection);
  }

  return [
    route(listUsers, ({ query }, request) => list(request, query)),
    route(searchUsers, ({ body }, request) => list(request, queryOf(body))),
    route(searchAll, ({ body }, request) => list(request, queryOf(body))),
    route(createUser, async ({ body, query }, request) => {
      const id = await provisioning.create(
        request,
        asProblem(() => wantedOf(body)),
      );
      return answer(request, 201, id, query);
    }),
    route(getUser, async ({ params: { id }, query }, request) => {
      const { user } = await find(request, id);
      const known = request.get('If-None-Match');
      if (known !== undefined && namesVersion(known, user)) return emptyReply(304, { ETag: versionOf(user) });
      return answer(request, 200, id, query);
    }),
    // Identity providers send the attributes that are mapped there; of the others they ask for nothing.
    route(replaceUser, ({ params: { id }, query, body }, request) =>
      change(request, id, query, { to: () => body, removesAbsent: false }),
    ),
    route(patchUser, ({ params: { id }, query, body }, request) =>
      change(request, id, query, { to: (user) => patched(user, body.Operations), removesAbsent: true }),
    ),
    route(deleteUser, async ({ params: { id } }, request) => {
      const { person } = await findToChange(request, id);
      const begun = await store.erasures.begin(person.organisationId, 'client', id);
      if (begun.kind !== 'begun') throw notFound('user', id);
      if (!begun.erasure.erasedAt) await goOn(store, config, begun.erasure);
      outbox.poke();
      return emptyReply(204);
    }),
    route(getConfig, async (input) => reply(200, unfiltered(input, CONFIG))),
    route(listResourceTypes, async (input) =>
      reply(200, unfiltered(input, listOf(RESOURCE_TYPES, RESOURCE_TYPES.length, 1))),
    ),
    route(getResourceType, async ({ params: { id }, ...input }) => {
      const found = RESOURCE_TYPES.find((type) => type.id === id);
      if (!found) throw notFound('resource type', id);
      return reply(200, unfiltered(input, found));
    }),
    route(listSchemas, async (input) => reply(200, unfiltered(input, listOf(SCHEMAS, SCHEMAS.length, 1)))),
    route(getSchema, async ({ params: { id }, ...input }) => {
      const found = SCHEMAS.find((schema) => schema.id === id);
      if (!found) throw notFound('schema', id);
      return reply(200, unfiltered(input, found));
    }),
  ];
}

function unfiltered<T>({ query }: Pick<Input<typeof getConfig>, 'query'>, answer: T): T {
  if (query.filter === undefined) return answer;
  throw new HttpProblem(403, 'scim-not-filtered', 'This is not filtered. Ask without "filter".');
}

const listOf = (resources: readonly Resource[], totalResults: number, startIndex: number) => ({
  ...{ schemas: [LIST_RESPONSE], totalResults, startIndex, itemsPerPage: resources.length },
  Resources: [...resources] as (Resource & { schemas: string[] })[],
});

const versionOutdated = (): HttpProblem =>
  new HttpProblem(412, 'version-outdated', 'The user has changed since that version. Read it again; nothing was done.');

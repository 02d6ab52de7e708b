import type { PersonDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { getIn } from '../../domain/scim/attribute-path';
import type { Resource } from '../../domain/scim/attribute-path';
import { matches } from '../../domain/scim/match-filter';
import type { ScimFilter } from '../../domain/scim/parse-filter';
import { userNameKey, userOf } from '../../domain/scim/user';
import { teamNamesOf } from '../directory/people';

type UsersStore = Pick<Store, 'provisioned' | 'directory' | 'organisations'>;

/** A client with their resource as it is. */
export interface ProvisionedUser {
  person: PersonDoc;
  user: Resource;
}

interface Found {
  total: number;
  /** Of the page alone. */
  users: Resource[];
}

/** The clients of an organisation as users of SCIM. */
export function createUsers(store: UsersStore, base: string) {
  async function viewer(organisationId: string): Promise<(person: PersonDoc) => Resource> {
    const teams = await teamNamesOf(store, organisationId);
    return ({ _id: id, teamIds, deactivatedAt, provisioning = {}, ...person }) => {
      const { firstName, lastName, email, mobile, company, language, createdAt } = person;
      const { externalId, userName } = provisioning;
      const named = { ...(externalId !== undefined && { externalId }), ...(userName !== undefined && { userName }) };
      const team = teams.get(teamIds[0] ?? '') ?? null;
      const isDeactivated = deactivatedAt !== undefined;
      return userOf(
        {
          ...{ id, firstName, lastName, email, mobile, company, team, createdAt, isDeactivated },
          ...named,
          ...(language && { language }),
        },
        base,
      );
    };
  }

  return {
    async find(organisationId: string, id: string): Promise<ProvisionedUser | null> {
      const person = await store.directory.find(organisationId, 'client', id);
      return person && { person, user: (await viewer(organisationId))(person) };
    },

    /** A page of those that match. `startIndex` is from 1. */
    async list(
      organisationId: string,
      filter: ScimFilter | undefined,
      { startIndex, count }: { startIndex: number; count: number },
    ): Promise<Found> {
      const view = await viewer(organisationId);
      if (!filter) {
        const [total, people] = await Promise.all([
          store.provisioned.count(organisationId),
          count === 0 ? [] : store.provisioned.page(organisationId, startIndex - 1, count),
        ]);
        return { total, users: people.map(view) };
      }
      const users: Resource[] = [];
      let total = 0;
      for await (const person of (await lookUp(store, organisationId, filter)) ??
        store.provisioned.all(organisationId)) {
        const user = view(person);
        if (!matches(user, filter)) continue;
        total++;
        if (total >= startIndex && users.length < count) users.push(user);
      }
      return { total, users };
    },
  };
}

/** The few whom an index finds for a filter that names one person, as identity providers ask before each change. */
async function lookUp(store: UsersStore, organisationId: string, filter: ScimFilter): Promise<PersonDoc[] | undefined> {
  if (filter.kind === 'and')
    return (await lookUp(store, organisationId, filter.left)) ?? lookUp(store, organisationId, filter.right);
  if (filter.kind !== 'compare' || filter.by !== 'eq' || typeof filter.value !== 'string') return undefined;
  const { path, value } = filter;
  if (path.extension !== undefined || path.sub !== undefined) return undefined;
  switch (path.attribute!.toLowerCase()) {
    case 'username':
      return store.provisioned.byUserName(organisationId, userNameKey(value));
    case 'externalid':
      return store.provisioned.byExternalId(organisationId, value);
    case 'id':
      return [await store.directory.find(organisationId, 'client', value)].filter((person) => person !== null);
    default:
      return undefined;
  }
}

/** Whether a condition such as `If-Match` names this version (RFC 9110, section 13.1). Weak and strong ones compare alike. */
export function namesVersion(condition: string, user: Resource): boolean {
  const version = String(getIn(user['meta'] as Resource, 'version')).replace(/^W\//, '');
  return condition.split(',').some((one) => ['*', version].includes(one.trim().replace(/^W\//, '')));
}

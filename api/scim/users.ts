import type { PersonDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { getIn } from '../../domain/scim/attribute-path';
import type { Resource } from '../../domain/scim/attribute-path';
import { matches } from '../../domain/scim/match-filter';
import type { ScimFilter } from '../../domain/scim/parse-filter';
import { userOf } from '../../domain/scim/user';
import { teamNamesOf } from '../directory/people';
import { HttpProblem } from '../http/http-problem';
import { lookUp } from './look-up';

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

/** The most clients that are read for a filter that no index serves: all of them, one by one, at each request. */
const MOST_READ = 10_000;

const tooMany = (): HttpProblem =>
  new HttpProblem(
    400,
    'scim-too-many',
    `Your organisation has more than ${MOST_READ} clients, and this filter would have to look at each of them. Name one by ` +
      '"userName eq", "externalId eq", "id eq", "emails.value eq" or "phoneNumbers.value eq"; more may follow after "and".',
  );

/** The clients of an organisation as users of SCIM. */
export function createUsers(store: UsersStore, base: string) {
  async function viewer(organisationId: string): Promise<(person: PersonDoc) => Resource> {
    const teams = await teamNamesOf(store, organisationId);
    return ({ _id: id, teamIds, deactivatedAt, provisioning = {}, ...person }) => {
      const { firstName, lastName, email, mobile, company, language, createdAt, changedAt } = person;
      const { externalId, userName } = provisioning;
      const named = { ...(externalId !== undefined && { externalId }), ...(userName !== undefined && { userName }) };
      const team = teams.get(teamIds[0] ?? '') ?? null;
      const isDeactivated = deactivatedAt !== undefined;
      return userOf(
        {
          ...{ id, firstName, lastName, email, mobile, company, team, createdAt, isDeactivated },
          ...named,
          ...(language && { language }),
          ...(changedAt && { changedAt }),
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
      const found = await lookUp(store, organisationId, filter);
      if (!found && (await store.provisioned.count(organisationId)) > MOST_READ) throw tooMany();
      for await (const person of found ?? store.provisioned.all(organisationId)) {
        const user = view(person);
        if (!matches(user, filter)) continue;
        total++;
        if (total >= startIndex && users.length < count) users.push(user);
      }
      return { total, users };
    },
  };
}

/** Whether a condition such as `If-Match` names this version (RFC 9110, section 13.1). Weak and strong ones compare alike. */
export function namesVersion(condition: string, user: Resource): boolean {
  const version = String(getIn(user['meta'] as Resource, 'version')).replace(/^W\//, '');
  return condition.split(',').some((one) => ['*', version].includes(one.trim().replace(/^W\//, '')));
}

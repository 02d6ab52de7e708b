import { randomUUID } from 'node:crypto';
import { teamNameKey } from '../../domain/client-team';
import type { PersonValues } from '../../domain/person';
import type { Collections, OrganisationDoc } from '../documents';
import { isDuplicateKey } from '../duplicates';
import type { Mongo } from '../mongo';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import { newKeyDoc } from '../access/api-keys';
import type { NewKey } from '../access/api-keys';

interface NewOrganisation {
  id: string;
  name: string;
  defaultCountry: string | null;
  /** Becomes the default team. */
  teamName: string;
  /** Active at once: who sets up an organisation knows them, and without active staff no client could be invited. */
  staff: PersonValues;
  key: Omit<NewKey, 'organisationId'>;
  secret: string;
}

/** Sets up organisations. */
export function createNewOrganisations(
  {
    organisations,
    clientTeams,
    people,
    apiKeys,
  }: Pick<Collections, 'organisations' | 'clientTeams' | 'people' | 'apiKeys'>,
  transaction: Mongo['transaction'],
) {
  return {
    /** All of it or nothing. Returns whether the id was free. */
    async create({ id, name, defaultCountry, teamName, staff, key, secret }: NewOrganisation): Promise<boolean> {
      const [teamId, createdAt] = [randomUUID(), new Date()];
      const organisation = { ...DEFAULT_SETTINGS, _id: id, name, defaultCountry, defaultTeamId: teamId };
      const team = { _id: teamId, organisationId: id, name: teamName, nameKey: teamNameKey(teamName) };
      const person = {
        ...{ ...staff, teamIds: [teamId], _id: randomUUID(), organisationId: id, importId: null, row: null },
        ...{ createdAt, active: true, activeSince: createdAt },
      };
      try {
        await transaction(async (session) => {
          await organisations.insertOne(organisation, { session });
          await clientTeams.insertOne(team, { session });
          await people.insertOne(person, { session });
          await apiKeys.insertOne(newKeyDoc({ ...key, organisationId: id }, secret), { session });
        });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** All organisations of the installation, by id. */
    list: (): Promise<Pick<OrganisationDoc, '_id' | 'name'>[]> =>
      organisations.find().project<Pick<OrganisationDoc, '_id' | 'name'>>({ name: 1 }).sort({ _id: 1 }).toArray(),
  };
}

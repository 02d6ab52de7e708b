import { createApiKeys } from '../access/api-keys';
import { collectionsOf } from '../documents';
import type { ClientTeamDoc, PersonDoc, Role } from '../documents';
import { openStoreDatabase } from '../mongo';
import { DEFAULT_SETTINGS } from '../organisation-settings';

export const DEMO_ORGANISATION_ID = 'demo';

const TEAMS = ['Mayfair', 'Riverside'];
const STAFF = [
  { id: 'staff-1', firstName: 'Ines', lastName: 'Almeida', mobile: '+447911123450' },
  { id: 'staff-2', firstName: 'Tom', lastName: 'Okafor', mobile: '+447911123451' },
];
const teamIdOf = (name: string): string => `${DEMO_ORGANISATION_ID}:${name.toLowerCase()}`;

/** Creates the demo organisation with two client teams, an active staff member in each, and its API keys. Safe to repeat. */
export async function seedDemo(
  mongoUri: string,
  database: string,
  keys: readonly { role: Role; key: string }[],
): Promise<void> {
  const mongo = await openStoreDatabase(mongoUri, database);
  try {
    const collections = collectionsOf(mongo.db);
    const apiKeys = createApiKeys(collections);
    await Promise.all([
      collections.organisations.updateOne(
        { _id: DEMO_ORGANISATION_ID },
        { $setOnInsert: { ...DEFAULT_SETTINGS, name: 'Harbour Wealth', defaultCountry: 'GB' } },
        { upsert: true },
      ),
      ...TEAMS.map((name) =>
        collections.clientTeams.updateOne({ _id: teamIdOf(name) }, { $setOnInsert: team(name) }, { upsert: true }),
      ),
      ...STAFF.map((member, i) => {
        const { _id, ...fields } = staffMember(member, TEAMS[i]!);
        return collections.people.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      }),
      ...keys.map(({ role, key }) => apiKeys.save(key, DEMO_ORGANISATION_ID, role)),
    ]);
  } finally {
    await mongo.close();
  }
}

const team = (name: string): Omit<ClientTeamDoc, '_id'> => ({
  organisationId: DEMO_ORGANISATION_ID,
  name,
  nameKey: name.toLowerCase(),
});

function staffMember({ id, ...member }: (typeof STAFF)[number], teamName: string): PersonDoc {
  const email = `${member.firstName}.${member.lastName}@staff.example.com`.toLowerCase();
  return {
    ...member,
    email,
    emailKey: email,
    _id: `${DEMO_ORGANISATION_ID}:${id}`,
    organisationId: DEMO_ORGANISATION_ID,
    kind: 'staff',
    mobileType: 'mobile',
    company: null,
    role: 'Staff',
    teamIds: [teamIdOf(teamName)],
    importId: null,
    row: null,
    createdAt: new Date(),
    active: true,
  };
}

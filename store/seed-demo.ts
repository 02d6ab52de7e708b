import { createApiKeys } from './api-keys';
import { collectionsOf } from './collections';
import type { ClientTeamDoc, Role, StaffDoc } from './documents';
import { openStoreDatabase } from './mongo';

export const DEMO_ORGANISATION_ID = 'demo';

const TEAMS = ['Mayfair', 'Riverside'];
const STAFF: Pick<StaffDoc, 'name' | 'email' | 'role'>[] = [
  { name: 'Ines Almeida', email: 'ines.almeida@staff.example.com', role: 'Staff' },
  { name: 'Tom Okafor', email: 'tom.okafor@staff.example.com', role: 'Staff' },
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
        { $setOnInsert: { name: 'Harbour Wealth', defaultCountry: 'GB', defaultTeamId: null } },
        { upsert: true },
      ),
      ...TEAMS.map((name) =>
        collections.clientTeams.updateOne({ _id: teamIdOf(name) }, { $setOnInsert: team(name) }, { upsert: true }),
      ),
      ...STAFF.map((member, i) => {
        const { _id, ...fields } = staffMember(member, TEAMS[i]!);
        return collections.staff.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
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

const staffMember = (member: Pick<StaffDoc, 'name' | 'email' | 'role'>, teamName: string): StaffDoc => ({
  ...member,
  _id: `${DEMO_ORGANISATION_ID}:${member.email}`,
  organisationId: DEMO_ORGANISATION_ID,
  emailKey: member.email,
  teamIds: [teamIdOf(teamName)],
  active: true,
});

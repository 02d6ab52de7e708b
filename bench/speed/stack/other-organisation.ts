import { collectionsOf } from '../../../store/documents';
import { createApiKeys } from '../../../store/access/api-keys';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import type { Stack } from './stack';

const OTHER = 'bench-other';
const OTHER_KEY = `ci_${'b'.repeat(32)}`;

/** Makes a copy of the demo organisation with its teams and staff. Returns the headers of its key. */
export async function seedOther({ db }: Pick<Stack, 'db'>): Promise<{ Authorization: string }> {
  const collections = collectionsOf(db);
  const { organisations, clientTeams, people } = collections;
  const renamed = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(DEMO_ORGANISATION_ID, OTHER)) as T;
  const [demo, teams, staff] = await Promise.all([
    organisations.findOne({ _id: DEMO_ORGANISATION_ID }),
    clientTeams.find({ organisationId: DEMO_ORGANISATION_ID }).toArray(),
    people.find({ organisationId: DEMO_ORGANISATION_ID, kind: 'staff' }).toArray(),
  ]);
  await organisations.insertOne({ ...demo!, _id: OTHER, name: 'Bench' });
  await clientTeams.insertMany(teams.map(renamed));
  await people.insertMany(staff.map((member) => ({ ...renamed(member), createdAt: new Date() })));
  await createApiKeys(collections).save(OTHER_KEY, OTHER, 'systemAdministrator');
  return { Authorization: `Bearer ${OTHER_KEY}` };
}

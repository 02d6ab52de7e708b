import { collectionsOf } from '../../../store/documents';
import { createApiKeys } from '../../../store/people/api-keys';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../report/figures';
import { importByProduct } from '../product';
import type { Stack } from '../stack/stack';
import type { Measure } from './measure';

const OTHER = 'bench-other';
const OTHER_KEY = `ci_${'b'.repeat(32)}`;
const BUSY_FILES = 200;
const LONE_RUNS = 5;
/** Until the many files are under way. */
const UNDER_WAY_MS = 2_000;

/** One file of an organisation while another runs many, beside its time alone. */
export const fair: Measure = {
  async run(stack, newFiles) {
    await seedOther(stack);
    const headers = { Authorization: `Bearer ${OTHER_KEY}` };
    const alone: number[] = [];
    for (let i = 0; i <= LONE_RUNS; i++) alone.push((await importByProduct(stack, newFiles(1), headers)).ms);
    const files = newFiles(BUSY_FILES);
    const [own] = [newFiles(1)];
    const others = importByProduct(stack, files);
    await pause(UNDER_WAY_MS);
    const { ms } = await importByProduct(stack, own, headers);
    await others;
    const lone = median(alone.slice(1));
    return [
      { measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`, figure: ms / lone, must: 2 },
      { measure: 'one file alone', figure: lone, unit: 'ms' },
    ];
  },
};

/** A copy of the demo organisation with its teams and staff. */
async function seedOther({ db }: Stack): Promise<void> {
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
}

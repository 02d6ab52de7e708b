import { importWorkflowId } from '../../../contract/import';
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
  async run(stack, newFiles, note) {
    await seedOther(stack);
    const headers = { Authorization: `Bearer ${OTHER_KEY}` };
    const files = newFiles(BUSY_FILES);
    const own = newFiles(1);
    // To make them takes longer than the API keeps a silent connection, which is noticed now.
    await pause(100);
    const alone: number[] = [];
    for (let i = 0; i <= LONE_RUNS; i++) alone.push((await importByProduct(stack, newFiles(1), headers)).ms);
    const others = importByProduct(stack, files);
    await pause(UNDER_WAY_MS);
    const { ms, uploadMs, ids } = await importByProduct(stack, own, headers);
    await others;
    note(`beside others: ${await timelineOf(stack, ids[0]!, uploadMs)}`);
    const lone = median(alone.slice(1));
    return [
      { measure: `one file beside ${BUSY_FILES} of another organisation ÷ alone`, figure: ms / lone, must: 2 },
      { measure: 'one file alone', figure: lone, unit: 'ms' },
    ];
  },
};

/** When the upload was answered, and the steps of the import since it was started, in milliseconds. */
async function timelineOf({ temporal }: Stack, importId: string, uploadMs: number): Promise<string> {
  const { events } = await temporal.workflow.getHandle(importWorkflowId(importId)).fetchHistory();
  const times = events!.map(({ eventTime, eventType }) => ({
    type: String(eventType).replace('EVENT_TYPE_', '').toLowerCase(),
    at: Number(eventTime!.seconds) * 1000 + Number(eventTime!.nanos ?? 0) / 1e6,
  }));
  const steps = times.map(({ type, at }) => `${type} ${(at - times[0]!.at).toFixed(0)}`);
  return `upload ${uploadMs.toFixed(0)}; ${steps.join(', ')}`;
}

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

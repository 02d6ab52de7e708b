import { MockActivityEnvironment } from '@temporalio/testing';
import { createPlanImport } from '../../../activities/planning/plan-import';
import { NOT_NEEDED_CODE } from '../../../contract/invitation';
import type { ImportPlan } from '../../../contract/snapshot';
import { loadConfig } from '../../../platform/config';
import type { ImportDoc } from '../../../store/documents';
import { createActivityDeps } from '../../../worker/deps';
import { settingsFor, sharedServers, uniqueName } from '../../support/environment';
import { openScratchStore, organisation, person, sentInvitation } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const ORG = 'new-run';

describe('A run that goes on with an import', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation(ORG));
  });
  afterAll(() => scratch.close());

  test('has the second channel follow a first message that has bounced while the run before handed over', async () => {
    const importId = uniqueName('import-');
    await scratch.collections.imports.insertOne({
      ...{ _id: importId, organisationId: ORG, status: 'settling', revision: 0, fileProblems: [], columns: [] },
      ...{ createdAt: new Date(), plannedAt: new Date(), retries: [], failover: { first: 'email', afterHours: 24 } },
    } as unknown as ImportDoc);
    const known = person(ORG);
    await scratch.collections.people.insertOne(known);
    const of = { importId, row: 2 };
    await scratch.store.invitations.stage([
      sentInvitation(known, { ...of, channel: 'email', state: 'bounced' }),
      sentInvitation(known, { ...of, channel: 'sms', state: 'suppressed', code: NOT_NEEDED_CODE }),
    ]);
    const deps = createActivityDeps(loadConfig(settingsFor(ORG, sharedServers())), scratch.store);
    const plan = createPlanImport(deps);
    const { snapshot }: ImportPlan = await new MockActivityEnvironment().run(plan, { importId });
    expect(snapshot.invitations).toContainEqual({ channel: 'sms', state: 'pending', rows: '2' });
    expect(await scratch.store.invitations.find({ importId, channel: 'sms' })).toMatchObject([
      { generation: 2, state: 'pending' },
    ]);
  });
});

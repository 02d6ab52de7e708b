import { MockActivityEnvironment } from '@temporalio/testing';
import { createDatabaseActivities, createProviderActivities } from '../../../activities/index';
import { loadConfig } from '../../../platform/config';
import { openStore } from '../../../store/index';
import { createActivityDeps } from '../../../worker/deps';
import { settingsFor, sharedServers } from '../../support/environment';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { createFigures } from '../figures';

const DRIVERS = 10;
const ROWS = 100;
const ROUNDS = 3;

/** Ten workers, to the ledger: each has its own connections and senders, and all work on the same rows. */
describe('Many workers on the same invitations', () => {
  const figures = createFigures('Ten drivers at once', ['round', 'invitations', 'accepted', 'twice']);
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
  });
  afterAll(async () => {
    await stack.stop();
  });

  test('Ten workers send the same invitations at once, and each is accepted exactly once', async () => {
    const config = loadConfig(settingsFor(stack.name, sharedServers()));
    const stores = await Promise.all(
      Array.from({ length: DRIVERS }, () => openStore(config.mongo.uri, config.mongo.database)),
    );
    const drivers = stores.map((store) => {
      const deps = createActivityDeps(config, store);
      return { ...createDatabaseActivities(deps), ...createProviderActivities(deps) };
    });
    const run = (step: (input: never) => Promise<unknown>, input: object) =>
      new MockActivityEnvironment().run(step as (input: object) => Promise<unknown>, input);
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        const rows = people(ROWS, `round${round}`, () => ({}), round * ROWS);
        const importId = await stack.api.importId(toCsv(rows));
        const lines = `2-${ROWS + 1}`;
        await Promise.all(drivers.map(({ planImport }) => run(planImport, { importId })));
        await Promise.all(drivers.map(({ writePeople }) => run(writePeople, { importId, rows: lines })));
        await Promise.all(
          drivers.flatMap(({ sendInvitations }) =>
            (['email', 'sms'] as const).map((channel) => run(sendInvitations, { importId, channel, rows: lines })),
          ),
        );

        const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
        const accepted = (await stack.sandbox.messages()).filter(({ to }) => addresses.has(to));
        const twice = accepted.length - new Set(accepted.map(({ to }) => to)).size;
        figures.add(round, 2 * ROWS, accepted.length, twice);
        expect(twice).toBe(0);
        expect(accepted).toHaveLength(2 * ROWS);
        const states = await stack.db.collection('invitations').distinct('state', { importId });
        expect(states).toEqual(['sent']);
        expect(await stack.db.collection('people').countDocuments({ importId })).toBe(ROWS);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });
});

import type { ImportStatus } from '../../contract/import-status';
import { storeOpenHistory } from '../histories/stored';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { PREVIOUS_RELEASE, startPreviousBuild } from './previous-build';
import type { PreviousBuild } from './previous-build';

/** So that imports are in the middle of it when they are looked at. */
const SLOW = { SMS_CONCURRENCY: '2' };

/**
 * `npm run upgrade-drill`: imports of the previous release, open in every way in which an import can rest or be under way, are taken
 * over by this build and come to their ends. `RECORD=1` stores their histories for `npm test`.
 */
describe('When a new build meets the open imports of the previous release, then', () => {
  let stack: Stack;
  let previous: PreviousBuild | undefined;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    stack = await startStack(SLOW, { worker: false });
    previous = await startPreviousBuild(stack, process.env.UPGRADE_FROM ?? PREVIOUS_RELEASE, SLOW);
  });
  afterAll(async () => {
    await previous?.stop();
    await stack.stop();
  });

  let used = 0;
  const csv = (count: number, tag: string): string => toCsv(people(count, tag, () => ({}), (used += count) - count));
  const setRiverside = (active: boolean) =>
    stack.db.collection('people').updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active } });
  const statusIs = (id: string, ...statuses: ImportStatus[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
      60_000,
    );
  const post = (api: PreviousBuild['api'], id: string, action: string) =>
    api.call('POST', `/v1/imports/${id}/${action}`);
  const firstSms = (id: string) =>
    until(
      'the first SMS',
      () => stack.api.find(id),
      ({ invitations }) => invitations.sms.sent > 0,
    );

  test('the previous build brings them there', async () => {
    const { api } = previous!;
    ids.set('awaiting-approval', await api.importIdWith({ mode: 'preview' }, csv(6, 'preview')));
    await statusIs(ids.get('awaiting-approval')!, 'awaiting-approval');
    // As any change of its organisation may cause it.
    await stack.workflow(ids.get('awaiting-approval')!).signal('refresh');

    const refused = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21211 });
    ids.set('needs-attention', await api.importId(csv(6, 'attention')));
    await statusIs(ids.get('needs-attention')!, 'needs-attention');
    ids.set('retried-once', await api.importId(csv(6, 'once')));
    await statusIs(ids.get('retried-once')!, 'needs-attention');
    await api.retry(ids.get('retried-once')!, {});
    await statusIs(ids.get('retried-once')!, 'needs-attention');
    await stack.sandbox.lift(refused);

    await setRiverside(false);
    ids.set('waiting', await api.importId(csv(6, 'waits')));
    await statusIs(ids.get('waiting')!, 'waiting');
    // By itself it hears of that late: a change past the product leaves no mark.
    await setRiverside(true);

    const key = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
    ids.set('paused-by-provider', await api.importId(csv(6, 'refused')));
    await statusIs(ids.get('paused-by-provider')!, 'paused');
    await stack.sandbox.lift(key);

    const slow = await stack.sandbox.plan({ provider: 'twilio', kind: 'delay', delayMs: 500 });
    const begin = async (name: string): Promise<string> => {
      const id = await api.importId(csv(40, name.replace(/\W/g, '')));
      ids.set(name, id);
      await firstSms(id);
      return id;
    };
    await post(api, await begin('paused'), 'pause');
    const twice = await begin('paused-twice');
    for (const name of ['pause', 'resume', 'pause']) await stack.workflow(twice).signal(name);
    await statusIs(twice, 'paused');
    await begin('sending');
    await begin('cancelled');
    await previous!.stop();
    previous = undefined;
    await stack.sandbox.lift(slow);

    if (process.env.RECORD) {
      for (const [name, id] of ids) storeOpenHistory(name, await stack.workflow(id).fetchHistory());
    }
  }, 240_000);

  test('this build takes commands without a worker, and with one all of them come to their ends', async () => {
    const { api } = stack;
    const preview = await api.find(ids.get('awaiting-approval')!);
    expect(await api.apply(preview.id, preview.plan!.hash)).toMatchObject({ status: 202 });
    expect(await post(api, ids.get('cancelled')!, 'cancel')).toMatchObject({ status: 202 });
    for (const name of ['paused', 'paused-twice', 'paused-by-provider']) {
      expect([name, await post(api, ids.get(name)!, 'resume')]).toMatchObject([name, { status: 200 }]);
    }
    for (const name of ['needs-attention', 'retried-once']) {
      expect([name, await api.retry(ids.get(name)!)]).toMatchObject([name, { status: 202 }]);
    }
    const stop = await stack.startWorker();
    try {
      await stack.workflow(ids.get('waiting')!).signal('refresh');
      for (const [name, id] of ids) {
        const expected = name === 'cancelled' ? 'cancelled' : 'completed';
        expect([name, (await statusIs(id, 'completed', 'cancelled', 'failed')).status]).toEqual([name, expected]);
        await stack.workflow(id).result();
      }
    } finally {
      await stop();
    }
    for (const [name, id] of ids) {
      const { events } = await stack.workflow(id).fetchHistory();
      const failures = events!.flatMap(
        ({ workflowTaskFailedEventAttributes: failed }) => failed?.failure?.message ?? [],
      );
      expect([name, failures]).toEqual([name, []]);
    }
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  }, 240_000);
});

import { REMIND_WORKFLOW_TYPE } from '../../../../contract/sending/reminders';
import { collectionsOf } from '../../../../store/documents';
import { uniqueName } from '../../../support/environment';
import { until } from '../../../support/until';
import { createFigures, seconds } from '../../figures';
import { endStates } from '../../imports';
import type { Upload } from '../../imports';
import { checkInvariants } from '../../invariant-check';
import { killEverything, messagesTo, PATIENCE_MS, untilAccepted } from '../../kill-everything';
import { MANY_REQUESTS, startProduct } from '../../product';
import type { Product } from '../../product';

const ROWS = 30;
/** Each request takes so long that a kill finds some messages accepted, some in flight and some waiting. */
const LATENCY_MS = 400;
/** Longer than everything needs to be killed and to come back, on a busy machine. */
const LATER_MS = 45_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('An import that waits, while everything is killed', () => {
  const figures = createFigures('Everything killed in a wait', ['wait', 'kills', 'sent', 'unconfirmed', 'took']);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS, { latencyMs: LATENCY_MS });
  });
  afterAll(() => product.stop());

  const post = (id: string, action: string, body: object = {}) =>
    product.api.call<{ code?: string }>('POST', `/v1/imports/${id}/${action}`, { body: JSON.stringify(body) });
  const comesTo = (id: string, statuses: readonly string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => product.api.find(id),
      ({ status }) => statuses.includes(status),
      180_000,
    );
  const hasEnded = (id: string) => comesTo(id, ['completed', 'completed-with-problems', 'needs-attention']);
  const waits = (id: string) => comesTo(id, ['scheduled']);

  /** Each line has one message a channel, which was accepted or is in doubt, and everything agrees with the ledger. */
  async function expectAllSent(name: string, kills: number, startedAt: number, upload: Upload, generations = 1) {
    const { sent, unconfirmed, failed } = endStates(await hasEnded(upload.id));
    const violations = await checkInvariants(product, upload, { generations });
    figures.add(name, kills, sent, unconfirmed, seconds(startedAt));
    expect(violations).toEqual([]);
    expect({ failed, all: sent + unconfirmed }).toEqual({ failed: 0, all: 2 * upload.rows.length });
  }

  test('A chosen time: nobody is sent anything before it, and everybody once after it', async () => {
    const startedAt = Date.now();
    const sendAt = new Date(startedAt + LATER_MS);
    const upload = await product.upload('sendat', ROWS, { form: { sendAt: sendAt.toISOString() } });
    await waits(upload.id);
    await killEverything(product);
    expect(await product.api.find(upload.id)).toMatchObject({ status: 'scheduled', rows: { created: ROWS } });
    expect(await messagesTo(product, upload.rows)).toEqual([]);

    // And again when its time has come.
    const [first] = await untilAccepted(product, upload.rows, 1);
    await killEverything(product);
    expect(new Date(first!.at).getTime()).toBeGreaterThanOrEqual(sendAt.getTime());
    await expectAllSent('a chosen time', 2, startedAt, upload);
  });

  test('A spread: no more people are reached in an hour than it says, and the others when their turn comes', async () => {
    const startedAt = Date.now();
    const atMost = ROWS / 3;
    const upload = await product.upload('spread', ROWS, { form: { spread: `${atMost}/hour` } });
    await untilAccepted(product, upload.rows, 1);
    await killEverything(product);
    await waits(upload.id);
    const reached = await messagesTo(product, upload.rows.slice(0, atMost));
    expect(await messagesTo(product, upload.rows)).toHaveLength(reached.length);
    await killEverything(product);
    await waits(upload.id);
    expect(await messagesTo(product, upload.rows)).toHaveLength(reached.length);

    expect((await post(upload.id, 'schedule', { sendAt: 'now', spread: 'none' })).status).toBe(200);
    await untilAccepted(product, upload.rows, reached.length + 1);
    await killEverything(product);
    await expectAllSent('a spread', 3, startedAt, upload);
  });

  test('The night: an SMS reaches nobody before the morning, and everybody once after it', async () => {
    const startedAt = Date.now();
    // A time of day has no seconds.
    const morning = new Date(Math.ceil((startedAt + LATER_MS) / 60_000) * 60_000);
    const quiet = { from: timeOfDay(new Date(startedAt - HOUR_MS)), to: timeOfDay(morning) };
    const setHours = (sms: typeof quiet | null) =>
      product.api.call('PATCH', '/v1/organisation', { body: JSON.stringify({ quietHours: { sms } }) });
    expect((await setHours(quiet)).status).toBe(200);
    // Where it is the time of UTC in summer and winter.
    const upload = await product.upload('night', ROWS, {
      change: (_person, i) => ({ mobile: `+354611${1_000 + i}` }),
    });
    await waits(upload.id);
    await killEverything(product);
    await waits(upload.id);
    const bySms = async () => (await messagesTo(product, upload.rows)).filter(({ provider }) => provider === 'twilio');
    expect(await bySms()).toEqual([]);

    // It is morning at a whole minute, which may be further away than the patience of the others.
    await untilAccepted(product, upload.rows, ROWS + 1, morning.getTime() - Date.now() + PATIENCE_MS);
    await killEverything(product);
    const [first] = await bySms();
    expect(new Date(first!.at).getTime()).toBeGreaterThanOrEqual(morning.getTime());
    await expectAllSent('the night', 2, startedAt, upload);
    expect((await setHours(null)).status).toBe(200);
  });

  test('A preview: it sends nothing until its plan is applied, and is applied once however often it is asked for', async () => {
    const startedAt = Date.now();
    const upload = await product.upload('preview', ROWS, { form: { mode: 'preview' } });
    await comesTo(upload.id, ['awaiting-approval']);
    await killEverything(product);
    const { status, plan } = await product.api.find(upload.id);
    expect(status).toBe('awaiting-approval');
    expect(await messagesTo(product, upload.rows)).toEqual([]);

    const applying = product.api.apply(upload.id, plan!.hash).catch(() => undefined);
    await Promise.all([applying, killEverything(product)]);
    const answer = await until(
      'the plan to be applied',
      () => product.api.apply(upload.id, plan!.hash),
      ({ status: code }) => code < 300,
      60_000,
    );
    expect(answer.status).toBeLessThan(300);
    await untilAccepted(product, upload.rows, 1);
    await killEverything(product);
    await expectAllSent('a preview', 3, startedAt, upload);
  });

  test('A reminder that has become due: everybody who has not joined gets one more message, and no second one', async () => {
    const startedAt = Date.now();
    const upload = await product.upload('remind', ROWS);
    await hasEnded(upload.id);
    const first = (await messagesTo(product, upload.rows)).length;
    expect(first).toBe(2 * ROWS);
    // Their reports count as changes.
    await until(
      'all to be delivered',
      () => collectionsOf(product.db).invitations.countDocuments({ importId: upload.id, state: 'delivered' }),
      (count) => count === first,
    );
    await aDayPasses(upload.id);
    await product.temporal.workflow.start(REMIND_WORKFLOW_TYPE, {
      taskQueue: product.settings.config.temporal.taskQueue,
      workflowId: uniqueName('remind-'),
    });
    await untilAccepted(product, upload.rows, first + 1);
    await killEverything(product);
    await expectAllSent('a reminder', 1, startedAt, upload, 2);
    const newest = await collectionsOf(product.db)
      .invitations.find({ importId: upload.id, superseded: false })
      .toArray();
    expect(new Set(newest.map(({ generation }) => generation))).toEqual(new Set([2]));
  });

  /** Lets the time pass that an organisation waits with a reminder. */
  async function aDayPasses(importId: string): Promise<void> {
    const { imports, invitations } = collectionsOf(product.db);
    const earlier = (field: string) => [{ $set: { [field]: { $subtract: [`$${field}`, DAY_MS + HOUR_MS] } } }];
    await invitations.updateMany({ importId }, earlier('changedAt'));
    await imports.updateOne({ _id: importId, remindAt: { $exists: true } }, earlier('remindAt'));
  }
});

const timeOfDay = (at: Date): string => at.toISOString().slice(11, 16);

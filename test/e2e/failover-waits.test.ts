import { startSkippingServer } from '../support/time-skipping';
import type { SkippingServer } from '../support/time-skipping';
import { createScimCaller } from '../api/scim/scim-caller';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import type { Channel } from '../../contract/invitation';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const UNCACHED = { cachedWorkflows: 0 };

/** As in `test/workflows/waiting.test.ts`: the server that skips time hangs now and then on a loaded machine. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** The steps, the store and the providers are the real ones, and hours pass at once: the e-mail is tried first, the SMS follows after two. */
describe('The hours for which the second channel waits', () => {
  const AFTER_HOURS = 2;
  let server: SkippingServer;
  let stack: Stack;
  let stopWorker: () => Promise<void>;
  beforeEach(async () => {
    server = await startSkippingServer();
    stack = await startStack({}, { callbacks: true, worker: false, skipping: server });
    stopWorker = await stack.startWorker();
    await change({ failover: { first: 'email', afterHours: AFTER_HOURS } });
  });
  afterEach(async () => {
    await stopWorker();
    await stack.stop();
    await server.stop();
  });

  const change = async (settings: Record<string, unknown>): Promise<void> => {
    const { status } = await stack.api.call('PATCH', '/v1/organisation', { body: JSON.stringify(settings) });
    expect(status).toBe(200);
  };
  const post = <T = object>(path: string, body: unknown = {}) =>
    stack.api.call<T>('POST', path, { body: JSON.stringify(body) });
  /** No report of their e-mails ever comes. */
  async function silent(count: number, tag: string, change_: Parameters<typeof people>[2] = () => ({})) {
    const some = people(count, tag, change_);
    for (const { email } of some)
      await stack.sandbox.planOutcome({ to: email, outcome: 'silent', provider: 'sendgrid' });
    return some;
  }
  const sentTo = async (some: readonly Person[]) => {
    const messages = await stack.sandbox.messages();
    expect(invitedTwice(messages)).toEqual([]);
    const count = (addresses: string[]): number => messages.filter(({ to }) => addresses.includes(to)).length;
    return { email: count(some.map(({ email }) => email)), sms: count(some.map(({ mobile }) => mobile)) };
  };
  const when = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
    );
  const smsOf = async (id: string, row: number) =>
    (await stack.api.rows(id)).find((one) => one.row === row)!.invitations.find(({ channel }) => channel === 'sms')!;
  const idOf = async ({ email }: Person): Promise<string> =>
    (await stack.db.collection('people').findOne({ emailKey: email }))!._id as never;
  const reportOn = async (id: string, channel: Channel, kind: 'delivered' | 'bounced') => {
    const [invitation] = await stack.store.invitations.find({ importId: id, channel, rows: [2] });
    const code = kind === 'bounced' ? ({ code: 'invitation.bounced' } as const) : {};
    await stack.store.reports.apply([
      { eventId: `${kind}-${invitation!._id}`, channel, kind, invitationId: invitation!._id, ...code },
    ]);
  };
  async function waiting(some: readonly Person[], form: Record<string, string> = {}): Promise<string> {
    const id = await stack.api.importIdWith(form, toCsv([...some]));
    await when(id, 'scheduled');
    return id;
  }

  test('are not waited for by somebody who has joined, and a delivery in them is enough', async () => {
    const [joins, reached] = (await silent(2, 'joins')) as [Person, Person];
    const [one, other] = [await waiting([joins]), await waiting([reached])];
    const [{ token }] = (await stack.store.invitations.find({ importId: one, channel: 'email' })) as unknown as [
      { token: string },
    ];
    await server.skip(HOUR_MS);
    expect((await post('/v1/invitations/accept', { token })).status).toBe(200);
    await reportOn(other, 'email', 'delivered');
    await Promise.all([when(one, 'completed'), when(other, 'completed')]);
    await server.skip(AFTER_HOURS * HOUR_MS);
    expect(await sentTo([joins, reached])).toEqual({ email: 2, sms: 0 });
    expect(await smsOf(one, 2)).toMatchObject({ problem: { code: 'invitation.already-accepted' } });
    expect(await smsOf(other, 2)).toMatchObject({ problem: { code: 'invitation.not-needed' } });
  });

  test('end with an undo in them, and a bounce after it is followed by nothing', async () => {
    const some = await silent(2, 'undone');
    const id = await waiting(some);
    await server.skip(HOUR_MS);
    const { body } = await post<{ planHash: string; messages: object }>(`/v1/imports/${id}/undo`);
    expect(body.messages).toEqual({ out: { email: 2, sms: 0 }, waiting: { email: 0, sms: 2 } });
    expect((await post(`/v1/imports/${id}/undo`, { planHash: body.planHash })).status).toBeLessThan(300);
    await when(id, 'undone');
    await reportOn(id, 'email', 'bounced');
    await server.skip(2 * AFTER_HOURS * HOUR_MS);
    expect(await sentTo(some)).toEqual({ email: 2, sms: 0 });
    expect((await stack.api.find(id)).status).toBe('undone');
    expect(await smsOf(id, 2)).toMatchObject({ state: 'cancelled' });
  });

  test('end with whom the identity provider deactivates in them', async () => {
    const identity = await createScimCaller(stack);
    const [leaves, stays] = (await silent(2, 'leaves')) as [Person, Person];
    const id = await waiting([leaves, stays]);
    const person = await idOf(leaves);
    expect((await identity.patch(person, [{ op: 'Replace', path: 'active', value: 'False' }])).status).toBe(200);
    await server.skip(1.5 * AFTER_HOURS * HOUR_MS);
    await when(id, 'completed');
    expect(await sentTo([leaves])).toEqual({ email: 1, sms: 0 });
    expect(await sentTo([stays])).toEqual({ email: 1, sms: 1 });
    expect(await smsOf(id, 2)).toMatchObject({ problem: { code: 'person.deactivated' } });
  });

  test('go on behind a restart of all workers in them', async () => {
    await stopWorker();
    stopWorker = await stack.startWorker(UNCACHED);
    const some = await silent(2, 'restart');
    const id = await waiting(some);
    await server.skip(HOUR_MS);
    await stopWorker();
    stopWorker = await stack.startWorker(UNCACHED);
    await server.skip(HOUR_MS / 2);
    expect(await sentTo(some)).toEqual({ email: 2, sms: 0 });
    await server.skip(HOUR_MS);
    await when(id, 'completed');
    expect(await sentTo(some)).toEqual({ email: 2, sms: 2 });
  });

  test('end with whom somebody erases in them, and the others wait on', async () => {
    const [erased, stays] = (await silent(2, 'erased')) as [Person, Person];
    const id = await waiting([erased, stays]);
    const path = `/v1/clients/${await idOf(erased)}/personal-data`;
    expect((await stack.api.call('DELETE', path)).status).toBeLessThan(300);
    await server.skip(HOUR_MS);
    expect((await stack.api.find(id)).status).toBe('scheduled');
    await server.skip(1.5 * HOUR_MS);
    await when(id, 'completed');
    expect(await sentTo([erased])).toEqual({ email: 1, sms: 0 });
    expect(await sentTo([stays])).toEqual({ email: 1, sms: 1 });
    expect(await smsOf(id, 2)).toMatchObject({ state: 'suppressed' });
  });

  test('of one person in two files end in one SMS, though the second file was told to invite by e-mail again', async () => {
    const [both, other] = (await silent(2, 'twofiles')) as [Person, Person];
    const one = await waiting([both]);
    const two = await waiting([both, other], { onExisting: 'invite' });
    // One by SMS is on its way already.
    expect(await smsOf(two, 2)).toBeUndefined();
    await server.skip((AFTER_HOURS + 0.5) * HOUR_MS);
    await Promise.all([when(one, 'completed'), when(two, 'completed')]);
    const messages = await stack.sandbox.messages();
    const count = (address: string): number => messages.filter(({ to }) => to === address).length;
    expect([both, other].map(({ email, mobile }) => [count(email), count(mobile)])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  test('do not end a pause: what has become due in it is sent once it ends', async () => {
    const some = await silent(2, 'paused');
    const id = await waiting(some);
    expect((await post(`/v1/imports/${id}/pause`)).status).toBe(200);
    await server.skip(2 * AFTER_HOURS * HOUR_MS);
    expect((await stack.api.find(id)).status).toBe('paused');
    expect(await sentTo(some)).toEqual({ email: 2, sms: 0 });
    expect((await post(`/v1/imports/${id}/resume`)).status).toBe(200);
    await when(id, 'completed');
    expect(await sentTo(some)).toEqual({ email: 2, sms: 2 });
  });

  test('are followed by the morning where they end in the night', async () => {
    const inHours = (hours: number): Date => new Date(server.now().getTime() + hours * HOUR_MS);
    const timeOfDay = (at: Date): string => at.toISOString().slice(11, 16);
    await change({ quietHours: { sms: { from: timeOfDay(inHours(1)), to: timeOfDay(inHours(6)) } } });
    // Where it is the time of UTC in summer and winter.
    const some = await silent(2, 'night', (_person, i) => ({ mobile: `+354611700${i}` }));
    const id = await waiting(some);
    await server.skip((AFTER_HOURS + 1) * HOUR_MS);
    expect(await smsOf(id, 2)).toMatchObject({ deferred: { because: 'quiet-hours' } });
    expect(await sentTo(some)).toEqual({ email: 2, sms: 0 });
    await server.skip(4 * HOUR_MS);
    await when(id, 'completed');
    expect(await sentTo(some)).toEqual({ email: 2, sms: 2 });
  });

  test('begin for each person when their own e-mail is sent, however long a spread takes', async () => {
    const some = await silent(3, 'spread');
    const id = await waiting(some, { spread: '1/hour' });
    /** How many have got an e-mail and an SMS after some minutes of each hour. */
    const seen: object[] = [await sentTo(some)];
    await server.skip(5 * MINUTE_MS);
    for (let hour = 1; hour <= 5; hour++) {
      await server.skip(HOUR_MS);
      seen.push(await sentTo(some));
    }
    await when(id, 'completed');
    expect(seen).toEqual([
      { email: 1, sms: 0 },
      { email: 2, sms: 0 },
      { email: 3, sms: 1 },
      { email: 3, sms: 2 },
      { email: 3, sms: 3 },
      { email: 3, sms: 3 },
    ]);
  });
});

import { REMIND_WORKFLOW_TYPE } from '../../contract/sending/reminders';
import { collectionsOf } from '../../store/documents';
import { createScimCaller } from '../api/scim/scim-caller';
import type { ScimCaller } from '../api/scim/scim-caller';
import { uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { startSkippingServer } from '../support/time-skipping';
import type { SkippingServer } from '../support/time-skipping';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
/** How long each of the waits is. The server's time goes on while the test does its work. */
const WAIT_HOURS = 4;

/** As in `test/workflows/waiting.test.ts`: the server that skips time hangs now and then on a loaded machine. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** The steps, the store and the providers are the real ones, and hours pass at once. */
describe('Somebody whom the identity provider deactivates while a message to them waits', () => {
  let server: SkippingServer;
  let stack: Stack;
  let identity: ScimCaller;
  beforeEach(async () => {
    server = await startSkippingServer();
    stack = await startStack({}, { callbacks: true, skipping: server });
    identity = await createScimCaller(stack);
  });
  afterEach(async () => {
    await stack.stop();
    await server.stop();
  });

  const post = <T = object>(path: string, body: unknown = {}) =>
    stack.api.call<T>('POST', path, { body: JSON.stringify(body) });
  const change = async (settings: Record<string, unknown>): Promise<void> => {
    const { status } = await stack.api.call('PATCH', '/v1/organisation', { body: JSON.stringify(settings) });
    expect(status).toBe(200);
  };
  const inHours = (hours: number): Date => new Date(server.now().getTime() + hours * HOUR_MS);
  const timeIn = (hours: number): string => inHours(hours).toISOString().slice(11, 16);
  const nightFor = (hours: number) => change({ quietHours: { sms: { from: timeIn(-1), to: timeIn(hours) } } });
  const idOf = async ({ email }: Person): Promise<string> =>
    (await collectionsOf(stack.db).people.findOne({ emailKey: email }))!._id;
  const patch = async (person: Person, ...operations: object[]): Promise<number> =>
    (await identity.patch(await idOf(person), operations)).status;
  const setActive = async (person: Person, value: boolean): Promise<void> =>
    expect(await patch(person, { op: 'Replace', path: 'active', value })).toBe(200);
  const got = async ({ email, mobile }: Pick<Person, 'email' | 'mobile'>) => {
    const messages = await stack.sandbox.messages();
    const count = (address: string): number => messages.filter(({ to }) => to === address).length;
    return { email: count(email), sms: count(mobile) };
  };
  const when = (id: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      () => stack.api.find(id),
      ({ status }) => statuses.includes(status),
    );
  /** In Iceland, where it is the time of UTC in summer and winter. No report of their e-mails comes. */
  async function some(tag: string): Promise<Person[]> {
    const all = people(4, tag, (_person, i) => ({ mobile: `+35461180${i}0` }));
    for (const { email } of all)
      await stack.sandbox.planOutcome({ to: email, outcome: 'silent', provider: 'sendgrid' });
    return all;
  }
  async function upload(all: readonly Person[], form: Record<string, string> = {}): Promise<string> {
    const id = await stack.api.importIdWith(form, toCsv([...all]));
    await when(id, 'scheduled');
    return id;
  }

  /** Each begins a wait of all SMS of a file, and of the e-mails where these wait, too. Their number before it and after it. */
  const WAITS: Record<string, { begin: (all: Person[]) => Promise<string>; before: object; after: object }> = {
    'for a chosen time': {
      begin: (all) => upload(all, { sendAt: inHours(WAIT_HOURS).toISOString() }),
      before: { email: 0, sms: 0 },
      after: { email: 1, sms: 1 },
    },
    'for the morning': {
      begin: async (all) => {
        await nightFor(WAIT_HOURS);
        return upload(all);
      },
      before: { email: 1, sms: 0 },
      after: { email: 1, sms: 1 },
    },
    'for the first channel': {
      begin: async (all) => {
        await change({ failover: { first: 'email', afterHours: WAIT_HOURS } });
        return upload(all);
      },
      before: { email: 1, sms: 0 },
      after: { email: 1, sms: 1 },
    },
    'for the morning, as a reminder': {
      begin: async (all) => {
        const id = await stack.api.importId(toCsv(all));
        // A report that comes later would be newer than a day, and so would an import that is closed later.
        await until(
          'all SMS to be delivered',
          () => stack.api.find(id),
          ({ closedAt, invitations: { sms } }) => closedAt !== null && sms.delivered === all.length,
        );
        await nightFor(WAIT_HOURS);
        await aDayPasses(id);
        await stack.temporal.workflow.execute(REMIND_WORKFLOW_TYPE, {
          ...{ taskQueue: stack.name, workflowId: uniqueName('remind-') },
        });
        await when(id, 'scheduled');
        return id;
      },
      before: { email: 2, sms: 1 },
      after: { email: 2, sms: 2 },
    },
  };

  test.each(Object.keys(WAITS))(
    '%s, gets it in its time once they are active again, however late that is, and nobody twice',
    async (name) => {
      const { begin, before, after } = WAITS[name]!;
      const all = await some('waits');
      const [stays, early, late, erased] = all as [Person, Person, Person, Person];
      const id = await begin(all);
      for (const one of [early, late]) await setActive(one, false);
      expect((await identity.scim('DELETE', `/Users/${await idOf(erased)}`)).status).toBe(204);
      await server.skip(HOUR_MS);
      await setActive(early, true);
      await when(id, 'scheduled');
      for (const one of [stays, early, late, erased]) expect(await got(one)).toEqual(before);

      await server.skip((WAIT_HOURS + 1) * HOUR_MS);
      await when(id, 'completed');
      for (const one of [stays, early]) expect(await got(one)).toEqual(after);
      for (const one of [late, erased]) expect(await got(one)).toEqual(before);
      await setActive(late, true);
      // A second request of an identity provider that has not seen the answer to the first.
      await setActive(late, true);
      await until(
        'what they have missed',
        () => got(late),
        (count) => JSON.stringify(count) === JSON.stringify(after),
      );
      await when(id, 'completed');
      for (const one of [stays, early]) expect(await got(one)).toEqual(after);
      expect(await got(erased)).toEqual(before);
      const { rows } = (await stack.api.find(id)) as unknown as { rows: Record<string, number> };
      expect(rows['created']).toBe(4);
      const newest = await until(
        'the report of the last message',
        async () => (await stack.api.rows(id)).find(({ row }) => row === 4)!.invitations.at(-1)!,
        ({ state }) => state === 'delivered',
      );
      expect(newest).toMatchObject({ channel: 'sms', problem: null });
    },
  );

  test('for their turn in a spread, gets it in a turn of their own', async () => {
    const all = await some('turns');
    const [first, leaves, ...others] = all as [Person, Person, Person, Person];
    const id = await upload(all, { spread: '1/hour' });
    expect(await got(first)).toEqual({ email: 1, sms: 1 });
    await setActive(leaves, false);
    await server.skip(1.5 * HOUR_MS);
    await setActive(leaves, true);
    await server.skip(4 * HOUR_MS);
    await when(id, 'completed');
    for (const one of [first, leaves, ...others]) expect(await got(one)).toEqual({ email: 1, sms: 1 });
    const claims = await stack.store.invitations.allGenerations(id);
    const hoursOf = claims.filter(({ attempt }) => attempt).map(({ attempt }) => attempt!.claimedAt.getTime());
    expect(hoursOf).toHaveLength(8);
  });

  test('and who returns with another address, is sent it there alone; a return that is refused changes nothing', async () => {
    const all = await some('moves');
    const [moves, stays] = all as [Person, Person];
    const id = await upload([moves, stays], { sendAt: inHours(WAIT_HOURS).toISOString() });
    await setActive(moves, false);
    await server.skip((WAIT_HOURS + 1) * HOUR_MS);
    await when(id, 'completed');
    const active = { op: 'replace', path: 'active', value: true };
    const address = (value: string) => ({ op: 'replace', path: 'emails[type eq "work"].value', value });
    expect(await patch(moves, active, address('nowhere'))).toBe(400);
    expect(await collectionsOf(stack.db).people.findOne({ emailKey: moves.email })).toMatchObject({
      deactivatedAt: expect.any(Date) as Date,
    });
    expect(await got(moves)).toEqual({ email: 0, sms: 0 });
    const moved = { ...moves, email: 'moved.here@example.com' };
    expect(await patch(moves, active, address(moved.email))).toBe(200);
    await until(
      'both messages',
      () => got(moved),
      ({ email, sms }) => email + sms === 2,
    );
    await when(id, 'completed');
    expect(await got(moved)).toEqual({ email: 1, sms: 1 });
    expect(await got(moves)).toEqual({ email: 0, sms: 1 });
  });

  test('gets nothing more of an import that was cancelled or undone meanwhile', async () => {
    await change({ failover: { first: 'email', afterHours: WAIT_HOURS } });
    const [cancelled, undone] = (await some('ended')) as [Person, Person];
    const [one, other] = [await upload([cancelled]), await upload([undone])];
    for (const person of [cancelled, undone]) await setActive(person, false);
    await Promise.all([when(one, 'completed'), when(other, 'completed')]);
    const { body } = await post<{ planHash: string }>(`/v1/imports/${other}/undo`);
    expect((await post(`/v1/imports/${other}/undo`, { planHash: body.planHash })).status).toBeLessThan(300);
    await when(other, 'undone');
    await collectionsOf(stack.db).imports.updateOne({ _id: one }, { $set: { status: 'cancelled' } });
    await setActive(cancelled, true);
    const back = await collectionsOf(stack.db).people.findOne({ emailKey: undone.email });
    if (back) await setActive(undone, true);
    await server.skip(2 * WAIT_HOURS * HOUR_MS);
    for (const person of [cancelled, undone]) expect(await got(person)).toEqual({ email: 1, sms: 0 });
    expect((await stack.api.find(one)).status).toBe('cancelled');
    expect((await stack.api.find(other)).status).toBe('undone');
  });

  /** Lets the time pass that an organisation waits with a reminder. */
  async function aDayPasses(importId: string): Promise<void> {
    const { imports, invitations } = collectionsOf(stack.db);
    const earlier = (field: string) => [{ $set: { [field]: { $subtract: [`$${field}`, 25 * HOUR_MS] } } }];
    await invitations.updateMany({ importId }, earlier('changedAt'));
    const { matchedCount } = await imports.updateOne(
      { _id: importId, remindAt: { $exists: true } },
      earlier('remindAt'),
    );
    expect(matchedCount).toBe(1);
  }
});

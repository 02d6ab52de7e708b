import { randomUUID } from 'node:crypto';
import { collectionsOf } from '../../../../store/documents';
import { people } from '../../../support/people';
import { until } from '../../../support/until';
import { send } from '../../fault-profile';
import type { HalfDonePoint } from '../../fail-points';
import { createFigures, seconds } from '../../figures';
import { acceptedMessages, checkInvariants } from '../../invariant-check';
import { killEverything, killEverythingAt, messagesTo } from '../../kill-everything';
import { MANY_REQUESTS, startProduct } from '../../product';
import type { Product } from '../../product';

/** More than one transaction of an undo. */
const ROWS = 150;
const ROWS_AT_ONCE = 100;
const HOUR_MS = 3_600_000;

interface Undo {
  status: string;
  planHash: string | null;
  outcomes: { outcome: string; count: number }[];
  messages: Record<'out' | 'waiting', { email: number; sms: number }>;
}
interface ScimUser {
  id: string;
  userName: string;
  externalId?: string;
}

describe('What is half done when everything is killed', () => {
  const figures = createFigures('Everything killed in the middle', ['what', 'at', 'messages', 'ended as', 'took']);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS);
  });
  afterAll(() => product.stop());

  const undo = (id: string, planHash?: string) =>
    product.api.call<Undo>('POST', `/v1/imports/${id}/undo`, { body: JSON.stringify(planHash ? { planHash } : {}) });
  const undone = (id: string) =>
    until(
      'the undo',
      () => product.api.find(id),
      ({ status }) => status === 'undone',
      120_000,
    );
  const rests = (id: string, status: string) =>
    until(
      `the import to be ${status}`,
      () => product.api.find(id),
      (view) => view.status === status,
      120_000,
    );

  /** Asks for the undo of an import, and kills everything after its first transaction. */
  async function undoHalf(id: string): Promise<void> {
    const { body } = await undo(id);
    expect(body.outcomes).toMatchObject([{ outcome: 'undone', count: ROWS }]);
    await killEverythingAt(product, 'one-transaction-undone', () => undo(id, body.planHash!));
  }
  const tokenOf = async (importId: string, row: number): Promise<string> =>
    (await collectionsOf(product.db).invitations.findOne({ importId, row, channel: 'email' }))!.token;
  const join = async (token: string): Promise<number> =>
    (await product.api.call('POST', '/v1/invitations/accept', { body: JSON.stringify({ token }) })).status;

  test('The undo of a completed import goes on where it was: each person is removed once, and nobody gets a message', async () => {
    const startedAt = Date.now();
    const upload = await product.upload('undone', ROWS);
    await rests(upload.id, 'completed');
    const sent = await messagesTo(product, upload.rows);
    expect(sent).toHaveLength(2 * ROWS);
    const [early, late] = [await tokenOf(upload.id, 2), await tokenOf(upload.id, ROWS + 1)];
    await undoHalf(upload.id);
    await undone(upload.id);

    const { body } = await undo(upload.id);
    expect(body).toMatchObject({ outcomes: [{ outcome: 'undone', count: ROWS }], messages: { out: { sms: ROWS } } });
    expect((await product.api.find(upload.id)).rows).toMatchObject({ undone: ROWS, created: 0 });
    expect(await collectionsOf(product.db).people.countDocuments({ importId: upload.id })).toBe(0);
    expect([await join(early), await join(late)]).toEqual([410, 410]);
    expect(await messagesTo(product, upload.rows)).toHaveLength(sent.length);
    expect(await product.audit(upload.id)).toEqual([]);
    figures.add('undo', 'after 100 rows', sent.length, 'undone', seconds(startedAt));
  });

  test('The undo of an import that waits for its time stops every message, also of those whose turn has not come', async () => {
    const startedAt = Date.now();
    const sendAt = new Date(startedAt + HOUR_MS).toISOString();
    const upload = await product.upload('stopped', ROWS, { form: { sendAt } });
    await rests(upload.id, 'scheduled');
    await undoHalf(upload.id);
    await undone(upload.id);

    const invitations = await collectionsOf(product.db).invitations.find({ importId: upload.id }).toArray();
    expect(new Set(invitations.map(({ state }) => state))).toEqual(new Set(['cancelled']));
    expect((await product.api.find(upload.id)).rows).toMatchObject({ undone: ROWS, created: 0 });
    expect(await collectionsOf(product.db).people.countDocuments({ importId: upload.id })).toBe(0);
    expect(await messagesTo(product, upload.rows)).toEqual([]);
    expect(await product.audit(upload.id)).toEqual([]);
    figures.add('undo, scheduled', `after ${ROWS_AT_ONCE} rows`, 0, 'undone', seconds(startedAt));
  });

  test.each<[HalfDonePoint, string, number]>([
    ['notice-unclaimed', 'sent', 1],
    // It may have been sent: lost sooner than sent twice, and shown as such.
    ['notice-claimed', 'unconfirmed', 0],
    ['notice-sent', 'unconfirmed', 1],
  ])('A notice that is at the point %s ends as %s, and its administrator has %i', async (point, state, count) => {
    const startedAt = Date.now();
    const notify = `${point}@harbour.example`;
    await killEverythingAt(product, point, () => product.upload(point, 2, { form: { notify } }));
    const noticesOf = () => collectionsOf(product.db).notices.find({ organisationId: 'demo', to: notify }).toArray();
    // The address leaves a notice that has ended.
    await until('the notice to end', noticesOf, (open) => open.length === 0, 60_000);
    const [newest] = await collectionsOf(product.db).notices.find().sort({ createdAt: -1 }).limit(1).toArray();
    expect(newest).toMatchObject({ state });
    const mails = (await acceptedMessages(product)).filter(({ to }) => to === notify);
    expect(mails).toHaveLength(count);
    figures.add('notice', point, mails.length, state, seconds(startedAt));
  });

  test('A test message that is on its way is not sent again by itself, and can be asked for again', async () => {
    const startedAt = Date.now();
    const { body } = await product.api.get<{ data: { id: string; email: string }[] }>('/v1/staff');
    const [staff] = body.data;
    const mails = async () => (await acceptedMessages(product)).filter(({ to }) => to === staff!.email);
    const ask = () =>
      product.api.call('POST', '/v1/texts/email:en/tests', { body: JSON.stringify({ staff: staff!.id }) });
    // Accepted, but the answer never comes.
    await send(product.sandboxUrl, 'POST', '/__faults', { provider: 'sendgrid', kind: 'hang', accept: true, times: 1 });
    const asking = ask().catch(() => undefined);
    await until('the provider to have it', mails, (sent) => sent.length === 1);
    await killEverything(product);
    await asking;
    expect(await mails()).toHaveLength(1);
    expect((await ask()).status).toBe(202);
    expect(await mails()).toHaveLength(2);
    figures.add('test message', 'in the request', 1, 'not repeated', seconds(startedAt));
  });

  test.each<HalfDonePoint>(['before-the-person', 'after-the-person'])(
    'An identity provider whose request is at the point %s asks again, and has one client, who is invited once',
    async (point) => {
      const startedAt = Date.now();
      const number = point === 'before-the-person' ? 1 : 2;
      const [person] = people(1, point, () => ({ mobile: `+35461120${number}0` }));
      const userName = `${point}@login.harbour.example`;
      const externalId = randomUUID();
      const user = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        ...{ userName, externalId },
        name: { givenName: 'Ann', familyName: 'Lee' },
        emails: [{ value: person!.email, type: 'work', primary: true }],
        phoneNumbers: [{ value: person!.mobile, type: 'mobile' }],
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Mayfair' },
      };
      const create = () => product.api.call<ScimUser>('POST', '/scim/v2/Users', { body: JSON.stringify(user) });
      await killEverythingAt(product, point, create);
      const again = await until('an answer', create, ({ status }) => status < 500, 60_000);
      const { body } = await product.api.get<{ Resources: ScimUser[] }>(
        `/scim/v2/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
      );
      expect([201, 409]).toContain(again.status);
      expect(body.Resources).toMatchObject([{ userName, externalId }]);
      const holder = await collectionsOf(product.db).people.findOne({ emailKey: person!.email });
      const importId = holder!.importId!;
      await rests(importId, 'completed');
      const messages = await messagesTo(product, [person!]);
      expect(messages.map(({ provider }) => provider).sort()).toEqual(['sendgrid', 'twilio']);
      expect(await checkInvariants(product, { id: importId, rows: [person!], rejected: [] })).toEqual([]);
      figures.add('SCIM', point, messages.length, again.status, seconds(startedAt));
    },
  );
});

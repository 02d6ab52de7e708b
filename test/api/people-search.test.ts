import type { z } from 'zod';
import type { foundPeople } from '../../api/people-search/people-search-schemas';
import type { rowStory } from '../../api/row-story/row-story-schemas';
import type { Role } from '../../store/documents';
import { collectionsOf } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { createApiCaller } from '../support/api-caller';
import type { Answer } from '../support/api-caller';
import { SHORT_WINDOWS, uniqueName } from '../support/environment';
import { mobileNumber, people, toCsv } from '../support/people';
import { organisation, person } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

type Found = z.output<typeof foundPeople>;
type Story = z.output<typeof rowStory>;
interface Problem {
  code: string;
  detail: string;
  errors?: { field: string }[];
}

/** Of the file: whose mail is rejected, then corrected and accepted; whose mail bounces twice; and who is never created. */
const ANN = 2;
const BEA = 3;
const CLEO = 4;

describe('What has become of somebody', () => {
  let stack: Stack;
  let id: string;
  const mended = 'ann.mended@example.com';

  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { callbacks: true });
    const [ann, bea, cleo] = [
      { firstName: 'Ann', lastName: 'Lee', email: 'sandbox-rejected.ann@example.com', mobile: ` ${mobileNumber(1)}` },
      { firstName: 'Bea', lastName: 'O’Neill', email: 'sandbox-bounced.bea@example.com', mobile: '07911 123456' },
      { firstName: 'Cleo', lastName: 'Lee', email: 'cleo.at.nowhere', mobile: mobileNumber(3) },
    ];
    id = await stack.api.importId(toCsv(people(3, 'find', (_, i) => [ann, bea, cleo][i]!)), 'clients of May.csv');
    await stack.api.rest(id);
    await message(BEA, 'email', 'bounced', 1);
    await stack.api.retry(id, { rows: [BEA], channels: ['email'] });
    await message(BEA, 'email', 'bounced', 2);
    const body = JSON.stringify({ email: mended });
    await stack.api.call('PATCH', `/v1/imports/${id}/rows/${ANN}`, {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    await message(ANN, 'email', 'delivered', 2);
    const { token } = (await collectionsOf(stack.db).invitations.findOne({ _id: `${id}:${ANN}:email:2` }))!;
    await fetch(`${stack.url}/v1/invitations/accept`, { method: 'POST', body: JSON.stringify({ token }) });
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());

  const story = async (line: number, role: Role = 'userAdministrator'): Promise<Story> =>
    (await stack.as(role).get<Story>(`/v1/imports/${id}/rows/${line}`)).body;
  /** Waits until a message of a row has come so far. */
  const message = (line: number, channel: string, state: string, generation: number): Promise<Story> =>
    until(
      `the ${channel} of row ${line} to be ${state}`,
      () => story(line),
      ({ invitations }) =>
        invitations.some((one) => one.channel === channel && one.state === state && one.generation === generation),
    );
  const find = <T = Found>(q: string, more = '', role: Role = 'userAdministrator'): Promise<Answer<T>> =>
    stack.as(role).get<T>(`/v1/people?q=${encodeURIComponent(q)}${more}`);
  const namesFound = async (q: string, role?: Role): Promise<string[]> =>
    (await find(q, '', role)).body.data.map(({ firstName }) => firstName);

  describe('Finding a person', () => {
    it.each([mended, mended.toUpperCase(), 'ann.m', mobileNumber(1), mobileNumber(1).slice(2), 'ann', 'lee a'])(
      'Ann is found by %j',
      async (q) => {
        expect(await namesFound(q)).toContain('Ann');
      },
    );

    it.each(['+447911123456', '00 44 7911 123456', '07911-123456', 'sandbox-bounced.bea@', "o'neill bea"])(
      'Bea is found by %j, as typed or as stored',
      async (q) => {
        expect(await namesFound(q)).toEqual(['Bea']);
      },
    );

    test('A person comes with rows, each message and its fate, and when they accepted', async () => {
      const [bea] = (await find('Bea O’Neill')).body.data;
      expect(bea).toMatchObject({ kind: 'client', email: 'sandbox-bounced.bea@example.com', accepted: null });
      const at = expect.stringMatching(/Z$/) as string;
      expect(bea!.rows).toMatchObject([
        { import: { id, fileName: 'clients of May.csv', kind: 'clients' }, line: BEA, status: 'created' },
      ]);
      const mails = bea!.rows[0]!.messages.filter(({ channel }) => channel === 'email');
      const bounced = { state: 'bounced', sentAt: at, problem: { code: 'invitation.bounced' } };
      expect(mails).toMatchObject([
        { ...bounced, generation: 1, superseded: true },
        { ...bounced, generation: 2, superseded: false },
      ]);
      const [ann] = (await find(mended)).body.data;
      expect(ann).toMatchObject({ active: true, accepted: { channel: 'email', import: id, line: ANN } });
      expect(ann!.rows[0]!.messages[0]).toMatchObject({
        state: 'failed',
        problem: { code: 'invitation.address-refused' },
      });
    });

    test('A row that has created nobody is told with its problems', async () => {
      const { data, rows } = (await find('cleo')).body;
      expect(data).toEqual([]);
      expect(rows).toMatchObject([
        {
          import: { id },
          line: CLEO,
          status: 'rejected',
          email: 'cleo.at.nowhere',
          problems: [{ code: 'email.invalid' }],
        },
      ]);
    });

    test('Support sees addresses masked, and finds them as a whole only', async () => {
      expect(await namesFound('ann.m', 'support')).toEqual([]);
      expect(await namesFound('sandbox-bounced', 'support')).toEqual([]);
      const { body } = await find(mended, '', 'support');
      expect(body.data[0]).toMatchObject({ firstName: 'Ann', email: 'a•••@•••.com' });
      const text = JSON.stringify([body, await find('lee', '', 'support'), await find('07911 123456', '', 'support')]);
      for (const secret of [mended, 'sandbox-', 'nowhere', '7911123456', mobileNumber(1).slice(3)])
        expect(text).not.toContain(secret);
    });

    test('Pages follow each other by their links, and hold everybody once', async () => {
      const namesakes = ['Ada', 'Bo', 'Cy'].map((firstName) =>
        person(DEMO_ORGANISATION_ID, { firstName, lastName: 'Pageworth' }),
      );
      await collectionsOf(stack.db).people.insertMany(namesakes);
      const names: string[] = [];
      let path: string | undefined = '/v1/people?q=pagew&limit=1';
      while (path !== undefined) {
        const { headers, body }: Answer<Found> = await stack.api.get<Found>(path);
        names.push(...body.data.map(({ firstName }) => firstName));
        path = /<http:\/\/api\.test([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
        expect(body.next === null).toBe(path === undefined);
      }
      expect(names.sort()).toEqual(['Ada', 'Bo', 'Cy']);
    });

    it.each(['', ' a ', '..', 'x'.repeat(101)])('%j is no question, and that is said', async (q) => {
      const { status, body } = await find<Problem>(q);
      expect({ status, code: body.code, fields: body.errors?.map(({ field }) => field) }).toEqual({
        status: 400,
        code: 'invalid-request',
        fields: ['q'],
      });
    });

    test('Another organisation finds nobody', async () => {
      const key = uniqueName(`ci_${'y'.repeat(24)}`);
      // Equal to ours, but for the letter.
      const other = DEMO_ORGANISATION_ID.toUpperCase();
      await collectionsOf(stack.db).organisations.insertOne(organisation(other));
      await stack.store.apiKeys.save(key, other, 'systemAdministrator');
      for (const q of ['Ann Lee', mended, mobileNumber(1), 'cleo'])
        expect((await createApiCaller(stack.url, key).get(`/v1/people?q=${encodeURIComponent(q)}`)).body).toEqual({
          data: [],
          next: null,
          rows: [],
        });
    });
  });

  describe('The story of a row', () => {
    const told = ({ events }: Story): string[] =>
      events.flatMap((event) => {
        if (event.kind === 'action') return [event.action];
        if (event.kind === 'message')
          return event.channel === 'email' ? [`${event.generation} ${event.state} (${event.reason})`] : [];
        return 'channel' in event && event.channel !== 'email' ? [] : [event.kind];
      });

    test('A correction, a rejected and an accepted mail are told in the order of time', async () => {
      const row = await story(ANN);
      expect(told(row)).toEqual([
        'uploadFiles',
        'planned',
        'created',
        '1 pending (first)',
        '1 sending (first)',
        '1 failed (first)',
        'retryImportInvitations',
        'correctImportRow',
        'address-changed',
        '2 pending (correction)',
        '2 sending (correction)',
        '2 sent (correction)',
        '2 delivered (correction)',
        '2 accepted (correction)',
      ]);
      expect(row).toMatchObject({
        personId: `${id}:${ANN}`,
        raw: { email: 'sandbox-rejected.ann@example.com', mobile: ` ${mobileNumber(1)}`, group: 'Mayfair' },
        cells: { email: mended, mobile: mobileNumber(1), group: 'Mayfair' },
        repairs: [{ column: 'Mobile', before: ` ${mobileNumber(1)}`, after: mobileNumber(1) }],
      });
    });

    test('A mail that bounces and is retried is told with its attempts, its ids and what the provider reported', async () => {
      const row = await story(BEA);
      const once = (generation: number, reason: string): string[] =>
        ['pending', 'sending', 'sent', 'bounced'].map((state) => `${generation} ${state} (${reason})`);
      const steps = told(row);
      expect(steps.filter((one) => one !== 'report')).toEqual([
        ...['uploadFiles', 'planned', 'created', ...once(1, 'first'), 'retryImportInvitations', ...once(2, 'retry')],
      ]);
      expect(steps.indexOf('report')).toBeGreaterThan(steps.indexOf('1 sending (first)'));
      const sent = row.events.find((event) => event.kind === 'message' && event.state === 'bounced');
      expect(sent).toMatchObject({ providerId: expect.any(String) as string, problem: { code: 'invitation.bounced' } });
      const reports = row.events.filter(({ kind }) => kind === 'report');
      expect(reports).toMatchObject([
        { channel: 'email', generation: 1, problem: { code: 'invitation.bounced' } },
        { channel: 'email', generation: 2, problem: { code: 'invitation.bounced' } },
      ]);
      expect(row.raw!.mobile).toBe('07911 123456');
      expect(row.repairs).toMatchObject([{ column: 'Mobile', before: '07911 123456', after: '+447911123456' }]);
    });

    test('A rejected row has its cells as typed, and no person', async () => {
      expect(await story(CLEO)).toMatchObject({
        ...{
          status: 'rejected',
          personId: null,
          raw: { email: 'cleo.at.nowhere' },
          cells: { email: 'cleo.at.nowhere' },
        },
        events: [{ action: 'uploadFiles' }, { kind: 'planned' }, { action: 'retryImportInvitations' }],
      });
    });

    test('Support sees it masked', async () => {
      const text = JSON.stringify([
        await story(ANN, 'support'),
        await story(BEA, 'support'),
        await story(CLEO, 'support'),
      ]);
      expect(text).toContain('Ann');
      // Numbers as a whole: four digits stand in one of so many random ids sooner or later.
      for (const secret of [mended, 'sandbox-', 'nowhere', '7911123456', '7911 123456', mobileNumber(1).slice(3)])
        expect(text).not.toContain(secret);
    });

    test('A file that is gone leaves the rest of the story', async () => {
      await stack.store.uploads.remove(id);
      expect(await story(BEA)).toMatchObject({ raw: null, cells: { mobile: '+447911123456' }, status: 'created' });
    });

    it.each([1, 99, 'x'])('Line %j is unknown', async (line) => {
      expect(await stack.api.get(`/v1/imports/${id}/rows/${line}`)).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
    });
  });
});

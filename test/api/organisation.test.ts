import { createApiCaller } from '../support/api-caller';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { collectionsOf } from '../../store/documents';
import { organisation, staffMember } from '../support/scratch-store';

interface Settings {
  name: string;
  defaultCountry: string | null;
  defaultTeam: { id: string; name: string } | null;
  channels: string[];
  strict: boolean;
  waitingDays: number;
  invitationDays: number;
  reminders: { everyHours: number; atMost: number };
  headerAliases: Record<string, string[]>;
  smsPrice: { perSegment: number; currency: string } | null;
}
interface Refusal {
  code: string;
  detail: string;
  errors: { field: string; detail: string }[];
}

describe('The settings of an organisation', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(
      { MAX_ROWS_PER_FILE: '400', UPLOAD_MAX_BYTES: '1234', UPLOAD_MAX_FILES: '7' },
      { worker: false },
    );
  });
  afterAll(() => stack.stop());

  const change = <T = Settings>(body: unknown, by = stack.api) =>
    by.call<T>('PATCH', '/v1/organisation', {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  const settings = async (by = stack.api) => (await by.get<Settings>('/v1/organisation')).body;

  test('When nothing was decided yet, then the defaults hold, and the limits of the installation are told', async () => {
    expect(await settings(stack.as('support'))).toEqual({
      id: 'demo',
      name: stack.organisationName,
      defaultCountry: 'GB',
      defaultTeam: null,
      channels: ['email', 'sms'],
      failover: null,
      strict: false,
      waitingDays: 30,
      invitationDays: 30,
      reminders: { everyHours: 24, atMost: 5 },
      headerAliases: {},
      notify: null,
      language: 'en',
      senderName: null,
      sending: { at: null, spread: null },
      replyTo: null,
      smsPrice: null,
      deliveryReports: { email: false, sms: false },
      // As the installation of the tests has it.
      quietHours: { email: null, sms: null },
      limits: { rowsPerFile: 400, bytesPerFile: 1234, filesPerUpload: 7 },
    });
  });

  test.each<[keyof Settings, unknown, unknown]>([
    ['name', '  Harbour Wealth ', 'Harbour Wealth'],
    ['defaultCountry', 'de', 'DE'],
    ['defaultCountry', null, null],
    ['defaultTeam', 'RIVERSIDE', { id: 'demo:riverside', name: 'Riverside' }],
    ['defaultTeam', 'demo:mayfair', { id: 'demo:mayfair', name: 'Mayfair' }],
    ['defaultTeam', null, null],
    ['channels', ['sms'], ['sms']],
    ['channels', ['sms', 'email'], ['email', 'sms']],
    ['strict', true, true],
    ['waitingDays', 365, 365],
    ['invitationDays', 1, 1],
    ['reminders', { everyHours: 720, atMost: 0 }, { everyHours: 720, atMost: 0 }],
    ['headerAliases', { firstName: ['Rufname'], group: ['Filiale'] }, { firstName: ['Rufname'], group: ['Filiale'] }],
    ['headerAliases', {}, {}],
    ['smsPrice', { perSegment: 0.0463, currency: 'eur' }, { perSegment: 0.0463, currency: 'EUR' }],
    ['smsPrice', null, null],
  ])('When %s is set to %j, then it is %j and the rest stays', async (field, value, expected) => {
    const before = await settings();
    const answer = await change({ [field]: value });
    expect([answer.status, answer.body]).toEqual([200, { ...before, [field]: expected }]);
    expect(await settings()).toEqual(answer.body);
  });

  test.each<[string, unknown, string[]]>([
    ['a country that there is not', { defaultCountry: 'XX' }, ['defaultCountry']],
    ['a country by its name', { defaultCountry: 'Germany' }, ['defaultCountry']],
    ['no channel', { channels: [] }, ['channels']],
    ['a channel that there is not', { channels: ['email', 'fax'] }, ['channels.1']],
    ['0 days', { waitingDays: 0, invitationDays: 0 }, ['waitingDays', 'invitationDays']],
    ['366 days', { waitingDays: 366, invitationDays: 366 }, ['waitingDays', 'invitationDays']],
    ['no hour', { reminders: { everyHours: 0, atMost: 11 } }, ['reminders.everyHours', 'reminders.atMost']],
    ['half of the reminders', { reminders: { atMost: 3 } }, ['reminders.everyHours']],
    ['half a day', { waitingDays: 0.5 }, ['waitingDays']],
    ['a text for a yes', { strict: 'yes' }, ['strict']],
    ['a price of nothing', { smsPrice: { perSegment: 0, currency: 'EUR' } }, ['smsPrice.perSegment']],
    ['a currency that there is not', { smsPrice: { perSegment: 1, currency: 'euro' } }, ['smsPrice.currency']],
    ['no name', { name: ' ' }, ['name']],
    ['a name of two lines', { name: 'One\nTwo' }, ['name']],
    ['a field that there is not', { colour: 'blue' }, ['colour']],
    ['an id', { id: 'another' }, ['id']],
    ['a column that there is not', { headerAliases: { shoeSize: ['Size'] } }, ['headerAliases.shoeSize']],
    ['an alias that is none', { headerAliases: { role: ['Stellung', ' '] } }, ['headerAliases.role.1']],
    ['an alias that is too long', { headerAliases: { role: ['x'.repeat(101)] } }, ['headerAliases.role.0']],
    [
      'too many aliases',
      { headerAliases: { role: Array.from({ length: 21 }, (_, i) => `r${i}`) } },
      ['headerAliases.role'],
    ],
    [
      'an alias of two columns',
      { headerAliases: { email: ['Kontakt'], mobile: ['kontakt'] } },
      ['headerAliases.email.0', 'headerAliases.mobile.0'],
    ],
    ['the header of another column', { headerAliases: { company: ['Mobile'] } }, ['headerAliases.company.0']],
  ])(
    'When %s is asked for, then it is refused, each fault is named and nothing changes',
    async (_what, body, fields) => {
      const before = await settings();
      const answer = await change<Refusal>({
        ...(body as object),
        ...('strict' in (body as object) ? {} : { strict: !before.strict }),
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(answer.body.errors.map(({ field }) => field)).toEqual(fields);
      expect(await settings()).toEqual(before);
    },
  );

  test('When the default team is to be one of another organisation, or none at all, then it is refused', async () => {
    const { organisations, clientTeams, people } = collectionsOf(stack.db);
    await organisations.insertOne(organisation('another'));
    await clientTeams.insertOne({ _id: 'theirs', organisationId: 'another', name: 'Theirs', nameKey: 'theirs' });
    await people.insertOne(staffMember('another', { teamIds: ['theirs'] }));
    for (const defaultTeam of ['theirs', 'Theirs', 'Nowhere'])
      expect(await change<Refusal>({ defaultTeam, strict: true })).toMatchObject({
        status: 400,
        body: { code: 'team-unknown', errors: [{ field: 'defaultTeam' }] },
      });
    const key = 'ci_key-of-another-organisation-000000';
    await stack.store.apiKeys.save(key, 'another', 'systemAdministrator');
    const foreign = createApiCaller(stack.url, key);
    expect((await change({ defaultTeam: 'Theirs', name: 'Changed' }, foreign)).status).toBe(200);
    expect(await settings(foreign)).toMatchObject({ name: 'Changed', defaultTeam: { id: 'theirs' } });
    expect(await settings()).not.toMatchObject({ name: 'Changed' });
  });

  test('When somebody other than a system administrator changes them, then it is forbidden; all may look', async () => {
    for (const role of ['userAdministrator', 'support'] as const) {
      expect(await change({ strict: true }, stack.as(role))).toMatchObject({ status: 403 });
      expect((await stack.as(role).get('/v1/organisation')).status).toBe(200);
    }
  });

  test('When the body is no JSON, then the request is refused as bad', async () => {
    const answer = await stack.api.call('PATCH', '/v1/organisation', { body: '{"strict":' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });
});

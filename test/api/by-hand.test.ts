import { collectionsOf } from '../../store/documents';
import type { Collections } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import type { RowAnswer, UploadAnswer } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import { staffMember } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

interface Refusal {
  code: string;
  errors?: { field: string }[];
}
interface Page {
  data: { id: string; firstName: string; company: string | null; role: string | null }[];
}

describe('Inviting one person by hand', () => {
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack();
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  let count = 0;
  /** A valid person whom nobody was before. */
  const somebody = (change: object = {}) => {
    const [{ firstName, lastName, email, mobile }] = people(1, 'by-hand', undefined, count++) as [
      ReturnType<typeof people>[0],
    ];
    return { firstName, lastName, email: `${count}.${email}`, mobile, team: 'Mayfair', ...change };
  };
  const post = <T = UploadAnswer>(path: string, body: unknown) =>
    stack.api.call<T>('POST', path, {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  const invite = async (path: string, body: unknown): Promise<{ id: string; row: RowAnswer }> => {
    const answer = await post(path, body);
    expect(answer.status).toBe(202);
    const { id } = answer.body.imports[0]!;
    await stack.api.rest(id);
    const [row, ...others] = await stack.api.rows(id);
    expect(others).toEqual([]);
    return { id, row: row! };
  };
  const rowOf = async (id: string): Promise<RowAnswer> => (await stack.api.rows(id))[0]!;

  test('When a client is invited, then it is an import of one row that is found under its address', async () => {
    const values = somebody({ company: 'Example Ltd' });
    const answer = await post('/v1/clients', values);
    const { id } = answer.body.imports[0]!;
    expect(answer.headers.get('location')).toBe(`/v1/imports/${id}`);
    expect(answer.body).toMatchObject({
      imports: [{ status: 'queued', links: { self: `http://api.test/v1/imports/${id}` } }],
    });
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', lines: 1, rows: { created: 1 } });
    expect(await rowOf(id)).toMatchObject({
      row: 2,
      status: 'created',
      invitations: [
        { channel: 'email', state: 'sent' },
        { channel: 'sms', state: 'sent' },
      ],
    });
    const { body } = await stack.api.get<Page>('/v1/clients?team=Mayfair');
    const { firstName, lastName, email, mobile, company } = values as typeof values & { company: string };
    expect(body.data).toContainEqual(
      expect.objectContaining({ firstName, lastName, email, mobile, company, active: false, import: { id, row: 2 } }),
    );
  });

  test.each([
    ['=1+1', '@cmd', '-x'],
    ["'Tis", "O'Neil", 'a "quoted" one'],
    ['Zoë', 'ｚｏｅ', 'Zoe\u0301'],
    ['عمر', '李', '👩‍👩‍👧'],
    ['a,b', 'c;d|e', ','],
    ['sep=;', 'First Name', 'NONE'],
  ])('When the names are %j and %j of %j, then they are kept as typed', async (firstName, lastName, company) => {
    const { row } = await invite('/v1/clients', somebody({ firstName, lastName, company }));
    expect(row).toMatchObject({ status: 'created', person: { firstName, lastName }, repairs: [] });
    const { body } = await stack.api.get<Page>('/v1/clients?limit=1');
    expect(body.data).toMatchObject([{ firstName, lastName, company }]);
  });

  test.each<[string, object]>([
    ['is right', {}],
    ['has no mobile', { mobile: '' }],
    ['has no name', { firstName: ' ', lastName: '' }],
    ['has an address that is none', { email: 'nobody@' }],
    ['has spaces around everything', { firstName: ' Ada ', mobile: ' +44 7911 123456 ' }],
    ['has a number of the default country', { mobile: '07911 123456' }],
    ['has a number in scientific notation', { mobile: '4.47911E+11' }],
    ['has a team that there is not', { team: 'Nowhere' }],
    ['has no team', { team: '' }],
    ['has two lines in a name', { lastName: 'One\nTwo' }],
    ['has a name with a carriage return', { lastName: 'One\rTwo' }],
    ['has a guarded number', { mobile: "'+447911123456" }],
    ['is refused when strict', { mobile: '+44 7911 123456', strict: true }],
  ])('When a person %s, then the row is as that of a file', async (_what, change) => {
    const values = somebody(change) as ReturnType<typeof somebody> & { strict?: boolean };
    const byHand = await invite('/v1/clients', values);
    // A mobile of its own, since a shared one is warned of.
    const mobile = 'mobile' in change ? values.mobile.replace('123456', '123457') : somebody().mobile;
    const other = { ...values, mobile, ...(values.email.includes('example') && { email: `file.${values.email}` }) };
    const file = toCsv([{ ...other, role: '', company: '', group: values.team }]);
    const form = new FormData();
    form.append('files', new Blob([file]), 'one.csv');
    if (values.strict) form.append('strict', 'true');
    const upload = await stack.api.call<UploadAnswer>('POST', '/v1/imports', { body: form });
    const id = upload.body.imports[0]!.id;
    await stack.api.rest(id);
    const facts = ({ row, status, problems, invitations }: RowAnswer) => ({
      row,
      status,
      problems: problems.map(({ code, column, letter }) => [code, column, letter]),
      invitations: invitations.map(({ channel, state }) => [channel, state]),
    });
    expect(facts(byHand.row)).toEqual(facts(await rowOf(id)));
    // There is no file that could be uploaded again.
    expect(byHand.row.problems.filter(({ fix }) => fix.includes('upload the row again'))).toEqual([]);
  });

  test('When the address is known, then what is to be done is as it was asked for', async () => {
    const values = somebody();
    const first = await invite('/v1/clients', values);
    for (const [onExisting, expected] of [
      [undefined, 'rejected'],
      ['skip', 'skipped'],
      ['invite', 'unchanged'],
      ['update', 'updated'],
    ] as const) {
      if (onExisting === 'invite') await lastSent(`${first.id}:2`, 61);
      const { row } = await invite('/v1/clients', { ...values, lastName: `By ${onExisting}`, onExisting });
      expect([onExisting, row.status]).toEqual([onExisting, expected]);
    }
    expect((await stack.api.get(`/v1/clients/${first.id}:2`)).body).toMatchObject({ lastName: 'By update' });
  });

  /** As if everything had been sent to the person so many minutes ago. */
  const lastSent = (personId: string, minutes: number) =>
    collections.invitations.updateMany({ personId }, { $set: { changedAt: new Date(Date.now() - minutes * 60_000) } });

  describe('who was invited a moment ago', () => {
    let known: ReturnType<typeof somebody>;
    let id: string;
    const again = (change: object = {}, headers: Record<string, string> = {}) =>
      stack.api.call<UploadAnswer & Refusal & { detail: string }>('POST', '/v1/clients', {
        body: JSON.stringify({ ...known, onExisting: 'invite', ...change }),
        headers: { 'Content-Type': 'application/json', ...headers },
      });
    beforeAll(async () => {
      known = somebody();
      id = (await invite('/v1/clients', known)).id;
    });

    test.each<[string, object, number]>([
      ['a second time', {}, 0],
      ['with the address in other letters', { email: 'UPPER' }, 0],
      ['with blanks around the address', { email: 'BLANKS' }, 0],
      ['with another name', { firstName: 'Other' }, 0],
      ['after most of the hour', {}, 58],
    ])('When the person is invited %s, then nothing is sent and it is said from when on', async (_how, change, ago) => {
      await lastSent(`${id}:2`, ago);
      const written = 'email' in change && {
        email: change.email === 'UPPER' ? known.email.toUpperCase() : ` ${known.email} `,
      };
      const before = await collections.imports.countDocuments();
      const { status, headers, body } = await again({ ...change, ...written });
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'invited-recently' });
      const from = Date.parse(/from (\S+Z) on/.exec(body.detail)![1]!);
      expect(Math.abs(from - Date.now() - (60 - ago) * 60_000)).toBeLessThan(30_000);
      expect(Math.abs(Number(headers.get('retry-after')) - (60 - ago) * 60)).toBeLessThan(30);
      expect(await collections.imports.countDocuments()).toBe(before);
    });

    test('When only one of the two messages is of this hour, then it is too soon all the same', async () => {
      await lastSent(`${id}:2`, 90);
      await collections.invitations.updateOne(
        { personId: `${id}:2`, channel: 'sms' },
        { $set: { changedAt: new Date() } },
      );
      expect((await again()).status).toBe(409);
    });

    test('When a request is repeated under its key after its message went out, then its first answer comes again', async () => {
      await lastSent(`${id}:2`, 61);
      const key = { 'Idempotency-Key': `again-${id}` };
      const first = await again({}, key);
      expect(first.status).toBe(202);
      await stack.api.rest(first.body.imports[0]!.id);
      expect((await again()).status).toBe(409);
      const repeated = await again({}, key);
      expect([repeated.status, repeated.body.batch]).toEqual([202, first.body.batch]);
    });

    test.each<[string, object]>([
      ['has joined', { active: true }],
      ['was deactivated', { deactivatedAt: new Date() }],
      ['has opted out', { optedOut: ['email', 'sms'] }],
    ])('When the person %s meanwhile, then the row says what it says at any other time', async (_what, change) => {
      const values = somebody();
      const personId = `${(await invite('/v1/clients', values)).id}:2`;
      await collections.people.updateOne({ _id: personId }, { $set: change });
      const { row } = await invite('/v1/clients', { ...values, onExisting: 'invite' });
      expect(row).toMatchObject({ status: 'unchanged', invitations: [] });
    });
  });

  test.each<[string, string, object, string]>([
    ['clients', 'without a name', { firstName: undefined }, 'firstName'],
    ['clients', 'with a number for a mobile', { mobile: 447911123456 }, 'mobile'],
    ['clients', 'with a role', { role: 'Client' }, 'role'],
    ['clients', 'of nothing', { firstName: '', lastName: ' ', email: '', mobile: '' }, 'Fill in'],
    ['clients', 'with a choice that there is not', { onExisting: 'replace' }, 'onExisting'],
    ['clients', 'with a zero byte', { lastName: 'A\u0000da' }, 'lastName'],
    ['clients', 'with half a character', { firstName: '\ud83d' }, 'firstName'],
    ['clients', 'with a value of a whole book', { company: 'x'.repeat(10_001) }, 'company'],
    ['staff', 'without a role', { team: undefined }, 'role'],
    ['staff', 'with teams in one text', { team: undefined, role: 'Staff', teams: 'Mayfair' }, 'teams'],
  ])('When %s come %s, then the request is refused and no import is made', async (path, _what, change, named) => {
    const before = await collections.imports.countDocuments();
    const answer = await post<Refusal>(`/v1/${path}`, somebody(change));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(JSON.stringify(answer.body)).toContain(named);
    expect(await collections.imports.countDocuments()).toBe(before);
  });

  test.each<[string, object, string]>([
    ['a number', { firstName: 7 }, 'firstName: Must be text in quotation marks, not a number'],
    ['nothing', { email: undefined }, 'email: Missing; must be text in quotation marks'],
    [
      'a field of no meaning',
      { nickname: 'Zo' },
      'nickname: There is no such field; check the spelling, or leave it out',
    ],
    [
      'a word that is none of the allowed',
      { onExisting: 'merge' },
      'onExisting: Must be "error" or "invite" or "skip"',
    ],
    ['a text as long as a book', { company: 'x'.repeat(10_001) }, 'company: Must be at most 10000 characters long'],
  ])('When %s stands in a request, then what is wrong is said in plain words', async (_what, change, sentence) => {
    const { status, body } = await post<Refusal & { detail: string }>('/v1/clients', somebody(change));
    expect({ status, detail: body.detail }).toEqual({
      status: 400,
      detail: expect.stringContaining(sentence) as string,
    });
  });

  test('When somebody of another organisation has the address, then it is free here', async () => {
    const values = somebody();
    await collections.people.insertOne(
      staffMember('another', { email: values.email, emailKey: values.email.toLowerCase() }),
    );
    expect((await invite('/v1/clients', values)).row).toMatchObject({ status: 'created', problems: [] });
  });

  const staffByHand = (change: object = {}) => somebody({ team: undefined, role: 'Staff', ...change });
  const newTeam = async (name: string, staffId: string): Promise<string> =>
    (await post<{ id: string }>('/v1/client-teams', { name, staff: [staffId] })).body.id;
  const tokenOf = async (personId: string): Promise<string> =>
    (await collections.invitations.findOne({ personId, channel: 'email' }))!.token;

  test('When staff are invited with teams, then they are in them and not active yet', async () => {
    const { id, row } = await invite(
      '/v1/staff',
      staffByHand({ teams: ['Mayfair', 'riverside'], role: 'User Administrator' }),
    );
    expect(row).toMatchObject({ status: 'created', invitations: [{ state: 'sent' }, { state: 'sent' }] });
    const { body } = await stack.api.get<Page>('/v1/staff?active=false&team=Riverside');
    expect(body.data).toMatchObject([
      { id: `${id}:2`, role: 'User Administrator', teams: [{ name: 'Mayfair' }, { name: 'Riverside' }] },
    ]);
  });

  test.each<[string, (staffId: string) => Promise<unknown>]>([
    ['accepts', async (id) => post('/v1/invitations/accept', { token: await tokenOf(id) })],
    ['is activated by an administrator', (id) => post(`/v1/staff/${id}/activation`, {})],
  ])(
    'When a client waits for a team and its staff member %s, then the client is invited at once',
    async (_how, act) => {
      const staffId = `${(await invite('/v1/staff', staffByHand())).id}:2`;
      const name = `Waiting_${count}`;
      await newTeam(name, staffId);
      const { id, row } = await invite('/v1/clients', somebody({ team: name }));
      expect([row.status, (await stack.api.find(id)).status]).toEqual(['waiting', 'waiting']);
      await act(staffId);
      const done = await until(
        'the client to be invited',
        () => stack.api.find(id),
        ({ status }) => status === 'completed',
      );
      expect(done).toMatchObject({ rows: { created: 1 }, invitations: { email: { sent: 1 }, sms: { sent: 1 } } });
    },
  );

  test('When an active staff member is added to a team that clients wait for, then they are invited', async () => {
    const staffId = `${(await invite('/v1/staff', staffByHand())).id}:2`;
    const name = `Waiting_${count}`;
    const teamId = await newTeam(name, staffId);
    const { id } = await invite('/v1/clients', somebody({ team: name }));
    const active = staffMember(DEMO_ORGANISATION_ID, { active: true });
    await collections.people.insertOne(active);
    expect((await stack.api.find(id)).status).toBe('waiting');
    await post(`/v1/client-teams/${teamId}/staff`, { staff: [active._id] });
    await until(
      'the client to be invited',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
    );
  });

  test('When the organisation lets clients wait for fewer days, then those who have waited longer are given back', async () => {
    const staffId = `${(await invite('/v1/staff', staffByHand())).id}:2`;
    const name = `Waiting_${count}`;
    await newTeam(name, staffId);
    const { id } = await invite('/v1/clients', somebody({ team: name }));
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    await collections.imports.updateOne({ _id: id }, { $set: { createdAt: days(5), plannedAt: days(5) } });
    expect((await stack.api.find(id)).status).toBe('waiting');
    await stack.api.call('PATCH', '/v1/organisation', { body: '{"waitingDays":2}' });
    const row = await until(
      'the row to be given back',
      () => rowOf(id),
      ({ status }) => status === 'rejected',
    );
    expect(row.problems).toContainEqual(expect.objectContaining({ code: 'group.no-active-staff', value: name }));
    await stack.api.call('PATCH', '/v1/organisation', { body: '{"waitingDays":30}' });
  });

  test('When somebody accepts, then the import says so, and the workflow, for which that changes nothing, is not woken', async () => {
    const { id } = await invite('/v1/clients', somebody({ email: `sandbox-rejected.${count}@example.com` }));
    expect((await stack.api.find(id)).status).toBe('needs-attention');
    const sms = await collections.invitations.findOne({ importId: id, channel: 'sms' });
    expect((await post('/v1/invitations/accept', { token: sms!.token })).status).toBe(200);
    expect(await rowOf(id)).toMatchObject({
      invitations: [
        { channel: 'email', state: 'failed' },
        { channel: 'sms', state: 'accepted' },
      ],
    });
    expect(await collections.imports.findOne({ _id: id })).not.toHaveProperty('wakeAt');
    const view = await stack.caughtUp(id, 'needs-attention');
    expect(view.invitations.sms).toMatchObject({ sent: 1, accepted: 0 });
  });
});

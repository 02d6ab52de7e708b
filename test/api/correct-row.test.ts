import { collectionsOf } from '../../store/documents';
import type { Collections } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import type { Answer, ApiCaller, RowAnswer } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { staffMember } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

type Corrected = RowAnswer & { code?: string; detail?: string; errors?: { field: string }[] };

const LANDLINE = '+442079460958';
/** Everything that an import can say of somebody who was invited on both channels. */
const INVITED = [
  { channel: 'email', state: 'sent' },
  { channel: 'sms', state: 'sent' },
];

describe('Correcting one row: what is checked and what is refused', () => {
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack();
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  let from = 0;
  /** Imports people, each with their flaw, of which a blank one is none. */
  async function importOf(flaws: Partial<Person>[], options: Record<string, string> = {}) {
    const tag = `correct${from}`;
    const rows = people(flaws.length, tag, (_, i) => flaws[i]!, from);
    from += flaws.length;
    const id = await stack.api.importIdWith(options, toCsv(rows));
    await stack.api.rest(id);
    return { id, rows, tag };
  }
  const correct = (id: string, line: number | string, body: unknown, api: ApiCaller = stack.api) =>
    api.call<Corrected>('PATCH', `/v1/imports/${id}/rows/${line}`, {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  const settled = async (id: string, line: number): Promise<RowAnswer> => {
    await stack.api.rest(id);
    return (await stack.api.rows(id)).find(({ row }) => row === line)!;
  };
  const stored = (id: string, line: number) =>
    Promise.all([
      // But for the mark of its webhooks, which the outbox clears on its own.
      collections.imports.findOne({ _id: id }, { projection: { unannounced: 0 } }),
      collections.rows.findOne({ importId: id, row: line }),
      collections.invitations.find({ importId: id }).sort({ _id: 1 }).toArray(),
      collections.people.find({ importId: id }).sort({ _id: 1 }).toArray(),
    ]);
  /** Corrects, expects it to be refused, and everything to be as it was. */
  async function refusal(id: string, line: number, body: object): Promise<Answer<Corrected>> {
    const before = await stored(id, line);
    const answer = await correct(id, line, body);
    expect(await stored(id, line)).toEqual(before);
    return answer;
  }

  test('When the row is still wrong, then all that is wrong with it is told in words, and nothing is changed', async () => {
    const { id } = await importOf([{}, { email: 'nobody', group: 'Mayfare' }]);
    const answer = await refusal(id, 3, { email: 'still nobody', mobile: '123' });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.code).toBe('row-refused');
    expect(answer.body.problems).toMatchObject([
      { code: 'email.invalid', line: 3, column: 'Email', letter: 'C', value: 'still nobody' },
      { code: expect.stringMatching(/^mobile\./) as string, column: 'Mobile', value: '123' },
      { code: 'group.unknown', column: 'Group Identifier', value: 'Mayfare', suggestion: 'Mayfair' },
    ]);
    for (const { message, fix } of answer.body.problems) expect(answer.body.detail).toContain(`${message} ${fix}`);
    expect(answer.body.detail).toMatch(
      /^The correction of row 3 is invalid, and nothing was changed\. Email \(column C\): /,
    );
  });

  test('When nothing is changed, then the row comes back as it is', async () => {
    const { id, rows } = await importOf([{}, { email: 'nobody' }]);
    expect(await refusal(id, 3, {})).toMatchObject({ status: 200, body: { row: 3, status: 'rejected' } });
    expect(await refusal(id, 3, { email: 'nobody' })).toMatchObject({ status: 200, body: { status: 'rejected' } });
    expect(await refusal(id, 2, { ...rows[0], role: '' })).toMatchObject({ status: 200, body: { status: 'created' } });
    expect(await refusal(id, 2, { email: ` ${rows[0]!.email}` })).toMatchObject({ status: 200 });
  });

  test('When what a row lacked is there by now, then it goes on as soon as somebody has it looked at', async () => {
    const { id } = await importOf([{ group: 'Later' }]);
    await collections.clientTeams.insertOne({
      _id: 'demo:later',
      organisationId: DEMO_ORGANISATION_ID,
      name: 'Later',
      nameKey: 'later',
    });
    await collections.people.insertOne(staffMember(DEMO_ORGANISATION_ID, { active: true, teamIds: ['demo:later'] }));
    expect((await correct(id, 2, {})).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({ status: 'created', invitations: INVITED });
  });

  test('When an address belongs to another row, to somebody else or to staff, then that is told', async () => {
    const { id, rows } = await importOf([{}, { email: 'nobody' }, { group: 'Nowhere' }]);
    const other = await importOf([{}]);
    const taken = rows[0]!.email;
    const ofAnother = await refusal(id, 3, { email: taken.toUpperCase() });
    expect(ofAnother.body.problems).toMatchObject([{ code: 'email.duplicate-in-file' }]);
    expect(ofAnother.body.problems[0]!.message).toContain('2');
    for (const line of [2, 3]) {
      const { status, body } = await refusal(id, line, { email: other.rows[0]!.email });
      expect({ status, codes: body.problems.map(({ code }) => code) }).toEqual({
        status: 422,
        codes: ['email.already-used'],
      });
      expect(await refusal(id, line, { email: 'ines.almeida@staff.example.com' })).toMatchObject({
        status: 422,
        body: { problems: [{ code: 'email.is-staff' }] },
      });
    }
    // A row that was refused itself has no claim to its address.
    expect((await correct(id, 3, { email: rows[2]!.email })).status).toBe(202);
    expect(await settled(id, 3)).toMatchObject({ status: 'created', invitations: INVITED });
  });

  test('When cells are typed as in a file, then they are repaired as there, unless the import is strict', async () => {
    const typed = { email: ' ann.repaired@example.com', mobile: '07911 123 456' };
    const { id } = await importOf([{ email: 'nobody' }, {}]);
    expect((await correct(id, 2, typed)).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({
      status: 'created',
      person: { email: 'ann.repaired@example.com', mobile: '+447911123456' },
      repairs: [{ column: 'Email' }, { column: 'Mobile', before: '07911 123 456', after: '+447911123456' }],
    });
    const strict = await importOf([{ email: 'nobody' }], { strict: 'true' });
    expect(await refusal(strict.id, 2, { ...typed, email: ' strict@example.com' })).toMatchObject({
      status: 422,
      body: { problems: [{ code: 'row.not-exact' }, { code: 'row.not-exact' }] },
    });
  });

  test('When a row has slipped, then it is in order only once each of its cells was typed anew', async () => {
    const [person] = people(1, 'slipped', () => ({}), from++);
    const { firstName, lastName, email, mobile, group } = person!;
    const csv = toCsv([person!]).replace(firstName, `${firstName},Middle`);
    const id = await stack.api.importId(csv);
    await stack.api.rest(id);
    const answer = await refusal(id, 2, { lastName, email, mobile });
    expect(answer.body.problems.map(({ code }) => code)).toContain('row.too-many-cells');
    const whole = { firstName, lastName, email, mobile, group, role: '', company: '' };
    expect((await correct(id, 2, whole)).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({ status: 'created', person: { firstName, lastName, email } });
  });

  test('When a landline takes the place of a mobile, and a mobile that of the landline, then only the mobile gets an SMS', async () => {
    const { id, rows } = await importOf([{}]);
    expect((await correct(id, 2, { mobile: LANDLINE })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({
      person: { mobile: LANDLINE },
      problems: [{ code: 'mobile.landline', severity: 'warning' }],
      invitations: [
        { channel: 'email', state: 'sent', generation: 1 },
        { channel: 'sms', state: 'suppressed', generation: 2, problem: { code: 'mobile.landline' } },
      ],
    });
    const [other] = people(1, 'landline', () => ({}), from++);
    expect((await correct(id, 2, { mobile: other!.mobile })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({
      problems: [],
      invitations: [
        { channel: 'email', state: 'sent', generation: 1 },
        { channel: 'sms', state: 'sent', generation: 3 },
      ],
    });
    const got = (await stack.sandbox.messages()).map(({ to }) => to);
    expect(got.filter((to) => to === rows[0]!.mobile || to === other!.mobile || to === LANDLINE)).toEqual([
      rows[0]!.mobile,
      other!.mobile,
    ]);
  });

  test('When a language or a company is emptied, then the person has none', async () => {
    const { id } = await importOf([{ company: 'Acme' }]);
    const person = () => collections.people.findOne({ importId: id });
    expect((await correct(id, 2, { language: 'de' })).status).toBe(202);
    expect(await person()).toMatchObject({ language: 'de', company: 'Acme' });
    expect((await correct(id, 2, { language: '', company: '' })).status).toBe(202);
    expect(await person()).toMatchObject({ company: null });
    expect(await person()).not.toHaveProperty('language');
    expect((await correct(id, 2, { language: '' })).status).toBe(200);
  });

  test('When somebody wanted no more messages at an address, then that does not hold for another one', async () => {
    const { id } = await importOf([{}]);
    const person = { _id: `${id}:2` };
    await collections.people.updateOne(person, { $set: { optedOut: ['email', 'sms'] } });
    expect((await correct(id, 2, { email: `new.address.${from}@example.com` })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({ invitations: INVITED });
    expect(await collections.people.findOne(person)).toMatchObject({ optedOut: ['sms'] });
  });

  test('When an invitation to the person is on its way, be it from another import, then no address is changed', async () => {
    const { id, rows } = await importOf([{}]);
    const again = await stack.api.importIdWith({ onExisting: 'invite' }, toCsv(rows));
    await stack.api.rest(again);
    const other = { importId: again, channel: 'email' as const };
    for (const state of ['pending', 'sending'] as const) {
      await collections.invitations.updateOne(other, { $set: { state } });
      const answer = await refusal(id, 2, { email: `busy.${from}@example.com` });
      expect(answer).toMatchObject({ status: 409, body: { code: 'row-in-progress' } });
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect((await correct(id, 2, { lastName: 'Smith' })).status).toBe(202);
    await collections.invitations.updateOne(other, { $set: { state: 'sent' } });
  });

  test('When the team has no active staff, then a waiting row still waits, moves on, or is not readdressed', async () => {
    await collections.people.updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active: false } });
    const { id } = await importOf([{ group: 'Riverside' }, { group: 'Mayfair' }]);
    expect(await correct(id, 2, { firstName: 'Waiting' })).toMatchObject({
      status: 202,
      body: { status: 'waiting', person: { firstName: 'Waiting' }, problems: [{ code: 'group.waiting' }] },
    });
    expect(await settled(id, 2)).toMatchObject({ status: 'waiting' });
    expect(await refusal(id, 3, { group: 'Riverside', email: `unready.${from}@example.com` })).toMatchObject({
      status: 409,
      body: { code: 'team-not-ready', detail: expect.stringContaining('Riverside') as string },
    });
    expect((await correct(id, 3, { group: 'Riverside' })).status).toBe(202);
    expect((await correct(id, 2, { group: 'Mayfair' })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({ status: 'created', problems: [], invitations: INVITED });
    await collections.people.updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active: true } });
  });

  test('When people who are there already are invited again by the import, then so is the one of a corrected row', async () => {
    const before = await importOf([{}]);
    const { id } = await importOf([{ email: 'nobody' }], { onExisting: 'invite' });
    const { email } = before.rows[0]!;
    expect((await correct(id, 2, { email })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({
      status: 'unchanged',
      plan: { action: 'unchanged' },
      invitations: INVITED,
    });
    expect((await stored(id, 2))[1]!.plan.personId).toBe(`${before.id}:2`);
    // The person of the other import has the new address there, too, and is invited to it by this row alone.
    expect((await correct(id, 2, { email: `moved.${from}@example.com` })).status).toBe(202);
    await settled(id, 2);
    expect(await collections.people.findOne({ _id: `${before.id}:2` })).toMatchObject({
      email: `moved.${from}@example.com`,
    });
    const got = (await stack.sandbox.messages()).filter(({ to }) => to === `moved.${from}@example.com`);
    expect(got).toHaveLength(1);
  });

  test('When staff are corrected, then their teams are typed as in the file, and no team loses its last member', async () => {
    const [one] = people(1, 'staff', () => ({}), from++);
    const { firstName, lastName, email, mobile } = one!;
    const csv = `First Name,Last Name,Email,Mobile,Role,Client Teams\n${firstName},${lastName},${email},${mobile},Boss,\n`;
    const id = await stack.api.importIdWith({ kind: 'staff' }, csv);
    await stack.api.rest(id);
    expect((await correct(id, 2, { role: 'support', teams: 'Mayfair; riverside' })).status).toBe(202);
    expect(await settled(id, 2)).toMatchObject({ status: 'created', invitations: INVITED });
    const teamsOf = async () => (await collections.people.findOne({ _id: `${id}:2` }))!.teamIds;
    expect(await teamsOf()).toEqual(['demo:mayfair', 'demo:riverside']);

    await collections.clientTeams.insertOne({
      _id: 'demo:lonely',
      organisationId: DEMO_ORGANISATION_ID,
      name: 'Lonely',
      nameKey: 'lonely',
    });
    expect((await correct(id, 2, { teams: 'Lonely' })).status).toBe(202);
    expect(await teamsOf()).toEqual(['demo:lonely']);
    const answer = await correct(id, 2, { teams: 'Mayfair', firstName: 'Changed' });
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ code: 'group.last-member' }] } });
    expect(answer.body.detail).toContain('Lonely');
    expect(await collections.people.findOne({ _id: `${id}:2` })).toMatchObject({ firstName, teamIds: ['demo:lonely'] });
    expect(await correct(id, 2, { group: 'Mayfair' })).toMatchObject({ status: 400 });
  });

  describe('as long as something else is in the way', () => {
    let id: string;
    beforeAll(async () => {
      ({ id } = await importOf([{}, { email: 'nobody' }]));
    });

    test.each<[string, object, string]>([
      ['cancelled', { status: 'cancelled' }, 'import-cancelled'],
      ['being cancelled', { pausedBy: { staff: { at: new Date(), cancels: true } } }, 'import-cancelled'],
      ['failed', { status: 'failed' }, 'import-failed'],
      ['not read yet', { status: 'planning', plannedAt: null }, 'not-read-yet'],
    ])('When the import is %s, then no row of it is corrected', async (_what, change, code) => {
      const whole = (await collections.imports.findOne({ _id: id }))!;
      await collections.imports.updateOne({ _id: id }, { $set: change });
      for (const line of [2, 3]) {
        expect(await refusal(id, line, { email: `closed.${line}@example.com` })).toMatchObject({
          status: 409,
          body: { code, detail: expect.stringMatching(/\w.*\./) as string },
        });
      }
      await collections.imports.replaceOne({ _id: id }, whole);
    });

    test.each([
      ['pending', 'row-in-progress'],
      ['skipped', 'row-skipped'],
      ['cancelled', 'row-cancelled'],
    ] as const)('When the row is %s, then it is not corrected', async (status, code) => {
      await collections.rows.updateOne({ importId: id, row: 2 }, { $set: { status } });
      expect(await refusal(id, 2, { lastName: 'Smith' })).toMatchObject({ status: 409, body: { code } });
    });
  });

  test('When the request makes no sense, then it is refused and says why', async () => {
    const { id } = await importOf([{}]);
    expect(await correct(id, 2, { surname: 'Smith' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect(await correct(id, 2, { lastName: 7 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'lastName' }] },
    });
    expect(await correct(id, 2, { email: { $ne: '' } })).toMatchObject({ status: 400 });
    expect(await correct(id, 2, { lastName: 'half \ud800' })).toMatchObject({ status: 400 });
    for (const line of [99, 0, 'two', '2e0', '-2']) {
      const { status, body } = await correct(id, line, { lastName: 'Smith' });
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'not-found' });
    }
    expect(await correct(crypto.randomUUID(), 2, {})).toMatchObject({ status: 404 });
    expect(await correct(id, 2, { lastName: 'Smith' }, stack.as('support'))).toMatchObject({ status: 403 });
    expect(await correct(id, 2, { lastName: 'Smith' }, stack.as('userAdministrator'))).toMatchObject({ status: 202 });
  });
});

import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { uniqueName } from '../support/environment';

interface TeamAnswer {
  id: string;
  name: string;
  ready: boolean;
  staff: { id: string; firstName: string; active: boolean }[];
  import: { id: string; links: { self: string } };
  code?: string;
  detail?: string;
  problems?: { code: string; column: string; severity: string }[];
}

describe('A client team that is made together with its first staff member', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const grace = (change = {}) => ({
    ...{ firstName: 'Grace', lastName: 'Hopper', email: `${uniqueName('grace-')}@example.com`, mobile: '07911 123456' },
    role: 'Staff',
    ...change,
  });
  const create = (name: string, firstStaff: object, headers = {}, more = {}) =>
    stack.api.call<TeamAnswer>('POST', '/v1/client-teams', {
      body: JSON.stringify({ name, firstStaff, ...more }),
      headers,
    });
  const counts = async () => {
    const { db } = stack;
    const names = ['client_teams', 'people', 'imports'];
    return Promise.all(names.map((name) => db.collection(name).countDocuments()));
  };

  test('Both are there at once, and the staff member is invited once on each channel', async () => {
    const [name, member] = [uniqueName('Team'), grace()];
    const { status, headers, body } = await create(name, member, {}, { staff: ['demo:staff-1'] });
    expect([status, headers.get('location')]).toEqual([201, `/v1/client-teams/${body.id}`]);
    expect(body).toMatchObject({ name, ready: true });
    expect(body.staff.map(({ firstName, active }) => [firstName, active]).sort()).toEqual([
      ['Grace', false],
      ['Ines', true],
    ]);
    const importAnswer = await stack.api.rest(body.import.id);
    expect(importAnswer).toMatchObject({ status: 'completed', fileName: 'by-hand.csv' });
    const [row] = await stack.api.rows(body.import.id);
    expect(row).toMatchObject({ status: 'created', problems: [] });
    expect(row!.invitations.map(({ channel, state }) => [channel, state]).sort()).toEqual([
      ['email', 'sent'],
      ['sms', 'sent'],
    ]);
    const people = await stack.db.collection('people').find({ email: member.email }).toArray();
    expect(people).toMatchObject([{ kind: 'staff', mobile: '+447911123456', teamIds: [body.id], active: false }]);
  });

  test('All problems of the staff member are named, and nothing is created', async () => {
    const before = await counts();
    const { status, body } = await create(uniqueName('Team'), grace({ lastName: '', mobile: '12' }));
    expect([status, body.code]).toEqual([422, 'staff-invalid']);
    expect(body.problems!.map(({ column }) => column)).toEqual(['Last Name', 'Mobile']);
    expect(body.detail).toContain('Last Name: ');
    expect(await counts()).toEqual(before);
  });

  test('A name that is taken and an address that somebody has create nothing', async () => {
    const member = grace();
    const name = uniqueName('Team');
    expect((await create(name, member)).status).toBe(201);
    const before = await counts();
    expect(await create(name.toLowerCase(), grace())).toMatchObject({ status: 409, body: { code: 'team-name-taken' } });
    const { status, body } = await create(uniqueName('Team'), { ...member, email: member.email.toUpperCase() });
    expect([status, body.problems!.map(({ code }) => code)]).toEqual([422, ['email.already-used']]);
    expect(await create('May fair', grace())).toMatchObject({ status: 400, body: { code: 'team-name-invalid' } });
    expect(await counts()).toEqual(before);
  });

  test('A repeated request with its key gets the same team, also when both come at once', async () => {
    const [name, member, headers] = [uniqueName('Team'), grace(), { 'Idempotency-Key': uniqueName('key-') }];
    const [teams, people, imports] = await counts();
    const answers = await Promise.all([create(name, member, headers), create(name, member, headers)]);
    answers.push(await create(name, member, headers));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => `${body.id} ${body.import.id}`)).size).toBe(1);
    expect(await counts()).toEqual([teams! + 1, people! + 1, imports! + 1]);
    expect(await create(uniqueName('Team'), grace(), headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  test('Of five requests at once for one name, one succeeds', async () => {
    const name = uniqueName('Team');
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(name, grace())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test('A team without anybody is refused', async () => {
    const answer = await stack.api.call<{ errors: { field: string }[] }>('POST', '/v1/client-teams', {
      body: JSON.stringify({ name: uniqueName('Team') }),
    });
    expect([answer.status, answer.body.errors.map(({ field }) => field)]).toEqual([400, ['staff']]);
  });
});

import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('People who are there already', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const clients = () => stack.db.collection('people');
  /** Three people: the first has accepted, the others have not. */
  async function threeKnown(tag: string, from: number): Promise<Person[]> {
    const rows = people(3, tag, () => ({ group: 'Mayfair' }), from);
    await stack.api.rest(await stack.api.importId(toCsv(rows)));
    await clients().updateOne({ email: rows[0]!.email }, { $set: { active: true } });
    return rows;
  }
  const again = async (rows: Person[], onExisting: string) => {
    const id = await stack.api.importIdWith({ onExisting }, toCsv(rows));
    return { id, done: await stack.api.rest(id), rows: await stack.api.rows(id) };
  };
  const messagesTo = async ({ email, mobile }: Person) =>
    (await stack.sandbox.messages()).filter(({ to }) => to === email || to === mobile).length;

  test('When nothing else is asked for, then their rows are refused with when and by which import they came', async () => {
    const known = await threeKnown('error', 0);
    const { done, rows } = await again(known, 'error');
    expect(done).toMatchObject({ status: 'completed-with-problems', rows: { rejected: 3 } });
    const [problem] = rows[1]!.problems;
    expect(problem).toMatchObject({ code: 'email.already-used', letter: 'C', value: known[1]!.email });
    expect(problem!.message).toMatch(/since \d{4}-\d\d-\d\d \(row 3 of import [0-9a-f-]{36}\)/);
  });

  test('When they are to be skipped, then nothing happens to them', async () => {
    const known = await threeKnown('skip', 10);
    const { done } = await again([...known, ...people(1, 'skip-new', () => ({}), 15)], 'skip');
    expect(done).toMatchObject({ status: 'completed', rows: { skipped: 3, created: 1 } });
    expect(await messagesTo(known[1]!)).toBe(2);
  });

  test('When they are to be invited, then who has not accepted gets a new message, and who has is left alone', async () => {
    const known = await threeKnown('invite', 20);
    const { done, rows, id } = await again(known, 'invite');
    expect(done).toMatchObject({
      status: 'completed',
      rows: { unchanged: 3 },
      invitations: { email: { sent: 2 }, sms: { sent: 2 } },
    });
    expect(rows.map(({ invitations }) => invitations.length)).toEqual([0, 2, 2]);
    expect(await Promise.all(known.map(messagesTo))).toEqual([2, 4, 4]);
    expect(await clients().countDocuments({ importId: id })).toBe(0);
  });

  test('When somebody was deactivated, then inviting those who have not accepted leaves them alone', async () => {
    const known = await threeKnown('gone', 25);
    await clients().updateOne({ email: known[1]!.email }, { $set: { deactivatedAt: new Date() } });
    const { done } = await again(known, 'invite');
    expect(done).toMatchObject({ rows: { unchanged: 3 }, invitations: { email: { sent: 1 } } });
    expect(await messagesTo(known[1]!)).toBe(2);
  });

  test('When they are to be updated, then what differs is changed and listed, and a new mobile number is invited', async () => {
    const known = await threeKnown('update', 30);
    const changed = [
      { ...known[0]!, firstName: 'Anna', mobile: people(1, '', () => ({}), 35)[0]!.mobile },
      { ...known[1]!, company: 'Harbour', mobile: people(1, '', () => ({}), 36)[0]!.mobile },
      known[2]!,
    ];
    const { done, rows } = await again(changed, 'update');
    expect(done).toMatchObject({ status: 'completed', rows: { updated: 2, unchanged: 1 } });
    expect(rows[0]!.plan.changes!.map(({ field }) => field).sort()).toEqual(['firstName', 'mobile']);
    expect(rows[0]!.plan.changes).toContainEqual({ field: 'firstName', before: 'Given0', after: 'Anna' });
    expect(rows[0]!.invitations).toEqual([]);
    expect(rows[1]!.invitations).toMatchObject([{ channel: 'sms', state: 'sent' }]);
    expect(await clients().findOne({ email: known[1]!.email })).toMatchObject({
      company: 'Harbour',
      mobile: changed[1]!.mobile,
    });
    // Running it once more finds nothing to change.
    expect((await again(changed, 'update')).done.rows).toMatchObject({ unchanged: 3 });
  });

  test('When somebody was invited by a newer import since, then the older one does not send its failed invitation again', async () => {
    const [row] = people(1, 'newer', () => ({ group: 'Mayfair' }), 45);
    const fault = await stack.sandbox.plan({
      provider: 'twilio',
      kind: 'error',
      status: 400,
      code: 21612,
      to: row!.mobile,
    });
    const older = await stack.api.importId(toCsv([row!]));
    expect(await stack.api.rest(older)).toMatchObject({ invitations: { sms: { failed: 1 } } });
    const [{ mobile }] = people(1, '', () => ({}), 46) as [Person];
    expect((await again([{ ...row!, mobile }], 'update')).done).toMatchObject({ invitations: { sms: { sent: 1 } } });
    await stack.sandbox.lift(fault);

    expect(await stack.api.retry(older)).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
    expect((await stack.sandbox.messages()).filter(({ to }) => to === mobile)).toHaveLength(1);
  });

  test('When SMS is the only channel, then a landline refuses the row, since nobody could be invited', async () => {
    const organisation = { _id: 'demo' as never };
    await stack.db.collection('organisations').updateOne(organisation, { $set: { channels: ['sms'] } });
    const { done, rows } = await again(
      people(2, 'landline', (_, i) => (i === 0 ? { mobile: '+442071838750' } : {}), 48),
      'error',
    );
    await stack.db.collection('organisations').updateOne(organisation, { $set: { channels: ['email', 'sms'] } });
    expect(done).toMatchObject({ rows: { created: 1, rejected: 1 }, invitations: { sms: { sent: 1 } } });
    expect(rows[0]!.problems.map(({ code }) => code)).toContain('mobile.unreachable');
  });

  test('When the address is that of a member of staff, then no way of importing makes a client of them', async () => {
    const rows = people(1, 'staff', () => ({ email: 'INES.almeida@staff.example.com' }), 40);
    for (const onExisting of ['error', 'invite', 'skip', 'update']) {
      const { done, rows: told } = await again(rows, onExisting);
      expect(done.rows).toMatchObject({ rejected: 1 });
      expect(told[0]!.problems[0]).toMatchObject({ code: 'email.is-staff' });
    }
  });

  test('When two files bring the same people at the same moment, then each person is created once', async () => {
    const rows = people(30, 'race', () => ({}), 50);
    const { body } = await stack.api.upload(
      { name: 'a.csv', content: toCsv(rows) },
      { name: 'b.csv', content: toCsv(rows) },
    );
    const done = await Promise.all(body.imports.map(({ id }) => stack.api.rest(id)));
    expect(done.reduce((sum, { rows: { created } }) => sum + created, 0)).toBe(30);
    expect(done.reduce((sum, { rows: { rejected } }) => sum + rejected, 0)).toBe(30);
    expect(await clients().countDocuments({ email: { $in: rows.map(({ email }) => email) } })).toBe(30);
  });

  test('When staff are imported from their template, then they are invited and belong to their teams', async () => {
    const csv =
      'First Name,Last Name,Email,Mobile,Role,Client Teams\n' +
      'Ada,Staff,ada.staff@example.com,+447911123460,staff,Mayfair; riverside\n' +
      'Bob,Staff,bob.staff@example.com,+447911123461,Janitor,Nowhere\n';
    const id = await stack.api.importIdWith({ kind: 'staff' }, csv, 'staff.csv');
    const done = await stack.api.rest(id);
    expect(done).toMatchObject({
      kind: 'staff',
      rows: { created: 1, rejected: 1 },
      invitations: { email: { sent: 1 } },
    });
    const [, bob] = await stack.api.rows(id);
    expect(bob!.problems.map(({ code }) => code)).toEqual(['role.unknown', 'group.unknown']);
    expect(await clients().findOne({ emailKey: 'ada.staff@example.com' })).toMatchObject({
      kind: 'staff',
      role: 'Staff',
      active: false,
      teamIds: ['demo:mayfair', 'demo:riverside'],
    });
  });
});

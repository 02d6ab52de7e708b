import { invitedTwice } from '../support/sandbox-control';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Rows that wait for their client team', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const staff = () => stack.db.collection('people');
  const setActive = (teamId: string, active: boolean) =>
    staff().updateMany({ kind: 'staff', teamIds: teamId }, { $set: { active } });

  /** As an administrator does. */
  async function activate(): Promise<void> {
    const member = await staff().findOne({ kind: 'staff', teamIds: 'demo:riverside' });
    const { status } = await stack.api.call('POST', `/v1/staff/${encodeURIComponent(String(member!._id))}/activation`);
    expect(status).toBeLessThan(300);
  }

  /** Two people for a team without active staff, and two for one that has it. */
  async function importWaiting(tag: string, from: number): Promise<string> {
    await setActive('demo:riverside', false);
    const id = await stack.api.importId(toCsv(people(4, tag, () => ({}), from)));
    const found = await stack.api.rest(id);
    expect(found).toMatchObject({ status: 'waiting', lines: 4, rows: { created: 2, waiting: 2 } });
    return id;
  }
  const finished = (id: string) =>
    until(
      'the waiting rows to go on',
      () => stack.api.find(id),
      ({ status, rows }) => status === 'completed' && rows.created === 4,
    );

  test('When a member of the team becomes active, then its rows are created and invited by themselves, and only they', async () => {
    const id = await importWaiting('wakes', 0);
    const [waiting] = await stack.api.rows(id, '&status=waiting');
    expect(waiting).toMatchObject({
      plan: { action: 'wait' },
      problems: [{ code: 'group.waiting', severity: 'warning' }],
    });
    expect(waiting!.problems[0]!.message).toContain('Riverside');
    expect(await stack.workflow(id).query('rows', { status: 'waiting', limit: 1 })).toMatchObject({
      rows: [{ status: 'waiting', team: 'Riverside' }],
    });
    expect(await stack.db.collection('people').countDocuments({ importId: id })).toBe(2);

    await activate();

    const done = await finished(id);
    expect(done.invitations).toMatchObject({ email: { sent: 4 }, sms: { sent: 4 } });
    expect((await stack.api.rows(id)).flatMap(({ problems }) => problems)).toEqual([]);
    expect(await stack.caughtUp(id, 'completed')).toMatchObject({ rows: done.rows, invitations: done.invitations });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('a team that became ready without a mark is found when its import is checked', async () => {
    const id = await importWaiting('checked', 10);
    await setActive('demo:riverside', true);
    await stack.db.collection('imports').updateOne({ _id: id as never }, { $set: { checkAt: new Date(0) } });
    await finished(id);
  });

  test('When its workflow was terminated while rows waited, then they go on all the same once the team is ready', async () => {
    const id = await importWaiting('terminated', 20);
    await stack.workflow(id).terminate('ended for the test');
    await activate();
    await finished(id);
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('When rows have waited for as many days as the organisation allows, then they are given back with the reason', async () => {
    const id = await importWaiting('overdue', 30);
    const days = (await stack.store.organisations.find('demo'))!.waitingDays;
    await stack.db
      .collection('imports')
      .updateOne({ _id: id as never }, { $set: { plannedAt: new Date(Date.now() - days * 86_400_000) } });
    await stack.workflow(id).signal('refresh');

    const done = await until(
      'the rows to be given back',
      () => stack.api.find(id),
      ({ status }) => status === 'completed-with-problems',
    );
    expect(done.rows).toMatchObject({ created: 2, waiting: 0, rejected: 2 });
    const [row] = await stack.api.rows(id, '&status=rejected');
    expect(row!.problems.map(({ code }) => code)).toEqual(['group.no-active-staff']);
    expect(row!.problems.at(-1)).toMatchObject({ column: 'Group Identifier', letter: 'G' });
    expect(await stack.caughtUp(id, 'completed-with-problems')).toMatchObject({ rows: done.rows });
  });

  test('When an import with waiting rows is cancelled, then they end as cancelled and are not invited later', async () => {
    const id = await importWaiting('cancelled', 40);
    await stack.workflow(id).cancel();
    const done = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    expect(done.rows).toMatchObject({ created: 2, cancelled: 2 });
    // Nobody is told any more that they are invited by themselves.
    expect((await stack.api.rows(id)).flatMap(({ problems }) => problems)).toEqual([]);
    await activate();
    expect(await stack.store.imports.find(id)).not.toHaveProperty('wakeAt');
    expect(await stack.db.collection('rows').countDocuments({ importId: id, status: 'waiting' })).toBe(0);
  });

  test('When an address is taken while its row waits, then the row is refused with that reason', async () => {
    const id = await importWaiting('taken', 50);
    const [waiting] = await stack.api.rows(id, '&status=waiting');
    const other = people(1, 'other', () => ({ email: waiting!.person.email, group: 'Mayfair' }), 60);
    expect(await stack.api.rest(await stack.api.importId(toCsv(other)))).toMatchObject({ rows: { created: 1 } });
    await activate();
    const done = await until(
      'the waiting rows to go on',
      () => stack.api.find(id),
      ({ rows }) => rows.waiting === 0 && rows.pending === 0,
    );
    expect(done.rows).toMatchObject({ created: 3, rejected: 1 });
  });
});

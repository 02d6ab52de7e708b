import { Worker } from '@temporalio/worker';
import { importWorkflowId } from '../../contract/import';
import { sharedServers } from '../support/environment';
import type { FirstSendsDoc } from '../../store/send-documents';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Importing files', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const messagesTo = async (tag: string) => (await stack.sandbox.messages()).filter(({ to }) => to.includes(tag));

  test('When a clean file of 500 is uploaded, then everybody is created and invited once on both channels, in at most 40 events', async () => {
    const rows = people(500, 'clean');
    const id = await stack.api.importId(toCsv(rows));

    const done = await stack.api.rest(id);

    expect(done).toMatchObject({ status: 'completed', lines: 500, rows: { created: 500 } });
    expect(done.invitations).toMatchObject({ email: { sent: 500 }, sms: { sent: 500 } });
    const messages = await stack.sandbox.messages();
    expect(invitedTwice(messages)).toEqual([]);
    expect(new Set(messages.map(({ to }) => to))).toEqual(
      new Set(rows.flatMap(({ email, mobile }) => [email, mobile])),
    );
    expect(
      await stack.store.people.findByEmail(
        'demo',
        rows.map(({ email }) => email),
      ),
    ).toHaveProperty('size', 500);
    const { historyLength } = await stack.workflow(id).describe();
    expect(historyLength).toBeLessThanOrEqual(40);
  });

  test('When rows have faults, then each is refused with all its problems on its spreadsheet line, and the others are invited', async () => {
    const rows = people(
      6,
      'faults',
      (_, i) =>
        [{}, { email: 'nobody@', mobile: '12' }, { group: 'Nowhere' }, { role: 'Staf' }, {}, { lastName: ' ' }][i]!,
    );
    const id = await stack.api.importId(toCsv(rows));

    const done = await stack.api.rest(id);

    expect(done).toMatchObject({ status: 'completed-with-problems', lines: 6, rows: { created: 2, rejected: 4 } });
    const rejected = await stack.api.rows(id, '&status=rejected');
    expect(rejected.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
      [3, ['email.invalid', 'mobile.invalid']],
      [4, ['group.unknown']],
      [5, ['role.unknown']],
      [7, ['last-name.missing']],
    ]);
    const [first] = rejected;
    expect(first!.problems[0]).toMatchObject({ line: 3, column: 'Email', letter: 'C', value: 'nobody@' });
    expect(await messagesTo('.faults@')).toHaveLength(2);
  });

  test('When a person is in the organisation already, then the row says since when and nobody is invited again', async () => {
    const rows = people(3, 'known');
    await stack.api.rest(await stack.api.importId(toCsv(rows)));
    const again = await stack.api.importId(toCsv(rows.map((row) => ({ ...row, email: row.email.toUpperCase() }))));

    const done = await stack.api.rest(again);

    expect(done).toMatchObject({ status: 'completed-with-problems', rows: { created: 0, rejected: 3 } });
    const [row] = await stack.api.rows(again);
    expect(row!.problems[0]).toMatchObject({ code: 'email.already-used', line: 2 });
    expect(row!.problems[0]!.message).toContain(new Date().toISOString().slice(0, 10));
    expect(await messagesTo('.known@')).toHaveLength(3);
  });

  test('When the same person is in two files at the same moment, then there is one client and one invitation per channel', async () => {
    const rows = people(40, 'race', () => ({}), 600);
    const content = toCsv(rows);
    const { body } = await stack.api.upload(
      { name: 'a.csv', content },
      { name: 'b.csv', content },
      { name: 'c.csv', content },
    );

    const done = await Promise.all(body.imports.map(({ id }) => stack.api.rest(id)));

    expect(done.reduce((sum, { rows: { created } }) => sum + created, 0)).toBe(40);
    expect(done.reduce((sum, { rows: { rejected } }) => sum + rejected, 0)).toBe(80);
    const messages = (await stack.sandbox.messages()).filter(({ to }) =>
      rows.some((row) => row.mobile === to || row.email === to),
    );
    expect(messages).toHaveLength(80);
    expect(invitedTwice(messages)).toEqual([]);
  });

  test.each([
    ['has 501 rows', toCsv(people(501, 'many')), 'file.too-many-rows', '501'],
    [
      'lacks a column',
      'First Name,Last Name,Email,Group Identifier\nA,B,a@example.com,Mayfair\n',
      'file.missing-column',
      'Mobile',
    ],
    ['is empty', '', 'file.empty', ''],
  ])(
    'When a file %s, then it is refused as a whole with what is wrong, and nothing is created',
    async (_what, content, code, named) => {
      const id = await stack.api.importId(content);

      const done = await stack.api.rest(id);

      expect(done).toMatchObject({ status: 'failed', lines: 0 });
      expect(done.problems[0]).toMatchObject({ code });
      expect(done.problems[0]!.message).toContain(named);
      expect(await stack.api.rows(id)).toEqual([]);
    },
  );

  test('When an import rests, then the workflow, asked by query, and the API tell the same of every row', async () => {
    const rows = people(
      8,
      'views',
      (_, i) => (i === 3 ? { mobile: 'none' } : i === 5 ? { email: 'sandbox-rejected.views@example.com' } : {}),
      700,
    );
    const id = await stack.api.importId(toCsv(rows));
    const done = await stack.api.rest(id);
    expect(done.status).toBe('needs-attention');
    const workflow = stack.workflow(id);

    const { importId, ...counts } = await stack.caughtUp(id, done.status);
    expect(importId).toBe(id);
    expect(done).toMatchObject(counts);

    const byApi = (await stack.api.rows(id)).map(({ row, status, problems, invitations }) => ({
      row,
      status,
      codes: problems.map(({ code }) => code),
      invitations: invitations.map(({ channel, state, problem }) => ({
        channel,
        state,
        ...(problem && { code: problem.code }),
      })),
    }));
    expect(await workflow.query('rows')).toEqual({ rows: byApi });
    expect(await workflow.query('rows', { status: 'rejected', limit: 5 })).toEqual({
      rows: byApi.filter(({ status }) => status === 'rejected'),
    });
    expect(await workflow.query('row', { row: 7 })).toEqual({ found: true, ...byApi.find(({ row }) => row === 7) });
    expect(await workflow.query('row', { row: 99 })).toEqual({ found: false, row: 99 });
    expect(await workflow.query('row')).toEqual({ found: false, row: 0 });
    expect(await workflow.query('rows', { status: 'waiting' })).toEqual({ rows: 'none' });
    expect(await workflow.query('rows', { after: 9 })).toEqual({ rows: 'none' });
    expect(await workflow.query('rows', null)).toEqual({ rows: byApi });
    await expect(workflow.query('row', { row: '7' })).rejects.toThrow('"row" must be a line number');
    await expect(workflow.query('rows', { state: 'sent' })).rejects.toThrow('Unknown field "state"');
  });

  test('When an import has run, then its history replays and holds no name, address or number', async () => {
    const rows = people(
      20,
      'canary',
      (person, i) => ({
        firstName: `Canary${i}`,
        lastName: `Bird${i}`,
        company: 'Aviary',
        ...(i === 4 && { email: `sandbox-rejected-canary@example.com` }),
        ...(i === 9 && { mobile: `${person.mobile}99` }),
      }),
      800,
    );
    const id = await stack.api.importId(toCsv(rows), 'canary birds.csv');
    await stack.api.rest(id);

    const history = await stack.workflow(id).fetchHistory();
    const description = await stack.workflow(id).describe();
    const decode = (_key: string, value: unknown): unknown =>
      value instanceof Uint8Array
        ? Buffer.from(value).toString('utf8')
        : typeof value === 'bigint'
          ? `${value}`
          : value;
    const written = JSON.stringify([history, description.raw], (key, value: unknown) =>
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
        ? Buffer.from(value.data as number[]).toString('utf8')
        : decode(key, value),
    );

    expect(written).toContain(id);
    const numbers = rows.map(({ mobile }) => mobile.slice(2, 12));
    for (const leak of ['Canary', 'Bird', 'Aviary', '@example.com', 'canary', ...numbers])
      expect(written).not.toContain(leak);
    await Worker.runReplayHistory(
      { workflowBundle: { codePath: sharedServers().workflowBundle } },
      history,
      importWorkflowId(id),
    );
  });

  test('When an import is cancelled in the Temporal UI, then what was not begun ends as cancelled and the counts add up', async () => {
    const fault = await stack.sandbox.plan({ provider: 'both', kind: 'delay', delayMs: 5_000 });
    const id = await stack.api.importId(toCsv(people(300, 'cancel', () => ({}), 1000)));
    await until(
      'the first claims',
      () => stack.db.collection<FirstSendsDoc>('first_sends').findOne({ _id: id }),
      (firstSends) => firstSends?.claims.some(({ channel }) => channel === 'sms') === true,
    );

    // The step hears of it with its next heartbeat, before the first answers.
    await stack.workflow(id).cancel();
    const done = await stack.api.rest(id);
    await stack.sandbox.lift(fault);

    expect(done.status).toBe('cancelled');
    expect(done.lines).toBe(300);
    expect(done.invitations.sms).toMatchObject({ pending: 0, sending: 0 });
    expect(done.invitations.sms.cancelled).toBeGreaterThan(0);
    const sms = (await stack.sandbox.messages()).filter(
      ({ to, provider }) =>
        provider === 'twilio' && people(300, '', () => ({}), 1000).some(({ mobile }) => mobile === to),
    );
    expect(sms).toHaveLength(done.invitations.sms.sent);
    expect(await stack.caughtUp(id, 'cancelled')).toMatchObject({ invitations: done.invitations });
  });
});

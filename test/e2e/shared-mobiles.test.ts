import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('A mobile that many rows share', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  /** The mobile of the first row, filled down over the others; the last row has one of its own. */
  const filledDown = (tag: string, from: number): Person[] =>
    people(7, tag, (_, i) => (i < 6 ? { mobile: people(1, '', () => ({}), from)[0]!.mobile } : {}), from);
  const post = (id: string, action: string, body: unknown) =>
    stack.api.call<{ code?: string; plan?: { hash: string; messages: object } }>(
      'POST',
      `/v1/imports/${id}/${action}`,
      {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      },
    );
  const smsTo = async (rows: Person[]) =>
    (await stack.sandbox.messages()).filter(({ to }) => rows.some(({ mobile }) => mobile === to)).map(({ to }) => to);

  test('When nothing is said, then the import waits, sends nothing, and with “hold” sends those rows e-mail only', async () => {
    const rows = filledDown('hold', 0);
    const id = await stack.api.importId(toCsv(rows));
    const waiting = await stack.api.rest(id);
    expect(waiting).toMatchObject({
      status: 'awaiting-approval',
      problems: [{ code: 'file.shared-mobiles' }],
      questions: [{ kind: 'shared-mobiles', choices: [{ value: 'send' }, { value: 'hold' }] }],
      rows: { pending: 7 },
    });
    expect(await stack.api.apply(id, waiting.plan!.hash)).toMatchObject({
      status: 409,
      body: { code: 'choices-missing' },
    });
    expect(await smsTo(rows)).toEqual([]);

    const chosen = await post(id, 'choices', { sharedMobiles: 'hold' });
    expect(chosen.body.plan).toMatchObject({ messages: { email: 7, sms: 1 } });
    expect((await stack.api.apply(id, chosen.body.plan!.hash)).status).toBe(202);
    const done = await until(
      'the end',
      () => stack.api.find(id),
      ({ status }) => status === 'completed',
    );
    expect(done.invitations).toMatchObject({ email: { sent: 7 }, sms: { sent: 1, suppressed: 6 } });
    expect(await smsTo(rows)).toEqual([rows[6]!.mobile]);
    const [, second] = await stack.api.rows(id);
    expect(second!.problems.map(({ code }) => code)).toEqual(['mobile.shared', 'mobile.sms-held']);
    // Nothing that is held counts as failed.
    expect(await stack.api.retry(id)).toMatchObject({ status: 409 });
  });

  test('When the upload says “send”, then nothing is asked, and a later file with two more people of that number is', async () => {
    const rows = filledDown('send', 100);
    const id = await stack.api.importIdWith({ sharedMobiles: 'send' }, toCsv(rows));
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 7 } } });
    expect(await smsTo(rows)).toHaveLength(7);

    const later = await stack.api.importId(toCsv(people(2, 'later', () => ({ mobile: rows[0]!.mobile }))));
    expect(await stack.api.rest(later)).toMatchObject({
      status: 'awaiting-approval',
      questions: [{ kind: 'shared-mobiles' }],
    });
    await post(later, 'cancel', {});
  });
});

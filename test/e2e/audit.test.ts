import type { Invariant } from '../../domain/audit/snapshot';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

interface AuditAnswer {
  status: string;
  ok: boolean;
  invariants: Invariant[];
}

describe('The audit of an import', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const audit = async (id: string) => (await stack.as('support').get<AuditAnswer>(`/v1/imports/${id}/audit`)).body;
  const brokenIn = ({ invariants }: AuditAnswer) => invariants.filter(({ ok }) => ok === false).map(({ id }) => id);

  async function finished(tag: string, from: number): Promise<string> {
    const rows = people(6, tag, (_, i) => (i === 5 ? { email: 'nonsense' } : {}), from);
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    await stack.caughtUp(id, 'completed-with-problems');
    return id;
  }
  const invitations = () => stack.db.collection<{ _id: string; [field: string]: unknown }>('invitations');

  test('When nothing is wrong, then all six rules hold, and both providers were asked', async () => {
    const answer = await audit(await finished('fine', 0));
    expect(answer).toMatchObject({ status: 'completed-with-problems', ok: true });
    expect(answer.invariants.map(({ id, ok, remark }) => [id, ok, remark])).toEqual(
      ['I1', 'I2', 'I3', 'I4', 'I5', 'I6'].map((id) => [id, true, null]),
    );
  });

  test.each<[string, string[], (id: string) => Promise<unknown>]>([
    [
      'a person that was created is gone',
      ['I1'],
      (id) => stack.db.collection('people').deleteOne({ importId: id, row: 3 }),
    ],
    ['an invitation is missing', ['I1', 'I4', 'I6'], (id) => invitations().deleteOne({ _id: `${id}:3:email:1` })],
    [
      'an invitation is still on its way',
      ['I2', 'I5', 'I6'],
      (id) => invitations().updateOne({ _id: `${id}:4:sms:1` }, { $set: { state: 'sending' } }),
    ],
    [
      'something is shown as failed that the provider holds',
      ['I4', 'I5', 'I6'],
      (id) => invitations().updateOne({ _id: `${id}:4:email:1` }, { $set: { state: 'failed' } }),
    ],
    [
      'a state has gone back',
      ['I5'],
      (id) =>
        invitations().updateOne(
          { _id: `${id}:5:email:1` },
          { $set: { trail: ['pending', 'sending', 'sent', 'pending', 'sending', 'sent'].map((state) => ({ state })) } },
        ),
    ],
    [
      'the provider calls a message otherwise than we do',
      ['I4'],
      (id) => invitations().updateOne({ _id: `${id}:6:sms:1` }, { $set: { providerId: `SM${'0'.repeat(32)}` } }),
    ],
  ])('When %s, then exactly these rules are broken: %s', async (what, broken, damage) => {
    const id = await finished(what.replace(/\W/g, ''), 10);
    await damage(id);
    const answer = await audit(id);
    expect(answer.ok).toBe(false);
    expect(brokenIn(answer)).toEqual(broken);
    for (const { findings, ok } of answer.invariants) expect(findings.length > 0).toBe(ok === false);
  });

  test('When the provider has accepted somebody twice, then rule three is broken and names the line', async () => {
    const id = await finished('twice', 30);
    const [first] = (await stack.sandbox.messages()).filter(
      ({ to, provider }) => provider === 'sendgrid' && to === 'person1.twice@example.com',
    );
    // The same mail once more, as by a sender that keeps no ledger.
    const response = await fetch(`${stack.sandbox.url}/v3/mail/send`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer SG.sandbox.key' },
      body: JSON.stringify({
        personalizations: [{ to: [{ email: first!.to }], custom_args: first!.customArgs }],
        from: { email: first!.from },
        subject: first!.subject,
        content: [{ type: 'text/plain', value: first!.body }],
      }),
    });
    expect(response.status).toBe(202);

    const answer = await audit(id);

    expect(brokenIn(answer)).toEqual(['I3']);
    expect(answer.invariants[2]!.findings).toMatchObject([{ row: 3, channel: 'email' }]);
  });
});

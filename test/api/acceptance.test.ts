import type { InvitationDoc, PersonDoc, Collections } from '../../store/documents';
import { collectionsOf } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { person, sentInvitation, staffMember } from '../support/scratch-store';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const DAY_MS = 86_400_000;

describe('Following the link of an invitation', () => {
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  /** As the page behind the link does: without a key. */
  const accept = async (body: unknown) => {
    const response = await fetch(`${stack.url}/v1/invitations/accept`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { code?: string; detail?: string } };
  };
  const invite = async (to: PersonDoc, change: Partial<InvitationDoc> = {}): Promise<InvitationDoc> => {
    await collections.people.updateOne({ _id: to._id }, { $setOnInsert: to }, { upsert: true });
    const invitation = sentInvitation(to, change);
    await collections.invitations.insertOne(invitation);
    return invitation;
  };

  test.each([
    ['client', person(DEMO_ORGANISATION_ID)],
    ['staff', staffMember(DEMO_ORGANISATION_ID)],
  ])('When a %s accepts, once or twice, then the answer tells where they are and no address', async (kind, to) => {
    const { token } = await invite(to);
    for (let i = 0; i < 2; i++)
      expect(await accept({ token })).toEqual({
        status: 200,
        body: { organisation: { name: stack.organisationName }, kind },
      });
    expect((await collections.people.findOne({ _id: to._id }))!.active).toBe(true);
  });

  test('When the link cannot be followed, then the answer says which it is and what to do', async () => {
    const [old, gone, renewed] = [1, 2, 3].map(() => person(DEMO_ORGANISATION_ID));
    const expired = await invite(old!, { createdAt: new Date(Date.now() - 31 * DAY_MS) });
    const withdrawn = await invite(gone!);
    await collections.people.deleteOne({ _id: gone!._id });
    const replaced = await invite(renewed!, { createdAt: new Date(Date.now() - DAY_MS) });
    await invite(renewed!);
    const unsent = await invite(person(DEMO_ORGANISATION_ID), { state: 'pending', attempts: 0 });
    for (const [token, status, code, advice] of [
      [expired.token, 410, 'invitation-expired', 'for a new one'],
      [withdrawn.token, 410, 'invitation-withdrawn', 'ask the organisation'],
      [replaced.token, 410, 'invitation-replaced', 'newest message'],
      [unsent.token, 404, 'invitation-unknown', 'Open the link'],
      ['nobody', 404, 'invitation-unknown', 'Open the link'],
    ] as const) {
      const answer = await accept({ token });
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.body.detail).toContain(advice);
    }
  });

  test.each<[unknown]>([[{}], [{ token: '' }], [{ token: { $ne: null } }], [{ token: 'x', as: 'admin' }], [[]]])(
    'When %j is sent, then it is refused as a request',
    async (body) => {
      expect(await accept(body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    },
  );
});

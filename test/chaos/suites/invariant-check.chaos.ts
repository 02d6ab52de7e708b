import { collectionsOf } from '../../../store/documents';
import type { InvitationDoc } from '../../../store/documents';
import type { Upload } from '../imports';
import { acceptedMessages, checkInvariants } from '../invariant-check';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 10;

/** A check that finds nothing would let every chaos test pass: here each invariant is broken, and it must report that. */
describe('The invariant check of the chaos tests', () => {
  let product: Product;
  let file: Upload;
  beforeAll(async () => {
    product = await startProduct();
    file = await product.upload('tried', ROWS);
    await product.api.rest(file.id);
  });
  afterAll(() => product.stop());

  const collections = () => collectionsOf(product.db);
  const anInvitation = async (): Promise<InvitationDoc> =>
    (await collections().invitations.findOne({ importId: file.id, channel: 'sms', row: 2 }))!;
  const changeInvitation = async (update: object): Promise<() => Promise<unknown>> => {
    const before = await anInvitation();
    await collections().invitations.updateOne({ _id: before._id }, update);
    return () => collections().invitations.replaceOne({ _id: before._id }, before);
  };

  test('It finds nothing in a sound import', async () => {
    expect(await checkInvariants(product, file)).toEqual([]);
  });

  /** Each violates an invariant, and returns how to undo that. */
  const VIOLATIONS: Record<string, { rule: string; violate: () => Promise<() => Promise<unknown>> }> = {
    'a client is gone': {
      rule: 'I1',
      async violate() {
        const person = (await collections().people.findOneAndDelete({ importId: file.id, row: 3 }))!;
        return () => collections().people.insertOne(person);
      },
    },
    'an invitation is gone': {
      rule: 'I1',
      async violate() {
        const { _id } = await anInvitation();
        const invitation = (await collections().invitations.findOneAndDelete({ _id }))!;
        return () => collections().invitations.insertOne(invitation);
      },
    },
    'an invitation is still being sent': {
      rule: 'I2',
      violate: () => changeInvitation({ $set: { state: 'sending' } }),
    },
    'an invitation is shown with an unknown provider id': {
      rule: 'I4',
      violate: () => changeInvitation({ $set: { providerId: `SM${'0'.repeat(32)}` } }),
    },
    'an invitation that was sent is shown as failed': {
      rule: 'I4',
      violate: () =>
        changeInvitation({
          $set: {
            state: 'failed',
            trail: [
              { state: 'pending', at: new Date() },
              { state: 'sending', at: new Date() },
              { state: 'failed', at: new Date() },
            ],
          },
        }),
    },
    'a state has gone back': {
      rule: 'I5',
      violate: () =>
        changeInvitation({
          $push: { trail: { $each: [{ state: 'sending', at: new Date() }], $position: 99 } },
          $set: { state: 'sending' },
        }),
    },
    'the workflow counts differ from the database': {
      rule: 'I6',
      async violate() {
        const rows = collections().rows;
        await rows.updateOne({ importId: file.id, row: 4 }, { $set: { status: 'updated' } });
        return () => rows.updateOne({ importId: file.id, row: 4 }, { $set: { status: 'created' } });
      },
    },
  };

  test.each(Object.keys(VIOLATIONS))('It reports that %s', async (name) => {
    const { rule, violate } = VIOLATIONS[name]!;
    const undo = await violate();
    const violations = await checkInvariants(product, file, { tries: 1 });
    await undo();
    expect(violations.filter((violation) => violation.startsWith(rule))).not.toEqual([]);
  });

  test('It reports a message that was sent twice', async () => {
    const { token } = await anInvitation();
    const [sent] = (await acceptedMessages(product)).filter(({ body }) => body.includes(token));
    const { twilio } = product.settings.config;
    await fetch(`${product.sandboxUrl}/2010-04-01/Accounts/${twilio.accountSid!}/Messages.json`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${twilio.accountSid!}:${twilio.authToken!}`).toString('base64')}`,
      },
      body: new URLSearchParams({ To: sent!.to, From: sent!.from, Body: sent!.body }),
    });

    const violations = await checkInvariants(product, file, { tries: 1 });
    expect(violations.filter((violation) => violation.startsWith('I3'))).toHaveLength(2);
  });
});

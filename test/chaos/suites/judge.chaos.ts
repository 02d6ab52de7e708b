import { collectionsOf } from '../../../store/collections';
import type { InvitationDoc } from '../../../store/documents';
import { createUploads } from '../imports';
import type { Upload } from '../imports';
import { acceptedMessages, judge } from '../judge';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 10;

/** A judge that acquits everybody would let every chaos test pass: so each rule is broken here, and it has to say so. */
describe('The judge of the chaos tests', () => {
  let product: Product;
  let file: Upload;
  beforeAll(async () => {
    product = await startProduct();
    file = await createUploads(product)('tried', ROWS);
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

  test('When nothing is wrong, then it finds nothing', async () => {
    expect(await judge(product, file.id, file.rows)).toEqual([]);
  });

  /** Breaks something, and returns how it is mended. */
  const CRIMES: Record<string, { rule: string; commit: () => Promise<() => Promise<unknown>> }> = {
    'a client is gone': {
      rule: 'I1',
      async commit() {
        const person = (await collections().people.findOneAndDelete({ importId: file.id, row: 3 }))!;
        return () => collections().people.insertOne(person);
      },
    },
    'an invitation is gone': {
      rule: 'I1',
      async commit() {
        const { _id } = await anInvitation();
        const invitation = (await collections().invitations.findOneAndDelete({ _id }))!;
        return () => collections().invitations.insertOne(invitation);
      },
    },
    'an invitation is still being sent': {
      rule: 'I2',
      commit: () => changeInvitation({ $set: { state: 'sending' } }),
    },
    'an invitation is shown under an id that no provider gave it': {
      rule: 'I4',
      commit: () => changeInvitation({ $set: { providerId: `SM${'0'.repeat(32)}` } }),
    },
    'an invitation that was sent is shown as failed': {
      rule: 'I4',
      commit: () =>
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
      commit: () =>
        changeInvitation({
          $push: { trail: { $each: [{ state: 'sending', at: new Date() }], $position: 99 } },
          $set: { state: 'sending' },
        }),
    },
    'the workflow counts otherwise than the books': {
      rule: 'I6',
      async commit() {
        const rows = collections().rows;
        await rows.updateOne({ importId: file.id, row: 4 }, { $set: { status: 'updated' } });
        return () => rows.updateOne({ importId: file.id, row: 4 }, { $set: { status: 'created' } });
      },
    },
  };

  test.each(Object.keys(CRIMES))('When %s, then it says so', async (name) => {
    const { rule, commit } = CRIMES[name]!;
    const mend = await commit();
    const found = await judge(product, file.id, file.rows, { tries: 1 });
    await mend();
    expect(found.filter((violation) => violation.startsWith(rule))).not.toEqual([]);
  });

  test('When somebody is sent the same message once more, then it says so', async () => {
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

    const found = await judge(product, file.id, file.rows, { tries: 1 });
    expect(found.filter((violation) => violation.startsWith('I3'))).toHaveLength(2);
  });
});

import type { Document } from 'mongodb';
import { invitedTwice } from '../../support/sandbox-control';
import type { LedgerMessage } from '../../../sandbox/ledger/ledger';
import { bringBack, takeAway } from '../drill';
import type { Drill, Situation } from '../drill';

/** Documents as they are stored, with the types of their numbers. */
const AS_STORED = { promoteValues: false, promoteLongs: false, promoteBuffers: false };
let restore: () => Promise<void>;

/** Copies the database, as a backup does. Resolves with what puts it back as it was. */
async function backUp({ product: { db } }: Drill): Promise<() => Promise<void>> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const copies = await Promise.all(
    names.map(async (name) => [name, await db.collection(name).find({}, AS_STORED).toArray()] as [string, Document[]]),
  );
  return async () => {
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
      await db.collection(name).deleteMany({});
    for (const [name, documents] of copies) if (documents.length > 0) await db.collection(name).insertMany(documents);
  };
}

async function messagesTo({ product: { sandboxUrl } }: Drill, word: string): Promise<LedgerMessage[]> {
  const answer = await fetch(`${sandboxUrl}/__ledger?contains=${encodeURIComponent(word)}`);
  return ((await answer.json()) as { messages: LedgerMessage[] }).messages;
}

export const INCIDENTS: Readonly<Record<string, Situation>> = {
  'Temporal is away': {
    async stage(drill) {
      takeAway(drill, 'temporal');
      const { id } = await drill.upload('away', 4);
      return { ID: id };
    },
    persons: [bringBack],
  },
  'MongoDB is away': {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 2 });
      const names = await drill.uploadUntil('mongo', 6, 'inviting');
      takeAway(drill, 'mongod');
      await drill.lift();
      return names;
    },
    persons: [bringBack],
  },
  'A key of the API leaked': {
    async stage(drill) {
      const { body } = await drill.post('/v1/keys', { name: 'leaked', role: 'support' });
      const { id, secret } = body as { id: string; secret: string };
      return { KEY_ID: id, LEAKED: secret };
    },
  },
  'An organisation gets no webhooks': {
    async stage(drill) {
      const endpoint = { url: 'http://127.0.0.1:9/hook', events: ['import.completed'] };
      const { body } = await drill.post('/v1/webhook-endpoints', endpoint);
      await drill.uploadUntil('hooks', 2, 'completed');
      return { ENDPOINT: String((body as { id: string }).id) };
    },
  },
  'Many imports at once': {
    async stage(drill) {
      await drill.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
      const names = await drill.uploadUntil('many', 4, 'paused');
      await drill.lift();
      return names;
    },
  },
  'Are all counts true?': { stage: (drill) => drill.uploadUntil('counts', 4, 'completed') },
  'MongoDB was restored': {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 1 });
      const names = await drill.uploadUntil('restored', 6, 'inviting');
      restore = await backUp(drill);
      await drill.lift();
      await drill.statusIs(names['ID']!, 'completed');
      return names;
    },
    persons: [
      async (drill) => {
        takeAway(drill, 'worker');
        takeAway(drill, 'api');
        await restore();
      },
      bringBack,
    ],
    async after(drill, { ID }) {
      await drill.statusIs(ID!, 'completed', 'needs-attention');
      expect(invitedTwice(await messagesTo(drill, 'restored'))).toEqual([]);
    },
  },
  'Erasure and retention': {
    async stage(drill) {
      await drill.uploadUntil('erased', 2, 'completed');
      const { body } = await drill.product.api.get<{ data: { id: string }[] }>('/v1/clients?limit=1');
      return { PERSON: body.data[0]!.id };
    },
  },
};

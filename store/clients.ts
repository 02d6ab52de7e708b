import type { EmailUse } from '../domain/check-rows';
import type { Collections } from './collections';
import type { ClientDoc } from './documents';
import { insertMissing } from './duplicates';

export type NewClient = Omit<ClientDoc, 'createdAt'>;

const useOf = (client: Pick<ClientDoc, 'importId' | 'row' | 'createdAt'>): EmailUse => ({
  importId: client.importId,
  line: client.row,
  since: client.createdAt.toISOString().slice(0, 10),
});

/** The clients of all organisations. */
export function createClients({ clients }: Pick<Collections, 'clients'>) {
  const usedBy = async (organisationId: string, emailKeys: string[]): Promise<ClientDoc[]> =>
    emailKeys.length === 0 ? [] : clients.find({ organisationId, emailKey: { $in: emailKeys } }).toArray();

  return {
    async usedAddresses(organisationId: string, emailKeys: string[]): Promise<Map<string, EmailUse>> {
      return new Map((await usedBy(organisationId, emailKeys)).map((client) => [client.emailKey, useOf(client)]));
    },

    /**
     * Creates clients in one unordered bulk write. Those that are there from an earlier try of the same row count as
     * created; those whose address another row took first come back, by id, with its use.
     */
    async create(organisationId: string, newcomers: NewClient[]): Promise<Map<string, EmailUse>> {
      const createdAt = new Date();
      const collided = await insertMissing(
        clients,
        newcomers.map((client) => ({ ...client, createdAt })),
      );
      const doubtful = collided.map((index) => newcomers[index]!);
      const holders = new Map(
        (
          await usedBy(
            organisationId,
            doubtful.map((client) => client.emailKey),
          )
        ).map((holder) => [holder.emailKey, holder]),
      );
      const taken = doubtful.filter((client) => holders.get(client.emailKey)?._id !== client._id);
      return new Map(
        taken.map((client) => {
          const holder = holders.get(client.emailKey);
          return [client._id, holder ? useOf(holder) : { importId: null, line: null, since: null }];
        }),
      );
    },

    /** Which of these clients exist. */
    async existing(clientIds: string[]): Promise<Set<string>> {
      const found = await clients.find({ _id: { $in: clientIds } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map((client) => client._id));
    },

    /** What a message needs to know of each person. */
    async addressees(clientIds: string[]): Promise<Map<string, Pick<ClientDoc, 'firstName' | 'email' | 'mobile'>>> {
      const found = await clients
        .find({ _id: { $in: clientIds } }, { projection: { firstName: 1, email: 1, mobile: 1 } })
        .toArray();
      return new Map(found.map((client) => [client._id, client]));
    },
  };
}
export type Clients = ReturnType<typeof createClients>;

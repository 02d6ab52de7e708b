import { HOLDABLE_STATUSES, IMPORT_STATUSES, isAtItsEnd } from '../contract/import';
import type { Holder, Holds } from '../contract/import';
import type { Channel } from '../contract/invitation';
import type { Collections } from './collections';
import type { Hold, ImportDoc } from './documents';

const NOT_AT_THEIR_END = IMPORT_STATUSES.filter((status) => !isAtItsEnd(status));

export const holdsOf = ({ holds = {}, resumes = 0 }: Pick<ImportDoc, 'holds' | 'resumes'>): Holds => ({
  by: Object.fromEntries(Object.entries(holds).map(([holder, { code }]) => [holder, code ?? null])),
  resumes,
});

/** Whether nothing may be sent on this channel. */
export const holdsBack = ({ by }: Holds, channel: Channel): boolean =>
  by.staff !== undefined || by[channel] !== undefined;

/** What holds the sends of imports back. Whoever has claimed something looks here before it is sent. */
export function createHolds({ imports }: Pick<Collections, 'imports'>) {
  async function find(importId: string): Promise<Holds> {
    const found = await imports.findOne({ _id: importId }, { projection: { holds: 1, resumes: 1 } });
    return holdsOf(found ?? {});
  }

  return {
    find,

    /** Returns what holds the import back from now on; `null` for one that is at its end, or that nobody has. */
    async hold(importId: string, holder: Holder, why: Omit<Hold, 'at'> = {}): Promise<Holds | null> {
      const among = why.cancels ? NOT_AT_THEIR_END : [...HOLDABLE_STATUSES];
      const { code, providerCode, cancels } = why;
      const held = await imports.findOneAndUpdate(
        { _id: importId, status: { $in: among } },
        [
          {
            $set: {
              // Whoever is closing the books meanwhile is to look again.
              revision: { $add: ['$revision', 1] },
              // Where the import is cancelled as a whole it is not shown as paused on its way there.
              ...(!cancels && { status: 'paused' }),
              [`holds.${holder}`]: {
                at: '$$NOW',
                ...(cancels && { cancels }),
                ...(code && { code }),
                ...(providerCode && { providerCode: { $literal: providerCode } }),
              },
            },
          },
        ],
        { returnDocument: 'after' },
      );
      return held && holdsOf(held);
    },

    /** Lets an import go on. Doing so twice changes nothing more; one that is being cancelled is not to be had back. */
    async resume(importId: string): Promise<Holds> {
      await imports.updateOne(
        { _id: importId, status: 'paused', 'holds.staff.cancels': { $exists: false } },
        { $set: { status: 'inviting' }, $unset: { holds: '' }, $inc: { resumes: 1, revision: 1 } },
      );
      return find(importId);
    },
  };
}
export type HoldStore = ReturnType<typeof createHolds>;

import type { PausedBy, Pauses } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { Collections } from '../collections';
import type { PauseReason, ImportDoc } from '../documents';
import { transition } from './transition';

/** Counts the times at which all pauses of an import ended. */
export const oneMoreResume = { $add: [{ $ifNull: ['$resumes', 0] }, 1] };

export const pausesOf = ({ pausedBy = {}, resumes = 0 }: Pick<ImportDoc, 'pausedBy' | 'resumes'>): Pauses => ({
  by: Object.fromEntries(Object.entries(pausedBy).map(([by, { code }]) => [by, code ?? null])),
  resumes,
});

/** Whether nothing may be sent on this channel. */
export const isPaused = ({ by }: Pauses, channel: Channel): boolean =>
  by.staff !== undefined || by[channel] !== undefined;

/** What pauses the sends of imports. A sender looks here between its claim and its request. */
export function createPauses({ imports }: Pick<Collections, 'imports'>) {
  async function find(importId: string): Promise<Pauses> {
    const importDoc = await imports.findOne({ _id: importId }, { projection: { pausedBy: 1, resumes: 1 } });
    return pausesOf(importDoc ?? {});
  }

  return {
    find,

    /** Returns what pauses the import from now on; `null` for one that cannot be paused, or is unknown. */
    async pause(importId: string, by: PausedBy, why: Omit<PauseReason, 'at'> = {}): Promise<Pauses | null> {
      const { code, providerCode, cancels } = why;
      const importDoc = await transition({ imports }, importId, cancels ? 'requestCancel' : 'pause', {
        compute: {
          [`pausedBy.${by}`]: {
            at: '$$NOW',
            ...(cancels && { cancels }),
            ...(code && { code }),
            ...(providerCode && { providerCode: { $literal: providerCode } }),
          },
        },
      });
      return importDoc && pausesOf(importDoc);
    },

    /** Lets an import go on. Idempotent. An import that is being cancelled cannot be resumed. */
    async resume(importId: string): Promise<Pauses> {
      await transition({ imports }, importId, 'resume', {
        where: { 'pausedBy.staff.cancels': { $exists: false } },
        unset: ['pausedBy'],
        compute: { resumes: oneMoreResume },
      });
      return find(importId);
    },
  };
}
export type PauseStore = ReturnType<typeof createPauses>;

import type { PausedBy, Pauses } from '../../contract/import';
import type { Collections, PauseReason, ImportDoc } from '../documents';
import { transition } from './transition';

export const pausesOf = ({ pausedBy = {} }: Pick<ImportDoc, 'pausedBy'>): Pauses =>
  Object.fromEntries(Object.entries(pausedBy).map(([by, { code }]) => [by, code ?? null]));

/** The pauses of imports. A sender reads them between its claim and its request. */
export function createPauses({ imports }: Pick<Collections, 'imports'>) {
  return {
    async find(importId: string): Promise<Pauses> {
      return pausesOf((await imports.findOne({ _id: importId }, { projection: { pausedBy: 1 } })) ?? {});
    },

    /** Returns false for an import that has ended. */
    async pause(importId: string, by: PausedBy, why: Omit<PauseReason, 'at'> = {}): Promise<boolean> {
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
      return importDoc !== null;
    },

    /** Ends all pauses. Idempotent. An import that is being cancelled cannot be resumed. */
    async resume(importId: string): Promise<void> {
      const where = { 'pausedBy.staff.cancels': { $exists: false } };
      await transition({ imports }, importId, 'resume', { where, unset: ['pausedBy'] });
    },
  };
}

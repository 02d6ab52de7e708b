import type { Filter } from 'mongodb';
import type { PausedBy, Pauses } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { Collections, PauseReason, ImportDoc } from '../documents';
import { holdFirstSends } from '../hold-first-sends';
import { WAKE_NOW } from './outbox';
import { transition } from './transition';

export const pausesOf = ({ pausedBy = {} }: Pick<ImportDoc, 'pausedBy'>): Pauses =>
  Object.fromEntries(Object.entries(pausedBy).map(([by, { code }]) => [by, code ?? null]));

/** How a command to an import came in. */
export interface Command {
  /** Of a message to its workflow, the same after a reset. A command is carried out once. */
  id?: string;
  /** When it was given, as exactly as that is known. A command is not carried out after a newer one that contradicts it. */
  given?: { notBefore: Date; notAfter: Date };
  /** The messages whose order is known though their times are not. */
  line?: string;
  /** Whether to signal the workflow, which does not know of it yet. */
  wakes?: true;
}

const HAS_PLAN = {
  $or: [{ plannedAt: { $exists: true } }, { status: { $nin: ['queued' as const, 'planning' as const] } }],
};

const KEPT_COMMANDS = 500;
const notCarriedOut = ({ id }: Command): Filter<ImportDoc> => (id === undefined ? {} : { commands: { $ne: id } });
const carriedOut = ({ id, wakes }: Command) => ({
  ...(wakes && WAKE_NOW),
  ...(id !== undefined && {
    commands: {
      $slice: [{ $concatArrays: [{ $ifNull: ['$commands', []] }, [{ $literal: id }]] }, -KEPT_COMMANDS],
    },
  }),
});

/**
 * A resumption that may be older than a pause does not end it, since a pause sends nothing to the wrong person. Commands of one line
 * come in their order, whatever is known of their times.
 */
function notOlderThanItsPauses({ given, line }: Command): Filter<ImportDoc> {
  if (!given) return {};
  const isLater = (by: PausedBy): Filter<ImportDoc> => ({
    [`pausedBy.${by}.at`]: { $gte: given.notBefore },
    ...(line !== undefined && { [`pausedBy.${by}.line`]: { $ne: line } }),
  });
  return { $nor: (['staff', ...CHANNELS] as const).map(isLater) };
}

/** The pauses of imports. A sender reads them between its claim and its request. */
export function createPauses({ imports, firstSends }: Pick<Collections, 'imports' | 'firstSends'>) {
  const hold = (importId: string): Promise<void> => holdFirstSends({ firstSends }, [importId]);

  return {
    /** What keeps a claimed message back: the pauses of its import, the lines of people who were erased, and another schedule. */
    async findHolds(
      importId: string,
    ): Promise<{ pauses: Pauses; erasedRows: readonly number[]; scheduleVersion: number }> {
      const projection = { pausedBy: 1, erasedRows: 1, 'schedule.version': 1 };
      const importDoc = await imports.findOne({ _id: importId }, { projection });
      return {
        pauses: pausesOf(importDoc ?? {}),
        erasedRows: importDoc?.erasedRows ?? [],
        scheduleVersion: importDoc?.schedule?.version ?? 0,
      };
    },

    /**
     * Returns the import, or `null` if it has ended, was resumed since the command was given, or the command was carried out
     * before. An import without a plan keeps its status until it has one.
     */
    async pause(
      importId: string,
      by: PausedBy,
      why: Omit<PauseReason, 'at'> = {},
      command: Command = {},
    ): Promise<ImportDoc | null> {
      const { code, providerCode, cancels } = why;
      const { given, line } = command;
      const at = given?.notAfter ?? '$$NOW';
      const reason = {
        at,
        ...(cancels && { cancels }),
        ...(code && { code }),
        ...(providerCode && { providerCode: { $literal: providerCode } }),
        ...(line !== undefined && { line: { $literal: line } }),
      };
      const before = `$pausedBy.${by}`;
      const compute = {
        ...carriedOut(command),
        // A newer pause stays as it is, and no pause undoes a cancellation.
        [`pausedBy.${by}`]: {
          $cond: [{ $and: [!cancels, { $gt: [`${before}.at`, at] }] }, before, { $mergeObjects: [before, reason] }],
        },
      };
      const isNewest = given && !cancels ? { $nor: [{ resumedAt: { $gt: given.notAfter } }] } : {};
      const where = { ...notCarriedOut(command), ...isNewest };
      // Before the pause, in case this process dies behind it; and after it, in case the import was planned in between.
      await hold(importId);
      const paused = cancels
        ? await transition({ imports }, importId, 'requestCancel', { where, compute })
        : ((await transition({ imports }, importId, 'pauseEarly', {
            where: { ...where, plannedAt: { $exists: false } },
            compute,
          })) ?? (await transition({ imports }, importId, 'pause', { where: { $and: [where, HAS_PLAN] }, compute })));
      await hold(importId);
      return paused;
    },

    /**
     * Ends all pauses. Returns the import, or `null` if it is not paused, is being cancelled, was paused since the command was
     * given, or the command was carried out before.
     */
    async resume(importId: string, command: Command = {}): Promise<ImportDoc | null> {
      const where = {
        'pausedBy.staff.cancels': { $exists: false },
        ...notCarriedOut(command),
        ...notOlderThanItsPauses(command),
      };
      const compute = { ...carriedOut(command), resumedAt: command.given?.notAfter ?? '$$NOW' };
      return (
        (await transition({ imports }, importId, 'resume', { where, compute, unset: ['pausedBy'] })) ??
        transition({ imports }, importId, 'resumeEarly', {
          where: { ...where, 'pausedBy.staff': { $exists: true } },
          compute,
          unset: ['pausedBy'],
        })
      );
    },
  };
}

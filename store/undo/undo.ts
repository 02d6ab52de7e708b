import type { ClientSession } from 'mongodb';
import { isFinal } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { LineUndo } from '../../contract/undo/undo';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import { holdFirstSends } from '../hold-first-sends';
import { WAKE_NOW, wakeWaitingFor } from '../imports/outbox';
import { transition } from '../imports/transition';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';
import type { Mongo } from '../mongo';
import { renewPending } from '../people/renew-pending';
import { touchTeam } from '../people/team-changes';
import { literals, withoutOptOuts } from '../overwritten/overwritten';
import { createTeams, decideRows, findUndoable } from './read-facts';
import type { DecidedRow } from './read-facts';

/** Rows of one transaction. */
const ROWS_AT_ONCE = 100;
/** Rows of a plan that are held at once, with their people. */
const ROWS_LOOKED_AT = 500;
const OUT: readonly InvitationState[] = ['sent', 'delivered', 'bounced', 'accepted', 'unconfirmed', 'sending'];

/** The messages of an import: those that cannot be taken back, and those that wait. */
export type MessagesToUndo = Record<'out' | 'waiting', Record<Channel, number>>;

const toLine = ({ row, outcome, keptFields }: DecidedRow): LineUndo => ({
  line: row.row,
  outcome,
  keptFields: keptFields.map(({ field }) => field),
});

/** Undoes imports: removes whom they have created, and gives former values back to whom they have changed. */
export function createUndo(collections: Collections, transaction: Mongo['transaction'], createToken: () => string) {
  const { imports, rows, people, invitations, clientTeams, firstSends } = collections;

  return {
    /** What an undo would do now, by line. Writes nothing. */
    async plan(importId: string): Promise<LineUndo[]> {
      const lines: LineUndo[] = [];
      const teams = createTeams(collections);
      for (let after = 0; ;) {
        const undoable = await findUndoable({ rows }, importId, { after, limit: ROWS_LOOKED_AT });
        for (const one of await decideRows(collections, undoable, undefined, teams)) lines.push(toLine(one));
        if (undoable.length < ROWS_LOOKED_AT) return lines;
        after = undoable.at(-1)!.row;
      }
    },

    /** What the undo has done, by line. */
    async done(importId: string): Promise<LineUndo[]> {
      const ended = await rows
        .find({ importId, undo: { $exists: true } }, { projection: { row: 1, undo: 1 } })
        .sort({ row: 1 })
        .toArray();
      return ended.map(({ row, undo }) => ({ line: row, ...undo! }));
    },

    async messages(importId: string): Promise<MessagesToUndo> {
      const groups = await invitations
        .aggregate<{ _id: { channel: Channel; state: InvitationState }; count: number }>([
          { $match: { importId } },
          { $group: { _id: { channel: '$channel', state: '$state' }, count: { $sum: 1 } } },
        ])
        .toArray();
      const count = (states: readonly InvitationState[]) =>
        Object.fromEntries(
          CHANNELS.map((channel) => [
            channel,
            groups.reduce(
              (sum, { _id, count: n }) => (_id.channel === channel && states.includes(_id.state) ? sum + n : sum),
              0,
            ),
          ]),
        ) as Record<Channel, number>;
      return { out: count(OUT), waiting: count(['pending']) };
    },

    /**
     * Asks the workflow to undo the import, and signals it. One that has not ended is cancelled first. Returns the import, or `null` if
     * that is not possible in its status, or was asked for before.
     */
    async request({ _id: importId, status }: Pick<ImportDoc, '_id' | 'status'>, planHash: string) {
      const where = { undo: { $exists: false }, plannedAt: { $exists: true } };
      const compute = { ...WAKE_NOW, undo: { planHash: { $literal: planHash }, requestedAt: '$$NOW' } };
      if (isFinal(status)) return transition({ imports }, importId, 'undo', { where, compute });
      // On both sides, as of a cancellation.
      await holdFirstSends({ firstSends }, [importId]);
      const staff = { $mergeObjects: ['$pausedBy.staff', { at: '$$NOW', cancels: true }] };
      const requested = await transition({ imports }, importId, 'undoOnceCancelled', {
        where,
        compute: { ...compute, 'pausedBy.staff': staff },
      });
      await holdFirstSends({ firstSends }, [importId]);
      return requested;
    },

    /**
     * Undoes the next lines below `after`, each as its person is then. Returns the last of them, or `null` if none is left there. Idempotent:
     * a line that is done is not found again.
     */
    async next(importId: string, after: number): Promise<number | null> {
      let last: number | null = null;
      await transaction(async (session) => {
        const undoable = await findUndoable({ rows }, importId, { after, limit: ROWS_AT_ONCE, session });
        last = undoable.at(-1)?.row ?? null;
        if (undoable.length > 0) await write(await decideRows(collections, undoable, session), session);
      });
      return last;
    },

    /** Ends the undo once no line is left. */
    async end(importId: string): Promise<void> {
      await transition({ imports }, importId, 'endUndo', { unset: ['remindAt', 'pausedBy'] });
    },
  };

  async function write(decided: DecidedRow[], session: ClientSession): Promise<void> {
    const { organisationId } = decided[0]!.row;
    for (const teamId of teamsOf(decided)) await touchTeam({ clientTeams }, organisationId, teamId, session);
    const removed = decided.filter(({ removes }) => removes).map(({ person }) => person!._id);
    // Their links die with them: a link is good for a person who is there.
    await people.deleteMany({ _id: { $in: removed } }, { session });
    await invitations.updateMany(
      transitionFilter('cancel', { personId: { $in: removed } }),
      transitionUpdate('cancel'),
      { session },
    );
    await restore(decided, session);
    await rows.bulkWrite(
      decided.map(({ row, outcome, keptFields }) => ({
        updateOne: {
          filter: { _id: row._id },
          update: {
            $set: {
              undo: { outcome, keptFields: keptFields.map(({ field }) => field) },
              ...(outcome === 'undone' && { status: 'undone' as const }),
            } satisfies Partial<RowDoc>,
          },
        },
      })),
      { ordered: false, session },
    );
  }

  async function restore(decided: DecidedRow[], session: ClientSession): Promise<void> {
    const restored = decided.filter(({ restores }) => restores.length > 0);
    if (restored.length === 0) return;
    await people.bulkWrite(
      restored.map(({ person, restores, row }) => ({
        updateOne: {
          filter: { _id: person!._id },
          update: [
            ...restoreOptOuts(restores),
            {
              $set: {
                ...literals(Object.fromEntries(restores.map(({ field, before }) => [field, before]))),
                changedAt: '$$NOW',
                overwritten: {
                  $filter: {
                    input: '$overwritten',
                    cond: {
                      $not: { $and: [{ $eq: ['$$this.importId', row.importId] }, { $eq: ['$$this.row', row.row] }] },
                    },
                  },
                },
              },
            },
          ],
        },
      })),
      { ordered: false, session },
    );
    const readdressed = restored.filter(({ restores }) => restores.some(({ field }) => field === 'mobile'));
    const personIds = readdressed.map(({ person }) => person!._id);
    await renewPending(collections, { personIds, except: restored[0]!.row.importId, createToken }, session);
    for (const { person, restores } of restored) {
      const teams = restores.find(({ field }) => field === 'teamIds')?.before as string[] | undefined;
      if (teams && person!.kind === 'staff' && person!.active)
        await wakeWaitingFor({ imports, rows }, person!.organisationId, teams, session);
    }
  }
}

/** Opt-outs by SMS of the number that comes back, in place of those of the number that goes. */
function restoreOptOuts(restores: DecidedRow['restores']) {
  const mobile = restores.find(({ field }) => field === 'mobile');
  if (!mobile) return [];
  const { optedOut = [], optOutEvents = [] } = mobile.optOuts ?? {};
  if (optedOut.length + optOutEvents.length === 0) return [withoutOptOuts('sms')];
  const and = (field: string, former: unknown[]) => ({
    $concatArrays: [{ $ifNull: [`$${field}`, []] }, { $literal: former }],
  });
  return [
    withoutOptOuts('sms'),
    { $set: { optedOut: and('optedOut', optedOut), optOutEvents: and('optOutEvents', optOutEvents) } },
  ];
}

/** The client teams that lose or get back somebody. */
const teamsOf = (decided: DecidedRow[]): string[] => [
  ...new Set(
    decided.flatMap(({ person, removes, restores }) => [
      ...(removes ? person!.teamIds : []),
      ...restores.flatMap(({ field, before, after }) =>
        field === 'teamIds' ? [...(before as string[]), ...(after as string[])] : [],
      ),
    ]),
  ),
];

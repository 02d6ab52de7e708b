import type { InvitationState } from '../../contract/invitation';
import { MAX_ROWS_PER_FILE } from '../../contract/import';
import type { Collections } from '../documents';
import { NEWEST_FIRST } from '../paging';

/** People of imports by how far their invitations came. Each person is counted once an import, by the best of all their messages. */
export interface InvitationFigures {
  /** A message to them was sent, or tried. */
  invited: number;
  /** A message has arrived. Who has accepted counts, too. */
  delivered: number;
  accepted: number;
  /** A message to them failed or bounced, and no newer one has replaced it. */
  bounced: number;
  /** Every message to them failed or bounced. */
  unreached: number;
  /** They wait until somebody of their team is active. */
  waiting: number;
  /** Lines that were rejected, and so have created nobody. */
  rejected: number;
}

export interface FiguresOfImport {
  importId: string;
  fileName: string;
  createdAt: Date;
  /** `null` for people without a team, and for erased ones. */
  teamId: string | null;
  figures: InvitationFigures;
}

/** How far a person came by a message in this state. Below 1 nothing was tried; 1 is in vain, 3 has arrived. */
const REACH: Readonly<Record<InvitationState, number>> = {
  ...{ pending: 0, suppressed: 0, cancelled: 0 },
  ...{ failed: 1, bounced: 1 },
  ...{ sending: 2, sent: 2, unconfirmed: 2 },
  ...{ delivered: 3, accepted: 4 },
};
const reachOf = {
  $switch: {
    branches: Object.entries(REACH).map(([state, reach]) => ({ case: { $eq: ['$state', state] }, then: reach })),
    default: 0,
  },
};
const bounces = {
  $cond: [{ $and: [{ $not: '$superseded' }, { $in: ['$state', ['failed', 'bounced']] }] }, 1, 0],
};
const countIf = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });

interface Window {
  organisationId: string;
  since: Date;
  /** At most so many imports are read, the newest, */
  limit: number;
  /** and so many rows, but for the newest import. */
  rows: number;
}

/** The first imports that have no more rows together, and at least one. A build that noted no count let no more into a file. */
function within<One extends { rowCount?: number }>(imports: readonly One[], most: number): One[] {
  let count = 0;
  const beyond = imports.findIndex(({ rowCount = MAX_ROWS_PER_FILE }, i) => (count += rowCount) > most && i > 0);
  return beyond < 0 ? [...imports] : imports.slice(0, beyond);
}

/** What has become of the clients whom an organisation has imported lately. */
export function createFigures({ imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  return {
    /** By import and team. `complete` tells whether all imports of that time were read. */
    async ofClients({
      organisationId,
      since,
      limit,
      rows: mostRows,
    }: Window): Promise<{ data: FiguresOfImport[]; complete: boolean }> {
      const found = await imports
        .find({ organisationId, createdAt: { $gte: since }, kind: 'clients' })
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .project<{ _id: string; fileName: string; createdAt: Date; rowCount?: number }>({
          ...{ fileName: 1, createdAt: 1, rowCount: 1 },
        })
        .toArray();
      const byId = new Map(within(found.slice(0, limit), mostRows).map((one) => [one._id, one]));
      const importId = { $in: [...byId.keys()] };
      const groups = await rows
        .aggregate<{ _id: { importId: string; teamId: string | null } } & InvitationFigures>([
          { $match: { importId } },
          {
            $project: {
              ...{ _id: 0, importId: 1, row: 1 },
              teamId: { $first: '$person.teamIds' },
              waits: { $cond: [{ $eq: ['$status', 'waiting'] }, 1, 0] },
              isRejected: { $cond: [{ $eq: ['$status', 'rejected'] }, 1, 0] },
            },
          },
          {
            $unionWith: {
              coll: invitations.collectionName,
              pipeline: [
                { $match: { importId } },
                { $project: { _id: 0, importId: 1, row: 1, reach: reachOf, bounces } },
              ],
            },
          },
          {
            $group: {
              _id: { importId: '$importId', row: '$row' },
              teamId: { $max: '$teamId' },
              waits: { $max: '$waits' },
              isRejected: { $max: '$isRejected' },
              reach: { $max: '$reach' },
              bounces: { $max: '$bounces' },
            },
          },
          {
            $group: {
              _id: { importId: '$_id.importId', teamId: { $ifNull: ['$teamId', null] } },
              invited: countIf({ $gte: ['$reach', 1] }),
              delivered: countIf({ $gte: ['$reach', 3] }),
              accepted: countIf({ $eq: ['$reach', 4] }),
              bounced: { $sum: '$bounces' },
              unreached: countIf({ $eq: ['$reach', 1] }),
              waiting: { $sum: '$waits' },
              rejected: { $sum: '$isRejected' },
            },
          },
        ])
        .toArray();
      const data = groups.map(({ _id, ...figures }) => {
        const { fileName, createdAt } = byId.get(_id.importId)!;
        return { importId: _id.importId, fileName, createdAt, teamId: _id.teamId, figures };
      });
      return { data, complete: byId.size === found.length };
    },
  };
}

import type { Db, Timestamp } from 'mongodb';
import type { InvitationOutcome } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { PAGE_ROWS } from '../../contract/pages/pages';
import type { RowOutcome, RowStatus } from '../../contract/row';
import { formatRowSet } from '../../contract/row-set';
import type { ImportSnapshot } from '../../contract/snapshot';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import { isCancelling } from '../documents';
import type { ImportDoc, InvitationDoc } from '../documents';
import { firstOf, mostOf, pagesLeft } from '../pages/pages-left';
import { pausesOf } from './pauses';

/** An import at one moment, with the data that its deadlines depend on. */
export interface StoredSnapshot {
  importDoc: ImportDoc;
  /** Days for which rows of the organisation wait for their team. */
  waitingDays: number;
  snapshot: Pick<
    ImportSnapshot,
    'revision' | 'status' | 'rows' | 'invitations' | 'pages' | 'pausedBy' | 'isCancelling'
  >;
}

type ReadImport = ImportDoc & {
  organisation: { waitingDays?: number }[];
  rowGroups: { _id: { status: RowStatus; codes: ProblemCode[]; teams?: string[] }; lines: number[] }[];
  invitationGroups: {
    _id: Omit<InvitationOutcome, 'rows' | 'deferred'> & Pick<InvitationDoc, 'deferred'>;
    lines: number[];
  }[];
};

/** The database counts its operations within a second of cluster time, and never reaches a million. */
const revisionOf = ({ t, i }: Timestamp): number => t * 1_000_000 + i;

/** Imports at one moment, grouped by the database: a few hundred bytes for any number of rows. */
export function createSnapshots(db: Db) {
  return {
    /**
     * One command reads all of it at one moment, and includes earlier writes that the majority acknowledged. A raw command,
     * since the driver does not expose the time of a read. `now` is the clock by which invitations are due.
     */
    async find(importId: string, now = new Date()): Promise<StoredSnapshot | null> {
      const { cursor } = (await db.command({
        aggregate: 'imports',
        pipeline: [
          { $match: { _id: importId } },
          {
            $lookup: {
              from: 'organisations',
              localField: 'organisationId',
              foreignField: '_id',
              pipeline: [{ $project: { waitingDays: 1 } }],
              as: 'organisation',
            },
          },
          {
            $lookup: {
              from: 'rows',
              pipeline: [
                { $match: { importId } },
                {
                  $group: {
                    _id: { status: '$status', codes: '$problems.code', teams: '$problems.details.team' },
                    lines: { $push: '$row' },
                  },
                },
              ],
              as: 'rowGroups',
            },
          },
          {
            $lookup: {
              from: 'invitations',
              pipeline: [
                { $match: { importId, superseded: false } },
                {
                  $group: {
                    _id: {
                      ...{ channel: '$channel', state: '$state', code: '$code' },
                      deferred: { $cond: [{ $eq: ['$state', 'pending'] }, '$deferred', '$$REMOVE'] },
                    },
                    lines: { $push: '$row' },
                  },
                },
              ],
              as: 'invitationGroups',
            },
          },
        ],
        cursor: {},
        readConcern: { level: 'snapshot' },
      })) as { cursor: { firstBatch: ReadImport[]; atClusterTime: Timestamp } };
      const [document] = cursor.firstBatch;
      if (!document) return null;
      const { organisation, rowGroups, invitationGroups, ...importDoc } = document;
      return {
        importDoc,
        waitingDays: organisation[0]?.waitingDays ?? DEFAULT_SETTINGS.waitingDays,
        snapshot: {
          revision: revisionOf(cursor.atClusterTime),
          ...ofImport(importDoc),
          // Before that they may be pages of a plan that is still being staged: nothing may be written or counted by them.
          ...groupsOf({ rowGroups: importDoc.plannedAt ? rowGroups : [], invitationGroups }, importDoc, now),
        },
      };
    },
  };
}

/** The rows and invitations in groups, and what is left to do of an import of several pages. */
function groupsOf(
  { rowGroups, invitationGroups }: Pick<ReadImport, 'rowGroups' | 'invitationGroups'>,
  importDoc: ImportDoc,
  now: Date,
): Pick<StoredSnapshot['snapshot'], 'rows' | 'invitations' | 'pages'> {
  const isPaged = rowGroups.reduce((sum, { lines }) => sum + lines.length, 0) > PAGE_ROWS;
  const isHeldBack = heldBackBy(importDoc, now);
  const keyOfRows = ({
    status,
    codes,
    teams = [],
  }: ReadImport['rowGroups'][number]['_id']): Omit<RowOutcome, 'rows'> => {
    const unique = [...new Set(codes)];
    const [team] = status === 'waiting' ? teams : [];
    return { status, ...(unique.length > 0 && { codes: unique }), ...(team !== undefined && { team }) };
  };
  const keyOfInvitations = withRemaining(invitationGroups, isHeldBack, now);
  return {
    rows: groupLines(rowGroups, keyOfRows, isPaged && (({ status }) => ({ status }))),
    invitations: groupLines(
      invitationGroups,
      keyOfInvitations,
      isPaged && (({ channel, state, deferred }) => ({ channel, state, ...(deferred && { deferred }) })),
    ),
    ...(isPaged && {
      pages: pagesLeft(
        rowGroups.map(({ _id, lines }) => ({ status: _id.status, lines })),
        invitationGroups.map(({ _id, lines }) => ({
          ...{ channel: _id.channel, state: _id.state, isHeldBack: isHeldBack(_id), lines },
        })),
        importDoc.schedule?.spread !== undefined,
      ),
    }),
  };
}

/** The part of a snapshot that the import's own document holds. */
const ofImport = (importDoc: ImportDoc): Pick<StoredSnapshot['snapshot'], 'status' | 'pausedBy' | 'isCancelling'> => ({
  status: importDoc.status,
  pausedBy: pausesOf(importDoc),
  ...(isCancelling(importDoc) && { isCancelling: true as const }),
});

const heldBackBy =
  ({ schedule }: ImportDoc, now: Date) =>
  ({ deferred }: ReadImport['invitationGroups'][number]['_id']): boolean =>
    deferred !== undefined && deferred.until > now && deferred.schedule === (schedule?.version ?? 0);

/**
 * The groups of those that are deferred for one reason as one: the first of them counts. A deferral by an older schedule holds nothing
 * back.
 */
function withRemaining(
  groups: ReadImport['invitationGroups'],
  isHeldBack: (id: (typeof groups)[number]['_id']) => boolean,
  now: Date,
) {
  const first = new Map<string, number>();
  const nameOf = ({ channel, deferred }: (typeof groups)[number]['_id']): string => `${channel} ${deferred?.because}`;
  for (const { _id } of groups) {
    if (isHeldBack(_id))
      first.set(nameOf(_id), Math.min(first.get(nameOf(_id)) ?? Infinity, _id.deferred!.until.getTime()));
  }
  return (id: (typeof groups)[number]['_id']): Omit<InvitationOutcome, 'rows'> => {
    const { deferred, ...group } = id;
    if (!deferred || !isHeldBack(id)) return group;
    const forMs = first.get(nameOf(id))! - now.getTime();
    return { ...group, deferred: { because: deferred.because, forMs } };
  };
}

/** The import as its close has left it, with the rows and invitations that were counted for that. */
export function withImport(stored: StoredSnapshot, importDoc: ImportDoc): StoredSnapshot {
  const { revision, rows, invitations, pages } = stored.snapshot;
  const groups = { rows, invitations, ...(pages && { pages }) };
  return { ...stored, importDoc, snapshot: { revision, ...groups, ...ofImport(importDoc) } };
}

/**
 * Merges groups that have the same key, in the order of their first lines. Of an import of several pages, `bare` is what a key keeps
 * where there are too many.
 */
function groupLines<I, K extends object>(
  groups: { _id: I; lines: number[] }[],
  keyOf: (id: I) => K,
  bare: ((key: K) => K) | false,
): (K & { rows: string })[] {
  const merged = new Map<string, { key: K; lines: number[] }>();
  for (const { _id, lines } of groups) {
    const key = keyOf(_id);
    const name = JSON.stringify(key);
    const before = merged.get(name);
    if (before) for (const line of lines) before.lines.push(line);
    else merged.set(name, { key, lines: [...lines] });
  }
  const first = ({ lines }: { lines: number[] }): number => lines.reduce((a, b) => Math.min(a, b));
  const all = [...merged.values()];
  return (bare ? mostOf(all, bare) : all)
    .sort((a, b) => first(a) - first(b))
    .map(({ key, lines }) => ({ ...(bare ? firstOf(lines) : { rows: formatRowSet(lines) }), ...key }));
}

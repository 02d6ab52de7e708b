import type { Filter } from 'mongodb';
import type { Collections, InvitationDoc } from '../documents';
import type { Mongo } from '../mongo';
import type { FirstClaim, FirstSendsDoc } from '../send-documents';
import { firstSendsOf, firstSendsOfRow, invitationId, personIdOf, rowId } from '../ids';
import { insertMissing } from '../duplicates';
import { findBeingCreated } from '../imports/rows';
import { newInvitation } from './generations';
import { TOKEN_LENGTH } from './token';

/** The claims of which step: the id of its import or its page, and of a page the attempt that has begun it. */
export interface FirstSendsOf {
  id: string;
  owner?: string;
}

type Parts = Pick<Collections, 'firstSends' | 'invitations' | 'rows'>;

/** What the database answers to a claim of first invitations. */
export interface FirstClaimed {
  /** By the database's clock. */
  claimedAt: Date;
  /** Whether the import may have been paused, or somebody of it erased, since it was planned. */
  isHeld: boolean;
}

/** The result of a send, as an invitation shows it. */
export type Outcome = Pick<InvitationDoc, 'state' | 'providerId' | 'code' | 'providerCode'>;

/** An invitation as a claim leaves it that was made before it was stored. */
export const claimedInvitation = (
  draft: InvitationDoc,
  { attemptId, claimedAt }: Pick<FirstClaim, 'attemptId' | 'claimedAt'>,
): InvitationDoc =>
  Object.assign(withStep(draft, { state: 'sending' }, claimedAt), {
    attempt: { id: attemptId, claimedAt },
    attempts: draft.attempts + 1,
  });

/**
 * An invitation after one more step that was made before it was stored. Not by spreads, which take three times as long where there are
 * several.
 */
export const withStep = (invitation: InvitationDoc, outcome: Outcome, at: Date): InvitationDoc =>
  Object.assign({}, invitation, outcome, {
    trail: [...invitation.trail, { state: outcome.state, at }],
    changedAt: at,
  });

/**
 * The first sends of imports whose people are all new. Such an invitation is stored once it has an outcome. Until then the document
 * of its import says which attempt has claimed it, so that a report, a link, or the step that goes on after a crash can add it.
 */
export function createFirstSends(parts: Parts, transaction: Mongo['transaction']) {
  const { firstSends, invitations } = parts;

  return {
    /**
     * Begins the first sends of a page for one attempt. Resolves with whether it did: not where another attempt has begun it, and is
     * at work or has died.
     */
    begin: async ({ id: _id, owner }: Required<FirstSendsOf>): Promise<boolean> =>
      (await insertMissing(firstSends, [{ _id, owner, claims: [] }])).length === 0,

    /** Claims first invitations for one attempt. Resolves with `null` once another step has taken the import or the page over. */
    async claim({ id: _id, owner }: FirstSendsOf, claim: Omit<FirstClaim, 'claimedAt'>): Promise<FirstClaimed | null> {
      const added = { $mergeObjects: [{ $literal: claim }, { claimedAt: '$$NOW' }] };
      const open = await firstSends.findOneAndUpdate(
        { _id, isClosed: { $exists: false }, ...(owner !== undefined && { owner }) },
        [{ $set: { claims: { $concatArrays: ['$claims', [added]] } } }],
        { returnDocument: 'after', projection: { claims: { $slice: -1 }, isHeld: 1 } },
      );
      return open && { claimedAt: open.claims[0]!.claimedAt, isHeld: open.isHeld ?? false };
    },

    /** Adds invitations as they are. Resolves with the positions of those that were there. */
    add: (documents: InvitationDoc[]): Promise<number[]> => insertMissing(invitations, documents),

    /**
     * Adds what an attempt leaves unclaimed, unless another step has taken over, which may add the same with other tokens and have sent
     * it by now. Resolves with whether it did; the attempt can claim nothing then.
     */
    async addUnclaimed({ id: _id, owner }: FirstSendsOf, documents: InvitationDoc[]): Promise<boolean> {
      if (documents.length === 0) return true;
      let isOwn = false;
      await transaction(async (session) => {
        const own = { _id, isClosed: { $exists: false }, ...(owner !== undefined && { owner }) };
        const { matchedCount } = await firstSends.updateOne(own, { $set: { isClosed: true } }, { session });
        isOwn = matchedCount > 0;
        if (isOwn) await invitations.insertMany(documents, { session });
      });
      return isOwn;
    },

    /** Forgets the claims of an import or a page, once all its invitations are added. */
    async end({ id: _id, owner }: FirstSendsOf): Promise<void> {
      await firstSends.deleteOne({ _id, ...(owner !== undefined && { owner }) });
    },

    /**
     * Takes an import or a page over from the step that has begun it, which may have died: that step claims nothing from now on, and
     * what it had claimed is there. Idempotent.
     */
    close: (id: string): Promise<void> => closeAll(parts, { _id: id }),

    /** Takes an import over with all of its pages. */
    closeImport: (importId: string): Promise<void> => closeAll(parts, { _id: firstSendsOf(importId) }),
  };
}

async function closeAll({ firstSends, invitations, rows }: Parts, filter: Filter<FirstSendsDoc>): Promise<void> {
  for (;;) {
    const closed = await firstSends.findOneAndUpdate(filter, { $set: { isClosed: true } }, { returnDocument: 'after' });
    if (!closed) return;
    await addClaimed({ invitations, rows }, claimedIn(closed));
    // Nothing else: another step may have deleted it meanwhile, and a third have begun the page anew.
    await firstSends.deleteOne({ _id: closed._id, isClosed: true, owner: closed.owner ?? { $exists: false } });
  }
}

/**
 * Has the messages made anew of those of these people who are being created: where something has changed for them that decides what they
 * are sent. Theirs are not stored, so no write reaches them; the step that has made them claims none of them any more, nor others of its
 * import or page, and the next one makes them by what is known then.
 */
export async function leaveToNextStep(parts: Parts, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  const places = (await findBeingCreated(parts, personIds)).flatMap((id) => {
    const [importId = '', row] = id.split(':');
    return firstSendsOfRow(importId, Number(row));
  });
  for (const place of new Set(places)) await closeAll(parts, { _id: place });
}

/** Adds those of these invitations that are claimed and not stored yet. */
export async function addReported({ firstSends, invitations, rows }: Parts, ids: readonly string[]): Promise<void> {
  const places = ids.flatMap((id) => {
    const [importId = '', row] = id.split(':');
    return firstSendsOfRow(importId, Number(row));
  });
  const open = await firstSends.find({ _id: { $in: [...new Set(places)] } }).toArray();
  const wanted = new Set(ids);
  await addClaimed(
    { invitations, rows },
    open.flatMap(claimedIn).filter(({ id }) => wanted.has(id)),
  );
}

/** Adds the invitation with this token, if it is claimed and not stored yet. */
export async function addFollowed({ firstSends, invitations, rows }: Parts, token: string): Promise<void> {
  await addClaimed({ invitations, rows }, await claimedWith(firstSends, token));
}

/** The import of the invitation with this token, if it is claimed and not stored yet. */
export async function findFollowed(firstSends: Parts['firstSends'], token: string): Promise<string | undefined> {
  const [claimed] = await claimedWith(firstSends, token);
  return claimed?.importId;
}

async function claimedWith(firstSends: Parts['firstSends'], token: string): Promise<Claimed[]> {
  // As few as there are steps at work, and tokens are too many for an index. The bound makes it a scan of the index of ids.
  const open = await firstSends.find({ _id: { $gt: '' } }).toArray();
  return open.flatMap(claimedIn).filter((claimed) => claimed.token === token);
}

interface Claimed {
  id: string;
  importId: string;
  row: number;
  token: string;
  claim: FirstClaim;
}

function claimedIn({ _id, claims }: { _id: string; claims: FirstClaim[] }): Claimed[] {
  const [importId = ''] = _id.split(':');
  const all = claims.flatMap((claim) =>
    claim.rows.map((row, i) => ({
      id: invitationId(importId, row, claim.channel, 1),
      ...{ importId, row, claim },
      token: claim.tokens.slice(i * TOKEN_LENGTH, (i + 1) * TOKEN_LENGTH),
    })),
  );
  // One whose request was answered too late to tell is claimed by a later attempt again.
  return [...new Map(all.map((claimed) => [claimed.id, claimed])).values()];
}

/** Adds those that are missing, as `sending`: their requests may have begun. */
async function addClaimed(
  { invitations, rows }: Pick<Parts, 'invitations' | 'rows'>,
  claimed: readonly Claimed[],
): Promise<void> {
  const present = new Set(await invitations.distinct('_id', { _id: { $in: claimed.map(({ id }) => id) } }));
  const missing = claimed.filter(({ id }) => !present.has(id));
  if (missing.length === 0) return;
  const rowIds = [...new Set(missing.map(({ importId, row }) => rowId(importId, row)))];
  const rowDocs = new Map((await rows.find({ _id: { $in: rowIds } }).toArray()).map((row) => [row._id, row]));
  await insertMissing(
    invitations,
    missing.map(({ importId, row, token, claim }) => {
      const { organisationId, person, erased } = rowDocs.get(rowId(importId, row))!;
      const personId = personIdOf(importId, row);
      const personKind = (person?.kind ?? erased?.kind)!;
      const key = { organisationId, importId, row, channel: claim.channel, personId, personKind };
      return claimedInvitation(newInvitation(key, 1, token, {}, claim.claimedAt), claim);
    }),
  );
}

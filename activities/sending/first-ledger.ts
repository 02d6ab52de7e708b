import type { InvitationDoc } from '../../store/documents';
import { claimedInvitation, withStep } from '../../store/invitations/first-sends';
import type { FirstSendsOf, Outcome } from '../../store/invitations/first-sends';
import type { Ledger, SendRecord } from '../../store/invitations/ledger';
import type { ActivityDeps } from '../deps';

/** What an attempt needs of the ledger. */
export interface AttemptLedger extends Pick<Ledger, 'claim' | 'release' | 'record'> {
  /** Whether a pause or an erasure may hold back what was claimed. By default it may. */
  mayBeHeld?: () => boolean;
}

/** A ledger of invitations that may have to wait for their time. */
export type DeferringLedger = AttemptLedger & Pick<Ledger, 'defer'>;

export interface FirstLedger extends DeferringLedger {
  /** The claimed invitations that have no outcome yet. They are not stored. */
  inDoubt(): InvitationDoc[];
  /** The invitations that this attempt has not claimed, also where another step has taken over. It has not stored them. */
  unclaimed(): InvitationDoc[];
}

interface Claimed {
  invitation: InvitationDoc;
  /** The time of the database's clock, as this process reckons it since the claim. */
  now: () => Date;
}

/**
 * The ledger of first invitations, which nobody else knows while their rows are `pending`. Each is stored with its outcome, in one
 * write instead of three. One that is stored already, because a report has come first or another step has taken over, is left to
 * the ledger proper. `onStored` is called with those that are stored by now, each once.
 */
export function createFirstLedger(
  { ledger, firstSends }: Pick<ActivityDeps['store'], 'ledger' | 'firstSends'>,
  claims: FirstSendsOf,
  drafts: readonly InvitationDoc[],
  onStored: (invitations: readonly InvitationDoc[]) => void = () => undefined,
): FirstLedger {
  const unclaimed = new Map(drafts.map((draft) => [draft._id, draft]));
  const claimed = new Map<string, Claimed>();
  const told = new Set<string>();
  let isHeld = false;

  async function claimFirst(first: InvitationDoc[], attemptId: string): Promise<string[]> {
    if (first.length === 0) return [];
    const answer = await firstSends.claim(claims, {
      attemptId,
      channel: first[0]!.channel,
      rows: first.map(({ row }) => row),
      tokens: first.map(({ token }) => token).join(''),
    });
    // After the answer, so that a time is never ahead of the database's next one.
    const since = performance.now();
    // Another step has taken over: they are still to be sent, if not by this one.
    if (!answer) return [];
    for (const { _id } of first) unclaimed.delete(_id);
    const { claimedAt } = answer;
    isHeld ||= answer.isHeld;
    const now = (): Date => new Date(claimedAt.getTime() + (performance.now() - since));
    return first.map((draft) => {
      claimed.set(draft._id, { invitation: claimedInvitation(draft, { attemptId, claimedAt }), now });
      return draft._id;
    });
  }

  /** Stores those among these invitations that the attempt has claimed. Returns the others, and those that were stored already. */
  async function store<T extends { id: string; attemptId: string }>(
    those: readonly T[],
    after: (invitation: InvitationDoc, at: Date, one: T) => InvitationDoc,
  ): Promise<T[]> {
    const first = those.filter(isClaimed);
    const documents = first.map((one) => {
      const { invitation, now } = claimed.get(one.id)!;
      return after(invitation, now(), one);
    });
    const present = new Set(await firstSends.add(documents));
    // A write that has failed in part is made again.
    onStored(documents.filter(({ _id }) => !told.has(_id)));
    for (const { _id } of documents) told.add(_id);
    return [...those.filter((one) => !isClaimed(one)), ...first.filter((_, i) => present.has(i))];
  }

  const isClaimed = ({ id, attemptId }: { id: string; attemptId: string }): boolean =>
    claimed.get(id)?.invitation.attempt!.id === attemptId;
  const forget = (those: readonly { id: string; attemptId: string }[]): void =>
    those.filter(isClaimed).forEach(({ id }) => claimed.delete(id));

  return {
    inDoubt: () => [...claimed.values()].map(({ invitation }) => invitation),

    unclaimed: () => [...unclaimed.values()],

    async claim(ids, attemptId) {
      // Those that a provider had no time for were stored when they were released.
      const stored = ids.filter((id) => !unclaimed.has(id));
      isHeld ||= stored.length > 0;
      const [first, again] = await Promise.all([
        claimFirst(
          ids.flatMap((id) => unclaimed.get(id) ?? []),
          attemptId,
        ),
        stored.length > 0 ? ledger.claim(stored, attemptId) : [],
      ]);
      return [...first, ...again];
    },

    // Once it may be, it stays so: the two channels claim at the same time, and answers may overtake each other.
    mayBeHeld: () => isHeld,

    async defer(deferrals, schedule) {
      const stored = new Map([...deferrals].filter(([id]) => !unclaimed.has(id)));
      for (const [id, deferral] of deferrals) {
        const draft = unclaimed.get(id);
        if (draft) unclaimed.set(id, { ...draft, deferred: { ...deferral, schedule } });
      }
      await ledger.defer(stored, schedule);
    },

    async release(ids, attemptId) {
      const releases = ids.map((id) => ({ id, attemptId }));
      const others = await store(releases, (claimedOne, at) => {
        const invitation = withStep(claimedOne, { state: 'pending' }, at);
        delete invitation.attempt;
        return invitation;
      });
      await ledger.release(
        others.map(({ id }) => id),
        attemptId,
      );
      forget(releases);
    },

    async record(records) {
      await ledger.record(
        await store(records, (invitation, at, record) => withStep(invitation, outcomeOf(record), at)),
      );
      forget(records);
    },
  };
}

const outcomeOf = ({ state, providerId, code, providerCode }: SendRecord): Outcome => ({
  state,
  ...(providerId !== undefined && { providerId }),
  ...(code !== undefined && { code }),
  ...(providerCode !== undefined && { providerCode }),
});

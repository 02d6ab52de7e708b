import type { ChannelRows } from '../../contract/invitation';
import type { ImportSnapshot } from '../../contract/snapshot';
import { parseRowSet } from '../../contract/row-set';
import { settle } from '../../domain/invitations/settle';
import type { LookUpAnswer } from '../../domain/invitations/settle';
import type { InvitationMessage, InvitationSender, LookUpOutcome } from '../../providers/sender';
import type { InvitationDoc } from '../../store/documents';
import type { SendRecord } from '../../store/invitations/ledger';
import { composeMessages } from './compose-messages';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';
import { showSchedule } from '../show-schedule';
import { takeSnapshot } from '../take-snapshot';
import { followFirst } from './second-channel';

const CONCURRENT_LOOK_UPS = 8;

/**
 * Settles sends in doubt whose settle window is over: looks them up at the provider, and follows the channel's policy for the
 * rest. `never-twice` leaves them `unconfirmed` for a person; `resend-after-settle` makes them `pending`.
 */
export function createSettleInvitations(deps: ActivityDeps) {
  const { store, settings } = deps;

  return ({ importId, channel, rows, isPage }: ChannelRows): Promise<ImportSnapshot | null> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const inDoubt = await store.ledger.findSettleable(importId, channel, lines, settings.timing.settleWindowMs);
      const lookedUp = await lookUpAll(deps, channel, inDoubt);
      const withVerdict = (verdict: ReturnType<typeof settle>): InvitationDoc[] =>
        lookedUp.flatMap(({ invitation, answer, canBeResent }) =>
          settle(kindOf(answer), settings.policy[channel], invitation.attempts, canBeResent) === verdict
            ? [invitation]
            : [],
        );
      await releaseAll(store, withVerdict('resend'));
      await recordUnconfirmed(store, withVerdict('unconfirmed'));
      const [failure] = lookedUp.flatMap(({ answer }) => (answer instanceof Error ? [answer] : []));
      if (failure) throw failure;
      return isPage ? null : showSchedule(deps, importId, await takeSnapshot(deps, importId));
    });
}

/** Abandons sends after a day without the provider: unsent invitations become `failed`, those in doubt `unconfirmed`. */
export function createAbandonInvitations(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store, settings } = deps;

  return ({ importId, channel, rows, isPage }: ChannelRows): Promise<ImportSnapshot | null> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      await store.ledger.endPending(importId, { channel, rows: lines }, 'failed', 'invitation.provider-unavailable');
      const inDoubt = await store.ledger.findSettleable(importId, channel, lines, settings.timing.settleWindowMs);
      await recordUnconfirmed(store, inDoubt);
      if (isPage) return null;
      const importDoc = await store.imports.find(importId);
      if (importDoc) await followFirst(deps, importDoc);
      return takeSnapshot(deps, importId);
    });
}

async function recordUnconfirmed(store: ActivityDeps['store'], inDoubt: InvitationDoc[]): Promise<void> {
  await store.ledger.record(
    inDoubt.map((invitation) => ({
      id: invitation._id,
      attemptId: attemptOf(invitation),
      state: 'unconfirmed',
      code: 'invitation.unconfirmed',
    })),
  );
}

async function releaseAll(store: ActivityDeps['store'], inDoubt: InvitationDoc[]): Promise<void> {
  const attempts = new Set(inDoubt.map(attemptOf));
  const ids = inDoubt.map(({ _id }) => _id);
  await Promise.all([...attempts].map((attemptId) => store.ledger.release(ids, attemptId)));
}

interface LookedUp {
  invitation: InvitationDoc;
  answer: LookUpOutcome | Error;
  /** Whether its person still exists. */
  canBeResent: boolean;
}

const kindOf = (answer: LookedUp['answer']): LookUpAnswer => (answer instanceof Error ? 'unknown' : answer.kind);

/** Looks up each invitation. Accepted ones are recorded at once, so that a failed look-up loses no other answer. */
async function lookUpAll(
  deps: ActivityDeps,
  channel: ChannelRows['channel'],
  inDoubt: InvitationDoc[],
): Promise<LookedUp[]> {
  const { store, senders } = deps;
  const messages = new Map((await composeMessages(deps, inDoubt)).map(({ message }) => [message.id, message]));
  const lookedUp: LookedUp[] = [];
  for (let i = 0; i < inDoubt.length; i += CONCURRENT_LOOK_UPS) {
    const group = await Promise.all(
      inDoubt
        .slice(i, i + CONCURRENT_LOOK_UPS)
        .map((invitation) => lookUp(senders[channel], invitation, messages.get(invitation._id))),
    );
    await store.ledger.record(group.flatMap(toSent));
    lookedUp.push(...group);
  }
  return lookedUp;
}

function toSent({ invitation, answer }: LookedUp): SendRecord[] {
  if (answer instanceof Error || answer.kind !== 'accepted') return [];
  return [{ id: invitation._id, attemptId: attemptOf(invitation), state: 'sent', providerId: answer.providerId }];
}

async function lookUp(
  sender: InvitationSender,
  invitation: InvitationDoc,
  message: InvitationMessage | undefined,
): Promise<LookedUp> {
  // Without a look-up, the provider's reports had the whole window to arrive.
  if (!sender.lookUp || !message) {
    return { invitation, answer: { kind: 'not-found' }, canBeResent: message !== undefined };
  }
  const answer = await sender
    .lookUp(message)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  return { invitation, answer, canBeResent: true };
}

const attemptOf = (invitation: InvitationDoc): string => invitation.attempt?.id ?? '';

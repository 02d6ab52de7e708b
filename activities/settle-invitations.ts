import type { ChannelRows, InvitationOutcome } from '../contract/invitation';
import { parseRowSet } from '../contract/row-set';
import type { InvitationMessage, InvitationSender, LookUpOutcome } from '../providers/sender';
import type { InvitationDoc } from '../store/documents';
import type { SendRecord } from '../store/ledger';
import { composeMessages } from './compose-messages';
import type { ActivityDeps } from './deps';
import { withHeartbeat } from './heartbeat';

const LOOK_UPS_AT_ONCE = 8;
/** After so many sends that the provider does not know of, something is wrong that another one will not mend. */
const MAX_ATTEMPTS = 5;

/**
 * Decides what became of sends in doubt whose settle window is over: asks the provider where it can tell, and follows the
 * channel's policy for the rest. `never-twice` leaves them `unconfirmed` for a person; `resend-after-settle` opens them.
 */
export function createSettleInvitations(deps: ActivityDeps) {
  const { store, senders, settings } = deps;

  return ({ importId, channel, rows }: ChannelRows): Promise<InvitationOutcome[]> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const inDoubt = await store.ledger.settleable(importId, channel, lines, settings.pace.settleWindowMs);
      const asked = await askAll(deps, channel, inDoubt);
      const unresolved = asked.flatMap(({ invitation, answer }) =>
        !(answer instanceof Error) && answer.kind === 'not-found' ? [invitation] : [],
      );
      // Where the provider cannot tell, sending again would be a guess, whatever the policy.
      const mayResend = settings.policy[channel] === 'resend-after-settle' && senders[channel].lookUp !== undefined;
      const again = unresolved.filter(({ attempts }) => mayResend && attempts < MAX_ATTEMPTS);
      await releaseAll(store, again);
      await recordUnconfirmed(
        store,
        unresolved.filter((invitation) => !again.includes(invitation)),
      );
      const [failure] = asked.flatMap(({ answer }) => (answer instanceof Error ? [answer] : []));
      if (failure) throw failure;
      return store.invitations.outcomes({ importId, channel, rows: lines });
    });
}

export async function recordUnconfirmed(store: ActivityDeps['store'], inDoubt: InvitationDoc[]): Promise<void> {
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

interface Asked {
  invitation: InvitationDoc;
  answer: LookUpOutcome | Error;
}

/** Asks about each invitation. What was accepted is recorded at once, so that a look-up that fails loses no other's answer. */
async function askAll(deps: ActivityDeps, channel: ChannelRows['channel'], inDoubt: InvitationDoc[]): Promise<Asked[]> {
  const { store, senders } = deps;
  const messages = new Map((await composeMessages(deps, inDoubt)).map(({ message }) => [message.id, message]));
  const asked: Asked[] = [];
  for (let i = 0; i < inDoubt.length; i += LOOK_UPS_AT_ONCE) {
    const group = await Promise.all(
      inDoubt.slice(i, i + LOOK_UPS_AT_ONCE).map(async (invitation) => ({
        invitation,
        answer: await ask(senders[channel], messages.get(invitation._id)),
      })),
    );
    await store.ledger.record(group.flatMap(toSent));
    asked.push(...group);
  }
  return asked;
}

function toSent({ invitation, answer }: Asked): SendRecord[] {
  if (answer instanceof Error || answer.kind !== 'accepted') return [];
  return [{ id: invitation._id, attemptId: attemptOf(invitation), state: 'sent', providerId: answer.providerId }];
}

async function ask(sender: InvitationSender, message: InvitationMessage | undefined): Promise<LookUpOutcome | Error> {
  if (!sender.lookUp || !message) return { kind: 'not-found' };
  return sender.lookUp(message).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}

const attemptOf = (invitation: InvitationDoc): string => invitation.attempt?.id ?? '';

import { isPaused } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { ImportPass } from '../../contract/snapshot';
import type { ImportDoc, InvitationDoc, OrganisationDoc } from '../../store/documents';
import type { FirstSendsOf } from '../../store/invitations/first-sends';
import { pausesOf } from '../../store/imports/pauses';
import type { ActivityDeps } from '../deps';
import type { NewPeople } from '../people/write-people';
import { draftInvitations, finishStaged } from '../people/stage-invitations';
import { composeMessages } from '../sending/compose-messages';
import type { KnownForMessages } from '../sending/compose-messages';
import { createFirstLedger } from '../sending/first-ledger';
import type { FirstLedger } from '../sending/first-ledger';
import { createPendingSender } from '../sending/send-pending';

/** How long requests begin. What is left then has a step for each channel, which shows what it is at. In milliseconds. */
const SEND_FOR_MS = 5_000;
/** Where a provider names no delay: that of the first retry of a step that sends. */
const DELAY_MS = 1_000;

/** What the step that has written new people knows of them. */
export interface FirstSend {
  importDoc: ImportDoc;
  organisation: OrganisationDoc | null;
  /** Under what their claims are. */
  claims: FirstSendsOf;
  /** They are all that the import sends. */
  isAll: boolean;
}

type Delays = ImportPass['delays'];

/** Sends as far as it goes at once, on both channels. Resolves with for how long a channel has to wait for its provider, in milliseconds. */
export function createSenderAtOnce(deps: ActivityDeps) {
  const { store } = deps;
  const sendPending = createPendingSender(deps);

  return {
    /** Sends invitations that are stored. */
    sendStaged: (importDoc: ImportDoc, pending: InvitationDoc[]): Promise<Delays> => send(importDoc, pending),

    /**
     * Sends the first invitations of new people. Each is stored with its outcome, and those that were not sent after all others. Only
     * then the rows leave `pending`: until then no other import can invite these people, and a step after a crash takes over.
     */
    async sendFirst(
      { importDoc, organisation, claims, isAll }: FirstSend,
      { rows, addressees }: NewPeople,
    ): Promise<Delays> {
      const { _id: importId } = importDoc;
      const invitations = draftInvitations(rows);
      const ledger = createFirstLedger(store, claims, invitations);
      const pending = invitations.filter(({ state }) => state === 'pending');
      let delays: Delays;
      try {
        delays = await send(importDoc, pending, { known: { organisation, addressees }, ledger, isAll });
      } finally {
        await store.invitations.stage(ledger.unstored());
        await store.firstSends.end(claims);
        await finishStaged(store, importId, rows);
      }
      await deps.betweenParts();
      return delays;
    },
  };

  async function send(
    importDoc: ImportDoc,
    pending: InvitationDoc[],
    { known, ledger, isAll = false }: { known?: KnownForMessages; ledger?: FirstLedger; isAll?: boolean } = {},
  ): Promise<Delays> {
    const importId = importDoc._id;
    await deps.betweenParts();
    if (pending.length === 0) return {};
    const [composed] = await Promise.all([
      composeMessages(deps, pending, known),
      store.imports.advance(importId, 'inviting'),
    ]);
    const pauses = pausesOf(importDoc);
    const sends = CHANNELS.filter((channel) => !isPaused(pauses, channel)).map(async (channel) => {
      const onChannel = pending.filter((invitation) => invitation.channel === channel);
      if (onChannel.length === 0) return {};
      const stopReason = await sendPending(importDoc, channel, onChannel, {
        ...{ budgetMs: SEND_FOR_MS, composed, ledger },
        isFirst: isAll,
      });
      return stopReason?.kind === 'busy' ? { [channel]: stopReason.retryAfterMs ?? DELAY_MS } : {};
    });
    // No failure of one channel ends the step while the other still sends.
    await Promise.allSettled(sends);
    return Object.assign({}, ...(await Promise.all(sends))) as Delays;
  }
}

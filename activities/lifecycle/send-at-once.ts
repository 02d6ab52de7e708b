import { isPaused } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { ImportPass } from '../../contract/snapshot';
import type { ImportDoc, InvitationDoc, OrganisationDoc } from '../../store/documents';
import type { FirstSendsOf } from '../../store/invitations/first-sends';
import { pausesOf } from '../../store/imports/pauses';
import type { ActivityDeps } from '../deps';
import type { NewPeople } from '../people/write-people';
import { createRowFinisher } from '../people/row-finisher';
import { draftInvitations } from '../people/stage-invitations';
import { composeMessages } from '../sending/compose-messages';
import type { Composed } from '../sending/compose-messages';
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

/** First invitations that are not stored, and their messages. */
export interface FirstMessages {
  invitations: InvitationDoc[];
  composed: readonly Composed[];
}

/** Sends as far as it goes at once, on both channels. Resolves with for how long a channel has to wait for its provider, in milliseconds. */
export function createSenderAtOnce(deps: ActivityDeps) {
  const { store } = deps;
  const sendPending = createPendingSender(deps);

  /** Makes the first invitations of new people and their messages. Writes nothing. */
  async function composeFirst(
    { organisation }: Pick<FirstSend, 'organisation'>,
    { rows, addressees }: NewPeople,
  ): Promise<FirstMessages> {
    const invitations = draftInvitations(rows);
    const composed = await composeMessages(deps, invitations.filter(isPending), { organisation, addressees });
    return { invitations, composed };
  }

  return {
    composeFirst,

    /** Sends invitations that are stored. */
    sendStaged: (importDoc: ImportDoc, pending: InvitationDoc[]): Promise<Delays> => send(importDoc, pending),

    /**
     * Sends the first invitations of new people. Each is stored with its outcome, and those that were not sent after all others. A row
     * leaves `pending` once all of its invitations are stored: until then no other import can invite its person, and a step after a
     * crash takes over.
     */
    async sendFirst(first: FirstSend, people: NewPeople, messages?: FirstMessages): Promise<Delays> {
      const { importDoc, claims, isAll } = first;
      const { rows } = people;
      const { invitations, composed } = messages ?? (await composeFirst(first, people));
      const finisher = createRowFinisher(store, importDoc._id, rows, invitations);
      const ledger = createFirstLedger(store, claims, invitations, finisher.stored);
      let delays: Delays;
      try {
        delays = await send(importDoc, invitations.filter(isPending), { composed, ledger, isAll });
      } finally {
        await store.invitations.stage(ledger.inDoubt());
        // The rows of what another step has taken over stay `pending`: by that it finds those whose invitations it has to store.
        if (await store.firstSends.addUnclaimed(claims, ledger.unclaimed()))
          await Promise.all([store.firstSends.end(claims), finisher.finishAll()]);
        else
          await store.latePeople.remove(
            importDoc._id,
            rows.map(({ row }) => row),
          );
      }
      await deps.betweenParts();
      return delays;
    },
  };

  async function send(
    importDoc: ImportDoc,
    pending: InvitationDoc[],
    { composed: composedBefore, ledger, isAll = false }: SendOptions = {},
  ): Promise<Delays> {
    const importId = importDoc._id;
    await deps.betweenParts();
    if (pending.length === 0) return {};
    const composed = composedBefore ?? (await composeMessages(deps, pending));
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
    // It only shows what goes on, so that no message waits for it.
    const shown = store.imports.advance(importId, 'inviting');
    // No failure of one channel ends the step while the other still sends.
    await Promise.allSettled([...sends, shown]);
    await shown;
    return Object.assign({}, ...(await Promise.all(sends))) as Delays;
  }
}

interface SendOptions {
  /** The messages, if they are composed already. */
  composed?: readonly Composed[];
  ledger?: FirstLedger;
  isAll?: boolean;
}

const isPending = ({ state }: InvitationDoc): boolean => state === 'pending';

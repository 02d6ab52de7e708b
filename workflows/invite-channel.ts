import { ActivityFailure, condition, isCancellation, sleep } from '@temporalio/workflow';
import type { Channel, ChannelRows, InvitationOutcome } from '../contract/invitation';
import { chunkRows, formatRowSet } from '../contract/row-set';
import type { RowSet } from '../contract/row-set';
import { database, providers, withSummary } from './activity-options';
import { waitForAll } from './wait-for-all';
import type { ImportState } from './import-state';
import { enter } from './handlers/support-view';

const hasPending = (state: ImportState, channel: Channel): boolean =>
  state.invitationsIn(channel, 'pending').length > 0;

export const hasOpenInvitations = (state: ImportState, channel: Channel): boolean =>
  hasPending(state, channel) || state.invitationsIn(channel, 'sending').length > 0;

/**
 * Brings every open invitation of one channel to an end state: send in chunks, then settle what is in doubt. As long as the
 * channel is held back it waits, unless nobody is left to be sent anything: they have joined by the other channel.
 */
export async function inviteChannel(state: ImportState, channel: Channel): Promise<void> {
  while (hasOpenInvitations(state, channel)) {
    if (hasPending(state, channel)) {
      await condition(() => !state.isPaused(channel) || !hasPending(state, channel));
      enter(state, 'inviting');
      const chunks = chunkRows(state.invitationsIn(channel, 'pending'), state.timing.inviteChunkRows);
      await waitForAll(chunks.map((rows) => sendChunk(state, channel, rows)));
      // What was done, and what holds the channel back since, is to be seen.
      enter(state, state.isPaused(channel) ? 'inviting' : state.status);
    }
    // Settling may find that some were not accepted and, where the policy allows it, open them for another send.
    await settleChannel(state, channel);
  }
}

async function sendChunk(state: ImportState, channel: Channel, rows: RowSet): Promise<void> {
  await orAbandon(state, channel, rows, async (input) => {
    const step = providers().sendInvitations;
    const { invitations, pauses } = await step.executeWithOptions(withSummary(`${channel}: invite lines ${rows}`), [
      input,
    ]);
    state.setPauses(pauses);
    return invitations;
  });
}

/** Waits until the provider can be asked about the sends in doubt, and settles each of them. */
export async function settleChannel(
  state: ImportState,
  channel: Channel,
  patience?: Parameters<typeof providers>[0],
): Promise<void> {
  for (;;) {
    const rows = formatRowSet(state.invitationsIn(channel, 'sending'));
    if (rows === '') return;
    enter(state, 'settling');
    await sleep(state.timing.settleWindowMs);
    await orAbandon(state, channel, rows, (input) =>
      providers(patience).settleInvitations.executeWithOptions(withSummary(`${channel}: look up lines ${rows}`), [
        input,
      ]),
    );
  }
}

/** A provider that could not be reached for as long as we try leaves its rows to a person. */
async function orAbandon(
  state: ImportState,
  channel: Channel,
  rows: RowSet,
  step: (input: ChannelRows) => Promise<InvitationOutcome[]>,
): Promise<void> {
  const input = { importId: state.importId, channel, rows };
  let invitations: InvitationOutcome[];
  try {
    invitations = await step(input);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    invitations = await database.abandonInvitations(input);
  }
  state.apply({ invitations });
}

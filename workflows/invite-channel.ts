import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import type { Channel, ChannelRows, InvitationOutcome } from '../contract/invitation';
import { chunkRows, formatRowSet } from '../contract/row-set';
import type { RowSet } from '../contract/row-set';
import { database, providers, withSummary } from './activity-options';
import { allDone } from './all-done';
import type { ImportState } from './import-state';
import { enter } from './support-view';

/** Brings every pending invitation of one channel to an end state: send in chunks, then settle what is in doubt. */
export async function inviteChannel(state: ImportState, channel: Channel): Promise<void> {
  do {
    const chunks = chunkRows(state.invitationsIn(channel, 'pending'), state.pace.inviteChunkRows);
    await allDone(
      chunks.map((rows) =>
        orAbandon(state, channel, rows, (input) =>
          providers().sendInvitations.executeWithOptions(withSummary(`${channel}: invite lines ${rows}`), [input]),
        ),
      ),
    );
    await settleChannel(state, channel);
    // Settling may find that some were not accepted and, where the policy allows it, open them for another send.
  } while (state.invitationsIn(channel, 'pending').length > 0);
}

/** Waits until the provider can be asked about the sends in doubt, and settles each of them. */
export async function settleChannel(state: ImportState, channel: Channel): Promise<void> {
  for (;;) {
    const rows = formatRowSet(state.invitationsIn(channel, 'sending'));
    if (rows === '') return;
    enter(state, 'settling');
    await sleep(state.pace.settleWindowMs);
    await orAbandon(state, channel, rows, (input) =>
      providers().settleInvitations.executeWithOptions(withSummary(`${channel}: look up lines ${rows}`), [input]),
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

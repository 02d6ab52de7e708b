import type { Timing } from '../../../contract/import';
import type { ImportSnapshot } from '../../../contract/snapshot';
import { ImportState } from '../../../workflows/state/import-state';

export const TIMING: Timing = {
  createChunkRows: 10,
  inviteChunkRows: 10,
  settleWindowMs: 1_000,
  stayOpenMs: 7_000,
  approvalMs: 5_000,
};

export const aSnapshot = (parts: Partial<ImportSnapshot> = {}): ImportSnapshot => ({
  revision: 1,
  status: 'inviting',
  rows: [],
  invitations: [],
  pausedBy: {},
  ...parts,
});

/** The state of a workflow that has received this snapshot at the time 0. */
export function aState(snapshot: Partial<ImportSnapshot> = {}): ImportState {
  const state = new ImportState('import');
  state.timing = TIMING;
  state.apply(aSnapshot(snapshot), 0);
  return state;
}

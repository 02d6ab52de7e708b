import type { InvitationState } from '../../../contract/invitation';
import { stateAfter } from '../../../domain/invitations/transitions';
import type { Transition } from '../../../domain/invitations/transitions';

/** An invitation as the table of transitions alone makes it, without a database. */
export interface Entry {
  state: InvitationState;
  attempt?: { id: string; claimedAt: number };
  attempts: number;
  trail: InvitationState[];
}

export const newEntry = (): Entry => ({ state: 'pending', attempts: 0, trail: ['pending'] });

/** Makes a move if it can be made from here and, where `holder` is given, if that attempt has the claim. Returns whether it did. */
export function make(entry: Entry, move: Transition, holder?: string): boolean {
  if (holder !== undefined && entry.attempt?.id !== holder) return false;
  const state = stateAfter(entry.state, move);
  if (state === entry.state) return false;
  entry.state = state;
  entry.trail.push(state);
  if (move === 'release') delete entry.attempt;
  return true;
}

export function claim(entry: Entry, attemptId: string, now: number): boolean {
  if (!make(entry, 'claim')) return false;
  entry.attempt = { id: attemptId, claimedAt: now };
  entry.attempts++;
  return true;
}
